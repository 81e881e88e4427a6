"""Pages and data of nodes: what they show, what an address may ask for, and that data never become markup or links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
from corpora import turtle

from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.server.asking import DOWNLOADS
from osaid_graph.server.comparison import compared
from osaid_graph.server.guard import HEADERS
from osaid_graph.server.kin import SHOWN, Direction, Kin
from osaid_graph.server.limits import MEGABYTE, Limits
from osaid_graph.server.matrix import Chosen, Matrix
from osaid_graph.server.site import Site

from .conftest import TUNED, Start, got

pytestmark = pytest.mark.usefixtures("loopback_only")

EX = "https://example.org/"
ADDRESSES = [
    "/",
    "/requirements",
    f"/release?node={EX}m1",
    f"/node?iri={EX}d1",
    f"/lineage?node={EX}m2",
    f"/lineage?node={EX}d2&direction=down",
    "/compare",
    f"/compare?a={EX}m1&b={EX}m2",
    "/plan",
    "/plan?unit=node",
    "/query",
    f"/query/upstream?node={EX}m1&ask=1",
    "/ask",
    "/ask?query=ASK+{}",
]
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
    assert len(found.of("h1")) == len(found.of("main")) == 1 and found.of("title")  # pictures have titles, too
    loading = [each for name, each in found.elements if name in ("script", "link", "img")]
    loaded = [each.get("src") or each.get("href") for each in loading if each.get("rel") != "alternate"]
    scripts = ["/static/zoom.js", "/static/lineage.js"] if address.startswith("/lineage") else []
    assert loaded == ["/static/icon.svg", "/static/site.css", *scripts]
    assert not [each for _, each in found.elements if "style" in each or any(key.startswith("on") for key in each)]
    kinds = {client.get(each or "").headers["content-type"] for each in loaded}
    assert kinds <= {"image/svg+xml", "text/css; charset=utf-8", "text/javascript; charset=utf-8"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_within_the_site_leads_somewhere(client: httpx.Client, address: str) -> None:
    links = {(each["href"] or "").partition("#")[0] for each in page(client, address).of("a")}
    kinds = {re.sub(r"=[^&]*", "", link): link for link in links if link.startswith("/") and "iri" not in link}
    assert len(kinds) > 4
    for link in kinds.values():
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize(
    "address",
    [
        "/none",
        "/release?node=x",
        "/release",
        f"/node?iri={EX}none",
        "/node?iri=no+iri",
        "/lineage",
        f"/lineage?node={EX}none",
        f"/compare?a={EX}m1&b={EX}none",
        "/query/none",
        "/query/upstream.exe",
    ],
)
def test_what_is_not_there_is_told_on_a_page_that_leads_on(client: httpx.Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert [each["href"] for each in Page(response.text).of("a")][:3] == ["#main", "/", "/"]


@pytest.mark.parametrize("path", ["/query/..%2f..%2fetc%2fpasswd.csv", "/query/upstream.csv%2f..", "/ask.%2e%2e/csv"])
def test_no_other_file_can_be_downloaded(client: httpx.Client, path: str) -> None:
    response = httpx.get(f"{str(client.base_url).rstrip('/')}{path}", timeout=60)
    assert response.status_code == 404 and "content-disposition" not in response.headers


def test_a_cell_of_a_download_is_no_formula(client: httpx.Client) -> None:
    query = "SELECT ?said { ?x dcterms:description ?said FILTER STRSTARTS(?said, '=') }"
    for answer in (
        client.get("/ask.csv", params={"query": query}),
        client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"}),
    ):
        assert answer.text.splitlines() == ["said", '"\'=HYPERLINK(""http://x"")"']


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
    rows = site.matrix.page(Chosen(size=500)).rows
    assert [row.iri for row in rows] == sorted(row.iri for row in rows)
    shown = [each.get("aria-label") for each in page(client, "/", size="500").of("td") if "aria-label" in each]
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
    assert re.search(r"example\.org/m1\s*osaid:trainedOn D1", found.text)
    anchors = {each["id"] for _, each in found.elements if each.get("id")}
    within = {(each["href"] or "")[1:] for each in found.of("a") if (each["href"] or "").startswith("#")}
    assert within <= anchors


@pytest.mark.parametrize("name", [f"{EX}m1", "example.org/m1"])
def test_a_release_is_found_by_its_name(client: httpx.Client, name: str) -> None:
    iri = quote(f"{EX}m1", safe="")
    for address, told in {
        "/release?node=": iri,
        f"/compare?b={EX}t00&a=": iri,
        "/api/release?node=": f'"{EX}m1"',
    }.items():
        response = client.get(address + quote(name, safe=""))
        assert response.status_code == 200 and told in response.text, address


def test_the_page_of_a_node_leads_to_what_was_found_on_it(client: httpx.Client) -> None:
    leads = {node: f'href="/release?node={quote(EX + node, safe="")}"' for node in ("m1", "d1")}
    for address in ("/node?iri=", "/lineage?node="):
        found = {node: lead in client.get(address + EX + node).text for node, lead in leads.items()}
        assert found == {"m1": True, "d1": False}


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


# -- lineage -----------------------------------------------------------------------------------------------------


def relatives(site: Site, node: str, direction: Direction, **more: int) -> Kin:
    found = site.relatives.kin(f"{EX}{node}", direction, **more)
    assert found is not None
    return found


def test_relatives_are_counted_by_level_and_kind(site: Site) -> None:
    found = relatives(site, "d2", "down")
    assert (found.number, found.kinds) == (TUNED + 1, (("Model", TUNED + 1),))
    assert [(level.depth, level.number, len(level.shown)) for level in found.levels] == [(1, 1, 1), (2, TUNED, SHOWN)]
    (model,) = found.levels[0].shown
    assert (model.iri, model.via, model.before, model.beyond) == (f"{EX}m2", "^osaid:trainedOn", "D2", TUNED)
    assert sum(count for _, count in found.verdicts) == TUNED + 1
    up = relatives(site, "t00", "up")
    assert [[each.iri.removeprefix(EX) for each in level.shown] for level in up.levels] == [["m2"], ["d2"]]
    assert up.levels[1].shown[0].not_evidenced > 0


def test_gaps_on_a_node_without_an_iri_are_counted_too(site: Site) -> None:
    up = relatives(site, "t00", "up")
    unnamed = relatives(site, "u1", "up").levels[0].shown[0]
    named = up.levels[1].shown[0]
    assert unnamed.iri.startswith("_:") and unnamed.label == "Unnamed"
    assert (unnamed.not_met, unnamed.not_evidenced) == (named.not_met, named.not_evidenced)


def test_a_level_is_shown_part_by_part_and_every_node_once(site: Site) -> None:
    starts = range(0, TUNED, SHOWN)
    parts = [relatives(site, "d2", "down", level=2, start=start).levels[1].shown for start in starts]
    assert [len(part) for part in parts] == [SHOWN, SHOWN, TUNED - 2 * SHOWN]
    assert len({each.iri for part in parts for each in part}) == TUNED


def test_a_picture_shows_some_of_many_and_says_so(client: httpx.Client, site: Site) -> None:
    found = relatives(site, "d2", "down")
    assert found.drawn == 1 + 12
    text = page(client, f"/lineage?node={EX}d2&direction=down").text
    assert f"Drawn are 13 of {TUNED + 1}: of each step those that lead on to most." in text
    assert f"1 to {SHOWN} of {TUNED}" in text


# -- two releases, and queries -----------------------------------------------------------------------------------


def test_two_releases_are_compared_requirement_by_requirement(client: httpx.Client, site: Site) -> None:
    left, right = (site.releases.found(f"{EX}{name}") for name in ("m1", "t00"))
    assert left and right
    lines = compared(left, right, site.tables.requirements)
    assert [line.requirement.id for line in lines] == list(site.tables.requirements)
    assert [line.requirement.id for line in lines if line.differs] == []
    twice = compared(left, left, site.tables.requirements)
    assert twice == tuple(replace(line, sides=(line.sides[0],) * 2) for line in twice)
    (_, (first, *rest)), *others = left.clauses
    fewer = replace(left, clauses=((first.requirement.clause, tuple(rest)), *others))
    (line, *_) = compared(fewer, right, site.tables.requirements)
    assert line.requirement is first.requirement and line.sides[0] is None and line.differs
    assert f"0 of {len(lines)} requirements differ" in page(client, f"/compare?a={EX}m1&b={EX}t00").text


@pytest.mark.parametrize("name", ["BLOOM", "bigscience/bloom", "https://huggingface.co/bigscience/bloom"])
def test_a_release_is_found_by_what_a_person_calls_it(named: Site, name: str) -> None:
    assert named.release(name) == "https://huggingface.co/bigscience/bloom"


@pytest.mark.parametrize("name", ["", "none", "Twin", "_:none", "\x00"])
def test_what_no_release_or_several_are_called_is_none_of_them(named: Site, name: str) -> None:
    assert named.release(name) == name and not named.releases.has(name)


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return releases with titles, of which two have the same."""
    folder = tmp_path_factory.mktemp("named")
    said = '<https://huggingface.co/bigscience/bloom> a :Model ; dcterms:title "BLOOM" . '
    said += " ".join(f'ex:t{at} a :Model ; dcterms:title "Twin" .' for at in range(2))
    build(folder / "corpus", turtle(folder / "in", a=said), jobs=1)
    engine = DuckDB(1 << 28, threads=1)
    assess(Corpus.open(folder / "corpus"), engine)
    engine.close()
    found = Site.of(Corpus.open(folder / "corpus"))
    yield found
    found.close()


