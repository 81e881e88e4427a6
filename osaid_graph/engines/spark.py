"""Runs plans on Apache Spark 4: on the cores of this machine or on a cluster.

Executors run SQL alone, so they need no Python.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from osaid_graph.engines import BETWEEN, Cell, Type
from osaid_graph.engines.dialect import name_in_spark, translate
from osaid_graph.engines.faults import told_of_spark
from osaid_graph.engines.places import Url, check_columns, is_url, literally, url
from osaid_graph.engines.rows import arrow_table
from osaid_graph.engines.session import Session
from osaid_graph.engines.store import Store
from osaid_graph.errors import UsageError

#: Tables of at most so many rows are held in this process and sent along with the queries that read them.
_HELD: Final = 10_000
#: What the tables of the rounds of one iteration differ in.
_NUMBERS: Final = "0123456789_"
_NAMES: Final[Mapping[Type, str]] = {"INTEGER": "INT", "VARCHAR": "STRING"}


class Spark:
    """An engine whose queries Spark plans, and its executors run.

    A table is run once and kept, so that plans stay small however many rounds an iteration has: in Parquet files in the
    folder ``spill``, or, where a table of that name was small before, in this process.

    Args:
        master: Where executors are; see :class:`~osaid_graph.engines.session.Session`.
        spill: The folder, path or URL, of tables, which every executor must reach; None for a temporary one, which will
            do where all runs on this machine.
        memory: The most that the Java process beside this one may use, in bytes; None for what Spark's files say.
        partitions: Into how many parts rows are split that are joined or grouped; None for three a core. Spark puts
            small ones together again.
        settings: Further settings of Spark, by their names.
        log: The file that Spark's log goes to.

    Attributes:
        store: The files that it can reach.

    Raises:
        UsageError: pyspark or Java is missing, the master is none, or a cluster has no folder in common.
        EngineError: Spark did not start.
    """

    def __init__(
        self,
        master: str,
        spill: str | None = None,
        memory: int | None = None,
        partitions: int | None = None,
        settings: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self._folder = ""
        self._number = count()
        self._places: dict[str, str] = {}
        self._held: set[str] = set()
        self._small: set[str] = set()
        self._session = Session(master, memory, settings, log)
        self._spark = self._session.spark
        try:
            self._folder = f"{url(spill or self._temporary()).rstrip('/')}/osaid-graph-{uuid4().hex}"
            parts = partitions or 3 * self._spark.sparkContext.defaultParallelism
            self._spark.conf.set("spark.sql.shuffle.partitions", str(parts))
            self.store = Store(self._spark.sparkContext)
        except BaseException:
            self.close()
            raise

    def _temporary(self) -> str:
        master = self._spark.sparkContext.master
        if not master.startswith("local"):
            hint = "give one that all of the cluster can reach, such as s3a://bucket/tmp"
            raise UsageError(f"no folder for the tables of a plan on {master}", hint)
        self._own = tempfile.TemporaryDirectory(prefix="osaid-graph-")
        return self._own.name

    def files(self, name: str, paths: Sequence[str], columns: Mapping[str, Type]) -> None:
        """Make Parquet files, or folders of them, a table; see :class:`~osaid_graph.engines.Engine`."""
        if not paths:
            self.values(name, columns, ())
            return
        with told_of_spark(paths[0]):
            read = self._read(paths)
            check_columns(columns, read.columns, paths[0])
            chosen = [read[name_in_spark(column)].cast(_NAMES.get(kind, kind)) for column, kind in columns.items()]
            self._name(name, read.select(*(each.alias(column) for each, column in zip(chosen, columns, strict=True))))

    def texts(self, name: str, paths: Sequence[str], columns: Mapping[str, Cell | None], file: str, row: str) -> None:
        """Make Parquet files a table of texts; see :class:`~osaid_graph.engines.Engine`."""
        from pyspark.sql import functions as f

        with told_of_spark(paths[0]):
            self._spark.conf.set("spark.sql.legacy.parquet.nanosAsLong", "true")  # else it refuses files that have such
            read = self._spark.read.option("recursiveFileLookup", "true")
            frame = read.parquet(*(literally(url(path)) for path in paths))
            place = frame.metadataColumn("_metadata")
            path_of = self._spark.sparkContext._jvm.org.apache.hadoop.fs.Path
            given = [(path_of(url(path)).toUri().toString(), path) for path in paths]
            named = self._spark.createDataFrame(arrow_table({"uri": "VARCHAR", "given": "VARCHAR"}, given))
            chosen = [_value(frame, cell).alias(column) for column, cell in columns.items()]
            numbered = [_plain(place["file_path"]).alias("uri"), (place["row_index"] + 1).alias(row)]
            named = named.select(_plain(named["uri"]).alias("uri"), named["given"].alias(file))
            joined = frame.select(*numbered, *chosen).join(f.broadcast(named), "uri")
            self._name(name, joined.drop("uri"))

    def values(self, name: str, columns: Mapping[str, Type], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of rows from Python."""
        table = arrow_table(columns, rows)
        with told_of_spark():
            if table.num_rows <= _HELD:
                self._hold(name, table)
            else:
                self._keep(name, self._spark.createDataFrame(table))

    def view(self, name: str, select: str) -> None:
        """Give a query a name."""
        query = translate(select)
        with told_of_spark():
            self._spark.sql(f"CREATE OR REPLACE TEMPORARY VIEW {name_in_spark(name)} AS {query.sql}")
            self._free(name)
        if self._are_held(query.reads):
            self._held.add(name.casefold())

    def table(self, name: str, select: str) -> int:
        """Run a query, and keep what it gives as a table."""
        query = translate(select)
        kin = name.casefold().rstrip(_NUMBERS)
        with told_of_spark():
            frame = _typed(self._spark.sql(query.sql))
            if kin in self._small or self._are_held(query.reads):
                some = frame.limit(_HELD + 1).toArrow()
                if some.num_rows <= _HELD:
                    return self._hold(name, some)
            rows = self._keep(name, frame)
            if rows > _HELD:
                self._small.discard(kin)
                return rows
            self._small.add(kin)
            return self._hold(name, self._spark.table(name_in_spark(name)).toArrow())

    def drop(self, *names: str) -> None:
        """Forget tables or views."""
        with told_of_spark():
            for name in names:
                self._spark.catalog.dropTempView(name)
                self._free(name)

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """Run a query and return what it gives."""
        with told_of_spark():
            table = self._spark.sql(translate(select).sql).toArrow()
        return list(zip(*(column.to_pylist() for column in table.columns), strict=True))

    def write(self, select: str, path: Path | Url) -> int:
        """Run a query and write what it gives to a folder of Parquet files, whose names are in the order of rows."""
        query = translate(select)
        with told_of_spark():
            frame = _typed(self._spark.sql(query.sql))
            return self._written(frame if query.ordered else frame.hint("rebalance"), url(str(path)), "zstd")

    def write_sorted(self, select: str, order: str, path: Path | Url, pieces: Sequence[str] = ()) -> int:
        """Write what a query gives in an order; executors have a part of the rows each, whatever the ``pieces``."""
        return self.write(f"SELECT * FROM ({select}) AS rows ORDER BY {order}", path)

    def digests(self, place: Url) -> dict[str, str]:
        """Return the SHA-256 of each file of the tables written to a place, by its path from there.

        Executors read the files, each whole, into memory.
        """
        with told_of_spark(str(place)):
            read = self._spark.read.format("binaryFile").option("recursiveFileLookup", "true")
            found = read.load(literally(url(str(place)))).selectExpr("path", "sha2(content, 256)").toArrow()
        return {_from_there(path): digest for path, digest in zip(*found.to_pydict().values(), strict=True)}

    def counts(self, place: Url) -> dict[str, int]:
        """Return how many rows each file of the tables written to a place has, if any, by its path from there."""
        counted: dict[str, int] = {}
        with told_of_spark(str(place)):
            for table in {path.partition("/")[0] for path in self.store.sizes(str(place))}:
                read = self._read([str(place / table)])
                found = read.groupBy(read.metadataColumn("_metadata")["file_path"].alias("path")).count().toArrow()
                counted |= dict(zip(*found.to_pydict().values(), strict=True))
        return {_from_there(path): rows for path, rows in counted.items()}

    def close(self) -> None:
        """Delete the tables, and end Spark."""
        if self._folder:
            with suppress(Exception):  # it may have died before
                self.store.delete(self._folder)
            if not is_url(self._folder.removeprefix("file://")):
                shutil.rmtree(self._folder.removeprefix("file://"), ignore_errors=True)
        self._session.close()
        if self._own:
            self._own.cleanup()

    def _read(self, paths: Sequence[str]) -> Any:
        """Return files, and folders of them, whose names are taken for no columns, as a frame."""
        reader = self._spark.read.option("recursiveFileLookup", "true")
        return reader.parquet(*(literally(url(path)) for path in paths))

    def _name(self, name: str, frame: Any) -> None:
        """Give a frame a name, in place of what had it."""
        frame.createOrReplaceTempView(name_in_spark(name))
        self._free(name)

    def _are_held(self, names: Iterable[str]) -> bool:
        """Tell whether tables are all held in this process, so that a query over them is likely to give few rows."""
        return self._held.issuperset(names)

    def _hold(self, name: str, rows: Any) -> int:
        """Make a table of rows that this process holds, and return their number."""
        self._name(name, self._spark.createDataFrame(rows))
        self._held.add(name.casefold())
        return int(rows.num_rows)

    def _keep(self, name: str, frame: Any) -> int:
        """Make a table of a frame by writing it to files, and return the number of its rows."""
        place = f"{self._folder}/{next(self._number)}"
        rows = self._written(frame, place, "snappy")
        self._name(name, self._spark.read.schema(frame.schema).parquet(literally(place)))
        self._places[name.casefold()] = place
        return rows

    def _written(self, frame: Any, place: str, compression: str) -> int:
        writer = frame.write.option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        writer.parquet(place, compression=compression)
        return int(self._spark.read.schema(frame.schema).parquet(literally(place)).count())

    def _free(self, name: str) -> None:
        """Forget the table that had a name, with its files, if it had any."""
        self._held.discard(name.casefold())
        if place := self._places.pop(name.casefold(), ""):
            self.store.delete(place)


