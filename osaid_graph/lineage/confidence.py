"""How far a claim that something was made from something can be trusted, by who states the edges it rests on.

Question 27: provenance semirings (Green, Karvounarakis and Tannen 2007) over weights of edges. The weakest edge of the
best way (max, min) and the most reliable way (max, times) are exact; that any of several ways holds is only estimated,
because it is #P-hard to compute (Valiant 1979).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from itertools import combinations, islice, pairwise
from math import prod
from operator import mul
from typing import Final

from rdflib import URIRef

from osaid_graph.errors import UsageError
from osaid_graph.lineage.index import Lineage, made_from, mask
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import Hop, upstream_of
from osaid_graph.lineage.ways import Arcs, between, described, shortest_simple

#: Ways that the estimate looks at if nobody says how many.
WAYS: Final = 8
#: The weights of the edges of artefacts: by what was made, what it was made from.
Weighted = dict[int, dict[int, float]]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much an edge is trusted: a model, to be chosen, not a measurement.

    An edge that ``k`` sources state has the weight ``1 - (1 - stated) ** k``: it is wrong only if all of them are,
    independently. An edge that no source states itself, because it follows from what they state, has ``implied``. If
    no source describes what the edge leads to, the weight is multiplied by ``undescribed``. Several properties between
    two artefacts are one edge, stated by whoever states any of them. Documents of a dump are one source.

    Attributes:
        stated: That a source is right about an edge.
        implied: That an edge is right that follows from statements.
        undescribed: That a name nothing stands behind means what it seems to.
    """

    stated: float = 0.9
    implied: float = 0.6
    undescribed: float = 0.5

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not 0 < value <= 1:
                raise UsageError(f"the weight {each.name!r} is {value}", "choose one above 0 and up to 1")


#: The weights that are taken if nobody chooses.
DEFAULT: Final = Weights()


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far the claim can be trusted that an artefact was made from another.

    Attributes:
        node: The IRI of the one upstream, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        weakest: The weight of the weakest edge of the way on which that is greatest.
        reliable: The product of the weights of the way on which that is greatest.
        any_way: That at least one of the shortest ways holds, as if they had nothing in common (noisy or).
        approximate: Whether ``any_way`` is an estimate: ways share edges, or there are more than were looked at.
        weakest_path: A way with such a weakest edge.
        reliable_path: A way with such a product.
    """

    node: str
    label: str
    kind: str
    weakest: float
    reliable: float
    any_way: float
    approximate: bool
    weakest_path: tuple[Hop, ...]
    reliable_path: tuple[Hop, ...]


def confidences(
    lineage: Lineage,
    node: str,
    weights: Weights = DEFAULT,
    ways: int = WAYS,
    following: Collection[URIRef] | None = None,
) -> tuple[Confidence, ...]:
    """Return how far each claim on what an artefact was made from can be trusted, the least first.

    Args:
        lineage: Where to look.
        node: What a person calls the artefact.
        weights: How much edges are trusted.
        ways: How many of the shortest ways to each ancestor the estimate looks at, at least 1.
        following: The properties to follow; those that lead to what something was made from if None.

    Raises:
        UsageError: There is no such artefact, or several could be meant; or no way is to be looked at.
    """
    if ways < 1:
        raise UsageError(f"{ways} ways are to be looked at", "choose at least 1")
    start = lineage.find(node)
    found = upstream_of(lineage, start, following=following)
    arcs = {number: weighted(lineage, number, weights, following) for number in found.arrivals}
    weakest, reliable = best(arcs, start, min), best(arcs, start, mul)
    rows = (
        Confidence(
            lineage.iri(number),
            lineage.label(number),
            kind_name(lineage, number),
            weakest[number][0],
            reliable[number][0],
            *noisy_or(between(lineage, start, number, following), arcs, start, number, ways),
            described(lineage, way(weakest, number), following),
            described(lineage, way(reliable, number), following),
        )
        for number in found.arrivals
        if number != start
    )
    return tuple(sorted(rows, key=lambda row: (row.reliable, row.weakest, row.node)))


def weighted(
    lineage: Lineage, number: int, weights: Weights, following: Collection[URIRef] | None = None
) -> dict[int, float]:
    """Return the weight of the edge to each artefact that one was made from directly; see :class:`Weights`."""
    follows = mask(tuple(made_from() if following is None else following))
    up = lineage.up
    said: dict[int, set[str]] = {}
    for at in range(up.offsets[number], up.offsets[number + 1]):
        if follows[up.kinds[at]]:
            said.setdefault(up.targets[at], set()).update(lineage.said_by.get(at, lineage.source[:1]))
    known = lineage.columns.described
    return {
        end: (1 - (1 - weights.stated) ** len(who) if who else weights.implied)
        * (1 if known[end] else weights.undescribed)
        for end, who in said.items()
    }


def best(arcs: Weighted, start: int, join: Callable[[float, float], float]) -> dict[int, tuple[float, int]]:
    """Return the greatest weight of a way to each node, and the node before it on one (Dijkstra 1959).

    Args:
        arcs: The weights of edges, above 0 and up to 1.
        start: Where ways begin.
        join: What joins the weight of a way with that of the next edge, and never gives more than either.
    """
    found: dict[int, tuple[float, int]] = {}
    queue = [(-1.0, 0, start, -1)]
    while queue:
        value, steps, number, before = heapq.heappop(queue)
        if number not in found:
            found[number] = -value, before
            for end, weight in arcs[number].items():
                if end not in found:
                    heapq.heappush(queue, (-join(-value, weight), steps + 1, end, number))
    return found


def way(found: dict[int, tuple[float, int]], number: int) -> list[int]:
    """Return the way that :func:`best` found to a node."""
    path = [number]
    while found[path[-1]][1] >= 0:
        path.append(found[path[-1]][1])
    return path[::-1]


def noisy_or(arcs: Arcs, weights: Weighted, start: int, end: int, limit: int) -> tuple[float, bool]:
    """Return that at least one of the shortest ways holds, and whether that is an estimate.

    It is one where ways share an edge, which makes it too high, or where there are more ways than are looked at, which
    makes it too low. Else it is exact for edges that are right or wrong independently.
    """
    paths = list(islice(shortest_simple(arcs, start, end), limit + 1))
    edges = [frozenset(pairwise(path)) for path in paths[:limit]]
    # sorted, since a product of floats depends on the order
    missing = prod(1 - prod(weights[one][two] for one, two in sorted(each)) for each in edges)
    return 1 - missing, len(paths) > limit or any(one & two for one, two in combinations(edges, 2))
