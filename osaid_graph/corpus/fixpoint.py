"""Recursion over tables: rows that follow from rows, until no more do (semi-naive evaluation)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from osaid_graph.engines import Engine

#: Rounds after which what they gave is put together, so that plans stay small.
_MERGED: Final = 16


def fixpoint(engine: Engine, name: str, columns: Sequence[str], first: str, following: Callable[[str], str]) -> int:
    """Make a table of what a query gives, and of what follows from it over any number of rounds; return its rounds.

    Args:
        engine: Where the tables are.
        name: The name of the table; while it grows it holds what was found so far.
        columns: Its columns.
        first: The query for the first rows, each once.
        following: Gives the query for the rows that follow from those of a table, whose name it gets, and that are not
            in ``name`` yet, each once.
    """
    chosen = ", ".join(columns)
    parts = [f"{name}_0"]
    rounds, count = 1, engine.table(parts[0], first)
    while count:
        engine.view(name, _union(chosen, parts))
        rounds += 1
        parts.append(f"{name}_{rounds}")
        count = engine.table(parts[-1], following(parts[-2]))
        if len(parts) > _MERGED:
            *before, last = parts
            engine.table(f"{name}_until_{rounds}", _union(chosen, before))
            engine.view(name, _union(chosen, [f"{name}_until_{rounds}", last]))
            engine.drop(*before)
            parts = [f"{name}_until_{rounds}", last]
    engine.table(name, _union(chosen, parts))
    engine.drop(*parts)
    return rounds


def _union(columns: str, tables: Sequence[str]) -> str:
    return " UNION ALL ".join(f"SELECT {columns} FROM {table}" for table in tables)
