"""Edges that a longer way implies, against the transitive reduction of networkx."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from typing import Any

from hypothesis import given
from numbered_lineages import EVALUATED, Drawn, arrows, d, family, m, numbered, short

from osaid_graph.lineage.redundant import Redundant, redundant_edges
from osaid_graph.lineage.walk import Hop

nx: Any = import_module("networkx")  # its stubs are not complete


def reference(drawn: Drawn) -> Any:
    return nx.DiGraph((f"urn:{source}", f"urn:{target}") for source, target, kind in drawn if kind != EVALUATED)


def test_the_redundant_edges_of_the_family() -> None:
    tuned = Redundant(
        m("tuned"),
        "Tuned",
        "osaid:fineTunedFrom",
        m("base"),
        "Base",
        2,
        (Hop(m("tuned"), ""), Hop(d("chat"), "osaid:trainedOn"), Hop(m("base"), "osaid:derivedFrom")),
    )
    assert [(short(row.node), row.via, short(row.target)) for row in redundant_edges(family())] == [
        ("tuned", "osaid:fineTunedFrom", "base"),
        ("webmix#2", "osaid:filteredFrom", "crawl"),
    ]
    assert redundant_edges(family())[0] == tuned
    assert [row.path[1].node for row in redundant_edges(family(), "base")] == [d("webmix#1")]
    assert redundant_edges(family(), "quant")[0] == tuned
    assert redundant_edges(family(), "stray") == ()


@given(arrows())
def test_they_are_what_the_transitive_reduction_of_the_condensation_leaves_out(drawn: Drawn) -> None:
    graph = reference(drawn)
    whole = nx.condensation(graph)
    unit = whole.graph["mapping"]
    kept = nx.transitive_reduction(whole)
    expected = {
        (source, target)
        for source, target in graph.edges
        if unit[source] != unit[target] and not kept.has_edge(unit[source], unit[target])
    }
    lineage = numbered(drawn)
    rows = redundant_edges(lineage)
    assert {(row.node, row.target) for row in rows} == expected
    told = [(row.node, row.target, row.via) for row in rows]
    assert told == sorted(set(told))
    for row in rows:
        nodes = [hop.node for hop in row.path]
        assert (nodes[0], nodes[-1]) == (row.node, row.target) and row.length == len(nodes) - 1 >= 2
        assert all(graph.has_edge(*edge) for edge in pairwise(nodes))
        assert {unit[node] for node in nodes} - {unit[row.node], unit[row.target]}
    for start in graph:
        above = {start} | nx.descendants(graph, start)
        assert redundant_edges(lineage, start) == tuple(row for row in rows if row.node in above)


def test_every_property_of_an_edge_is_told() -> None:
    rows = redundant_edges(numbered([(0, 1, 0), (1, 2, 0), (0, 2, 0), (0, 2, 3), (0, 2, EVALUATED)]))
    assert len(rows) == 2
    assert {row.target for row in rows} == {"urn:2"}


def test_edges_of_a_cycle_are_kept() -> None:
    assert redundant_edges(numbered([(0, 1, 0), (1, 0, 0), (0, 2, 0), (1, 2, 0), (0, 0, 0)])) == ()
