"""What strangers say: names that no engine takes, texts without end, and releases by the hundred, read by strangers."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from xml.etree import ElementTree

import httpx
import pytest
from corpora import turtle

from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.server.limits import NAME, TEXT, Limits
from osaid_graph.server.site import Site

from .conftest import serving
from .test_guard import SOON, connected, rest

pytestmark = pytest.mark.usefixtures("loopback_only")

EX = "https://example.org/"
#: IRIs by the characters that they may have, and not by their grammar: engines differ on what to do with them.
ODD = {"model": f"{EX}m%zz", "data": f"{EX}d[1]", "terms": "urn:x:#a#b", "type": f"{EX}t%"}
LONG = 100_000
TEXTS = 30
#: Models in a row, each made from the next: as many levels of a lineage.
ROW = 40
SAID = {
    "odd": f"<{ODD['model']}> a :Model ; :trainedOn <{ODD['data']}> ; dcterms:license <{ODD['terms']}> . "
    f'<{ODD["data"]}> a :Dataset ; dcterms:title "d"@en-nosuchlanguage ; dcterms:description "x"^^<{ODD["type"]}> .',
    "long": f'ex:{"n" * 4_000} a :Model ; dcterms:title "{"t" * LONG}" ; :trainedOn ex:text .',
    "text": f'ex:text a :Dataset ; dcterms:license "{"L" * LONG}" ; dcterms:title "{"T" * LONG}" .'
    + "".join(f'ex:text dcterms:description "{number}{"D" * LONG}" .' for number in range(TEXTS)),
    "row": "".join(f"ex:r{number:02} a :Model ; :fineTunedFrom ex:r{number + 1:02} ." for number in range(ROW))
    + "".join(f"ex:r{number:02} :fineTunedFrom ex:s{number:02}-{n} ." for number in range(ROW) for n in range(20)),
    "drawn": "ex:drawn a :Model ; :fineTunedFrom ex:w1 , ex:w2 , ex:w3 . ex:w1 a :Model ; "
    r'dcterms:title "]]></title></svg><script>alert(1)</script>" . '
    r'ex:w2 a :Model ; dcterms:title "a\u0001b\u202Egnp.exe\u2028\uFFFE" . '
    f'ex:w3 a :Model ; dcterms:title "{"W" * LONG}" .',
    "xml": r'ex:xml a :Dataset ; ex:1 "no name" . ex:controls a :Dataset ; dcterms:title "a\u0001b\uFFFE\rc]]>" .',
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where that is served."""
    folder = tmp_path_factory.mktemp("hostile")
    assert not build(folder / "corpus", turtle(folder / "in", **SAID), jobs=1).rejects
    engine = DuckDB(1 << 30, threads=1)
    assess(Corpus.open(folder / "corpus"), engine)
    engine.close()
    site = Site.of(Corpus.open(folder / "corpus"))
    with serving(site, Limits(arrival=3)) as found:
        yield found
    site.close()


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[httpx.Client]:
    """Return a client of it."""
    with httpx.Client(base_url=url, timeout=60) as found:
        yield found


# -- names that no engine takes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["model", "data"])
def test_a_node_is_shown_whose_iri_the_engine_would_refuse(client: httpx.Client, name: str) -> None:
    for address, parameter in (("/node", "iri"), ("/api/node", "iri"), ("/lineage", "node")):
        response = client.get(address, params={parameter: ODD[name]})
        assert (response.status_code, ODD[name] in response.text) == (200, True), address
    response = client.get("/node", params={"iri": ODD[name], "form": "n-triples"})
    assert response.status_code == 200 and f"<{ODD[name]}>" in response.text


def test_a_release_is_shown_whose_iri_the_engine_would_refuse(client: httpx.Client) -> None:
    text = client.get("/release", params={"node": ODD["model"]}).text
    assert f"<h1>{EX.removeprefix('https://')}m%zz" in text and "d%5B1%5D" in text
    assert client.get("/api/release", params={"node": ODD["model"]}).json()["subject"]["iri"] == ODD["model"]
    report = client.get("/report", params={"node": ODD["model"], "format": "json"})
    assert report.status_code == 200 and ODD["data"] in report.text


