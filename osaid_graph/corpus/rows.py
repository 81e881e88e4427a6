"""Rows of tables: what is known of a source, and what reading a document left over, as columns hold it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import IdentifiedNode

from osaid_graph.model import Term
from osaid_graph.reading import Reading, ShortForm
from osaid_graph.sources import Repair, Unread

_STRING: Final = str(XSD.string)
_LANGUAGE: Final = str(RDF.langString)


class File(NamedTuple):
    """A document as a file: what it is known by, and by what a later change of it is told.

    ``path`` is where it leads to, ``name`` how the user named it; ``modified`` is in nanoseconds since 1970, 0 where
    nothing is known; ``input`` is the file or folder it was read with.
    """

    path: str
    name: str
    input: str = ""
    size: int = 0
    modified: int = 0


class SourceRow(NamedTuple):
    """What is known of a source before it has its number: the columns of ``sources`` in their order.

    ``reading`` tells one reading of a document from another, since what it is read with may change what it says;
    ``together`` tells that it may.
    """

    name: str
    path: str
    input: str
    format: str
    sha256: str
    size: int
    modified: int
    graph: str
    url: str = ""
    title: str = ""
    retrieved: str = ""
    statements: int = 0
    records: int = 0
    reading: str = ""
    together: bool = False
    unread: str = "[]"
    repairs: str = "[]"
    short: str = "[]"


def source_row(file: File, format_name: str, sha256: str) -> SourceRow:
    """Return what is known of a document of which nothing is read yet."""
    graph = f"urn:osaid:source:{sha256[:16]}"  # as a release names it
    return SourceRow(file.name, file.path, file.input, format_name, sha256, file.size, file.modified, graph)


def document_row(file: File, format_name: str, sha256: str, reading: Reading, *, together: bool) -> SourceRow:
    """Return what is known of a document that was read."""
    return source_row(file, format_name, sha256)._replace(
        statements=len(reading.statements),
        reading=digest_of(reading),
        together=together,
        unread=unread_json(reading.unread),
        repairs=repairs_json(reading.repairs),
        short=_short_json(reading.short),
    )


def stated_row(document: SourceRow, graph: str, url: str = "", title: str = "", retrieved: str = "") -> SourceRow:
    """Return what is known of a source that a document attributes statements to: a named graph, or a URL."""
    return document._replace(
        graph=graph or f"{document.graph}:{hashlib.sha256(url.encode()).hexdigest()[:12]}",
        url=url,
        title=title,
        retrieved=retrieved,
        statements=0,
        records=0,
        unread="[]",
        repairs="[]",
        short="[]",
    )


def term_row(term: Term) -> tuple[str, str, str, str]:
    """Return the kind, the value, the datatype and the language of a term."""
    if isinstance(term, URIRef):
        return "iri", str(term), "", ""
    if not isinstance(term, Literal):
        return "blank", str(term), "", ""
    if term.language:
        return "literal", str(term), _LANGUAGE, term.language.casefold()
    return "literal", str(term), str(term.datatype or _STRING), ""


def term_of(kind: str, value: str, datatype: str, language: str) -> Term:
    """Return the term of a row of ``terms``."""
    if kind == "iri":
        return URIRef(value)
    if kind == "blank":
        return BNode(value)
    if language:
        return Literal(value, lang=language)
    return Literal(value) if datatype == _STRING else Literal(value, datatype=URIRef(datatype), normalize=False)


def node_text(node: IdentifiedNode) -> str:
    """Return an IRI, or the label of a blank node behind ``_:``."""
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def node_of(text: str) -> IdentifiedNode:
    """Return the node of a text of :func:`node_text`."""
    return BNode(text.removeprefix("_:")) if text.startswith("_:") else URIRef(text)


def unread_json(unread: Sequence[Unread]) -> str:
    """Return what is left unread as JSON: lists of field, count and line."""
    return json_of([[each.field, each.count, each.line] for each in unread])


def unread_of(text: str) -> tuple[Unread, ...]:
    """Return what is left unread from JSON."""
    return tuple(Unread(field, count, line) for field, count, line in json.loads(text))


def repairs_json(repairs: Sequence[Repair]) -> str:
    """Return what was put right as JSON: lists of text, line and field."""
    return json_of([[each.text, each.line, each.field] for each in repairs]) if repairs else "[]"


def repairs_of(text: str) -> tuple[Repair, ...]:
    """Return what was put right from JSON."""
    return tuple(Repair(each, line, field) for each, line, field in json.loads(text))


def _short_json(short: Sequence[ShortForm]) -> str:
    return json_of([[node_text(form.node), form.lead, form.key, form.value] for form in short])


def short_of(text: str) -> tuple[ShortForm, ...]:
    """Return short forms from JSON."""
    return tuple(ShortForm(node_of(node), lead, key, value) for node, lead, key, value in json.loads(text))


def digest_of(reading: Reading) -> str:
    """Return what tells one reading of a document from another."""
    digest = hashlib.blake2b(digest_size=16)
    for statement in reading.statements:
        digest.update(repr((statement.triple, statement.line, statement.source, statement.graph)).encode())
    digest.update(repr((reading.repairs, reading.unread, reading.short)).encode())
    return digest.hexdigest()


#: Returns a value as JSON. Kept: making an encoder takes longer than using it.
json_of: Final = json.JSONEncoder(ensure_ascii=False).encode
