"""What is said becomes facts and the whole graph: set by set in an engine as node by node in a check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from corpus_graphs import apart, by_engine, by_reference, everything, kept
from drawn_statements import drawn_graph
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from osaid_graph.corpus.relevant import relevant
from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.graph.load import load
from osaid_graph.validation.definition import rulebook

ROOT = Path(__file__).parent.parent.parent
FIXTURES = ROOT / "tests" / "fixtures"


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """Return the engine that all of this is held of."""
    found = DuckDB(1 << 30, threads=1)
    yield found
    found.close()


def _releases() -> Graph:
    """Return all shipped releases and what they were made from: they share data and bases."""
    return load([str(file) for file in sorted((ROOT / "data" / "releases").glob("**/*.yaml"))]).graph


def _rules() -> Graph:
    """Return the fixtures of all rules, each with nodes of its own."""
    graph = Graph()
    for number, file in enumerate(sorted((FIXTURES / "rules").glob("*/*.ttl"))):
        graph += apart(Graph().parse(file), f"{number}")
    return graph


def _formats() -> Graph:
    """Return the fixtures of all formats, releases and lineages, in one graph: many describe the same things."""
    folders = ("lineage", "meeting", "releases", "formats/*")
    files = [file for folder in folders for file in sorted(FIXTURES.glob(f"{folder}/*.*"))]
    graph = Graph()
    for file in files:
        if file.name not in ("README.md", "edits.yaml", "models.jsonl"):
            graph += load([str(file)]).graph
    return graph


@pytest.mark.parametrize("made", [_releases, _rules, _formats])
def test_graphs_are_those_of_a_check(engine: Engine, made: Callable[[], Graph]) -> None:
    graph = made()
    expected = by_reference(graph)
    for asked in (relevant(rulebook()), everything()):
        found = by_engine(engine, graph, asked)
        assert found.facts == kept(expected.facts, asked, graph)
        assert found.whole == kept(expected.whole, asked, graph)


@pytest.mark.parametrize("terms", ["strict", "free-by-nature"])
def test_terms_are_concluded_under_the_policy(engine: Engine, terms: str) -> None:
    graph = _releases()
    expected = by_reference(graph, terms)
    asked = relevant(rulebook())
    assert by_engine(engine, graph, asked, terms).whole == kept(expected.whole, asked, graph)


@given(st.integers(0, 2**32))
@settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_any_graph_is_prepared_concluded_and_completed_as_in_a_check(engine: Engine, seed: int) -> None:
    graph = drawn_graph(seed)
    expected = by_reference(graph)
    asked = everything()
    found = by_engine(engine, graph, asked)
    assert found.facts == kept(expected.facts, asked, graph)
    assert found.whole == kept(expected.whole, asked, graph)
