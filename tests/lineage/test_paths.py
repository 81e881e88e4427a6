"""How many ways lead to a node, against networkx."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from lineage_graphs import EX, Arcs, acyclic, described, directed, drawn, node, scope_of
from rdflib.term import IdentifiedNode

from osaid_graph.lineage.paths import path_counts

nx: Any = import_module("networkx")  # its stubs are not complete


def counts(arcs: Arcs, size: int = 8) -> dict[IdentifiedNode, int]:
    return path_counts(scope_of(drawn(size, arcs), "000"))


@given(acyclic())
def test_in_a_graph_without_circles_every_simple_path_counts(arcs: Arcs) -> None:
    reference = nx.DiGraph()
    reference.add_nodes_from(range(8))
    reference.add_edges_from(arcs)
    reachable = nx.descendants(reference, 0)
    expected = {node(end): len(list(nx.all_simple_paths(reference, 0, end))) for end in reachable}
    assert counts(arcs) == {node(0): 1, **expected}


@given(directed())
def test_a_circle_counts_by_the_ways_into_it(arcs: Arcs) -> None:
    reference = nx.DiGraph()
    reference.add_nodes_from(range(8))
    reference.add_edges_from(arcs)
    reachable = nx.descendants(reference, 0) | {0}
    circles = list(nx.strongly_connected_components(reference))
    whole = {member: number for number, members in enumerate(circles) for member in members}
    condensed = nx.MultiDiGraph()
    condensed.add_nodes_from(whole.values())
    condensed.add_edges_from((whole[s], whole[e]) for s, e in arcs if whole[s] != whole[e] and s in reachable)
    expected = {node(0): 1}
    for end in reachable - {0}:
        expected[node(end)] = len(list(nx.all_simple_edge_paths(condensed, whole[0], whole[end])))
    assert counts(arcs) == expected


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        ("ex:s :hasParameters ex:p . ex:p :isComponentOf ex:s .", {"p": 1, "s": 1, "c": 1}),
        ("ex:p :isComponentOf ex:s .", {"p": 1, "s": 1, "c": 1}),
        (
            "ex:s :hasParameters ex:p ; :fineTunedFrom ex:b . ex:b a :Model ; :sourceOf ex:s , ex:p .",
            {"p": 1, "s": 1, "c": 1, "b": 2},
        ),
    ],
    ids=["from both ends", "from the other end", "in particular and in general"],
)
def test_a_fact_that_is_stated_twice_is_one_edge(said: str, ways: dict[str, int]) -> None:
    graph = described(f"ex:s a :AISystem ; :hasCode ex:c . ex:p a :Parameters . ex:c a :Code . {said}")
    found = path_counts(scope_of(graph, "p"))
    assert {str(node).removeprefix(EX): number for node, number in found.items()} == ways


def test_counting_does_not_walk_the_paths() -> None:
    layers = 60  # 2 ** 60 paths
    arcs = {(0, 1), (0, 2)}
    for layer in range(1, layers):
        low, high = 2 * layer - 1, 2 * layer
        arcs |= {(start, end) for start in (low, high) for end in (low + 2, high + 2)}
    found = counts(frozenset(arcs), 2 * layers + 1)
    assert found[node(2 * layers)] == 2 ** (layers - 1)
