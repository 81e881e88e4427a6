"""Pages and data of nodes: what they show, what an address may ask for, and that data never become markup or links."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest

from osaid_graph.server.matrix import Chosen, Matrix
from osaid_graph.server.site import Site

pytestmark = pytest.mark.usefixtures("loopback_only")

EX = "https://example.org/"
ADDRESSES = ["/", "/requirements", f"/release?node={EX}m1", f"/node?iri={EX}d1"]
#: Elements that have no end.
VOID = {"meta", "link", "input", "br"}


class Page(HTMLParser):
    """Reads a page: its elements in order, its links, and what is wrong with its nesting."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def page(client: httpx.Client, address: str, **parameters: str) -> Page:
    response = client.get(address, params=parameters or None)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    found = Page(response.text)
    assert (found.wrong, found.open) == ([], [])
    return found


def names(found: Page) -> list[str]:
    """Return the releases of a page of the matrix, in order."""
    links = [each["href"] or "" for each in found.of("a")]
    return [httpx.URL(each).params["node"].removeprefix(EX) for each in links if each.startswith("/release?")]


# -- every page --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_whole_and_asks_nobody_else(client: httpx.Client, address: str) -> None:
    found = page(client, address)
    assert found.of("html") == [{"lang": "en"}]
    assert len(found.of("h1")) == len(found.of("main")) == len(found.of("title")) == 1
    loaded = [each.get("src") or each.get("href") for name, each in found.elements if name in ("script", "link", "img")]
    assert loaded == ["/static/site.css"]
    assert not [each for _, each in found.elements if "style" in each or any(key.startswith("on") for key in each)]
    assert client.get("/static/site.css").headers["content-type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_within_the_site_leads_somewhere(client: httpx.Client, address: str) -> None:
    for link in {each["href"] or "" for each in page(client, address).of("a")}:
        if link.startswith("/"):
            assert client.get(link).status_code in (200, 404), link
            if not link.startswith("/node?"):
                assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("address", ["/none", "/release?node=x", "/release", f"/node?iri={EX}none", "/node?iri=no+iri"])
def test_what_is_not_there_is_told(client: httpx.Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/static/../site.py",
        "/static/..%2fsite.py",
        "/static/%2e%2e/site.py",
        "/static/",
        "/static/%00",
        "/static//etc/passwd",
    ],
)
def test_no_other_file_can_be_had(client: httpx.Client, path: str) -> None:
    assert httpx.get(f"{str(client.base_url).rstrip('/')}{path}", timeout=60).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_are_only_read(client: httpx.Client, method: str) -> None:
    assert client.request(method, "/").status_code == 405


# -- hostile data ------------------------------------------------------------------------------------------------


def test_what_data_say_is_text_and_never_markup(client: httpx.Client, site: Site) -> None:
    (iri,) = [row.iri for row in site.matrix.page(Chosen(text="hostile")).rows]
    assert iri == f"{EX}hostile'%22%3E%3Cscript%3E"
    for address in (f"/node?iri={quote(iri, safe='')}", f"/release?node={quote(iri, safe='')}", "/?q=hostile"):
        found = page(client, address)
        assert not found.of("script") and not found.of("img")
        links = [each["href"] or "" for each in found.of("a")]
        assert all(link.startswith(("/", "#", "https://", "http://")) for link in links)
    assert "<script>alert(1)</script>" in page(client, f"/node?iri={quote(iri, safe='')}").text


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x>', "' OR 1=1 --", "\u202egnp.exe", "%%", "\\"]
)
def test_what_an_address_says_is_text_and_never_markup_or_sql(client: httpx.Client, text: str) -> None:
    for key in ("q", "kind", "outcome", "requirement", "state", "sort", "down", "page", "size"):
        found = page(client, "/", **{key: text})
        assert not found.of("script") and not found.of("img")
        assert names(found) == ([] if key == "q" else names(page(client, "/")))
    for address, key in (("/release", "node"), ("/node", "iri")):
        response = client.get(address, params={key: text})
        assert response.status_code == 404
        assert not Page(response.text).of("script") and not Page(response.text).of("img")


@pytest.mark.parametrize("iri", ["javascript:alert(2)", "data:text/html,x"])
def test_an_address_that_a_browser_would_run_is_no_link(client: httpx.Client, iri: str) -> None:
    found = page(client, "/node", iri=iri)
    assert iri in found.text
    assert iri not in [each["href"] for each in found.of("a")]


# -- the matrix --------------------------------------------------------------------------------------------------


def test_the_matrix_shows_what_was_found(client: httpx.Client, site: Site) -> None:
    rows = site.matrix.page(Chosen()).rows
    assert [row.iri for row in rows] == sorted(row.iri for row in rows)
    shown = [each.get("aria-label") for each in page(client, "/").of("td") if "aria-label" in each]
    words = {"met": "met", "not-met": "not met", "not-evidenced": "not evidenced", "needs-judgement": "to be judged",
             "not-applicable": "not applicable"}  # fmt: skip
    assert shown == [words[outcome] for row in rows for outcome in row.outcomes if outcome]
    counts = {column.requirement.id: column.counts for column in site.matrix.columns}
    for at, id_ in enumerate(site.tables.requirements):
        found = [row.outcomes[at] for row in rows]
        assert counts[id_] == {word: found.count(word) for word in counts[id_]}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "M1"}, ["m1"]),
        ({"q": "nothing"}, []),
        ({"kind": "system"}, []),
        ({"kind": "model", "q": "/m"}, ["m1", "m2"]),
        ({"outcome": "met"}, []),
        ({"size": "1", "q": "/m"}, ["m1"]),
        ({"size": "1", "q": "/m", "page": "2"}, ["m2"]),
        ({"size": "1", "q": "/m", "page": "99"}, ["m2"]),
        ({"q": "/m", "down": "1"}, ["m2", "m1"]),
        ({"q": "/m", "sort": "outcome"}, ["m1", "m2"]),
        ({"q": "/m", "sort": "data-info-provenance", "down": "1"}, ["m1", "m2"]),
        ({"q": "/m", "requirement": "data-info-provenance", "state": "not-evidenced"}, ["m1", "m2"]),
        ({"q": "/m", "requirement": "data-info-provenance", "state": "met"}, []),
        ({"q": "/m", "requirement": "nope", "state": "met"}, ["m1", "m2"]),
    ],
)
def test_the_matrix_shows_what_is_asked_for(client: httpx.Client, asked: dict[str, str], expected: list[str]) -> None:
    assert names(page(client, "/", **asked)) == expected


