"""Literals in SQL are well-formed, ordered and matched as pySHACL has it: every kind against every other."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import pytest
from compiled_shapes import by_engine, by_pyshacl
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from shape_graphs import BOUNDS, EX, LITERALS

from osaid_graph.engines import Engine

#: Texts of literals by their datatype, each once as rdflib would write it and once as it stands.
FORMS = {
    "integer": "x| |+7|007|99999999999999999999|1.0",
    "nonNegativeInteger": "-0|-1|5",
    "positiveInteger": "0|1|-1",
    "negativeInteger": "0|-5|5",
    "nonPositiveInteger": "0|-5|5",
    "byte": "2|127|128|-128|-129",
    "short": "32767|32768",
    "int": "2147483647|2147483648",
    "long": "1 0|-9",
    "unsignedByte": "255|256|-1",
    "unsignedShort": "65535|65536",
    "unsignedInt": "4294967295|4294967296",
    "unsignedLong": "-4|4",
    "decimal": "1.|.5|2.50|1,5|-0.1",
    "double": "INF|-INF|1E-2|e5|0.5",
    "float": "1e3|+.5|1e",
    "boolean": "true|false",
    "date": "2020-02-29|2021-02-29|1900-02-29|2020-13-01|0000-01-01|2020-1-1|2021-01-01Z",
    "dateTime": "2020-01-01T10:00:00|2020-01-01T10:00:00Z|2020-01-01T11:30:00.25+02:00|2020-02-30T00:00:00"
    "|2020-01-01T25:00:00|2020-01-01T10:00:60Z|1969-12-31T23:59:59.5-00:30",
    "time": "10:00:00|09:00:00-02:00|10:59:59Z|25:00:00|noon",
    "duration": "P1Y2M3DT4H5M6S|P|-P1D|1Y",
    "yearMonthDuration": "P1Y2M",
    "dayTimeDuration": "-PT5M",
    "hexBinary": "0AfF|0g|0",
    "base64Binary": "YWJj|abc",
    "language": "en|not one",
    "token": "t  t",
    "anyURI": "a:b",
    "gYear": "x|2020",
}
ALL = (
    *LITERALS,
    *(Literal("ab", lang="EN-us"), Literal("ab", lang="fr"), Literal("1", datatype=EX.other)),
    *(
        Literal(text, datatype=XSD[name], normalize=normalize)
        for name, texts in FORMS.items()
        for text in texts.split("|")
        for normalize in (True, False)
        if normalize or name not in ("double", "float")  # a number in two forms is two terms
    ),
)
#: Those that are compared with one another. Python orders the values of some datatypes otherwise than by their texts.
ORDERED = (*LITERALS, *(each for each in ALL[len(LITERALS) :] if each.datatype in (XSD.date, XSD.dateTime)))
DATATYPES = sorted({each.datatype for each in ALL if each.datatype} | {RDF.langString, XSD.string, XSD.gMonth})
TEXTS = (
    *("", "a", "b", "ab", "aXb", "a\nb", "ab\n", "é", "É", "\u017f", "K", "k", "\u212a", "ß", "\u1e9e"),
    *("7", "\u0663", "_", " ", "\u00a0", "a-b", "[x]", "\u2028", "日本"),
)
PATTERNS = (
    *("", "^a", "b$", "^.$", "^a.b$", "^$", "x??", "a|7$", "(a|b)+", "^(?:ab?){1,2}$", "[a-z]-", "[é-ü]", "[^a]"),
    *(r"\d", r"^\w+$", r"\s", r"^\S", r"^\D\W", r"\[x\]", r"\Aa", r"b\Z"),
)
FOCUS = EX.focus


def _shape(shapes: Graph, name: str, *says: tuple[URIRef, Literal | URIRef]) -> None:
    """Add a property shape for the values of ``ex:p`` of the one node there is."""
    node = EX[name]
    for predicate, value in ((RDF.type, SH.PropertyShape), (SH.targetNode, FOCUS), (SH.path, EX.p), *says):
        shapes.add((node, predicate, value))


def _values(values: Iterable[Literal | URIRef]) -> Graph:
    data = Graph()
    for value in values:
        data.add((FOCUS, EX.p, value))
    return data


def _agree(engine: Engine, data: Graph, shapes: Graph, at_least: int) -> None:
    found = by_pyshacl(data, shapes)
    assert by_engine(engine, data, shapes) == found
    assert sum(found.values()) >= at_least


def test_datatypes_know_their_ill_formed_literals(engine: Engine) -> None:
    shapes = Graph()
    for number, datatype in enumerate(DATATYPES):
        _shape(shapes, f"datatype{number}", (SH.datatype, datatype))
    _agree(engine, _values(ALL), shapes, at_least=1_000)


@pytest.mark.parametrize("comparison", [SH.minExclusive, SH.minInclusive, SH.maxExclusive, SH.maxInclusive])
def test_bounds_compare_as_pyshacl_does(comparison: URIRef, engine: Engine) -> None:
    shapes = Graph()
    for number, bound in enumerate(
        (*BOUNDS, Literal(10**25), Literal("ab", lang="EN-us"), Literal("x", datatype=XSD.token))
    ):
        _shape(shapes, f"bound{number}", (comparison, bound))
    _agree(engine, _values((*ALL, EX.iri)), shapes, at_least=500)


@pytest.mark.parametrize("comparison", [SH.lessThan, SH.lessThanOrEquals])
def test_every_pair_of_literals_is_in_pyshacls_order(comparison: URIRef, engine: Engine) -> None:
    data, shapes = Graph(), Graph()
    terms: list[Literal | URIRef] = [*ORDERED, EX.iri, URIRef("urn:b")]
    for (first, left), (second, right) in product(enumerate(terms), repeat=2):
        if not _without_order(left, right):
            data.add((EX[f"n{first}-{second}"], EX.p, left))
            data.add((EX[f"n{first}-{second}"], EX.q, right))
    for predicate, value in ((SH.targetSubjectsOf, EX.p), (SH.path, EX.p), (comparison, EX.q)):
        shapes.add((EX.order, predicate, value))
    _agree(engine, data, shapes, at_least=1_000)


def _without_order(left: Literal | URIRef, right: Literal | URIRef) -> bool:
    """Return whether pySHACL gives up on two terms: two texts that are no values of their datatype."""
    if not isinstance(left, Literal) or not isinstance(right, Literal) or left == right:
        return False
    return left.datatype == right.datatype and (left.value is None or right.value is None)


@pytest.mark.parametrize("flags", ["", "i"])
def test_patterns_find_what_pyshacl_finds(flags: str, engine: Engine) -> None:
    shapes = Graph()
    for number, pattern in enumerate(PATTERNS):
        _shape(shapes, f"pattern{number}", (SH.pattern, Literal(pattern)), (SH.flags, Literal(flags)))
    _agree(engine, _values((*map(Literal, TEXTS), EX.iri)), shapes, at_least=100)


def test_lengths_count_characters(engine: Engine) -> None:
    shapes = Graph()
    for length in range(4):
        _shape(shapes, f"min{length}", (SH.minLength, Literal(length)))
        _shape(shapes, f"max{length}", (SH.maxLength, Literal(length)))
    _agree(engine, _values((*map(Literal, (*TEXTS, "🦆🦆", "e\u0301")), EX.iri)), shapes, at_least=50)
