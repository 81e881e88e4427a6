"""Nodes and graphs of an endpoint: what is found there is what is found here."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from asked_queries import answer_of, example, store_of, values
from local_endpoint import Reply, answering, of_store

from osaid_graph.errors import InputError, UsageError
from osaid_graph.query.endpoint.address import Endpoint
from osaid_graph.query.endpoint.ask import EndpointNames, ask_endpoint, question
from osaid_graph.query.library import named_query
from osaid_graph.query.terms import VOCABULARY

EX = "http://example.org/"
pytestmark = pytest.mark.usefixtures("loopback_only")
WHOLE = "urn:osaid:whole"


def loaded(inputs: tuple[str, ...]) -> ox.Store:
    """Return a store of files as an engine has it that was given its default graph under a name."""
    found = ox.Store()
    for quad in store_of(inputs, assessed=False):
        here = quad.graph_name == ox.DefaultGraph()
        found.add(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(WHOLE) if here else quad.graph_name))
    return found


@pytest.mark.parametrize("name", ["kinship", "direct-uses", "lineage-as-prov", "who-says", "source-conflicts"])
def test_a_named_query_is_answered_as_here_from_a_default_graph_with_a_name(name: str) -> None:
    query = named_query(name)
    inputs, _ = example(query)
    with answering(of_store(loaded(inputs))) as (url, asked):
        endpoint = Endpoint(url, default_graphs=(WHOLE,))
        answer = ask_endpoint(endpoint, question(endpoint, query.text, values(name)[1]))
    expected = answer_of(name)
    assert (answer.columns, answer.rows, set(answer.triples)) == (
        expected.columns,
        expected.rows,
        set(expected.triples),
    )
    assert [each.parameters["default-graph-uri"] for each in asked] == [[WHOLE]] * len(asked)


def test_the_named_graphs_beside_a_default_graph_are_the_vocabulary_and_the_sources() -> None:
    inputs, _ = example(named_query("who-says"))
    sources = sorted(graph.value for graph in store_of(inputs, assessed=False).named_graphs())
    with answering(of_store(loaded(inputs))) as (url, _):
        found = question(Endpoint(url, default_graphs=(WHOLE,)), "SELECT ?s { GRAPH ?g { ?s ?p ?o } }")
        assert sorted(found.named_graphs) == sources and VOCABULARY.value in sources
        assert question(Endpoint(url, default_graphs=(WHOLE,)), "SELECT ?s { ?s ?p ?o }").named_graphs == ()
        assert question(Endpoint(url), "SELECT ?s { GRAPH ?g { ?s ?p ?o } }").named_graphs == ()
        own = Endpoint(url, default_graphs=(WHOLE,), named_graphs=(EX,))
        assert question(own, "SELECT ?s { GRAPH ?g { ?s ?p ?o } }").named_graphs == (EX,)


def test_more_sources_than_can_be_named_are_told() -> None:
    rows = "".join(f"<urn:{number}>\n" for number in range(501))
    reply = Reply(f"?graph\n{rows}".encode(), "text/tab-separated-values")
    with answering(reply) as (url, _), pytest.raises(InputError) as raised:
        question(Endpoint(url, default_graphs=(WHOLE,)), "SELECT ?s { GRAPH ?g { ?s ?p ?o } }")
    assert raised.value.message == "more than 500 sources, too many to name each as a graph"


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("https://huggingface.co/acme/tuned", "https://huggingface.co/acme/tuned"),
        ("<https://huggingface.co/acme/tuned>", "https://huggingface.co/acme/tuned"),
        ("acme/tuned", "https://huggingface.co/acme/tuned"),
        ("datasets/acme/books", "https://huggingface.co/datasets/acme/books"),
        ("acme/webmix@2", "https://huggingface.co/datasets/acme/webmix#2"),
        ("Tuned", "https://huggingface.co/acme/tuned"),
        ("webmix@1", "https://huggingface.co/datasets/acme/webmix#1"),
        ("Bench, test split", "https://huggingface.co/datasets/acme/bench-split"),
        ("our crawl", "urn:osaid:name:our-crawl"),
    ],
)
def test_a_node_of_an_endpoint_is_found_by_what_it_is_called(text: str, iri: str) -> None:
    with answering(of_store(loaded(("tests/fixtures/lineage/family.ttl",)))) as (url, _):
        assert EndpointNames(Endpoint(url, default_graphs=(WHOLE,))).find(text) == iri


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("Webmix", "'Webmix' could be 2 nodes", "write one of them: acme/webmix@1, acme/webmix@2"),
        ("nothing", "no node 'nothing' here", "write an IRI, a Hub id (org/name) or a label"),
        ("acme/tune", "no node 'acme/tune' here", "did you mean acme/tuned"),
        ("", "an empty name of a node", "write an IRI"),
        ('" } DROP ALL #', "no node '\" } DROP ALL #' here", "write an IRI"),
    ],
)
def test_a_name_of_no_node_of_an_endpoint_or_of_several_is_told(text: str, message: str, hint: str) -> None:
    with (
        answering(of_store(loaded(("tests/fixtures/lineage/family.ttl",)))) as (url, _),
        pytest.raises(UsageError) as raised,
    ):
        EndpointNames(Endpoint(url, default_graphs=(WHOLE,))).find(text)
    assert raised.value.message == message
    assert raised.value.hint.startswith(hint)
