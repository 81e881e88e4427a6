"""The frontier: how many releases can be freed for how much effort, exact at every corner of its convex hull.

The corners are the best plans at a price (:mod:`osaid_graph.planning.closure`) as the price rises, and they are nested:
what was worth fixing stays worth fixing. So a component is taken apart without any search for prices: at the price at
which all of it just pays for itself, the smallest best plan is either empty, and the component is one step of the
frontier, or it is a part that pays better, and the rest follows it at higher prices. That is the decomposition
algorithm for parametric cuts of this form (Eisner and Severance 1976; Fujishige 1980), and it ends after as many cuts
as there are steps. Steps of different components do not concern each other; ordered by price they are the frontier of
the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from osaid_graph.planning.closure import Closures, smallest_best
from osaid_graph.planning.hypergraph import Hypergraph, components


@dataclass(frozen=True, slots=True)
class Step:
    """What is fixed and freed together; it can follow all steps of a lower price. Numbers and units as of the problem.

    Attributes:
        blockers: What is fixed.
        releases: What is then free, given the steps before it.
        cost: What fixing costs.
        weight: What is freed.
    """

    blockers: tuple[int, ...]
    releases: tuple[int, ...]
    cost: int
    weight: int

    @property
    def price(self) -> tuple[int, int]:
        """What a unit of weight costs, as a fraction in lowest terms."""
        return Fraction(self.cost, self.weight).as_integer_ratio()


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of the frontier: no plan of its effort frees more.

    Attributes:
        effort: What all of it costs.
        freed: What it frees.
        releases: How many releases that are.
        prices: From which effort for a release on it is the best plan, and up to which; None for no end.
        steps: How many of the steps of the frontier, the cheapest first, it consists of.
    """

    effort: Fraction
    freed: Fraction
    releases: int
    prices: tuple[Fraction, Fraction | None]
    steps: int


class Frontier:
    """The exact convex frontier of a problem."""

    def __init__(self, graph: Hypergraph) -> None:
        self.graph = graph

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps in the order of their prices; of those of one price the cheapest first."""
        graph = self.graph
        alone, several = Closures(graph).parts
        steps = [Step(graph.sets[release], (release,), cost, weight) for release, cost, weight in alone]
        for sets in several:
            steps += _taken_apart(graph, sets)
        prices: dict[tuple[int, int], Fraction] = {}
        for step in steps:
            key = (step.cost, step.weight)
            if key not in prices:
                prices[key] = Fraction(*key)
        return tuple(sorted(steps, key=lambda s: (prices[s.cost, s.weight], s.cost, s.releases)))

    @cached_property
    def corners(self) -> tuple[Corner, ...]:
        """The corners in the order of their effort, without the plan to do nothing."""
        graph, scale = self.graph, Fraction(self.graph.weight_scale, self.graph.cost_scale)
        found: list[tuple[Fraction, int, int, int, int]] = []
        cost = weight = releases = taken = 0
        for price, steps in groupby(self.steps, key=lambda step: step.price):
            for step in steps:
                cost, weight, taken = cost + step.cost, weight + step.weight, taken + 1
                releases += sum(len(graph.releases[each]) for each in step.releases)
            found.append((Fraction(*price) * scale, cost, weight, releases, taken))
        ends = [each[0] for each in found[1:]] + [None] * bool(found)
        return tuple(
            Corner(graph.effort(cost), graph.worth(weight), count, (price, end), taken)
            for (price, cost, weight, count, taken), end in zip(found, ends, strict=True)
        )

    def bound(self, cost: int) -> Fraction:
        """Return an upper bound, in units, of what any plan that costs no more than ``cost`` units frees.

        That is the height of the hull there; where only whole units of weight can be freed, the whole ones of it.
        """
        freed = Fraction(0)
        for step in self.steps:
            if step.cost > cost:
                freed += Fraction(step.weight * cost, step.cost)
                break
            cost -= step.cost
            freed += step.weight
        return Fraction(int(freed))

    def taken(self, steps: int) -> Iterator[Step]:
        """Yield the first steps."""
        yield from self.steps[:steps]


def _taken_apart(graph: Hypergraph, sets: Mapping[int, tuple[int, ...]]) -> list[Step]:
    """Return the steps of a component, in an order in which each can follow those before it."""
    steps: list[Step] = []
    waiting = [dict(sets)]
    while waiting:
        whole = waiting.pop()
        blockers = sorted({each for found in whole.values() for each in found})
        cost, weight = graph.cost_of(blockers), sum(graph.weights[release] for release in whole)
        # gain per weight 'cost' against pay per cost 'weight': all of it just pays for itself
        best = smallest_best(graph, whole, cost, weight) if len(whole) > 1 else []
        if not best:
            steps.append(Step(tuple(blockers), tuple(sorted(whole)), cost, weight))
            continue
        fixed = {each for release in best for each in whole[release]}
        waiting += reversed([*_apart(whole, best, set()), *_apart(whole, set(whole).difference(best), fixed)])
    return steps


def _apart(
    sets: Mapping[int, tuple[int, ...]], releases: Iterable[int], fixed: set[int]
) -> Iterator[dict[int, tuple[int, ...]]]:
    """Yield the components of some releases once some blockers are fixed."""
    left = {release: tuple(each for each in sets[release] if each not in fixed) for release in sorted(releases)}
    for found in components(left):
        yield {release: left[release] for release in found}
