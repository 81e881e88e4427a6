"""Plans at a price, the frontier and plans within a budget, against brute force and networkx."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from itertools import combinations, pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from osaid_graph.errors import UsageError
from osaid_graph.planning import branching, budget
from osaid_graph.planning.budget import Budgets
from osaid_graph.planning.closure import Closures
from osaid_graph.planning.flow import Network
from osaid_graph.planning.frontier import Corner, Frontier
from osaid_graph.planning.hypergraph import Hypergraph, components

COSTS = st.one_of(st.integers(1, 4), st.fractions(Fraction(1, 3), 3, max_denominator=4))


@st.composite
def problems(draw: st.DrawFn, most: int = 7) -> Hypergraph:
    """Draw a problem of up to ``most`` blockers, small enough to try every plan."""
    size = draw(st.integers(1, most))
    sets = draw(st.lists(st.sets(st.integers(0, size - 1), max_size=4), min_size=1, max_size=9))
    costs: dict[Hashable, int | Fraction] = {each: draw(COSTS) for each in range(size)}
    weights: dict[Hashable, int | Fraction] = {f"r{at}": draw(COSTS) for at in range(len(sets))}
    return Hypergraph.of({f"r{at}": found for at, found in enumerate(sets)}, costs, weights)


def tried(graph: Hypergraph) -> list[tuple[int, int]]:
    """Return cost and weight of every set of blockers."""
    found = []
    for size in range(len(graph.names) + 1):
        for fixed in combinations(range(len(graph.names)), size):
            found.append((graph.cost_of(fixed), sum(graph.weights[each] for each in graph.freed_by(fixed))))
    return found


def envelope(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the corners of the upper concave envelope of points, from nothing to the cheapest way to free all."""
    best = {cost: max(w for c, w in points if c == cost) for cost, _ in points}
    hull: list[tuple[int, int]] = []
    for x, y in sorted(best.items()):
        if hull and y <= hull[-1][1]:
            continue
        while len(hull) > 1 and (hull[-1][1] - hull[-2][1]) * (x - hull[-1][0]) <= (y - hull[-1][1]) * (
            hull[-1][0] - hull[-2][0]
        ):
            hull.pop()
        hull.append((x, y))
    return hull


# -- the problem -------------------------------------------------------------------------------------------------


def test_releases_with_equal_blockers_are_one_and_fractions_are_scaled() -> None:
    graph = Hypergraph.of(
        {"a": ["x", "y"], "b": ["y", "x", "x"], "c": [], "d": ["y"]}, {"x": Fraction(1, 2)}, {"b": Fraction(4, 3)}
    )
    assert graph.names == ("x", "y")
    assert (graph.costs, graph.cost_scale) == ([1, 2], 2)
    assert graph.sets == [(0, 1), (1,)]
    assert (graph.weights, graph.weight_scale) == ([7, 3], 3)
    assert graph.releases == [("a", "b"), ("d",)]
    assert (graph.effort(3), graph.worth(graph.weight)) == (Fraction(3, 2), Fraction(10, 3))


@pytest.mark.parametrize(("costs", "weights"), [({"x": 0}, {}), ({"x": Fraction(-1, 2)}, {}), ({}, {"a": 0})])
def test_what_costs_nothing_or_is_worth_nothing_is_refused(
    costs: dict[Hashable, int | Fraction], weights: dict[Hashable, int | Fraction]
) -> None:
    with pytest.raises(UsageError, match="not above zero"):
        Hypergraph.of({"a": ["x"]}, costs, weights)


@given(problems())
def test_components_are_those_of_networkx(graph: Hypergraph) -> None:
    drawn = nx.Graph()
    for release, found in enumerate(graph.sets):
        drawn.add_edges_from((("r", release), ("b", each)) for each in found)
    expected = {frozenset(each for kind, each in part if kind == "r") for part in nx.connected_components(drawn)}
    assert {frozenset(found) for found in components(dict(enumerate(graph.sets)))} == expected


# -- a cut and a closure -----------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 9)), max_size=20))
def test_a_cut_is_that_of_networkx_with_the_smallest_side(arcs: list[tuple[int, int, int]]) -> None:
    network, drawn = Network(6), nx.DiGraph()
    drawn.add_nodes_from(range(6))
    for start, end, capacity in arcs:
        network.arc(start, end, capacity)
        before = drawn.get_edge_data(start, end, {"capacity": 0})["capacity"]
        drawn.add_edge(start, end, capacity=before + capacity)
    value, _ = nx.minimum_cut(drawn, 0, 5)
    assert network.maximum_flow(0, 5) == value
    side = {node for node, inside in enumerate(network.source_side(0)) if inside}
    assert sum(c for start, end, c in arcs if start in side and end not in side) == value
    assert 0 in side and 5 not in side


@given(problems(), st.fractions(Fraction(1, 9), 9, max_denominator=9))
def test_a_plan_at_a_price_is_the_smallest_of_the_best(graph: Hypergraph, price: Fraction) -> None:
    found = Closures(graph).at(price)
    rate = price * graph.cost_scale / graph.weight_scale
    gains = {(weight * rate - cost): (cost, weight) for cost, weight in sorted(tried(graph), reverse=True)}
    assert (found.cost, found.weight) == gains[max(gains)]
    assert list(found.releases) == graph.freed_by(found.blockers)
    assert found.cost == graph.cost_of(found.blockers)


