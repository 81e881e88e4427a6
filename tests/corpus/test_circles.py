"""The nodes on a circle are found however large the graph is: in Python, and by colours where that is too much."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_graph.corpus.circles import Circles
from osaid_graph.corpus.columns import LINKS
from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.lineage.condensation import knots


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """Return the engine that all of this is held of."""
    found = DuckDB(1 << 30, threads=1)
    yield found
    found.close()


def _found(engine: Engine, arcs: list[tuple[int, int]], small: int) -> list[int]:
    engine.values("arcs", LINKS, arcs)
    Circles(engine, small).find("arcs", "found")
    return sorted(node for (node,) in engine.rows("SELECT subject FROM found"))


def _expected(arcs: list[tuple[int, int]]) -> list[int]:
    ends: dict[int, set[int]] = {}
    for start, end in arcs:
        ends.setdefault(start, set()).add(end)
    return sorted(node for knot in knots(ends) for node in knot)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30), st.sampled_from([0, 3, 1000]))
@settings(max_examples=40, deadline=None)
def test_nodes_on_circles_are_those_of_strong_components(
    engine: Engine, arcs: list[tuple[int, int]], small: int
) -> None:
    assert _found(engine, arcs, small) == _expected(arcs)


def test_a_chain_of_circles_is_divided(engine: Engine) -> None:
    order = [7, 2, 9, 4, 0, 5, 8, 1, 6, 3]
    rings = [[10 * ring + step for step in range(4)] for ring in order]
    arcs = [(ring[step], ring[(step + 1) % 4]) for ring in rings for step in range(4)]
    arcs += [(before[0], after[2]) for before, after in pairwise(rings)]
    arcs += [(500, rings[0][0]), (rings[-1][0], 501), (501, 502)]
    assert _found(engine, arcs, 0) == sorted(node for ring in rings for node in ring)


def test_without_edges_there_is_no_circle(engine: Engine) -> None:
    assert _found(engine, [], 0) == []
    assert _found(engine, [(3, 3)], 0) == [3]
