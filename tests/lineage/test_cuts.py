"""The fewest artefacts that cut an artefact off from one upstream of it, against brute force."""

from __future__ import annotations

from importlib import import_module
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import EVALUATED, Drawn, arrows, family, m, numbered, short

from osaid_graph.errors import UsageError
from osaid_graph.lineage.cuts import Cut, cut
from osaid_graph.lineage.walk import Hop

nx: Any = import_module("networkx")  # its stubs are not complete


def fewest(graph: Any, start: int, end: int) -> int:
    others = sorted(set(graph) - {start, end})
    for size in range(len(others) + 1):
        for taken in combinations(others, size):
            if not nx.has_path(graph.subgraph(set(graph) - set(taken)), start, end):
                return size
    raise AssertionError("they are adjacent")


def test_the_cuts_of_the_family() -> None:
    found = cut(family(), "merged", "base")
    assert not found.adjacent
    assert [(row.node, row.label, row.kind) for row in found.separators] == [
        (m("sibling"), "Sibling", "Model"),
        (m("tuned"), "Tuned", "Model"),
    ]
    assert found.separators[1].path == (
        Hop(m("merged"), ""),
        Hop(m("tuned"), "osaid:mergedFrom"),
        Hop(m("base"), "osaid:fineTunedFrom"),
    )
    assert [short(row.node) for row in cut(family(), "merged", "crawl").separators] == ["webmix#2"]
    assert len(cut(family(), "merged", "books").separators) == 2


def test_nothing_stands_between_neighbours() -> None:
    assert cut(family(), "tuned", "base") == Cut(m("tuned"), m("base"), True, ())


@pytest.mark.parametrize(("node", "origin"), [("crawl", "merged"), ("tuned", "tuned"), ("stray", "base")])
def test_what_is_not_connected_cannot_be_cut(node: str, origin: str) -> None:
    with pytest.raises(UsageError, match="no way leads"):
        cut(family(), node, origin)


def test_a_way_back_is_no_neighbourhood() -> None:
    found = cut(numbered([(0, 1, 0), (1, 2, 0), (2, 0, 0)]), "urn:0", "urn:2")
    assert [row.node for row in found.separators] == ["urn:1"]


@given(arrows(), st.integers(0, 7), st.integers(0, 7))
def test_a_cut_is_the_smallest_and_cuts(drawn: Drawn, start: int, end: int) -> None:
    graph = nx.DiGraph((source, target) for source, target, kind in drawn if kind != EVALUATED)
    graph.add_nodes_from(range(8))
    lineage = numbered(drawn)
    if start == end or not nx.has_path(graph, start, end):
        with pytest.raises(UsageError, match="no way leads"):
            cut(lineage, f"urn:{start}", f"urn:{end}")
        return
    found = cut(lineage, f"urn:{start}", f"urn:{end}")
    assert found == cut(lineage, f"urn:{start}", f"urn:{end}")
    assert found.adjacent == graph.has_edge(start, end)
    if found.adjacent:
        assert found.separators == ()
        return
    taken = {int(row.node[4:]) for row in found.separators}
    assert len(taken) == len(found.separators) == fewest(graph, start, end)
    assert not nx.has_path(graph.subgraph(set(graph) - taken), start, end)
    inner = [int(hop.node[4:]) for row in found.separators for hop in row.path[1:-1]]
    assert len(inner) == len(set(inner))
    for row in found.separators:
        assert nx.is_path(graph, [int(hop.node[4:]) for hop in row.path])
        assert {int(hop.node[4:]) for hop in row.path} & taken == {int(row.node[4:])}
