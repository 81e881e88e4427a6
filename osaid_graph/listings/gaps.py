"""The kinds of gaps that rows of a listing have, and the first rows of each."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from osaid_graph.engines import BETWEEN, Engine
from osaid_graph.listings import kinds
from osaid_graph.listings.lines import Aside
from osaid_graph.listings.measure import EXAMPLES, WORDS, Measurement, Totals
from osaid_graph.listings.profile import Example, Gap, Licences
from osaid_graph.listings.table import LISTING, PATHS, Source

#: Characters of a cell that are shown.
_SHOWN: Final = 120


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of gap: what it is called, how many rows have it, which these are, and the column that shows it."""

    name: str
    count: int
    condition: str
    column: str


def gaps(
    measured: Measurement,
    totals: Totals,
    licences: Licences,
    roles: Container[str],
    sources: Sequence[Source],
    asides: Sequence[Aside],
) -> list[Gap]:
    """Return the kinds of gaps that there are.

    Args:
        measured: What the counts are from.
        totals: The sums over all rows.
        licences: The licences of all rows.
        roles: The roles that have a column: what no row can say is no gap of rows.
        sources: The files, in their order.
        asides: What was put aside of each.
    """
    found = [
        Gap(kind.name, kind.count, _first(measured.engine, kind, sources))
        for kind in _kinds(measured, totals, licences)
        if kind.count and kind.column in roles
    ]
    aside = sum(each.count for each in asides)
    if aside:
        first = [
            Example(source.file.name, None, line, why)
            for source, each in zip(sources, asides, strict=True)
            for line, why in each.first
        ]
        found.append(Gap("no row: put aside", aside, tuple(first[:EXAMPLES])))
    return found


def _kinds(measured: Measurement, totals: Totals, licences: Licences) -> list[_Kind]:
    places, without = totals.places, f"{WORDS} WHERE kind"
    named = [
        ("no place: a word that says nothing", places.placeholder, "placeholder"),
        ("no place: it is no address", places.malformed, "malformed"),
        ("no place: on somebody's own machine", places.own, "own"),
        ("no place: a path, relative to nothing that is known", places.baseless, "path"),
    ]
    date = f"{kinds.says_something('date')} AND {kinds.day('date')} IS NULL AND {kinds.seconds('date')} IS NULL"
    size = f"{kinds.says_something('bytes')} AND {kinds.size('bytes')} IS NULL"
    nothing = f"(license IS NULL OR license IN (SELECT words FROM {without} = 'none'))"
    other = f"license IS NOT NULL AND license NOT IN (SELECT words FROM {WORDS})"
    return [
        _Kind("no place: nothing stands there", places.empty, "location IS NULL", "location"),
        *(_Kind(name, count, f"{measured.place} = '{place}'", "location") for name, count, place in named),
        _Kind("no terms: nothing is stated", licences.none, nothing, "license"),
        _Kind("no terms: no licence is granted", licences.refused, _in("refused"), "license"),
        _Kind("no terms: words that name no licence exactly", licences.unknown, other, "license"),
        _Kind("no digest: it is none", totals.digests.malformed, f"{measured.digest} = 'malformed'", "digest"),
        _Kind("no date: it is none", totals.dates.malformed, date, "date"),
        _Kind("no size: it is no whole number", totals.sizes.malformed, size, "bytes"),
    ]


def _in(kind: str) -> str:
    return f"license IN (SELECT words FROM {WORDS} WHERE kind = '{kind}')"


def _first(engine: Engine, kind: _Kind, sources: Sequence[Source]) -> tuple[Example, ...]:
    of_path = {source.path: source for source in sources}
    rows = engine.rows(
        f'SELECT l.file, l."row", l.{kind.column} FROM {LISTING} AS l JOIN {PATHS} AS o ON o.path = l.file '
        f'WHERE {kind.condition} ORDER BY o.number, l."row" LIMIT {EXAMPLES}'
    )
    return tuple(_example(of_path[path], int(row), value) for path, row, value in rows)


def _example(source: Source, row: int, value: str | None) -> Example:
    shown = None if value is None else value.replace(BETWEEN, ", ")
    if shown is not None and len(shown) > _SHOWN:
        shown = shown[: _SHOWN - 3] + "..."
    if source.staged:
        return Example(source.file.name, None, row, shown)
    return Example(source.file.name, row, None, shown)
