"""What an assessment looks at is what its shapes name, and what the steps around them need."""

from __future__ import annotations

import pytest
from rdflib import DCAT, DCTERMS, PROV, RDF, RDFS, Graph, URIRef

from osaid_graph.compiler.compile import predicates_of
from osaid_graph.corpus.ids import Ids
from osaid_graph.corpus.relevant import relevant
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.validation.definition import Rulebook, rulebook
from osaid_graph.vocab import OSAID


def _with(shape: str) -> Rulebook:
    """Return the usual rules with one shape more, which is no rule."""
    book, shapes = rulebook(), Graph()
    shapes += book.shapes
    shapes.parse(
        data="@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
        f"@prefix prov: <{PROV}> . @prefix dct: <{DCTERMS}> . {shape}"
    )
    return Rulebook(book.definition, shapes)


def test_what_rules_and_scope_look_at_is_relevant_and_alignments_are_not() -> None:
    asked = relevant(rulebook())
    assert {
        RDF.type,
        OSAID.hasCode,
        OSAID.derivedFrom,
        OSAID.fineTunedFrom,
        OSAID.unshareableReason,
    } <= asked.properties
    assert not asked.properties & {PROV.wasDerivedFrom, DCTERMS.hasPart, RDFS.label, DCTERMS.title}
    assert {OSAID.AISystem, OSAID.NotDisclosed, OSAID.Document} <= asked.classes
    assert not asked.classes & {PROV.Entity, DCAT.Resource}


def test_properties_that_a_shape_compares_or_targets_are_relevant() -> None:
    shape = "[] sh:targetSubjectsOf dct:issued ; sh:property [ sh:path dct:created ; sh:lessThan dct:modified ] ."
    assert {DCTERMS.issued, DCTERMS.modified} <= relevant(_with(shape)).properties


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("[] sh:property [ sh:path rdf:type ; sh:minCount 1 ] .", False),
        ("[] sh:class prov:Entity .", True),
        ("[] sh:property [ sh:path rdf:type ; sh:hasValue prov:Entity ] .", True),
        ("[] sh:property [ sh:path rdf:type ; sh:minCount 2 ] .", True),
        ("[] sh:property [ sh:path rdf:type ; sh:maxCount 1 ] .", True),
        ("[] sh:property [ sh:path ( dct:creator rdf:type ) ; sh:minCount 1 ] .", True),
        ("[] sh:property [ sh:path [ sh:inversePath rdf:type ] ; sh:minCount 1 ] .", True),
    ],
)
def test_a_class_that_follows_is_relevant_where_a_result_may_depend_on_it(shape: str, expected: bool) -> None:
    assert (PROV.Entity in relevant(_with(shape)).classes) is expected


def test_tables_have_names_of_their_own_whatever_the_properties_are_called() -> None:
    properties = [
        OSAID.hasCode,
        OSAID.license,
        DCTERMS.license,
        URIRef("https://e/HASCODE"),
        URIRef("urn:x:a-b"),
        URIRef("urn:x:terms"),
        RDF.type,
    ]
    graph = Vertical("facts", properties, Ids())
    names = [graph[prop] for prop in properties]
    assert len({name.casefold() for name in names}) == len(properties)
    assert {"facts_type", "facts_a_b"} < set(names)
    assert "facts_terms" not in names  # a table of terms is none of a property
    assert all(name.isidentifier() for name in names)
    assert RDFS.label not in graph


def test_the_same_properties_give_the_same_names() -> None:
    properties = [OSAID.license, DCTERMS.license, OSAID.hasCode]
    assert Vertical("a", properties, Ids()).tables == Vertical("a", properties[::-1], Ids()).tables


def test_all_that_compiled_rules_read_is_relevant() -> None:
    read = set(map(URIRef, predicates_of(rulebook().shapes)))
    assert read - relevant(rulebook()).properties == {RDFS.subClassOf}  # of which nothing is left


@pytest.mark.parametrize(("closed", "expected"), [("true", True), ("false", False)])
def test_a_closed_shape_looks_at_everything(closed: str, expected: bool) -> None:
    assert relevant(_with(f"[] sh:closed {closed} .")).everything is expected
