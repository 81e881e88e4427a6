"""The outcome as a badge: two words side by side, for a page that names the release.

It tells what this program found and how much of it, and claims nothing that only others could grant.
"""

from __future__ import annotations

from typing import Final

from osaid_graph.model import Assessment, Verdict
from osaid_graph.reports import RenderOptions, words
from osaid_graph.writers.svg import FONT, element, escaped, fitted, number, width_of
from osaid_graph.writers.svg import words as line

#: Colour and glyph of an outcome: dark enough for white text, and told by the words as well.
_LOOKS: Final[dict[Verdict, tuple[str, str]]] = {
    "met": ("#0b6e4f", "✓"),
    "undetermined": ("#6b5300", "?"),
    "not-met": ("#a33b00", "✕"),
}
_LEFT, _WHITE = "#3b4754", "#ffffff"
_HEIGHT, _SIZE, _PAD, _BASE = 20, 11.0, 7.0, 14.0
#: The room for the name of a profile.
_ROOM = 220.0


def render(assessment: Assessment, options: RenderOptions) -> str:
    """Return the badge as SVG."""
    colour, glyph = _LOOKS[assessment.outcome]
    subject, version = _subject(assessment), f"{glyph} {_outcome(assessment)}"
    left, right = (width_of(text, _SIZE) + 2 * _PAD for text in (subject, version))
    width = left + right
    title = f"{subject}: {_outcome(assessment)}"
    told = (
        f"{words.plain(assessment.subject_label)}, assessed against {words.against(assessment)}: "
        f"{words.verdict(assessment)}, {words.counts(assessment)}"
    )
    size = f'width="{number(width)}" height="{_HEIGHT}" viewBox="0 0 {number(width)} {_HEIGHT}"'
    text: dict[str, str | float] = {"text_anchor": "middle", "font_size": _SIZE, "fill": _WHITE}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" '
        f'font-family="Verdana, {FONT}">',
        f'<title id="title">{escaped(title)}</title>',
        f'<desc id="desc">{escaped(told)}</desc>',
        element("rect", width=width, height=_HEIGHT, rx=3, fill=_LEFT),
        element(
            "path",
            d=f"M{number(left)},0 h{number(right - 3)} a3,3 0 0 1 3,3 v14 a3,3 0 0 1 -3,3 h-{number(right - 3)} z",
            fill=colour,
        ),
        line(left / 2, _BASE, subject, **text),
        line(left + right / 2, _BASE, version, **text),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _subject(assessment: Assessment) -> str:
    """Return what was assessed against, with the common short name of the definition."""
    title = words.plain(assessment.definition.title).replace("Open Source AI Definition", "OSAID")
    return next(iter(fitted(title, _SIZE, _ROOM, 1)), "OSAID")


def _outcome(assessment: Assessment) -> str:
    """Return the outcome with the requirements met, of those that bind and apply."""
    summary = assessment.summary
    applying = sum(summary.values()) - summary["not-applicable"]
    return f"{words.verdict(assessment)} ({summary['met']}/{applying})"
