"""Edges that a longer way implies: a model that names its base, and the base of its base too.

Question 24: what the transitive reduction (Aho, Garey and Ullman 1972) leaves out. Nothing is wrong with such an edge;
it tells that a fact was stated twice, or that the nearer artefact did not bring it in alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rdflib import URIRef

from osaid_graph.lineage.condensation import Condensation, condensed_lineage
from osaid_graph.lineage.index import Lineage, made_from, mask, via
from osaid_graph.lineage.walk import Hop, successors, upstream_of
from osaid_graph.lineage.ways import described


@dataclass(frozen=True, slots=True)
class Redundant:
    """An edge that a longer way implies.

    Attributes:
        node: The IRI of what was made.
        label: What that is called.
        via: The property of the edge.
        target: The IRI of what it was made from.
        target_label: What that is called.
        length: How many edges the shortest way over other artefacts has.
        path: That way.
    """

    node: str
    label: str
    via: str
    target: str
    target_label: str
    length: int
    path: tuple[Hop, ...]


def redundant_edges(
    lineage: Lineage, node: str | None = None, following: Collection[URIRef] | None = None
) -> tuple[Redundant, ...]:
    """Return the edges that a longer way implies, in the order of their ends.

    Edges inside a cycle are never called redundant, because which of them to drop is a choice; an edge into or out of
    one is, where a way leads over an artefact that is on neither side of it. Costs the ancestries of what has several
    edges, no more.

    Args:
        lineage: Where to look.
        node: What a person calls the artefact whose ancestry to look at; the whole lineage if None.
        following: The properties to follow; those that lead to what something was made from if None.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    start = None if node is None else lineage.find(node)
    nodes = None if start is None else upstream_of(lineage, start, following=following).arrivals
    graph = condensed_lineage(lineage, nodes, following)
    rows = (row for unit in range(len(graph.members)) for row in _of(lineage, graph, unit, following))
    return tuple(sorted(rows, key=lambda row: (row.node, row.target, row.via)))


def _of(
    lineage: Lineage, graph: Condensation[int], unit: int, following: Collection[URIRef] | None
) -> Iterator[Redundant]:
    implied = implied_arcs(graph, unit)
    if not implied:
        return
    follows = mask(tuple(made_from() if following is None else following))
    for number in sorted(graph.members[unit]):
        ways: dict[int, tuple[Hop, ...]] = {}
        for target, kind in lineage.up.ends(number):
            if follows[kind] and graph.unit[target] in implied:
                if target not in ways:
                    ways[target] = described(lineage, _witness(lineage, graph, number, target, following), following)
                path = ways[target]
                yield Redundant(
                    lineage.iri(number),
                    lineage.label(number),
                    via(kind),
                    lineage.iri(target),
                    lineage.label(target),
                    len(path) - 1,
                    path,
                )


def implied_arcs(graph: Condensation[int], unit: int) -> set[int]:
    """Return the units that one leads to both directly and over others."""
    direct = set(graph.arcs[unit])
    if len(direct) < 2:
        return set()
    last = max(direct)  # arcs lead to higher numbers only, so nothing beyond can lead back to a direct one
    seen: set[int] = set()
    waiting = sorted(direct)
    for each in waiting:  # grows while it is walked over
        if each < last:
            fresh = set(graph.arcs[each]) - seen
            seen |= fresh
            waiting.extend(fresh - direct)
    return seen & direct


def _witness(
    lineage: Lineage, graph: Condensation[int], start: int, end: int, following: Collection[URIRef] | None
) -> list[int]:
    """Return a shortest way that does not step from the unit of its start to that of its end."""
    ends = successors(lineage.up, following)
    unit, last = graph.unit[start], graph.unit[end]
    before: dict[int, int] = {start: start}
    waiting: deque[int] = deque((start,))
    while end not in before:
        number = waiting.popleft()
        for target in _onward(ends(number), graph, last):
            if target not in before and not (graph.unit[number] == unit and graph.unit[target] == last):
                before[target] = number
                waiting.append(target)
    path = [end]
    while path[-1] != start:
        path.append(before[path[-1]])
    return path[::-1]


def _onward(targets: Iterable[int], graph: Condensation[int], last: int) -> Iterator[int]:
    return (target for target in targets if graph.unit[target] <= last)
