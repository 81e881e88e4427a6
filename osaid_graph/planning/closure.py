"""The best plan at a price: what to fix if every freed release is worth a certain effort.

With a price the problem decouples into one that is easy: choose the set of blockers for which ``price * weight of what
is freed - cost`` is greatest. That is project selection, the maximum closure of a graph, and one minimum cut (Picard
1976; Rhys 1970): releases are projects, blockers the tools they need, each paid once.

Before the cut the problem is made small, exactly: a blocker of one release alone is a cost of that release; a release
that is not worth its own blockers is never freed; releases that share the same other blockers are worth their sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from osaid_graph.planning.flow import Network
from osaid_graph.planning.hypergraph import Hypergraph, components

Sets = Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Selection:
    """Blockers to fix and the (merged) releases this frees, by number in order, with the totals in units."""

    blockers: tuple[int, ...]
    releases: tuple[int, ...]
    cost: int
    weight: int


class Closures:
    """Plans for one problem at any price; what does not depend on the price is done once."""

    def __init__(self, graph: Hypergraph) -> None:
        self.graph = graph

    @cached_property
    def parts(self) -> tuple[list[tuple[int, int, int]], list[dict[int, tuple[int, ...]]]]:
        """The components: of one release, as its number, cost and weight; of several, as their sets."""
        graph, alone, several = self.graph, [], []
        for found in components(dict(enumerate(graph.sets))):
            if len(found) == 1:
                alone.append((found[0], graph.cost_of(graph.sets[found[0]]), graph.weights[found[0]]))
            else:
                several.append({release: graph.sets[release] for release in found})
        return alone, several

    def at(self, price: Fraction | int) -> Selection:
        """Return the best plan at a price, the smallest of several that are as good.

        Args:
            price: The effort that a freed release of weight 1 is worth.
        """
        graph, alone_and_several = self.graph, self.parts
        exchange = Fraction(price) * graph.cost_scale / graph.weight_scale  # units of cost for a unit of weight
        worth, rate = exchange.numerator, exchange.denominator
        alone, several = alone_and_several
        chosen = [release for release, cost, weight in alone if weight * worth > cost * rate]
        for sets in several:
            chosen += smallest_best(graph, sets, worth, rate)
        return selection(graph, chosen)


def selection(graph: Hypergraph, releases: list[int]) -> Selection:
    """Return what it takes to free some releases."""
    blockers = tuple(sorted({each for release in releases for each in graph.sets[release]}))
    weight = sum(graph.weights[release] for release in releases)
    return Selection(blockers, tuple(sorted(releases)), graph.cost_of(blockers), weight)


def smallest_best(graph: Hypergraph, sets: Sets, worth: int, rate: int) -> list[int]:
    """Return the releases of the best plan where a unit of weight is worth ``worth / rate`` units of cost.

    Of several plans that are as good, the smallest, which is part of all others: none of its releases only pays for
    itself.

    Args:
        graph: The costs and weights.
        sets: The blockers of the releases that may be freed, as far as they still cost something; none empty.
        worth: How much is gained for a unit of weight,
        rate: and how much is paid for a unit of cost.
    """
    used = Counter(each for found in sets.values() for each in found)
    sharing: dict[int, tuple[int, ...]] = {}
    profits: Counter[tuple[int, ...]] = Counter()
    for release, found in sets.items():
        own = sum(graph.costs[each] for each in found if used[each] == 1)
        profit = graph.weights[release] * worth - own * rate
        if profit > 0:
            sharing[release] = shared = tuple(each for each in found if used[each] > 1)
            profits[shared] += profit
    del profits[()]
    fixed = _fixed(graph, profits, rate)
    return [release for release, shared in sharing.items() if fixed.issuperset(shared)]


def _fixed(graph: Hypergraph, profits: Mapping[tuple[int, ...], int], rate: int) -> set[int]:
    """Return the shared blockers of the smallest best plan: those on the source's side of the minimum cut."""
    blockers = sorted({each for shared in profits for each in shared})
    left = {each: graph.costs[each] * rate - profits.get((each,), 0) for each in blockers}
    several = {shared: profit for shared, profit in profits.items() if len(shared) > 1}
    network = Network(2 + len(blockers) + len(several))
    node = {each: at for at, each in enumerate(blockers, 2)}
    for each, cost in left.items():  # what a release needs of one blocker alone has been paid to it
        if cost > 0:
            network.arc(node[each], 1, cost)
        elif cost < 0:
            network.arc(0, node[each], -cost)
    endless = sum(several.values()) + 1
    for at, (shared, profit) in enumerate(several.items(), 2 + len(blockers)):
        network.arc(0, at, profit)
        network.arcs(at, (node[each] for each in shared), endless)
    network.maximum_flow(0, 1)
    side = network.source_side(0)
    return {each for each in blockers if side[node[each]]}
