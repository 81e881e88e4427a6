"""A baseline and waivers in words: what is new, known, gone or waived. All formats tell it in these."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from osaid_graph.model import Assessment, Finding
from osaid_graph.reports import reading, words
from osaid_graph.standing import Standing
from osaid_graph.tolerated import FormerFinding, Waiver

#: Why a requirement with a gap does not fail the run.
WHY: Final = "tolerated: every gap is known to the baseline, or waived"


def told(standing: Standing) -> Iterator[str]:
    """Yield what of the gaps is tolerated, in sentences without a full stop; nothing where nothing can be."""
    baseline = standing.baseline
    if baseline is not None:
        counts = {
            "known": len(standing.gaps("known")),
            "new": len(standing.gaps("new")),
            "gone": len(standing.gone_gaps),
        }
        shown = ", ".join(f"{count} {word}" for word, count in counts.items())
        yield f"baseline {baseline.source} of {baseline.date}: gaps {shown}"
        yield from (f"baseline: {remark}" for remark in baseline.remarks)
    if standing.assessment.waivers:
        yield f"waivers: gaps {len(standing.waived)} waived, {len(standing.expired)} whose waiver has expired"


def tag(standing: Standing, finding: Finding) -> str:
    """Return what marks a finding that is new or waived, as it follows another text; empty for all others."""
    waived = " [waived]" if standing.is_waived(finding) else " [waiver expired]" if standing.waivers(finding) else ""
    return (" [new]" if standing.state(finding) == "new" else "") + waived


def first(assessment: Assessment) -> list[Finding]:
    """Return the findings with those that are new at the front, within each the worst first."""
    standing = Standing(assessment)
    return sorted(words.worst_first(assessment), key=lambda finding: standing.state(finding) != "new")


def marks(standing: Standing, finding: Finding) -> Iterator[str]:
    """Yield what marks a finding: whether the baseline has it, and which waivers name it."""
    state = standing.state(finding)
    if state is not None:
        yield "new since the baseline" if state == "new" else "known to the baseline"
    yield from (waived(waiver) for waiver in standing.waivers(finding))


def waived(waiver: Waiver) -> str:
    """Return a waiver as a mark of what it names: until when, by whom and why."""
    by = f" by {waiver.by}" if waiver.by else ""
    if waiver.standing == "expired":
        return f"waiver expired, it was until {waiver.until}{by}: {waiver.reason}"
    return f"waived until {waiver.until}{by}: {waiver.reason}"


def described(waiver: Waiver) -> str:
    """Return a waiver in one line by itself: of what, as what it stands, and where."""
    on = f" at {waiver.on_label}" if waiver.on else ""
    at = f" ({reading.place(waiver.location)})" if waiver.location else ""
    what = waived(waiver)
    if waiver.standing == "ignored":
        what += f" [not counted: {waiver.because}]"
    elif waiver.idle:
        what += f" [matches nothing: {waiver.idle}]"
    return f"{waiver.of}{on}: {what}{at}"


def changes(standing: Standing) -> Iterator[tuple[str, str]]:
    """Yield the gaps that are new, and those that are gone, each with its sign."""
    for finding in standing.gaps("new"):
        yield "+", line(finding)
    for former in standing.gone_gaps:
        yield "-", line(former)


def line(finding: Finding | FormerFinding) -> str:
    """Return a finding in one line."""
    return f"{finding.rule}: {finding.focus_label}: {finding.message} ({finding.id})"


def nothing_counts(standing: Standing) -> str:
    """Return, where there are gaps and none of them counts, a sentence that says so; empty else."""
    if standing.fails or not standing.assessment.has_gaps:
        return ""
    if standing.baseline is None:
        return "Nothing that counts: every gap is waived."
    if not standing.waived:
        return "Nothing new: every gap is known to the baseline."
    return "Nothing that counts: every gap is known to the baseline or waived."
