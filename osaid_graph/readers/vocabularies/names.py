"""Which thing in the world a node is that has no IRI of its own, or only one within its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rdflib import DCTERMS, RDF, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError
from osaid_graph.identity import Kind, canonical, checked_iri, is_url, part_of, resolve, unnamed
from osaid_graph.model import Term
from osaid_graph.readers.rdf.descriptions import Description, Descriptions
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.readers.vocabularies.things import LOCAL, NAMES
from osaid_graph.reading import Statement, Unnamed
from osaid_graph.vocab import OSAID

_ADDRESSES = (SCHEMA.url, SCHEMA.identifier, DCTERMS.identifier)


def named(
    statements: list[Statement], data: bytes, kinds: Mapping[URIRef, Kind], edges: Mapping[URIRef, Kind]
) -> tuple[list[Statement], tuple[Unnamed, ...]]:
    """Return statements in which models and datasets are IRIs, and those that nothing says which thing they are.

    A node without an IRI, or with a relative one, is known by an address that the document gives it, else, where
    another node refers to it, by its name, as in a manifest; else it is what the document is about.

    Args:
        statements: The statements of one document.
        data: Its bytes.
        kinds: Classes and what their members are.
        edges: Properties and what their values are.
    """
    found = Descriptions(statements)
    wanted: dict[IdentifiedNode, Kind] = {}
    ours: set[IdentifiedNode] = set()
    values: set[Term] = set()
    for statement in statements:
        subject, predicate, value = statement.triple
        if predicate == RDF.type and isinstance(value, URIRef):
            if value in kinds and _is_local(subject):
                wanted.setdefault(subject, kinds[value])
            if value.startswith(str(OSAID._NS)):
                ours.add(subject)
        elif predicate in edges and _is_local(value) and isinstance(value, IdentifiedNode):
            wanted.setdefault(value, edges[predicate])
        if predicate != RDF.type:
            values.add(value)
    names: dict[Term, URIRef] = {}
    left: list[Unnamed] = []
    for node, kind in wanted.items():
        if node in ours:
            continue
        description = found.of(node)
        iri = _address(description) or (_by_name(node, description, kind) if node in values else None)
        if iri is None:
            document = unnamed(data)
            iri = URIRef(part_of(document, str(len(left) + 1)) if left else document)
            left.append(Unnamed(iri, kind, description.text(*NAMES)))
        names[node] = iri
    return [_renamed(statement, names) for statement in statements] if names else statements, tuple(left)


def _is_local(term: Term) -> bool:
    return not isinstance(term, Literal) and (not isinstance(term, URIRef) or term.startswith(LOCAL))


def _address(found: Description) -> URIRef | None:
    texts: Iterable[str] = (said.text for said in found.get(*_ADDRESSES))
    return next((URIRef(canonical(checked_iri(text))) for text in texts if _is_address(text)), None)


def _is_address(text: str) -> bool:
    try:
        return is_url(text) and bool(checked_iri(text))
    except InputError:
        return False


def _by_name(node: IdentifiedNode, found: Description, kind: Kind) -> URIRef | None:
    """Return what a node that others refer to is called: its name, or the relative reference to it as written."""
    written = str(node).removeprefix(LOCAL) if isinstance(node, URIRef) else ""
    for text in (found.text(*NAMES), written):
        try:
            if text:
                return URIRef(resolve(" ".join(text.split()), kind))
        except InputError:
            continue
    return None


def _renamed(statement: Statement, names: Mapping[Term, URIRef]) -> Statement:
    subject, predicate, value = statement.triple
    if subject not in names and value not in names:
        return statement
    return replace(statement, triple=(names.get(subject, subject), predicate, names.get(value, value)))
