"""Spark runs compiled shapes as DuckDB does, and both as pySHACL: numbers, times, texts, paths and classes."""

from __future__ import annotations

from itertools import product

from compiled_shapes import by_engine, by_pyshacl
from rdflib import XSD, Graph
from shape_graphs import EX, LITERALS

from osaid_graph.engines import Engine

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:order sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:lessThan ex:q .
ex:values sh:targetNode ex:all ; sh:property
    [ sh:path ex:r ; sh:datatype xsd:dateTime ], [ sh:path ex:r ; sh:datatype xsd:byte ],
    [ sh:path ex:r ; sh:minInclusive 2 ],
    [ sh:path ex:r ; sh:maxExclusive "2020-01-01T10:00:00Z"^^xsd:dateTime ], [ sh:path ex:r ; sh:minExclusive "ab" ],
    [ sh:path ex:r ; sh:pattern "^[a-z]b?$" ; sh:flags "i" ], [ sh:path ex:r ; sh:languageIn ( "en" ) ],
    [ sh:path ex:r ; sh:uniqueLang true ; sh:minLength 2 ] .
ex:paths sh:targetClass ex:C ; sh:closed true ; sh:ignoredProperties ( ex:next ) ; sh:xone (
    [ sh:path ( [ sh:zeroOrOnePath ex:next ] [ sh:inversePath ex:back ] ) ; sh:minCount 2 ] [ sh:class ex:D ] ) .
"""
DATA = """
@prefix ex: <https://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:D rdfs:subClassOf ex:E . ex:E rdfs:subClassOf ex:C .
ex:n1 a ex:C ; ex:next ex:n2 . ex:n2 a ex:D ; ex:next ex:n3 . ex:n3 a ex:E ; ex:next ex:n1 . ex:x ex:back ex:n1, ex:n3 .
ex:y ex:back ex:n2 .
"""


def test_spark_finds_what_pyshacl_finds(spark_here: Engine) -> None:
    data, shapes = Graph().parse(data=DATA), Graph().parse(data=SHAPES)
    for literal in LITERALS:
        data.add((EX.all, EX.r, literal))
    ordered = [
        each for each in LITERALS if each.datatype in (XSD.dateTime, XSD.time, XSD.decimal) and not each.ill_typed
    ]
    for (first, left), (second, right) in product(enumerate(ordered), repeat=2):
        data.add((EX[f"o{first}-{second}"], EX.p, left))
        data.add((EX[f"o{first}-{second}"], EX.q, right))
    found = by_pyshacl(data, shapes)
    assert by_engine(spark_here, data, shapes) == found
    assert len({each.component for each in found}) == 11
