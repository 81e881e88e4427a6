"""Every format carries the same findings: those of the assessment, by their ids."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hostile_assessment import hostile, reviewed
from rdflib import SH, Graph

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment
from osaid_graph.reports import REPORTS, render

RELEASES = Path(__file__).parent.parent.parent / "data" / "releases"
#: Format -> the ids of the findings in a report. Text names rules and nodes; a badge tells the outcome alone.
IDS: dict[str, Callable[[str], list[str]]] = {
    "json": lambda text: [finding["id"] for finding in json.loads(text)["findings"]],
    "turtle": lambda text: [
        node.rpartition(":")[2] for node in map(str, Graph().parse(data=text, format="turtle").objects(None, SH.result))
    ],
    "sarif": lambda text: [
        result["properties"]["finding"]
        for result in json.loads(text)["runs"][0]["results"]
        if "finding" in result["properties"]
    ],
    "junit": lambda text: re.findall(r"^.*(?:error|warning|question|note)\[.*\]: .* \((\w{12})\)$", text, re.MULTILINE),
    "markdown": lambda text: re.findall(r"finding `(\w{12})`", text),
    "html": lambda text: re.findall(r'<article id="finding-(\w{12})"', text),
    "csv": lambda text: [
        row["finding"] for row in csv.DictReader(io.StringIO(text, newline="")) if row["counts"] == "own"
    ],
}


@cache
def amber() -> Assessment:
    return assess(load([str(RELEASES / "amber-7b.yaml")]), today=datetime.date(2026, 11, 23))


def test_every_format_is_held_to_it() -> None:
    assert set(IDS) == set(REPORTS) - {"text", "badge"}


@pytest.mark.parametrize("report", IDS)
@pytest.mark.parametrize("assessed", [amber, reviewed])
def test_a_report_has_each_finding_once(report: str, assessed: Callable[[], Assessment]) -> None:
    expected = sorted(finding.id for finding in assessed().findings)
    assert len(set(expected)) == len(expected) > 2
    assert sorted(IDS[report](render(assessed(), report))) == expected


@pytest.mark.parametrize("report", sorted(set(IDS) - {"turtle"}))
def test_no_text_of_the_data_adds_or_hides_a_finding(report: str) -> None:
    assert sorted(IDS[report](render(hostile(), report))) == sorted(finding.id for finding in hostile().findings)
