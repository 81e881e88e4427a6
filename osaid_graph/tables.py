"""What tables are made with: the optional libraries for typed ones, and the care that CSV takes of spreadsheets.

pyarrow and pandas come with the extra ``tables``; pandas is imported here alone.
"""

from __future__ import annotations

import csv
import io
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

#: What spreadsheets take for the start of a formula (OWASP, CSV injection), full-width forms included.
_FORMULA: Final = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def arrow() -> Any:
    """Return the library of Arrow.

    Raises:
        UsageError: It is not installed.
    """
    return _library("pyarrow", "a table")


def data_frames() -> Any:
    """Return the library of data frames.

    Raises:
        UsageError: It is not installed.
    """
    return _library("pandas", "a data frame")


def parquet(table: pa.Table) -> bytes:
    """Return a table of Arrow as an Apache Parquet file."""
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(table, file)
    return file.getvalue()


def csv_of_parquet(source: Path, target: Path) -> None:
    """Write a Parquet file as CSV, some rows at a time; texts are written as :func:`text_cell` has them.

    Raises:
        OSError: The target cannot be written.
    """
    arrow()
    from pyarrow import parquet

    file = parquet.ParquetFile(source)
    with target.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(file.schema_arrow.names)
        for batch in file.iter_batches():
            columns = [batch.column(at).to_pylist() for at in range(batch.num_columns)]
            rows.writerows([_cell(value) for value in row] for row in zip(*columns, strict=True))


def _cell(value: object) -> object:
    return text_cell(value) if isinstance(value, str) else value


def text_cell(text: str) -> str:
    """Return a text for a cell of CSV: with an apostrophe before it if a spreadsheet would take it for a formula.

    >>> text_cell("=1+1"), text_cell("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _library(name: str, what: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise UsageError(f"{what} needs {name}", "install it with: pip install 'osaid-graph[tables]'") from None
