"""What is left of an assessment: the binding requirements that are still open, and those that a reviewer judges."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from osaid_graph.model import Assessment

_WIDTH = 100


def remaining(assessment: Assessment) -> str:
    """Return in lines of text which binding requirements are not met, and which wait for a reviewer."""
    return "".join(f"{line}\n" for line in _lines(assessment))


def _lines(assessment: Assessment) -> Iterator[str]:
    groups = {"still open": ("not-met", "not-evidenced"), "left for a reviewer": ("needs-judgement",)}
    for heading, outcomes in groups.items():
        found = [r.requirement for r in assessment.results if r.requirement.binding and r.outcome in outcomes]
        asked = [requirement.id for requirement in found if not requirement.includes]
        if asked:
            yield ""
            yield f"{heading} ({len(asked)})"
            yield from textwrap.wrap(
                ", ".join(asked), _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
            )
