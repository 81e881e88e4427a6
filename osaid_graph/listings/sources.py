"""The files of a listing as an engine reads them: what each has for the columns that are wanted, texts as Parquet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from osaid_graph.errors import InputError
from osaid_graph.listings.columns import Column, of_arrow
from osaid_graph.listings.files import ListingFile
from osaid_graph.listings.lines import Aside
from osaid_graph.listings.staging import columns_of, stage
from osaid_graph.listings.table import Held, Source
from osaid_graph.tables import arrow

_NUMBER: Final = "file_row_number"


@dataclass(slots=True)
class FileColumns:
    """A file with what it has: columns of its own, what its path says beside them, rows, and what was put aside.

    Of a text, rows and all that was put aside are known once it was turned into Parquet; ``late`` are columns that its
    first lines do not have.
    """

    file: ListingFile
    columns: dict[str, Column]
    said: dict[str, str | None]
    rows: int = 0
    aside: Aside = field(default_factory=Aside)
    late: tuple[Column, ...] = ()

    def every(self) -> list[Column]:
        """Return all that can be asked for, by whatever it is said."""
        return [*self.columns.values(), *(Column((key,), "text") for key in self.said)]

    def held(self, key: str) -> Held:
        """Return what it has for a column, by its key."""
        if key in self.columns:
            return Held(self.columns[key])
        return Held(None, self.said[key], by_path=True) if key in self.said else Held()


def look_at(file: ListingFile, names: Sequence[str] | None) -> FileColumns:
    """Return a file with its columns.

    Args:
        file: The file.
        names: What the columns of CSV and TSV are called where they have no line of names.

    Raises:
        InputError: It cannot be read, or is damaged.
    """
    rows, aside = 0, Aside()
    if file.form == "parquet":
        columns, rows = _footer(file)
    else:
        columns = columns_of(file, names, aside)
    own = {column.key: column for column in columns}
    if file.form == "parquet" and _NUMBER in own:
        found = f"it has a column {_NUMBER}, which is what DuckDB calls the number of a row"
        raise InputError(found, "write it without that column, or under another name", source=file.name)
    said = {key.casefold(): value for key, value in file.partitions if key.casefold() not in own}
    return FileColumns(file, own, said, rows, aside)


def _footer(file: ListingFile) -> tuple[tuple[Column, ...], int]:
    """Return the columns and the number of rows that a file of Parquet says it has."""
    from pyarrow import parquet

    pa = arrow()
    try:
        with parquet.ParquetFile(file.path) as opened:
            return of_arrow(opened.schema_arrow), int(opened.metadata.num_rows)
    except (pa.ArrowException, OSError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        hint = "fetch it again, and compare its digest"
        raise InputError(f"no whole file of Parquet: {why}", hint, source=file.name) from None


def sources_of(
    files: Sequence[FileColumns],
    wanted: Mapping[str, str],
    names: Sequence[str] | None,
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
) -> list[Source]:
    """Return the files as an engine reads them; texts are turned into Parquet on the way.

    Args:
        files: The files; what is known of texts after that is entered.
        wanted: The keys of columns by what they are called in the table of rows; empty for none.
        names: As of :func:`look_at`.
        folder: Where to write what texts become.
        progress: Told how many bytes of how many have been read.

    Raises:
        InputError: A file cannot be read.
        EngineError: What a text becomes cannot be written.
    """
    whole, done = sum(each.file.bytes for each in files if each.file.form != "parquet"), 0

    def read(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress(min(done, whole), whole)

    found = []
    for number, each in enumerate(files):
        held = {name: each.held(key) for name, key in wanted.items()}
        if each.file.form == "parquet":
            found.append(Source(each.file, str(each.file.path), False, held))
            continue
        target = folder / f"{number:06}.parquet"
        staged = stage(each.file, target, {name: kept.column for name, kept in held.items()}, names, read)
        each.rows, each.aside, each.late = staged.rows, staged.aside, staged.late
        found.append(Source(each.file, str(target), True, held))
    return found