def test_a_plan_is_made_with_them(client: httpx.Client) -> None:
    end = time.monotonic() + 60
    while (response := client.get("/api/plan")).status_code == 503 and time.monotonic() < end:
        time.sleep(0.5)
    assert response.status_code == 200, response.text


def test_a_named_query_cannot_name_them_and_says_so(client: httpx.Client) -> None:
    response = client.get("/query/upstream.csv", params={"node": ODD["model"]})
    assert response.status_code == 400
    assert response.text.startswith(f"error: no query with ?node = <{ODD['model']}>: not SPARQL")


@pytest.mark.parametrize("iri", ["a:%zz", "a:%", "http://[x/", "a:b#c#d", "a:\ufffd", "a:\ue000", "a:\U000f0000", "a:"])
def test_what_is_no_node_is_not_found_whatever_it_is(client: httpx.Client, iri: str) -> None:
    assert client.get("/node", params={"iri": iri}).status_code == 404
    assert client.get("/api/node", params={"iri": iri}).status_code == 404
    assert client.get("/query/upstream.csv", params={"node": iri}).status_code == 400
    assert client.get("/api/query/upstream", params={"node": iri}).status_code == 404


# -- texts without end -------------------------------------------------------------------------------------------


def test_of_a_text_a_page_shows_the_beginning(client: httpx.Client) -> None:
    node = {"iri": f"{EX}text"}
    page, data = client.get("/node", params=node), client.get("/api/node", params=node).json()
    assert page.status_code == 200 and len(page.content) < (TEXTS + 10) * 2 * TEXT
    assert data["title"] == "T" * (NAME - 3) + "..."
    texts = [claim["value"]["text"] for claim in data["claims"] if claim["label"] == "dcterms:description"]
    assert len(texts) == TEXTS and {len(text) for text in texts} == {TEXT} and texts[0].endswith("D...")


@pytest.mark.parametrize("address", ["/release", "/lineage", "/api/release", "/api/lineage"])
def test_a_page_about_a_release_with_such_texts_is_small(client: httpx.Client, address: str) -> None:
    response = client.get(address, params={"node": f"{EX}{'n' * 4_000}"})
    assert response.status_code == 200 and len(response.content) < 1_000_000


def test_of_a_graph_a_page_shows_the_beginning_and_a_file_has_all(client: httpx.Client) -> None:
    query = {"query": "CONSTRUCT WHERE { <https://example.org/text> dcterms:description ?text }"}
    page, file = client.get("/ask", params=query), client.get("/ask.ttl", params=query)
    assert "The beginning; a file has all of it." in page.text and len(page.content) < 300_000
    assert file.status_code == 200 and len(file.content) > TEXTS * LONG


def test_of_cells_a_page_shows_the_beginning(client: httpx.Client) -> None:
    query = {"query": "SELECT ?text { <https://example.org/text> dcterms:description ?text }"}
    page, file = client.get("/ask", params=query), client.get("/ask.csv", params=query)
    assert f"{'D' * (TEXT - 10)}" in page.text and len(page.content) < (TEXTS + 10) * 2 * TEXT
    assert len(file.content) > TEXTS * LONG


def test_a_long_name_is_looked_for_at_once(client: httpx.Client) -> None:
    for address in ("/lineage", "/query/upstream.csv"):
        start = time.monotonic()
        assert client.get(address, params={"node": f"ex/{'n' * 7_000}"}).status_code in (400, 404)
        assert time.monotonic() - start < SOON


