"""A profile of a listing: text, JSON (``data/schema/listing.schema.json``), and its datasets as CSV or Parquet."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from osaid_graph.errors import NothingToAssessError, printable
from osaid_graph.escapes import escaped_json
from osaid_graph.listings.profile import (
    SCHEMA_VERSION,
    Counted,
    Gap,
    Mix,
    Part,
    Profile,
    Repeated,
    percentage,
)
from osaid_graph.reports import RenderOptions
from osaid_graph.reports.terminal import bold, wrapped
from osaid_graph.tables import arrow, parquet, text_cell

#: Values of a kind that the text names, unless ``verbose``.
_NAMED: Final = 5
_DATASETS: Final = 10
_FIELDS: Final = tuple(field.name for field in dataclasses.fields(Part))


def render(profile: Profile, format_name: str, options: RenderOptions | None = None) -> str | bytes:
    """Return a profile as ``text``, ``json``, ``csv`` or ``parquet``; the last two have a row for each dataset.

    Raises:
        KeyError: There is no such format.
        NothingToAssessError: No column tells rows of different datasets apart, which is what tables show.
    """
    formats: dict[str, Callable[[Profile, RenderOptions], str | bytes]]
    formats = {"text": _text, "json": _json, "csv": _csv, "parquet": _parquet}
    return formats[format_name](profile, options or RenderOptions())


# -- text ----------------------------------------------------------------------------------------------------------


def _text(profile: Profile, options: RenderOptions) -> str:
    return "\n".join(_lines(profile, options)) + "\n"


def _lines(profile: Profile, options: RenderOptions) -> Iterator[str]:
    files, size = len(profile.inputs), sum(each.bytes for each in profile.inputs)
    aside = f", {_counted(profile.set_aside, 'line')} put aside" if profile.set_aside else ""
    named = printable(profile.inputs[0].name) if files == 1 else f"{files:,} files"
    yield bold(f"{named}: {_counted(profile.rows, 'row')}{aside}", options)
    if not options.quiet:
        yield f"  {size:,} bytes, sha256 {profile.sha256 or 'not computed'}"
        yield ""
        yield from _columns(profile)
        yield ""
        yield from _counts(profile, options)
        yield from _datasets(profile, options)
        yield from _gaps(profile.gaps, options)
        for note in profile.notes:
            yield from wrapped("note: ", note, 0)
    without, unknown = profile.places.without_place, ""
    if profile.set_aside:
        unknown = f"{_counted(profile.set_aside, 'line')} put aside: what is listed there is not known"
    verdict = unknown or "every row says where to obtain what it lists"
    if without:
        do, lists = ("do", "they list") if without != 1 else ("does", "it lists")
        verdict = f"{_counted(without, 'row')} {do} not say where to obtain what {lists}"
        verdict += f"; {unknown}" if unknown else ""
    yield bold(verdict, options)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' if count != 1 else ''}"


def _columns(profile: Profile) -> Iterator[str]:
    yield "columns"
    for column in profile.columns:
        why = f"as in {column.convention}" if column.convention else "as given"
        base = f"; paths are relative to {column.base}" if column.base else ""
        yield printable(f"  {column.role:<9} {column.column}  ({why}{base})")
    if profile.unused:
        yield from wrapped(f"not used ({len(profile.unused)}): ", ", ".join(profile.unused), 2)


def _counts(profile: Profile, options: RenderOptions) -> Iterator[str]:
    places, licences, rows = profile.places, profile.licences, profile.rows
    yield _share("where to obtain", places.with_place, rows, _mixed(profile.hosts, "host", options))
    roles = {column.role for column in profile.columns}
    if "license" in roles:
        yield _share("terms known", licences.known, rows, _mixed(licences.spdx, "", options))
        if licences.unknown:
            yield _share("  other words", licences.unknown, rows, _mixed(licences.words, "", options))
    if "source" in roles:
        yield _share("source named", profile.sources, rows, "")
    if "digest" in roles:
        kinds = profile.digests.kinds
        yield _share("digest", sum(each.rows for each in kinds), rows, _listed(kinds, ""))
    if "date" in roles:
        dates = profile.dates
        yield _share("date", dates.stated, rows, f"{dates.first} to {dates.last}" if dates.first else "")
    if "bytes" in roles:
        yield _share("size", profile.sizes.stated, rows, f"{profile.sizes.total:,} bytes in all")
    yield from _repeated("place", profile.repeated_places)
    if "digest" in roles:
        yield from _repeated("digest", profile.repeated_digests)


def _share(what: str, count: int, rows: int, more: str) -> str:
    return printable(f"{what:<16}{count:>15,}  {percentage(count, rows):>6}  {more}").rstrip()


def _mixed(mix: Mix, what: str, options: RenderOptions) -> str:
    named = mix.top if options.verbose else mix.top[:_NAMED]
    left = mix.distinct - len(named)
    lead = f"{_counted(mix.distinct, what)}: " if what and mix.distinct else ""
    return lead + _listed(named, f"{left:,} more" if left else "")


def _listed(values: Sequence[Counted], more: str) -> str:
    return ", ".join([*(f"{each.value} {each.rows:,}" for each in values), *([more] if more else [])])


def _repeated(what: str, repeated: Repeated) -> Iterator[str]:
    if repeated.approximate:
        yield f"repeated {what}: about {repeated.rows:,} rows repeat the {what} of another (an approximation)"
    elif repeated.groups:
        count = f"{_counted(repeated.groups, what)} in {repeated.rows:,} rows; most often "
        yield printable(f"repeated {what}: {count}{_listed(repeated.top, '')}")


def _datasets(profile: Profile, options: RenderOptions) -> Iterator[str]:
    parts = profile.parts
    if parts is None:
        return
    yield ""
    head = f"{'rows':>14}{'placed':>9}{'terms':>8}{'again':>11}{'shared':>11}"
    yield bold(f"{printable('by ' + parts.column):<34}{head}", options)
    shown = parts.top if options.verbose else parts.top[:_DATASETS]
    for part in shown:
        yield _dataset(part, part.dataset or "(none named)")
    hidden = parts.top[len(shown) :]
    if hidden or parts.rest:
        rows = sum(part.rows for part in hidden) + (parts.rest.rows if parts.rest else 0)
        yield f"{'all others':<34}{rows:>14,}"


def _dataset(part: Part, name: str) -> str:
    name = printable(name)
    shown = name if len(name) <= 33 else name[:30] + "..."
    placed, terms = (percentage(count, part.rows) for count in (part.with_place, part.known_license))
    again, shared = ("" if count is None else f"{count:,}" for count in (part.repeated, part.shared))
    return f"{shown:<34}{part.rows:>14,}{placed:>9}{terms:>8}{again:>11}{shared:>11}"


def _gaps(gaps: Sequence[Gap], options: RenderOptions) -> Iterator[str]:
    if gaps:
        yield ""
        yield bold("gaps", options)
    for gap in gaps:
        yield f"  {gap.kind}: {gap.count:,}"
        for example in gap.first:
            place = f":{example.line}" if example.line is not None else f" row {example.row}"
            shown = f": {example.shows}" if example.shows else ""
            yield printable(f"    --> {example.file}{place}{shown}")


# -- JSON and tables -----------------------------------------------------------------------------------------------


def _json(profile: Profile, options: RenderOptions) -> str:
    document = {"schema_version": SCHEMA_VERSION, **dataclasses.asdict(profile)}
    return escaped_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _csv(profile: Profile, options: RenderOptions) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_FIELDS)
    for row in _rows(profile):
        writer.writerow(["" if value is None else text_cell(str(value)) for value in row])
    return out.getvalue()


def _parquet(profile: Profile, options: RenderOptions) -> bytes:
    pa = arrow()
    texts = ("dataset", "first", "last")
    schema = pa.schema([(name, pa.string() if name in texts else pa.int64()) for name in _FIELDS])
    columns = zip(*_rows(profile), strict=True)
    return parquet(pa.table(dict(zip(_FIELDS, columns, strict=True)), schema))


def _rows(profile: Profile) -> list[tuple[object, ...]]:
    """Return a row for each dataset that is named; what is not is in the last, which has no name of its own."""
    if profile.parts is None:
        hint = "name the column that tells them apart with --by, or ask for text or JSON"
        raise NothingToAssessError("no column says which dataset a row is of, so there is no table of them", hint)
    rest = [dataclasses.replace(profile.parts.rest, dataset="(all others)")] if profile.parts.rest else []
    return [dataclasses.astuple(part) for part in (*profile.parts.top, *rest)]
