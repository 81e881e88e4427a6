"""The engines that compiled shapes are run on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB


@pytest.fixture(scope="session", params=["duckdb"])
def engine() -> Iterator[Engine]:
    """Return an engine that all tests use; each makes the relations it needs."""
    made = DuckDB(memory=1 << 30, threads=1)
    yield made
    made.close()
