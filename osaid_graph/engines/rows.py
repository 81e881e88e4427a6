"""Rows from Python as columns of Arrow, which every engine takes whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

from osaid_graph.engines import Type
from osaid_graph.errors import UsageError


def arrow_table(columns: Mapping[str, Type], rows: Iterable[Sequence[Any]]) -> Any:
    """Return rows as a table of Arrow.

    Raises:
        UsageError: pyarrow is not installed.
        ValueError: A row has more or fewer values than there are columns.
    """
    try:
        arrow = import_module("pyarrow")
    except ImportError:
        hint = "install it with: pip install 'osaid-graph[corpus]'"
        raise UsageError("a corpus needs pyarrow", hint) from None
    kinds = {
        "BIGINT": arrow.int64(),
        "INTEGER": arrow.int32(),
        "DOUBLE": arrow.float64(),
        "VARCHAR": arrow.string(),
        "BOOLEAN": arrow.bool_(),
    }
    given = [tuple(row) for row in rows]
    if any(len(row) != len(columns) for row in given):
        raise ValueError(f"rows that have other columns than {', '.join(columns)}")
    turned = zip(*given, strict=True) if given else ((),) * len(columns)
    arrays = [arrow.array(values, kinds[kind]) for values, kind in zip(turned, columns.values(), strict=True)]
    return arrow.Table.from_arrays(arrays, names=list(columns))
