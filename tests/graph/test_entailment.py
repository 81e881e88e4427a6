"""The fixed profile: sub-classes, sub-properties and inverses of the ontology, all of them and nothing else."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV
from rdflib.term import Node

from osaid_graph.graph.ontology import entail, narrower, ontology
from osaid_graph.vocab import BASE, OSAID

S, V = URIRef("http://e/s"), URIRef("http://e/v")
Triples = set[tuple[Node, Node, Node]]
PROPERTIES = sorted(
    node
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for node in ontology().subjects(RDF.type, kind)
    if isinstance(node, URIRef) and node.startswith(BASE)
)
CLASSES = sorted(
    node for node in ontology().subjects(RDF.type, OWL.Class) if isinstance(node, URIRef) and node.startswith(BASE)
)


def _entailed(*triples: tuple[Node, Node, Node]) -> Triples:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    entail(graph)
    return set(graph)


def _fixpoint(*triples: tuple[Node, Node, Node]) -> Triples:
    """Rules rdfs7, rdfs9 and prp-inv applied again and again, one axiom at a time."""
    axioms = ontology()
    found: Triples = set(triples)
    while True:
        new: Triples = set()
        for s, p, o in found:
            new.update((s, wider, o) for wider in axioms.objects(p, RDFS.subPropertyOf) if isinstance(wider, URIRef))
            if p == RDF.type:
                new.update((s, p, wider) for wider in axioms.objects(o, RDFS.subClassOf) if isinstance(wider, URIRef))
            if not isinstance(o, Literal):
                inverses = {*axioms.objects(p, OWL.inverseOf), *axioms.subjects(OWL.inverseOf, p)}
                new.update((o, inverse, s) for inverse in inverses)
        if new <= found:
            return found
        found |= new


def test_there_is_something_to_test() -> None:
    assert len(PROPERTIES) > 50
    assert len(CLASSES) > 20


@pytest.mark.parametrize("kind", CLASSES, ids=lambda iri: iri.rpartition("#")[2])
def test_a_class_entails_its_wider_classes_and_no_more(kind: URIRef) -> None:
    assert _entailed((S, RDF.type, kind)) == _fixpoint((S, RDF.type, kind))


@pytest.mark.parametrize("prop", PROPERTIES, ids=lambda iri: iri.rpartition("#")[2])
def test_a_property_entails_its_wider_properties_and_inverses_and_no_more(prop: URIRef) -> None:
    assert _entailed((S, prop, V)) == _fixpoint((S, prop, V))


@pytest.mark.parametrize("prop", PROPERTIES, ids=lambda iri: iri.rpartition("#")[2])
def test_using_a_property_gives_no_class(prop: URIRef) -> None:
    assert not {o for _, p, o in _entailed((S, prop, V)) if p == RDF.type}


def test_a_text_is_never_a_subject() -> None:
    assert all(isinstance(s, URIRef) for s, *_ in _entailed((S, OSAID.license, Literal("MIT"))))


def test_terms_of_others_entail_nothing_of_ours() -> None:
    foreign = ((S, DCTERMS.hasPart, V), (S, PROV.wasDerivedFrom, V), (S, RDF.type, PROV.Entity))
    assert not {term for _, p, o in _entailed(*foreign) for term in (p, o) if str(term).startswith(BASE)}


def test_checkpoints_are_no_parameters() -> None:
    assert (S, RDF.type, OSAID.Parameters) not in _entailed((S, RDF.type, OSAID.Checkpoint))


def test_entailment_is_settled_after_one_pass() -> None:
    graph = Graph()
    for number, prop in enumerate(PROPERTIES):
        graph.add((S, prop, URIRef(f"http://e/{number}")))
    entail(graph)
    once = set(graph)
    entail(graph)
    assert set(graph) == once


def test_the_kinds_of_derivation_are_narrower_than_derivation() -> None:
    assert narrower(OSAID.derivedFrom) == {
        OSAID.derivedFrom,
        *(OSAID.fineTunedFrom, OSAID.adapterOf, OSAID.quantizedFrom, OSAID.mergedFrom, OSAID.distilledFrom),
        *(OSAID.subsetOf, OSAID.filteredFrom),
    }
    assert PROV.wasDerivedFrom not in narrower(OSAID.derivedFrom)
