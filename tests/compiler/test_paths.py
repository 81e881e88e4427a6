"""Paths lead where pySHACL follows them: every kind of path, in and beside every other."""

from __future__ import annotations

from itertools import product

from compiled_shapes import by_engine, by_pyshacl
from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import IdentifiedNode
from shape_graphs import EX

from osaid_graph.engines import Engine

#: A circle of two properties with a tail, a node that leads to itself, and a text.
DATA = """@prefix ex: <https://example.org/> .
ex:a ex:p ex:b . ex:b ex:q ex:c ; ex:p ex:c . ex:c ex:p ex:a ; ex:q ex:d . ex:d ex:p ex:d ; ex:q "text" .
ex:e ex:p ex:a, ex:d .
"""
UNARY = (SH.inversePath, SH.zeroOrOnePath, SH.zeroOrMorePath, SH.oneOrMorePath)


class _Paths:
    """Paths as nodes of a graph of shapes."""

    def __init__(self) -> None:
        self.graph = Graph()

    def of(self, kind: URIRef, path: IdentifiedNode) -> IdentifiedNode:
        node = BNode()
        self.graph.add((node, kind, path))
        return node

    def sequence(self, *paths: IdentifiedNode) -> IdentifiedNode:
        head = BNode()
        Collection(self.graph, head, list(paths))
        return head

    def alternative(self, *paths: IdentifiedNode) -> IdentifiedNode:
        return self.of(SH.alternativePath, self.sequence(*paths))


def test_paths_lead_where_pyshacl_follows_them(engine: Engine) -> None:
    made = _Paths()
    parts = [EX.p, EX.absent, made.of(SH.inversePath, EX.q), *(made.of(kind, EX.q) for kind in UNARY[1:])]
    pairs = [
        pair(first, second) for first, second in product(parts, repeat=2) for pair in (made.sequence, made.alternative)
    ]
    of_pairs = [
        made.of(kind, pair(EX.p, part))
        for kind in UNARY[1:]
        for part in parts
        for pair in (made.sequence, made.alternative)
    ]
    back = [made.of(SH.inversePath, made.of(kind, EX.p)) for kind in UNARY]
    for number, path in enumerate([*parts, *pairs, *of_pairs, *back, made.sequence(*parts)]):
        for said, of in ((SH.targetSubjectsOf, EX.p), (SH.path, path), (SH["in"], RDF.nil)):
            made.graph.add((EX[f"path{number}"], said, of))  # every value is a result
    data = Graph().parse(data=DATA, format="turtle")
    found = by_pyshacl(data, made.graph)
    assert by_engine(engine, data, made.graph) == found
    assert found.total() > 1_000


def test_nodes_that_several_lead_to_are_looked_at_once_for_each(engine: Engine) -> None:
    data = Graph().parse(data="@prefix ex: <https://example.org/> . ex:a ex:p ex:c . ex:b ex:p ex:c .", format="turtle")
    shapes = Graph().parse(
        data="""@prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        ex:s sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:property ex:inner ] .
        ex:inner sh:path [ sh:zeroOrOnePath ex:absent ] ; sh:nodeKind sh:Literal ; sh:minCount 2 ; sh:equals ex:p .""",
        format="turtle",
    )
    found = by_pyshacl(data, shapes)
    assert by_engine(engine, data, shapes) == found
    assert set(found.values()) == {2} and len(found) == 3
