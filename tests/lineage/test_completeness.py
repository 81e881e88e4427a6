"""Gaps, and how much of what is asked is stated."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import d, family, m, numbered, short

from osaid_graph.assessment.assess import prepare
from osaid_graph.errors import UsageError
from osaid_graph.graph.load import load_apart
from osaid_graph.lineage.artifacts import lineage_of
from osaid_graph.lineage.completeness import FactCount, completeness, sampled, wilson
from osaid_graph.lineage.gaps import CRITERIA, gap_rows, gaps, unusable


def test_the_gaps_of_the_family() -> None:
    line = family()
    found = {short(line.iri(number)): each for number, each in gaps(line, [each.name for each in CRITERIA]).items()}
    assert found == {
        "crawl": ("license",),
        "orphan": ("license",),
        "books": ("withdrawn",),
        "round-a": ("issued",),
        "round-b": ("issued",),
        "selfie": ("issued",),
        "our-crawl": ("license", "described", "issued"),
        "imagefolder": ("license", "described", "issued"),
    }


def test_gaps_are_told_by_how_many_use_them_and_with_why() -> None:
    rows = gap_rows(family())
    # crawl has two edges to it, the two names one each, orphan none
    assert [(short(row.node), row.why) for row in rows] == [
        ("crawl", "no terms are stated"),
        ("imagefolder", "no terms are stated"),
        ("our-crawl", "no terms are stated"),
        ("orphan", "no terms are stated"),
    ]


@pytest.mark.parametrize(
    ("terms", "usable"),
    [(("mit",), True), (("cc-by-nc-4.0",), True), (("other",), False), (("other", "mit"), True), (("made up",), False)],
)
def test_usable_is_what_names_a_licence(terms: tuple[str, ...], usable: bool) -> None:
    assert (unusable(terms) == "") is usable


def test_there_is_no_other_criterion() -> None:
    with pytest.raises(UsageError, match="no criterion 'quality'"):
        gaps(family(), ["quality"])


def test_of_what_merged_was_made_from_one_licence_of_39_facts_is_missing() -> None:
    found = completeness(family(), m("merged"))
    assert (found.own.present, found.own.asked) == (4, 4)
    # 3 models of 4 facts, 9 datasets of 3
    assert (found.inherited_present, found.inherited_asked) == (38, 39)
    assert (short(found.worst.node), found.worst.missing) == ("crawl", ("license",))
    assert found.facts == (
        FactCount("described", 13, 13),
        FactCount("license", 12, 13),
        FactCount("issued", 13, 13),
        FactCount("sources", 4, 4),
    )


def test_data_information_is_asked_for_where_there_is_a_graph() -> None:
    release, dumps = load_apart([str(Path(__file__).parent.parent / "fixtures" / "lineage" / "family.ttl")])
    graph = prepare(release)
    found = completeness(lineage_of(graph, release, dumps), d("books"), graph)
    # title and date, terms and description, and where it is from; seven more things are not said
    assert (found.own.present, found.own.asked) == (4, 11)
    assert "labeling" in found.own.missing
    assert "provenance" not in found.own.missing


def test_a_sample_of_all_is_the_whole() -> None:
    shares = {row.fact: row.present for row in sampled(family(), 8)}
    # base, tuned, sibling, merged, quant and adapter inherit the crawl or undated rounds; stray the names; orphan all
    assert shares == {"described": 8, "license": 7, "issued": 8, "sources": 7, "all": 0}


def test_a_sample_is_the_same_each_time_and_never_too_large() -> None:
    assert sampled(family(), 3, 7) == sampled(family(), 3, 7)
    with pytest.raises(UsageError):
        sampled(family(), 9)
    with pytest.raises(UsageError):
        sampled(family(), 0)
    assert sampled(numbered({}, 2), 1)[0].sampled == 1


@given(st.integers(1, 400))
def test_intervals_hold_the_share_inside_the_unit_and_move_with_it(trials: int) -> None:
    bounds = [wilson(successes, trials) for successes in range(trials + 1)]
    for successes, (low, high) in enumerate(bounds):
        assert 0 <= low <= successes / trials + 1e-12
        assert successes / trials - 1e-12 <= high <= 1
    assert all(one[0] < other[0] and one[1] < other[1] + 1e-12 for one, other in pairwise(bounds))
    # symmetric: what holds of successes holds of failures
    assert bounds[0][1] == pytest.approx(1 - bounds[-1][0])
