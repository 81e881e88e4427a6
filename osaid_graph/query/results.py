"""Answers in the media types of the SPARQL 1.1 Protocol: results of SELECT and ASK, and graphs.

JSON, XML and TSV of results are exact. What is different in CSV is said in :mod:`osaid_graph.query.formats`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from osaid_graph.escapes import ILLEGAL_IN_XML
from osaid_graph.query.formats import Format, written
from osaid_graph.query.gate import Form
from osaid_graph.query.run import Answer
from osaid_graph.query.terms import PREFIXES, XSD, Term

_JSON, _XML = "application/sparql-results+json", "application/sparql-results+xml"
_CSV, _TSV = "text/csv", "text/tab-separated-values"
_TURTLE, _NTRIPLES, _RDF_XML, _JSON_LD = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
)
#: What each form of query is answered in, the first where nothing is asked for.
MEDIA_TYPES: Final[dict[Form, tuple[str, ...]]] = {
    "select": (_JSON, _XML, _CSV, _TSV),
    "ask": (_JSON, _XML),
    "construct": (_TURTLE, _NTRIPLES, _RDF_XML, _JSON_LD),
}
#: Other names under which clients ask for them.
ALIASES: Final = {
    "application/json": _JSON,
    "application/xml": _XML,
    "text/xml": _XML,
    "application/x-turtle": _TURTLE,
    "text/plain": _NTRIPLES,
}
_TEXTS: Final[dict[str, Format]] = {
    _JSON: "json",
    _CSV: "csv",
    _TSV: "tsv",
}
_GRAPHS: Final = {
    _TURTLE: ox.RdfFormat.TURTLE,
    _NTRIPLES: ox.RdfFormat.N_TRIPLES,
    _RDF_XML: ox.RdfFormat.RDF_XML,
    _JSON_LD: ox.RdfFormat.JSON_LD,
}
_NAMESPACE: Final = "http://www.w3.org/2005/sparql-results#"


def media_types(form: Form) -> tuple[str, ...]:
    """Return the media types that a form of query is answered in."""
    return MEDIA_TYPES[form]


def serialised(answer: Answer, media: str) -> bytes:
    """Return an answer in a media type, one of :func:`media_types` of its form."""
    if media in _TEXTS:
        text = written(answer, _TEXTS[media])
        return text if isinstance(text, bytes) else text.encode()
    if media in _GRAPHS:
        return serialised_graph(answer.triples, media)
    return "".join(_xml(answer)).encode()


def serialised_graph(triples: Iterable[ox.Triple], media: str) -> bytes:
    """Return statements in one of the media types of graphs, with prefixes for the namespaces they use."""
    said = list(triples)
    terms = " ".join(str(triple) for triple in said)
    used = {prefix: iri for prefix, iri in PREFIXES.items() if iri in terms}
    return ox.serialize(said, format=_GRAPHS[media], prefixes=used) or b""


def _xml(answer: Answer) -> Sequence[str]:
    """Return the parts of SPARQL Query Results XML Format (Second Edition)."""
    head = [f'<?xml version="1.0"?>\n<sparql xmlns="{_NAMESPACE}">\n<head>']
    head += [f"<variable name={quoteattr(column)}/>" for column in answer.columns]
    head.append("</head>\n")
    if answer.form == "ask":
        return [*head, f"<boolean>{str(answer.truth).lower()}</boolean>\n</sparql>\n"]
    rows = []
    for row in answer.rows:
        cells = (
            f"<binding name={quoteattr(column)}>{_xml_term(term)}</binding>"
            for column, term in zip(answer.columns, row, strict=True)
            if term is not None
        )
        rows.append(f"<result>{''.join(cells)}</result>\n")
    return [*head, "<results>\n", *rows, "</results>\n</sparql>\n"]


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_text(term.value)}</bnode>"
    about = ""
    if term.language:
        about = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype.value != f"{XSD}string":
        about = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{about}>{_text(term.value)}</literal>"


def _text(value: str) -> str:
    """Return a text as XML 1.0 can hold it; what it cannot (section 2.2) becomes U+FFFD."""
    return escape(ILLEGAL_IN_XML.sub("\ufffd", value), {"\r": "&#13;"})
