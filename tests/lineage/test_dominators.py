"""What every way to an origin passes, against networkx and against removing it."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import DATASET, EVALUATED, MODEL, Drawn, arrows, d, family, m, numbered, short

from osaid_graph.lineage.dominators import ROOT, dominator_tree, gateways, origins, single_points
from osaid_graph.lineage.walk import Hop

nx: Any = import_module("networkx")  # its stubs are not complete


def reference(drawn: Drawn) -> Any:
    graph = nx.DiGraph((source, target) for source, target, kind in drawn if kind != EVALUATED)
    graph.add_nodes_from(range(8))
    return graph


def beginnings(graph: Any) -> set[int]:
    return {number for members in nx.attracting_components(graph) for number in members}


def dominators(graph: Any) -> dict[int, set[int]]:
    """Return what cuts each node from all origins when it is taken out."""
    found: dict[int, set[int]] = {}
    for number in graph:
        found[number] = set()
        for other in set(graph) - {number}:
            left = graph.subgraph(set(graph) - {other})
            if not ({number, *nx.descendants(left, number)} & beginnings(graph)):
                found[number].add(other)
    return found


def test_the_gateways_of_the_family() -> None:
    def found(name: str) -> list[tuple[str, bool, int]]:
        return [(short(row.node), row.origin, row.distance) for row in gateways(family(), name)]

    assert found("quant") == [("tuned", False, 1), ("base", False, 2)]
    assert found("tuned") == [("base", False, 1)]
    assert found("tasks") == [("bench-split", False, 1), ("bench", True, 2)]
    assert found(d("webmix#2")) == [("crawl", True, 1)]
    for none in ("base", "merged", "adapter", "stray", "mixture", "crawl", "round-a", "selfie", "orphan"):
        assert found(none) == []
    assert gateways(family(), "tuned")[0].path == (Hop(m("tuned"), ""), Hop(m("base"), "osaid:fineTunedFrom"))


def test_the_single_points_of_the_family() -> None:
    assert [(short(row.node), row.origin, row.releases, row.artefacts) for row in single_points(family())] == [
        ("base", False, 2, 3),
        ("tuned", False, 1, 1),
        ("bench", True, 0, 2),
        ("crawl", True, 0, 2),
        ("bench-split", False, 0, 1),
    ]


@given(st.dictionaries(st.integers(0, 11), st.lists(st.integers(0, 11), max_size=4)), st.sets(st.integers(0, 11)))
def test_the_tree_is_that_of_networkx(arcs: dict[int, list[int]], starts: set[int]) -> None:
    graph = nx.DiGraph((start, end) for start, ends in arcs.items() for end in ends)
    graph.add_node(ROOT)
    graph.add_edges_from((ROOT, start) for start in starts)
    expected = dict(nx.immediate_dominators(graph, ROOT))
    expected.pop(ROOT, None)
    found = dominator_tree(sorted(starts), lambda number: arcs.get(number, ()))
    assert found == expected
    seen = {ROOT}
    for number, above in found.items():
        assert above in seen
        seen.add(number)


@given(arrows(), st.lists(st.sampled_from((MODEL, DATASET)), min_size=8, max_size=8))
def test_taking_a_gateway_out_cuts_all_ways_to_origins(drawn: Drawn, classes: list[int]) -> None:
    graph = reference(drawn)
    lineage = numbered(drawn, classes=classes)
    expected = dominators(graph)
    for number in range(8):
        rows = gateways(lineage, f"urn:{number}")
        assert {int(row.node[4:]) for row in rows} == expected[number]
        for row in rows:
            assert row.origin == (int(row.node[4:]) in beginnings(graph))
            assert row.distance == len(row.path) - 1 == nx.shortest_path_length(graph, number, int(row.node[4:]))
    below = Counter(other for found in expected.values() for other in found)
    trained = Counter(other for number, found in expected.items() if classes[number] == MODEL for other in found)
    points = single_points(lineage)
    assert {int(row.node[4:]): (row.releases, row.artefacts) for row in points} == {
        number: (trained[number], below[number]) for number in below
    }
    assert [-row.releases for row in points] == sorted(-row.releases for row in points)


@given(arrows())
def test_origins_are_where_the_way_up_ends(drawn: Drawn) -> None:
    graph = reference(drawn)
    linked = {number for number in graph if graph.degree(number)}
    assert set(origins(numbered(drawn))) == beginnings(graph) & linked
    assert set(origins(numbered(drawn), range(8))) == beginnings(graph)


def test_a_long_chain_needs_no_recursion_and_no_time() -> None:
    size = 20_000
    found = single_points(numbered([(number, number + 1, 0) for number in range(size - 1)], size))
    assert (found[0].node, found[0].artefacts) == (f"urn:{size - 1}", size - 1)
