"""The artefacts of a lineage in an order in which what was used comes before what was made from it.

Where artefacts were made from each other no such order is: they come together, as one strongly connected component.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import URIRef

from osaid_graph.lineage.index import Adjacency, made_from, mask


def origins_first(adjacency: Adjacency, following: Iterable[URIRef] | None = None) -> Iterator[tuple[int, ...]]:
    """Yield the strongly connected components, each after all that its edges lead to (Tarjan 1972, without recursion).

    Args:
        adjacency: The edges from what was made to what it was made from.
        following: The properties to follow; those that lead to what something was made from if None.
    """
    search = _Search(adjacency, mask(tuple(made_from() if following is None else following)))
    offsets, found = adjacency.offsets, search.found
    for root in range(len(found)):
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
                first = _last(open_, node)
                component = open_[first:]
                del open_[first:]
                for member in component:
                    found[member] = self.done
                yield tuple(sorted(component))

    def _enter(self, node: int) -> None:
        self.clock += 1
        self.found[node] = self.low[node] = self.clock


def _last(numbers: list[int], number: int) -> int:
    """Return the position of a number in a list, looked for from the end, near which it is."""
    at = len(numbers) - 1
    while numbers[at] != number:
        at -= 1
    return at
