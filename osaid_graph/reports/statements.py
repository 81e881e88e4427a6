"""The statements to write for one release, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from osaid_graph.errors import printable
from osaid_graph.escapes import escaped_json
from osaid_graph.plans import Gap, StatementPlan
from osaid_graph.reports import RenderOptions, reading
from osaid_graph.reports.terminal import bold, wrapped

SCHEMA_VERSION = "1.0"


def render(plan: StatementPlan, format_name: str, options: RenderOptions | None = None) -> str:
    """Return the statements as ``text`` or ``json``.

    Raises:
        KeyError: There is no such format.
    """
    return {"text": _text, "json": _json}[format_name](plan, options or RenderOptions())


def _text(plan: StatementPlan, options: RenderOptions) -> str:
    return "\n".join(_lines(plan, options)) + "\n"


def _lines(plan: StatementPlan, options: RenderOptions) -> Iterator[str]:
    count = len(plan.statements)
    closed = sum(len(statement.gaps) for statement in plan.statements)
    if count:
        what = f"{count} statement{'s close' if count != 1 else ' closes'} {closed} gap{'s' if closed != 1 else ''}"
        yield bold(f"{printable(plan.label)}: {what}", options)
    else:
        yield bold(f"{printable(plan.label)}: no gap is left that a statement closes", options)
    for number, statement in enumerate(plan.statements, 1):
        yield ""
        first = statement.gaps[0]
        yield bold(f"{number}. {printable(first.label)}: {', '.join(gap.what for gap in statement.gaps)}", options)
        yield f"   --> {printable(statement.file)}:{statement.line}"
        yield from (f"   + {printable(line)}" for line in statement.text.splitlines())
        closes = dict.fromkeys(id_ for gap in statement.gaps for id_ in gap.requirements)
        yield from wrapped("closes: ", ", ".join(closes), 3)
    yield from _left(plan, options)
    if plan.questions:
        yield ""
        yield bold(f"left for a reviewer ({len(plan.questions)}): osaid-graph judge asks them", options)
        yield from wrapped("", ", ".join(requirement.id for requirement in plan.questions), 3)
    if count:
        yield ""
        yield "TODO counts as not disclosed until it is filled in; --patch prints the statements as a patch."
        yield "What is written counts as said by the source of its block or file, unless it names its own."


def _left(plan: StatementPlan, options: RenderOptions) -> Iterator[str]:
    if not plan.left:
        return
    yield ""
    yield bold(f"no statement closes ({len(plan.left)})", options)
    order = {why: at for at, (_, why) in enumerate(plan.left)}
    for why, found in groupby(sorted(plan.left, key=lambda pair: order[pair[1]]), key=lambda pair: pair[1]):
        gaps = [gap for gap, _ in found]
        yield from wrapped(f"{gaps[0].kind}: ", why, 3)
        for gap in gaps:
            at = f" ({reading.place(gap.place)})" if gap.place else ""
            yield from wrapped("- ", f"{gap.label}: {gap.what or gap.requirements[0]}{at}", 5)


def _json(plan: StatementPlan, options: RenderOptions) -> str:
    document = {
        "schema_version": SCHEMA_VERSION,
        "subject": plan.subject,
        "label": plan.label,
        "statements": [
            {
                "file": statement.file,
                "line": statement.line,
                "text": statement.text,
                "gaps": [_gap(gap) for gap in statement.gaps],
            }
            for statement in plan.statements
        ],
        "left": [{**_gap(gap), "why": why} for gap, why in plan.left],
        "questions": [requirement.id for requirement in plan.questions],
        "patch": plan.patch,
    }
    return escaped_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "node": gap.node,
        "label": gap.label,
        "property": gap.predicate or None,
        "role": gap.role or None,
        "kind": gap.kind,
        "requirements": list(gap.requirements),
        "rules": list(gap.rules),
        "messages": list(gap.messages),
        "location": None
        if gap.place is None
        else {"source": gap.place.source, "line": gap.place.line, "field": gap.place.field or None},
    }
