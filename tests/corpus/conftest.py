"""What the tests of a corpus share: an engine, one for all tests of a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lineage_graphs import EX
from turtle_prefixes import PREFIXES

from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.vocab import OSAID


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """Return DuckDB with little memory."""
    found = DuckDB(1 << 30, threads=1)
    yield found
    found.close()


@pytest.fixture
def turtle(tmp_path: Path) -> Callable[[str], Release]:
    """Return a function that loads Turtle written with the usual prefixes and ``ex:``."""

    def read(text: str) -> Release:
        (tmp_path / "release.ttl").write_text(f"{PREFIXES}@prefix : <{OSAID}> .\n@prefix ex: <{EX}> .\n{text}", "utf-8")
        return load([str(tmp_path / "release.ttl")])

    return read
