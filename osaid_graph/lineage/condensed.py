"""A lineage with every cycle drawn together into one unit, which leaves none: what longest ways and counts need."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from rdflib import URIRef

from osaid_graph.lineage.cycles import knots
from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.walk import successors

Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Condensation(Generic[Node]):
    """Units in an order in which every arc leads from a lower number to a higher one.

    Attributes:
        members: The nodes of each unit: one, or those of a strongly connected component.
        unit: The number of the unit of each node.
        arcs: For each unit the others that its members lead to, once for each arc between two nodes.
        circular: The units that hold a cycle, self-loops included.
    """

    members: tuple[tuple[Node, ...], ...]
    unit: dict[Node, int]
    arcs: tuple[tuple[int, ...], ...]
    circular: frozenset[int]


def condensed(arcs: Mapping[Node, Collection[Node]]) -> Condensation[Node]:
    """Return the condensation of a graph, given by the successors of its nodes.

    Linear. What has no successors need not be a key. The order is that of Kahn (1962), and where it leaves a choice,
    that of the mapping.
    """
    groups: list[tuple[Node, ...]] = []
    group: dict[Node, int] = {}
    rank = {node: at for at, node in enumerate(arcs)}
    circular = set[int]()
    for knot in sorted((sorted(knot, key=rank.__getitem__) for knot in knots(arcs)), key=lambda knot: rank[knot[0]]):
        circular.add(len(groups))
        group.update(dict.fromkeys(knot, len(groups)))
        groups.append(tuple(knot))
    for node in (each for start, ends in arcs.items() for each in (start, *ends)):
        if node not in group:
            group[node] = len(groups)
            groups.append((node,))
    between: list[list[int]] = [[] for _ in groups]
    entering = [0] * len(groups)
    for start, ends in arcs.items():
        here = group[start]
        for end in ends:
            there = group[end]
            if there != here:
                between[here].append(there)
                entering[there] += 1
    order = _ordered(between, entering)
    place = [0] * len(order)
    for at, number in enumerate(order):
        place[number] = at
    return Condensation(
        tuple(groups[number] for number in order),
        {node: place[number] for node, number in group.items()},
        tuple(tuple(place[end] for end in between[number]) for number in order),
        frozenset(place[number] for number in circular),
    )


def condensed_lineage(
    lineage: Lineage, nodes: Iterable[int] | None = None, following: Collection[URIRef] | None = None
) -> Condensation[int]:
    """Return the condensation of a lineage, from what was made to what it was made from.

    Args:
        lineage: The lineage.
        nodes: Artefacts with all that is upstream of them among them; if None, all that have an edge.
        following: As for :func:`~osaid_graph.lineage.walk.walk`.
    """
    ends = successors(lineage.up, following)
    offsets = lineage.up.offsets
    if nodes is None:
        nodes = (number for number in range(len(lineage)) if offsets[number] < offsets[number + 1])
    found = ((number, tuple(ends(number))) for number in nodes)
    return condensed({number: targets for number, targets in found if targets})


def _ordered(arcs: list[list[int]], entering: list[int]) -> list[int]:
    waiting = list(entering)
    order = [number for number, count in enumerate(waiting) if not count]
    for number in order:  # grows while it is walked over
        for end in arcs[number]:
            waiting[end] -= 1
            if not waiting[end]:
                order.append(end)
    return order
