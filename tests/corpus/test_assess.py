"""Assessing a corpus again looks at what has changed, and finds what an assessment of everything finds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpora import model, turtle
from corpus_families import families
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from osaid_graph.corpus import assess as assessing
from osaid_graph.corpus import layers, outcome_marks
from osaid_graph.corpus.assess import Assessed, assess
from osaid_graph.corpus.assessed import attach_assessment, files
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB

TABLES = ("outcomes", "findings", "scope", "results", "nodes", "edges", "aside")
#: Documents that what is drawn is spread over.
DOCUMENTS = 5


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    made = DuckDB(1 << 29, threads=1)
    yield made
    made.close()


def assessed(folder: Path, engine: DuckDB, *, anew: bool = False) -> Assessed:
    return assess(Corpus.open(folder), engine, anew=anew)


def known(folder: Path, engine: DuckDB) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows that are known of an assessment; in which part they stand is left out."""
    corpus = Corpus.open(folder)
    corpus.attach(engine)
    attach_assessment(engine, corpus)
    return {table: sorted(engine.rows(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


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


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


#: Documents, what becomes of one of them, and what has to be assessed again, of ``ex:far`` and what else there is.
CHANGES = {
    "its own statements": ({"a": "ex:a a :Model ; :license 'MIT' ."}, {"a": "ex:a a :Model ."}, 1),
    "data it was trained on": (
        {"a": "ex:a a :Model ; :trainedOn ex:d .", "d": "ex:d a :Dataset ; :location ex:there ."},
        {"d": "ex:d a :Dataset ."},
        1,
    ),
    "data behind that, told from the other end": (
        {"a": "ex:a a :Model ; :trainedOn ex:d . ex:d a :Dataset .", "s": "ex:s a :Dataset ; :sourceOf ex:d ."},
        {"s": "ex:s a :Dataset ; :scope 'all' ; :sourceOf ex:d ."},
        1,
    ),
    "an edge told from the other end that goes": (
        {"a": "ex:a a :Model .", "d": "ex:d a :Dataset ; :usedToTrain ex:a ."},
        {"d": "ex:d a :Dataset ."},
        1,
    ),
    "the whole that a base is a part of": (
        {
            "a": "ex:a a :Model ; :derivedFrom ex:p .",
            "w": "ex:w a :AISystem ; :hasParameters ex:p . ex:p a :Parameters .",
            "c": "ex:w :hasCode ex:c . ex:c a :Code ; :codeRole code:training .",
        },
        {"c": "ex:w :hasCode ex:c . ex:c a :Code ; :codeRole code:inference ."},
        2,
    ),
    "the whole whose training used a part as code": (
        {
            "a": "ex:a a :Model .",
            "w": "ex:w a :AISystem ; :trainedBy ex:t . ex:t a :Training ; :usedCode ex:a , ex:c .",
            "c": "ex:c a :Code ; :codeRole code:training .",
        },
        {"c": "ex:c a :Code ; :codeRole code:inference ."},
        1,
    ),
    "a whole that comes": (
        {"a": "ex:a a :Model ; :hasParameters ex:p . ex:p a :Parameters ."},
        {"w": "ex:w a :AISystem ; :hasModel ex:a ; :license 'MIT' ."},
        1,
    ),
    "the class of what has none": (
        {"a": "ex:a a :Model ; :derivedFrom ex:x .", "x": "ex:x :location ex:there .", "b": "ex:b a :Model ."},
        {"b": "ex:b a :Model ; :trainedOn ex:x ."},
        2,
    ),
    "what a name stands for that nobody describes": (
        {"a": "ex:a a :Model ; :trainedOn ex:d . ex:d a :Dataset ; :derivedFrom ex:x .", "b": "ex:b a :Model ."},
        {"b": "ex:b a :Model ; :derivedFrom ex:x ."},
        2,
    ),
    "a judgement on what else its document describes": (
        {
            "a": "ex:a a :Model . ex:j a :Judgement ; :judges req:freedoms-manner ; :outcome code:met ; "
            ":definition def:1.0-rc1 ; dcterms:date '2025-01-01' ; rdfs:comment 'read' ; "
            "prov:wasAttributedTo [ dcterms:title 'someone' ] .",
        },
        {
            "a": "ex:b a :Model . ex:j a :Judgement ; :judges req:freedoms-manner ; :outcome code:not-met ; "
            ":definition def:1.0-rc1 ; dcterms:date '2025-01-01' ; rdfs:comment 'read' ; "
            "prov:wasAttributedTo [ dcterms:title 'someone' ] ."
        },
        1,
    ),
    "a release that goes": ({"a": "ex:a a :Model .", "b": "ex:b a :Model ."}, {"b": ""}, 0),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_change_concerns_is_assessed_again_and_nothing_else(name: str, engine: DuckDB, tmp_path: Path) -> None:
    before, change, again = CHANGES[name]
    turtle(tmp_path / "in", far=model("far", "Far"), **before)
    build(tmp_path / "corpus", [str(tmp_path / "in")], jobs=1)
    assert assessed(tmp_path / "corpus", engine).whole
    turtle(tmp_path / "in", **change)
    for document, text in change.items():
        if not text:
            (tmp_path / "in" / f"{document}.ttl").unlink()
    build(tmp_path / "corpus", [str(tmp_path / "in")], jobs=1)
    done = assessed(tmp_path / "corpus", engine)
    assert (done.whole, done.subjects) == (False, again)
    partly = known(tmp_path / "corpus", engine)
    assert assessed(tmp_path / "corpus", engine, anew=True).whole
    assert partly == known(tmp_path / "corpus", engine)


def test_nothing_changed_is_nothing_done(engine: DuckDB, tmp_path: Path) -> None:
    build(tmp_path / "corpus", turtle(tmp_path / "in", a=model("a", "A")), jobs=1)
    first = assessed(tmp_path / "corpus", engine)
    again = assessed(tmp_path / "corpus", engine)
    assert (again.changed, again.part, again.total) == (False, first.part, 1)


def test_one_that_waited_for_another_assessment_takes_what_that_found(engine: DuckDB, tmp_path: Path) -> None:
    build(tmp_path / "corpus", turtle(tmp_path / "in", a="ex:a a :Model ; :derivedFrom ex:b ."), jobs=1)
    waiting = Corpus.open(tmp_path / "corpus")
    first = assessed(tmp_path / "corpus", engine)
    second = assess(waiting, engine)
    assert (second.changed, second.part) == (False, first.part)
    assert [part.path for part in Corpus.open(tmp_path / "corpus").parts("assessments")] == [first.part]


def test_layers_are_written_together_when_they_are_many(
    engine: DuckDB, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assessing, "MAX_LAYERS", 3)
    turtle(tmp_path / "in", **{f"m{number}": model(f"m{number}", "M") for number in range(5)})
    parts = []
    for number in range(5):
        turtle(tmp_path / "in", **{f"m{number}": f"ex:m{number} a :Model ; :license 'MIT' ."})
        build(tmp_path / "corpus", [str(tmp_path / "in")], jobs=1)
        assessed(tmp_path / "corpus", engine)
        parts.append(len(Corpus.open(tmp_path / "corpus").parts("assessments")))
    assert parts == [1, 2, 3, 1, 2]
    partly = known(tmp_path / "corpus", engine)
    assessed(tmp_path / "corpus", engine, anew=True)
    assert partly == known(tmp_path / "corpus", engine)


def test_tables_that_are_written_in_pieces_have_the_same_rows_in_the_same_order(
    engine: DuckDB, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {f"m{number}": f"ex:m{number} a :Model ; :trainedOn ex:d{number % 2} ." for number in range(9)}
    build(tmp_path / "corpus", turtle(tmp_path / "in", **texts), jobs=1)
    assessed(tmp_path / "corpus", engine)
    whole = known(tmp_path / "corpus", engine)
    monkeypatch.setattr(layers, "TOGETHER", 3)
    monkeypatch.setattr(outcome_marks, "TOGETHER", 10)
    assessed(tmp_path / "corpus", engine, anew=True)
    assert known(tmp_path / "corpus", engine) == whole
    (part,) = (corpus := Corpus.open(tmp_path / "corpus")).parts("assessments")
    for table, key in (("outcomes", "subject"), ("findings", "subject"), ("results", "focus"), ("nodes", "node")):
        pieces = files(corpus, part, table)
        assert [Path(piece).name for piece in pieces] == [f"part-{number:03}.parquet" for number in range(3)]
        rows = [row for piece in pieces for row in engine.rows(f"SELECT {key} FROM '{piece}'")]
        assert len(rows) == len(whole[table]) and rows == sorted(rows)


def test_nodes_and_edges_are_tables(engine: DuckDB, tmp_path: Path) -> None:
    text = (
        "ex:a a :Model ; :trainedOn ex:d ; :fineTunedFrom ex:b . ex:d a :Dataset ; :sourceOf ex:e . ex:e a :Dataset ."
    )
    build(tmp_path / "corpus", turtle(tmp_path / "in", a=text), jobs=1)
    assessed(tmp_path / "corpus", engine)
    found = known(tmp_path / "corpus", engine)
    base = "https://example.org/"
    assert sorted(row[1:] for row in found["nodes"]) == [
        (f"{base}a", "Model", True),
        (f"{base}b", "UnresolvedReference", False),
        (f"{base}d", "Dataset", True),
        (f"{base}e", "Dataset", True),
    ]
    told = dict(engine.rows("SELECT id, value FROM terms"))
    edges = {(told[row[0]][-1], row[1].rpartition("#")[2], told[row[2]][-1]) for row in found["edges"]}
    assert edges == {("a", "trainedOn", "d"), ("a", "fineTunedFrom", "b"), ("e", "derivedFrom", "d")}
