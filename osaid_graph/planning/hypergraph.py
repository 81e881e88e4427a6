"""The abstract problem: releases, each blocked by a set of gaps, and what it costs to close each gap.

A release is freed only when all its blockers are fixed, so this is no coverage problem: a hypergraph has blockers for
nodes and releases for edges, and what is wanted is the set of nodes that holds most edges for its cost. With a budget
that is the densest-k-subhypergraph problem, or set-union knapsack, and NP-hard (Goldschmidt, Nehme, Yu 1994); its
convex frontier is not (:mod:`osaid_graph.planning.closure`).

All numbers are whole: costs and weights that are fractions are scaled by what their denominators have in common.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from osaid_graph.errors import UsageError

Number = int | Fraction
Release = TypeVar("Release", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Hypergraph:
    """Blockers with their costs and the releases they block; both go by their number.

    Releases with equal sets of blockers are one: freed together, with their weights added.

    Attributes:
        names: What each blocker is, as given.
        costs: What it costs to fix each, in units of ``1 / cost_scale``.
        sets: The blockers of each (merged) release, in order, none empty.
        weights: How much each is worth, in units of ``1 / weight_scale``.
        releases: What each stands for, as given.
        cost_scale: How many units of cost make one.
        weight_scale: How many units of weight make one.
    """

    names: tuple[Hashable, ...]
    costs: Sequence[int]
    sets: Sequence[tuple[int, ...]]
    weights: Sequence[int]
    releases: Sequence[tuple[Hashable, ...]]
    cost_scale: int = 1
    weight_scale: int = 1

    @classmethod
    def of(
        cls,
        blockers: Mapping[Release, Iterable[Hashable]],
        costs: Mapping[Any, Number] | None = None,
        weights: Mapping[Any, Number] | None = None,
    ) -> Hypergraph:
        """Return the problem that some releases with their blockers pose, in the order given.

        Args:
            blockers: The blockers of each release; one without any is free already and left out.
            costs: What it costs to fix each blocker, if not 1.
            weights: How much it is worth to free each release, if not 1.

        Raises:
            UsageError: A cost or weight is not above zero.
        """
        merged: dict[frozenset[Hashable], list[Hashable]] = {}
        for release, found in blockers.items():
            if blocking := frozenset(found):
                merged.setdefault(blocking, []).append(release)
        names = tuple(dict.fromkeys(each for found in blockers.values() for each in found))
        number = {name: at for at, name in enumerate(names)}
        cost, cost_scale = _whole([(costs or {}).get(name, 1) for name in names], "cost")
        worth = [sum((weights or {}).get(each, 1) for each in group) for group in merged.values()]
        weight, weight_scale = _whole(worth, "weight")
        sets = [tuple(sorted(number[each] for each in found)) for found in merged]
        return cls(names, cost, sets, weight, [tuple(group) for group in merged.values()], cost_scale, weight_scale)

    @property
    def weight(self) -> int:
        """What all releases are worth together, in units."""
        return sum(self.weights)

    def cost_of(self, blockers: Iterable[int]) -> int:
        """Return what it costs to fix some blockers, in units."""
        return sum(self.costs[each] for each in blockers)

    def freed_by(self, blockers: Iterable[int]) -> list[int]:
        """Return the releases that are free once some blockers are fixed, in order."""
        fixed = set(blockers)
        return [at for at, found in enumerate(self.sets) if fixed.issuperset(found)]

    def effort(self, units: int) -> Fraction:
        """Return units of cost as a cost."""
        return Fraction(units, self.cost_scale)

    def worth(self, units: int) -> Fraction:
        """Return units of weight as a weight."""
        return Fraction(units, self.weight_scale)


def _whole(numbers: Sequence[Number], what: str) -> tuple[list[int], int]:
    """Return numbers as whole ones, and by how much they were multiplied."""
    if any(number <= 0 for number in numbers):
        raise UsageError(f"a {what} that is not above zero", f"give each {what} as a number above zero")
    scale = math.lcm(*(number.denominator for number in numbers)) if numbers else 1
    return [int(number * scale) for number in numbers], scale


def components(sets: Mapping[int, tuple[int, ...]]) -> Iterator[list[int]]:
    """Yield the releases that share blockers, directly or by way of others, in the order of the first of each.

    Args:
        sets: The blockers of each release, none empty.
    """
    leader: dict[int, int] = {}

    def root(blocker: int) -> int:
        while (above := leader.setdefault(blocker, blocker)) != blocker:
            leader[blocker] = leader[above]
            blocker = above
        return blocker

    for found in sets.values():
        first = root(found[0])
        for other in found[1:]:
            leader[root(other)] = first
    groups: dict[int, list[int]] = {}
    for release, found in sets.items():
        groups.setdefault(root(found[0]), []).append(release)
    yield from groups.values()
