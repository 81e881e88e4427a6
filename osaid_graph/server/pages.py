"""The pages: HTML from templates that escape whatever they are given, and the data of nodes in other forms."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from osaid_graph.query.results import ALIASES, MEDIA_TYPES, serialised_graph
from osaid_graph.reports.html import SIGNS
from osaid_graph.reports.words import COUNTED, plain, web_link
from osaid_graph.server.matrix import KINDS, VERDICTS, Chosen
from osaid_graph.server.negotiation import chosen
from osaid_graph.server.site import Site

_HTML: Final = "text/html"
#: Other forms of a node by the name that an address may ask for them with.
_FORMS: Final = {"turtle": "text/turtle", "json-ld": "application/ld+json", "n-triples": "application/n-triples"}
_STATIC: Final = {"site.css": "text/css"}


class Pages:
    """Answers requests for pages.

    Args:
        site: What is shown.
    """

    def __init__(self, site: Site) -> None:
        self.site = site

    def routes(self) -> list[Route]:
        """Return which address shows what."""
        return [
            Route("/", self.matrix),
            Route("/release", self.release),
            Route("/node", self.node),
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
        node = request.query_params.get("node", "")
        found = self.site.releases.found(node)
        if found is None:
            return self._none(node, "No release of this name was assessed.")
        return self._page("release.html", found=found)

    def node(self, request: Request) -> Response:
        """Return what is said of a node, as a page or as data."""
        iri = request.query_params.get("iri", "")
        asked = _FORMS.get(request.query_params.get("form", ""))
        offered = (_HTML, *MEDIA_TYPES["construct"])
        media = asked or chosen(request.headers.get("accept"), offered, ALIASES) or _HTML
        if media != _HTML:
            triples = self.site.nodes.triples(iri)
            body = serialised_graph(triples, media)
            return Response(body, 200 if triples else 404, {"Vary": "Accept"}, media)
        described = self.site.nodes.described(iri)
        if described is None:
            return self._none(iri, "Nothing is said of a node of this name.")
        response = self._page("node.html", node=described, forms=tuple(_FORMS))
        response.headers["Vary"] = "Accept"
        return response

    def requirements(self, request: Request) -> Response:
        """Return the requirements of the definition."""
        return self._page("requirements.html", columns=self.site.matrix.columns)

    def static(self, request: Request) -> Response:
        """Return one of the files that pages need: there are no others, whatever is asked for."""
        name = request.path_params["name"]
        if name not in _STATIC:
            return self._none(name, "There is no such file.")
        return Response(_file(name), 200, {"Cache-Control": "max-age=3600"}, _STATIC[name])

    def _none(self, name: str, why: str) -> Response:
        return self._page("none.html", 404, name=name, why=why)

    def _page(self, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
        site = self.site
        return HTMLResponse(_templates().get_template(template).render(site=site, **shown), status)


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
    counted = {str(outcome): word for outcome, word in COUNTED.items()} | {"undetermined": "undetermined"}
    found.globals.update(SIGNS=SIGNS, COUNTED=counted, VERDICTS=VERDICTS)
    return found


def _shown(value: Any) -> Any:
    """Return a text as one line in which nothing turns the direction of what follows; all else as it is."""
    return plain(value) if type(value) is str else value


@cache
def _file(name: str) -> bytes:
    return (files("osaid_graph.server") / "static" / name).read_bytes()
