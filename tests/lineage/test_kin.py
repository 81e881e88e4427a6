"""What two artefacts have in common, and the nearest kin of one, against brute force over networkx."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import DATASET, EVALUATED, MODEL, Drawn, arrows, d, family, m, numbered, short

from osaid_graph.lineage.kin import Kin, Kinship, common_ancestors, kinship, nearest_kin
from osaid_graph.lineage.walk import Hop

nx: Any = import_module("networkx")  # its stubs are not complete
CLASSES = st.lists(st.sampled_from((MODEL, DATASET)), min_size=8, max_size=8)
NUMBER = st.integers(0, 7)


def reference(drawn: Drawn) -> Any:
    graph = nx.DiGraph((source, target) for source, target, kind in drawn if kind != EVALUATED)
    graph.add_nodes_from(range(8))
    return graph


def jaccard(left: set[int], right: set[int]) -> float:
    return len(left & right) / len(left | right) if left & right else 0.0


def test_the_common_ancestors_of_two_siblings_of_the_family() -> None:
    found = common_ancestors(family(), "tuned", "sibling")
    assert [(short(row.node), row.latest, row.left_distance, row.right_distance) for row in found] == [
        ("base", True, 1, 1),
        ("books", False, 2, 2),
        ("webmix#2", False, 2, 2),
        ("crawl", False, 3, 3),
        ("webmix#1", False, 3, 3),
    ]
    assert found[0].left_path == (Hop(m("tuned"), ""), Hop(m("base"), "osaid:fineTunedFrom"))
    assert found[1].right_path[-1] == Hop(d("books"), "osaid:trainedOn")


def test_a_base_is_the_most_recent_ancestor_it_has_in_common_with_what_was_made_from_it() -> None:
    found = common_ancestors(family(), "tuned", "base")
    assert [short(row.node) for row in found if row.latest] == ["base"]
    assert (found[0].left_distance, found[0].right_distance) == (1, 0)


def test_two_models_of_the_family_have_several_most_recent_ancestors() -> None:
    found = common_ancestors(family(), "base", "mixture")
    assert [short(row.node) for row in found if row.latest] == ["books", "webmix#2"]


def test_what_is_on_a_cycle_is_of_one_age() -> None:
    found = common_ancestors(family(), "round-a", "round-b")
    assert [(short(row.node), row.latest) for row in found] == [("round-a", True), ("round-b", True)]


def test_strangers_have_nothing_in_common() -> None:
    assert common_ancestors(family(), "orphan", "merged") == ()
    assert kinship(family(), "orphan", "shelf") == Kinship(0.0, 0, 0, 0, 0.0, 0, 0, 0)
    assert nearest_kin(family(), "orphan") == ()


def test_the_kinship_of_two_siblings_of_the_family() -> None:
    assert kinship(family(), "tuned", "sibling") == Kinship(5 / 10, 5, 1, 4, 4 / 9, 4, 1, 4)


def test_the_nearest_kin_of_a_model_of_the_family() -> None:
    assert [(short(row.node), row.similarity, row.line) for row in nearest_kin(family(), "tuned")] == [
        ("quant", 6 / 7, "downstream"),
        ("chat", 5 / 6, "upstream"),
        ("base", 4 / 6, "upstream"),
        ("mixture", 4 / 6, ""),
        ("adapter", 5 / 8, ""),
        ("merged", 6 / 12, "downstream"),
        ("sibling", 5 / 10, ""),
        ("webmix#2", 2 / 6, "upstream"),
        ("webmix#1", 1 / 6, "upstream"),
    ]
    assert nearest_kin(family(), "tuned", 1) == (Kin(m("quant"), "Quant", "Model", 6 / 7, 6, 1, 0, "downstream"),)
    assert [(short(row.node), row.similarity) for row in nearest_kin(family(), "tuned", 2, by_data=True)] == [
        ("quant", 5 / 5),
        ("base", 4 / 5),
    ]


@given(arrows(), NUMBER, NUMBER)
def test_common_ancestors_are_those_of_both_and_the_latest_have_none_below(drawn: Drawn, left: int, right: int) -> None:
    graph = reference(drawn)
    both = ({left} | nx.descendants(graph, left)) & ({right} | nx.descendants(graph, right))
    rows = common_ancestors(numbered(drawn), f"urn:{left}", f"urn:{right}")
    assert {int(row.node[4:]) for row in rows} == both
    for row in rows:
        number = int(row.node[4:])
        younger = {each for each in both if number in nx.descendants(graph, each)}
        assert row.latest == (younger <= nx.descendants(graph, number) | {number})
        for start, distance, path in (
            (left, row.left_distance, row.left_path),
            (right, row.right_distance, row.right_path),
        ):
            assert distance == nx.shortest_path_length(graph, start, number) == len(path) - 1
            nodes = [int(hop.node[4:]) for hop in path]
            assert all(graph.has_edge(*edge) for edge in pairwise(nodes))
    assert [row.latest for row in rows] == sorted((row.latest for row in rows), reverse=True)


@given(arrows(), CLASSES, NUMBER, NUMBER)
def test_kinship_compares_sets_of_ancestors(drawn: Drawn, classes: list[int], left: int, right: int) -> None:
    graph = reference(drawn)
    one, two = nx.descendants(graph, left), nx.descendants(graph, right)
    data = {number for number in graph if classes[number] == DATASET}
    assert kinship(numbered(drawn, classes=classes), f"urn:{left}", f"urn:{right}") == Kinship(
        jaccard(one, two),
        len(one & two),
        len(one - two),
        len(two - one),
        jaccard(one & data, two & data),
        len(one & two & data),
        len((one - two) & data),
        len((two - one) & data),
    )


@given(arrows(), CLASSES, NUMBER, st.integers(1, 8), st.booleans())
def test_the_nearest_kin_are_those_of_all_pairs(
    drawn: Drawn, classes: list[int], start: int, limit: int, by_data: bool
) -> None:
    graph = reference(drawn)
    counted = {number for number in graph if not by_data or classes[number] == DATASET}
    above = {number: nx.descendants(graph, number) & counted for number in graph}
    expected = sorted(
        (-jaccard(above[start], above[other]), f"urn:{other}")
        for other in graph
        if other != start and above[start] & above[other]
    )
    rows = nearest_kin(numbered(drawn, classes=classes), f"urn:{start}", limit, by_data=by_data)
    assert [(-row.similarity, row.node) for row in rows] == expected[:limit]
    for row in rows:
        other = int(row.node[4:])
        mine, theirs = above[start], above[other]
        assert (row.shared, row.own, row.missing) == (len(mine & theirs), len(theirs - mine), len(mine - theirs))
        up, down = other in nx.descendants(graph, start), start in nx.descendants(graph, other)
        assert row.line == ("both" if up and down else "upstream" if up else "downstream" if down else "")
