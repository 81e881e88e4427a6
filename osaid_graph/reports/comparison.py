"""A comparison of two assessments, as text and as JSON (``data/schema/comparison.schema.json``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from osaid_graph.comparison import Cause, Change, Comparison
from osaid_graph.errors import printable
from osaid_graph.escapes import escaped_json
from osaid_graph.model import Assessment
from osaid_graph.reports import RenderOptions, reading
from osaid_graph.reports.terminal import painted, wrapped

SCHEMA_VERSION = "1.1"
#: Heading -> the direction of the changes below it, whether their outcome differs (None: of either kind), and colour.
_HEADINGS = {
    "lost": ("lost", None, "31;1"),
    "gained": ("gained", None, "32;1"),
    "came out otherwise, no better or worse": ("unchanged", True, "36;1"),
    "asked for otherwise, the outcome is the same": ("unchanged", False, "36;1"),
}
#: What brought or removed a finding or a concern, and stands below it.
_BELOW = ("claim", "rule", "scope", "policy")
_SIGNS = {"-": "31", "+": "32", "": "0"}


def render(comparison: Comparison, format_name: str, options: RenderOptions | None = None) -> str:
    """Return a comparison as ``text`` or ``json``.

    Raises:
        KeyError: There is no such format.
    """
    return {"text": _text, "json": _json}[format_name](comparison, options or RenderOptions())


def _text(comparison: Comparison, options: RenderOptions) -> str:
    return "\n".join(_Text(comparison, options).lines()) + "\n"


class _Text:
    def __init__(self, comparison: Comparison, options: RenderOptions) -> None:
        self.comparison = comparison
        self.options = options

    def lines(self) -> Iterator[str]:
        old, new = self.comparison.old, self.comparison.new
        if not self.options.quiet:
            for heading, (direction, differs, color) in _HEADINGS.items():
                changes = [
                    change
                    for change in self.comparison.changes
                    if change.direction == direction and differs in (None, change.before != change.after)
                ]
                if changes:
                    yield self._paint(f"{heading} ({len(changes)})", color)
                for change in changes:
                    yield from self._change(change)
                if changes:
                    yield ""
            if not self.comparison.changes:
                yield "no requirement came out otherwise"
                yield ""
        yield f"{self._paint('old', '1')} {_described(old)}"
        yield f"{self._paint('new', '1')} {_described(new)}"
        counts = {d: sum(c.direction == d for c in self.comparison.changes) for d in ("lost", "gained")}
        yield f"  {old.outcome} -> {new.outcome}: {counts['lost']} lost, {counts['gained']} gained"

    def _change(self, change: Change) -> Iterator[str]:
        outcome: str = change.after or "not assessed"
        if change.before != change.after:
            outcome = f"{change.before or 'not assessed'} -> {outcome}"
        yield f"  {self._paint(change.requirement.id, '1')}: {outcome}"
        if change.words:
            yield from wrapped("words: ", f"“{change.words[0]}” -> “{change.words[1]}”", 4)
        for cause in change.causes:
            yield from self._cause(cause)

    def _cause(self, cause: Cause) -> Iterator[str]:
        """Show a cause; what brought or removed a finding or a concern stands below it, further in."""
        indent = 8 if cause.kind in _BELOW else 4
        place = cause.location
        at = ""
        if place is not None:
            at = f" ({reading.place(place)})"
        first, *rest = wrapped(f"{cause.sign or ' '} ", cause.text + at, indent)
        yield self._paint(first, _SIGNS[cause.sign]) if cause.sign else first
        yield from rest
        if len(cause.trace) > 2:
            yield from wrapped("trace: ", " ".join(_step(step.label, step.via) for step in cause.trace), indent + 4)

    def _paint(self, text: str, code: str) -> str:
        return painted(text, code, self.options)


def _described(assessment: Assessment) -> str:
    return (
        f"{printable(assessment.subject_label)} ({assessment.subject_kind}), assessed against the "
        f"{assessment.definition.title} on {assessment.date}, terms policy {assessment.policy}"
    )


def _step(label: str, via: str) -> str:
    return f"--{via.replace('osaid:', '')}--> {label}" if via else label


def _json(comparison: Comparison, options: RenderOptions) -> str:
    document = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "osaid-graph", "version": comparison.new.tool_version},
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "changes": [_document(change) for change in comparison.changes],
    }
    return escaped_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _side(assessment: Assessment) -> dict[str, Any]:
    return {
        "date": assessment.date,
        "definition": assessment.definition.id,
        "terms_policy": assessment.policy,
        "inputs": [{"source": s.name, "format": s.format, "sha256": s.sha256} for s in assessment.inputs],
        "subject": {"id": assessment.subject, "label": assessment.subject_label, "kind": assessment.subject_kind},
        "outcome": assessment.outcome,
        "summary": assessment.summary,
    }


def _document(change: Change) -> dict[str, Any]:
    return {
        "requirement": change.requirement.id,
        "strength": change.requirement.strength,
        "direction": change.direction,
        "before": change.before,
        "after": change.after,
        "words": None if change.words is None else {"before": change.words[0], "after": change.words[1]},
        "causes": [
            {
                "kind": cause.kind,
                "sign": cause.sign,
                "text": cause.text,
                "location": None
                if cause.location is None
                else {
                    "source": cause.location.source,
                    "line": cause.location.line,
                    "field": cause.location.field or None,
                },
                "trace": [{"node": step.node, "via": step.via or None, "label": step.label} for step in cause.trace],
            }
            for cause in change.causes
        ],
    }
