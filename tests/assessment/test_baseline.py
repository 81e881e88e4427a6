"""A baseline: gaps that it has do not fail the run, new ones do, and no outcome ever changes."""

from __future__ import annotations

import dataclasses
import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from baselines import GONE, beside, former
from hypothesis import given
from hypothesis import strategies as st

from osaid_graph.assessment.assess import assess
from osaid_graph.errors import InputError
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment
from osaid_graph.standing import Standing
from osaid_graph.tolerated import GAPS

RELEASES = Path(__file__).parent.parent.parent / "data" / "releases"
DAY = datetime.date(2026, 11, 23)
MANIFEST = """\
system: {id: acme/atlas, name: Atlas}
parameters: {license: Apache-2.0, location: https://huggingface.co/acme/atlas}
training-data: [{id: acme/web, availability: public, location: https://example.com/web}]
"""
JUDGED = """\
judgements:
  - {requirement: params-available, outcome: not-met, by: Ada, date: 2026-10-01, definition: 1.0-rc1, reason: gone}
"""


@cache
def bloom() -> Assessment:
    return assess(load([str(RELEASES / "bloom-176b.yaml")]), today=DAY)


def assessed(tmp_path: Path, text: str, **options: Any) -> Assessment:
    file = tmp_path / "osaid.yaml"
    file.write_text(text, "utf-8")
    return assess(load([str(file)]), today=DAY, **options)


def test_without_a_baseline_every_gap_counts() -> None:
    standing = Standing(bloom())
    gaps = [r.requirement.id for r in bloom().results if r.requirement.binding and r.outcome in GAPS]
    assert list(standing.failing) == gaps
    assert standing.fails is bloom().has_gaps is True
    assert {standing.state(finding) for finding in bloom().findings} == {None}


def test_an_unchanged_release_has_nothing_new_and_passes() -> None:
    compared = beside(bloom(), former(bloom()))
    standing = Standing(compared)
    assert not standing.fails
    assert {standing.state(finding) for finding in compared.findings} == {"known"}
    assert standing.gone == ()
    assert compared.baseline is not None
    assert compared.baseline.remarks == ()


@given(st.data())
def test_what_is_not_in_the_baseline_fails_the_requirements_that_it_counts_for(data: st.DataObject) -> None:
    gaps = [f.id for f in bloom().findings if f.outcome in GAPS]
    kept = set(data.draw(st.lists(st.sampled_from(gaps), unique=True)))
    report = former(bloom())
    report["findings"] = [f for f in report["findings"] if f["id"] in kept]
    compared = beside(bloom(), report)
    standing = Standing(compared)
    new = {finding.id for finding in standing.gaps("new")}
    assert new == set(gaps) - kept
    for result in compared.results:
        own = {f.id for f in (*result.findings, *result.bearing)}
        if not result.requirement.includes and result.requirement.binding and result.outcome in GAPS:
            assert (result.requirement.id in standing.failing) is bool(own & new)
    assert standing.fails is bool(new)
    assert dataclasses.replace(compared, baseline=None) == bloom()


def test_a_whole_fails_by_a_part_that_fails() -> None:
    report = former(bloom())
    report["findings"] = [f for f in report["findings"] if f["rule"] != "params-terms.not-approved"]
    standing = Standing(beside(bloom(), report))
    assert "params-terms" in standing.failing
    wholes = {r.requirement.id for r in bloom().results if "params-terms" in r.requirement.includes}
    assert wholes & {r.requirement.id for r in bloom().results if r.requirement.binding} <= set(standing.failing)


def test_another_line_and_order_are_the_same_finding(tmp_path: Path) -> None:
    before = assessed(tmp_path, MANIFEST)
    moved = "\n\n# moved\n" + "\n".join(reversed(MANIFEST.splitlines()))
    after = beside(assessed(tmp_path, moved), former(before))
    places = {finding.id: finding.location for finding in before.findings}
    assert any(finding.location != places[finding.id] for finding in after.findings)
    standing = Standing(after)
    assert (standing.gaps("new"), standing.gone, standing.fails) == ([], (), False)


def test_a_gap_that_a_judgement_found_is_new_until_the_baseline_has_its_outcome(tmp_path: Path) -> None:
    plain, judged = assessed(tmp_path, MANIFEST), assessed(tmp_path, MANIFEST + JUDGED)
    assert "params-available" in Standing(beside(judged, former(plain))).failing
    assert Standing(beside(judged, former(judged))).failing == ()


def test_what_is_gone_is_told_in_the_words_of_the_baseline() -> None:
    report = former(bloom())
    report["findings"].append(GONE)
    standing = Standing(beside(bloom(), report))
    assert [dataclasses.asdict(each)["id"] for each in standing.gone] == ["0123456789ab"]
    assert standing.gone_gaps[0].location is not None
    assert (standing.gone_gaps[0].location.source, standing.gone_gaps[0].location.line) == ("gone.yaml", 7)
    assert not standing.fails


def test_another_version_policy_or_day_is_told_and_compared() -> None:
    report = former(bloom(), date="2026-12-24")
    report["definition"]["id"], report["terms_policy"]["id"] = "1.0", "strict"
    compared = beside(bloom(), report)
    assert compared.baseline is not None
    assert compared.baseline.remarks == (
        "it was assessed against 1.0, and this against 1.0-rc1",
        "it was assessed under the terms policy strict, and this under osd-conformant",
        "it is of 2026-12-24, later than this",
    )
    assert not Standing(compared).fails


@pytest.mark.parametrize("of", ["subject", "rules"])
def test_where_nothing_can_be_compared_it_is_refused(of: str) -> None:
    report = former(bloom())
    if of == "subject":
        report["subject"]["id"] = "https://huggingface.co/acme/other"
        expected = "a baseline on https://huggingface.co/acme/other, not on https://huggingface.co/bigscience/bloom"
    else:
        report["definition"]["id"] = "house-rules"
        report["findings"] = [GONE | {"rule": "house-card.absent"}]
        expected = "a baseline by house-rules, none of whose rules 1.0-rc1 has"
    with pytest.raises(InputError) as raised:
        beside(bloom(), report)
    assert (raised.value.message, raised.value.source) == (expected, "before.json")
    assert raised.value.hint


def test_a_subject_without_an_iri_is_the_one_of_the_same_name() -> None:
    named = dataclasses.replace(bloom(), subject="_:b1")
    compared = beside(named, former(dataclasses.replace(bloom(), subject="_:b2")))
    assert compared.baseline is not None
    assert compared.baseline.remarks[0].startswith("the subject has no IRI")
    with pytest.raises(InputError):
        beside(named, former(dataclasses.replace(bloom(), subject="_:b2", subject_label="Other")))
