"""Charts as parts of an SVG picture: bars beside names, columns over a logarithmic axis, bars of several parts.

Numbers stand beside what is drawn, and pointing at it shows its name in full; colour is never the only mark.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from osaid_graph.writers.svg import BLUE, INK, MUTED, RULE, element, escaped, fitted, words

_SIZE, _ROW, _BAR = 12.0, 19.0, 12.0
_STACKED, _STACK = 17.0, 11.0
_FEWEST: Final = 1.5


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its name: what is written before it as a mark, what after it, and its colour."""

    name: str
    value: int
    text: str
    colour: str = BLUE
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of part that bars are stacked of: its words, its fill and the sign beside the words."""

    words: str
    fill: str


@dataclass(frozen=True, slots=True)
class Area:
    """Where a chart stands: its upper left corner and its width."""

    x: float
    y: float
    width: float

    def below(self, height: float) -> Area:
        """Return the area that begins so much further down."""
        return Area(self.x, self.y + height, self.width)


def heading(area: Area, title: str, lines: Sequence[str] = ()) -> tuple[list[str], Area]:
    """Return the title of a panel, if it has one, with lines below it, and the area that is left."""
    drawn, at = [], area
    if title:
        drawn.append(words(area.x, area.y + 16, title, font_size=16, font_weight="bold"))
        at = area.below(22)
    for line in lines:
        for part in fitted(line, _SIZE, area.width, 2):
            at = at.below(16)
            drawn.append(words(at.x, at.y - 4, part, font_size=_SIZE, fill=MUTED))
    return drawn, at.below(6)


def bars(area: Area, rows: Sequence[Bar], names: float = 190.0, numbers: float = 118.0) -> tuple[list[str], Area]:
    """Return bars below each other, and the area below them.

    Args:
        area: Where they stand.
        rows: The bars; the greatest takes all the room there is.
        names: The room for their names.
        numbers: The room for what is written behind them.
    """
    room = area.width - names - numbers - 16
    most = max((row.value for row in rows), default=0)
    drawn = []
    for at, row in enumerate(rows):
        middle = area.y + at * _ROW + _ROW / 2
        long = max(_FEWEST, room * row.value / most) if row.value else 0.0
        left, base = area.x + names + 14, middle + _SIZE * 0.35
        parts = [
            element("title", escaped(f"{row.name}: {row.text}")),
            words(area.x + names, base, _one_line(row.name, names), font_size=_SIZE, text_anchor="end"),
            element("rect", x=left, y=middle - _BAR / 2, width=long, height=_BAR, fill=row.colour),
            words(left + long + 6, base, row.text, font_size=_SIZE, fill=MUTED),
        ]
        if row.mark:
            parts.append(words(area.x + names + 7, base, row.mark, font_size=_SIZE, text_anchor="middle"))
        drawn.append(element("g", "".join(parts)))
    return drawn, area.below(len(rows) * _ROW)


def columns(area: Area, rows: Sequence[Bar], height: float, below: str) -> tuple[list[str], Area]:
    """Return columns beside each other, their heights logarithmic from 1 on, and the area below them.

    Args:
        area: Where they stand.
        rows: The columns; their texts are shown where there is room.
        height: How high the highest power of ten is.
        below: What the names of the columns are.
    """
    most = max((row.value for row in rows), default=1)
    powers = max(1, math.ceil(math.log10(max(most, 2))))
    left, right, base = area.x + 66, area.x + area.width, area.y + height + 14
    scale = height / (powers + _FLOOR)
    drawn = []
    for power in range(powers + 1):
        y = base - (power + _FLOOR) * scale
        drawn.append(element("line", x1=left, y1=y, x2=right, y2=y, stroke=RULE))
        drawn.append(words(left - 8, y + 4, f"{10**power:,}", font_size=11, text_anchor="end", fill=MUTED))
    step = (right - left) / max(1, len(rows))
    every = max(1, math.ceil(24 / step))
    for at, row in enumerate(rows):
        middle = left + step * (at + 0.5)
        high = (math.log10(row.value) + _FLOOR) * scale if row.value else 0.0
        wide = min(step * 0.8, 46.0)
        parts = [
            element("title", escaped(f"{row.name}: {row.text}")),
            element("rect", x=middle - wide / 2, y=base - high, width=wide, height=high, fill=row.colour),
        ]
        if len(row.text) * 6.5 <= step:
            parts.append(words(middle, base - high - 4, row.text, font_size=11, text_anchor="middle"))
        if at % every == 0:
            parts.append(words(middle, base + 15, row.name, font_size=11, text_anchor="middle", fill=MUTED))
        drawn.append(element("g", "".join(parts)))
    drawn.append(element("line", x1=left, y1=base, x2=right, y2=base, stroke=INK))
    drawn.append(words((left + right) / 2, base + 32, below, font_size=_SIZE, text_anchor="middle", fill=MUTED))
    return drawn, area.below(height + 14 + 40)


#: How high a column of 1 is, as a part of a power of ten, so that it is seen.
_FLOOR: Final = 0.25


def stacks(
    area: Area, rows: Sequence[tuple[str, Sequence[int], str]], parts: Sequence[Part], names: float = 196.0
) -> tuple[list[str], Area]:
    """Return bars of equal length, each divided by its counts, with a legend above, and the area below them.

    Args:
        area: Where they stand.
        rows: The name of each, its counts in the order of ``parts``, and what is written behind it.
        parts: What the counts are.
        names: The room for the names.
    """
    drawn, x = [], area.x
    for part in parts:
        drawn.append(
            element("rect", x=x, y=area.y, width=22, height=_BAR, fill=part.fill, stroke=INK, stroke_width=0.5)
        )
        drawn.append(words(x + 28, area.y + 10, part.words, font_size=_SIZE))
        x += 28 + 6.6 * len(part.words) + 16
    at = area.below(24)
    for name, counts, text in rows:
        drawn.append(_stack(at, (name, counts, text), parts, names))
        at = at.below(_STACKED)
    return drawn, at


def _stack(area: Area, row: tuple[str, Sequence[int], str], parts: Sequence[Part], names: float) -> str:
    name, counts, text = row
    whole, left, room = sum(counts), area.x + names + 8, area.width - names - 8 - 52
    middle = area.y + _STACKED / 2
    told = ", ".join(f"{part.words} {count:,}" for part, count in zip(parts, counts, strict=True) if count)
    drawn = [
        element("title", escaped(f"{name}: {told}")),
        words(area.x + names, middle + 4, _one_line(name, names), font_size=11, text_anchor="end"),
    ]
    for part, count in zip(parts, counts, strict=True):
        if count:
            long = room * count / whole
            drawn.append(element("rect", x=left, y=middle - _STACK / 2, width=long, height=_STACK, fill=part.fill))
            left += long
    drawn.append(words(area.x + area.width, middle + 4, text, font_size=11, text_anchor="end", fill=MUTED))
    return element("g", "".join(drawn))


def pattern(name: str, ground: str, marks: str) -> str:
    """Return a fill of its own, ``url(#name)``: a ground with marks on it, which tell it apart without its colour."""
    return element(
        "pattern",
        element("rect", width=8, height=8, fill=ground) + marks,
        id=name,
        patternUnits="userSpaceOnUse",
        width=8,
        height=8,
    )


def _one_line(text: str, room: float) -> str:
    return next(iter(fitted(text, _SIZE, room, 1)), "")