def _from_there(path: str) -> str:
    """Return the path of a file of a table from the folder that the table is in; Spark's names need no decoding."""
    return "/".join(path.rsplit("/", 2)[1:])


def _value(frame: Any, cell: Cell | None) -> Any:
    """Return a column as text."""
    from pyspark.sql import functions as f

    if cell is None:
        return f.lit(None).cast("string")
    value = f.col(".".join(map(name_in_spark, cell.path)))
    match cell.form:
        case "list":
            return f.array_join(value, BETWEEN)
        case "bytes":
            return f.lower(f.hex(value))
        case "day" if frame.select(value).schema.fields[0].dataType.typeName() == "long":  # nanoseconds
            return f.timestamp_micros(f.floor(value / 1000)).cast("string")
    return value.cast("string")


def _plain(uri: Any) -> Any:
    """Return a URI of Hadoop with one slash where it may have one or three."""
    from pyspark.sql import functions as f

    return f.regexp_replace(uri, "^file:/+", "file:/")


def _typed(frame: Any) -> Any:
    """Return a frame whose columns of nothing but NULL have a type, as they have in DuckDB: files cannot do without."""
    void = {field.name for field in frame.schema.fields if field.dataType.typeName() == "void"}
    return frame.withColumns({name: frame[name_in_spark(name)].cast("int") for name in void}) if void else frame
