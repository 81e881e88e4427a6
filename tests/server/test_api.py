"""The JSON API: that it answers as its description says, whatever it is asked, and says what the pages show."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from jsonschema import Draft202012Validator

from osaid_graph.query.library import named_queries
from osaid_graph.server.api import PAGES
from osaid_graph.server.guard import HEADERS
from osaid_graph.server.limits import Limits
from osaid_graph.server.matrix import Chosen, Matrix
from osaid_graph.server.planned import Plans
from osaid_graph.server.pool import Pool, Reply
from osaid_graph.server.site import Site

from .conftest import TUNED, Start, got

pytestmark = pytest.mark.usefixtures("loopback_only")

EX = "https://example.org/"
#: An address of each operation, and what must be in its answer.
ASKED: dict[str, dict[str, str]] = {
    "/api/about": {},
    "/api/releases": {"q": "/m", "sort": "outcome"},
    "/api/requirements": {},
    "/api/release": {"node": f"{EX}m1"},
    "/api/compare": {"a": f"{EX}m1", "b": f"{EX}m2"},
    "/api/lineage": {"node": f"{EX}d2", "direction": "down"},
    "/api/node": {"iri": f"{EX}d1"},
    "/api/plan": {"unit": "node"},
    "/api/queries": {},
    "/api/query/upstream": {"node": f"{EX}t00"},
}


@pytest.fixture(scope="module")
def description(client: httpx.Client) -> Any:
    """Return the description of the API."""
    return client.get("/api/openapi.json").json()


@pytest.fixture
def api(description: Any) -> Any:
    """Return the description as schemathesis takes it."""
    return schemathesis.openapi.from_dict(description)


def answer(client: httpx.Client, path: str) -> Any:
    response = got(client, path, **ASKED[path])
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    return response.json()


@pytest.mark.parametrize("path", ASKED)
def test_an_answer_is_what_the_description_says(client: httpx.Client, description: Any, path: str) -> None:
    told = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = {**told, "components": description["components"]}
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(answer(client, path))] == []


def test_every_operation_is_asked_here(description: Any) -> None:
    queries = {f"/api/query/{name}" for name in named_queries()}
    assert set(description["paths"]) == set(ASKED) | queries and len(queries) > 20
    assert description["openapi"] == "3.1.0"


@pytest.mark.parametrize("path", ASKED)
def test_whatever_is_asked_is_answered_as_described(api: Any, url: str, path: str) -> None:
    """By schemathesis: right and wrong parameters, and answers of the status, the media type and the schema told."""

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=api[path]["GET"].as_strategy())
    def holds(case: schemathesis.Case[Any]) -> None:
        assume(("state" in case.query) == ("requirement" in case.query))  # OpenAPI has no words for what goes together
        assume("level" in case.query or "start" not in case.query)
        case.call_and_validate(base_url=url)

    holds()


@pytest.mark.parametrize(
    ("given", "detail", "hint"),
    [
        ({"requirement": "params-terms"}, "requirement without state", "state: which outcome the requirement has"),
        ({"state": "met"}, "state without requirement", "requirement: the requirement whose outcome is the state"),
        ({"size": "501"}, "size: '501'", "a number from 1 to 500"),
        ({"page": "0"}, "page: '0'", "a number from 1 to 1,000,000"),
        ({"page": "1000001"}, "page: '1000001'", "a number from 1 to 1,000,000"),
        ({"sort": ["name", "outcome"]}, "sort: given 2 times", "give it once"),
        ({"page": "1.5"}, "page: '1.5'", "a number from 1 to 1,000,000"),
    ],
)
def test_what_would_be_taken_for_something_else_is_refused(
    client: httpx.Client, given: dict[str, Any], detail: str, hint: str
) -> None:
    response = got(client, "/api/releases", **given)
    assert response.status_code == 400
    assert (response.json()["detail"], response.json()["hint"]) == (detail, hint)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/api/release?node=https://example.org/m1&node=https://example.org/m2", "node"),
        ("/api/releases?size=501&size=2", "size"),
        ("/api/query/upstream?node=https://example.org/m1&node=", "node"),
    ],
)
def test_a_parameter_that_is_given_twice_is_refused(client: httpx.Client, address: str, name: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.json()["detail"]) == (400, f"{name}: given 2 times")
    assert response.json()["hint"] == "give it once"


def test_whoever_asks_too_early_is_told_when_to_ask_again(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    async def none_yet(*_: Any) -> None:
        return None

    monkeypatch.setattr(Plans, "plan", none_yet)
    response = httpx.get(f"{start(Limits())}/api/plan")
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert response.json()["detail"] == "it is being worked out"


@pytest.mark.parametrize(
    ("kind", "status", "again"),
    [("busy", 503, "5"), ("timeout", 503, None), ("ended", 503, None), ("too large", 500, None)],
)
def test_only_where_too_many_ask_a_program_is_told_to_ask_again(
    start: Start, monkeypatch: pytest.MonkeyPatch, kind: str, status: int, again: str | None
) -> None:
    async def none(*_: Any) -> Reply:
        return Reply(error=kind, message="no answer", hint="none")

    monkeypatch.setattr(Plans, "plan", none)
    monkeypatch.setattr(Pool, "run", none)
    url = start(Limits())
    for path in ("/api/plan", "/api/query/upstream"):
        response = httpx.get(url + path, params=ASKED[path])
        assert (response.status_code, response.headers.get("retry-after")) == (status, again)
        assert response.headers["content-type"] == "application/problem+json"
        assert (response.json()["detail"], response.json()["hint"]) == ("no answer", "none")


def test_a_fault_is_told_to_programs_as_a_problem(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: Any) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(Matrix, "page", fault)
    response = httpx.get(f"{start(Limits())}/api/releases")
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert response.json()["detail"] == "a fault of this server (ZeroDivisionError)"
    assert {name: response.headers[name] for name in HEADERS} == HEADERS


def test_the_last_page_that_may_be_asked_for_is_the_last_that_is_looked_for() -> None:
    assert [Chosen.of({"page": str(page)}, ()).page for page in (PAGES, PAGES + 1)] == [PAGES, PAGES]


def test_the_first_of_a_level_is_asked_for_beside_it(client: httpx.Client) -> None:
    response = got(client, "/api/lineage", node="d2", start="1")
    assert (response.status_code, response.json()["detail"]) == (400, "start without level")


def test_programs_are_told_what_pages_show(client: httpx.Client, site: Site) -> None:
    about = answer(client, "/api/about")
    assert about["releases"] == site.tables.part.facts["subjects"]
    assert about["requirements"] == list(site.tables.requirements)
    releases = answer(client, "/api/releases")
    rows = site.matrix.page(Chosen(text="/m", sort="outcome")).rows
    assert [(each["iri"], each["outcomes"]) for each in releases["releases"]] == [
        (row.iri, list(row.outcomes)) for row in rows
    ]
    found = answer(client, "/api/release")
    assert found["subject"]["iri"] == f"{EX}m1"
    kin = answer(client, "/api/lineage")
    assert (kin["number"], [level["number"] for level in kin["levels"]]) == (TUNED + 1, [1, TUNED])
    table = answer(client, "/api/query/upstream")["table"]
    assert {row[table["columns"].index("source")]["iri"] for row in table["rows"]} == {f"{EX}m2", f"{EX}d2"}
    assert answer(client, "/api/node")["title"] == "D1"
    assert {each["name"] for each in answer(client, "/api/queries")} >= {"upstream", "findings"}


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        ("/api/release", 400, "the parameter 'node' is missing"),
        (f"/api/release?node={EX}none", 404, "no release of this name was assessed"),
        ("/api/release?node=", 404, "no release of this name was assessed"),
        (f"/api/release?node={EX}d1", 404, "no release of this name was assessed"),
        (f"/api/node?iri={EX}none", 404, f"nothing is said of '{EX}none'"),
        (f"/api/lineage?node={EX}none", 404, "no node of this name"),
        ("/api/none", 404, "nothing at /api/none"),
        ("/api", 404, "nothing at /api"),
        ("/api/releases?kind=nope", 400, "kind: 'nope'"),
        ("/api/releases?page=x", 400, "page: 'x'"),
        ("/api/releases?nope=1", 400, "no parameter 'nope'"),
        ("/api/query/upstream", 400, "the parameter 'node' is missing"),
        ("/api/query/upstream?node=x&nope=1", 400, "no parameter 'nope'"),
        (f"/api/query/upstream?node={EX}none", 404, f"no node '{EX}none' here"),
        (f"/api/compare?a={EX}m1", 400, "the parameter 'b' is missing"),
    ],
)
def test_what_is_wrong_is_a_problem_detail(client: httpx.Client, address: str, status: int, detail: str) -> None:
    response = client.get(address)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.status_code == response.json()["status"] == status
    assert response.json()["detail"] == detail
    assert response.json()["title"] == {400: "Bad Request", 404: "Not Found"}[status]
