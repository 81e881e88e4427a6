"""Which nodes an assessment looks at, exactly, and the shortest way to each."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from lineage_graphs import EX, Arcs, described, directed, drawn, names, node, scope_of
from rdflib import URIRef

nx: Any = import_module("networkx")  # its stubs are not complete

RELEASE = """
ex:system a :AISystem ; :hasModel ex:model ; :hasCode ex:serve ; :hasDataInformation ex:sheet .
ex:model a :Model ; :hasParameters ex:parameters ; :hasCode ex:train .
ex:train a :Code ; :hasConfiguration ex:settings .
ex:settings a :Configuration .
ex:serve a :Code . ex:sheet a :DataInformation ; :describes ex:mix , ex:unrelated .
ex:parameters a :Parameters ; :trainedOn ex:mix ; :validatedOn ex:held-out ; :evaluatedOn ex:bench ;
    :fineTunedFrom ex:base ; :hasCheckpoint ex:checkpoint .
ex:checkpoint a :Checkpoint .

ex:mix a :Dataset ; :filteredFrom ex:crawl ; :derivedFrom ex:teacher .
ex:crawl a :Dataset ; :subsetOf ex:mix , ex:crawl , ex:archive .
ex:archive a :Dataset .
ex:held-out a :Dataset ; :derivedFrom ex:held-out-source . ex:held-out-source a :Dataset .
ex:bench a :Dataset ; :derivedFrom ex:bench-source . ex:bench-source a :Dataset .

ex:teacher a :Model ; :trainedOn ex:secret ; :hasCode ex:teacher-code .
ex:secret a :Dataset . ex:teacher-code a :Code .

ex:base a :Model ; :hasParameters ex:base-parameters ; :quantizedFrom ex:first .
ex:base-parameters a :Parameters ; :trainedOn ex:base-data . ex:base-data a :Dataset ; :subsetOf ex:archive .
ex:base-system a :AISystem ; :hasModel ex:base , ex:base-sibling ; :hasCode ex:base-code .
ex:base-code a :Code . ex:base-sibling a :Model ; :hasCode ex:sibling-code . ex:sibling-code a :Code .
ex:first a :Parameters ; :trainedOn ex:first-data . ex:first-data a :Dataset .

ex:later a :AISystem ; :fineTunedFrom ex:model ; :trainedOn ex:later-data . ex:later-data a :Dataset .
"""

BASES = {"base", "base-parameters", "base-data", "base-code", "first", "first-data"}
DATA = {"mix", "crawl", "archive"}
ELEMENTS = {"serve", "sheet", "train", "settings"}


def test_the_scope_of_a_system() -> None:
    scope = scope_of(described(RELEASE), "system")
    assert names(scope.nodes) == {"system", "model", "parameters", "checkpoint"} | ELEMENTS | DATA | BASES
    assert names(scope.entries) == {"system", "base", "first"}
    assert names(scope.contexts) == {"base-system"}


def test_a_model_takes_the_elements_of_its_system() -> None:
    scope = scope_of(described(RELEASE), "model")
    assert names(scope.nodes) == {"model", "parameters", "checkpoint"} | ELEMENTS | DATA | BASES
    assert names(scope.contexts) == {"system", "base-system"}


def test_parameters_take_the_elements_of_what_they_are_part_of() -> None:
    scope = scope_of(described(RELEASE), "parameters")
    assert names(scope.nodes) == {"parameters", "checkpoint"} | ELEMENTS | DATA | BASES
    assert names(scope.contexts) == {"system", "model", "base-system"}
    assert [(str(edge.via) if edge else "", *names([at])) for edge, at in scope.trace(URIRef(EX + "serve"))] == [
        ("", "parameters"),
        ("^osaid:hasParameters", "model"),
        ("^osaid:hasModel", "system"),
        ("osaid:hasCode", "serve"),
    ]


def test_data_made_by_a_model_does_not_draw_in_how_the_model_was_trained() -> None:
    scope = scope_of(described(RELEASE), "system")
    assert names(scope.arrivals).isdisjoint({"teacher", "secret", "teacher-code"})


def test_a_teacher_that_the_parameters_derive_from_is_a_base() -> None:
    graph = described(RELEASE + "ex:parameters :distilledFrom ex:teacher .")
    scope = scope_of(graph, "system")
    assert "teacher" in names(scope.entries)
    assert {"secret", "teacher-code"} <= names(scope.nodes)


def test_data_for_validation_and_evaluation_is_out_unless_it_was_trained_on() -> None:
    assert names(scope_of(described(RELEASE), "system").arrivals).isdisjoint(
        {"held-out", "held-out-source", "bench", "bench-source"}
    )
    graph = described(RELEASE + "ex:parameters :trainedOn ex:bench .")
    assert {"bench", "bench-source"} <= names(scope_of(graph, "system").nodes)


def test_a_whole_that_is_also_a_base_is_assessed() -> None:
    graph = described("""
        ex:whole a :AISystem ; :hasParameters ex:part ; :trainedOn ex:data . ex:data a :Dataset .
        ex:part a :Parameters ; :mergedFrom ex:other . ex:other a :Model ; :fineTunedFrom ex:whole .
    """)
    scope = scope_of(graph, "part")
    assert names(scope.nodes) == {"part", "other", "whole", "data"}
    assert names(scope.entries) == {"part", "other", "whole"}
    assert scope.contexts == frozenset()


def test_lineage_follows_derivation_not_provenance() -> None:
    graph = described("""
        ex:p a :Parameters ; :trainedOn ex:a ; <http://www.w3.org/ns/prov#wasDerivedFrom> ex:b .
        ex:a a :Dataset ; <http://www.w3.org/ns/prov#wasDerivedFrom> ex:c . ex:b a :Dataset . ex:c a :Dataset .
    """)
    assert names(scope_of(graph, "p").nodes) == {"p", "a"}


def test_a_reference_to_nothing_is_in_scope() -> None:
    assert names(scope_of(described("ex:p a :Parameters ; :trainedOn ex:a ."), "p").nodes) == {"p", "a"}


@pytest.mark.parametrize("length", [3_000])
def test_a_long_chain_needs_no_recursion(length: int) -> None:
    arcs = frozenset((number, number + 1) for number in range(length))
    found = scope_of(drawn(length + 1, arcs), "000")
    assert len(found.trace(node(length))) == length + 1


@given(directed())
def test_the_scope_is_what_can_be_reached_and_traces_are_shortest(arcs: Arcs) -> None:
    scope = scope_of(drawn(8, arcs), "000")
    reference = nx.DiGraph()
    reference.add_node(node(0))
    reference.add_edges_from((node(start), node(end)) for start, end in arcs)
    distances = nx.single_source_shortest_path_length(reference, node(0))
    assert scope.nodes == set(distances)
    for reached, distance in distances.items():
        trace = scope.trace(URIRef(reached))
        assert len(trace) == distance + 1
        assert trace[0] == (None, node(0)) and trace[-1][1] == reached
        assert all(reference.has_edge(start, end) for (_, start), (_, end) in pairwise(trace))
