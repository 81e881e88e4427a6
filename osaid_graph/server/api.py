"""The JSON API: what pages show, for programs, and its description in OpenAPI 3.1."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from inspect import iscoroutine
from typing import Any, Final, get_args

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from osaid_graph import __version__
from osaid_graph.errors import OsaidError, UsageError
from osaid_graph.model import REQUIREMENT_OUTCOMES
from osaid_graph.plans import Unit
from osaid_graph.query import library as query_library
from osaid_graph.query.library import NamedQuery
from osaid_graph.server.api_answers import About, Counts, Parameter, Problem, Question, Releases
from osaid_graph.server.asking import Asked, Asking
from osaid_graph.server.comparison import Line, compared
from osaid_graph.server.found import Found
from osaid_graph.server.json_schema import plain, schema
from osaid_graph.server.kin import Direction, Kin
from osaid_graph.server.matrix import KINDS, MOST, VERDICTS, Chosen
from osaid_graph.server.nodes import Described
from osaid_graph.server.planned import Plans
from osaid_graph.server.planner import Plan
from osaid_graph.server.pool import Reply
from osaid_graph.server.site import Site
from osaid_graph.server.sparql import AGAIN, waited_for

_DIRECTIONS: Final = ("up", "down")
#: Seconds that a program waits for a plan.
_PATIENCE: Final = 20.0


@dataclass(frozen=True, slots=True)
class _Operation:
    path: str
    summary: str
    answer: Callable[[Request], Any]
    gives: Any
    parameters: tuple[Parameter, ...] = ()


class Api:
    """Answers requests of programs.

    Args:
        site: What is served.
        asking: Asks named queries.
        plans: What to fix first.
    """

    def __init__(self, site: Site, asking: Asking, plans: Plans) -> None:
        self.site, self.asking, self.plans = site, asking, plans
        node = Parameter("node", "a Hub id, a name, a title, an IRI or _:label", required=True)
        requirements = site.tables.requirements
        matrix = (
            Parameter("q", "what the name of a release contains"),
            Parameter("kind", "which kind of subjects", KINDS),
            Parameter("outcome", "which verdict they have", VERDICTS),
            Parameter("requirement", "the requirement whose outcome is the state", requirements, beside="state"),
            Parameter("state", "that outcome", REQUIREMENT_OUTCOMES, beside="requirement"),
            Parameter("sort", "what to sort by", ("name", "outcome", *requirements)),
            Parameter("down", "1 to turn the order round", ("1",)),
            Parameter("page", "which page, from 1; the last one where there are not so many", least=1, integer=True),
            Parameter("size", f"how many rows it has, {MOST} at most", least=1, most=MOST, integer=True),
        )
        kin = (
            node,
            Parameter("direction", "up to what it was made from, down to what was made from it", _DIRECTIONS),
            Parameter("level", "the distance of which more nodes are wanted than the first", integer=True),
            Parameter("start", "the first of these", integer=True),
        )
        pair = tuple(Parameter(name, "a release by Hub id, name, title or IRI", required=True) for name in ("a", "b"))
        iri = (Parameter("iri", "an IRI", required=True),)
        unit = Parameter("unit", "what counts as one piece of effort", get_args(Unit))
        queries = (
            _Operation(
                f"/api/query/{query.name}",
                query.summary,
                partial(self._query, query),
                Asked,
                tuple(map(_taken, query.parameters)),
            )
            for query in asking.queries()
        )
        self.operations: Final = (
            _Operation("/api/about", "What is served", self._about, About),
            _Operation("/api/releases", "Releases by requirement", self._releases, Releases, matrix),
            _Operation("/api/requirements", "What all releases come to", self._requirements, tuple[Counts, ...]),
            _Operation("/api/release", "What was found on a release", self._release, Found, (node,)),
            _Operation(
                "/api/compare", "Two releases, requirement by requirement", self._compare, tuple[Line, ...], pair
            ),
            _Operation("/api/lineage", "What a node was made from, or what from it", self._lineage, Kin, kin),
            _Operation("/api/node", "What is said of a node, and by whom", self._node, Described, iri),
            _Operation("/api/plan", "What to fix first", self._plan, Plan, (unit,)),
            _Operation("/api/queries", "The named queries", self._queries, tuple[Question, ...]),
            *queries,
        )

    def routes(self) -> list[Route]:
        """Return which address answers what."""
        return [
            *(Route(each.path, self._answered(each)) for each in self.operations),
            Route("/api/openapi.json", self.description),
        ]

    def description(self, request: Request) -> Response:
        """Return the description of the API."""
        return _json(self.openapi())

    def missing(self, request: Request, error: Exception) -> Response:
        """Return that there is nothing at an address."""
        problem = Problem(404, f"nothing at {request.url.path}", "/api/openapi.json tells what there is")
        return _json(problem, problem.status, "application/problem+json")

    def openapi(self) -> dict[str, Any]:
        """Return the description of the API: OpenAPI 3.1."""
        known: dict[str, Any] = {}
        problem = schema(Problem, known)
        paths = {}
        for each in self.operations:
            failed: dict[str, Any] = {
                status: {"description": words, "content": {"application/problem+json": {"schema": problem}}}
                for status, words in (
                    ("400", "A parameter is wrong"),
                    ("404", "There is nothing of that name"),
                    ("503", "It took too much, or too many ask"),
                )
            }
            content = {"application/json": {"schema": schema(each.gives, known)}}
            parameters = [_described(parameter) for parameter in each.parameters]
            paths[each.path] = {
                "get": {
                    "summary": each.summary,
                    "operationId": each.path.removeprefix("/api/").replace("/", "-"),
                    "parameters": parameters,
                    "responses": failed | {"200": {"description": each.summary, "content": content}},
                }
            }
        info = {"title": "osaid-graph", "version": __version__, "description": "What is served, read-only."}
        return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": known}}

    def _answered(self, operation: _Operation) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                _checked(request.query_params, operation)
                found = await run_in_threadpool(operation.answer, request)
                if iscoroutine(found):
                    found = await waited_for(request, found)
                return await run_in_threadpool(_json, found)
            except Problem as error:
                problem = error
            except OsaidError as error:
                problem = Problem(
                    503, f"what is served cannot be read: {error.message}", "have the server started again"
                )
            return _json(problem, problem.status, "application/problem+json")

        return answer

    # -- operations ------------------------------------------------------------------------------------------

    def _about(self, request: Request) -> About:
        facts, tables = self.site.tables.part.facts, self.site.tables
        return About(
            facts["subjects"], self.site.definition.id, facts["policy"], facts["day"], __version__, tables.requirements
        )

    def _releases(self, request: Request) -> Releases:
        requirements = self.site.tables.requirements
        page = self.site.matrix.page(Chosen.of(request.query_params, requirements))
        return Releases(requirements, page.total, page.chosen.page, page.chosen.size, page.rows)

    def _requirements(self, request: Request) -> tuple[Counts, ...]:
        columns = self.site.matrix.columns
        return tuple(Counts(each.requirement.id, each.requirement.label, dict(each.counts)) for each in columns)

    def _release(self, request: Request) -> Found:
        return self._found(request.query_params["node"])

    def _compare(self, request: Request) -> tuple[Line, ...]:
        left, right = (self._found(request.query_params[name]) for name in ("a", "b"))
        return compared(left, right, self.site.tables.requirements)

    def _lineage(self, request: Request) -> Kin:
        given = request.query_params
        direction: Direction = "down" if given.get("direction") == "down" else "up"
        level, start = (int(given.get(name, "0")) for name in ("level", "start"))
        found = self.site.relatives.kin(given["node"], direction, level, start)
        if found is None:
            error = self.site.no_node(given["node"])
            raise Problem(404, error.message, error.hint)
        return replace(found, picture="")

    def _node(self, request: Request) -> Described:
        found = self.site.nodes.described(request.query_params["iri"])
        if found is None:
            raise Problem(404, f"nothing is said of {request.query_params['iri']!r}")
        return found

    async def _plan(self, request: Request) -> Plan:
        unit: Unit = "node" if request.query_params.get("unit") == "node" else "statement"
        found = await self.plans.plan(unit, _PATIENCE)
        if isinstance(found, Reply):
            raise Problem(503, found.message, found.hint)
        if found is None:
            raise Problem(503, "it is being worked out", "ask again in a while")
        return found

    def _queries(self, request: Request) -> tuple[Question, ...]:
        return tuple(
            Question(each.name, each.summary, each.form, {one.name: one.words for one in each.parameters})
            for each in self.asking.queries()
        )

    async def _query(self, query: NamedQuery, request: Request) -> Asked:
        asked = await self.asking.asked(query, request.query_params)
        if asked.error:
            raise Problem(503 if asked.sparql else 404, asked.error, asked.hint)
        return asked

    def _found(self, node: str) -> Found:
        try:
            return self.site.found(node)
        except UsageError as error:
            raise Problem(404, error.message, error.hint) from None


def _checked(given: QueryParams, operation: _Operation) -> None:
    """Raise a problem if parameters are not what an operation takes."""
    known = {parameter.name: parameter for parameter in operation.parameters}
    for name in given:
        if name not in known:
            raise Problem(400, f"no parameter {name!r}", f"there are: {', '.join(known) or 'none'}")
        if (times := len(given.getlist(name))) > 1:
            raise Problem(400, f"the parameter {name!r} {times} times", "give it once")
    for name, parameter in known.items():
        value = given.get(name)
        if value is None:
            if parameter.required:
                raise Problem(400, f"the parameter {name!r} is missing", parameter.words)
        elif parameter.values and value not in parameter.values:
            raise Problem(400, f"{name}: {value!r}", f"one of: {', '.join(parameter.values)}")
        elif parameter.integer and not parameter.takes(value):
            raise Problem(400, f"{name}: {value!r}", f"a number from {parameter.least:,} to {parameter.most:,}")
        elif parameter.beside and parameter.beside not in given:
            beside = known[parameter.beside]
            raise Problem(400, f"{name} without {beside.name}", f"{beside.name} is {beside.words}")


def _taken(parameter: query_library.Parameter) -> Parameter:
    """Return what an address takes for a parameter of a named query."""
    integer = parameter.kind == "integer"
    return Parameter(parameter.name, parameter.words, required=parameter.default is None, integer=integer)


def _described(parameter: Parameter) -> dict[str, Any]:
    kind: dict[str, Any] = {"type": "string"}
    if parameter.integer:
        kind = {"type": "integer", "minimum": parameter.least, "maximum": parameter.most}
    elif parameter.values:
        kind = {"type": "string", "enum": list(parameter.values)}
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.words,
        "required": parameter.required,
        "schema": kind,
    }


def _json(value: Any, status: int = 200, media: str = "application/json") -> Response:
    headers = {"Retry-After": str(AGAIN)} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return Response(json.dumps(plain(value), ensure_ascii=False), status, headers, media)
