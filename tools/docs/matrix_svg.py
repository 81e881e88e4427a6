"""The shipped releases by requirement, as one picture: a row for a release, a column for a requirement.

An outcome is told by a glyph and by a colour of Okabe and Ito's palette, so it can be read in grey.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from osaid_graph.model import Requirement
from osaid_graph.writers.svg import (
    INK,
    MUTED,
    PAPER,
    RULE,
    VERMILLION,
    document,
    element,
    escaped,
    fitted,
    number,
    width_of,
    words,
)
from tools.docs.assessed import Assessed, asked, outcomes
from tools.docs.requirements import clause_name

_WIDTH = 880.0
_LEFT, _RIGHT, _MARGIN = 122.0, 42.0, 16.0
_CLAUSE_GAP, _ROW = 16.0, 19.0
_TOP, _LABELS, _FOOT = 84.0, 168.0, 46.0

#: Outcome -> fill, stroke, glyph as a path around 0,0 (drawn in the last colour), name in the legend.
_SIGNS: dict[str, tuple[str, str, str, str, str]] = {
    "met": ("#d9ece6", "#d9ece6", "M-2.8,0.2 L-0.8,2.4 L3,-2.4", "#00694d", "met"),
    "not-met": (VERMILLION, VERMILLION, "M-2.6,-2.6 L2.6,2.6 M2.6,-2.6 L-2.6,2.6", PAPER, "not met"),
    "not-evidenced": (
        "#f6d28a",
        "#e69f00",
        "M-2,-1.4 C-2,-4 2.2,-4 2.2,-1.4 C2.2,0.2 0,0 0,1.4 M0,3.3 L0,3.5",
        "#4a3300",
        "not evidenced",
    ),
    "needs-judgement": (PAPER, "#56b4e9", "M0,-2.6 A2.6,2.6 0 1 1 -0.01,-2.6 Z", "#2b7fb5", "to be judged by a person"),
    "not-applicable": ("#f1f3f5", "#f1f3f5", "M-2.6,0 L2.6,0", "#8a94a0", "not applicable"),
}


@dataclass(frozen=True, slots=True)
class _Column:
    """A requirement and the middle of its column."""

    requirement: Requirement
    x: float


def matrix(releases: Sequence[Assessed]) -> str:
    """Return the picture of the outcomes of the releases by the rules alone."""
    assessment = releases[0].plain
    columns, cell = _columns(asked(assessment))
    height = _TOP + _LABELS + len(releases) * _ROW + _FOOT
    title = f"{len(releases)} AI releases, assessed against the {assessment.definition.title}"
    description = (
        f"By the rules alone, on {assessment.date}, terms policy {assessment.policy}. What only a person can decide is "
        "left open."
    )
    told = "; ".join(f"{release.label}: {release.plain.summary['not-met']} not met" for release in releases)
    parts = [
        *_definitions(cell),
        words(_MARGIN, 30, title, font_size=17, font_weight="bold"),
        *(
            words(_MARGIN, 49 + 14 * at, line, font_size=12, fill=MUTED)
            for at, line in enumerate(fitted(description, 12, 840, 2))
        ),
        *_headings(columns, cell, height - _FOOT),
        *(part for at, release in enumerate(releases) for part in _row(release, at, columns)),
        *_legend(height - 19),
    ]
    return document(
        _WIDTH, height, title, f"{description} A row for a release, a column for a requirement. {told}.", parts
    )


def _columns(requirements: Sequence[Requirement]) -> tuple[list[_Column], float]:
    """Return the columns, with a gap between clauses, and the width of a cell."""
    clauses = list(dict.fromkeys(requirement.clause for requirement in requirements))
    room = _WIDTH - _LEFT - _RIGHT - _CLAUSE_GAP * (len(clauses) - 1)
    cell = room / len(requirements)
    columns = [
        _Column(requirement, _LEFT + (at + 0.5) * cell + clauses.index(requirement.clause) * _CLAUSE_GAP)
        for at, requirement in enumerate(requirements)
    ]
    return columns, cell


def _definitions(cell: float) -> Iterator[str]:
    """Yield each sign once; the cells refer to it."""
    side = min(cell - 1.2, _ROW - 4)
    signs = []
    for outcome, (fill, stroke, glyph, ink, _) in _SIGNS.items():
        box = element(
            "rect", x=-side / 2, y=-_ROW / 2 + 1.5, width=side, height=_ROW - 3, rx=2, fill=fill, stroke=stroke
        )
        line: dict[str, str | float] = {"stroke-linecap": "round", "stroke-linejoin": "round"}
        signs.append(
            element("g", box + element("path", d=glyph, fill="none", stroke=ink, stroke_width=1.5, **line), id=outcome)
        )
    yield element("defs", "".join(signs))


def _headings(columns: Sequence[_Column], cell: float, bottom: float) -> Iterator[str]:
    """Yield the names of the clauses with a rule over their columns, and the ids of the requirements, upright."""
    base = _TOP + _LABELS
    for clause in dict.fromkeys(column.requirement.clause for column in columns):
        own = [column for column in columns if column.requirement.clause == clause]
        left, right = own[0].x - cell / 2, own[-1].x + cell / 2
        yield element("rect", x=left, y=_TOP + 4, width=right - left - 0.5, height=1.5, fill=MUTED)
        lines = fitted(clause_name(clause), 10.8, max(right - left, 72), 2)
        count = len(lines)
        for at, line in enumerate(lines):
            yield words(left, _TOP - 4 - 13 * (count - 1 - at), line, font_size=10.8, font_weight="bold")
    for column in columns:
        place = f"translate({number(column.x + 3.6)} {number(base - 6)}) rotate(-90)"
        weight = "normal" if column.requirement.binding else "300"
        fill = INK if column.requirement.binding else MUTED
        yield words(0, 0, column.requirement.id, font_size=10.2, transform=place, fill=fill, font_weight=weight)
    place = f"translate({number(_WIDTH - _MARGIN)} {number(base - 6)}) rotate(-90)"
    yield words(0, 0, "requirements not met", font_size=10.2, transform=place, fill=MUTED)
    yield element("path", d=f"M{number(_MARGIN)},{number(bottom + 8)} H{number(_WIDTH - _MARGIN)}", stroke=RULE)


def _row(release: Assessed, at: int, columns: Sequence[_Column]) -> Iterator[str]:
    """Yield the name of a release, its outcomes, and how many requirements it does not meet."""
    middle = _TOP + _LABELS + (at + 0.5) * _ROW
    (name,) = fitted(release.name, 12, _LEFT - _MARGIN - 8, 1)
    yield words(_LEFT - 8, middle + 4, name, font_size=12, text_anchor="end")
    found = outcomes(release.plain)
    for column in columns:
        outcome = found.get(column.requirement.id, "")
        if outcome in _SIGNS:
            told = element("title", escaped(f"{release.label}, {column.requirement.id}: {_SIGNS[outcome][4]}"))
            yield element("use", told, href=f"#{outcome}", x=column.x, y=middle)
    count = release.plain.summary["not-met"]
    weight, fill = ("bold", INK) if count else ("normal", MUTED)
    yield words(
        _WIDTH - _MARGIN, middle + 4, str(count), font_size=12, text_anchor="end", font_weight=weight, fill=fill
    )


def _legend(y: float) -> Iterator[str]:
    x = _MARGIN + 6
    for outcome, (_, _, _, _, name) in _SIGNS.items():
        yield element("use", href=f"#{outcome}", x=x, y=y)
        yield words(x + 12, y + 4, name, font_size=12)
        x += 34 + width_of(name, 12)
    yield words(
        _WIDTH - _MARGIN, y + 4, "in grey: examples, which do not bind", font_size=11, text_anchor="end", fill=MUTED
    )
