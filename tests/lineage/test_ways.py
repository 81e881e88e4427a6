"""How many ways lead to what an artefact was made from, and the shortest of them."""

from __future__ import annotations

from importlib import import_module
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import EVALUATED, Drawn, arrows, d, family, m, numbered, short

from osaid_graph.errors import UsageError
from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.walk import Hop
from osaid_graph.lineage.ways import routes, ways
from osaid_graph.vocab import OSAID

nx: Any = import_module("networkx")  # its stubs are not complete


def reference(drawn: Drawn) -> Any:
    graph = nx.DiGraph((source, target) for source, target, kind in drawn if kind != EVALUATED)
    graph.add_nodes_from(range(8))
    return graph


def numbers(path: tuple[Hop, ...]) -> list[int]:
    return [int(hop.node.removeprefix("urn:")) for hop in path]


def test_the_ways_of_the_family() -> None:
    assert [(short(row.node), row.ways, row.distance) for row in ways(family(), "merged")] == [
        ("crawl", 8, 4),
        ("books", 4, 3),
        ("webmix#2", 4, 3),
        ("webmix#1", 4, 4),
        ("base", 3, 2),
        ("sibling", 1, 1),
        ("tuned", 1, 1),
        ("chat", 1, 2),
        ("mixture", 1, 2),
        ("tasks", 1, 2),
        ("bench-split", 1, 3),
        ("bench", 1, 4),
    ]


def test_a_cycle_of_the_family_counts_by_the_ways_into_it() -> None:
    found = {short(row.node): row.ways for row in ways(family(), "adapter")}
    assert found["round-a"] == found["round-b"] == 1


def test_the_routes_of_the_family() -> None:
    found = routes(family(), "merged", "crawl")
    assert [[short(hop.node) for hop in row.path[1:-1]] for row in found] == [
        ["sibling", "base", "webmix#2"],
        ["sibling", "mixture", "webmix#2"],
        ["tuned", "base", "webmix#2"],
        ["sibling", "base", "webmix#2", "webmix#1"],
        ["sibling", "mixture", "webmix#2", "webmix#1"],
        ["tuned", "base", "webmix#2", "webmix#1"],
        ["tuned", "chat", "base", "webmix#2"],
        ["tuned", "chat", "base", "webmix#2", "webmix#1"],
    ]
    assert [row.length for row in found] == [4, 4, 4, 5, 5, 5, 5, 6]
    assert routes(family(), "merged", "crawl", 2) == found[:2]
    assert routes(family(), "quant", "chat")[0].path == (
        Hop(m("quant"), ""),
        Hop(m("tuned"), "osaid:quantizedFrom"),
        Hop(d("chat"), "osaid:trainedOn"),
    )


def test_ways_follow_chosen_properties_alone() -> None:
    found = ways(family(), "quant", (OSAID.quantizedFrom, OSAID.fineTunedFrom))
    assert [(short(row.node), row.ways) for row in found] == [("tuned", 1), ("base", 1)]
    assert ways(family(), "tuned", (OSAID.evaluatedOn,))[0].node == d("bench")


@pytest.mark.parametrize(("node", "origin"), [("crawl", "merged"), ("tuned", "tuned"), ("orphan", "crawl")])
def test_no_way_is_told(node: str, origin: str) -> None:
    with pytest.raises(UsageError, match="no way leads"):
        routes(family(), node, origin)


@given(arrows())
def test_without_cycles_every_simple_path_is_a_way(drawn: Drawn) -> None:
    acyclic = frozenset(each for each in drawn if each[0] < each[1])
    graph = reference(acyclic)
    expected = {
        (f"urn:{end}", len(list(nx.all_simple_paths(graph, 0, end))), nx.shortest_path_length(graph, 0, end))
        for end in nx.descendants(graph, 0)
    }
    assert {(row.node, row.ways, row.distance) for row in ways(numbered(acyclic), "urn:0")} == expected


@given(arrows(), st.integers(0, 7), st.integers(0, 7), st.integers(1, 12))
def test_routes_are_the_shortest_simple_paths_in_order(drawn: Drawn, start: int, end: int, limit: int) -> None:
    graph = reference(drawn)
    expected = sorted(nx.all_simple_paths(graph, start, end), key=lambda path: (len(path), path))
    lineage = numbered(drawn)
    if start == end or not expected:
        with pytest.raises(UsageError, match="no way leads"):
            routes(lineage, f"urn:{start}", f"urn:{end}", limit)
    else:
        found = routes(lineage, f"urn:{start}", f"urn:{end}", limit)
        assert [numbers(row.path) for row in found] == expected[:limit]
        lengths = [len(path) - 1 for path in islice(nx.shortest_simple_paths(graph, start, end), limit)]
        assert [row.length for row in found] == lengths


def ladder(steps: int) -> Lineage:
    """Return a lineage in which every step doubles the ways: 2 ** (steps - 1) to the last."""
    drawn = {(0, 1, 0), (0, 2, 0)}
    for at in range(1, 2 * steps - 1, 2):
        drawn |= {(start, end, 0) for start in (at, at + 1) for end in (at + 2, at + 3)}
    return numbered(drawn, 2 * steps + 1)


def test_counting_and_listing_do_not_walk_all_ways() -> None:
    lineage = ladder(200)
    assert ways(lineage, "urn:0")[0].ways == 2**199
    found = routes(lineage, "urn:0", "urn:399", 3)
    assert [row.length for row in found] == [200] * 3
    assert numbers(found[0].path) == [0, *range(1, 400, 2)]
