"""An answer as a table for people: aligned, IRIs shortened, and cut to the width of a terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from osaid_graph.query.terms import XSD
from osaid_graph.query.words import words

if TYPE_CHECKING:
    from osaid_graph.query.run import Answer

_GAP: Final = "  "
#: No column is cut below this.
_NARROW: Final = 8
_NUMBERS: Final = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "float"))


def table(answer: Answer, width: int | None = None) -> str:
    """Return an answer as a table that ends with a newline; the answer to ASK is ``yes`` or ``no``."""
    if answer.form == "ask":
        return "yes\n" if answer.truth else "no\n"
    if not answer.rows:
        return f"no rows ({', '.join(answer.columns)})\n"
    cells = [answer.columns, *(tuple(words(term) for term in row) for row in answer.rows)]
    widths = [max(_width(row[number]) for row in cells) for number in range(len(answer.columns))]
    if width is not None:
        widths = _narrowed(widths, width)
    right = [_is_number(answer, number) for number in range(len(answer.columns))]
    lines = [_line(row, widths, right) for row in cells]
    lines.insert(1, _GAP.join("-" * each for each in widths))
    return "".join(f"{line}\n" for line in lines)


def _is_number(answer: Answer, column: int) -> bool:
    terms = [row[column] for row in answer.rows if row[column] is not None]
    return bool(terms) and all(isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS for term in terms)


def _narrowed(widths: list[int], width: int) -> list[int]:
    """Return widths that fit into ``width`` together, taken from the widest columns."""
    fitting = list(widths)
    room = width - len(_GAP) * (len(widths) - 1)
    while sum(fitting) > room and max(fitting) > _NARROW:
        fitting[fitting.index(max(fitting))] -= 1
    return fitting


def _line(row: tuple[str, ...], widths: list[int], right: list[bool]) -> str:
    shown = []
    for cell, width, to_the_right in zip(row, widths, right, strict=True):
        text = _cut(cell, width)
        blank = " " * (width - _width(text))
        shown.append(blank + text if to_the_right else text + blank)
    return _GAP.join(shown).rstrip()


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while _width(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def _width(text: str) -> int:
    """Return the columns of a terminal that a text takes (Unicode Standard Annex 11); marks take none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
