"""Where the compiled shapes and pySHACL differ, as docs/compiler.md tells: each case, and what each of them finds."""

from __future__ import annotations

import pytest
from compiled_shapes import by_engine, by_pyshacl
from rdflib import SH, XSD, Graph, Literal, URIRef
from shape_graphs import EX

from osaid_graph.engines import Engine


def _literal(text: str, datatype: URIRef) -> Literal:
    return Literal(text, datatype=datatype, normalize=False)


#: What -> a value, a constraint on it, and whether the compiled shape and pySHACL find fault with it.
CASES: dict[str, tuple[Literal, URIRef, Literal | URIRef, bool, bool]] = {
    "NaN is less than nothing": (_literal("nan", XSD.double), SH.maxInclusive, Literal(5), True, False),
    "a binary number equals its decimal": (
        _literal("0.1", XSD.double),
        SH.maxInclusive,
        _literal("0.1", XSD.decimal),
        False,
        True,
    ),
    "numbers of more than 20 digits are compared as binary ones": (
        Literal(10**25 + 1),
        SH.maxInclusive,
        Literal(10**25),
        False,
        True,
    ),
    "a text has the datatype xsd:string": (Literal("a"), SH.hasValue, Literal("a", datatype=XSD.string), False, True),
    "Python's digits are none of XML Schema": (_literal("1_0", XSD.integer), SH.datatype, XSD.integer, True, False),
    "only what SPARQL knows is held to be well-formed": (
        _literal("<p", URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral")),
        SH.datatype,
        URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral"),
        False,
        True,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_differences_are_those_that_are_told(case: str, engine: Engine) -> None:
    value, predicate, bound, ours, theirs = CASES[case]
    data, shapes = Graph(), Graph()
    data.add((EX.focus, EX.p, value))
    for said, of in ((SH.targetNode, EX.focus), (SH.path, EX.p), (predicate, bound)):
        shapes.add((EX.shape, said, of))
    assert (bool(by_engine(engine, data, shapes)), bool(by_pyshacl(data, shapes))) == (ours, theirs)


def test_a_blank_node_is_never_less_where_pyshacl_gives_up(engine: Engine) -> None:
    data = Graph().parse(data="@prefix ex: <https://example.org/> . ex:a ex:p [] ; ex:q 1 .", format="turtle")
    shapes = Graph()
    for said, of in ((SH.targetNode, EX.a), (SH.path, EX.p), (SH.lessThan, EX.q)):
        shapes.add((EX.shape, said, of))
    assert by_engine(engine, data, shapes).total() == 1
