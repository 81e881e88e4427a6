"""Where a lineage begins and ends, what stands alone, and which data nobody uses."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import DATASET, EVALUATED, MODEL, Drawn, arrows, d, family, numbered, short

from osaid_graph.errors import UsageError
from osaid_graph.lineage.ends import ROLES, End, Role, RoleCount, ends, roles

nx: Any = import_module("networkx")  # its stubs are not complete
FLAGS = st.lists(st.booleans(), min_size=8, max_size=8)


def names(role: str) -> list[str]:
    return [short(row.node) for row in ends(family(), role)]


def test_the_ends_of_the_family() -> None:
    assert names("root") == ["books", "crawl", "bench", "selfie", "imagefolder", "our-crawl"]
    assert names("sink") == ["stray", "adapter", "merged", "quant"]
    assert names("orphan") == ["orphan", "shelf"]
    assert names("unused") == ["shelf"]
    assert set(names("between")) == {
        *("base", "sibling", "tuned", "bench-split", "chat", "mixture"),
        *("round-a", "round-b", "tasks", "webmix#1", "webmix#2"),
    }
    assert ends(family(), "root", 1) == (End(d("books"), "Books", "Dataset", True, 0, 2),)
    assert ends(family(), "root")[-1] == End("urn:osaid:name:our-crawl", "our-crawl", "Dataset", False, 0, 1)


def test_the_roles_of_the_family() -> None:
    assert roles(family()) == (
        RoleCount("root", 6, 0, 6, 4),
        RoleCount("sink", 4, 4, 0, 4),
        RoleCount("orphan", 2, 1, 1, 2),
        RoleCount("unused", 1, 0, 1, 1),
        RoleCount("between", 11, 3, 8, 11),
    )


def test_data_that_only_measure_are_used_and_yet_the_origin_of_nothing() -> None:
    lineage = numbered([(0, 1, EVALUATED)], 2, classes=[MODEL, DATASET])
    assert [row.node for row in ends(lineage, "orphan")] == ["urn:0", "urn:1"]
    assert ends(lineage, "unused") == ()


def test_a_role_that_is_none_is_told() -> None:
    with pytest.raises(UsageError, match="no role 'leaf'"):
        ends(family(), "leaf")


@given(arrows(), FLAGS, FLAGS)
def test_roles_are_tests_of_degrees(drawn: Drawn, data: list[bool], described: list[bool]) -> None:
    graph, users = nx.DiGraph(), nx.DiGraph()
    for each in (graph, users):
        each.add_nodes_from(range(8))
    users.add_edges_from((source, target) for source, target, _ in drawn if source != target)
    graph.add_edges_from((s, t) for s, t, kind in drawn if kind != EVALUATED and s != t)
    lineage = numbered(drawn, classes=[DATASET if each else MODEL for each in data], described=described)
    degrees = {f"urn:{each}": (graph.out_degree(each), graph.in_degree(each)) for each in graph}
    expected: dict[Role, set[str]] = {
        "root": {each for each, (up, down) in degrees.items() if not up and down},
        "sink": {each for each, (up, down) in degrees.items() if up and not down},
        "orphan": {each for each, (up, down) in degrees.items() if not up and not down},
        "between": {each for each, (up, down) in degrees.items() if up and down},
        "unused": {f"urn:{each}" for each in graph if data[each] and not users.in_degree(each)},
    }
    counts = {row.role: row for row in roles(lineage)}
    assert tuple(counts) == ROLES
    for role, wanted in expected.items():
        rows = ends(lineage, role)
        assert {row.node for row in rows} == wanted
        assert all(degrees[row.node] == (row.upstream, row.downstream) for row in rows)
        count = counts[role]
        assert count.artefacts == len(rows) == count.trained + count.data
        assert count.data == sum(row.kind == "Dataset" for row in rows)
        assert count.described == sum(row.described for row in rows)
