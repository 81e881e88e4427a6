"""The best plan of a small problem within a budget, searched for until it is proved.

Branch and bound (Land and Doig 1960) over the releases: each is freed or not. What can still be freed is bounded by a
Lagrangian relaxation: each release pays its share of every blocker it needs, an equal part of the cost, which together
never comes to more than what fixing the blockers costs; and effort is given a price.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from osaid_graph.planning.closure import Selection, selection
from osaid_graph.planning.frontier import Frontier
from osaid_graph.planning.hypergraph import Hypergraph

#: Releases (merged) up to which it is tried, and branches after which it is given up.
MAX_RELEASES = 80
MAX_BRANCHES = 20_000


def best_within(graph: Hypergraph, limit: int, known: Selection, frontier: Frontier) -> tuple[Selection, bool]:
    """Return the best plan that costs no more than ``limit`` units, and whether it is proved to be.

    Args:
        graph: The problem.
        limit: What may be spent, in units.
        known: A plan within the limit, which is returned where nothing better is found.
        frontier: The frontier of the problem, for the price of effort.
    """
    candidates = [release for release, found in enumerate(graph.sets) if graph.cost_of(found) <= limit]
    if len(candidates) > MAX_RELEASES:
        return known, False
    return _Search(graph, limit, candidates, _price(frontier, limit)).run(known)


def _price(frontier: Frontier, limit: int) -> Fraction:
    """Return what a unit of cost frees where the frontier meets the limit."""
    for step in frontier.steps:
        if step.cost > limit:
            return Fraction(step.weight, step.cost)
        limit -= step.cost
    return Fraction(0)


@dataclass(frozen=True, slots=True)
class _Branch:
    """Releases decided so far: how many, what is fixed, the cost, and what was freed with its weight."""

    decided: int
    fixed: frozenset[int]
    cost: int
    freed: tuple[int, ...]
    weight: int


class _Search:
    def __init__(self, graph: Hypergraph, limit: int, candidates: list[int], price: Fraction) -> None:
        self.graph, self.limit, self.price = graph, limit, price
        used = Counter(each for release in candidates for each in graph.sets[release])
        #: Weights are multiplied by this, so that the prices of all shares are whole numbers.
        self.scale = math.lcm(*used.values()) * price.denominator
        self.whole = {each: int(price * self.scale * graph.costs[each] / times) for each, times in used.items()}
        self.order = sorted(
            candidates, key=lambda r: (Fraction(sum(self.whole[b] for b in graph.sets[r]), graph.weights[r]), r)
        )

    def run(self, known: Selection) -> tuple[Selection, bool]:
        graph, best, weight = self.graph, known, known.weight
        waiting = [_Branch(0, frozenset(), 0, (), 0)]
        for _ in range(MAX_BRANCHES):
            if not waiting:
                return best, True
            branch = waiting.pop()
            if branch.weight > weight:
                best, weight = selection(graph, list(branch.freed)), branch.weight
            if branch.decided == len(self.order) or self._bound(branch) <= weight:
                continue
            waiting += self._branches(branch)
        return best, not waiting

    def _branches(self, branch: _Branch) -> list[_Branch]:
        """Return the two ways to decide on the next release, that to free it last."""
        graph, release = self.graph, self.order[branch.decided]
        new = [each for each in graph.sets[release] if each not in branch.fixed]
        cost = branch.cost + graph.cost_of(new)
        freed = _Branch(
            branch.decided + 1,
            branch.fixed.union(new),
            cost,
            (*branch.freed, release),
            branch.weight + graph.weights[release],
        )
        left = _Branch(branch.decided + 1, branch.fixed, branch.cost, branch.freed, branch.weight)
        return [*([left] if new else []), *([freed] if cost <= self.limit else [])]

    def _bound(self, branch: _Branch) -> int:
        """Return a bound of what can be freed in all below a branch."""
        graph, whole, fixed = self.graph, self.whole, branch.fixed
        gained = 0
        for release in self.order[branch.decided :]:
            paid = sum(whole[each] for each in graph.sets[release] if each not in fixed)
            gained += max(0, graph.weights[release] * self.scale - paid)
        left = self.price * (self.limit - branch.cost) * self.scale
        return branch.weight + int((left + gained) / self.scale)
