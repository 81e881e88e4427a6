"""How deep and wide a lineage is, against networkx."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import DATASET, EVALUATED, MODEL, Drawn, arrows, d, family, m, numbered, short

from osaid_graph.lineage.generations import Generation, Level, chain, generations, levels, longest_chains
from osaid_graph.lineage.walk import Hop

nx: Any = import_module("networkx")  # its stubs are not complete


def reference(drawn: Drawn) -> Any:
    graph = nx.DiGraph((source, target) for source, target, kind in drawn if kind != EVALUATED)
    graph.add_nodes_from(range(8))
    return graph


def depths(graph: Any) -> dict[int, int]:
    whole = nx.condensation(graph)
    found = {}
    for number in graph:
        unit = whole.graph["mapping"][number]
        found[number] = nx.dag_longest_path_length(whole.subgraph({unit, *nx.descendants(whole, unit)}))
    return found


def test_the_generations_of_the_family() -> None:
    assert generations(family()) == (
        Generation(0, 10, 1, 9),
        Generation(1, 3, 1, 2),
        Generation(2, 2, 0, 2),
        Generation(3, 2, 1, 1),
        Generation(4, 3, 2, 1),
        Generation(5, 1, 1, 0),
        Generation(6, 2, 2, 0),
    )


def test_the_levels_above_a_model_of_the_family() -> None:
    assert levels(family(), "merged") == (
        Level(0, 1, 1),
        Level(1, 2, 2),
        Level(2, 4, 3),
        Level(3, 3, 2),
        Level(4, 3, 3),
        Level(5, 0, 1),
        Level(6, 0, 1),
    )
    assert levels(family(), "orphan") == (Level(0, 1, 1),)


def test_the_longest_chain_of_the_family() -> None:
    found = chain(family(), "merged")
    assert (found.node, found.label, found.kind, found.depth) == (m("merged"), "Merged", "Model", 6)
    assert found.path == (
        Hop(m("merged"), ""),
        Hop(m("tuned"), "osaid:mergedFrom"),
        Hop(d("chat"), "osaid:trainedOn"),
        Hop(m("base"), "osaid:derivedFrom"),
        Hop(d("webmix#2"), "osaid:trainedOn"),
        Hop(d("webmix#1"), "osaid:derivedFrom"),
        Hop(d("crawl"), "osaid:filteredFrom"),
    )
    assert chain(family(), "shelf").path == (Hop(d("shelf"), ""),)
    assert [(short(row.node), row.depth) for row in longest_chains(family(), 4)] == [
        ("merged", 6),
        ("quant", 6),
        ("tuned", 5),
        ("adapter", 4),
    ]


@given(arrows(), st.lists(st.sampled_from((MODEL, DATASET)), min_size=8, max_size=8))
def test_generations_count_the_longest_ways_over_the_condensation(drawn: Drawn, classes: list[int]) -> None:
    expected = depths(reference(drawn))
    found = generations(numbered(drawn, classes=classes))
    assert {row.depth: row.artefacts for row in found} == Counter(expected.values())
    for row in found:
        assert row.trained == sum(classes[number] == MODEL for number, depth in expected.items() if depth == row.depth)
        assert row.trained + row.data == row.artefacts


@given(arrows())
def test_chains_are_as_long_as_the_depth_and_walk_along_edges(drawn: Drawn) -> None:
    graph, lineage = reference(drawn), numbered(drawn)
    expected = depths(graph)
    unit = nx.condensation(graph).graph["mapping"]
    for row in longest_chains(lineage, 8):
        assert row == chain(lineage, row.node)
        path = [int(hop.node.removeprefix("urn:")) for hop in row.path]
        assert row.depth == expected[path[0]] == len({unit[number] for number in path}) - 1
        assert all(graph.has_edge(*edge) for edge in pairwise(path))
        assert len(set(path)) == len(path)


@given(arrows(), st.integers(0, 7))
def test_levels_hold_every_ancestor_once_by_the_shortest_and_by_the_longest_way(drawn: Drawn, start: int) -> None:
    graph = reference(drawn)
    found = levels(numbered(drawn), f"urn:{start}")
    nearest = Counter(nx.single_source_shortest_path_length(graph, start).values())
    assert {row.distance: row.nearest for row in found if row.nearest} == nearest
    above = graph.subgraph({start, *nx.descendants(graph, start)})
    whole = nx.condensation(above)
    first = whole.graph["mapping"][start]
    furthest: Counter[int] = Counter()
    for unit in whole:
        way = max(map(len, nx.all_simple_paths(whole, first, unit)), default=1) - 1 if unit != first else 0
        furthest[way] += len(whole.nodes[unit]["members"])
    assert {row.distance: row.furthest for row in found if row.furthest} == furthest


def test_a_long_chain_needs_no_recursion() -> None:
    size = 3_000
    lineage = numbered([(number, number + 1, 0) for number in range(size - 1)], size)
    assert chain(lineage, "urn:0").depth == size - 1
    assert generations(lineage)[-1] == Generation(size - 1, 1, 1, 0)
