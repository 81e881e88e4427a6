"""The profile check catches what is outside OWL 2 RL, and lets pass what is inside."""

from __future__ import annotations

import pytest
from owl_rl import rl_violations
from rdflib import Graph

PREFIXES = """
@prefix : <https://example.org/#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:A a owl:Class . :B a owl:Class . :C a owl:Class .
:p a owl:ObjectProperty . :q a owl:ObjectProperty . :d a owl:DatatypeProperty . :n a owl:AnnotationProperty .
"""

OUTSIDE = {
    "existential super-class": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .",
        "super-class",
    ),
    "union as super-class": (":A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :B :C ) ] .", "unionOf"),
    "enumeration as super-class": (":A rdfs:subClassOf [ a owl:Class ; owl:oneOf ( :i ) ] .", "oneOf"),
    "universal sub-class": (
        "[] a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ; rdfs:subClassOf :A .",
        "sub-class",
    ),
    "negated sub-class": ("[] a owl:Class ; owl:complementOf :B ; rdfs:subClassOf :A .", "complementOf"),
    "minimum cardinality": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; "
        'owl:minCardinality "1"^^xsd:nonNegativeInteger ] .',
        "minCardinality",
    ),
    "maximum of two": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; "
        'owl:maxCardinality "2"^^xsd:nonNegativeInteger ] .',
        "0 or 1",
    ),
    "exact cardinality": (
        ':A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:cardinality "1"^^xsd:nonNegativeInteger ] .',
        "cardinality",
    ),
    "self restriction": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasSelf true ] .",
        "hasSelf",
    ),
    "owl:Thing": ("owl:Thing rdfs:subClassOf :A .", "owl:Thing"),
    "nested in an intersection": (
        ":A rdfs:subClassOf [ a owl:Class ; owl:intersectionOf ( :B [ a owl:Class ; owl:unionOf ( :B :C ) ] ) ] .",
        "unionOf",
    ),
    "universal equivalence": (
        ":A owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .",
        "equivalence",
    ),
    "union in a domain": (":p rdfs:domain [ a owl:Class ; owl:unionOf ( :A :B ) ] .", "unionOf"),
    "disjoint union": (":A owl:disjointUnionOf ( :B :C ) .", "disjointUnionOf"),
    "disjoint with a universal": (
        ":A owl:disjointWith [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .",
        "sub-class",
    ),
    "reflexive property": (":p a owl:ReflexiveProperty .", "ReflexiveProperty"),
    "object and annotation property": (":p a owl:AnnotationProperty .", "two kinds"),
    "object and datatype property": (":p a owl:DatatypeProperty .", "two kinds"),
    "class and datatype": (":A a rdfs:Datatype .", "class and datatype"),
    "sub-property of another kind": (":n rdfs:subPropertyOf :p .", "another kind"),
    "undeclared property": (":i :unknown :j .", "not declared"),
    "undeclared class": (":i a :Unknown .", "not declared"),
    "annotation property restricted": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :n ; owl:hasValue :i ] .",
        "not an object property",
    ),
    "transitive datatype property": (":d a owl:TransitiveProperty .", "not an object property"),
    "inverse of an annotation property": (":p owl:inverseOf :n .", "not an object property"),
    "date as range": (":d rdfs:range xsd:date .", "datatype outside RL"),
    "owl:real as range": (":d rdfs:range owl:real .", "datatype outside RL"),
    "enumerated data": (':d rdfs:range [ a rdfs:Datatype ; owl:oneOf ( "a" ) ] .', "data range"),
    "facets": (
        ":d rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; "
        "owl:withRestrictions ( [ xsd:minInclusive 1 ] ) ] .",
        "data range",
    ),
    "date in a data assertion": (':i :d "2024-01-01"^^xsd:date .', "datatype outside RL"),
    "node as data": (":i :d :j .", "datatype property"),
    "literal as object": (':i :p "text" .', "object property"),
    "class expression in no axiom": (":i :n [ a owl:Class ; owl:unionOf ( :A :B ) ] .", "outside an axiom"),
    "functional and transitive": (":p a owl:TransitiveProperty , owl:FunctionalProperty .", "simple role"),
    "asymmetric above a transitive": (
        ":p a owl:AsymmetricProperty . :q a owl:TransitiveProperty ; rdfs:subPropertyOf :p .",
        "simple role",
    ),
    "RDF list as data": (":i :p ( :j ) .", "list outside"),
    "a list without end": (
        ":A owl:intersectionOf :l . [] a owl:AllDisjointClasses ; owl:members :l . :l rdf:first :B ; rdf:rest :l .",
        "runs into itself",
    ),
    "reserved property": (":i rdf:value :j .", "reserved"),
    "a property of plain RDF": (":r a rdf:Property .", "reserved"),
}

INSIDE = {
    "existential sub-class": (
        "[] a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom owl:Thing ; rdfs:subClassOf :A ."
    ),
    "union as sub-class": "[] a owl:Class ; owl:unionOf ( :B :C ) ; rdfs:subClassOf :A .",
    "universal super-class": ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .",
    "negated super-class": ":A rdfs:subClassOf [ a owl:Class ; owl:complementOf :B ] .",
    "at most one": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:onClass :B ; "
        'owl:maxQualifiedCardinality "1"^^xsd:nonNegativeInteger ] .'
    ),
    "chain": ":q owl:propertyChainAxiom ( :p [ owl:inverseOf :p ] ) .",
    "pairwise disjoint": "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .",
    "transitive and symmetric": ":p a owl:TransitiveProperty , owl:SymmetricProperty .",
    "has value in an equivalence": (
        ":A owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :i ] ."
    ),
    "class and individual": ":A a :B .",
    "date in an annotation": ':i :n "2024-01-01"^^xsd:date .',
    "integer range": ":d rdfs:range xsd:integer .",
}


@pytest.mark.parametrize("name", sorted(OUTSIDE))
def test_the_profile_check_catches(name: str) -> None:
    turtle, expected = OUTSIDE[name]
    found = rl_violations(Graph().parse(data=PREFIXES + turtle, format="turtle"))
    assert any(expected in violation for violation in found), found


@pytest.mark.parametrize("name", sorted(INSIDE))
def test_the_profile_check_lets_pass(name: str) -> None:
    assert rl_violations(Graph().parse(data=PREFIXES + INSIDE[name], format="turtle")) == []
