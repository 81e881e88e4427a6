"""How much rests on each artefact: what was made from it in the end, and how much of the whole it carries.

Question 26. Counts are exact. The two centralities let weight flow from what was made to what it was made from:
PageRank (Page and others 1999) shares the weight of an artefact among what it was made from, Katz (1953) hands on a
part of it to each.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from osaid_graph.errors import UsageError
from osaid_graph.lineage.condensation import Condensation, condensed_lineage
from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import successors

#: The part of its weight that an artefact hands on, for PageRank and for Katz: what the literature takes.
DAMPING, ATTENUATION = 0.85, 0.1
#: Bits of one sweep that counts what is downstream: memory is at most so many for each artefact.
_SWEEP: Final = 4_096
#: When values on a cycle count as settled, relative to them, and how often they are computed at most.
_SETTLED, _ROUNDS = 1e-14, 2_000


@dataclass(frozen=True, slots=True)
class Influence:
    """How much rests on an artefact.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        direct: How many artefacts were made from it directly.
        downstream: How many were made from it in the end.
        releases: How many of these are systems, models or parameters.
        pagerank: Its PageRank among all artefacts of the lineage; theirs sum up to 1.
        katz: Its Katz centrality; 1 is that of what nothing was made from.
    """

    node: str
    label: str
    kind: str
    direct: int
    downstream: int
    releases: int
    pagerank: float
    katz: float


def influence(
    lineage: Lineage,
    limit: int | None = None,
    following: Collection[URIRef] | None = None,
    *,
    damping: float = DAMPING,
    attenuation: float = ATTENUATION,
) -> tuple[Influence, ...]:
    """Return the artefacts that something was made from, those that most rests on first.

    Args:
        lineage: The lineage.
        limit: How many to return at most; all if None.
        following: The properties to follow; those that lead to what something was made from if None.
        damping: The part of its weight that an artefact shares out, for PageRank.
        attenuation: The part of it that an artefact hands on to each, for Katz.

    Raises:
        UsageError: A part is not from 0 up to 1, or so large that Katz does not settle on a cycle.
    """
    _check(damping, attenuation)
    graph = condensed_lineage(lineage, following=following)
    counts, trained = reach(graph, lineage.is_trained)
    ranks = pagerank(lineage, graph, damping, following)
    katz, below = _flow(lineage, graph, lambda _: attenuation, following), successors(lineage.down, following)
    used = (number for number, unit in graph.unit.items() if counts[unit] > 1)
    ranked = sorted(used, key=lambda each: (-counts[graph.unit[each]], -ranks[each], lineage.iri(each)))
    return tuple(
        Influence(
            lineage.iri(number),
            lineage.label(number),
            kind_name(lineage, number),
            sum(end != number for end in below(number)),
            counts[graph.unit[number]] - 1,
            trained[graph.unit[number]] - lineage.is_trained(number),
            ranks[number],
            katz[number],
        )
        for number in ranked[:limit]
    )


def _check(*parts: float) -> None:
    for part in parts:
        if not 0 <= part < 1:
            raise UsageError(f"{part} is no part of a weight", "choose one from 0 up to, but not, 1")


def reach(graph: Condensation[int], marked: Callable[[int], bool]) -> tuple[list[int], list[int]]:
    """Return how many nodes lead to each unit, its members among them, and how many of these are marked.

    Exact, with cycles too. Nodes are taken some thousand at a time, as the bits of one number, which flow along the
    arcs: the cost is no more than that of the closure, and no more than all arcs for each sweep, whichever is less.
    """
    counts, chosen = [0] * len(graph.members), [0] * len(graph.members)
    further = [tuple(dict.fromkeys(ends)) for ends in graph.arcs]
    first = 0
    while first < len(graph.members):
        bits: dict[int, int] = {}
        mask, used, unit = 0, 0, first
        while unit < len(graph.members) and (not used or used + len(graph.members[unit]) <= _SWEEP):
            bits[unit] = ((1 << len(graph.members[unit])) - 1) << used
            for number in graph.members[unit]:
                mask |= marked(number) << used
                used += 1
            unit += 1
        first = unit
        waiting = list(bits)  # in order, so a heap
        while waiting:
            here = heapq.heappop(waiting)
            found = bits.pop(here)
            counts[here] += found.bit_count()
            chosen[here] += (found & mask).bit_count()
            for end in further[here]:
                if end not in bits:
                    heapq.heappush(waiting, end)
                    bits[end] = 0
                bits[end] |= found
    return counts, chosen


def pagerank(
    lineage: Lineage, graph: Condensation[int], damping: float = DAMPING, following: Collection[URIRef] | None = None
) -> dict[int, float]:
    """Return the PageRank of every node of the condensation of a lineage, among all artefacts of the lineage.

    What leads nowhere hands its weight to all alike. That changes the scale of the solution and nothing else, so it is
    solved without, and scaled: in one pass where there is no cycle.
    """
    ends = successors(lineage.up, following)
    shares = {number: damping / max(1, sum(1 for _ in ends(number))) for number in graph.unit}
    values = _flow(lineage, graph, shares.__getitem__, following)
    whole = sum(values.values()) + len(lineage) - len(values)  # 1 for each artefact without an edge
    return {number: value / whole for number, value in values.items()}


def _flow(
    lineage: Lineage, graph: Condensation[int], part: Callable[[int], float], following: Collection[URIRef] | None
) -> dict[int, float]:
    """Return for every node 1 and the part of the value of each that was made from it: what a power series adds up to.

    One pass in topological order; on cycles the values are computed again and again until they are settled.
    """
    ends = successors(lineage.up, following)
    values = dict.fromkeys(graph.unit, 1.0)
    for unit, members in enumerate(graph.members):
        if unit in graph.circular:
            inside = {number: [end for end in ends(number) if graph.unit[end] == unit] for number in members}
            values.update(_settle({number: values[number] for number in members}, inside, part))
        for number in members:
            given = part(number) * values[number]
            for end in ends(number):
                if graph.unit[end] != unit:
                    values[end] += given
    return values


def _settle(start: dict[int, float], inside: dict[int, list[int]], part: Callable[[int], float]) -> dict[int, float]:
    values = start
    for _ in range(_ROUNDS):
        found = dict(start)
        for number, ends in inside.items():
            for end in ends:
                found[end] += part(number) * values[number]
        if sum(abs(value - values[each]) for each, value in found.items()) <= _SETTLED * sum(found.values()):
            return found
        values = found
    raise UsageError(
        f"the centrality does not settle on a cycle of {len(start):,} artefacts", "choose a smaller attenuation"
    )
