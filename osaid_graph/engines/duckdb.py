"""Runs plans on DuckDB, in this process."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from osaid_graph.engines import BETWEEN, Cell, Type
from osaid_graph.engines.faults import told_of_duckdb
from osaid_graph.engines.places import Url, check_columns
from osaid_graph.errors import EngineError, InputError, UsageError

#: A name that no column of a file is likely to have.
_FILE: Final = "the file of a row"
#: What stands for itself within brackets alone, because paths are patterns.
_PATTERN: Final = str.maketrans({sign: f"[{sign}]" for sign in "*?["})


class DuckDB:
    """An engine in this process, which spills to disk what does not fit into its memory.

    Args:
        memory: The most it may use, in bytes.
        threads: How many it works with; None for one a core.
        spill: The folder of its temporary files; None for one of its own.

    Raises:
        UsageError: DuckDB is not installed.
    """

    def __init__(self, memory: int, threads: int | None = None, spill: Path | None = None) -> None:
        try:
            duckdb = import_module("duckdb")
        except ImportError:
            hint = "install it with: pip install 'osaid-graph[corpus]'"
            raise UsageError("a corpus needs duckdb", hint) from None
        self._memory = memory
        self._own = None if spill else tempfile.TemporaryDirectory(prefix="osaid-graph-")
        folder = spill or Path(self._own.name if self._own else "")
        settings: dict[str, Any] = {
            "memory_limit": f"{memory // (1 << 20)}MiB",
            "temp_directory": str(folder),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        if threads:
            settings["threads"] = threads
        try:
            self.connection = duckdb.connect(config=settings)
        except BaseException:
            self._clean()
            raise
        self.connection.execute("SET TimeZone = 'UTC'")  # moments are shown the same wherever this runs
        #: What there is by its name, which is the same in upper and lower case: asking DuckDB takes milliseconds.
        self._kinds: dict[str, str] = {}
        #: The files of tables, each once.
        self._paths: dict[str, None] = {}

    def files(self, name: str, paths: Sequence[str], columns: Mapping[str, Type]) -> None:
        """Make Parquet files a table; see :class:`~osaid_graph.engines.Engine`."""
        if not paths:
            self.values(name, columns, ())
            return
        self._paths.update(dict.fromkeys(paths))
        read = f"read_parquet({_listed(paths)}, hive_partitioning = false)"
        check_columns(columns, [row[0] for row in self._run(f"DESCRIBE SELECT * FROM {read}")], paths[0])
        chosen = ", ".join(f"{_name(column)}::{kind} AS {_name(column)}" for column, kind in columns.items())
        self.view(name, f"SELECT {chosen} FROM {read}")

    def texts(self, name: str, paths: Sequence[str], columns: Mapping[str, Cell | None], file: str, row: str) -> None:
        """Make Parquet files a table of texts; see :class:`~osaid_graph.engines.Engine`."""
        chosen = ", ".join(f"{_value(cell)} AS {_name(column)}" for column, cell in columns.items())
        options = f"filename = {_text(_FILE)}, file_row_number = true, hive_partitioning = false"
        self._paths.update(dict.fromkeys(paths))
        numbered = f"r.{_name(_FILE)} AS {_name(file)}, r.file_row_number + 1 AS {_name(row)}"
        self.view(name, f"SELECT {numbered}, {chosen} FROM read_parquet({_listed(paths)}, {options}) AS r")

    def values(self, name: str, columns: Mapping[str, Type], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of rows from Python."""
        self.drop(name)
        declared = ", ".join(f"{_name(column)} {kind}" for column, kind in columns.items())
        self._run(f"CREATE TABLE {_name(name)} ({declared})")
        self._kinds[name.casefold()] = "TABLE"
        given = [list(column) for column in zip(*rows, strict=True)]
        if given:  # as lists, which DuckDB reads many times faster than rows
            lists = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
            self._run(f"INSERT INTO {_name(name)} SELECT {lists}", given)

    def view(self, name: str, select: str) -> None:
        """Give a query a name."""
        self.drop(name)
        self._run(f"CREATE VIEW {_name(name)} AS {select}")
        self._kinds[name.casefold()] = "VIEW"

    def table(self, name: str, select: str) -> int:
        """Run a query, and keep what it gives as a table."""
        if self._kinds.get(name.casefold()) != "VIEW":
            made = self._run(f"CREATE OR REPLACE TABLE {_name(name)} AS {select}")
        else:  # the query may use the view
            made = self._run(f"CREATE TABLE {_name('new ' + name)} AS {select}")
            self.drop(name)
            self._run(f"ALTER TABLE {_name('new ' + name)} RENAME TO {_name(name)}")
        self._kinds[name.casefold()] = "TABLE"
        return int(made[0][0])

    def drop(self, *names: str) -> None:
        """Forget tables or views."""
        for name in names:
            kind = self._kinds.pop(name.casefold(), None)
            if kind is not None:
                self._run(f"DROP {kind} {_name(name)}")

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """Run a query and return what it gives."""
        return self._run(select)

    def write(self, select: str, path: Path | Url, group: int | None = None) -> int:
        """Run a query and write what it gives to a Parquet file, in groups of so many rows if that is given."""
        options = f"FORMAT parquet, COMPRESSION zstd{f', ROW_GROUP_SIZE {group}' if group else ''}"
        written = self._run(f"COPY ({select}) TO {_text(str(path))} ({options})")
        return int(written[0][0])

    def write_sorted(self, select: str, order: str, path: Path | Url, pieces: Sequence[str] = ()) -> int:
        """Write what a query gives in an order; see :class:`~osaid_graph.engines.Engine`."""
        if len(pieces) < 2:
            return self.write(f"SELECT * FROM ({select}) AS rows ORDER BY {order}", path)
        Path(str(path)).mkdir()
        parts = (f"SELECT * FROM ({select}) AS rows WHERE {piece} ORDER BY {order}" for piece in pieces)
        return sum(self.write(part, path / f"part-{number:03}.parquet") for number, part in enumerate(parts))

    def _run(self, sql: str, values: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows.

        Raises:
            InputError: A file that it reads is damaged, or gone.
            EngineError: There is too little memory or disk.
        """
        try:
            with told_of_duckdb(self._memory):
                return self._in_thread(sql, values)
        except InputError as error:
            path = "" if error.source else self._damaged()
            if path:
                raise InputError("damaged, or no Parquet file", error.hint, source=path) from None
            raise

    def _damaged(self) -> str:
        """Return the first file that cannot be read to its end, for DuckDB does not always say which that is."""
        for path in self._paths:
            try:
                with told_of_duckdb(self._memory):
                    self._in_thread(f"SELECT max(hash(r)) FROM read_parquet({_listed([path])}) AS r")
            except EngineError:  # too little memory or disk, or no permission: no damage of the file
                raise
            except Exception:  # whatever DuckDB makes of it: it was read once already, and failed
                return path
        return ""

    def _in_thread(self, sql: str, values: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """Run a statement in a thread, because DuckDB looks for Ctrl-C too seldom, and return its rows."""
        rows: list[tuple[Any, ...]] = []
        raised: list[BaseException] = []
        done = threading.Event()

        def work() -> None:
            try:
                rows.extend(self.connection.execute(sql, values).fetchall())
            except BaseException as error:
                raised.append(error)
            finally:
                done.set()

        threading.Thread(target=work, daemon=True).start()
        try:
            done.wait()
        except BaseException:
            self.connection.interrupt()
            done.wait()
            raise
        if raised:
            raise raised[0]
        return rows

    def close(self) -> None:
        """Close the database and delete its temporary files."""
        self.connection.close()
        self._clean()

    def _clean(self) -> None:
        if self._own:
            self._own.cleanup()


def _listed(paths: Sequence[str]) -> str:
    """Return files, and folders of them, as DuckDB's list of patterns."""
    places = [path.translate(_PATTERN) + ("/**/*.parquet" if Path(path).is_dir() else "") for path in paths]
    return f"[{', '.join(map(_text, places))}]"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _value(cell: Cell | None) -> str:
    """Return the SQL of a column as text."""
    if cell is None:
        return "CAST(NULL AS VARCHAR)"
    value = "r." + ".".join(_name(name) for name in cell.path)
    match cell.form:
        case "list":
            return f"array_to_string({value}, {_text(BETWEEN)})"
        case "bytes":
            return f"lower(hex({value}))"
    return f"CAST({value} AS VARCHAR)"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
