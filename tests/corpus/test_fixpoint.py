"""What follows over any number of rounds is found, each once, and nothing is left of the rounds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from osaid_graph.corpus.batches import batches, gather
from osaid_graph.corpus.columns import LINKS
from osaid_graph.corpus.fixpoint import fixpoint
from osaid_graph.engines.duckdb import DuckDB


@pytest.fixture
def engine() -> Iterator[DuckDB]:
    found = DuckDB(1 << 30, threads=1)
    yield found
    found.close()


@pytest.mark.parametrize("length", [0, 1, 5, 16, 17, 40])
def test_a_chain_is_followed_to_its_end(engine: DuckDB, length: int) -> None:
    engine.values("arcs", LINKS, [*((number, number + 1) for number in range(length)), (length, 0)])
    fixpoint(
        engine,
        "reached",
        ("node",),
        "SELECT object AS node FROM arcs WHERE subject = 0",
        lambda last: (
            f"SELECT arcs.object AS node FROM {last} AS last JOIN arcs ON arcs.subject = last.node "
            "WHERE arcs.object NOT IN (SELECT node FROM reached)"
        ),
    )
    assert sorted(engine.rows("SELECT node FROM reached")) == [(number,) for number in range(length + 1)]
    assert _tables(engine) == {"arcs", "reached"}


def test_nothing_follows_from_nothing(engine: DuckDB) -> None:
    fixpoint(engine, "reached", ("node",), "SELECT 1 AS node WHERE FALSE", lambda last: f"SELECT node FROM {last}")
    assert engine.rows("SELECT node FROM reached") == []


def test_rows_come_in_batches_and_go_back_in_parts(engine: DuckDB) -> None:
    engine.values("numbers", LINKS, [(number, -number) for number in (5, -3, 9, 0, 2)])
    found = list(batches(engine, "numbers", "subject, object", 2))
    assert found == [[(-3, 3), (0, 0)], [(2, -2), (5, -5)], [(9, -9)]]
    assert gather(engine, "copy", LINKS, found) == 5
    assert gather(engine, "nothing", LINKS, []) == 0
    assert sorted(engine.rows("SELECT * FROM copy")) == [row for part in found for row in part]
    assert engine.rows("SELECT * FROM nothing") == []
    assert _tables(engine) == {"numbers", "copy", "nothing"}


def _tables(engine: DuckDB) -> set[str]:
    return {name for (name,) in engine.rows("SELECT table_name FROM information_schema.tables")}
