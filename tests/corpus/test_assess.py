"""Assessing a corpus again looks at what has changed, and finds what an assessment of everything finds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from corpora import model, turtle
from corpus_families import families
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from osaid_graph.corpus import assess as assessing
from osaid_graph.corpus.assess import Assessed, assess
from osaid_graph.corpus.assessed import attach_assessment
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB

TABLES = ("outcomes", "findings", "scope", "results", "aside")
#: Documents that what is drawn is spread over.
DOCUMENTS = 5


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    made = DuckDB(1 << 29)
    yield made
    made.close()


def assessed(folder: Path, engine: DuckDB, *, anew: bool = False) -> Assessed:
    return assess(Corpus.open(folder), engine, anew=anew)


def known(folder: Path, engine: DuckDB) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows that are known of an assessment; in which part they stand is left out."""
    corpus = Corpus.open(folder)
    corpus.attach(engine)
    attach_assessment(engine, corpus)
    columns = {table: "*" for table in TABLES} | {"outcomes": "* EXCLUDE (part)"}
    return {table: sorted(engine.rows(f"SELECT {columns[table]} FROM {table}"), key=repr) for table in TABLES}


def written(folder: Path, graph: Graph, places: list[int]) -> list[str]:
    """Write the statements of a graph to documents, each to that which its place says."""
    documents = [Graph() for _ in range(DOCUMENTS)]
    for number, triple in enumerate(sorted(graph)):
        documents[places[number % len(places)]].add(triple)
    folder.mkdir(exist_ok=True)
    names = []
    for number, document in enumerate(documents):
        path = folder / f"{number}.ttl"
        text = document.serialize(format="turtle")
        if len(document) and (not path.exists() or path.read_text("utf-8") != text):
            path.write_text(text, "utf-8")
        if len(document):
            names.append(str(path))
        else:
            path.unlink(missing_ok=True)
    return names


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_known_after_a_change_is_what_an_assessment_of_all_finds(data: st.DataObject, engine: DuckDB) -> None:
    graph = data.draw(families())
    places = data.draw(st.lists(st.integers(0, DOCUMENTS - 1), min_size=3, max_size=9))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(folder / "corpus", written(folder / "in", graph, places), jobs=1)
        assessed(folder / "corpus", engine)
        for _ in range(2):
            triples = sorted(graph)
            gone = data.draw(st.sets(st.sampled_from(triples), max_size=3))
            new = data.draw(families())
            came = data.draw(st.sets(st.sampled_from(sorted(new)), max_size=3))
            for triple in gone:
                graph.remove(triple)
            for triple in came:
                graph.add(triple)
            written(folder / "in", graph, places)
            build(folder / "corpus", [str(folder / "in")], jobs=1)
            assessed(folder / "corpus", engine)
            partly = known(folder / "corpus", engine)
            assessed(folder / "corpus", engine, anew=True)
            assert partly == known(folder / "corpus", engine)
