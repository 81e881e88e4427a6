"""What every way from an artefact up to any origin passes: single points of origin, and of failure.

Question 21: dominators of a flow graph that begins at the origins. The artefacts that dominate one form a chain, and
all these chains together a tree, so one linear-logarithmic pass answers for every artefact at once.

An origin is an artefact that nothing is upstream of. A cycle that nothing leads out of has no such artefact, so each
of its members counts as one: the way up ends there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from rdflib import URIRef

from osaid_graph.lineage.condensation import condensed_lineage
from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import Hop, successors, upstream_of

#: What stands before all origins in a tree of dominators.
ROOT = -1


@dataclass(frozen=True, slots=True)
class Gateway:
    """An artefact that every way from another one up to an origin passes.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        origin: Whether it is an origin itself: then it is the only one.
        distance: How many edges away it is.
        path: A shortest path to it.
    """

    node: str
    label: str
    kind: str
    origin: bool
    distance: int
    path: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """An artefact without which nothing leads from others to any origin.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        origin: Whether it is an origin.
        releases: How many systems, models or parameters pass it on every way up.
        artefacts: How many artefacts do, data included.
    """

    node: str
    label: str
    kind: str
    origin: bool
    releases: int
    artefacts: int


def gateways(lineage: Lineage, node: str, following: Collection[URIRef] | None = None) -> tuple[Gateway, ...]:
    """Return what every way from an artefact up to any origin passes, the nearest first.

    Args:
        lineage: Where to look.
        node: What a person calls the artefact.
        following: The properties to follow; those that lead to what something was made from if None.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    start = lineage.find(node)
    walk = upstream_of(lineage, start, following=following)
    first = origins(lineage, walk.arrivals, following)
    # All ways to the artefact stay within what is upstream of it, so its dominators in the whole lineage are these.
    below = successors(lineage.down, following)
    tree = dominator_tree(first, lambda number: (end for end in below(number) if end in walk.arrivals))
    rows = []
    above = tree[start]
    while above != ROOT:
        path = walk.path(lineage, above)
        rows.append(
            Gateway(
                lineage.iri(above),
                lineage.label(above),
                kind_name(lineage, above),
                above in first,
                walk.depths[above],
                path,
            )
        )
        above = tree[above]
    return tuple(rows)


def single_points(lineage: Lineage, following: Collection[URIRef] | None = None) -> tuple[SinglePoint, ...]:
    """Return every artefact that others depend on for each way to an origin, those with the most releases first.

    Args:
        lineage: The lineage.
        following: As for :func:`gateways`.
    """
    first = origins(lineage, None, following)
    tree = dominator_tree(first, successors(lineage.down, following))
    releases, artefacts = Counter[int](), Counter[int]()
    for number in reversed(tree):  # what is dominated comes after what dominates it
        above = tree[number]
        artefacts[above] += artefacts[number] + 1
        releases[above] += releases[number] + lineage.is_trained(number)
    rows = (
        SinglePoint(
            lineage.iri(number),
            lineage.label(number),
            kind_name(lineage, number),
            number in first,
            releases[number],
            artefacts[number],
        )
        for number in tree
        if artefacts[number]
    )
    return tuple(sorted(rows, key=lambda row: (-row.releases, -row.artefacts, row.node)))


def origins(
    lineage: Lineage, nodes: Iterable[int] | None = None, following: Collection[URIRef] | None = None
) -> dict[int, None]:
    """Return the origins among artefacts with all that is upstream of them, or of a whole lineage, in their order.

    Of a whole lineage, artefacts without any edge are left out: they are the origin of nothing.
    """
    nodes = None if nodes is None else list(nodes)
    graph = condensed_lineage(lineage, nodes, following)
    found = [number for unit, ends in enumerate(graph.arcs) if not ends for number in graph.members[unit]]
    alone = [number for number in nodes or () if number not in graph.unit]
    return dict.fromkeys(sorted((*found, *alone)))


def dominator_tree(starts: Iterable[int], ends: Callable[[int], Iterable[int]]) -> dict[int, int]:
    """Return the immediate dominator of every node that can be reached, :data:`ROOT` where no node is one.

    The algorithm of Lengauer and Tarjan (1979) with simple linking, O(m log n), without recursion. A node comes after
    its dominators.

    Args:
        starts: The nodes that the flow begins at, which have ``ROOT`` before them.
        ends: The successors of a node.
    """
    order, parent, before = _searched(starts, ends)
    semi = list(range(len(order)))
    label = list(range(len(order)))
    linked = [-1] * len(order)
    bucket: list[list[int]] = [[] for _ in order]
    above = [0] * len(order)
    for here in range(len(order) - 1, 0, -1):
        for each in before[here]:
            semi[here] = min(semi[here], semi[_least(each, linked, label, semi)])
        bucket[semi[here]].append(here)
        linked[here] = parent[here]
        for each in bucket[parent[here]]:
            least = _least(each, linked, label, semi)
            above[each] = least if semi[least] < semi[each] else parent[here]
        bucket[parent[here]].clear()
    for here in range(1, len(order)):
        if above[here] != semi[here]:
            above[here] = above[above[here]]
    return {order[here]: order[above[here]] for here in range(1, len(order))}


def _searched(
    starts: Iterable[int], ends: Callable[[int], Iterable[int]]
) -> tuple[list[int], list[int], list[list[int]]]:
    """Search depth first; return nodes in the order of arrival, and by it parents and the places of predecessors."""
    order, parent, place = [ROOT], [0], {ROOT: 0}
    before: list[list[int]] = [[]]
    waiting = [(0, iter(tuple(starts)))]
    while waiting:
        here, left = waiting[-1]
        end = next(left, None)
        if end is None:
            waiting.pop()
            continue
        if end not in place:
            place[end] = len(order)
            order.append(end)
            parent.append(here)
            before.append([])
            waiting.append((place[end], iter(tuple(ends(end)))))
        before[place[end]].append(here)
    return order, parent, before


def _least(here: int, linked: list[int], label: list[int], semi: list[int]) -> int:
    """Return the node of the least semidominator on the linked way up, and shorten that way (path compression)."""
    if linked[here] < 0:
        return here
    way = []
    at = here
    while linked[linked[at]] >= 0:
        way.append(at)
        at = linked[at]
    for each in reversed(way):
        up = linked[each]
        if semi[label[up]] < semi[label[each]]:
            label[each] = label[up]
        linked[each] = linked[up]
    return label[here]
