"""Statements as properties in the name space ``osaid:``, for what CycloneDX has no field for.

The other way round of :mod:`osaid_graph.readers.cyclonedx.properties`; what would not be read back is not written.
"""

from __future__ import annotations

from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.model import Term
from osaid_graph.readers.cyclonedx.properties import (
    CODED,
    COUNTS,
    DAYS,
    NOT_APPLICABLE,
    NOT_DISCLOSED,
    PREFIX,
    TERMS,
    value_of,
)
from osaid_graph.vocab import CODE, CODELISTS, OSAID, token

_NAMES = {predicate: name for name, predicate in TERMS.items()}
_SILENCES = {OSAID.NotDisclosed: NOT_DISCLOSED, OSAID.NotApplicable: NOT_APPLICABLE}

Property = dict[str, str]


def property_of(graph: Graph, predicate: URIRef, value: Term) -> Property | None:
    """Return the property that says a statement, None where none does; ``graph`` has what blank nodes say."""
    name = _NAMES.get(predicate)
    if name is None:
        return None
    if isinstance(value, BNode):
        return _of_blank(graph, predicate, value, PREFIX + name)
    words = _words(predicate, value)
    if not words or value_of(predicate, words) != value:
        return None
    return {"name": PREFIX + name, "value": words}


def _words(predicate: URIRef, value: Term) -> str:
    if isinstance(value, Literal):
        is_text = value.language is None and (value.datatype is None or predicate in DAYS | COUNTS)
        return str(value) if is_text and str(value) == " ".join(value.split()) else ""
    if predicate in CODED and value.startswith(str(CODE)) and token(value) in CODELISTS[CODED[predicate]]:
        return token(value)
    return f"<{value}>"


def _of_blank(graph: Graph, predicate: URIRef, blank: BNode, name: str) -> Property | None:
    said: dict[URIRef, list[Term]] = {}
    for key, value in graph.predicate_objects(blank):
        if isinstance(key, URIRef) and isinstance(value, IdentifiedNode | Literal):
            said.setdefault(key, []).append(value)
    kinds, comments = said.pop(RDF.type, []), said.pop(RDFS.comment, [])
    words = str(comments[0]) if comments else ""
    if len(kinds) != 1 or len(comments) > 1 or words != " ".join(words.split()):
        return None
    kind = kinds[0]
    if kind in _SILENCES:
        roles = said.pop(OSAID.documentRole if predicate == OSAID.hasDocument else OSAID.codeRole, [])
        parts = [_SILENCES[URIRef(kind)], *sorted(token(role) for role in roles)]
    elif kind == OSAID.AccessConditions and predicate == OSAID.accessConditions:
        manners = said.pop(OSAID.accessManner, [])
        if len(manners) > 1 or not (manners or words):
            return None
        parts = [token(manner) for manner in manners]
    else:
        return None
    if said:
        return None
    return {"name": ".".join((name, *parts)), **({"value": words} if words else {})}