def test_releases_are_sorted_from_the_worst_outcome_to_the_best(site: Site) -> None:
    outcomes = ["not-met", "not-evidenced", "needs-judgement", "not-applicable", "met", None]
    for id_ in site.tables.requirements:
        at = site.tables.requirements.index(id_)
        for down in (False, True):
            found = [row.outcomes[at] for row in site.matrix.page(Chosen(sort=id_, down=down)).rows]
            order = outcomes if not down else [*outcomes[-2::-1], None]
            assert found == sorted(found, key=order.index)


def test_an_address_asks_for_the_same_but_for_what_is_changed() -> None:
    requirements = ("a", "b")
    chosen = Chosen.of(
        {"q": " x ", "kind": "model", "sort": "b", "down": "1", "page": "3", "size": "9999"}, requirements
    )
    assert chosen == Chosen(text="x", kind="model", sort="b", down=True, page=3, size=500)
    again = httpx.QueryParams(chosen.address(page=4).removeprefix("?"))
    assert Chosen.of(again, requirements) == Chosen(text="x", kind="model", sort="b", down=True, page=4, size=500)
    assert Chosen().address() == "?"
    assert chosen.sorted_by("b") == "?q=x&kind=model&sort=b&size=500"
    assert chosen.sorted_by("a") == "?q=x&kind=model&sort=a&size=500"


def test_bars_fill_the_whole_height(site: Site) -> None:
    for column in Matrix(site.tables, site.definition).columns:
        assert round(sum(height for _, _, height in column.bars), 1) == 100.0
        assert column.bars[-1][1] == 0.0


# -- a release ---------------------------------------------------------------------------------------------------


def test_a_finding_is_shown_with_its_trace(client: httpx.Client) -> None:
    found = page(client, f"/release?node={EX}m1")
    assert re.search(r"example\.org/m1\s*osaid:trainedOn example\.org/d1", found.text)
    anchors = {each["id"] for _, each in found.elements if each.get("id")}
    within = {(each["href"] or "")[1:] for each in found.of("a") if (each["href"] or "").startswith("#")}
    assert within <= anchors


def test_a_release_has_the_findings_that_the_assessment_has(site: Site) -> None:
    found = site.releases.found(f"{EX}m1")
    assert found is not None
    shown = {
        (broken.rule, finding.focus.iri, finding.depth)
        for _, results in found.clauses
        for each in results
        for broken in each.broken
        for finding in broken.findings
    }
    rows: list[tuple[Any, ...]] = site.tables.rows(
        "SELECT r.rule, n.iri, f.depth FROM findings AS f JOIN rules AS r ON r.number = f.rule "
        "JOIN nodes AS n ON n.node = f.focus JOIN outcomes AS o ON o.subject = f.subject WHERE o.iri = ?",
        [f"{EX}m1"],
    )
    assert shown == set(rows) and len(shown) > 5


# -- nodes -------------------------------------------------------------------------------------------------------

FORMS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("media", FORMS)
def test_a_node_is_given_as_data_to_who_asks_for_data(client: httpx.Client, media: str) -> None:
    response = client.get("/node", params={"iri": f"{EX}d1"}, headers={"Accept": media})
    assert response.headers["content-type"].partition(";")[0] == media
    assert response.headers["vary"] == "Accept"
    said = {(each.predicate.value, each.object) for each in ox.parse(response.content, format=FORMS[media])}
    assert ("http://purl.org/dc/terms/title", ox.Literal("D1")) in said


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("image/png", "text/html"),
        ("text/turtle;q=0.5, application/ld+json;q=0.9", "application/ld+json"),
        ("text/html;q=0.1, text/turtle", "text/turtle"),
    ],
)
def test_a_browser_gets_a_page_and_a_program_what_it_would_rather_have(
    client: httpx.Client, accept: str, media: str
) -> None:
    response = client.get("/node", params={"iri": f"{EX}d1"}, headers={"Accept": accept})
    assert response.headers["content-type"].partition(";")[0] == media


def test_a_node_says_who_says_what_and_what_refers_to_it(client: httpx.Client, site: Site) -> None:
    described = site.nodes.described(f"{EX}d1")
    assert described is not None and described.title == "D1"
    title = next(each for each in described.claims if each.label == "dcterms:title")
    assert [source.text.rpartition("/")[2] for source in title.sources] == ["d1.ttl"]
    assert {(value.iri.removeprefix(EX), label) for value, _, label in described.referred} >= {
        ("m1", "osaid:trainedOn")
    }


@pytest.mark.parametrize(
    "iri", ["https://w3id.org/osaid-graph/ont#Dataset", "https://w3id.org/osaid-graph/requirement#code-license"]
)
def test_words_of_the_ontology_and_requirements_have_a_page(client: httpx.Client, iri: str) -> None:
    assert (
        "skos:prefLabel" in page(client, "/node", iri=iri).text or "rdfs:label" in page(client, "/node", iri=iri).text
    )
