"""The layered layout: nothing overlaps, every link has its route, the same graph gives the same layout."""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_graph.writers.layers import Layout, Link, layered

GAP = 8.0
Graph = tuple[dict[str, float], list[Link]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    count = draw(st.integers(min_value=1, max_value=25))
    sizes = {f"n{at}": draw(st.sampled_from((24.0, 39.0))) for at in range(count)}
    ends = st.sampled_from(sorted(sizes))
    return sizes, draw(st.lists(st.tuples(ends, ends), max_size=60))


def assert_nothing_overlaps(sizes: dict[str, float], layout: Layout) -> None:
    rows = defaultdict(list)
    for node, place in layout.place.items():
        rows[layout.layer[node]].append((place - sizes[node] / 2, place + sizes[node] / 2))
    for row in rows.values():
        for (_, end), (start, _) in pairwise(sorted(row)):
            assert start - end >= GAP - 1e-6
        assert min(row)[0] >= -1e-6
        assert max(row)[1] <= layout.extent + 1e-6


@settings(deadline=None)
@given(graphs())
def test_nodes_of_a_layer_keep_apart_and_every_link_is_routed(graph: Graph) -> None:
    sizes, links = graph
    layout = layered(sizes, links, GAP)
    assert_nothing_overlaps(sizes, layout)
    assert set(layout.place) == set(layout.layer) == set(sizes)
    assert set(layout.routes) == {link for link in links if link[0] != link[1]}
    for (start, end), route in layout.routes.items():
        upper, lower = (end, start) if (start, end) in layout.returning else (start, end)
        assert layout.layer[upper] < layout.layer[lower]
        assert len(route) == layout.layer[lower] - layout.layer[upper] + 1
        assert (route[0], route[-1]) == (layout.place[upper], layout.place[lower])


@settings(deadline=None)
@given(graphs())
def test_the_same_graph_gives_the_same_layout(graph: Graph) -> None:
    sizes, links = graph
    assert layered(sizes, links, GAP) == layered(sizes, links, GAP)


def test_a_node_lies_behind_all_that_lead_to_it() -> None:
    sizes = dict.fromkeys("abcd", 24.0)
    layout = layered(sizes, [("a", "d"), ("a", "b"), ("b", "c"), ("c", "d")], GAP)
    assert layout.layer == {"a": 0, "b": 1, "c": 2, "d": 3}
    assert layout.returning == frozenset()


def test_only_the_link_that_closes_a_cycle_returns() -> None:
    layout = layered(dict.fromkeys("abc", 24.0), [("a", "b"), ("b", "c"), ("c", "a"), ("b", "b")], GAP)
    assert layout.layer == {"a": 0, "b": 1, "c": 2}
    assert layout.returning == {("c", "a")}


def test_links_that_need_not_cross_do_not() -> None:
    sizes = dict.fromkeys(("s", "a", "b", "c", "x", "y", "z"), 24.0)
    links = [("s", "a"), ("s", "b"), ("s", "c"), ("a", "z"), ("b", "y"), ("c", "x")]
    place = layered(sizes, links, GAP).place
    assert sorted("abc", key=place.__getitem__) == ["a", "b", "c"]
    assert sorted("xyz", key=place.__getitem__) == ["z", "y", "x"]


def test_a_chain_lies_on_one_line() -> None:
    layout = layered(dict.fromkeys("abcd", 24.0), [("a", "b"), ("b", "c"), ("c", "d")], GAP)
    assert set(layout.place.values()) == {12.0}
    assert layout.extent == 24.0


def test_no_node_at_all_has_a_layout() -> None:
    assert layered({}, [], GAP) == Layout({}, {}, {}, frozenset(), 0.0)


@pytest.mark.parametrize("count", [10, 200])
def test_a_tangled_graph_is_laid_out_in_bounded_time(count: int) -> None:
    sizes = {f"n{at}": 24.0 for at in range(count)}
    links = [(f"n{at * 7 % max(at, 1)}", f"n{at}") for at in range(1, count)]
    links += [(f"n{at * 31 % count}", f"n{at * 17 % count}") for at in range(count)]
    start = time.perf_counter()
    layout = layered(sizes, links, GAP)
    assert time.perf_counter() - start < 5
    assert_nothing_overlaps(sizes, layout)


def test_a_path_of_thousands_needs_no_recursion() -> None:
    links = [(f"n{at}", f"n{at + 1}") for at in range(3000)]
    layout = layered({f"n{at}": 24.0 for at in range(3001)}, links, GAP)
    assert layout.layer["n3000"] == 3000
