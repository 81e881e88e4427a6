"""Listings in texts as Parquet: what an engine of columns reads, whichever it is, with the line of every row.

CSV, TSV, JSON lines and plain lists are read here once, by one reader for all engines, so that the same lines are put
aside everywhere. Only the columns that are asked for are kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from osaid_graph.errors import EngineError
from osaid_graph.listings.columns import Column
from osaid_graph.listings.csv_rows import batches, header
from osaid_graph.listings.files import ListingFile
from osaid_graph.listings.json_rows import PLACE, cell, objects, plain
from osaid_graph.listings.json_rows import columns as json_columns
from osaid_graph.listings.lines import Aside, Batch
from osaid_graph.tables import arrow

#: What the columns for the file and the line of a row are called in what is written.
FILE: Final = "file of row"
LINE: Final = "line of row"
#: Rows that are written at a time.
_GROUP: Final = 1 << 17


@dataclass(slots=True)
class Staged:
    """What became of a file: how many rows were written, what was put aside, and columns that came up later on."""

    rows: int = 0
    aside: Aside = field(default_factory=Aside)
    late: tuple[Column, ...] = ()


def columns_of(file: ListingFile, names: Sequence[str] | None, aside: Aside | None = None) -> tuple[Column, ...]:
    """Return the columns of a text file, as its first lines tell them.

    Args:
        file: The file.
        names: What the columns of CSV and TSV are called where the files have no line of names.
        aside: Where to count what is no JSON among these lines; None for nowhere.

    Raises:
        InputError: It cannot be read.
    """
    if file.form == "lines":
        return (Column((PLACE,), "text"),)
    if file.form == "jsonl":
        return json_columns(file, aside)
    return tuple(Column((name,), "text") for name in header(file, names)[0])


def stage(
    file: ListingFile,
    target: Path,
    wanted: Mapping[str, Column | None],
    names: Sequence[str] | None = None,
    read: Callable[[int], None] | None = None,
) -> Staged:
    """Write the columns of a text file that are wanted to a Parquet file.

    Args:
        file: The file.
        target: The Parquet file.
        wanted: What the columns written are called, and which they are; None for one that the file does not have.
        names: As of :func:`columns_of`.
        read: Told how many more bytes have been read.

    Raises:
        InputError: The file cannot be read.
        EngineError: The Parquet file cannot be written.
    """
    staged = Staged()
    try:
        _write(file, target, wanted, names, staged, read)
    except OSError as error:  # of writing: what reading raises is told where it reads
        why = os.strerror(error.errno) if error.errno else str(error)
        hint = "free some space, or choose a folder on another disk with --spill"
        raise EngineError(f"{file.name} cannot be turned into Parquet in {target.parent}: {why}", hint) from None
    return staged


def _write(
    file: ListingFile,
    target: Path,
    wanted: Mapping[str, Column | None],
    names: Sequence[str] | None,
    staged: Staged,
    read: Callable[[int], None] | None,
) -> None:
    """Write the columns that are wanted, and take note of what is read."""
    from pyarrow import parquet

    pa = arrow()
    texts = [pa.field(name, pa.string()) for name in wanted]
    schema = pa.schema([*texts, pa.field(FILE, pa.dictionary(pa.int32(), pa.string())), pa.field(LINE, pa.int64())])
    waiting: list[Any] = []
    with parquet.ParquetWriter(target, schema, compression="lz4", use_dictionary=[FILE]) as writer:
        for numbers, columns in _batches(file, wanted, names, staged, read):
            arrays = [_array(column, len(numbers)) for column in columns]
            place = pa.DictionaryArray.from_arrays(pa.nulls(len(numbers), pa.int32()).fill_null(0), [file.name])
            waiting.append(pa.record_batch([*arrays, place, pa.array(numbers, pa.int64())], schema=schema))
            staged.rows += len(numbers)
            if sum(batch.num_rows for batch in waiting) >= _GROUP:
                writer.write_table(pa.Table.from_batches(waiting), row_group_size=_GROUP)
                waiting.clear()
        writer.write_table(pa.Table.from_batches(waiting, schema))


def _array(column: Any, length: int) -> Any:
    """Return a column as Arrow's."""
    pa = arrow()
    if column is None:
        return pa.nulls(length, pa.string())
    return column if isinstance(column, pa.Array) else pa.array(column, pa.string())


def _batches(
    file: ListingFile,
    wanted: Mapping[str, Column | None],
    names: Sequence[str] | None,
    staged: Staged,
    read: Callable[[int], None] | None,
) -> Iterator[Batch]:
    """Yield the cells that are wanted, some rows at a time."""
    if file.form == "jsonl":
        yield from _of_objects(file, wanted, staged, read)
    elif file.form == "lines":
        for numbers, (texts,) in plain(file, staged.aside, read):
            yield numbers, [None if column is None else texts for column in wanted.values()]
    else:
        called = [None if column is None else column.path[0] for column in wanted.values()]
        yield from batches(file, called, names, staged.aside, read)


def _of_objects(
    file: ListingFile,
    wanted: Mapping[str, Column | None],
    staged: Staged,
    read: Callable[[int], None] | None,
) -> Iterator[Batch]:
    paths = [column.path if column else () for column in wanted.values()]
    known = {column.path[0] for column in json_columns(file)}
    seen: set[str] = set()
    for some in objects(file, staged.aside, read):
        if some:
            numbers, values = zip(*some, strict=True)
            seen.update(*values)
            yield numbers, [_cells(values, path) if path else None for path in paths]
    staged.late = tuple(Column((name,), "other") for name in sorted(seen - known))


def _cells(values: Sequence[dict[str, Any]], path: tuple[str, ...]) -> Any:
    """Return the cells of a column. Where all are texts, or all whole numbers, none needs a look by itself."""
    pa = arrow()
    if len(path) == 1:
        found = [value.get(path[0]) for value in values]
        kinds = set(map(type, found)) - {type(None)}
        try:
            if kinds <= {str}:
                return pa.array(found, pa.string())
            if kinds == {int}:
                return pa.array(found, pa.int64()).cast(pa.string())
        except (pa.ArrowInvalid, OverflowError, UnicodeEncodeError):  # a number too large, half of a character
            pass
    return [cell(value, path) for value in values]