def test_a_named_query_is_asked_and_its_answer_can_be_had(client: httpx.Client) -> None:
    found = page(client, f"/query/upstream?node={EX}t00&ask=1")
    assert "2 rows" in found.text and "example.org/m2" in found.text
    for ending, media in DOWNLOADS.items():
        response = client.get(f"/query/upstream.{ending}", params={"node": f"{EX}t00"})
        if ending == "ttl":
            assert response.status_code == 406
            continue
        assert response.headers["content-type"].partition(";")[0] == media
        assert response.headers["content-disposition"] == f'attachment; filename="upstream.{ending}"'
        assert f"{EX}m2" in response.text and f"{EX}d2" in response.text


@pytest.mark.parametrize(
    "value", ["", "none such", f"{EX}t00> }} }} #", '" } INSERT', "<javascript:alert(1)>", f"{EX}none"]
)
def test_a_value_that_is_no_node_is_told_and_never_becomes_a_part_of_the_query(
    client: httpx.Client, value: str
) -> None:
    found = page(client, "/query/upstream", node=value, ask="1")
    (told,) = [each for each in found.of("p") if each.get("role") == "alert"]
    assert told["class"] == "error"
    assert client.get("/query/upstream.csv", params={"node": value}).status_code == 400


# -- queries of one's own ----------------------------------------------------------------------------------------


