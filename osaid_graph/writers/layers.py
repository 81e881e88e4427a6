"""A layered layout of a directed graph, in the manner of Sugiyama, Tagawa and Toda (1981).

Nodes go into layers by their longest path from the roots; an edge that passes a layer gets a waypoint there; the order
within the layers is chosen to cross few edges (barycentre sweeps); and each place is the nearest to its neighbours'
that leaves the nodes of a layer apart. Edges that close a cycle are laid out the other way round and marked. The same
graph gives the same layout.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

#: Sweeps over the layers for the order, and for the places. More do not visibly improve 200 nodes.
_ORDER_SWEEPS = 12
_PLACE_SWEEPS = 40
#: Pull of the middle line, in neighbours, which keeps the layout compact; the last sweeps go without, so that what can
#: lie on one line does.
_PULL, _STRAIGHTENING = 0.5, 8
#: Room a waypoint takes in its layer.
_WAYPOINT = 6.0

Link = tuple[str, str]
#: A node, or the waypoint of a link in a layer.
_Slot = str | tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is.

    Attributes:
        layer: For each node, its layer from 0.
        place: For each node, its centre across the layers' direction; the smallest edge of a node is at 0.
        routes: For each link that is no self-loop, in the direction of the layers, the places it passes: the one of
            its upper node, of a waypoint in each layer between, of its lower node.
        returning: The links that close a cycle, and so point against the layers.
        extent: Where the last node ends.
    """

    layer: dict[str, int]
    place: dict[str, float]
    routes: dict[Link, tuple[float, ...]]
    returning: frozenset[Link]
    extent: float


def layered(sizes: Mapping[str, float], links: Sequence[Link], gap: float) -> Layout:
    """Lay out a graph.

    Args:
        sizes: Each node's extent within its layer, roots first.
        links: Pairs of nodes; a pair that is given twice counts once, a self-loop has no bearing on the layout.
        gap: Least distance between two nodes of a layer.
    """
    distinct = [link for link in dict.fromkeys(links) if link[0] != link[1]]
    returning = _returning(list(sizes), distinct)
    downward = {link: (link[1], link[0]) if link in returning else link for link in distinct}
    layer = _layers(list(sizes), list(downward.values()))
    grid = _Grid(sizes, gap)
    for start, end in dict.fromkeys(downward.values()):
        grid.add_chain(start, end, layer)
    grid.fill(sizes, layer)
    grid.order()
    places = grid.places()
    low = min((places[node] - size / 2 for node, size in sizes.items()), default=0.0)
    low = min([low, *(place - _WAYPOINT / 2 for place in places.values())])
    high = max((places[node] + size / 2 for node, size in sizes.items()), default=0.0)
    high = max([high, *(place + _WAYPOINT / 2 for place in places.values())])
    return Layout(
        layer=layer,
        place={node: places[node] - low for node in sizes},
        routes={link: tuple(places[slot] - low for slot in grid.chains[down]) for link, down in downward.items()},
        returning=returning,
        extent=high - low,
    )


def _returning(nodes: Sequence[str], links: Sequence[Link]) -> frozenset[Link]:
    """Return the links that lead back to a node on the depth-first path that found them."""
    targets: dict[str, list[str]] = {node: [] for node in nodes}
    for start, end in links:
        targets[start].append(end)
    found: set[Link] = set()
    done: set[str] = set()
    for root in nodes:
        path: dict[str, int] = {} if root in done else {root: 0}
        while path:
            node, at = path.popitem()
            if at == len(targets[node]):
                done.add(node)
                continue
            path[node] = at + 1
            target = targets[node][at]
            if target in path:
                found.add((node, target))
            elif target not in done:
                path[target] = 0
    return frozenset(found)


