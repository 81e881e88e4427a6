"""The SPARQL 1.1 Protocol: the requests of the W3C's protocol tests, under their names there, and what clients send."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, XML, SPARQLWrapper

pytestmark = pytest.mark.usefixtures("loopback_only")

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
RESULTS = "{http://www.w3.org/2005/sparql-results#}"
EX = "https://example.org/"
SELECT = f"SELECT ?x ?title {{ ?x dcterms:title ?title FILTER(STRSTARTS(STR(?x), '{EX}d')) }} ORDER BY ?x"


@pytest.fixture(scope="module")
def graphs(client: httpx.Client) -> dict[str, str]:
    """Return the graph of each document by the node that it describes."""
    query = f"SELECT ?x ?g {{ GRAPH ?g {{ ?x a osaid:Dataset }} FILTER(STRSTARTS(STR(?x), '{EX}d')) }}"
    found = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    graphs = {row["x"]["value"].removeprefix(EX): row["g"]["value"] for row in found}
    assert set(graphs) == {"d1", "d2", "d3"}
    return graphs


def asked(*names: str) -> str:
    """Return a query whether some of the nodes are of a class."""
    return f"ASK {{ {' '.join(f'<{EX}{name}> a ?type{name} .' for name in names)} }}"


def asked_in_graphs(*names: str) -> str:
    """Return a query whether each of some of the nodes is of a class in some graph."""
    return f"ASK {{ {' '.join(f'GRAPH ?g{name} {{ <{EX}{name}> a ?type{name} }}' for name in names)} }}"


def truth(response: httpx.Response) -> Any:
    assert response.status_code == 200, response.text
    return response.json()["boolean"]


# -- queries -----------------------------------------------------------------------------------------------------


def test_query_get(client: httpx.Client) -> None:
    assert truth(client.get("/sparql", params={"query": "ASK {}"})) is True


def test_query_post_form(client: httpx.Client) -> None:
    assert truth(client.post("/sparql", data={"query": "ASK {}"})) is True


def test_query_post_direct(client: httpx.Client) -> None:
    assert truth(client.post("/sparql", content="ASK {}", headers={"Content-Type": DIRECT})) is True


@pytest.mark.parametrize("names", [("d1", "d2"), ("d1", "d3")])
def test_query_dataset_default_graphs_get(client: httpx.Client, graphs: dict[str, str], names: tuple[str, ...]) -> None:
    of = [graphs[name] for name in ("d1", "d2")]
    assert truth(client.get("/sparql", params={"query": asked(*names), "default-graph-uri": of})) is (names[1] == "d2")


def test_query_dataset_default_graphs_post(client: httpx.Client, graphs: dict[str, str]) -> None:
    parameters = {"default-graph-uri": [graphs["d1"], graphs["d2"]]}
    head = {"Content-Type": DIRECT}
    assert truth(client.post("/sparql", params=parameters, content=asked("d1", "d2"), headers=head)) is True


def test_query_dataset_named_graphs_get(client: httpx.Client, graphs: dict[str, str]) -> None:
    parameters = {"query": asked_in_graphs("d1", "d2"), "named-graph-uri": [graphs["d1"], graphs["d2"]]}
    assert truth(client.get("/sparql", params=parameters)) is True


def test_query_dataset_named_graphs_post(client: httpx.Client, graphs: dict[str, str]) -> None:
    parameters = {"named-graph-uri": [graphs["d1"], graphs["d2"]]}
    head = {"Content-Type": DIRECT}
    answers = [
        truth(client.post("/sparql", params=parameters, content=asked_in_graphs(*names), headers=head))
        for names in (("d1", "d2"), ("d1", "d3"))
    ]
    assert answers == [True, False]


def test_query_dataset_full(client: httpx.Client, graphs: dict[str, str]) -> None:
    parameters = {"default-graph-uri": graphs["d3"], "named-graph-uri": [graphs["d1"], graphs["d2"]]}
    query = f"ASK {{ <{EX}d3> a ?type . GRAPH ?g {{ <{EX}d1> a ?type }} GRAPH ?h {{ <{EX}d2> a ?type }} }}"
    assert truth(client.post("/sparql", params=parameters, data={"query": query})) is True
    within = f"ASK {{ <{EX}d1> a ?type }}"
    assert truth(client.post("/sparql", params=parameters, data={"query": within})) is False


def test_query_multiple_dataset(client: httpx.Client, graphs: dict[str, str]) -> None:
    """What the protocol says of the dataset goes before what the query says (section 2.1.4)."""
    query = f"ASK FROM <{graphs['d1']}> {{ <{EX}d1> a ?one . <{EX}d2> a ?other }}"
    parameters = {"query": query, "default-graph-uri": [graphs["d1"], graphs["d2"]]}
    assert truth(client.get("/sparql", params=parameters)) is True


@pytest.mark.parametrize(
    ("query", "media"),
    [
        ("SELECT (1 AS ?value) {}", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+json"),
        ("DESCRIBE <https://example.org/d1>", "text/turtle; charset=utf-8"),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", "text/turtle; charset=utf-8"),
    ],
    ids=["query_content_type_select", "query_content_type_ask", "query_content_type_describe",
         "query_content_type_construct"],
)  # fmt: skip
def test_content_type(client: httpx.Client, query: str, media: str) -> None:
    response = client.get("/sparql", params={"query": f"BASE <{EX}> {query}"})
    assert (response.status_code, response.headers["content-type"]) == (200, media)


# -- what is no query --------------------------------------------------------------------------------------------

BAD: dict[str, tuple[str, dict[str, Any], int]] = {
    "bad_query_method": ("PUT", {"params": {"query": "ASK {}"}}, 405),
    "bad_multiple_queries": ("GET", {"params": {"query": ["ASK {}", "SELECT * {}"]}}, 400),
    "bad_query_wrong_media_type": ("POST", {"content": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
    "bad_query_missing_form_type": ("POST", {"content": "query=ASK%20%7B%7D"}, 415),
    "bad_query_missing_direct_type": ("POST", {"content": "ASK {}"}, 415),
    "bad_query_non_utf8": (
        "POST",
        {"content": "ASK {}".encode("utf-16"), "headers": {"Content-Type": f"{DIRECT}; charset=UTF-16"}},
        400,
    ),
    "bad_query_syntax": ("GET", {"params": {"query": "ASK {"}}, 400),
    "a query that is not UTF-8": ("POST", {"content": b"query=%ff", "headers": {"Content-Type": FORM}}, 400),
    "a query in both places": (
        "POST",
        {"params": {"query": "ASK {}"}, "content": "ASK {}", "headers": {"Content-Type": DIRECT}},
        400,
    ),
    "a form without a query": ("POST", {"content": "", "headers": {"Content-Type": FORM}}, 400),
    "parameters without a query": ("GET", {"params": {"default-graph-uri": "urn:x"}}, 400),
    "a graph that is not there": ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "urn:x"}}, 400),
    "an update as a form": ("POST", {"data": {"update": "CLEAR ALL"}}, 403),
    "an update by itself": (
        "POST",
        {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}},
        403,
    ),
    "an update by GET": ("GET", {"params": {"update": "CLEAR ALL"}}, 403),
    "an update as a query": ("POST", {"data": {"query": "CLEAR ALL"}}, 400),
    "a service": ("POST", {"data": {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }"}}, 400),
    "a graph to be fetched": ("POST", {"data": {"query": "SELECT * FROM <http://127.0.0.1:1/> { ?a ?b ?c }"}}, 400),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_query_is_refused_in_words(client: httpx.Client, name: str) -> None:
    method, given, status = BAD[name]
    response = client.request(method, "/sparql", **given)
    assert response.status_code == status
    if status != 405:
        assert response.text.startswith("error: ")
        assert response.headers["content-type"] == "text/plain; charset=utf-8"


def test_where_a_query_is_wrong_is_told(client: httpx.Client) -> None:
    text = client.get("/sparql", params={"query": "SELECT *\n{ ?a nope:b ?c }"}).text
    assert text.startswith("error: line 2: no prefix 'nope:'")


# -- media types -------------------------------------------------------------------------------------------------


def test_rows_in_every_format_are_the_same(client: httpx.Client) -> None:
    wanted = [(f"{EX}d{number}", f"D{number}") for number in (1, 2, 3)]

    def got(accept: str) -> str:
        response = client.get("/sparql", params={"query": SELECT}, headers={"Accept": accept})
        assert response.headers["content-type"].partition(";")[0] == accept.partition(";")[0]
        assert response.headers["vary"] == "Accept"
        return response.text

    rows = json.loads(got("application/sparql-results+json"))["results"]["bindings"]
    assert [(row["x"]["value"], row["title"]["value"]) for row in rows] == wanted
    tree = ElementTree.fromstring(got("application/sparql-results+xml"))  # noqa: S314 - our own text
    found = [[each[0].text for each in row] for row in tree.iter(f"{RESULTS}result")]
    assert [tuple(row) for row in found] == wanted
    assert [tuple(row) for row in csv.reader(io.StringIO(got("text/csv")))] == [("x", "title"), *wanted]
    lines = got("text/tab-separated-values").splitlines()
    assert lines == ["?x\t?title", *(f'<{iri}>\t"{title}"' for iri, title in wanted)]


@pytest.mark.parametrize(
    ("media", "format_"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_a_graph_in_every_format_is_the_same(client: httpx.Client, media: str, format_: ox.RdfFormat) -> None:
    query = f"CONSTRUCT {{ <{EX}d1> dcterms:title ?title ; a osaid:Dataset }} WHERE {{ <{EX}d1> dcterms:title ?title }}"
    response = client.get("/sparql", params={"query": query}, headers={"Accept": media})
    said = {str(each.triple) for each in ox.parse(response.content, format=format_)}
    assert said == {
        f'<{EX}d1> <http://purl.org/dc/terms/title> "D1"',
        f"<{EX}d1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/osaid-graph/ont#Dataset>",
    }


def test_what_cannot_be_answered_in_what_is_asked_for_says_what_there_is(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert response.text.endswith("ask for application/sparql-results+json, application/sparql-results+xml\n")


def test_xml_holds_what_texts_hold(client: httpx.Client) -> None:
    query = (
        r"""SELECT ("<a & \"b\">\r\n\u0001" AS ?text) ("x"@en AS ?tagged) (1 AS ?number) (BNODE() AS ?blank) ?none {}"""
    )
    response = client.get("/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+xml"})
    tree = ElementTree.fromstring(response.text)  # noqa: S314 - our own text
    (row,) = tree.iter(f"{RESULTS}result")
    text, tagged, number, blank = (binding[0] for binding in row)
    assert text.text == '<a & "b">\r\n\ufffd'
    assert tagged.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "en"}
    assert number.attrib == {"datatype": "http://www.w3.org/2001/XMLSchema#integer"}
    assert blank.tag == f"{RESULTS}bnode"


def test_a_cell_that_a_spreadsheet_would_run_is_a_text(client: httpx.Client) -> None:
    query = "SELECT ('=1+1' AS ?x) {}"
    assert client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"}).text == "x\r\n'=1+1\r\n"


# -- the service -------------------------------------------------------------------------------------------------


def test_the_service_describes_itself(client: httpx.Client, url: str) -> None:
    graph = Graph().parse(data=client.get("/sparql", headers={"Accept": "application/rdf+xml"}).text, format="xml")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    ask = (
        f"ASK {{ ?s a <{sd}Service> ; <{sd}endpoint> <{url}/sparql> ; <{sd}supportedLanguage> <{sd}SPARQL11Query> ; "
        f"<{sd}resultFormat> <http://www.w3.org/ns/formats/SPARQL_Results_JSON> }}"
    )
    assert graph.query(ask).askAnswer is True


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("media", [JSON, XML])
def test_sparqlwrapper_asks_it(url: str, method: str, media: str) -> None:
    wrapper = SPARQLWrapper(f"{url}/sparql")
    wrapper.setQuery(f"SELECT ?title {{ <{EX}d1> <http://purl.org/dc/terms/title> ?title }}")
    wrapper.setMethod(method)
    wrapper.setReturnFormat(media)
    found: Any = wrapper.query().convert()
    text = found.toxml() if media == XML else json.dumps(found)
    assert "D1" in text and "D2" not in text


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_it(url: str, method: str) -> None:
    graph = Graph(SPARQLStore(f"{url}/sparql", method=method))
    rows: Any = graph.query(f"SELECT ?title {{ <{EX}d1> <http://purl.org/dc/terms/title> ?title }}")
    assert [str(row[0]) for row in rows] == ["D1"]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("how", [("--data-urlencode",), ("--get", "--data-urlencode")])
def test_curl_asks_it_as_the_docs_say(url: str, how: tuple[str, ...]) -> None:
    command = ["curl", "--silent", "--fail", "--noproxy", "*", f"{url}/sparql", "-H", "Accept: text/csv", *how]
    ran = subprocess.run([*command, f"query={SELECT}"], capture_output=True, text=True, check=True)
    assert [row["title"] for row in csv.DictReader(io.StringIO(ran.stdout))] == ["D1", "D2", "D3"]


def test_a_query_in_an_address_may_be_long(client: httpx.Client) -> None:
    query = f"ASK {{ FILTER('{'x' * 30_000}' != '') }}"
    assert truth(client.get(f"/sparql?query={quote(query)}")) is True
