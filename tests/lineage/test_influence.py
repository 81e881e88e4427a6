"""How much rests on each artefact, against networkx."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import DATASET, EVALUATED, MODEL, Drawn, arrows, family, m, numbered, short

from osaid_graph.errors import UsageError
from osaid_graph.lineage import influence as module
from osaid_graph.lineage.influence import influence

nx: Any = import_module("networkx")  # its stubs are not complete


def reference(drawn: Drawn) -> Any:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(8))
    graph.add_edges_from((source, target) for source, target, kind in drawn if kind != EVALUATED)
    return graph


def test_the_influence_in_the_family() -> None:
    found = influence(family())
    counts = {short(row.node): (row.downstream, row.releases, row.direct) for row in found}
    assert counts == {
        "crawl": (10, 6, 2),
        "webmix#1": (9, 6, 1),
        "webmix#2": (8, 6, 2),
        "books": (8, 6, 2),
        "base": (6, 5, 4),
        "bench": (4, 2, 1),
        "bench-split": (3, 2, 1),
        "chat": (3, 3, 1),
        "tasks": (2, 2, 1),
        "mixture": (2, 2, 1),
        "tuned": (2, 2, 2),
        "round-a": (2, 1, 2),
        "round-b": (2, 1, 1),
        "sibling": (1, 1, 1),
        "selfie": (1, 1, 1),
        "imagefolder": (1, 1, 1),
        "our-crawl": (1, 1, 1),
    }
    assert [row.downstream for row in found] == sorted((row.downstream for row in found), reverse=True)
    katz = {short(row.node): row.katz for row in found}
    assert katz["tuned"] == pytest.approx(1 + 0.1 + 0.1)
    assert katz["chat"] == pytest.approx(1 + 0.1 * 1.2)
    assert influence(family(), 2) == found[:2]


def test_influence_follows_chosen_properties_alone() -> None:
    from osaid_graph.vocab import OSAID

    found = influence(family(), following=(OSAID.quantizedFrom,))
    assert [(row.node, row.downstream) for row in found] == [(m("tuned"), 1)]


@given(arrows(), st.lists(st.sampled_from((MODEL, DATASET)), min_size=8, max_size=8), st.sampled_from((1, 3, 4_096)))
def test_counts_are_exact_however_many_are_counted_at_a_time(drawn: Drawn, classes: list[int], sweep: int) -> None:
    graph = reference(drawn)
    expected = {}
    for number in graph:
        below = nx.ancestors(graph, number)
        if below:
            releases = sum(classes[each] == MODEL for each in below)
            direct = len(set(graph.predecessors(number)) - {number})
            expected[f"urn:{number}"] = (len(below), releases, direct)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SWEEP", sweep)
        rows = influence(numbered(drawn, classes=classes))
    assert {row.node: (row.downstream, row.releases, row.direct) for row in rows} == expected


@given(arrows(), st.sampled_from((0.0, 0.5, 0.85, 0.95)))
def test_pagerank_is_that_of_networkx(drawn: Drawn, damping: float) -> None:
    pytest.importorskip("scipy")
    expected = nx.pagerank(reference(drawn), damping, tol=1e-13, max_iter=2_000)
    for row in influence(numbered(drawn), damping=damping):
        assert row.pagerank == pytest.approx(expected[int(row.node[4:])], abs=1e-9)


@given(arrows(), st.sampled_from((0.0, 0.05, 0.12)))
def test_katz_is_the_sum_over_all_walks(drawn: Drawn, attenuation: float) -> None:
    graph = reference(drawn)
    values = dict.fromkeys(graph, 1.0)
    for _ in range(2_000):
        values = {each: 1 + attenuation * sum(values[one] for one in graph.predecessors(each)) for each in graph}
    for row in influence(numbered(drawn), attenuation=attenuation):
        assert row.katz == pytest.approx(values[int(row.node[4:])], rel=1e-9)


def test_a_series_without_end_is_told() -> None:
    drawn = [(start, end, 0) for start in range(4) for end in range(4)]
    with pytest.raises(UsageError, match="does not settle on a cycle of 4 artefacts"):
        influence(numbered(drawn), attenuation=0.3)
    assert influence(numbered(drawn), attenuation=0.2)[0].katz == pytest.approx(1 / (1 - 0.8))


@pytest.mark.parametrize("part", [-0.1, 1.0, float("nan")])
def test_a_part_is_less_than_the_whole(part: float) -> None:
    with pytest.raises(UsageError, match=re.escape(f"{part} is no part of a weight")):
        influence(family(), damping=part)
    with pytest.raises(UsageError, match=re.escape(f"{part} is no part of a weight")):
        influence(family(), attenuation=part)


def test_a_long_chain_with_many_descendants_takes_no_time_of_the_square() -> None:
    size = 20_000
    found = influence(numbered([(number, number + 1, 0) for number in range(size - 1)], size), 1)
    assert (found[0].node, found[0].downstream) == (f"urn:{size - 1}", size - 1)
