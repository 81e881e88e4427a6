"""What the values of a Croissant description say: texts in every shape that files write them in."""

from __future__ import annotations

import re
from urllib.parse import unquote

from rdflib import DCTERMS, FOAF, RDFS, Literal, URIRef
from rdflib.term import Node

from osaid_graph.identity import is_url
from osaid_graph.readers.croissant.terms import CR, ODRL, PROVENANCE
from osaid_graph.readers.place import At, Place
from osaid_graph.readers.rdf.descriptions import Description, Descriptions, Said
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.reading import Statement

#: What relative references are resolved against: a place that is nowhere, so that they can be told from addresses.
LOCAL = "file:///croissant/"
NAMES = (SCHEMA.name, RDFS.label, PROVENANCE.label, FOAF.name, DCTERMS.title)
DESCRIPTIONS = (SCHEMA.description, PROVENANCE.description, RDFS.comment, DCTERMS.description)
_VOID = frozenset(("", "-", "n/a", "na", "nan", "none", "null", "unknown", "not applicable", "not available"))
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


def is_void(term: Node) -> bool:
    """Tell whether a value fills its place without saying anything."""
    return isinstance(term, Literal) and str(term).strip().rstrip(".").casefold() in _VOID


def values(it: Description, found: Descriptions, *predicates: URIRef) -> list[Said]:
    """Return what is said with any of several predicates; what fills a place and says nothing is left unread."""
    said: list[Said] = []
    for predicate in predicates:
        statements = [each for each in found.about(it.node) if each.triple[1] == predicate]
        if any(is_void(each.triple[2]) for each in statements):
            said += taken([each for each in statements if not is_void(each.triple[2])], found)
        else:
            said += it.get(predicate)
    return said


def seen(it: Description, found: Descriptions, *predicates: URIRef) -> list[Statement]:
    """Return the statements with any of several predicates, in the order of these, without reading them."""
    about = found.about(it.node)
    return [each for predicate in predicates for each in about if each.triple[1] == predicate]


def taken(statements: list[Statement], found: Descriptions) -> list[Said]:
    """Return what statements say. They are read."""
    if statements:
        found.read(statements)
    return [Said(each.triple[2], each.line, each.field, each.graph, found) for each in statements]


def block(said: Said) -> Place:
    """Return where a value stands: the block that it is, where it is one, else the key that leads to it."""
    it = said.description
    if it is None or it.line is None or not it.path.startswith(said.path) or it.path == said.path:
        return said
    return At(it.line, it.path.rpartition(".")[0])


def local_name(iri: str) -> str:
    """Return the text that a relative reference was, as in ``{"@id": "squad1"}``; empty for any other IRI."""
    if not iri.startswith("file:"):
        return ""
    name = iri[len(LOCAL) :] if iri.startswith(LOCAL) else iri.rpartition("/")[2]
    return unquote(name).strip("#/ ")


def address(text: str) -> str:
    """Return an address, that of a DOI too; empty for a text that is none."""
    doi = _DOI.fullmatch(text.strip())
    if doi:
        return f"https://doi.org/{doi[1]}"
    return text.strip() if is_url(text.strip()) else ""


def address_in(term: Node, found: Descriptions) -> str:
    """Return the address that a value gives: a text, a reference, or a block with a value or a URL; else nothing."""
    if isinstance(term, Literal | URIRef):
        at = address(str(term))
        if at or isinstance(term, Literal):
            return at
    it = found.of(term)  # type: ignore[arg-type]  # a node, as it is no literal
    return next(
        (at for each in seen(it, found, SCHEMA.url, SCHEMA.value, CR.value) if (at := address(str(each.triple[2])))), ""
    )


def words(said: Said, found: Descriptions) -> str:
    """Return what a value says: a text as it stands, an address, or what a block is called or described as."""
    if isinstance(said.term, Literal):
        return said.text
    it = said.description
    if it is None:
        return ""
    text = it.text(*NAMES)
    dates = (
        [it.text(SCHEMA.startDate), it.text(SCHEMA.endDate)]
        if seen(it, found, SCHEMA.startDate, SCHEMA.endDate)
        else []
    )
    more = it.text(SCHEMA.value, CR.value) or "/".join(dates)
    if text and more:
        return f"{text}: {more}"
    said_of_it = text or more or it.text(*DESCRIPTIONS) or it.text(SCHEMA.termCode) or it.text(SCHEMA.url)
    return said_of_it or local_name(said.text) or said.text.removeprefix(str(ODRL))
