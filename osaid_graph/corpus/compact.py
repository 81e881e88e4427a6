"""Small segments become one: a corpus that is refreshed every day must not have its rows in thousands of files."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from osaid_graph.corpus.layout import STATEMENTS, TABLES, table_file
from osaid_graph.corpus.manifest import Manifest, Part
from osaid_graph.corpus.segment import FEW, ORDERS, write_statements, write_table
from osaid_graph.engines.duckdb import DuckDB

#: How many small segments there may be.
MOST: Final = 16


def small(manifest: Manifest) -> tuple[Part, ...]:
    """Return the segments that a new one is to take in: those of few statements, once there are many of them."""
    found = tuple(part for part in manifest.of_kind("segments") if _statements(part) < FEW)
    return found if len(found) >= MOST else ()


def take_in(engine: DuckDB, folder: Path, parts: Sequence[Part], staged: Path) -> None:
    """Add the rows of segments to one that was just written. What they say, and when, stays as it is.

    Args:
        engine: What to work with.
        folder: The corpus.
        parts: The segments.
        staged: The folder of the one that was written.

    Raises:
        OSError: It cannot be written.
    """
    whole = staged.with_name(f"{staged.name}-whole")
    whole.mkdir()
    for name, columns in TABLES.items():
        files = [path for part in parts for path in _files(folder / part.path, name)]
        engine.files(f"whole_{name}", [str(path) for path in (*files, *_files(staged, name))], columns)
        if name != STATEMENTS:
            write_table(engine, whole, name, f"SELECT * FROM whole_{name} ORDER BY {ORDERS[name]}")
    engine.view("known_terms", "SELECT id, value FROM terms UNION SELECT id, value FROM whole_terms")
    write_statements(engine, "whole_statements", "known_terms", whole)
    shutil.rmtree(staged)
    whole.rename(staged)


def _statements(part: Part) -> int:
    return sum(file.rows or 0 for file in part.files if file.path.startswith(f"{STATEMENTS}/"))


def _files(segment: Path, name: str) -> list[Path]:
    if name == STATEMENTS:
        return sorted((segment / STATEMENTS).rglob("*.parquet"))
    file = segment / table_file(name)
    return [file] if file.exists() else []
