"""Answers in the media types of the SPARQL 1.1 Protocol: results of SELECT and ASK, and graphs.

JSON, XML and TSV of results are exact. What is different in CSV is said in :mod:`osaid_graph.query.formats`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from osaid_graph.errors import UsageError
from osaid_graph.escapes import ILLEGAL_IN_XML
from osaid_graph.identity import shortened
from osaid_graph.query.formats import Format, written
from osaid_graph.query.gate import Form
from osaid_graph.query.run import Answer
from osaid_graph.query.terms import PREFIXES, XSD, Term, in_language

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
#: What a name in XML starts with, and what it may hold (Namespaces in XML 1.0, section 3).
_START: Final = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
#: What a property ends in that can be the name of an element (RDF 1.1 XML Syntax, section 2.2.4).
_NAME_IN_XML: Final = re.compile(f"[{_START}][{_START}.0-9\xb7\u0300-\u036f\u203f\u2040-]*\\Z")
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
    """Return statements in one of the media types of graphs, with prefixes for the namespaces they use.

    Raises:
        UsageError: RDF/XML is asked for, and a property has no name there.
    """
    is_xml = media == _RDF_XML
    said = [_in_xml(triple) for triple in triples] if is_xml else list(triples)
    terms = " ".join(str(triple) for triple in said)
    used = {prefix: iri for prefix, iri in PREFIXES.items() if iri in terms}
    text = ox.serialize(said, format=_GRAPHS[media], prefixes=used) or b""
    return text.replace(b"\r", b"&#13;") if is_xml else text


def _in_xml(triple: ox.Triple) -> ox.Triple:
    """Return a statement as XML 1.0 can hold it, which the engine does not look at."""
    if not _NAME_IN_XML.search(triple.predicate.value):
        what = f"RDF/XML has no name for the property {shortened(triple.predicate.value)}"
        raise UsageError(what, "ask for Turtle, N-Triples or JSON-LD")
    value = triple.object
    if not isinstance(value, ox.Literal) or not ILLEGAL_IN_XML.search(value.value):
        return triple
    text = ILLEGAL_IN_XML.sub("\ufffd", value.value)
    shown = in_language(text, value.language) if value.language else ox.Literal(text, datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, shown)


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
