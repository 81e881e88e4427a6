"""JSON-LD: the shipped context and no other, no sockets, and what is refused."""

from __future__ import annotations

import json
import socket
import time
from typing import Any, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, Literal, URIRef
from rdflib.term import Node

from osaid_graph.errors import InputError
from osaid_graph.readers.manifest import reader as manifest
from osaid_graph.readers.rdf import jsonld, turtle
from osaid_graph.reading import Reading
from osaid_graph.vocab import BASE, OSAID

CONTEXT = BASE + "context.jsonld"


def _read(document: Any) -> Reading:
    text = document if isinstance(document, str) else json.dumps(document)
    return jsonld.read(text.encode(), "osaid.jsonld")


def _triples(reading: Reading) -> set[tuple[Node, Node, Node]]:
    return {statement.triple for statement in reading.statements}


def _refused(document: Any) -> InputError:
    with pytest.raises(InputError) as raised:
        _read(document)
    assert raised.value.hint, raised.value
    assert "\n" not in raised.value.message
    return raised.value


# -- what is read ----------------------------------------------------------------------------------------------------


def test_the_shipped_context_gives_the_words_of_the_ontology() -> None:
    document = {
        "@context": CONTEXT,
        "id": "https://huggingface.co/acme/atlas/",
        "type": "AISystem",
        "name": "Atlas",
        "code": {"type": "NotApplicable", "roles": "hyperparameter-search", "comment": "one run"},
        "training-data": {"id": "http://e/web", "type": "Dataset", "availability": "public"},
    }
    expected = turtle.read(
        b"""@prefix osaid: <https://w3id.org/osaid-graph/ont#> . @prefix code: <https://w3id.org/osaid-graph/code#> .
        @prefix dcterms: <http://purl.org/dc/terms/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <https://huggingface.co/acme/atlas> a osaid:AISystem ; dcterms:title "Atlas" ; osaid:trainedOn <http://e/web> ;
            osaid:hasCode
                [ a osaid:NotApplicable ; osaid:codeRole code:hyperparameter-search ; rdfs:comment "one run" ] .
        <http://e/web> a osaid:Dataset ; osaid:availability code:public .""",
        "x.ttl",
    )
    assert _triples(_read(document)) == _triples(expected)


def test_roles_are_those_of_code_or_of_documents_by_where_they_stand() -> None:
    document = {
        "@context": CONTEXT,
        "id": "https://huggingface.co/acme/atlas",
        "type": "AISystem",
        "code": [{"id": "http://e/c", "type": "Code", "roles": ["training", "architecture"]}],
        "data-information": {"id": "http://e/p", "type": "DataInformation", "roles": "research-paper"},
        "documents": [
            {"id": "http://e/d", "type": "Document", "roles": ["model-card"]},
            {"type": "NotDisclosed", "roles": ["sample-outputs"]},
        ],
    }
    expected = manifest.read(
        b"system: {id: acme/atlas}\ncode: {id: http://e/c, roles: [training, architecture]}\n"
        b"data-information: {id: http://e/p, roles: [research-paper]}\n"
        b"documents: [{id: http://e/d, roles: [model-card]}, {roles: [sample-outputs], not-disclosed: }]\n",
        "osaid.yaml",
    )
    assert _triples(_read(document)) == _triples(expected)


def test_a_local_context_stands_beside_the_shipped_one() -> None:
    document = {"@context": [CONTEXT, {"x": "http://e/x"}], "id": "http://e/s", "x": "y", "name": "S"}
    assert (URIRef("http://e/s"), URIRef("http://e/x"), Literal("y")) in _triples(_read(document))
    assert len(_read(document).statements) == 2


def test_a_document_without_context_is_read_where_it_is_expanded() -> None:
    document = [{"@id": "http://e/s", "@type": [str(OSAID.Dataset)]}]
    assert _triples(_read(document)) == {(URIRef("http://e/s"), RDF.type, OSAID.Dataset)}


def test_named_graphs_stay_apart() -> None:
    document = {"@id": "http://e/g", "@graph": [{"@id": "http://e/s", "http://e/p": "x"}]}
    (statement,) = _read([document]).statements
    assert statement.graph == URIRef("http://e/g")


def test_the_order_of_statements_is_that_of_every_run() -> None:
    document = [{"@id": f"http://e/{n}", "http://e/p": [{"http://e/q": n}, {"@id": "_:x"}, "y"]} for n in range(20)]
    assert _read(document).statements == _read(document).statements


def test_blank_nodes_of_which_nothing_is_said_are_those_of_their_document() -> None:
    one, other = ([{"@id": f"http://e/{n}", "http://e/p": {"@id": "_:x"}}] for n in (1, 2))
    values = [statement.triple[2] for document in (one, other) for statement in _read(document).statements]
    assert all(isinstance(value, BNode) for value in values)
    assert values[0] != values[1]


@pytest.mark.parametrize("document", [[], {}, {"name": "x"}, {"@context": CONTEXT}, None])
def test_a_document_that_says_nothing_gives_no_statements_or_is_refused(document: Any) -> None:
    try:
        assert _read(document).statements == ()
    except InputError as error:
        assert "not JSON-LD" in error.message


# -- contexts are never fetched --------------------------------------------------------------------------------------

