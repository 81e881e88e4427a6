"""How deep and how wide a lineage is: the longest chain, and how many artefacts stand at each depth.

Question 20. A cycle is taken as one step of a chain, because there is no longest way through it: its inner edges do
not count, though the path that shows a chain has to walk along some of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from osaid_graph.lineage.condensation import Condensation, condensed_lineage
from osaid_graph.lineage.index import Lineage, is_data, is_trained
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import Hop, successors, upstream_of, walk
from osaid_graph.lineage.ways import described

#: Chains that are shown if nobody says how many.
SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Generation:
    """How many artefacts have a depth: the number of edges of the longest chain up from each.

    Attributes:
        depth: The depth; 0 is what was made from nothing that is told.
        artefacts: How many artefacts have it.
        trained: How many of them are systems, models or parameters.
        data: How many are datasets.
    """

    depth: int
    artefacts: int
    trained: int
    data: int


@dataclass(frozen=True, slots=True)
class Level:
    """How wide an ancestry is so many steps up.

    Attributes:
        distance: How many edges up.
        nearest: How many artefacts are so far over a shortest way.
        furthest: How many are so far over a longest way.
    """

    distance: int
    nearest: int
    furthest: int


@dataclass(frozen=True, slots=True)
class Chain:
    """The longest chain up from an artefact.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        depth: How many edges the chain has, without those inside a cycle.
        path: The chain, the artefact first.
    """

    node: str
    label: str
    kind: str
    depth: int
    path: tuple[Hop, ...]


def generations(lineage: Lineage, following: Collection[URIRef] | None = None) -> tuple[Generation, ...]:
    """Return how many artefacts of a lineage stand at each depth, those made from nothing first. Linear.

    Args:
        lineage: The lineage.
        following: The properties to follow; those that lead to what something was made from if None.
    """
    graph = condensed_lineage(lineage, following=following)
    depths = depths_of(graph)
    depth = [0] * len(lineage)
    for number, unit in graph.unit.items():
        depth[number] = depths[unit]
    counts = Counter(zip(depth, lineage.columns.classes, strict=True))
    return tuple(
        Generation(
            each,
            sum(count for (at, _), count in counts.items() if at == each),
            sum(count for (at, kind), count in counts.items() if at == each and is_trained(kind)),
            sum(count for (at, kind), count in counts.items() if at == each and is_data(kind)),
        )
        for each in sorted({at for at, _ in counts})
    )


def levels(lineage: Lineage, node: str, following: Collection[URIRef] | None = None) -> tuple[Level, ...]:
    """Return how wide the ancestry of an artefact is at each distance, the nearest first.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    start = lineage.find(node)
    found = upstream_of(lineage, start, following=following)
    graph = condensed_lineage(lineage, found.arrivals, following)
    if not graph.members:
        return (Level(0, 1, 1),)
    longest = [0] * len(graph.members)
    for unit, ends in enumerate(graph.arcs):
        for end in ends:
            longest[end] = max(longest[end], longest[unit] + 1)
    nearest = Counter(found.depths.values())
    furthest = Counter(longest[graph.unit[number]] for number in found.arrivals)
    return tuple(Level(distance, nearest[distance], furthest[distance]) for distance in sorted({*nearest, *furthest}))


def chain(lineage: Lineage, node: str, following: Collection[URIRef] | None = None) -> Chain:
    """Return the longest chain up from an artefact.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    start = lineage.find(node)
    nodes = upstream_of(lineage, start, following=following).arrivals
    graph = condensed_lineage(lineage, nodes, following)
    return _chain(lineage, start, graph, depths_of(graph), following)


def longest_chains(
    lineage: Lineage, limit: int = SHOWN, following: Collection[URIRef] | None = None
) -> tuple[Chain, ...]:
    """Return the artefacts with the longest chains up from them, the longest first."""
    graph = condensed_lineage(lineage, following=following)
    depths = depths_of(graph)
    ranked = sorted(graph.unit, key=lambda number: (-depths[graph.unit[number]], lineage.iri(number)))
    return tuple(_chain(lineage, number, graph, depths, following) for number in ranked[:limit])


def depths_of(graph: Condensation[int]) -> list[int]:
    """Return for each unit how many arcs the longest chain from it has."""
    depths = [0] * len(graph.members)
    for unit in range(len(depths) - 1, -1, -1):
        depths[unit] = max((depths[end] + 1 for end in graph.arcs[unit]), default=0)
    return depths


def _chain(
    lineage: Lineage, start: int, graph: Condensation[int], depths: list[int], following: Collection[URIRef] | None
) -> Chain:
    path = [start]
    depth = depths[graph.unit[start]] if start in graph.unit else 0
    for left in range(depth, 0, -1):
        path.extend(_next(lineage, graph, depths, path[-1], left, following))
    return Chain(
        lineage.iri(start),
        lineage.label(start),
        kind_name(lineage, start),
        depth,
        described(lineage, path, following),
    )


def _next(
    lineage: Lineage,
    graph: Condensation[int],
    depths: list[int],
    entered: int,
    left: int,
    following: Collection[URIRef] | None,
) -> list[int]:
    """Return the way from where a unit was entered to the next one of a longest chain, without its start."""
    unit = graph.unit[entered]
    ends = successors(lineage.up, following)
    inside = walk(lineage.up, (entered,), following, within=lambda number: graph.unit[number] == unit)
    exits = ((number, end) for number in inside.arrivals for end in ends(number) if graph.unit[end] != unit)
    number, end = next(each for each in exits if depths[graph.unit[each[1]]] == left - 1)
    return [*(node for node, _ in inside.steps(number)[1:]), end]
