"""A baseline in SARIF: ``baselineState`` on all results or none, and what is gone as ``absent`` (section 3.27.24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, cast

from osaid_graph.model import Finding, FindingOutcome
from osaid_graph.reports import words
from osaid_graph.reports.sarif_places import fingerprints, logical, place
from osaid_graph.reports.sarif_rules import KINDS, message
from osaid_graph.reports.sarif_waivers import suppressions
from osaid_graph.standing import Standing

_STATES: Final = {"new": "new", "known": "unchanged"}


def state(standing: Standing, finding: Finding) -> dict[str, str]:
    """Return the state of the result of a finding; nothing without a baseline."""
    found = standing.state(finding)
    return {} if found is None else {"baselineState": _STATES[found]}


def state_of_question(standing: Standing, requirement: str) -> dict[str, str]:
    """Return the state of what a person is asked; nothing without a baseline."""
    if standing.baseline is None:
        return {}
    return {"baselineState": "unchanged" if requirement in standing.baseline.questions else "new"}


def absent(standing: Standing) -> Iterator[dict[str, Any]]:
    """Yield what the baseline has and this run has not, findings and questions: a comparison leaves nothing out."""
    baseline, subject = standing.baseline, standing.assessment.subject
    if baseline is None:
        return
    for former in standing.gone:
        kind, level = KINDS.get(cast(FindingOutcome, former.outcome), ("review", "none"))
        yield {
            "ruleId": words.plain(former.rule),
            "kind": kind,
            "level": level,
            "message": message(f"{former.focus_label}: {former.message}"),
            "locations": [{**place(former.location), "logicalLocations": [logical(former.focus, former.focus_label)]}],
            "partialFingerprints": fingerprints(former.id),
            "baselineState": "absent",
            **suppressions(standing),
            "properties": {"requirement": former.requirement, "outcome": former.outcome},
        }
    open_ = {r.requirement.id for r in standing.assessment.results if words.is_open_question(r)}
    for id_ in sorted(baseline.questions - open_):
        label = baseline.subject_label
        yield {
            "ruleId": words.plain(id_),
            "kind": "review",
            "level": "none",
            "message": message(f"{label}: {id_}, for a person to judge"),
            "locations": [{"logicalLocations": [logical(subject, label)]}],
            "partialFingerprints": fingerprints(f"{id_}:{subject}"),
            "baselineState": "absent",
            **suppressions(standing),
            "properties": {"requirement": id_},
        }


def properties(standing: Standing) -> dict[str, Any]:
    """Return what a run tells of its baseline, which has no guid to be named by (section 3.14.5)."""
    baseline = standing.baseline
    if baseline is None:
        return {}
    return {
        "baseline": {
            "source": baseline.source,
            "sha256": baseline.sha256,
            "date": baseline.date,
            "definition": baseline.definition,
            "termsPolicy": baseline.policy,
            "remarks": list(baseline.remarks),
        }
    }