ELSEWHERE = "https://contexts.example.org/"
#: Every place in which JSON-LD 1.1 lets a document name a context.
REMOTE: dict[str, Any] = {
    "alone": {"@context": ELSEWHERE, "name": "x"},
    "in a list": {"@context": [CONTEXT, ELSEWHERE], "name": "x"},
    "in a nested list": {"@context": [[ELSEWHERE]], "name": "x"},
    "on an inner node": {"@context": CONTEXT, "code": {"@context": ELSEWHERE, "name": "x"}},
    "in the graph": {"@graph": [{"@context": ELSEWHERE, "name": "x"}]},
    "scoped to a term": {"@context": {"x": {"@id": "http://e/x", "@context": ELSEWHERE}}, "x": {"y": 1}},
    "scoped twice": {"@context": {"x": {"@id": "http://e/x", "@context": {"y": {"@context": ELSEWHERE}}}}},
    "a file": {"@context": "file:///etc/passwd"},
    "relative": {"@context": "context.jsonld"},
    "nearly the shipped one": {"@context": CONTEXT + "#"},
}


@pytest.mark.parametrize("document", REMOTE.values(), ids=REMOTE)
def test_a_context_that_is_not_shipped_is_refused_by_name(document: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> NoReturn:
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    error = _refused(document)
    assert "unknown JSON-LD context" in error.message
    assert CONTEXT in error.hint


def test_an_imported_context_is_refused() -> None:
    assert "@import is not accepted" in _refused({"@context": {"@import": ELSEWHERE}}).message


def test_a_hostile_context_does_not_reach_the_message_raw() -> None:
    assert "\x1b" not in _refused({"@context": "\x1b[31m"}).message


# -- what is refused, and where --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{\n"a": 1,\n}', 3, "not valid JSON"),
        ('{"a": "x\ny"}', 1, "not valid JSON"),
        ("{\n\n'a': 1}", 3, "not valid JSON"),
        ('[{"@id": "http://e/a"}\n', 2, "not valid JSON"),
        ('{"a": 1} {"b": 2}', 1, "not valid JSON"),
        ('{"@id": "http://e/a",\n "x": {"y": 1,\n  "y": 2}}', 3, "duplicate key 'y'"),
        ('{\t"a": 1,\n\t"b": [],\n\t"a": 2}', 3, "duplicate key 'a'"),
        ('{"@id": "http://e/a",\n "http://e/p": {"@id": "http://e/a b"}}', 2, "invalid IRI 'http://e/a b'"),
        ('{"@id": "http://e/a b",\n "http://e/p": 1}', 1, "invalid IRI 'http://e/a b'"),
        ('{"@id": "http://e/a",\n "@reverse": {"http://e/p": {"@id": "a b"}}}', 2, "invalid IRI 'a b'"),
        (
            '{"@context": {"p": {"@id": "http://e/p", "@type": "@id"}},\n "@id": "http://e/a",\n "p": ["b", "a b"]}',
            3,
            "invalid IRI 'a b'",
        ),
        ('{"@id": "http://e/\\u202ea",\n "http://e/p": "x"}', 1, "invalid IRI"),
        ('{"@id": "http://e/a",\n\n "@type": "https:///b"}', 3, "it names no host"),
        ('{"@id": "http://e/{}", "@graph": [{"@id": "http://e/s", "http://e/p": 1}]}', 1, "character '{'"),
    ],
)
def test_what_is_wrong_is_refused_at_its_line(text: str, line: int, words: str) -> None:
    error = _refused(text)
    assert words in error.message
    assert error.line == line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"a text"', "not JSON-LD"),
        ("42", "not JSON-LD"),
        ('{"@context": 3}', "not JSON-LD"),
        (f'{{"@id": "http://e/a", "http://e/p": {"9" * 5000}}}', "not valid JSON"),
        ('{"@id": "http://e/a", "http://e/p": "\\ud83d"}', "a character that no text holds"),
        (
            '{"@id": "http://e/a", "http://e/p": {"@value": "1E99999999", '
            '"@type": "http://www.w3.org/2001/XMLSchema#decimal"}}',
            "not an xsd:decimal",
        ),
    ],
)
def test_what_is_no_json_ld_is_refused(text: str, words: str) -> None:
    assert words in _refused(text).message


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[" * 100 + "]" * 100])
def test_nesting_has_a_limit(text: str) -> None:
    assert _refused(text).message in ("JSON is nested deeper than 64 levels",)


def test_a_list_of_many_is_read_in_seconds() -> None:
    before = time.perf_counter()
    document = {"@id": "http://e/s", "http://e/p": [{"@id": f"http://e/{n}"} for n in range(20_000)]}
    assert len(_read(document).statements) == 20_000
    assert time.perf_counter() - before < 10


# -- whatever the document -------------------------------------------------------------------------------------------

_KEYS = st.sampled_from(
    [
        "@id",
        "@type",
        "@value",
        "@graph",
        "@list",
        "@set",
        "@context",
        "@reverse",
        "@language",
        "@index",
        "@included",
        "@vocab",
        "@base",
        "@nest",
        "@json",
        "id",
        "type",
        "name",
        "code",
        "license",
        "training-data",
        "http://e/p",
        "",
    ]
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from([CONTEXT, "http://e/x", "_:b", "@type", "@id", "xsd:date", "../x", "http://e/a b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=15,
)  # fmt: skip


@settings(max_examples=400)
@given(st.dictionaries(_KEYS, _VALUES, max_size=5), st.booleans())
def test_any_json_is_taken_or_refused(document: dict[str, Any], shipped: bool) -> None:
    try:
        reading = _read({"@context": CONTEXT, **document} if shipped else document)
    except InputError as error:
        assert error.message
    else:
        assert all(term.n3() for statement in reading.statements for term in statement.triple)


@settings(max_examples=200)
@given(st.text(st.characters(exclude_characters="\0", codec="utf-8")))
def test_any_text_is_taken_or_refused(text: str) -> None:
    try:
        _read(text)
    except InputError as error:
        assert error.message