def test_who_has_no_query_yet_is_offered_one_that_is_answered(client: httpx.Client) -> None:
    (to,) = [each["href"] or "" for each in page(client, "/ask").of("a") if (each["href"] or "").startswith("/ask?")]
    assert [each for each in page(client, to).of("p") if each.get("role") == "alert"] == []


def test_a_query_of_ones_own_is_answered_as_a_table_a_chart_and_to_be_had(client: httpx.Client) -> None:
    query = "SELECT ?base (COUNT(?x) AS ?n) { ?x osaid:fineTunedFrom|osaid:trainedOn ?base } GROUP BY ?base ORDER BY ?n"
    found = page(client, "/ask", query=query)
    assert found.of("textarea") and query in found.text
    assert found.of("svg") and "n by base" in found.text and "4 rows" in found.text
    (csv,) = [each["href"] or "" for each in found.of("a") if (each["href"] or "").startswith("/ask.csv?")]
    assert client.get(csv).text.splitlines()[-1] == f"{EX}m2,{TUNED}"
    assert client.get(csv.replace(".csv", ".ttl")).status_code == 406
    assert client.get(csv.replace(".csv", ".exe")).status_code == 404


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("ASK { ?x a osaid:Model }", "yes"),
        ("ASK { ?x a osaid:Nothing }", "no"),
        (f"DESCRIBE <{EX}d1>", "D1"),
        ("SELECT * { ?x a osaid:Nothing }", "No rows."),
    ],
)
def test_every_form_of_query_has_an_answer(client: httpx.Client, query: str, told: str) -> None:
    assert told in page(client, "/ask", query=query).text


@pytest.mark.parametrize("query", ["SELECT", "DROP ALL", "SELECT * { SERVICE <https://example.org/> { ?a ?b ?c } }"])
def test_what_is_no_query_is_told_and_stays_to_be_changed(client: httpx.Client, query: str) -> None:
    found = page(client, "/ask", query=query)
    assert [each["class"] for each in found.of("p") if each.get("role") == "alert"] == ["error"]
    assert query in found.text


def test_a_named_query_can_be_changed(client: httpx.Client) -> None:
    found = page(client, f"/query/upstream?node={EX}t00&ask=1")
    (to,) = [each["href"] or "" for each in found.of("a") if (each["href"] or "").startswith("/ask?")]
    assert "2 rows" in page(client, to).text


