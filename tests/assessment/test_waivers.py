"""A waiver names gaps that need not fail the run before a day. It changes no outcome, and acts where it may."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import pytest
from baselines import beside, former

from osaid_graph.assessment.assess import assess
from osaid_graph.errors import InputError
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment
from osaid_graph.standing import Standing
from osaid_graph.tolerated import GAPS, Waiver

DAY = datetime.date(2026, 11, 23)
MANIFEST = """\
system: {id: acme/atlas, name: Atlas}
parameters: {license: llama2, location: https://huggingface.co/acme/atlas}
training-data: [{id: acme/web, availability: public}, {id: acme/books, availability: public}]
"""
WEB = "https://huggingface.co/datasets/acme/web"
TURTLE = """\
@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix req: <https://w3id.org/osaid-graph/requirement#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix hf: <https://huggingface.co/> .
@prefix acme: <https://huggingface.co/acme/> .
"""
WAIVER = (
    '[ a osaid:GapWaiver ; osaid:waivesGapOf req:params-terms ; rdfs:comment "r" ; '
    'osaid:waivedUntil "2027-01-31"^^xsd:date ]'
)


def assessed(tmp_path: Path, text: str, *more: tuple[str, str], **options: Any) -> Assessment:
    files = [tmp_path / name for name in ("osaid.yaml", *(name for name, _ in more))]
    for file, content in zip(files, (text, *(content for _, content in more)), strict=True):
        file.write_text(content, "utf-8")
    return assess(load(map(str, files)), **{"today": DAY, **options})


def waiving(*entries: str) -> str:
    return MANIFEST + "waivers:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)


def only(assessment: Assessment) -> Waiver:
    (waiver,) = assessment.waivers
    return waiver


def test_a_waiver_names_the_gaps_of_a_requirement_a_rule_and_a_node(tmp_path: Path) -> None:
    text = waiving(
        "requirement: params-terms, reason: a, until: 2027-01-31, by: Ada",
        "requirement: data-info-cleaning.absent, on: acme/web, reason: b, until: 2026-11-23",
        "requirement: data-info-scope, reason: c, until: 2027-01-31",
    )
    assessment = assessed(tmp_path, text)
    findings = {finding.id: finding for finding in assessment.findings}
    named = [[(findings[i].rule, findings[i].focus_label) for i in w.findings] for w in assessment.waivers]
    assert named == [
        [("params-terms.not-approved", "Atlas parameters")],
        [("data-info-cleaning.absent", "acme/web")],
        [("data-info-scope.absent", "acme/books"), ("data-info-scope.absent", "acme/web")],
    ]
    assert [(w.reason, w.by, w.until, w.on, w.standing, w.idle) for w in assessment.waivers] == [
        ("a", "Ada", "2027-01-31", "", "active", ""),
        ("b", "", "2026-11-23", WEB, "active", ""),
        ("c", "", "2027-01-31", "", "active", ""),
    ]
    assert [w.location.line for w in assessment.waivers if w.location] == [5, 6, 7]


def test_a_waiver_changes_nothing_but_what_fails(tmp_path: Path) -> None:
    plain = assessed(tmp_path, MANIFEST)
    waived = assessed(tmp_path, waiving("requirement: params-terms, reason: a, until: 2027-01-31"))
    assert [dataclasses.astuple(r)[1:] for r in waived.results] == [dataclasses.astuple(r)[1:] for r in plain.results]
    assert (waived.outcome, waived.summary, waived.notes) == (plain.outcome, plain.summary, plain.notes)
    assert set(Standing(plain).failing) - set(Standing(waived).failing) == {"params-terms"}


def test_when_every_gap_is_waived_the_run_passes_until_the_day_is_over(tmp_path: Path) -> None:
    gaps = sorted({f.requirement for f in assessed(tmp_path, MANIFEST).findings if f.outcome in GAPS})
    text = waiving(*(f"requirement: {id_}, reason: r, until: 2026-11-23" for id_ in gaps))
    today, tomorrow = (assessed(tmp_path, text, today=DAY + datetime.timedelta(days)) for days in (0, 1))
    assert today.has_gaps
    assert not Standing(today).fails
    assert {w.standing for w in today.waivers} == {"active"}
    assert Standing(tomorrow).failing == Standing(assessed(tmp_path, MANIFEST)).failing
    assert {w.standing for w in tomorrow.waivers} == {"expired"}
    assert len(Standing(tomorrow).expired) == len(Standing(today).waived) > 10


def test_a_requirement_is_covered_for_what_was_judged(tmp_path: Path) -> None:
    judged = (
        "judgements: [{requirement: params-available, outcome: not-met, by: A, date: 2026-10-01, "
        "definition: 1.0-rc1, reason: gone}]\n"
    )
    waived = waiving("requirement: params-available, reason: r, until: 2027-01-31") + judged
    assert "params-available" in Standing(assessed(tmp_path, MANIFEST + judged)).failing
    assessment = assessed(tmp_path, waived)
    assert "params-available" not in Standing(assessment).failing
    assert (only(assessment).findings, only(assessment).idle) == ((), "")
    on_node = waived.replace("reason: r", "on: acme/web, reason: r")
    assert "params-available" in Standing(assessed(tmp_path, on_node)).failing


def test_a_requirement_is_covered_for_what_bears_on_it(tmp_path: Path) -> None:
    without_terms = assessed(tmp_path, MANIFEST.replace("license: llama2, ", ""))
    (result,) = (r for r in without_terms.results if r.requirement.id == "freedom-use-any-purpose")
    assert [f.rule for f in result.bearing] == ["freedoms-terms.unstated"]
    assert result.findings == ()
    text = waiving("requirement: freedom-use-any-purpose, reason: r, until: 2027-01-31")
    covered = assessed(tmp_path, text.replace("license: llama2, ", ""))
    assert set(Standing(without_terms).failing) - set(Standing(covered).failing) == {"freedom-use-any-purpose"}
    assert (only(covered).findings, only(covered).idle) == ((), "")


@pytest.mark.parametrize(
    ("of", "idle"),
    [
        (
            "data-info-scop",
            "Open Source AI Definition 1.0-RC1 has no such requirement or rule; did you mean data-info-scope?",
        ),
        ("params-available", "no gap of it is found"),
        ("component-code", "it includes others, of which each is waived by itself: code-complete-train"),
        ("params-intermediate-checkpoints", "no gap of it is found"),
    ],
)
def test_a_waiver_that_matches_nothing_is_noted(of: str, idle: str, tmp_path: Path) -> None:
    assessment = assessed(tmp_path, waiving(f"requirement: {of}, reason: r, until: 2027-01-31"))
    assert only(assessment).idle == idle
    notes = [note.text for note in assessment.notes]
    assert notes == [f"the waiver of {of} matches nothing: {idle}"]
    assert Standing(assessment).failing == Standing(assessed(tmp_path, MANIFEST)).failing


def test_a_new_gap_that_is_waived_does_not_fail(tmp_path: Path) -> None:
    report = former(assessed(tmp_path, MANIFEST))
    report["findings"] = [f for f in report["findings"] if f["rule"] != "params-terms.not-approved"]
    plain = beside(assessed(tmp_path, MANIFEST), report)
    waived = beside(assessed(tmp_path, waiving("requirement: params-terms, reason: r, until: 2027-01-31")), report)
    assert (Standing(plain).fails, Standing(waived).fails) == (True, False)
    assert [f.rule for f in Standing(waived).gaps("new")] == ["params-terms.not-approved"]


# -- which documents may waive ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "because"),
    [
        (
            f"<{WEB}> a osaid:Dataset . acme:atlas osaid:gapWaiver {WAIVER} .",
            "its document does not describe Atlas",
        ),
        (f"acme:base a osaid:Model ; osaid:gapWaiver {WAIVER} .", "it is of acme/base"),
        (
            f"acme:atlas a osaid:AISystem . acme:base a osaid:Model ; osaid:gapWaiver {WAIVER} .",
            "it is of acme/base",
        ),
        (
            f"acme:atlas a osaid:AISystem . {WAIVER} rdfs:label 'x' .",
            "it is of nothing: no release is linked to it",
        ),
    ],
)
def test_a_document_of_others_waives_nothing(document: str, because: str, tmp_path: Path) -> None:
    text = MANIFEST.replace("acme/atlas}", "acme/atlas, derived-from: [{fine-tuned: acme/base}]}")
    alone = assessed(tmp_path, text)
    assessment = assessed(tmp_path, text, ("others.ttl", TURTLE + document), subject="acme/atlas")
    assert (only(assessment).standing, only(assessment).because) == ("ignored", because)
    assert "params-terms" in Standing(assessment).failing
    assert "params-terms" in Standing(alone).failing
    assert Standing(assessment).waived == []


def test_a_second_document_that_describes_the_subject_may_waive(tmp_path: Path) -> None:
    more = ("more.ttl", f"{TURTLE}acme:atlas a osaid:AISystem ; osaid:gapWaiver {WAIVER} .")
    assessment = assessed(tmp_path, MANIFEST, more)
    assert only(assessment).standing == "active"
    assert "params-terms" not in Standing(assessment).failing


def test_a_part_of_the_release_is_covered_by_the_waivers_of_the_whole(tmp_path: Path) -> None:
    text = waiving("requirement: params-terms, reason: r, until: 2027-01-31")
    assessment = assessed(tmp_path, text, subject="parameters")
    assert only(assessment).standing == "active"
    assert "params-terms" not in Standing(assessment).failing


def test_a_source_of_the_file_is_not_that_of_its_waivers(tmp_path: Path) -> None:
    text = "source: https://example.org/card\n" + waiving("requirement: params-terms, reason: r, until: 2027-01-31")
    assert only(assessed(tmp_path, text)).standing == "active"


def test_a_dataset_written_and_read_again_has_the_same_waivers(tmp_path: Path) -> None:
    text = "source: https://example.org/card\n" + waiving(
        "requirement: params-terms, reason: r, until: 2027-01-31, by: {name: Ada, affiliation: Acme}"
    )
    first = assessed(tmp_path, text)
    graphs = tmp_path / "again.nq"
    graphs.write_text(load([str(tmp_path / "osaid.yaml")]).dataset().serialize(format="nquads"), "utf-8")
    again = assess(load([str(graphs)]), today=DAY)
    assert dataclasses.replace(only(again), location=None) == dataclasses.replace(only(first), location=None)
    assert Standing(again).failing == Standing(first).failing


# -- what a waiver must say ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("waiver", "message"),
    [
        (WAIVER.replace(' ; rdfs:comment "r"', ""), "a waiver has no reason"),
        (WAIVER.replace('"r"', '" "'), "a waiver has no reason"),
        (WAIVER.replace(' ; osaid:waivesGapOf req:params-terms', ""), "a waiver has no requirement"),
        (WAIVER.replace('"2027-01-31"^^xsd:date', '"soon"'), "a waiver until no day: 'soon'"),
        (WAIVER.replace(' ; osaid:waivedUntil "2027-01-31"^^xsd:date', ""), "a waiver has no day until which it holds"),
        (WAIVER.replace('"r"', '"r", "s"'), "a waiver has more than one reason"),
        (WAIVER.replace(" ]", ' ; osaid:waivesGapAt "x" ]'), "a waiver is on one node, by its IRI"),
    ],
)  # fmt: skip
def test_a_waiver_in_rdf_that_lacks_something_is_refused(waiver: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"{TURTLE}acme:atlas a osaid:AISystem ; osaid:gapWaiver {waiver} .", "utf-8")
    with pytest.raises(InputError) as raised:
        assess(load([str(tmp_path / "a.ttl")]), today=DAY)
    assert (raised.value.message, raised.value.source, bool(raised.value.line)) == (
        message,
        str(tmp_path / "a.ttl"),
        True,
    )
