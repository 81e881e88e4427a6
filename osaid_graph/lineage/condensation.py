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
    follows = mask(tuple(made_from() if following is None else following))
    offsets, targets, kinds = adjacency.offsets, adjacency.targets, adjacency.kinds
    count = len(offsets) - 1
    done = count + 1  # no artefact is found this late: marks those whose component is out
    found, low, at = [0] * count, [0] * count, list(offsets[:count])
    clock = 0
    for root in range(count):
        if found[root]:
            continue
        if offsets[root] == offsets[root + 1]:
            found[root] = done
            yield (root,)
            continue
        clock += 1
        found[root] = low[root] = clock
        path, open_ = [root], [root]
        while path:
            node = path[-1]
            if at[node] < offsets[node + 1]:
                edge = at[node]
                at[node] = edge + 1
                if not follows[kinds[edge]]:
                    continue
                target = targets[edge]
                if not found[target]:
                    clock += 1
                    found[target] = low[target] = clock
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
                    found[member] = done
                yield tuple(sorted(component))


def _last(numbers: list[int], number: int) -> int:
    """Return the position of a number in a list, looked for from the end, near which it is."""
    at = len(numbers) - 1
    while numbers[at] != number:
        at -= 1
    return at
