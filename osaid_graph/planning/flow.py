"""Maximum flow and minimum cut over arrays, in whole numbers of any size.

Dinic's algorithm (Dinic 1970): shortest augmenting paths, found level by level. Iterative, and deterministic: arcs are
tried in the order in which they were added.
"""

from __future__ import annotations

from collections.abc import Iterable


class Network:
    """A network of arcs with capacities; arc ``a`` and its reverse ``a ^ 1`` are neighbours in the arrays."""

    def __init__(self, nodes: int) -> None:
        self.leaving: list[list[int]] = [[] for _ in range(nodes)]
        self.ends: list[int] = []
        self.room: list[int] = []

    def arc(self, start: int, end: int, capacity: int) -> None:
        """Add an arc."""
        self.leaving[start].append(len(self.ends))
        self.leaving[end].append(len(self.ends) + 1)
        self.ends += (end, start)
        self.room += (capacity, 0)

    def arcs(self, start: int, ends: Iterable[int], capacity: int) -> None:
        """Add arcs from one node to several."""
        for end in ends:
            self.arc(start, end, capacity)

    def maximum_flow(self, source: int, sink: int) -> int:
        """Send as much as possible from the source to the sink, and return how much that is."""
        total = 0
        while levels := self._levels(source, sink):
            total += self._blocking_flow(source, sink, levels)
        return total

    def source_side(self, source: int) -> list[bool]:
        """Return for each node whether it is on the source's side of the minimum cut with the smallest such side.

        The flow must be maximal: what can still be reached is the side.
        """
        reached = [False] * len(self.leaving)
        reached[source] = True
        waiting = [source]
        while waiting:
            for arc in self.leaving[waiting.pop()]:
                end = self.ends[arc]
                if self.room[arc] and not reached[end]:
                    reached[end] = True
                    waiting.append(end)
        return reached

    def _levels(self, source: int, sink: int) -> list[int]:
        """Return how many arcs with room away from the source each node is, -1 if at all; empty without a way."""
        ends, room, leaving = self.ends, self.room, self.leaving
        levels = [-1] * len(leaving)
        levels[source] = 0
        order = [source]
        for node in order:  # grows while it is walked over
            above = levels[node] + 1
            for arc in leaving[node]:
                if room[arc] and levels[ends[arc]] < 0:
                    levels[ends[arc]] = above
                    order.append(ends[arc])
            if levels[sink] >= 0 and above > levels[sink]:
                break
        return levels if levels[sink] >= 0 else []

    def _blocking_flow(self, source: int, sink: int, levels: list[int]) -> int:
        """Send flow along shortest ways until every one has a full arc; return how much."""
        ends, room, leaving = self.ends, self.room, self.leaving
        tried = [0] * len(leaving)
        total, node = 0, source
        way: list[int] = []
        while True:
            if node == sink:
                sent = min(room[arc] for arc in way)
                total += sent
                for arc in way:
                    room[arc] -= sent
                    room[arc ^ 1] += sent
                full = next(at for at, arc in enumerate(way) if not room[arc])
                node = ends[way[full] ^ 1]
                del way[full:]
                continue
            out, below = leaving[node], levels[node] + 1
            at = tried[node]
            while at < len(out) and not (room[out[at]] and levels[ends[out[at]]] == below):
                at += 1
            tried[node] = at
            if at < len(out):
                way.append(out[at])
                node = ends[out[at]]
            elif way:
                node = ends[way.pop() ^ 1]
                tried[node] += 1
            else:
                return total
