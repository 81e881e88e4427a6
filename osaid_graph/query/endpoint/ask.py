"""Asking an endpoint: the query as it is sent, the graphs that it is about, and nodes by what a person calls them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from osaid_graph.errors import InputError
from osaid_graph.graph.lookup import Names, standing_for
from osaid_graph.query.endpoint.address import Endpoint
from osaid_graph.query.endpoint.protocol import send
from osaid_graph.query.endpoint.received import ACCEPT, answer_of
from osaid_graph.query.gate import Form, checked
from osaid_graph.query.run import Answer
from osaid_graph.query.substitution import substituted
from osaid_graph.query.terms import VOCABULARY, Row, Term, named_node
from osaid_graph.query.tokens import tokens

#: Nodes whose names hold what a person wrote, that are looked at.
_LIKE: Final = 5_000
#: Sources that are named as graphs one by one.
_MOST_SOURCES: Final = 500
_SOURCES: Final = f"SELECT ?graph WHERE {{ ?graph a osaid:SourceDocument }} ORDER BY ?graph LIMIT {_MOST_SOURCES + 1}"
_EXISTS: Final = "ASK { { ?node ?p ?o } UNION { ?s ?q ?node } }"
_CALLED: Final = f"""
SELECT DISTINCT ?wanted ?node ?title ?version WHERE {{
  VALUES ?kind {{
    osaid:AISystem osaid:Model osaid:Parameters osaid:Checkpoint osaid:Dataset osaid:Code osaid:DataInformation
    osaid:UnresolvedReference
  }}
  ?node a ?kind .
  FILTER(ISIRI(?node))
  OPTIONAL {{ ?node dcterms:title|foaf:name|rdfs:label ?title }}
  OPTIONAL {{ ?node dcat:version ?version }}
  FILTER(
    CONTAINS(LCASE(STR(?node)), ?wanted)
    || CONTAINS(LCASE(CONCAT(COALESCE(STR(?title), ""), " ", COALESCE(STR(?version), ""))), ?wanted)
  )
}}
LIMIT {_LIKE}
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it is sent: its form, its text with all values in it, and the named graphs it is about."""

    form: Form
    text: str
    named_graphs: tuple[str, ...] = ()


def question(endpoint: Endpoint, text: str, values: Mapping[str, Term] | None = None, source: str = "") -> Question:
    """Return a query as it would be sent.

    Args:
        endpoint: Who is to be asked. Which sources it has is asked now, if they are to be named as graphs.
        text: The query, in which the prefixes of :data:`~osaid_graph.query.terms.PREFIXES` need no declaration.
        values: Values of variables (:func:`~osaid_graph.query.substitution.substituted`).
        source: The file the query stands in, to be named where it is wrong.

    Raises:
        UsageError: The query updates, asks a service or is not SPARQL 1.1, or a value cannot stand where it is to.
        InputError: The endpoint cannot be asked for its sources, or has too many to name.
        QueryTimeout: That takes too long.
    """
    form = checked(text, source)
    named = endpoint.named_graphs or ()
    if endpoint.named_graphs is None and endpoint.default_graphs and any(t.is_word("GRAPH") for t in tokens(text)):
        named = tuple(_sources(endpoint))
    return Question(form, substituted(text, values or {}, source), named)


def ask_endpoint(endpoint: Endpoint, asked: Question) -> Answer:
    """Send a query to an endpoint, and return the answer.

    Raises:
        InputError: The endpoint cannot be reached, refuses, or its answer is wrong, too large or not whole.
        QueryTimeout: It takes too long.
    """
    received = send(endpoint, asked.text, ACCEPT[asked.form], asked.named_graphs)
    return answer_of(received, asked.form, endpoint.url)


def _sources(endpoint: Endpoint) -> Iterator[str]:
    """Yield the named graphs beside a default graph: the vocabulary, and what each source says."""
    found = [row[0].value for row in _rows(endpoint, _SOURCES) if isinstance(row[0], ox.NamedNode)]
    if len(found) > _MOST_SOURCES:
        what = f"more than {_MOST_SOURCES:,} sources, too many to name each as a graph"
        raise InputError(what, "name those to ask about with --named-graph IRI", source=endpoint.url)
    yield from (VOCABULARY.value, *found)


def _rows(endpoint: Endpoint, text: str, values: Mapping[str, Term] | None = None) -> tuple[Row, ...]:
    return ask_endpoint(endpoint, Question("select", substituted(text, values or {}))).rows


class EndpointNames:
    """Finds nodes of an endpoint by what a person calls them, as :class:`~osaid_graph.graph.lookup.Names` does.

    An IRI, a Hub id or a known name is looked up as such. For all else the endpoint is asked for the described nodes
    whose IRI or title holds it, which takes it a walk over all of them.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    def find(self, text: str) -> str:
        """Return the IRI of the one node that ``text`` names.

        Raises:
            UsageError: There is none, or there are several.
            InputError: The endpoint cannot be asked.
            QueryTimeout: It takes too long.
        """
        known = Names((iri, "") for iri in standing_for(text) if self._is_there(iri))
        return (known if known.candidates(text) else Names(self._called(text))).find(text)

    def _is_there(self, iri: str) -> bool:
        asked = Question("ask", substituted(_EXISTS, {"node": named_node(iri)}))
        return ask_endpoint(self.endpoint, asked).truth

    def _called(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the nodes whose IRI or title holds a name, with its title, alone and with the version."""
        wanted = " ".join(text.split()).rpartition("@")
        name = (wanted[0] or wanted[2]).casefold()
        for node, title, version in _rows(self.endpoint, _CALLED, {"wanted": ox.Literal(name)}):
            if not isinstance(node, ox.NamedNode):
                continue
            called = title.value if title is not None else ""
            yield node.value, called
            if called and version is not None and version.value not in called:
                yield node.value, f"{called} {version.value}"