def _layers(nodes: Sequence[str], links: Sequence[Link]) -> dict[str, int]:
    """Return the length of the longest path to each node of an acyclic graph."""
    targets: dict[str, list[str]] = {node: [] for node in nodes}
    waiting = dict.fromkeys(nodes, 0)
    for start, end in links:
        targets[start].append(end)
        waiting[end] += 1
    layer = dict.fromkeys(nodes, 0)
    ready = [node for node in nodes if not waiting[node]]
    for node in ready:
        for target in targets[node]:
            layer[target] = max(layer[target], layer[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return layer


@dataclass(slots=True)
class _Grid:
    """The layers with their slots in order, and the neighbours of each slot in the layers before and after."""

    sizes: Mapping[str, float]
    gap: float
    rows: list[list[_Slot]] = field(default_factory=list)
    before: dict[_Slot, list[_Slot]] = field(default_factory=dict)
    after: dict[_Slot, list[_Slot]] = field(default_factory=dict)
    chains: dict[Link, list[_Slot]] = field(default_factory=dict)

    def add_chain(self, start: str, end: str, layer: Mapping[str, int]) -> None:
        """Add a link as a chain of slots, one in every layer it reaches."""
        between: list[_Slot] = [(start, end, level) for level in range(layer[start] + 1, layer[end])]
        chain: list[_Slot] = [start, *between, end]
        self.chains[start, end] = chain
        for upper, lower in pairwise(chain):
            self.after.setdefault(upper, []).append(lower)
            self.before.setdefault(lower, []).append(upper)

    def fill(self, nodes: Mapping[str, float], layer: Mapping[str, int]) -> None:
        """Put nodes and waypoints into their layers, in the order of a walk from the roots."""
        self.rows = [[] for _ in range(max(layer.values(), default=-1) + 1)]
        seen: set[_Slot] = set()
        for root in nodes:
            waiting: list[_Slot] = [root]
            while waiting:
                slot = waiting.pop()
                if slot in seen:
                    continue
                seen.add(slot)
                self.rows[layer[slot] if isinstance(slot, str) else slot[2]].append(slot)
                waiting.extend(reversed(self.after.get(slot, [])))

    def order(self) -> None:
        """Reorder the layers by the barycentres of their neighbours; keep the order with the fewest crossings."""
        best, fewest = [list(row) for row in self.rows], self.crossings()
        for sweep in range(_ORDER_SWEEPS):
            if not fewest:
                break
            down = sweep % 2 == 0
            neighbours = self.before if down else self.after
            levels = range(1, len(self.rows)) if down else range(len(self.rows) - 2, -1, -1)
            for level in levels:
                at = {slot: index for index, slot in enumerate(self.rows[level - 1 if down else level + 1])}
                self.rows[level] = _by_barycentre(self.rows[level], neighbours, at)
            crossings = self.crossings()
            if crossings < fewest:
                best, fewest = [list(row) for row in self.rows], crossings
        self.rows = best

    def crossings(self) -> int:
        """Return how many pairs of links cross between neighbouring layers."""
        total = 0
        for upper, lower in pairwise(self.rows):
            at = {slot: index for index, slot in enumerate(lower)}
            ends: list[int] = []
            for slot in upper:
                new = sorted(at[end] for end in self.after.get(slot, ()))
                total += sum(len(ends) - bisect_left(ends, end + 1) for end in new)
                for end in new:
                    insort(ends, end)
        return total

    def places(self) -> dict[_Slot, float]:
        """Return the place of every slot: near the mean of its neighbours', in order, and apart; the middle is 0."""
        place: dict[_Slot, float] = {}
        for row in self.rows:
            place.update(self._apart(row, dict.fromkeys(row, 0.0)))
        for sweep in range(_PLACE_SWEEPS):
            rows = self.rows if sweep % 2 == 0 else self.rows[::-1]
            pull = _PULL if sweep < _PLACE_SWEEPS - _STRAIGHTENING else 0.0
            for row in rows:
                wanted = {}
                for slot in row:
                    near = [*self.before.get(slot, ()), *self.after.get(slot, ())]
                    wanted[slot] = sum(place[other] for other in near) / (len(near) + pull) if near else place[slot]
                place.update(self._apart(row, wanted))
        return place

    def _apart(self, row: Sequence[_Slot], wanted: Mapping[_Slot, float]) -> dict[_Slot, float]:
        """Return the places nearest to those wanted (least squares) that keep the order and the distances.

        Less the room that the slots before it need, each place must only be no smaller than the one before: an
        isotonic regression, solved by pooling adjacent violators.
        """
        offsets, room = [], 0.0
        for index, slot in enumerate(row):
            if index:
                room += (self._size(row[index - 1]) + self._size(slot)) / 2 + self.gap
            offsets.append(room)
        pools: list[tuple[float, int]] = []
        for slot, offset in zip(row, offsets, strict=True):
            mean, count = wanted[slot] - offset, 1
            while pools and pools[-1][0] > mean:
                other, number = pools.pop()
                mean = (mean * count + other * number) / (count + number)
                count += number
            pools.append((mean, count))
        means = [mean for mean, count in pools for _ in range(count)]
        return {slot: mean + offset for slot, mean, offset in zip(row, means, offsets, strict=True)}

    def _size(self, slot: _Slot) -> float:
        return self.sizes[slot] if isinstance(slot, str) else _WAYPOINT


def _by_barycentre(
    row: Sequence[_Slot], neighbours: Mapping[_Slot, Sequence[_Slot]], at: Mapping[_Slot, int]
) -> list[_Slot]:
    """Return a layer sorted by the mean position of each slot's neighbours; a slot without keeps its position."""
    keys: dict[_Slot, float] = {}
    for index, slot in enumerate(row):
        near = neighbours.get(slot, ())
        keys[slot] = sum(at[other] for other in near) / len(near) if near else float(index)
    return sorted(row, key=keys.__getitem__)
