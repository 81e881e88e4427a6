"""Circles in the lineage, against networkx."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lineage_graphs import described, names

from osaid_graph.lineage.cycles import circular, knots

nx: Any = import_module("networkx")  # its stubs are not complete


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


def test_every_kind_of_derivation_makes_a_circle_and_nothing_else_does() -> None:
    graph = described("""
        ex:a a :Dataset ; :subsetOf ex:b . ex:b a :Dataset ; :filteredFrom ex:c . ex:c a :Dataset ; :derivedFrom ex:a .
        ex:loop a :Dataset ; :derivedFrom ex:loop .
        ex:into a :Dataset ; :derivedFrom ex:a .
        ex:m a :Model ; :fineTunedFrom ex:n . ex:n a :Model ; :mergedFrom ex:m .
        ex:p a :Parameters ; :trainedOn ex:made . ex:made a :Dataset ; :describes ex:p .
        ex:q a :Parameters ; <http://www.w3.org/ns/prov#wasDerivedFrom> ex:q .
    """)
    assert names(circular(graph)) == {"a", "b", "c", "loop", "m", "n"}


def test_synthetic_data_of_an_earlier_version_makes_a_circle() -> None:
    graph = described("""
        ex:model a :Model ; :trainedOn ex:talks . ex:talks a :Dataset ; :derivedFrom ex:model .
    """)
    assert circular(graph) == frozenset(), "training is no derivation; the data comes from the model, not from itself"
