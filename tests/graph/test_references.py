"""What nodes become that are referred to but not typed, or not described at all."""

from __future__ import annotations

import pytest
from rdflib import DCTERMS, RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from osaid_graph.graph.references import resolve_references
from osaid_graph.vocab import OSAID

E = Namespace("http://e/")


def _classes(*triples: tuple[Node, Node, Node]) -> dict[Node, set[Node]]:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    before = set(graph)
    resolve_references(graph)
    assert before <= set(graph)
    return {node: set(graph.objects(node, RDF.type)) for node in graph.all_nodes() if isinstance(node, URIRef | BNode)}


SYSTEM = (E.atlas, RDF.type, OSAID.AISystem)
DATASET = (E.web, RDF.type, OSAID.Dataset)


@pytest.mark.parametrize("edge", [OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn, OSAID.derivedFrom])
def test_what_is_described_nowhere_is_unresolved_and_its_edge_kept(edge: URIRef) -> None:
    assert _classes(SYSTEM, (E.atlas, edge, E.x))[E.x] == {OSAID.UnresolvedReference}


def test_an_unresolved_reference_is_known_by_its_name() -> None:
    graph = Graph()
    graph.add((E.atlas, OSAID.trainedOn, URIRef("https://huggingface.co/datasets/acme/web#1.5")))
    resolve_references(graph)
    assert set(graph.objects(None, RDFS.label)) == {Literal("acme/web@1.5")}


@pytest.mark.parametrize("edge", [OSAID.trainedOn, OSAID.evaluatedOn, OSAID.filteredFrom, OSAID.subsetOf])
def test_what_is_described_behind_an_edge_to_data_is_a_dataset(edge: URIRef) -> None:
    assert _classes(SYSTEM, (E.atlas, edge, E.x), (E.x, OSAID.license, Literal("MIT")))[E.x] == {OSAID.Dataset}


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (OSAID.Dataset, {OSAID.Dataset}),
        (OSAID.Parameters, {OSAID.Model}),
        (OSAID.Model, {OSAID.Model}),
        (OSAID.AISystem, {OSAID.Model}),
        (OSAID.Code, set()),
    ],
)
def test_what_something_derives_from_is_of_its_kind(subject: URIRef, expected: set[Node]) -> None:
    said = ((E.s, RDF.type, subject), (E.s, OSAID.derivedFrom, E.x), (E.x, OSAID.license, Literal("MIT")))
    assert _classes(*said)[E.x] == expected


def test_a_chain_of_untyped_datasets_is_resolved_to_its_end() -> None:
    described = [(E[f"d{n}"], OSAID.license, Literal("MIT")) for n in range(5)]
    chain = [(E[f"d{n}"], OSAID.derivedFrom, E[f"d{n + 1}"]) for n in range(5)]
    classes = _classes(SYSTEM, (E.atlas, OSAID.trainedOn, E.d0), *described, *chain)
    assert [classes[E[f"d{n}"]] for n in range(5)] == [{OSAID.Dataset}] * 5
    assert classes[E.d5] == {OSAID.UnresolvedReference}


@pytest.mark.parametrize("order", [1, -1])
def test_what_a_node_becomes_does_not_depend_on_the_order_of_statements(order: int) -> None:
    derived = ((E.m, OSAID.derivedFrom, E.x), (E.d, OSAID.derivedFrom, E.x))
    typed = ((E.m, RDF.type, OSAID.Model), (E.d, RDF.type, OSAID.Dataset), (E.x, OSAID.license, Literal("MIT")))
    assert _classes(*derived[::order], *typed)[E.x] == {OSAID.Model}
    assert _classes(*derived[::order], *typed, (E.m, OSAID.evaluatedOn, E.x))[E.x] == {OSAID.Dataset}


def test_a_circle_of_derivations_is_resolved() -> None:
    said = ((E.a, OSAID.derivedFrom, E.b), (E.b, OSAID.derivedFrom, E.a), (E.a, OSAID.derivedFrom, E.a))
    classes = _classes(SYSTEM, (E.atlas, OSAID.trainedOn, E.a), *said)
    assert [classes[E.a], classes[E.b]] == [{OSAID.Dataset}] * 2


def test_a_class_that_is_stated_is_kept_right_or_wrong() -> None:
    assert _classes(SYSTEM, (E.atlas, OSAID.trainedOn, E.x), (E.x, RDF.type, OSAID.Code))[E.x] == {OSAID.Code}


def test_a_title_alone_describes_nothing() -> None:
    said = ((E.atlas, OSAID.trainedOn, E.x), (E.x, DCTERMS.title, Literal("Web")))
    assert _classes(SYSTEM, *said)[E.x] == {OSAID.UnresolvedReference}


def test_a_silence_is_no_reference() -> None:
    silence = BNode()
    said = ((E.atlas, OSAID.trainedOn, silence), (silence, RDF.type, OSAID.NotDisclosed))
    assert _classes(SYSTEM, *said)[silence] == {OSAID.NotDisclosed}


def test_a_component_without_class_becomes_what_its_edge_says() -> None:
    assert _classes(SYSTEM, (E.atlas, OSAID.hasCode, E.c))[E.c] == {OSAID.Code}
    assert _classes(SYSTEM, (E.atlas, OSAID.hasParameters, E.p))[E.p] == {OSAID.Parameters}


def test_resolving_twice_changes_nothing() -> None:
    graph = Graph()
    for triple in (SYSTEM, DATASET, (E.atlas, OSAID.trainedOn, E.x), (E.web, OSAID.derivedFrom, E.y)):
        graph.add(triple)
    resolve_references(graph)
    once = set(graph)
    resolve_references(graph)
    assert set(graph) == once