def test_a_lineage_of_many_levels_lists_some_nodes_and_those_that_are_wanted(client: httpx.Client) -> None:
    def asked(**more: int) -> list[int]:
        found = client.get("/api/lineage", params={"node": f"{EX}r00", **more}).json()
        assert [level["number"] for level in found["levels"]] == [21] * ROW
        return [len(level["shown"]) for level in found["levels"]]

    assert asked() == [21] * 23 + [0] * 17
    assert asked(level=30) == [21] * 23 + [0] * 6 + [21] + [0] * 10
    text = client.get("/lineage", params={"node": f"{EX}r00"}).text
    links = re.findall(r'<a href="(/lineage[^"]*level=30#level-30)">Show them</a>', text)
    assert len(links) == 1
    text = client.get(links[0].replace("&amp;", "&").partition("#")[0]).text
    assert "r30" in text and "level=30#level-30" not in text


def test_a_picture_is_xml_and_shows_no_text_the_other_way_round_whatever_a_title_holds(client: httpx.Client) -> None:
    text = client.get("/lineage", params={"node": f"{EX}drawn"}).text
    picture = text[text.index("<svg") : text.rindex("</svg>") + len("</svg>")]
    tree = ElementTree.fromstring(picture)  # noqa: S314 - our own text
    titles = [each.text or "" for each in tree.iter("{http://www.w3.org/2000/svg}title")]
    told = (
        f"]]></title></svg><script>alert(1)</script> ({EX}w1)",
        f"a\ufffdb\\u202egnp.exe \ufffd ({EX}w2)",
        "W" * (NAME - 3),
    )
    assert [sum(each.startswith(start) for each in titles) for start in told] == [1, 1, 1]
    assert len(picture) < 10 * NAME + 10_000
    assert "<script>alert" not in text and not re.search("[\x00-\x09\x0b-\x1f\u202e\u2028\ufffe]", text)


# -- answers that nobody takes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/ask.csv?query=SELECT+%3Ft+%7B%3Fx+dcterms:description+%3Ft+.+%3Fy+a+osaid:Dataset%7D",
        "/sparql?query=SELECT+%3Ft+%7B%3Fx+dcterms:description+%3Ft+.+%3Fy+a+osaid:Dataset%7D",
    ],
)
def test_a_connection_whose_client_takes_no_answer_is_closed(url: str, address: str) -> None:
    with connected(url) as connection:
        connection.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = connection.recv(1_000)
        assert head.startswith(b"HTTP/1.1 200")
        size = int(re.findall(rb"content-length: (\d+)", head)[0])
        time.sleep(6)  # it is given 3
        got = len(head)
        with contextlib.suppress(ConnectionResetError):
            got += len(rest(connection))
    assert size > 10_000_000 and got < size


def test_what_is_left_of_an_answer_is_not_kept_for_a_connection_that_is_over(url: str) -> None:
    with connected(url) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 400)  # pages of some 30,000 bytes
        time.sleep(9)
        with contextlib.suppress(ConnectionResetError):
            assert rest(connection).count(b"HTTP/1.1 200") < 400


# -- XML ---------------------------------------------------------------------------------------------------------


def test_rdf_xml_is_xml_whatever_a_text_holds(client: httpx.Client) -> None:
    form = {"Accept": "application/rdf+xml"}
    response = client.get("/node", params={"iri": f"{EX}controls"}, headers=form)
    assert response.status_code == 200
    title = ElementTree.fromstring(response.content).find(  # noqa: S314 - our own text
        ".//{http://purl.org/dc/terms/}title"
    )
    assert title is not None and title.text == "a\ufffdb\ufffd\rc]]>"
    query = {"query": "CONSTRUCT WHERE { ?x dcterms:title ?title }"}
    ElementTree.fromstring(client.get("/sparql", params=query, headers=form).content)  # noqa: S314 - our own text


def test_a_property_that_has_no_name_in_xml_is_told(client: httpx.Client) -> None:
    form = {"Accept": "application/rdf+xml"}
    for address, asked in (
        ("/node", {"iri": f"{EX}xml"}),
        ("/sparql", {"query": f"CONSTRUCT WHERE {{ <{EX}xml> ?p ?o }}"}),
    ):
        response = client.get(address, params=asked, headers=form)
        told = "error: RDF/XML has no name for the property https://example.org/1\nhelp: ask for Turtle, N-Triples or "
        assert (response.status_code, response.text) == (400, f"{told}JSON-LD\n"), address
