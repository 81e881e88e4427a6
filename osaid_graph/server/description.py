"""What the SPARQL endpoint says of itself: SPARQL 1.1 Service Description."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from osaid_graph.query.results import ALIASES, MEDIA_TYPES, serialised_graph
from osaid_graph.server.negotiation import chosen

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
#: Unique URIs for file formats (W3C), for what there is an answer in.
_RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)


def described(request: Request) -> Response:
    """Return the description of the endpoint that a request was sent to."""
    media = chosen(request.headers.get("accept"), MEDIA_TYPES["construct"], ALIASES) or "text/turtle"
    endpoint = str(request.url.replace(query="", fragment=""))
    return Response(serialised_graph(_triples(endpoint), media), media_type=media, headers={"Vary": "Accept"})


def _triples(endpoint: str) -> list[ox.Triple]:
    service, data, graph = ox.BlankNode("service"), ox.BlankNode("dataset"), ox.BlankNode("default")

    def said(subject: ox.BlankNode, name: str, value: ox.NamedNode | ox.BlankNode) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(f"{_SD}{name}"), value)

    def term(name: str) -> ox.NamedNode:
        return ox.NamedNode(f"{_SD}{name}")

    return [
        ox.Triple(service, _TYPE, term("Service")),
        said(service, "endpoint", ox.NamedNode(endpoint)),
        said(service, "supportedLanguage", term("SPARQL11Query")),
        *(said(service, "resultFormat", ox.NamedNode(f"{_FORMATS}{name}")) for name in _RESULTS),
        said(service, "defaultDataset", data),
        ox.Triple(data, _TYPE, term("Dataset")),
        said(data, "defaultGraph", graph),
        ox.Triple(graph, _TYPE, term("Graph")),
    ]
