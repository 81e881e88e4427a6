"""What only Python can work out of the rows of a table: some rows at a time, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from osaid_graph.engines import Engine, Type

#: Rows that are held at a time.
_SIZE: Final = 50_000

Row = Sequence[Any]


def batches(engine: Engine, table: str, columns: str, size: int = _SIZE) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a table in the order of its first column, an integer that no two rows share.

    Args:
        engine: Where the table is.
        table: Its name, or a query in brackets with a name.
        columns: The columns asked for, which start with the one that tells the rows apart.
        size: How many rows are held at a time.
    """
    key = columns.partition(",")[0]
    after = ""
    while rows := engine.rows(f"SELECT {columns} FROM {table} {after} ORDER BY {key} LIMIT {size}"):
        yield rows
        after = f"WHERE {key} > {rows[-1][0]}"


def gather(engine: Engine, name: str, columns: Mapping[str, Type], parts: Iterable[Iterable[Row]]) -> int:
    """Make a table of rows from Python that come in parts, each held by itself; return the number of its rows."""
    tables = []
    for number, rows in enumerate(parts):
        tables.append(f"{name}_{number}")
        engine.values(tables[-1], columns, rows)
    if not tables:
        engine.values(name, columns, ())
        return 0
    count = engine.table(name, " UNION ALL ".join(f"SELECT * FROM {table}" for table in tables))
    engine.drop(*tables)
    return count
