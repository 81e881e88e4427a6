"""What an endpoint answers as an :class:`~osaid_graph.query.run.Answer`: results as JSON, XML, TSV or CSV, or RDF."""

from __future__ import annotations

import io
from typing import Final

import pyoxigraph as ox
from rdflib.plugins.sparql.results.csvresults import CSVResultParser
from rdflib.query import ResultParser

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.query.endpoint.protocol import Received
from osaid_graph.query.endpoint.refusals import first_words
from osaid_graph.query.gate import Form
from osaid_graph.query.run import Answer
from osaid_graph.query.substitution import NO_COLUMN
from osaid_graph.query.terms import Row, term

_RESULTS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_CSV: Final = "text/csv"
_GRAPHS: Final = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
#: The formats that are asked for, the exact before what has no types; CSV and TSV have no answer to ASK.
ACCEPT: Final[dict[Form, str]] = {
    "select": "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
    "text/tab-separated-values;q=0.5, text/csv;q=0.2",
    "ask": "application/sparql-results+json, application/sparql-results+xml;q=0.9",
    "construct": "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.7",
}
#: The column in which Virtuoso before 8 answers ASK with a row.
_VIRTUOSO_TRUTH: Final = "__ASK_RETVAL"
#: The header in which Virtuoso tells after how many rows it stops.
_VIRTUOSO_ROWS: Final = "X-SPARQL-MaxRows"
#: The header in which Virtuoso tells that its time was over, and the state that says so.
_VIRTUOSO_STATE: Final = ("X-SQL-State", "S1TAT")


def answer_of(received: Received, form: Form, source: str) -> Answer:
    """Return the answer to a query of a form.

    Args:
        received: What the endpoint sent.
        form: The form of the query.
        source: The address of the endpoint, to be named where something is wrong.

    Raises:
        InputError: It is in no format that was asked for, breaks its format, is no answer to that form, or the
            endpoint says that it is not whole.
    """
    if received.headers.get(_VIRTUOSO_STATE[0], "").strip() == _VIRTUOSO_STATE[1]:
        raise _cut(f"the endpoint gave up and sent what it had: {received.headers.get('X-SQL-Message', '')}", source)
    try:
        found = _graph(received, source) if form == "construct" else _results(received, form, source)
    except (SyntaxError, ValueError) as error:
        why = shortened(" ".join(str(error).split()), 120)
        raise InputError(f"the answer is no {received.media_type}: {why}", "ask again", source=source) from None
    most = received.headers.get(_VIRTUOSO_ROWS, "")
    if most.isascii() and most.isdigit() and 0 < int(most) <= len(found.rows):
        raise _cut(f"the endpoint stops after {int(most):,} rows", source)
    return found


def _cut(message: str, source: str) -> InputError:
    return InputError(f"the answer is not whole: {message.rstrip(': ')}", "ask for less, or add LIMIT", source=source)


def _graph(received: Received, source: str) -> Answer:
    if received.media_type not in _GRAPHS:
        raise _other_format(received, source)
    quads = ox.parse(received.body, format=_GRAPHS[received.media_type])
    return Answer("construct", triples=tuple(dict.fromkeys(quad.triple for quad in quads)))


def _results(received: Received, form: Form, source: str) -> Answer:
    if received.media_type == _CSV and form == "select":
        return _csv(received.body)
    if received.media_type not in _RESULTS:
        raise _other_format(received, source)
    found = ox.parse_query_results(received.body, format=_RESULTS[received.media_type])
    if isinstance(found, ox.QueryBoolean):
        if form == "ask":
            return Answer("ask", truth=bool(found))
        raise InputError("answers SELECT with yes or no", "is it an endpoint of SPARQL?", source=source)
    columns = tuple(variable.value for variable in found.variables)
    if form == "ask" and columns == (_VIRTUOSO_TRUTH,):
        return Answer("ask", truth=any(_is_one(solution[0]) for solution in found))
    if form == "ask":
        raise InputError("answers ASK with rows", "is it an endpoint of SPARQL?", source=source)
    shown = tuple(column for column in columns if not column.startswith(NO_COLUMN))
    return Answer("select", shown, tuple(tuple(solution[column] for column in shown) for solution in found))


def _is_one(found: object) -> bool:
    return isinstance(found, ox.Literal) and found.value == "1"


def _csv(body: bytes) -> Answer:
    """Return rows of CSV, in which what looks like a web address is an IRI and all else a text: it has no types."""
    parser: ResultParser = CSVResultParser()  # type: ignore[no-untyped-call]
    found = parser.parse(io.BytesIO(body))
    columns = tuple(str(variable) for variable in found.vars or ())
    rows: list[Row] = []
    for row in found.bindings:
        by_name = {str(variable): term(value) for variable, value in row.items()}
        rows.append(tuple(by_name.get(column) for column in columns if not column.startswith(NO_COLUMN)))
    return Answer("select", tuple(column for column in columns if not column.startswith(NO_COLUMN)), tuple(rows))


def _other_format(received: Received, source: str) -> InputError:
    words = first_words(received.headers, received.body[:_MESSAGE])
    told = f"answers in {shortened(received.media_type)}, which was not asked for{f': {words}' if words else ''}"
    return InputError(told, "is the address that of the endpoint itself, such as https://host/sparql?", source=source)


#: Bytes of an answer in another format that are looked at for words.
_MESSAGE: Final = 65_536
