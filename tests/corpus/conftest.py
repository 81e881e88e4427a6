"""What the tests of a corpus share: an engine, one for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """Return DuckDB with little memory."""
    found = DuckDB(1 << 30, threads=1)
    yield found
    found.close()
