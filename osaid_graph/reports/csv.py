"""The assessment as comma-separated values (RFC 4180, UTF-8): a row for each requirement and finding.

A requirement without findings has a row of its own, so that all outcomes are there. A finding stands once for each
requirement that it counts for; what is gone since a baseline has a row as well. What a spreadsheet would take for a
formula is led by an apostrophe (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from typing import Final

from osaid_graph.model import Assessment, Finding, RequirementResult
from osaid_graph.reports import RenderOptions, tolerated, words
from osaid_graph.reports.remedies import Remedies
from osaid_graph.standing import Standing
from osaid_graph.tolerated import FormerFinding

COLUMNS: Final = (
    *("subject", "date", "definition", "terms_policy"),
    *("requirement", "clause", "strength", "label", "quote", "outcome", "machine_outcome", "because"),
    *("finding", "counts", "rule", "finding_outcome", "focus", "focus_label", "value", "message", "reason", "trace"),
    *("paths", "file", "line", "field", "sources", "advice", "remedy"),
    *("fails", "baseline", "waiver"),
)
#: What spreadsheets start a formula with, some of them also in its full width.
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001


def render(assessment: Assessment, options: RenderOptions) -> str:
    """Return the report as a table."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    remedies, standing = Remedies(assessment), Standing(assessment)
    run = {
        "subject": assessment.subject,
        "date": assessment.date,
        "definition": assessment.definition.id,
        "terms_policy": assessment.policy,
    }
    for result in assessment.results:
        row = run | _requirement(result) | {"fails": "yes" if result.requirement.id in standing.failing else ""}
        found = [(finding, "own") for finding in result.findings] + [(finding, "bearing") for finding in result.bearing]
        rows = [row | {"counts": how} | _finding(finding, remedies, standing) for finding, how in found]
        rows += [row | _gone(former) for former in standing.gone if former.requirement == result.requirement.id]
        rows = rows or [row]
        writer.writerows({key: safe(value) for key, value in row.items()} for row in rows)
    shown = {result.requirement.id for result in assessment.results}
    for former in standing.gone:
        if former.requirement not in shown:
            row = run | {"requirement": former.requirement} | _gone(former)
            writer.writerow({key: safe(value) for key, value in row.items()})
    return out.getvalue()


def safe(text: str) -> str:
    r"""Return a text as no spreadsheet takes for a formula, and no terminal for a command.

    >>> safe("=1+1"), safe("\t=1"), safe("a=1")
    ("'=1+1", "'  =1", 'a=1')
    """
    shown = words.lines(text)  # which may begin with a line end that was none before
    return ("'" if text.startswith(_FORMULA) or shown.startswith(_FORMULA) else "") + shown


def _requirement(result: RequirementResult) -> dict[str, str]:
    requirement = result.requirement
    return {
        "requirement": requirement.id,
        "clause": requirement.clause,
        "strength": requirement.strength,
        "label": requirement.label,
        "quote": requirement.quote,
        "outcome": result.outcome,
        "machine_outcome": result.machine_outcome,
        "because": words.because(result),
    }


def _finding(finding: Finding, remedies: Remedies, standing: Standing) -> dict[str, str]:
    at = finding.location
    advice = remedies.advice(finding)
    return {
        "finding": finding.id,
        "rule": finding.rule,
        "finding_outcome": finding.outcome,
        "focus": finding.focus,
        "focus_label": finding.focus_label,
        "value": finding.value or "",
        "message": finding.message,
        "reason": finding.reason,
        "trace": words.trace(finding),
        "paths": str(finding.paths),
        "file": at.source if at else "",
        "line": str(at.line) if at and at.line is not None else "",
        "field": at.field if at else "",
        "sources": "\n".join(finding.sources),
        "advice": advice,
        "remedy": remedies.snippet(finding) if advice else "",
        "baseline": standing.state(finding) or "",
        "waiver": "\n".join(map(tolerated.waived, standing.waivers(finding))),
    }


def _gone(former: FormerFinding) -> dict[str, str]:
    """Return what is told of a finding that is gone; ``counts`` stays empty, because it does not any more."""
    at = former.location
    return {
        "finding": former.id,
        "rule": former.rule,
        "finding_outcome": former.outcome,
        "focus": former.focus,
        "focus_label": former.focus_label,
        "message": former.message,
        "file": at.source if at else "",
        "line": str(at.line) if at and at.line is not None else "",
        "field": at.field if at else "",
        "baseline": "gone",
    }
