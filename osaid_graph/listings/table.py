"""The rows of a listing as one table of an engine, whatever its files are and however their columns differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from osaid_graph.engines import BETWEEN, Cell, Engine
from osaid_graph.listings.columns import Column
from osaid_graph.listings.files import ListingFile
from osaid_graph.listings.kinds import text
from osaid_graph.listings.staging import LINE

#: The table of rows: ``file`` (the path that the engine reads), ``row`` (of a text its line), and the columns that are
#: wanted: texts without spaces around them, NULL where nothing stands.
LISTING: Final = "listing"
#: The table of files: ``path``, ``number`` in the order they were given, and what their paths say of wanted columns.
PATHS: Final = "listing_paths"


@dataclass(frozen=True, slots=True)
class Held:
    """What a file has for a column that is wanted: a column of its own, else what its path says; nothing if neither."""

    column: Column | None = None
    said: str | None = None
    by_path: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file as the engine reads it: a listing in Parquet, or what a text became (``staged``), and what it has."""

    file: ListingFile
    path: str
    staged: bool
    held: Mapping[str, Held]


def make_table(engine: Engine, sources: Sequence[Source], wanted: Sequence[str]) -> None:
    """Make the tables :data:`LISTING` and :data:`PATHS` of some files.

    Args:
        engine: The engine.
        sources: The files; one at least.
        wanted: The names of the columns that are wanted.

    Raises:
        InputError: A file is damaged.
    """
    said = {f"said_{name}": "VARCHAR" for name in wanted}
    rows = [
        (source.path, number, *(source.held[name].said for name in wanted)) for number, source in enumerate(sources)
    ]
    engine.values(PATHS, {"path": "VARCHAR", "number": "INTEGER", **said}, rows)  # type: ignore[dict-item]
    groups: dict[tuple[bool, tuple[tuple[Column | None, bool], ...]], list[str]] = {}
    for source in sources:
        held = [source.held[name] for name in wanted]
        alike = (source.staged, tuple((each.column, each.by_path) for each in held))
        groups.setdefault(alike, []).append(source.path)
    selects = []
    for number, ((staged, columns), paths) in enumerate(groups.items()):
        cells = {
            name: None if column is None else Cell((name,)) if staged else _cell(column)
            for name, (column, _) in zip(wanted, columns, strict=True)
        }
        view = f"listing_files_{number}"
        lines = {"line": Cell((LINE,))} if staged else {}
        engine.texts(view, paths, cells | lines, "file", "row")
        row = "CAST(r.line AS BIGINT)" if staged else 'r."row"'
        values = ", ".join(_value(name, *kind) for name, kind in zip(wanted, columns, strict=True))
        joined = f" JOIN {PATHS} AS p ON p.path = r.file" if any(by_path for _, by_path in columns) else ""
        selects.append(f'SELECT r.file AS file, {row} AS "row", {values} FROM {view} AS r{joined}')
    engine.view(LISTING, " UNION ALL ".join(selects))


def _cell(column: Column) -> Cell:
    match column.values:
        case "list" | "bytes" | "day":
            return Cell(column.path, column.values)
    return Cell(column.path)


def _value(name: str, column: Column | None, by_path: bool) -> str:
    value = f"p.said_{name}" if by_path else f"r.{name}"
    if column is not None and column.values == "list" and name == "location":
        value = f"split_part({value}, {text(BETWEEN)}, 1)"
    return f"nullif(trim({value}), '') AS {name}"
