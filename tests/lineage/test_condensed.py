"""Cycles drawn together, against networkx."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import Any

from hypothesis import given
from numbered_lineages import EVALUATED, Drawn, arrows, numbered

from osaid_graph.lineage.condensed import condensed_lineage

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
