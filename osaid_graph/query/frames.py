"""Rows as columns with a type each: for data frames and Parquet."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from osaid_graph.errors import UsageError
from osaid_graph.query.terms import XSD, Term
from osaid_graph.tables import arrow, data_frames, parquet

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from osaid_graph.query.run import Answer


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


#: Datatype -> what reads its values, and the name of the type in Arrow.
_TYPES: Final[dict[str, tuple[Callable[[str], Any], str]]] = {
    "integer": (int, "int64"),
    "boolean": (_boolean, "bool"),
    "double": (float, "float64"),
    "float": (float, "float64"),
    "decimal": (lambda text: float(Decimal(text)), "float64"),
    "date": (datetime.date.fromisoformat, "date32"),
    "dateTime": (datetime.datetime.fromisoformat, "timestamp"),
}


def to_arrow(answer: Answer) -> pa.Table:
    """Return the rows as a table of Arrow.

    A column all of whose values have one datatype (integer, decimal, double, boolean, date, dateTime) has that type; a
    dateTime without a zone beside ones with one, a value that its type cannot hold, or two datatypes make it text.
    IRIs are text as they are, blank nodes as ``_:label``; what is unbound is null.

    Raises:
        UsageError: The query was no SELECT, or pyarrow is not installed.
    """
    pa = arrow()
    if answer.form != "select":
        raise UsageError(f"the answer to {answer.form.upper()} is no table", "write a SELECT")
    arrays, names = [], []
    for number, column in enumerate(answer.columns):
        values, kind = _column([row[number] for row in answer.rows])
        arrays.append(pa.array(values, type=_arrow(pa, kind, values)))
        names.append(column)
    return pa.table(arrays, names=names)


def to_pandas(answer: Answer) -> pd.DataFrame:
    """Return the rows as a data frame: :func:`to_arrow` with pandas' own types that know what is missing.

    Raises:
        UsageError: The query was no SELECT, or pandas is not installed.
    """
    library = data_frames()
    nullable = {"int64": library.Int64Dtype(), "bool": library.BooleanDtype(), "double": library.Float64Dtype()}
    frame: pd.DataFrame = to_arrow(answer).to_pandas(types_mapper=lambda kind: nullable.get(str(kind)))
    return frame


def to_parquet(answer: Answer) -> bytes:
    """Return the rows as a Parquet file.

    Raises:
        UsageError: The query was no SELECT, or pyarrow is not installed.
    """
    return parquet(to_arrow(answer))


def _arrow(pa: Any, kind: str, values: list[Any]) -> Any:
    if kind == "timestamp":
        zoned = any(value is not None and value.tzinfo for value in values)
        return pa.timestamp("us", tz="UTC" if zoned else None)
    return {"int64": pa.int64, "bool": pa.bool_, "float64": pa.float64, "date32": pa.date32, "text": pa.string}[kind]()


def _column(terms: list[Term | None]) -> tuple[list[Any], str]:
    """Return the values of a column and the name of their type."""
    kinds = {term.datatype.value if isinstance(term, ox.Literal) else "" for term in terms if term is not None}
    name = next(iter(kinds)).removeprefix(XSD) if len(kinds) == 1 else ""
    if name in _TYPES:
        reader, kind = _TYPES[name]
        try:
            values = [None if term is None else reader(term.value) for term in terms]
        except (ValueError, KeyError, ArithmeticError):
            values = []
        if values and _fit(values, kind):
            return values, kind
    return [_text(term) for term in terms], "text"


def _fit(values: list[Any], kind: str) -> bool:
    known = [value for value in values if value is not None]
    if kind == "int64":
        return all(-(2**63) <= value < 2**63 for value in known)
    if kind == "timestamp":
        return len({value.tzinfo is None for value in known}) == 1
    return True


def _text(term: Term | None) -> str | None:
    return None if term is None else f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value
