"""What is said becomes facts and the whole graph, set by set as node by node."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph

from corpus_graphs import apart, by_engine, by_reference, everything, kept
from osaid_graph.corpus.relevant import relevant
from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.graph.load import load
from osaid_graph.validation.definition import rulebook

ROOT = Path(__file__).parent.parent.parent
FIXTURES = ROOT / "tests" / "fixtures"


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    found = DuckDB(1 << 30, threads=1)
    yield found
    found.close()


def _releases() -> Graph:
    """Return all shipped releases in one graph: they share upstream data and bases."""
    graph = Graph()
    for file in sorted((ROOT / "data" / "releases").glob("**/*.yaml")):
        graph += load([str(file)]).graph
    return graph
