"""What counts as one artefact with another, in a corpus as in the lineage of one release."""

from __future__ import annotations

import pytest
from corpus_tables import tables_of, terms_of
from lineage_graphs import EX, described
from rdflib import RDF

from osaid_graph.corpus.folding import FOLDED, make_folded
from osaid_graph.engines import Engine
from osaid_graph.lineage.artifacts import lineage_of
from osaid_graph.vocab import OSAID

CASES = {
    "parameters of a model in a system": (
        "ex:s a :AISystem ; :hasModel ex:m ; :hasParameters ex:p . ex:m a :Model ; :hasParameters ex:p . "
        "ex:p a :Parameters .",
        {"p": "m"},
    ),
    "a stage of parameters of a model": (
        "ex:m a :Model ; :hasParameters ex:p . ex:p a :Parameters ; :hasCheckpoint ex:c . ex:c a :Checkpoint .",
        {"p": "m", "c": "m"},
    ),
    "a stage of a stage": (
        "ex:m a :Model ; :hasParameters ex:p . ex:p a :Parameters ; :hasCheckpoint ex:c . "
        "ex:c a :Checkpoint ; :hasComponent ex:d . ex:d a :Checkpoint .",
        {"p": "m", "c": "m", "d": "m"},
    ),
    "parameters of two models": (
        "ex:m a :Model ; :hasParameters ex:p . ex:n a :Model ; :hasParameters ex:p . ex:p a :Parameters .",
        {},
    ),
    "parameters that are a model too": ("ex:m a :Model ; :hasParameters ex:p . ex:p a :Parameters , :Model .", {}),
    "parameters of themselves": ("ex:m a :Model ; :hasParameters ex:p . ex:p a :Parameters ; :hasComponent ex:p .", {}),
    "parameters of each other": (
        "ex:p a :Parameters ; :hasComponent ex:q . ex:q a :Parameters ; :hasComponent ex:p . "
        "ex:q :hasCheckpoint ex:c . ex:c a :Checkpoint .",
        None,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_what_the_lineage_of_one_release_counts_as_one(engine: Engine, name: str) -> None:
    text, expected = CASES[name]
    graph = described(text)
    terms = terms_of(engine, graph)
    count = make_folded(engine, tables_of(engine, "facts", graph, (RDF.type, OSAID.hasComponent)))
    rows = engine.rows(f"SELECT node, whole FROM {FOLDED}")
    found = {str(terms[node]).removeprefix(EX): str(terms[whole]).removeprefix(EX) for node, whole in rows}
    assert count == len(found) == len(rows)
    lineage = lineage_of(graph)
    aliases = {iri: lineage.iri(number) for iri, number in lineage.columns.aliases.items()}
    others = {node: whole for node, whole in found.items() if node != whole}
    assert others == {iri.removeprefix(EX): whole.removeprefix(EX) for iri, whole in aliases.items()}
    assert expected is None or others == expected
