"""Which nodes an assessment looks at, exactly, and the shortest way to each."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lineage_graphs import EX, Arcs, described, directed, drawn, names, node, related, scope_of
from rdflib import Graph, URIRef
from rdflib.term import Node

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


def test_a_whole_that_is_passed_through_and_is_a_part_as_well_is_assessed() -> None:
    graph = described("""
        ex:part a :Parameters ; :fineTunedFrom ex:base . ex:base a :Model ; :hasModel ex:first ; :hasCode ex:code .
        ex:first a :Model ; :hasModel ex:whole . ex:whole a :Model ; :hasParameters ex:part ; :hasDocument ex:sheet .
        ex:code a :Code . ex:sheet a :Document .
    """)
    scope = scope_of(graph, "part")
    assert names(scope.nodes) == {"part", "base", "first", "whole", "code", "sheet"}
    assert scope.contexts == frozenset()
    assert [names([at]) for _, at in scope.trace(URIRef(EX + "whole"))] == [{"part"}, {"whole"}]


def test_a_whole_in_scope_by_a_way_of_its_own_is_not_passed_through() -> None:
    graph = described("""
        ex:system a :AISystem ; :hasModel ex:model . ex:other a :AISystem ; :hasModel ex:model ; :hasCode ex:code .
        ex:model a :Model ; :hasParameters ex:base , ex:tuned . ex:tuned a :Parameters ; :fineTunedFrom ex:base .
        ex:base a :Parameters . ex:code a :Code .
    """)
    assert names(scope_of(graph, "system").arrivals) == {"system", "model", "base", "tuned"}
    assert names(scope_of(graph, "tuned").nodes) == {"tuned", "base", "code"}


def test_a_base_that_is_a_released_stage_of_training_is_followed_as_both() -> None:
    graph = described("""
        ex:p a :Parameters ; :fineTunedFrom ex:step . ex:step a :Checkpoint , :Parameters .
        ex:owner a :Parameters ; :hasCheckpoint ex:step ; :trainedOn ex:data . ex:data a :Dataset .
        ex:system a :AISystem ; :hasParameters ex:step ; :hasCode ex:code . ex:code a :Code .
    """)
    scope = scope_of(graph, "p")
    assert names(scope.entries) == {"p", "step", "owner"}
    assert (names(scope.nodes), names(scope.contexts)) == ({"p", "step", "owner", "data", "code"}, {"system"})


@given(related(), st.permutations(range(8)))
def test_what_is_in_scope_and_how_far_does_not_depend_on_names(graph: Graph, order: list[int]) -> None:
    renamed = Graph()
    new: dict[Node, URIRef] = {node(number): node(other) for number, other in enumerate(order)}
    for subject, predicate, value in graph:
        renamed.add((new[subject], predicate, new.get(value, value)))
    for number in range(8):
        scope, other = scope_of(graph, f"{number:03}"), scope_of(renamed, f"{order[number]:03}")
        assert other.entries == {new[each] for each in scope.entries}
        assert other.contexts == {new[each] for each in scope.contexts}
        lengths = {new[each]: len(scope.trace(each)) for each in scope.arrivals}
        assert {each: len(other.trace(each)) for each in other.arrivals} == lengths


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
