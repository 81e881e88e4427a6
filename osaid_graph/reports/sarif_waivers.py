"""Waivers in SARIF: ``suppressions`` on every result of a run or on none (sections 3.27.23 and 3.35).

A waiver stands in the document that is checked, so its kind is "inSource". One that has expired suppresses nothing: it
is told in the message and in the properties of the run.
"""

from __future__ import annotations

from typing import Any

from osaid_graph.model import Assessment, Finding
from osaid_graph.reports.sarif_places import place
from osaid_graph.standing import Standing
from osaid_graph.tolerated import Waiver


def suppressions(standing: Standing, finding: Finding | None = None) -> dict[str, Any]:
    """Return the suppressions of a result, none where it is not of a finding; nothing where the run has no waivers."""
    if not standing.assessment.waivers:
        return {}
    waivers = [] if finding is None else [w for w in standing.waivers(finding) if w.standing == "active"]
    return {"suppressions": [_suppression(waiver) for waiver in waivers]}


def properties(assessment: Assessment) -> dict[str, Any]:
    """Return what a run tells of all waivers, also of those that act on nothing."""
    if not assessment.waivers:
        return {}
    return {
        "waivers": [
            {
                **_said(waiver),
                "of": waiver.of,
                "on": waiver.on,
                "reason": waiver.reason,
                "standing": waiver.standing,
                "because": waiver.because,
                "idle": waiver.idle,
                "findings": list(waiver.findings),
            }
            for waiver in assessment.waivers
        ]
    }


def _suppression(waiver: Waiver) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": "inSource", "status": "accepted", "justification": waiver.reason}
    if waiver.location is not None:
        found["location"] = place(waiver.location)
    return {**found, "properties": _said(waiver)}


def _said(waiver: Waiver) -> dict[str, str]:
    return {"by": waiver.by, "until": waiver.until}
