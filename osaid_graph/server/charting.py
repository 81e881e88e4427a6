"""An answer as a chart: a bar for each of its first rows, where it has a column of names and one of numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from osaid_graph.server.asking import Cell, Table
from osaid_graph.writers.charts import Area, Bar, bars, heading
from osaid_graph.writers.svg import document

#: Rows that are drawn, and the parts of one that bars tell apart.
_ROWS: Final = 25
_FINE: Final = 1_000
_NUMBER: Final = re.compile(r"\d{1,15}(\.\d+)?")
_WIDTH, _MARGIN, _NAMES = 860.0, 24.0, 340.0


def charted(table: Table) -> str:
    """Return a table as an SVG picture, empty where it has nothing that a chart shows.

    The first column whose values all are numbers, and not all the same, is drawn; the names are those of the column
    that tells most rows apart, and of those beside it that tell the rest.
    """
    rows = table.rows[:_ROWS]
    if len(rows) < 2:
        return ""
    numeric = [at for at in range(len(table.columns)) if _are_numbers([row[at] for row in rows])]
    names = [at for at in range(len(table.columns)) if at not in numeric]
    if not numeric or not names:
        return ""
    drawn, named = numeric[0], _telling(rows, names)
    title = f"{table.columns[drawn]} by {', '.join(table.columns[at] for at in named)}"
    lines = [] if table.number <= _ROWS else [f"The first {_ROWS} of {table.number:,} rows"]
    parts, area = heading(Area(_MARGIN, 10.0, _WIDTH - 2 * _MARGIN), title, lines)
    found = [Bar(_name(row, named), round(float(row[drawn].text) * _FINE), row[drawn].text) for row in rows]
    more, area = bars(area, found, _NAMES)
    said = ", ".join(f"{bar.name} {bar.text}" for bar in found)
    return document(_WIDTH, area.y + 16, title, said, [*parts, *more])


def _telling(rows: Sequence[tuple[Cell, ...]], names: Sequence[int]) -> list[int]:
    """Return the columns that tell most rows apart, as few as are needed."""
    chosen: list[int] = []
    known = 1
    while left := [at for at in names if at not in chosen]:
        counts = {at: len({_name(row, [*chosen, at]) for row in rows}) for at in left}
        best = max(left, key=counts.__getitem__)
        if counts[best] <= known and chosen:
            break
        known = counts[best]
        chosen.append(best)
    return chosen


def _name(row: tuple[Cell, ...], columns: Sequence[int]) -> str:
    return ", ".join(row[at].text for at in columns)


def _are_numbers(cells: list[Cell]) -> bool:
    values = {cell.text for cell in cells}
    return len(values) > 1 and all(not cell.iri and _NUMBER.fullmatch(cell.text) for cell in cells)
