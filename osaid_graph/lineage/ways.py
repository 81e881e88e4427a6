"""How many ways lead from an artefact to each of what it was made from, and which are the shortest.

Question 3 of the lineage: path multiplicity. Counting is linear, however many ways there are; listing is not, so the
shortest are listed first and only as many as are asked for.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from rdflib import URIRef

from osaid_graph.errors import UsageError
from osaid_graph.lineage.index import Lineage, made_from, mask, via
from osaid_graph.lineage.paths import ways_from
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import Hop, successors, upstream_of

#: Ways that are listed if nobody says how many.
SHOWN: Final = 10
#: The successors of artefacts, each once and in order.
Arcs = dict[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Ways:
    """How many ways lead to an artefact.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        ways: How many there are.
        distance: How many edges the shortest has.
    """

    node: str
    label: str
    kind: str
    ways: int
    distance: int


@dataclass(frozen=True, slots=True)
class Route:
    """One way from an artefact to another.

    Attributes:
        length: How many edges it has.
        path: The path, the start first.
    """

    length: int
    path: tuple[Hop, ...]


def ways(lineage: Lineage, node: str, following: Collection[URIRef] | None = None) -> tuple[Ways, ...]:
    """Return how many ways lead to each artefact upstream of one, the most first.

    Two ways differ by an artefact they pass: several properties between the same two are one edge. Edges inside a
    cycle are left out, so what is counted for its members are the ways into it
    (:func:`~osaid_graph.lineage.paths.ways_from`).

    Args:
        lineage: Where to look.
        node: What a person calls the artefact.
        following: The properties to follow; those that lead to what something was made from if None.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    start = lineage.find(node)
    walk = upstream_of(lineage, start, following=following)
    ends = successors(lineage.up, following)
    counts = ways_from(start, {number: tuple(ends(number)) for number in walk.arrivals})
    rows = (
        Ways(lineage.iri(at), lineage.label(at), kind_name(lineage, at), counts[at], walk.depths[at])
        for at in walk.arrivals
        if at != start
    )
    return tuple(sorted(rows, key=lambda row: (-row.ways, row.distance, row.node)))


def routes(
    lineage: Lineage, node: str, origin: str, limit: int = SHOWN, following: Collection[URIRef] | None = None
) -> tuple[Route, ...]:
    """Return the shortest ways from an artefact to one upstream of it that visit nothing twice.

    Of several properties between two artefacts the one that comes first among those of the lineage is shown.

    Args:
        lineage: Where to look.
        node: What a person calls the artefact that was made.
        origin: What a person calls the one upstream.
        limit: How many ways to list at most.
        following: As for :func:`ways`.

    Raises:
        UsageError: There is no such artefact, several could be meant, no way leads there, or they are one and the same.
    """
    start, end, arcs = found_between(lineage, node, origin, following)
    found = islice(shortest_simple(arcs, start, end), limit)
    return tuple(Route(len(path) - 1, described(lineage, path, following)) for path in found)


def found_between(
    lineage: Lineage, node: str, origin: str, following: Collection[URIRef] | None = None
) -> tuple[int, int, Arcs]:
    """Return two artefacts by what a person calls them, with the arcs of all ways from the first up to the second.

    Raises:
        UsageError: There is no such artefact, several could be meant, no way leads there, or they are one and the same.
    """
    start, end = lineage.find(node), lineage.find(origin)
    arcs = between(lineage, start, end, following)
    if start == end or not arcs:
        raise UsageError(
            f"no way leads from {lineage.label(start)} up to {lineage.label(end)}", "name an artefact upstream of it"
        )
    return start, end, arcs


def between(lineage: Lineage, start: int, end: int, following: Collection[URIRef] | None = None) -> Arcs:
    """Return the arcs of all ways from an artefact up to another; none where none leads there."""
    below = upstream_of(lineage, start, following=following).arrivals
    if end not in below:
        return {}
    after: dict[int, list[int]] = {}
    ends = successors(lineage.up, following)
    arcs = {number: tuple(ends(number)) for number in below}
    for number, targets in arcs.items():
        for target in targets:
            after.setdefault(target, []).append(number)
    inside = {end}
    waiting = [end]
    for number in waiting:  # grows while it is walked over
        fresh = [each for each in after.get(number, ()) if each not in inside]
        inside.update(fresh)
        waiting.extend(fresh)
    return {number: tuple(each for each in arcs[number] if each in inside) for number in below if number in inside}


def shortest_simple(arcs: Arcs, start: int, end: int) -> Iterator[list[int]]:
    """Yield all paths that visit nothing twice, the shortest first, those of a length in the order of the numbers.

    The algorithm of Yen (1971) with the partition of Lawler (1972): when a path is taken, the paths that leave it at
    each of its nodes are sets apart from each other, of which the best comes into the queue. A path costs as many
    searches as it has nodes.
    """
    into: dict[int, list[int]] = {}
    for number, targets in arcs.items():
        for target in targets:
            into.setdefault(target, []).append(number)
    queue: list[tuple[int, list[int], int, frozenset[int]]] = []

    def offer(prefix: list[int], banned: frozenset[int]) -> None:
        path = _best(arcs, into, prefix, end, banned)
        if path:
            heapq.heappush(queue, (len(path), path, len(prefix), banned))

    offer([start], frozenset())
    while queue:
        _, path, fixed, banned = heapq.heappop(queue)
        yield path
        for at in range(fixed, len(path)):
            offer(path[:at], banned | {path[at]} if at == fixed else frozenset((path[at],)))


def _best(
    arcs: Arcs, into: dict[int, list[int]], prefix: list[int], end: int, banned: frozenset[int]
) -> list[int] | None:
    """Return the shortest path with a beginning that does not go on to certain nodes, the first by the numbers."""
    passed = set(prefix)
    left = {end: 0}
    waiting = [end]
    for number in waiting:  # grows while it is walked over
        for before in into.get(number, ()):
            if before not in left and before not in passed:
                left[before] = left[number] + 1
                waiting.append(before)
    path = list(prefix)
    choice = [each for each in arcs.get(path[-1], ()) if each in left and each not in banned]
    while choice:
        path.append(min(choice, key=lambda each: (left[each], each)))
        if path[-1] == end:
            return path
        choice = [each for each in arcs[path[-1]] if each in left]
    return None


def described(lineage: Lineage, path: Sequence[int], following: Collection[URIRef] | None = None) -> tuple[Hop, ...]:
    """Return a path upstream in words; of several properties between two artefacts the first is named."""
    follows = mask(tuple(made_from() if following is None else following))
    hops = [Hop(lineage.iri(path[0]), "")]
    for start, end in pairwise(path):
        kind = next(kind for target, kind in lineage.up.ends(start) if target == end and follows[kind])
        hops.append(Hop(lineage.iri(end), via(kind)))
    return tuple(hops)
