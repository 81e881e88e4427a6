"""Former reports for tests of ``--baseline``: what an assessment was before, with findings taken out and put in."""

from __future__ import annotations

import json
from typing import Any

from osaid_graph.assessment.baseline import with_baseline
from osaid_graph.model import Assessment
from osaid_graph.reports import render

#: A gap of a former report that is found no more.
GONE: dict[str, Any] = {
    "id": "0123456789ab",
    "rule": "data-info-cleaning.absent",
    "requirement": "data-info-cleaning",
    "outcome": "not-evidenced",
    "focus": "https://huggingface.co/datasets/acme/gone",
    "focus_label": "acme/gone",
    "message": "the cleaning method is not stated",
    "location": {"source": "gone.yaml", "line": 7, "field": None},
}


def former(assessment: Assessment, **changes: Any) -> dict[str, Any]:
    """Return the report on an assessment as plain values, with top-level keys changed."""
    report: dict[str, Any] = json.loads(render(assessment, "json"))
    return report | changes


def beside(assessment: Assessment, report: dict[str, Any], name: str = "before.json") -> Assessment:
    """Return an assessment beside a former report."""
    return with_baseline(assessment, json.dumps(report).encode(), name)


def with_some_known(assessment: Assessment) -> Assessment:
    """Return an assessment whose baseline lacks every third of its findings, and has one gap that is gone."""
    report = former(assessment)
    report["findings"] = [f for number, f in enumerate(report["findings"]) if number % 3] + [GONE]
    return beside(assessment, report)
