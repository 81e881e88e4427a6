"""What falls with an artefact, and the lineage as of a day: against brute force, and by hand on the family."""

from __future__ import annotations

import datetime
from importlib import import_module
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import EVALUATED, TRAINED, TUNED, Drawn, arrows, d, family, m, numbered, short

from osaid_graph.errors import InputError, UsageError
from osaid_graph.lineage.asof import as_of, upstream_as_of
from osaid_graph.lineage.impact import impact
from osaid_graph.lineage.index import NO_DAY, via
from osaid_graph.lineage.reached import downstream
from osaid_graph.lineage.tree import tree
from osaid_graph.vocab import OSAID

nx: Any = import_module("networkx")  # its stubs are not complete
DAYS = st.lists(st.sampled_from((NO_DAY, 730_000, 730_010, 730_020)), min_size=8, max_size=8)


def graph_of(drawn: Drawn) -> Any:
    """Return edges from what was used to what was made."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(8))
    graph.add_edges_from((used, made, kind) for made, used, kind in drawn if kind != EVALUATED)
    return graph


@given(arrows(), st.frozensets(st.integers(0, 7), min_size=1, max_size=3))
def test_impact_is_all_that_was_made_from_what_is_asked_about(drawn: Drawn, starts: frozenset[int]) -> None:
    graph, found = graph_of(drawn), impact(numbered(drawn), [f"urn:{each}" for each in sorted(starts)])
    expected = set().union(*(nx.descendants(graph, each) for each in starts)) - starts
    assert {int(row.node[4:]) for row in found.affected} == expected
    for row in found.affected:
        path = [int(hop.node[4:]) for hop in row.path]
        assert path[0] == int(row.start[4:])
        assert all(graph.has_edge(*edge) for edge in pairwise(path))
        lengths = [
            nx.shortest_path_length(graph, each, path[-1]) for each in starts if nx.has_path(graph, each, path[-1])
        ]
        assert row.distance == len(path) - 1 == min(lengths)
    assert found.tallies[0].artefacts == len(expected)


@given(arrows(), st.integers(0, 7))
def test_kinds_of_edges_are_those_of_some_path(drawn: Drawn, start: int) -> None:
    graph, found = graph_of(drawn), impact(numbered(drawn), f"urn:{start}")
    for row in found.affected:
        end = int(row.node[4:])
        first = {
            kind for _, made, kind in graph.out_edges(start, keys=True) if made == end or nx.has_path(graph, made, end)
        }
        before = nx.descendants(graph, start) | {start}
        last = {kind for used, _, kind in graph.in_edges(end, keys=True) if used in before}
        assert set(row.first) == {via(kind) for kind in first}
        assert set(row.last) == {via(kind) for kind in last}
        only = set()
        for kind in (TRAINED, TUNED):
            part = nx.DiGraph((used, made) for used, made, each in graph.edges(keys=True) if each == kind)
            if start in part and end in part and nx.has_path(part, start, end):
                only.add(via(kind))
        assert set(row.only) == only


def test_the_withdrawn_books_are_in_eight_artefacts_published_before() -> None:
    found = impact(family(), d("books"))
    tallies = {(row.split, row.value): row.artefacts for row in found.tallies}
    assert tallies == {
        ("all", ""): 8,
        ("kind", "Model"): 6,
        ("kind", "Dataset"): 2,
        ("first", "osaid:trainedOn"): 7,
        ("first", "osaid:derivedFrom"): 3,
        ("last", "osaid:trainedOn"): 3,
        ("last", "osaid:derivedFrom"): 2,
        ("last", "osaid:fineTunedFrom"): 2,
        ("last", "osaid:adapterOf"): 1,
        ("last", "osaid:mergedFrom"): 1,
        ("last", "osaid:quantizedFrom"): 1,
        ("only", "osaid:trainedOn"): 1,
        ("only", "osaid:derivedFrom"): 1,
        ("published", "before"): 8,
        ("distance", "1"): 2,
        ("distance", "2"): 4,
        ("distance", "3"): 2,
    }


def test_a_day_that_is_given_goes_before_that_of_the_withdrawal() -> None:
    found = impact(family(), d("books"), day=datetime.date(2023, 4, 1))
    after = {short(row.node) for row in found.affected if row.published == "after"}
    assert after == {"tuned", "sibling", "merged"}


def test_without_a_day_nobody_knows_what_was_before() -> None:
    assert {row.published for row in impact(family(), d("crawl")).affected} == {"unknown"}


def test_impact_of_fine_tunes_only_and_of_several_at_once() -> None:
    found = impact(family(), [m("base"), m("orphan")], following=(OSAID.fineTunedFrom,))
    assert [short(row.node) for row in found.affected] == ["sibling", "tuned"]
    assert [short(each) for each in found.starts] == ["base", "orphan"]


@given(arrows(), DAYS, st.sampled_from((730_000, 730_010, 730_020)), st.booleans())
def test_the_lineage_as_of_a_day_is_the_induced_part(drawn: Drawn, days: list[int], last: int, keep: bool) -> None:
    kept = [each for each in range(8) if (days[each] <= last if days[each] != NO_DAY else keep)]
    found = as_of(numbered(drawn, issued=days), datetime.date.fromordinal(last), keep_undated=keep)
    part = found.lineage
    edges = {(part.iri(source), part.iri(target), kind) for source, target, kind in part.arrows()}
    inside = {(made, used, kind) for made, used, kind in drawn if {made, used} <= set(kept)}
    assert edges == {(f"urn:{made}", f"urn:{used}", kind) for made, used, kind in inside}
    assert found.kept == len(kept) == len(part)
    assert found.edges_left_out == len(drawn) - len(inside)


@given(arrows(), DAYS, st.booleans())
def test_upstream_as_of_a_day_goes_over_what_was_there(drawn: Drawn, days: list[int], keep: bool) -> None:
    last = 730_010
    days[0] = 730_000
    there = [each for each in range(8) if (days[each] <= last if days[each] != NO_DAY else keep)]
    expected = nx.ancestors(graph_of(drawn).subgraph(there), 0)
    found = upstream_as_of(numbered(drawn, issued=days), "urn:0", datetime.date.fromordinal(last), keep_undated=keep)
    assert {int(row.node[4:]) for row in found.reached} == expected
    assert found.undated == sum(days[each] == NO_DAY for each in expected)


def test_the_family_at_the_end_of_2022() -> None:
    found = as_of(family(), datetime.date(2022, 12, 31))
    assert (found.kept, found.undated, found.later) == (15, 5, 8)
    assert as_of(family(), datetime.date(2022, 12, 31), keep_undated=False).kept == 10
    # nothing that base was made from came later
    reached = upstream_as_of(family(), m("base"), datetime.date(2022, 12, 31)).reached
    assert sorted(short(row.node) for row in reached) == ["books", "crawl", "webmix#1", "webmix#2"]


def test_parts_keep_their_aliases_and_who_said_what() -> None:
    part = as_of(family(), datetime.date(2022, 12, 31)).lineage
    assert part.find(m("base#parameters")) == part.find(m("base"))
    assert all(part.sources(at) for at in range(len(part.up)))


@pytest.mark.parametrize(
    ("node", "day", "message"),
    [(m("tuned"), "2023-03-31", "was published on 2023-04-01"), (d("selfie"), "2023-03-31", "nobody says when")],
)
def test_what_was_not_there_on_the_day_has_no_upstream(node: str, day: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        upstream_as_of(family(), node, datetime.date.fromisoformat(day), keep_undated=False)


def test_paths_that_no_memory_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("osaid_graph.lineage.walk.MOST_STEPS", 14)
    chain = numbered(frozenset((made, made - 1, TRAINED) for made in range(1, 6)))  # 1 + 2 + 3 + 4 + 5 steps
    for refused in (lambda: impact(chain, "urn:0"), lambda: downstream(chain, "urn:0"), lambda: tree(chain, "urn:5")):
        with pytest.raises(InputError, match="the paths have 15 steps together, more than 14"):
            refused()
    assert len(list(tree(chain, "urn:5", depth=4))) == 5
