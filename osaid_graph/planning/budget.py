"""The best plan within a budget, where the budget is no corner of the frontier.

This is NP-hard, so what is found is marked as what it is. The hull of the frontier bounds what any plan can free; a
plan that reaches the bound is proved, and so is one of a small problem that branch and bound has searched through. All
other plans are greedy: the steps of the frontier that fit, then release by release whatever frees most for its cost,
then exchanges of one blocker for others. No guarantee is stated for them but the bound beside them.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from osaid_graph.planning.branching import best_within
from osaid_graph.planning.closure import Selection
from osaid_graph.planning.frontier import Frontier

#: Releases (merged) up to which plans are improved by exchanges, and exchanges that are tried.
MAX_EXCHANGED = 2_000
MAX_EXCHANGES = 200


@dataclass(frozen=True, slots=True)
class Budgeted:
    """A plan within a budget: what it selects, whether no plan frees more, and a bound in units if one might."""

    selection: Selection
    exact: bool
    bound: int


class Budgets:
    """Plans for one problem within any budget."""

    def __init__(self, frontier: Frontier) -> None:
        self.frontier = frontier
        self.graph = frontier.graph

    def within(self, budget: Fraction | int) -> Budgeted:
        """Return a plan that costs no more than ``budget``."""
        limit = int(Fraction(budget) * self.graph.cost_scale)
        bound = int(self.frontier.bound(limit))
        fixed: set[int] = set()
        left = limit
        for step in self.frontier.steps:
            if step.cost > left:
                break
            fixed.update(step.blockers)
            left -= step.cost
        found = self._filled(fixed, limit)
        if found.weight < bound and len(self.graph.sets) <= MAX_EXCHANGED:
            found = self._exchanged(max(found, self._filled(set(), limit), key=_worth), limit, bound)
        if found.weight < bound:
            searched, complete = best_within(self.graph, limit, found, self.frontier)
            if complete:
                return Budgeted(searched, True, searched.weight)
            found = searched
        return Budgeted(found, found.weight == bound, bound)

    @cached_property
    def _users(self) -> list[list[int]]:
        """The releases that each blocker blocks."""
        users: list[list[int]] = [[] for _ in self.graph.names]
        for release, found in enumerate(self.graph.sets):
            for each in found:
                users[each].append(release)
        return users

    def _filled(self, fixed: Iterable[int], limit: int, without: int = -1) -> Selection:
        """Return what some blockers free, and then what frees most for its cost, over and over, within a limit.

        Args:
            fixed: The blockers to start from, which cost no more than the limit.
            limit: What may be spent in all.
            without: A blocker that is not to be fixed.
        """
        graph, users = self.graph, self._users
        chosen = set(fixed)
        left = limit - graph.cost_of(chosen)
        missing = [sum(graph.costs[each] for each in found if each not in chosen) for found in graph.sets]
        barred = set(users[without]) if without >= 0 else set()
        order = [
            (cost / graph.weights[release], cost, release)
            for release, cost in enumerate(missing)
            if 0 < cost <= left and release not in barred
        ]
        heapq.heapify(order)
        while order:
            _, cost, release = heapq.heappop(order)
            if cost != missing[release] or cost > left:  # it has become cheaper since, or there is too little left
                continue
            left -= cost
            for blocker in graph.sets[release]:
                if blocker in chosen:
                    continue
                chosen.add(blocker)
                for other in users[blocker]:
                    missing[other] -= graph.costs[blocker]
                    if 0 < missing[other] <= left and other not in barred:
                        heapq.heappush(order, (missing[other] / graph.weights[other], missing[other], other))
        releases = tuple(release for release, cost in enumerate(missing) if not cost)
        return _selected(self.frontier, chosen, releases)

    def _exchanged(self, found: Selection, limit: int, bound: int) -> Selection:
        """Return a plan improved by giving up one blocker for others, as long as one such exchange frees more."""
        tried = 0
        improved = True
        while improved and found.weight < bound:
            improved = False
            for blocker in found.blockers:
                tried += 1
                if tried > MAX_EXCHANGES:
                    return found
                kept = self._used(found, without=blocker)
                other = self._filled(kept, limit, without=blocker)
                if _worth(other) > _worth(found):
                    found, improved = other, True
                    break
        return found

    def _used(self, found: Selection, without: int) -> set[int]:
        """Return the blockers that the releases of a plan still need once those with one blocker are given up."""
        sets = (self.graph.sets[release] for release in found.releases)
        return {each for blockers in sets if without not in blockers for each in blockers}


def _worth(found: Selection) -> tuple[int, int]:
    return found.weight, -found.cost


def _selected(frontier: Frontier, chosen: Iterable[int], releases: tuple[int, ...]) -> Selection:
    """Return a plan without the blockers that free nothing."""
    graph = frontier.graph
    used = {each for release in releases for each in graph.sets[release]}
    blockers = tuple(sorted(used.intersection(chosen)))
    return Selection(blockers, releases, graph.cost_of(blockers), sum(graph.weights[each] for each in releases))