@given(problems(5), st.fractions(Fraction(1, 5), 5, max_denominator=5))
def test_a_plan_at_a_price_is_the_minimum_cut_of_networkx(graph: Hypergraph, price: Fraction) -> None:
    drawn = nx.DiGraph()
    drawn.add_nodes_from(("s", "t"))
    rate = price * graph.cost_scale / graph.weight_scale
    for release, found in enumerate(graph.sets):
        drawn.add_edge("s", ("r", release), capacity=graph.weights[release] * rate.numerator)
        drawn.add_edges_from((("r", release), ("b", each)) for each in found)
    for each, cost in enumerate(graph.costs):
        drawn.add_edge(("b", each), "t", capacity=cost * rate.denominator)
    cut, _ = nx.minimum_cut(drawn, "s", "t")
    chosen = Closures(graph).at(price)
    gain = chosen.weight * rate.numerator - chosen.cost * rate.denominator
    assert gain == graph.weight * rate.numerator - cut


# -- the frontier ------------------------------------------------------------------------------------------------


@given(problems())
def test_corners_are_those_of_the_envelope_of_all_plans(graph: Hypergraph) -> None:
    corners = Frontier(graph).corners
    found = [(0, 0), *((c.effort * graph.cost_scale, c.freed * graph.weight_scale) for c in corners)]
    assert found == envelope(tried(graph))


@given(problems())
def test_a_corner_is_the_best_plan_at_its_prices(graph: Hypergraph) -> None:
    frontier, closures = Frontier(graph), Closures(graph)
    for corner, following in pairwise((*frontier.corners, None)):
        assert corner is not None
        low, high = corner.prices
        assert high == (following.prices[0] if following else None)
        price = low + 1 if high is None else (low + high) / 2
        best = closures.at(price)
        assert (graph.effort(best.cost), graph.worth(best.weight)) == (corner.effort, corner.freed)
        blockers = {each for step in frontier.taken(corner.steps) for each in step.blockers}
        assert blockers == set(best.blockers)


@given(problems())
def test_every_first_steps_of_the_frontier_are_a_plan_on_its_hull(graph: Hypergraph) -> None:
    frontier = Frontier(graph)
    fixed: set[int] = set()
    freed: set[int] = set()
    for step in frontier.steps:
        assert fixed.isdisjoint(step.blockers) and freed.isdisjoint(step.releases)
        fixed.update(step.blockers)
        freed.update(step.releases)
        assert freed <= set(graph.freed_by(fixed))
        assert frontier.bound(graph.cost_of(fixed)) == sum(graph.weights[each] for each in freed)
    assert freed == set(range(len(graph.sets)))


def test_a_frontier_worked_out_by_hand() -> None:
    """Three releases on x, one each on y and z, and one that needs all three."""
    graph = Hypergraph.of({"a": "x", "b": "x", "c": "xy", "d": "yz", "e": "xyz"}, {"z": 3})
    corners = Frontier(graph).corners
    half, one, more = Fraction(1, 2), Fraction(1), Fraction(3, 2)
    assert corners == (
        Corner(one, Fraction(2), 2, (half, one), 1),
        Corner(Fraction(2), Fraction(3), 3, (one, more), 2),
        Corner(Fraction(5), Fraction(5), 5, (more, None), 3),
    )
    assert Frontier(Hypergraph.of({})).corners == ()


# -- a budget ----------------------------------------------------------------------------------------------------


@given(problems(), st.integers(0, 20))
def test_a_small_plan_within_a_budget_is_proved_and_the_best(graph: Hypergraph, limit: int) -> None:
    found = Budgets(Frontier(graph)).within(Fraction(limit, graph.cost_scale))
    best = max(weight for cost, weight in tried(graph) if cost <= limit)
    assert found.exact and found.selection.weight == best == found.bound
    assert found.selection.cost <= limit
    assert set(found.selection.releases) <= set(graph.freed_by(found.selection.blockers))


@given(problems(), st.integers(0, 20))
def test_a_greedy_plan_stays_below_the_bound(graph: Hypergraph, limit: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(branching, "MAX_RELEASES", -1)
        found = Budgets(Frontier(graph)).within(Fraction(limit, graph.cost_scale))
    best = max(weight for cost, weight in tried(graph) if cost <= limit)
    assert found.selection.weight <= best <= found.bound
    assert found.exact == (found.selection.weight == found.bound)


def test_a_search_that_is_given_up_proves_nothing() -> None:
    sets: dict[Hashable, tuple[int, ...]] = {(a, b): (a, b) for a, b in combinations(range(7), 2)}
    graph = Hypergraph.of(sets, {each: 3 + each for each in range(7)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(branching, "MAX_BRANCHES", 3)
        assert not Budgets(Frontier(graph)).within(19).exact
    assert Budgets(Frontier(graph)).within(19).exact


def test_an_exchange_gives_up_a_blocker_that_greed_took() -> None:
    """Greed takes the cheap pair, which leaves too little for the two releases that share a blocker."""
    graph = Hypergraph.of({"a": "x", "b": "yz", "c": "yw"}, {"x": 2, "y": 2, "z": 2, "w": 2}, {"a": 3, "b": 4, "c": 4})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(branching, "MAX_RELEASES", -1)
        exchanged = Budgets(Frontier(graph)).within(6)
        patch.setattr(budget, "MAX_EXCHANGED", -1)
        greedy = Budgets(Frontier(graph)).within(6)
    assert (greedy.selection.weight, greedy.exact, greedy.bound) == (7, False, 8)
    assert (exchanged.selection.weight, exchanged.exact) == (8, True)
    assert [graph.names[each] for each in exchanged.selection.blockers] == ["y", "z", "w"]