# -- what to fix first -------------------------------------------------------------------------------------------


def test_the_plan_is_shown_once_it_is_worked_out(client: httpx.Client, site: Site) -> None:
    plan = got(client, "/api/plan").json()
    assert plan["asked"] == plan["blocked"] == site.tables.part.facts["subjects"]
    found = page(client, "/plan")
    assert "No other choice of as many statements as a line tells frees more releases." in found.text
    assert [each["max"] for each in found.of("meter")] == ["1"] * len(plan["corners"])
    first = plan["corners"][0]
    assert first["pieces"][0]["label"] in found.text and f"{first['effort']:,}" in found.text
    pieces = [piece for corner in plan["corners"] for piece in corner["pieces"]]
    assert all(sum(piece["kinds"].values()) == piece["cost"] for piece in pieces)
    group = next(piece for piece in pieces if piece["cost"] > 1)
    assert f"{group['kinds']['documentation']:,} to be stated, " in found.text


def test_a_page_asks_again_while_the_plan_is_worked_out(start: Start) -> None:
    with httpx.Client(base_url=start(Limits()), timeout=60) as fresh:
        response = fresh.get("/plan")
        while response.headers.get("refresh") == "2":
            assert "It is being worked out" in response.text
            response = fresh.get("/plan")
        assert "No other choice of as many statements" in response.text


def test_a_plan_that_takes_too_much_is_told(start: Start) -> None:
    url = start(Limits(memory=2 * MEGABYTE))
    with httpx.Client(base_url=url, timeout=60) as client:
        response = got(client, "/api/plan")
    why = "its process ended: it took too much memory, or has a fault"
    assert (response.status_code, response.json()["detail"]) == (503, why)
    page = httpx.get(f"{url}/plan", timeout=60)
    while "refresh" in page.headers:
        page = httpx.get(f"{url}/plan", timeout=60)
    assert page.status_code == 503 and why in page.text


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


def test_what_pages_load_is_sent_again_when_it_has_changed_alone(client: httpx.Client) -> None:
    first = client.get("/static/site.css")
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    lines = [("If-None-Match", '"another"'), ("If-None-Match", tag)]
    for known in (
        [("If-None-Match", tag)],
        [("If-None-Match", f'W/{tag}, "another"')],
        [("If-None-Match", "*")],
        lines,
    ):
        for method in ("GET", "HEAD"):
            again = client.request(method, "/static/site.css", headers=known)
            assert (again.status_code, again.headers["etag"], again.content) == (304, tag, b"")
    changed = {"If-None-Match": '"another"'}
    assert client.get("/static/site.css", headers=changed).text == first.text
    head = client.head("/static/site.css", headers=changed)
    assert (head.status_code, head.headers["etag"], head.content) == (200, tag, b"")
    assert head.headers["content-length"] == str(len(first.content))


def test_a_fault_is_told_in_a_line_that_a_browser_may_do_nothing_with(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: Any) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(Matrix, "page", fault)
    response = httpx.get(start(Limits()))
    assert (response.status_code, response.text) == (
        500,
        "error: a fault of this server (ZeroDivisionError)\nhelp: ask for something else\n",
    )
    assert {name: response.headers[name] for name in HEADERS} == HEADERS


def test_data_of_a_node_are_whole_or_refused(client: httpx.Client, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    iri = "https://w3id.org/osaid-graph/definition#1.0-rc1"
    given: Any = {"params": {"iri": iri}, "headers": {"Accept": "application/n-triples"}}
    said = {str(quad.triple) for quad in site.nodes.store.quads_for_pattern(ox.NamedNode(iri), None, None)}
    monkeypatch.setattr("osaid_graph.server.nodes.SHOWN", 3)
    lines = client.get("/node", **given).text.splitlines()
    assert len(said) > 3 and {line.removesuffix(" .") for line in lines} >= said
    monkeypatch.setattr("osaid_graph.server.nodes.GIVEN", 3)
    response = client.get("/node", **given)
    assert response.status_code == 500
    assert response.text == "error: more than 3 statements\nhelp: ask the SPARQL endpoint for some of them\n"


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


def test_a_page_of_a_node_leads_to_the_same_as_data(client: httpx.Client) -> None:
    links = [each for each in page(client, "/node", iri=f"{EX}d1").of("link") if each["rel"] == "alternate"]
    assert [each["type"] for each in links] == ["text/turtle", "application/ld+json", "application/n-triples"]
    for each in links:
        response = client.get(each["href"] or "")
        assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, each["type"])


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
