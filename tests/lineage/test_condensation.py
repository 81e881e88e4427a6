"""Cycles drawn together, against networkx."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import EVALUATED, Drawn, arrows, numbered

from osaid_graph.lineage.condensation import condensed_lineage, knots, strong_components
from osaid_graph.lineage.index import made_from, mask

nx: Any = import_module("networkx")  # its stubs are not complete


@given(arrows())
def test_units_are_strongly_connected_components_in_an_order_that_arcs_keep(drawn: Drawn) -> None:
    graph = nx.DiGraph((source, target) for source, target, kind in drawn if kind != EVALUATED)
    found = condensed_lineage(numbered(drawn))
    assert {frozenset(members) for members in found.members} == set(
        map(frozenset, nx.strongly_connected_components(graph))
    )
    assert {number: unit for unit, members in enumerate(found.members) for number in members} == found.unit
    assert all(end > unit for unit, ends in enumerate(found.arcs) for end in ends)
    between = Counter((found.unit[s], found.unit[e]) for s, e in graph.edges if found.unit[s] != found.unit[e])
    assert Counter((unit, end) for unit, ends in enumerate(found.arcs) for end in ends) == between
    loops = set(nx.nodes_with_selfloops(graph))
    assert found.circular == {
        unit for unit, members in enumerate(found.members) if len(members) > 1 or loops & set(members)
    }


@given(arrows())
def test_components_are_those_of_networkx_each_after_what_it_was_made_from(drawn: Drawn) -> None:
    graph = nx.DiGraph((source, target) for source, target, kind in drawn if kind != EVALUATED)
    graph.add_nodes_from(range(8))
    found = list(strong_components(numbered(drawn).up, mask(made_from()), range(8)))
    expected = {tuple(sorted(component)) for component in nx.strongly_connected_components(graph)}
    assert set(found) == expected
    assert len(found) == len(expected)
    at = {member: place for place, component in enumerate(found) for member in component}
    assert all(at[target] <= at[source] for source, target in graph.edges)


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=4), max_size=10))
def test_knots_are_the_strongly_connected_components_that_hold_a_cycle(successors: dict[int, list[int]]) -> None:
    reference = nx.DiGraph()
    reference.add_nodes_from(successors)
    reference.add_edges_from((start, end) for start, ends in successors.items() for end in ends)
    expected = {
        frozenset(members)
        for members in nx.strongly_connected_components(reference)
        if len(members) > 1 or any(reference.has_edge(member, member) for member in members)
    }
    found = knots(successors)
    assert set(found) == expected
    assert len(found) == len(expected)
