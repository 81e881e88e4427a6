"""The pages: HTML from templates that escape whatever they are given, and the data of nodes in other forms."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from osaid_graph.errors import OsaidError, UsageError
from osaid_graph.plans import Kind, Unit
from osaid_graph.query.library import named_queries, named_query
from osaid_graph.query.results import ALIASES, MEDIA_TYPES, serialised_graph
from osaid_graph.query.terms import PREFIXES
from osaid_graph.reports.html import SIGNS
from osaid_graph.reports.lineage import KINDS as KINDS_IN_WORDS
from osaid_graph.reports.lineage import several
from osaid_graph.reports.words import COUNTED, clause_name, lines, plain, web_link
from osaid_graph.server.asking import DOWNLOADS, Asking
from osaid_graph.server.charting import charted
from osaid_graph.server.comparison import compared
from osaid_graph.server.kin import SHOWN, Direction
from osaid_graph.server.matrix import KINDS, VERDICTS, Chosen
from osaid_graph.server.negotiation import chosen
from osaid_graph.server.planned import Plans
from osaid_graph.server.pool import Reply
from osaid_graph.server.reporting import FORMATS
from osaid_graph.server.site import Site
from osaid_graph.server.sparql import Refusal, handed_over, told, waited_for
from osaid_graph.writers.style import style

_HTML: Final = "text/html"
#: Other forms of a node by the name that an address may ask for them with.
_FORMS: Final = {"turtle": "text/turtle", "json-ld": "application/ld+json", "n-triples": "application/n-triples"}
#: Releases that are offered by name to be compared; of more, none are.
_NAMES: Final = 500
#: Seconds that a page waits for a plan, and after which it asks again.
_PATIENCE: Final = 0.3
_AGAIN: Final = 2
#: What has to be done about a gap, by :data:`osaid_graph.plans.Kind`.
_EFFORT: Final[dict[Kind, str]] = {
    "documentation": "to be stated",
    "contradiction": "to be agreed on",
    "disclosure": "to be disclosed",
    "release": "to be released or changed",
    "relicensing": "to be relicensed",
    "judgement": "to be judged anew",
}
#: A query to begin with, and what queries need not declare.
_EXAMPLE: Final = """\
SELECT ?dataset (COUNT(DISTINCT ?made) AS ?number) {
  ?made osaid:derivedFrom ?dataset .
  ?dataset a osaid:Dataset .
}
GROUP BY ?dataset
ORDER BY DESC(?number) ?dataset
LIMIT 20
"""
_PREFIXES: Final = "\n".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items())
#: The files that pages need: the media type of each, the package that has it, and where in it.
_STATIC: Final = {
    "site.css": ("text/css", "osaid_graph.server", "static/site.css"),
    "icon.svg": ("image/svg+xml", "osaid_graph.server", "static/icon.svg"),
    "zoom.js": ("text/javascript", "osaid_graph.writers.pictures", "zoom.js"),
    "lineage.js": ("text/javascript", "osaid_graph.server", "static/lineage.js"),
}


class Pages:
    """Answers requests for pages.

    Args:
        site: What is shown.
        asking: Asks queries.
        plans: What to fix first.
    """

    def __init__(self, site: Site, asking: Asking, plans: Plans) -> None:
        self.site, self.asking, self.plans = site, asking, plans

    def routes(self) -> list[Route]:
        """Return which address shows what."""
        return [
            Route("/", self.matrix),
            Route("/release", self.release),
            Route("/node", self.node),
            Route("/lineage", self.lineage),
            Route("/compare", self.compare),
            Route("/plan", self.plan),
            Route("/query", self.queries),
            Route("/query/{name}", self.query),
            Route("/ask", self.ask),
            Route("/ask.{ending}", self.ask),
            Route("/requirements", self.requirements),
            Route("/static/{name}", self.static),
        ]

    def matrix(self, request: Request) -> Response:
        """Return the matrix of releases by requirement."""
        matrix = self.site.matrix
        page = matrix.page(Chosen.of(request.query_params, self.site.tables.requirements))
        return self._page("matrix.html", page=page, columns=matrix.columns, verdicts=matrix.verdicts, kinds=KINDS)

    def release(self, request: Request) -> Response:
        """Return what was found on a release."""
        try:
            found = self.site.found(request.query_params.get("node", ""))
        except UsageError as error:
            return self._none(error)
        return self._page("release.html", found=found, formats=tuple(FORMATS))

    def node(self, request: Request) -> Response:
        """Return what is said of a node, as a page or as data."""
        iri = request.query_params.get("iri", "")
        asked = _FORMS.get(request.query_params.get("form", ""))
        offered = (_HTML, *MEDIA_TYPES["construct"])
        media = asked or chosen(request.headers.get("accept"), offered, ALIASES) or _HTML
        if media != _HTML:
            try:
                triples = self.site.nodes.triples(iri)
            except UsageError as error:
                return told(Refusal(500, error.message, error.hint))
            try:
                body = serialised_graph(triples, media)
            except UsageError as error:
                return told(Refusal(400, error.message, error.hint))
            return Response(body, 200 if triples else 404, {"Vary": "Accept"}, media)
        described = self.site.nodes.described(iri)
        if described is None:
            return self._none(
                UsageError(
                    f"nothing is said of a node {iri!r}",
                    "an IRI is asked for; /lineage and the queries take names, too",
                )
            )
        assessed = self.site.releases.has(iri)
        column = next((each for each in self.site.matrix.columns if str(each.requirement.iri) == iri), None)
        response = self._page(
            "node.html",
            node=described,
            forms=_FORMS,
            assessed=assessed,
            in_lineage=iri in self.site.lineage.numbers,
            there=self.site.nodes.there(described),
            column=column,
        )
        response.headers["Vary"] = "Accept"
        return response

    def lineage(self, request: Request) -> Response:
        """Return what a node was made from, or what was made from it."""
        given = request.query_params
        node = given.get("node", "")
        direction: Direction = "down" if given.get("direction") == "down" else "up"
        level, start = (_number(given.get(name, "")) for name in ("level", "start"))
        kin = self.site.relatives.kin(node, direction, level, start)
        if kin is None:
            return self._none(self.site.no_node(node))
        assessed = self.site.releases.has(kin.iri)
        return self._page("lineage.html", kin=kin, starts={level: start}, size=SHOWN, assessed=assessed)

    def compare(self, request: Request) -> Response:
        """Return two releases side by side."""
        asked = [request.query_params.get(name, "").strip() for name in ("a", "b")]
        pair, missing = [], []
        for name in filter(None, asked):
            try:
                pair.append(self.site.found(name))
            except UsageError as error:
                missing.append(error)
        lines = compared(pair[0], pair[1], self.site.tables.requirements) if len(pair) == len(asked) else None
        return self._page(
            "compare.html",
            404 if missing else 200,
            asked=asked,
            missing=missing,
            lines=lines,
            pair=pair,
            names=self.site.matrix.names(_NAMES),
        )

    async def plan(self, request: Request) -> Response:
        """Return what to fix first, or that it is worked out: the page comes again by itself then."""
        unit: Unit = "node" if request.query_params.get("unit") == "node" else "statement"
        found = await waited_for(request, self.plans.plan(unit, _PATIENCE))
        if isinstance(found, Reply):
            return self._page("plan.html", 503, plan=None, unit=unit, error=found)
        response = await asyncio.to_thread(self._page, "plan.html", plan=found, unit=unit, error=None)
        if found is None:
            response.headers["Refresh"] = str(_AGAIN)
        return response

    def queries(self, request: Request) -> Response:
        """Return the list of named queries."""
        return self._page("queries.html", queries=self.asking.queries())

    async def query(self, request: Request) -> Response:
        """Return a named query, and its answer if it is asked; or the answer alone, to be downloaded."""
        name, _, ending = request.path_params["name"].partition(".")
        if name not in named_queries() or (ending and ending not in DOWNLOADS):
            return self._none(UsageError(f"no query {request.path_params['name']!r}", "/query lists them"))
        query = named_query(name)
        known = {parameter.name for parameter in query.parameters}
        given = {key: value for key, value in request.query_params.items() if key in known}
        if ending:
            try:
                sparql = await asyncio.to_thread(self.asking.sparql, query, given)
            except OsaidError as error:
                return told(Refusal(400, error.message, error.hint))
            return await self._download(request, sparql, f"{query.name}.{ending}", is_named=True)
        asked = await waited_for(request, self.asking.asked(query, given)) if "ask" in request.query_params else None
        return await asyncio.to_thread(self._page, "query.html", query=query, given=given, asked=asked)

    async def ask(self, request: Request) -> Response:
        """Return a query of one's own, and its answer if it says something; or the answer alone, to be downloaded."""
        sparql, ending = request.query_params.get("query", ""), request.path_params.get("ending", "")
        if ending in DOWNLOADS:
            return await self._download(request, sparql, f"answer.{ending}", is_named=False)
        if ending:
            return self._none(UsageError(f"no answer as {ending!r}", f"there are: {', '.join(DOWNLOADS)}"))
        asked = await waited_for(request, self.asking.answered(sparql)) if sparql.strip() else None
        return await asyncio.to_thread(
            self._page, "ask.html", sparql=sparql, asked=asked, example=_EXAMPLE, prefixes=_PREFIXES
        )

    async def _download(self, request: Request, sparql: str, name: str, *, is_named: bool) -> Response:
        media = DOWNLOADS[name.rpartition(".")[2]]
        reply = await waited_for(request, self.asking.reply(sparql, media, is_named=is_named))
        return handed_over(reply, {"Content-Disposition": f'attachment; filename="{name}"'})

    def requirements(self, request: Request) -> Response:
        """Return the requirements of the definition."""
        return self._page("requirements.html", columns=self.site.matrix.columns)

    def static(self, request: Request) -> Response:
        """Return one of the files that pages need: there are no others, whatever is asked for."""
        name = request.path_params["name"]
        if name not in _STATIC:
            return self._none(UsageError(f"no file {name!r}"))
        text, tag = _static(name)
        headers = {"Cache-Control": "no-cache", "ETag": tag}  # whoever has it asks whether it is still that
        known = ",".join(request.headers.getlist("if-none-match")).split(",")
        if not {tag, "*"}.isdisjoint(each.strip().removeprefix("W/") for each in known):
            return Response(status_code=304, headers=headers)
        return Response(text, 200, headers, _STATIC[name][0])

    def missing(self, request: Request, error: Exception) -> Response:
        """Return that there is no page at an address."""
        return self._none(UsageError(f"no page {request.url.path!r}", "the links above lead to those that there are"))

    def _none(self, error: OsaidError) -> Response:
        return self._page("none.html", 404, error=error)

    def _page(self, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
        site = self.site
        return HTMLResponse(_templates().get_template(template).render(site=site, **shown), status)


@cache
def _static(name: str) -> tuple[str, str]:
    """Return a file that pages need, and its entity tag (RFC 9110, section 8.8.3)."""
    media, package, path = _STATIC[name]
    text = style(package, path) if media == "text/css" else (files(package) / path).read_text("utf-8")
    return text, f'"{sha256(text.encode()).hexdigest()[:32]}"'


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("osaid_graph.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    found.filters["parameters"] = urlencode
    found.filters["web"] = web_link
    found.filters["lines"] = _lines
    found.filters["chart"] = charted
    found.filters["kinds"] = _kinds
    found.filters["clause"] = clause_name
    found.filters["sentence"] = _sentence
    counted = {str(outcome): word for outcome, word in COUNTED.items()} | {"undetermined": "undetermined"}
    found.globals.update(SIGNS=SIGNS, COUNTED=counted, VERDICTS=VERDICTS, KINDS=KINDS_IN_WORDS, EFFORT=_EFFORT)
    return found


def _shown(value: Any) -> Any:
    """Return a text as one line in which nothing turns the direction of what follows; all else as it is."""
    return plain(value) if type(value) is str else value


def _lines(text: str) -> Markup:
    """Return a text with its lines."""
    return escape(lines(text))


def _sentence(text: str) -> str:
    """Return a text as it begins a sentence.

    >>> _sentence("did you mean acme/atlas?")
    'Did you mean acme/atlas?'
    """
    return text[:1].upper() + text[1:]


def _kinds(counts: Iterable[tuple[str, int]]) -> str:
    """Return how many there are of each class, in words."""
    named = ((KINDS_IN_WORDS.get(kind, kind) or "of no known kind", number) for kind, number in counts)
    return ", ".join(f"{number:,} {several(word, number)}" for word, number in named)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
