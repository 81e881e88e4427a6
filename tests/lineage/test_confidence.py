"""How far a claim on the lineage can be trusted, against brute force over all paths."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise, product
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import DERIVED, EVALUATED, TRAINED, Drawn, arrows, family, m, numbered, short

from osaid_graph.errors import UsageError
from osaid_graph.lineage.confidence import Confidence, Weights, confidences
from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.walk import Hop

nx: Any = import_module("networkx")  # its stubs are not complete
FLAGS = st.lists(st.booleans(), min_size=8, max_size=8)


def stated(drawn: Drawn, said: list[tuple[str, ...]], described: list[bool]) -> Lineage:
    """Return a lineage whose edges are stated by whom ``said`` tells, in turn."""
    plain = numbered(drawn, described=described)
    return Lineage(plain.columns, plain.up, {at: said[at % len(said)] for at in range(len(plain.up))})


def test_the_confidence_in_what_a_model_of_the_family_was_made_from() -> None:
    found = {short(row.node): row for row in confidences(family(), "tuned")}
    base = found["base"]
    direct = (Hop(m("tuned"), ""), Hop(m("base"), "osaid:fineTunedFrom"))
    assert base == Confidence(m("base"), "Base", "Model", 0.9, 0.9, base.any_way, False, direct, direct)
    assert base.any_way == pytest.approx(1 - 0.1 * 0.19)
    crawl = found["crawl"]
    assert crawl.weakest == 0.9
    assert crawl.reliable == pytest.approx(0.9**3)
    assert crawl.any_way == pytest.approx(1 - (1 - 0.9**3) * (1 - 0.9**4) ** 2 * (1 - 0.9**5))
    assert crawl.approximate
    assert [short(hop.node) for hop in crawl.reliable_path] == ["tuned", "base", "webmix#2", "crawl"]


def test_a_name_that_nothing_stands_behind_is_trusted_less() -> None:
    found = confidences(family(), "stray")
    assert [(short(row.node), row.weakest, row.reliable) for row in found] == [
        ("imagefolder", 0.45, 0.45),
        ("our-crawl", 0.45, 0.45),
        ("selfie", 0.9, 0.9),
    ]


def test_what_several_sources_state_is_trusted_more_and_what_nobody_states_less() -> None:
    drawn = frozenset({(0, 1, TRAINED), (0, 2, TRAINED), (0, 3, TRAINED), (0, 3, DERIVED)})
    plain = numbered(drawn)
    lineage = Lineage(plain.columns, plain.up, {0: ("a", "b"), 1: (), 2: ("a",), 3: ("a", "c")})
    found = {row.node: row.weakest for row in confidences(lineage, "urn:0", Weights(0.8, 0.3, 1))}
    assert found == {"urn:1": pytest.approx(0.96), "urn:2": 0.3, "urn:3": pytest.approx(0.96)}


def test_the_documents_of_a_dump_are_one_source() -> None:
    plain = numbered([(0, 1, TRAINED)])
    lineage = Lineage(plain.columns, plain.up, {}, ("models.jsonl", "datasets.jsonl"))
    assert confidences(lineage, "urn:0")[0].weakest == pytest.approx(0.9)


@given(arrows(), st.lists(st.sampled_from(((), ("a",), ("a", "b"))), min_size=1, max_size=5), FLAGS)
def test_the_best_ways_are_those_of_all_simple_paths(
    drawn: Drawn, said: list[tuple[str, ...]], described: list[bool]
) -> None:
    lineage = stated(drawn, said, described)
    graph = nx.DiGraph()
    graph.add_node(0)
    for at, (source, target, kind) in enumerate(lineage.arrows()):
        if kind != EVALUATED:
            who = graph.edges[source, target]["who"] if graph.has_edge(source, target) else set()
            graph.add_edge(source, target, who=who | set(said[at % len(said)]))
    weight = {
        (source, target): (1 - 0.1 ** len(who) if who else 0.6) * (1 if described[target] else 0.5)
        for source, target, who in graph.edges(data="who")
    }
    rows = confidences(lineage, "urn:0", ways=10**6)
    assert {int(row.node[4:]) for row in rows} == nx.descendants(graph, 0)
    for row in rows:
        paths = [list(pairwise(path)) for path in nx.all_simple_paths(graph, 0, int(row.node[4:]))]
        assert row.weakest == pytest.approx(max(min(weight[edge] for edge in path) for path in paths))
        assert row.reliable == pytest.approx(max(prod(weight[edge] for edge in path) for path in paths))
        assert row.any_way == pytest.approx(1 - prod(1 - prod(weight[edge] for edge in path) for path in paths))
        assert row.approximate == (sum(map(len, paths)) > len({edge for path in paths for edge in path}))
        for path, value, join in ((row.weakest_path, row.weakest, min), (row.reliable_path, row.reliable, prod)):
            assert join([weight[edge] for edge in pairwise(int(hop.node[4:]) for hop in path)]) == pytest.approx(value)
        if not row.approximate:
            edges = sorted({edge for path in paths for edge in path})
            assert row.any_way == pytest.approx(reliability(edges, weight, paths))
    assert [(row.reliable, row.weakest) for row in rows] == sorted((row.reliable, row.weakest) for row in rows)


def reliability(
    edges: list[tuple[int, int]], weight: dict[tuple[int, int], float], paths: list[list[tuple[int, int]]]
) -> float:
    """Return the probability that some path holds, by all cases of which edges do."""
    whole = 0.0
    for case in product((True, False), repeat=len(edges)):
        right = {edge for edge, holds in zip(edges, case, strict=True) if holds}
        if any(right.issuperset(path) for path in paths):
            whole += prod(weight[edge] if edge in right else 1 - weight[edge] for edge in edges)
    return whole


def test_more_ways_than_are_looked_at_make_an_estimate() -> None:
    lineage = numbered([(0, 1, 0), (0, 2, 0), (1, 3, 0), (2, 3, 0)])
    found = {row.node: row for row in confidences(lineage, "urn:0", Weights(implied=0.5), 1)}
    assert (found["urn:3"].any_way, found["urn:3"].approximate) == (0.25, True)
    both = {row.node: row for row in confidences(lineage, "urn:0", Weights(implied=0.5), 2)}
    assert (both["urn:3"].any_way, both["urn:3"].approximate) == (1 - 0.75**2, False)


@pytest.mark.parametrize("weight", [0.0, 1.1, float("nan")])
def test_a_weight_is_a_probability_above_nought(weight: float) -> None:
    with pytest.raises(UsageError, match="the weight 'implied' is"):
        Weights(implied=weight)


def test_no_way_at_all_is_no_estimate() -> None:
    with pytest.raises(UsageError, match="0 ways"):
        confidences(family(), "tuned", ways=0)
