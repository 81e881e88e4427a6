"""What an endpoint answers, in each format, and what is no whole answer."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from local_endpoint import Reply, answering, of_store

from osaid_graph.errors import InputError
from osaid_graph.query.endpoint.address import Endpoint
from osaid_graph.query.endpoint.ask import Question, ask_endpoint
from osaid_graph.query.run import Answer
from osaid_graph.query.terms import XSD

EX = "http://example.org/"
pytestmark = pytest.mark.usefixtures("loopback_only")
SELECT = Question("select", "SELECT ?a ?b { ?a ?p ?b }")
NO_ROWS = b'{"head": {"vars": ["a"]}, "results": {"bindings": []}}'


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


@pytest.fixture
def store() -> ox.Store:
    found = ox.Store()
    found.add(ox.Quad(node("a"), node("p"), ox.Literal("5", datatype=ox.NamedNode(f"{XSD}integer"))))
    found.add(ox.Quad(node("b"), node("p"), ox.Literal('a "text",\nof two lines')))
    found.add(ox.Quad(node("c"), node("p"), ox.Literal("chat", language="fr")))
    found.add(ox.Quad(node("d"), node("p"), node("a")))
    return found


ROWS = Question("select", f"SELECT ?s ?o ?none {{ ?s <{EX}p> ?o }} ORDER BY ?s")


@pytest.mark.parametrize(
    "format_name", ["application/sparql-results+json", "application/sparql-results+xml", "text/tab-separated-values"]
)
def test_rows_are_the_same_in_every_format_that_keeps_types(store: ox.Store, format_name: str) -> None:
    with answering(of_store(store, format_name)) as (url, _):
        answer = ask_endpoint(Endpoint(url), ROWS)
    assert answer == Answer(
        "select",
        ("s", "o", "none"),
        (
            (node("a"), ox.Literal("5", datatype=ox.NamedNode(f"{XSD}integer")), None),
            (node("b"), ox.Literal('a "text",\nof two lines'), None),
            (node("c"), ox.Literal("chat", language="fr"), None),
            (node("d"), node("a"), None),
        ),
    )


def test_csv_has_no_types(store: ox.Store) -> None:
    with answering(of_store(store, "text/csv")) as (url, _):
        answer = ask_endpoint(Endpoint(url), ROWS)
    assert [row[1] for row in answer.rows] == [
        ox.Literal("5"),
        ox.Literal('a "text",\nof two lines'),
        ox.Literal("chat"),
        node("a"),
    ]


@pytest.mark.parametrize("format_name", ["application/n-triples", "text/turtle", "application/rdf+xml"])
def test_a_graph_is_the_same_in_every_format(store: ox.Store, format_name: str) -> None:
    with answering(of_store(store, graphs=format_name)) as (url, _):
        asked = Question("construct", f"CONSTRUCT {{ ?s <{EX}q> ?o }} WHERE {{ ?s <{EX}p> ?o }}")
        answer = ask_endpoint(Endpoint(url), asked)
    assert set(answer.triples) == {ox.Triple(q.subject, node("q"), q.object) for q in store}


@pytest.mark.parametrize("format_name", ["application/sparql-results+json", "application/sparql-results+xml"])
@pytest.mark.parametrize("truth", [True, False])
def test_yes_and_no_are_read(store: ox.Store, format_name: str, truth: bool) -> None:
    with answering(of_store(store, format_name)) as (url, _):
        asked = Question("ask", f"ASK {{ <{EX}{'a' if truth else 'z'}> ?p ?o }}")
        assert ask_endpoint(Endpoint(url), asked) == Answer("ask", truth=truth)


@pytest.mark.parametrize(("value", "truth"), [("1", True), ("0", False)])
def test_the_row_in_which_virtuoso_answers_ask_is_read(value: str, truth: bool) -> None:
    body = (
        '{ "head": { "link": [], "vars": ["__ASK_RETVAL"] }, "results": { "distinct": false, "bindings": [ '
        f'{{ "__ASK_RETVAL": {{ "type": "typed-literal", "datatype": "{XSD}integer", "value": "{value}" }}}} ] }} }}'
    )
    with answering(Reply(body.encode())) as (url, _):
        assert ask_endpoint(Endpoint(url), Question("ask", "ASK {}")) == Answer("ask", truth=truth)


@pytest.mark.parametrize(("most", "whole"), [("2", False), ("3", True)])
def test_rows_that_virtuoso_cut_off_are_no_answer(most: str, whole: bool) -> None:
    reply = Reply(b"?a\n<urn:1>\n<urn:2>\n", "text/tab-separated-values", headers={"X-SPARQL-MaxRows": most})
    with answering(reply) as (url, _):
        if whole:
            assert len(ask_endpoint(Endpoint(url), SELECT).rows) == 2
        else:
            with pytest.raises(InputError, match="the answer is not whole: the endpoint stops after 2 rows"):
                ask_endpoint(Endpoint(url), SELECT)


def test_rows_are_no_answer_to_ask() -> None:
    with answering(Reply(NO_ROWS)) as (url, _), pytest.raises(InputError, match="answers ASK with rows"):
        ask_endpoint(Endpoint(url), Question("ask", "ASK {}"))
