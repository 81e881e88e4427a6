"""Strongly connected components: a lineage in an order that its edges keep, with every cycle drawn together into one.

Artefacts that were made from each other have no order, so they come together. What is left has no cycle, which is what
longest ways, counts and sets that are handed on need.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from rdflib import URIRef

from osaid_graph.lineage.index import Adjacency, Lineage, made_from, mask
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


def condensed_lineage(
    lineage: Lineage, nodes: Iterable[int] | None = None, following: Collection[URIRef] | None = None
) -> Condensation[int]:
    """Return the condensation of a lineage, from what was made to what it was made from.

    Args:
        lineage: The lineage.
        nodes: Artefacts with all that is upstream of them among them; if None, all. Those without an edge are left
            out.
        following: As for :func:`~osaid_graph.lineage.walk.walk`.
    """
    up, follows = lineage.up, mask(tuple(made_from() if following is None else following))
    offsets, kinds = up.offsets, up.kinds
    made = (
        number
        for number in (range(len(lineage)) if nodes is None else nodes)
        if any(follows[kind] for kind in kinds[offsets[number] : offsets[number + 1]])
    )
    return _condensation(strong_components(up, follows, made), successors(up, following))


def condensed(arcs: Mapping[Node, Collection[Node]]) -> Condensation[Node]:
    """Return the condensation of a graph, given by the successors of its nodes, a key or not where there are none."""
    numbers: dict[Node, int] = {}
    for start, ends in arcs.items():
        for each in (start, *ends):
            numbers.setdefault(each, len(numbers))
    nodes = tuple(numbers)
    adjacency = Adjacency.of(
        len(nodes), [(numbers[start], numbers[end], 0) for start in nodes for end in arcs.get(start, ())]
    )
    found = _condensation(
        strong_components(adjacency, b"\x01", range(len(nodes))),
        lambda number: (end for end, _ in adjacency.ends(number)),
    )
    return Condensation(
        tuple(tuple(nodes[number] for number in members) for members in found.members),
        {nodes[number]: unit for number, unit in found.unit.items()},
        found.arcs,
        found.circular,
    )


def knots(arcs: Mapping[Node, Collection[Node]]) -> list[frozenset[Node]]:
    """Return the strongly connected components of a graph that hold a cycle, self-loops included."""
    found = condensed(arcs)
    return [frozenset(found.members[unit]) for unit in sorted(found.circular)]


def _condensation(origins_first: Iterable[tuple[int, ...]], ends: Callable[[int], Iterable[int]]) -> Condensation[int]:
    members = tuple(origins_first)[::-1]
    unit = {number: at for at, group in enumerate(members) for number in group}
    arcs, circular = [], []
    for at, group in enumerate(members):
        between = [unit[end] for number in group for end in ends(number)]
        if at in between:
            circular.append(at)
        arcs.append(tuple(end for end in between if end != at))
    return Condensation(members, unit, tuple(arcs), frozenset(circular))


def strong_components(adjacency: Adjacency, follows: bytes, roots: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Yield the strongly connected components of all that is reached, each after all that its edges lead to.

    Linear (Tarjan 1972), without recursion. The members of a component are sorted.

    Args:
        adjacency: The edges.
        follows: For each number of a property whether it is followed: :func:`~osaid_graph.lineage.index.mask`.
        roots: Where to begin, one after the other.
    """
    search = _Search(adjacency, follows)
    offsets, found = adjacency.offsets, search.found
    for root in roots:
        if found[root]:
            continue
        if offsets[root] == offsets[root + 1]:
            found[root] = search.done
            yield (root,)
        else:
            yield from search.components(root)


class _Search:
    """A depth-first search that may begin at several artefacts in turn.

    ``found`` holds when each artefact was found, from 1 on; ``done`` marks those whose component is out, which is
    later than any is found.
    """

    def __init__(self, adjacency: Adjacency, follows: bytes) -> None:
        count = len(adjacency.offsets) - 1
        self.adjacency, self.follows = adjacency, follows
        self.found, self.low, self.at = [0] * count, [0] * count, list(adjacency.offsets[:count])
        self.done, self.clock = count + 1, 0

    def components(self, root: int) -> Iterator[tuple[int, ...]]:
        """Yield the components that are reached from an artefact and are not out yet."""
        offsets, targets, kinds = self.adjacency.offsets, self.adjacency.targets, self.adjacency.kinds
        found, low, at, follows = self.found, self.low, self.at, self.follows
        path, open_ = [root], [root]
        self._enter(root)
        while path:
            node = path[-1]
            edge = at[node]
            if edge < offsets[node + 1]:
                at[node] = edge + 1
                target = targets[edge]
                if not follows[kinds[edge]]:
                    continue
                if not found[target]:
                    self._enter(target)
                    path.append(target)
                    open_.append(target)
                elif found[target] < low[node]:
                    low[node] = found[target]
                continue
            path.pop()
            if path and low[node] < low[path[-1]]:
                low[path[-1]] = low[node]
            if low[node] == found[node]:
                yield self._out(open_, node)

    def _enter(self, node: int) -> None:
        self.clock += 1
        self.found[node] = self.low[node] = self.clock

    def _out(self, open_: list[int], first: int) -> tuple[int, ...]:
        """Take a component off those that are open, and mark its members as out."""
        members = [open_.pop()]
        while members[-1] != first:
            members.append(open_.pop())
        for member in members:
            self.found[member] = self.done
        return tuple(sorted(members))
