"""Every IRI has a qualified name that is read as that IRI, by the prov library and by our readers of both notations."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from prov.model import ProvDocument
from rdflib import RDF, RDFS, XSD, BNode, Literal, URIRef

from osaid_graph.errors import InputError
from osaid_graph.graph.release import Release
from osaid_graph.identity import canonical, checked_iri
from osaid_graph.model import Triple
from osaid_graph.readers import detect
from osaid_graph.readers.rdf.terms import checked
from osaid_graph.reading import Reading, Statement
from osaid_graph.vocab import OSAID
from osaid_graph.writers import writer
from osaid_graph.writers.material import Material
from osaid_graph.writers.prov.document import document
from osaid_graph.writers.prov.names import Names, split

NAMES = ("prov-json", "prov-n")
LIBRARY = {"prov-json": "json", "prov-n": "provn"}


def _is_iri(text: str) -> bool:
    try:
        return checked_iri(text) == canonical(text)
    except InputError:
        return False


_ODD = st.text(
    st.one_of(st.sampled_from("/#:?%=';,()[]@!$&*+~-._0aZ%2F\u00b7\u0300\u203f\u00d7"), st.characters(codec="utf-8")),
    max_size=20,
)
IRIS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(("https://e.example/", "urn:x:", "tag:", "prov:", "ns1:", "https://huggingface.co/")), _ODD
    ),
).filter(_is_iri)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(lambda text, tag: Literal(text, lang=tag), TEXTS, st.sampled_from(("en", "de-CH", "zh-Hant"))),
    st.builds(lambda number: Literal(str(number), datatype=XSD.integer), st.integers()),
    st.builds(lambda number: Literal(str(number), datatype=XSD.int), st.integers(-(2**31), 2**31 - 1)),
    st.builds(lambda truth: Literal(truth), st.booleans()),
    st.builds(lambda day: Literal(day.isoformat(), datatype=XSD.date), st.dates()),
    st.builds(lambda time: Literal(time.isoformat(), datatype=XSD.dateTime), st.datetimes()),
    st.builds(lambda number: Literal(str(number), datatype=XSD.decimal), st.decimals(-1000, 1000, places=3)),
    st.builds(
        lambda number: Literal(str(number), datatype=XSD.double), st.floats(allow_nan=False, allow_infinity=False)
    ),
)


@given(IRIS)
@example("https://e.example/50%")
@example("https://e.example/%ZZ/%2F%2")
@example("https://e.example/\u0300mark")
@example("https://e.example/clean.")
@example("urn:x:")
def test_namespace_and_local_name_are_the_iri_and_no_part_of_it_is_rewritten(iri: str) -> None:
    namespace, local = split(iri)
    assert namespace + local == iri
    assert namespace
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        name = Names().of(URIRef(iri))
        assert name.uri == iri
        assert name.provn_representation()


@pytest.mark.parametrize("name", NAMES)
@example([("https://e.example/\xa0", "https://e.example/\u1680", Literal("a\r\n\xa0"))])
@settings(max_examples=60)
@given(st.lists(st.tuples(IRIS, IRIS, LITERALS), min_size=1, max_size=4))
def test_nodes_edges_and_values_are_read_back_as_they_were(name: str, said: list[tuple[str, str, Literal]]) -> None:
    exported = _material(said)
    text = str(writer(name).write(exported))
    assert ProvDocument.deserialize(content=text, format=LIBRARY[name]) == document(_material(said))
    reading = detect(text.encode(), f"a{writer(name).SUFFIX}").read(text.encode(), "a")
    back = {each.triple for each in reading.statements if each.graph is not None}
    assert exported.carried <= back
    assert reading.repairs == ()


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=30)
@given(TEXTS.filter(bool))
def test_a_blank_node_is_read_back_as_one(name: str, label: str) -> None:
    node, blank = URIRef("https://e.example/a"), BNode(label)
    release = Release()
    said: list[Triple] = [
        (node, RDF.type, OSAID.Dataset),
        (node, OSAID.cleaning, blank),
        (blank, RDF.type, OSAID.NotApplicable),
    ]
    said.append((blank, RDFS.comment, Literal("clean")))
    release.add(Reading(tuple(Statement(each, 1) for each in said)), "a.ttl", b"", "turtle")
    text = str(writer(name).write(Material(release)))
    reading = detect(text.encode(), f"a{writer(name).SUFFIX}").read(text.encode(), "a")
    back = {each.triple for each in reading.statements if each.graph is not None}
    found = next(value for subject, predicate, value in back if predicate == OSAID.cleaning)
    assert isinstance(found, BNode)
    assert {(p, o) for s, p, o in back if s == found} == {
        (RDF.type, OSAID.NotApplicable),
        (RDFS.comment, Literal("clean")),
    }


def _material(said: list[tuple[str, str, Literal]]) -> Material:
    release = Release()
    statements = []
    for subject, value, literal in said:
        node, other = URIRef(subject), URIRef(value)
        statements.append(Statement((node, RDF.type, OSAID.Dataset), 1))
        statements.append(Statement((node, OSAID.derivedFrom, other), 1))
        statements.append(Statement((node, OSAID.location, other), 1))
        statements.append(Statement(checked(node, OSAID.provenance, literal), 1))
    release.add(Reading(tuple(statements)), "a.ttl", b"", "turtle")
    return Material(release)
