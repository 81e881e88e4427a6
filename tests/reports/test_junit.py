"""JUnit XML: what Jenkins and pytest agree on, red exactly where ``check`` exits with 1, and data that stay text."""

from __future__ import annotations

import datetime
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from hostile_assessment import hostile, hostile_waivers, reviewed
from junitparser import JUnitXml

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment
from osaid_graph.reports import render

ROOT = Path(__file__).parent.parent.parent
#: Element -> the elements it may hold, as in the schema that pytest tests its own reports against (``xunit2``).
HOLDS = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase", "properties"},
    "properties": {"property"},
    "testcase": {"skipped", "error", "failure", "system-out"},
    **{name: set[str]() for name in ("skipped", "error", "failure", "system-out", "property")},
}
TELLS = {"skipped", "error", "failure"}
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp"},
    "testcase": {"name", "classname", "time"},
    "property": {"name", "value"},
}


@cache
def bloom() -> Assessment:
    return assess(load([str(ROOT / "data" / "releases" / "bloom-176b.yaml")]), today=datetime.date(2026, 11, 23))


def parsed(assessment: Assessment) -> Element:
    return fromstring(render(assessment, "junit").encode())  # noqa: S314 - our own text


@pytest.mark.parametrize("assessed", [bloom, reviewed, hostile, hostile_waivers])
def test_the_document_has_only_what_readers_know(assessed: Any) -> None:
    for element in parsed(assessed()).iter():
        assert set(element.attrib) == ATTRIBUTES.get(
            element.tag, {"type", "message"} if element.tag in TELLS else set()
        )
        assert {child.tag for child in element} <= HOLDS[element.tag]


@pytest.mark.parametrize("assessed", [bloom, reviewed])
def test_counts_are_those_of_the_cases(assessed: Any) -> None:
    root = parsed(assessed())
    for suite in root:
        tags = Counter(child.tag for case in suite for child in case)
        assert [suite.get(key) for key in ("tests", "failures", "errors", "skipped")] == [
            str(count) for count in (len(suite), tags["failure"], tags["error"], tags["skipped"])
        ]
    assert root.get("tests") == str(sum(len(suite) for suite in root))
    read = JUnitXml.fromstring(render(assessed(), "junit").encode())
    assert (read.tests, read.failures, read.errors) == tuple(
        int(root.get(key, "")) for key in ("tests", "failures", "errors")
    )


def test_each_outcome_is_told_by_its_element() -> None:
    assessment = bloom()
    cases = {case.get("name"): case for case in parsed(assessment).iter("testcase")}
    assert list(cases) == [result.requirement.id for result in assessment.results]
    tells = {"not-met": "failure", "not-evidenced": "error", "needs-judgement": "skipped", "not-applicable": "skipped"}
    for result in assessment.results:
        expected = tells.get(result.outcome, "")
        if expected and not result.requirement.binding:
            expected = "skipped"
        found = [child.tag for child in cases[result.requirement.id] if child.tag != "system-out"]
        assert found == ([expected] if expected else [])
    (failure,) = cases["params-terms"]
    assert failure.get("message") == "not met: terms of the parameters"
    assert "replace it with:\n    license: Apache-2.0" in str(failure.text)


def test_what_does_not_bind_never_turns_a_build_red() -> None:
    (case,) = [c for c in parsed(bloom()).iter("testcase") if c.get("name") == "params-optimizer-state"]
    (skipped,) = case
    assert skipped.get("message") == "not evidenced: final optimizer state (does not bind: example)"


def test_data_stay_text() -> None:
    text = render(hostile(), "junit")
    assert "<script" not in text and "<img" not in text
    assert all(c.isprintable() or c == "\n" for c in text)
