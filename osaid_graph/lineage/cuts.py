"""The fewest artefacts that cut an artefact off from one upstream of it.

Question 9d: a minimum vertex cut. That no fewer do is shown by as many ways that have nothing in common but their ends
(Menger 1927): each has to be cut, and none of the others is cut with it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rdflib import URIRef

from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import Hop
from osaid_graph.lineage.ways import described, found_between


@dataclass(frozen=True, slots=True)
class Separator:
    """An artefact of a cut.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        path: A way over it that no other artefact of the cut is on, and no other such way meets.
    """

    node: str
    label: str
    kind: str
    path: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """What lies between an artefact and one upstream of it.

    Attributes:
        node: The IRI of what was made.
        origin: The IRI of the one upstream.
        adjacent: Whether the one was made from the other directly, so that nothing between them can cut them apart.
        separators: The fewest artefacts that every way passes one of; none if ``adjacent``.
    """

    node: str
    origin: str
    adjacent: bool
    separators: tuple[Separator, ...]


def cut(lineage: Lineage, node: str, origin: str, following: Collection[URIRef] | None = None) -> Cut:
    """Return the fewest artefacts whose removal cuts every way from an artefact up to another.

    One maximum flow over what lies between the two (networkx).

    Args:
        lineage: Where to look.
        node: What a person calls the artefact that was made.
        origin: What a person calls the one upstream.
        following: The properties to follow; those that lead to what something was made from if None.

    Raises:
        UsageError: There is no such artefact, several could be meant, no way leads there, or they are one and the same.
    """
    start, end, arcs = found_between(lineage, node, origin, following)
    adjacent = end in arcs[start]
    rows = () if adjacent else _separators(lineage, arcs, start, end, following)
    return Cut(lineage.iri(start), lineage.iri(end), adjacent, rows)


def _separators(
    lineage: Lineage, arcs: dict[int, tuple[int, ...]], start: int, end: int, following: Collection[URIRef] | None
) -> tuple[Separator, ...]:
    import networkx as nx

    graph: nx.DiGraph = nx.DiGraph()
    for number in sorted(arcs):
        if number != end:  # no way goes on beyond its end, or comes back to its start
            graph.add_edges_from((number, target) for target in arcs[number] if target != start)
    fewest = nx.minimum_node_cut(graph, start, end)
    rows = []
    for path in nx.node_disjoint_paths(graph, start, end):
        number = next(each for each in path if each in fewest)
        rows.append(
            Separator(
                lineage.iri(number),
                lineage.label(number),
                kind_name(lineage, number),
                described(lineage, path, following),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.node))
