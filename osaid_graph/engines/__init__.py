"""Engines that run SQL over tables of columns: DuckDB on one machine, Apache Spark on several.

All SQL is written for DuckDB; an engine of another dialect translates it. Whatever is said to an engine is said through
:class:`Engine`, so that one plan runs on each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from osaid_graph.engines.places import Url

#: The types that columns of tables from Python may have.
Type = Literal["BIGINT", "INTEGER", "DOUBLE", "VARCHAR", "BOOLEAN"]
#: What stands between the items of a list that is given as one text: the unit separator of ASCII.
BETWEEN: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of Parquet files as text: the names that lead to it, and what its values are.

    ``form`` is ``text`` for what a cast to text shows, ``day`` for days and moments (``YYYY-MM-DD...``, in UTC),
    ``list`` for lists of texts, joined by :data:`BETWEEN` without their NULLs, and ``bytes`` for bytes as lower-case
    hexadecimal digits.
    """

    path: tuple[str, ...]
    form: Literal["text", "day", "list", "bytes"] = "text"


class Engine(Protocol):
    """Runs plans of SQL. Names of tables are plain identifiers, and belong to the engine until it is closed.

    Every method raises :class:`~osaid_graph.errors.EngineError` where memory or disk do not suffice.
    """

    def files(self, name: str, paths: Sequence[str], columns: Mapping[str, Type]) -> None:
        """Make Parquet files, or folders of them, a table, which is read when it is asked; without any it is empty.

        Raises:
            InputError: A file is not there, is damaged or has not these columns; or, of later files, when it is asked.
        """

    def texts(self, name: str, paths: Sequence[str], columns: Mapping[str, Cell | None], file: str, row: str) -> None:
        """Make Parquet files a table of texts, which is read when it is asked.

        Args:
            name: The name of the table.
            paths: The files; one at least. What is asked for has the same types in all of them.
            columns: What the columns of the table are; None for one that the files do not have, which is NULL.
            file: The column for the path of the file that a row is from, as it is given.
            row: The column for the number of a row in its file, from 1.
        """

    def values(self, name: str, columns: Mapping[str, Type], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of rows from Python."""

    def view(self, name: str, select: str) -> None:
        """Give a query a name; it is run wherever that is used."""

    def table(self, name: str, select: str) -> int:
        """Run a query, keep what it gives as a table, and return the number of its rows; a table of that name goes."""

    def drop(self, *names: str) -> None:
        """Forget tables or views that are needed no more; names that are not there are no error."""

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """Run a query and return what it gives, which must be small."""

    def write(self, select: str, path: Path | Url) -> int:
        """Run a query, write what it gives to Parquet, and return the number of its rows.

        That is a file, or, of an engine of several processes, a folder of files, whose names are in the order of rows.
        """

    def write_sorted(self, select: str, order: str, path: Path | Url, pieces: Sequence[str] = ()) -> int:
        """Write what a query gives to Parquet in an order, and return the number of its rows.

        Args:
            select: The query.
            order: The columns that rows are sorted by.
            path: As of :meth:`write`.
            pieces: Conditions that divide the rows, in that order. An engine of one process sorts a piece at a time,
                which needs as much less memory, and makes a folder of a file for each.
        """

    def close(self) -> None:
        """Let go of memory, temporary files and connections."""
