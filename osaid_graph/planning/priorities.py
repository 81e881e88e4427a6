"""What to fix first for many releases: a backlog becomes the frontier, or a plan at a price or within a budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

from osaid_graph.planning.backlog import Backlog, Task
from osaid_graph.planning.budget import Budgets
from osaid_graph.planning.closure import Closures
from osaid_graph.planning.frontier import Frontier
from osaid_graph.planning.hypergraph import Hypergraph, Number
from osaid_graph.plans import Barred, Fix, FrontierPlan, Point, Unit


class Priorities:
    """What to fix first for the releases of a backlog.

    Args:
        backlog: What waits for what.
        unit: What counts as one piece of effort.
        cost: What a piece of effort costs; None for 1.
        weight: What it is worth to free a release, by its IRI or label; None for 1.
    """

    def __init__(
        self,
        backlog: Backlog,
        unit: Unit,
        cost: Callable[[Task], Number] | None = None,
        weight: Callable[[str], Number] | None = None,
    ) -> None:
        self.backlog = backlog
        self.unit = unit
        self.weighed = weight is not None
        free = {r: found for r, found in backlog.waiting.items() if r not in backlog.others}
        costs: Mapping[Any, Number] = backlog.sizes
        if cost is not None:
            costs = {each: cost(backlog.task(each)) for found in free.values() for each in found}
        weights = {} if weight is None else {release: weight(backlog.node(release)) for release in free}
        self.graph = Hypergraph.of(free, costs, weights)
        self.frontier = Frontier(self.graph)

    def plan(self, points: Iterable[Point]) -> FrontierPlan:
        """Return some plans with what they are plans for."""
        backlog = self.backlog
        barred = tuple(
            Barred(backlog.node(release), backlog.label(release), kinds) for release, kinds in backlog.others.items()
        )
        return FrontierPlan(
            self.unit,
            backlog.gaps,
            backlog.asked,
            len(backlog.waiting),
            sum(backlog.sizes.get(name, 1) for name in self.graph.names),
            tuple(points),
            len(self.frontier.corners),
            barred,
            self.weighed,
        )

    def corners(self, most: int | None = None) -> list[Point]:
        """Return the corners of the frontier, the first ``most`` of them."""
        found: list[Point] = []
        taken = releases = 0
        for corner in self.frontier.corners[:most]:
            new = self.frontier.steps[taken : corner.steps]
            taken = corner.steps
            fixes = self._fixes(each for step in new for each in step.blockers)
            found.append(
                Point(
                    corner.effort,
                    corner.freed,
                    corner.releases,
                    self._share(corner.freed),
                    corner.prices,
                    True,
                    corner.freed,
                    fixes,
                    corner.releases - releases,
                )
            )
            releases = corner.releases
        return found

    def within(self, budget: Fraction) -> Point:
        """Return a plan that costs no more than a budget."""
        found = Budgets(self.frontier).within(budget)
        return self._point(found.selection.releases, found.selection.blockers, found.exact, found.bound)

    def at(self, price: Fraction) -> Point:
        """Return the best plan where a freed release is worth an effort."""
        found = Closures(self.graph).at(price)
        return self._point(found.releases, found.blockers, True, found.weight)

    def _point(self, releases: Iterable[int], blockers: Iterable[int], exact: bool, bound: int) -> Point:
        graph, chosen, freed = self.graph, list(blockers), list(releases)
        weight = graph.worth(sum(graph.weights[each] for each in freed))
        count = sum(len(graph.releases[each]) for each in freed)
        return Point(
            graph.effort(graph.cost_of(chosen)),
            weight,
            count,
            self._share(weight),
            None,
            exact,
            graph.worth(bound),
            self._fixes(chosen),
            count,
        )

    def _share(self, freed: Fraction) -> Fraction:
        """Return what share of all that is blocked is freed, with what cannot be."""
        barred = len(self.backlog.others)
        whole = self.graph.worth(self.graph.weight) + barred
        return freed / whole if whole else Fraction(0)

    def _fixes(self, blockers: Iterable[int]) -> tuple[Fix, ...]:
        waiting, graph = self._waiting, self.graph
        found = []
        for each in sorted(blockers, key=lambda each: (-waiting[each], each)):
            task = self.backlog.task(graph.names[each])
            cost = graph.effort(graph.costs[each])
            found.append(Fix(task.node, task.label, task.what, task.kind, cost, waiting[each], task.kinds))
        return tuple(found)

    @cached_property
    def _waiting(self) -> Counter[int]:
        """How many releases wait for each piece of effort."""
        counted: Counter[int] = Counter()
        for found, releases in zip(self.graph.sets, self.graph.releases, strict=True):
            for each in found:
                counted[each] += len(releases)
        return counted
