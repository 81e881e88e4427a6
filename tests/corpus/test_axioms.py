"""What a document says of the vocabulary itself changes nothing for the releases that others describe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from corpora import turtle

from osaid_graph.assessment.assess import assess as check
from osaid_graph.assessment.survey import survey
from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.assessed import attach_assessment, requirements_of
from osaid_graph.corpus.build import build
from osaid_graph.corpus.extract import release_of
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.sparql_index import folder_of, index_of
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment
from osaid_graph.query.on_disk import open_read_only

SUBJECT = "https://example.org/s"
RELEASE = """
ex:s a :AISystem ; :hasParameters ex:p ; :hasCode ex:c ; :license "MIT" ; :hasDataInformation ex:i .
ex:p a :Parameters ; :trainedOn ex:d ; :license "MIT" ; :location ex:weights .
ex:c a :Code ; :codeRole code:training , code:inference ; :location ex:repository ; :license "MIT" .
ex:d a :Dataset , ex:Corpus ; :availability code:public ; :location ex:there ; :scope "all" .
ex:i a :DataInformation ; :location ex:sheet ; :license "CC-BY-4.0" .
"""
#: Every line but the last changes what rules find on the release, if it is taken for what it says.
ABOUT_WORDS = """
:Dataset rdfs:subClassOf :Model , :NotDisclosed .
:Code rdfs:subClassOf :NotApplicable .
ex:Corpus rdfs:subClassOf :NotDisclosed .
code:public a :NotDisclosed .
ex:evil a :Model .
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    made = DuckDB(1 << 29)
    yield made
    made.close()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The document that describes the release, and the other."""
    release, words = turtle(tmp_path_factory.mktemp("documents"), release=RELEASE, words=ABOUT_WORDS)
    return release, words


@pytest.fixture(scope="module")
def alone(documents: tuple[str, str]) -> Assessment:
    """The assessment of the document that describes the release."""
    return check(load(documents[:1]))


def test_in_a_corpus_it_changes_no_other_release(
    documents: tuple[str, str], alone: Assessment, tmp_path: Path, engine: DuckDB
) -> None:
    build(tmp_path, documents, jobs=1)
    assert assess(Corpus.open(tmp_path), engine).aside == 0
    corpus = Corpus.open(tmp_path)
    shown = ["iri", "outcome", *(f'"{id_}"' for id_ in requirements_of(attach_assessment(engine, corpus)))]
    (row,) = engine.rows(f"SELECT {', '.join(shown)} FROM outcomes WHERE iri = '{SUBJECT}'")
    outcomes = {result.requirement.id: result.outcome for result in alone.results}
    assert row == (SUBJECT, alone.outcome, *(outcomes.get(name.strip('"')) for name in shown[2:]))
    assert [source.name for source in release_of(corpus, SUBJECT).sources] == [documents[0]]
    build(tmp_path, documents[:1], remove=documents[1:], jobs=1)
    after = assess(Corpus.open(tmp_path), engine)
    assert (after.whole, after.subjects, after.total) == (False, 0, 1)


def test_in_a_check_it_changes_no_other_release_and_is_noted(documents: tuple[str, str], alone: Assessment) -> None:
    both = load(documents)
    together = check(both, subject=SUBJECT)
    assert (together.results, together.outcome, together.derived) == (alone.results, alone.outcome, alone.derived)
    assert [each.assessment.results for each in survey(both, [SUBJECT])] == [alone.results]
    assert [(note.location.line, note.text) for note in together.notes if note.location.source == documents[1]] == [
        (6, "Dataset is a word of the vocabulary: what else is said of it is not looked at")
    ]


def test_a_class_of_its_own_is_noted(tmp_path: Path) -> None:
    text = "ex:m a :Model ; :trainedOn ex:d . ex:d a ex:Text .\nex:Text rdfs:subClassOf :NotDisclosed ."
    assessment = check(load(turtle(tmp_path, own=text)))
    assert [note.text for note in assessment.notes] == [
        "https://example.org/Text is not taken for a sub-class: give what is of it a class of the ontology as well"
    ]


def test_what_the_ontology_says_itself_is_not_noted(tmp_path: Path) -> None:
    text = "ex:m a :Model .\n:Dataset rdfs:subClassOf :Artifact  ."
    assert check(load(turtle(tmp_path, copied=text))).notes == ()


def test_a_query_finds_it_where_its_document_says_it_alone(documents: tuple[str, str], tmp_path: Path) -> None:
    build(tmp_path, documents, jobs=1)
    corpus = Corpus.open(tmp_path)
    store = open_read_only(folder_of(corpus, index_of(corpus)))
    pattern = "<https://example.org/Corpus> <http://www.w3.org/2000/01/rdf-schema#subClassOf> ?c"
    assert store.query(f"ASK {{ GRAPH ?g {{ {pattern} }} }}")
    assert not store.query(f"ASK {{ {pattern} }}")
