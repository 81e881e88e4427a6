"""Circles in the lineage, and of each a shortest cycle that shows it.

Question 18. They are real (iterated training), or two versions that share a name, or a repository that names itself as
its base: they are told, never refused.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.lineage.condensation import condensed_lineage, knots
from osaid_graph.lineage.edges import derivations
from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.walk import Hop, successors
from osaid_graph.lineage.ways import described


@dataclass(frozen=True, slots=True)
class Circle:
    """Artefacts each of which was made from every other: a strongly connected component.

    Attributes:
        size: How many artefacts it has.
        length: How many edges its shortest cycle has.
        members: Their IRIs.
        path: A shortest cycle; the end is the start.
    """

    size: int
    length: int
    members: tuple[str, ...]
    path: tuple[Hop, ...]


def circular(graph: Graph) -> frozenset[IdentifiedNode]:
    """Return the nodes of a graph whose derivation leads back to themselves; training is none."""
    successors: dict[IdentifiedNode, set[IdentifiedNode]] = {}
    for predicate in derivations():
        for subject, target in graph.subject_objects(predicate):
            if isinstance(subject, IdentifiedNode) and isinstance(target, IdentifiedNode):
                successors.setdefault(subject, set()).add(target)
    return frozenset(node for knot in knots(successors) for node in knot)


def circles(lineage: Lineage, following: Collection[URIRef] | None = None) -> tuple[Circle, ...]:
    """Return every circle of a lineage, the largest first.

    Linear (Tarjan 1972), and for a circle its members times its edges for the shortest cycle.

    Args:
        lineage: The lineage.
        following: The properties to follow; those that lead to what something was made from if None.
    """
    graph = condensed_lineage(lineage, following=following)
    ends = successors(lineage.up, following)
    rows = []
    for unit in graph.circular:
        members = sorted(graph.members[unit])
        inside = set(members)
        cycle = shortest_cycle({number: tuple(each for each in ends(number) if each in inside) for number in members})
        iris = tuple(sorted(map(lineage.iri, members)))
        rows.append(Circle(len(members), len(cycle) - 1, iris, described(lineage, cycle, following)))
    return tuple(sorted(rows, key=lambda row: (-row.size, row.length, row.members)))


def shortest_cycle(arcs: dict[int, tuple[int, ...]]) -> list[int]:
    """Return a shortest cycle of a strongly connected graph that holds one: of several the one of the lowest start."""
    into: dict[int, list[int]] = {}
    for number, ends in arcs.items():
        for end in ends:
            into.setdefault(end, []).append(number)
    left = set(arcs)
    best: list[int] = []
    for start in sorted(arcs):
        if start in left:
            best = _cycle_through(arcs, left, start, len(best) - 2 if best else len(arcs)) or best
            _take_out(arcs, into, left, start)
    return best


def _cycle_through(arcs: dict[int, tuple[int, ...]], left: set[int], start: int, most: int) -> list[int]:
    """Return a shortest cycle through a node, over nodes that are left, that has at most so many edges, or nothing."""
    before = {start: start}
    level = [start]
    for _ in range(most):
        following: list[int] = []
        for number in level:
            for end in arcs[number]:
                if end == start:
                    path = [start, number]
                    while path[-1] != start:
                        path.append(before[path[-1]])
                    return path[::-1]
                if end in left and end not in before:
                    before[end] = number
                    following.append(end)
        level = following
    return []


def _take_out(arcs: dict[int, tuple[int, ...]], into: dict[int, list[int]], left: set[int], number: int) -> None:
    """Take a node out whose cycles are known, and all that are on no cycle without it because nothing leads on."""
    left.remove(number)
    waiting = [number]
    for gone in waiting:  # grows while it is walked over
        for before in into.get(gone, ()):
            if before in left and left.isdisjoint(arcs[before]):
                left.remove(before)
                waiting.append(before)
