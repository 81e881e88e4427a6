"""The manifest's words for the terms of a graph: references, texts, silences. None where it has no word.

Each is the inverse of a function of :mod:`osaid_graph.readers.manifest.values`, and is tried against it: a short form
is only used where reading it gives the same IRI.
"""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote

from rdflib import FOAF, PROV, RDF, RDFS, XSD, Literal, URIRef
from rdflib.term import BNode, IdentifiedNode, Node

from osaid_graph.errors import InputError
from osaid_graph.identity import HUB, NAMED, Kind, canonical, checked_iri, resolve, split_version
from osaid_graph.readers.manifest.keys import PLACEHOLDERS
from osaid_graph.readers.manifest.values import MOST_DIGITS, is_document
from osaid_graph.readers.tree import Scalar
from osaid_graph.vocab import CODE, CODELISTS, OSAID, token
from osaid_graph.writers.claims import Claims
from osaid_graph.writers.yaml_layout import Yaml
from osaid_graph.writers.yaml_text import Word

#: A value as it is written alone, and the mapping that a ``source`` can be added to.
Form = tuple[Yaml, dict[str, Yaml]]

_SILENT_WORDS = ("not-disclosed", "not-applicable")


@cache
def reference(iri: str, kind: Kind) -> str | None:
    """Return the shortest reference that stands for ``iri``; None if there is none.

    >>> reference("https://huggingface.co/datasets/allenai/dolma#1.5", "datasets")
    'allenai/dolma@1.5'
    """
    return next((text for text in _candidates(iri, kind) if _stands_for(text, iri, kind)), None)


@cache
def unversioned(iri: str) -> str | None:
    """Return a reference that is read as the ``id`` of the dataset ``iri`` without naming a version of it."""
    found = (text for text in _candidates(iri, "datasets") if _stands_for(text, iri, "datasets"))
    return next((text for text in found if split_version(text, "datasets") == (iri, "")), None)


def _candidates(iri: str, kind: Kind) -> list[str]:
    found = []
    prefix = HUB + ("datasets/" if kind == "datasets" else "")
    for start in (prefix, NAMED):
        if iri.startswith(start):
            name, _, version = iri.removeprefix(start).partition("#")
            words = unquote(name) if start == NAMED else name
            found.append(f"{words}@{unquote(version)}" if version else words)
    return [*found, iri]


def _stands_for(text: str, iri: str, kind: Kind) -> bool:
    if _word(text) in _SILENT_WORDS or " ".join(text.split()) != text:
        return False
    try:
        return resolve(text, kind) == iri
    except InputError:
        return False


def plain_text(value: Node) -> str | None:
    """Return the words of a literal, with single spaces; None where it is none, is empty, or has a language or type."""
    if not isinstance(value, Literal) or value.language or value.datatype not in (None, XSD.string):
        return None
    return " ".join(str(value).split()) or None


def date(value: Node) -> str | None:
    """Return an ``xsd:date`` as it is written."""
    return Word(value) if isinstance(value, Literal) and value.datatype == XSD.date else None


def count(value: Node) -> str | None:
    """Return an ``xsd:integer`` as it is written, if the manifest reads it: in digits alone, and not many."""
    whole = isinstance(value, Literal) and value.datatype == XSD.integer and str(value).isdecimal()
    return Word(value) if whole and len(str(value)) <= MOST_DIGITS else None


def flag(value: Node) -> str | None:
    """Return an ``xsd:boolean`` as it is written."""
    if not isinstance(value, Literal) or value.datatype != XSD.boolean:
        return None
    return Word("true" if value.toPython() else "false")


def word(value: Node, codelist: str) -> str | None:
    """Return the word of a codelist that a concept stands for."""
    named = token(value)
    return named if named in CODELISTS[codelist] and value == CODE[named] else None


def address(value: Node) -> str | None:
    """Return an IRI that the manifest reads as the address of a document."""
    if not isinstance(value, URIRef) or not is_document(Scalar(str(value), 1, 0)):
        return None
    try:
        return str(value) if canonical(checked_iri(str(value))) == str(value) else None
    except InputError:
        return None


def document_or_text(value: Node) -> str | None:
    """Return what a statement says: an address, or a text that is not read as an address or a silence."""
    text = plain_text(value)
    if text is None:
        return address(value)
    silent = _word(text) in _SILENT_WORDS or text.casefold() in PLACEHOLDERS
    return None if silent or is_document(Scalar(text, 1, 0)) else text


def silence(claims: Claims, value: Node) -> Form | None:
    """Return a refusal or a waiver; None where the node is none, or says more than the manifest can."""
    if not isinstance(value, BNode):
        return None
    said = dict.fromkeys((claim.predicate, claim.value) for claim in claims.of(value))
    kinds = [o for p, o in said if p == RDF.type]
    comments = [plain_text(o) for p, o in said if p == RDFS.comment]
    roles = [o for p, o in said if p in (OSAID.codeRole, OSAID.documentRole)]
    why = comments[0] if comments else None
    if len(said) != len(kinds) + len(comments) + len(roles) or len(kinds) != 1 or len(comments) > 1:
        return None
    if comments and why is None:
        return None
    if kinds == [OSAID.NotDisclosed]:
        return (
            ({"not-disclosed": why}, {"not-disclosed": why})
            if why
            else ("not-disclosed", {"not-disclosed": Word("null")})
        )
    if kinds == [OSAID.NotApplicable] and why:
        return {"not-applicable": why}, {"not-applicable": why}
    return None


def silent_roles(claims: Claims, node: object, role: URIRef) -> list[str]:
    """Return the roles of code or documents that a silence is about; ``role`` is their property."""
    return [token(claim.value) for claim in claims.of(node) if claim.predicate == role]


def agent(claims: Claims, value: Node, source: str) -> Yaml | None:
    """Return an agent as ``source`` describes it: a name, or a block where there is more to say."""
    if not isinstance(value, IdentifiedNode):
        return None
    said: dict[URIRef, str | None] = {}
    for claim in claims.of(value):
        if claim.source == source:
            said.setdefault(claim.predicate, plain_text(claim.value))
    name, affiliation = said.get(FOAF.name), said.get(OSAID.affiliation)
    if name is None or PROV.Agent not in claims.types(value):
        return None
    if isinstance(value, BNode) and not affiliation:
        return name
    block: dict[str, Yaml] = {"name": name}
    if isinstance(value, URIRef):
        block["id"] = str(value)
    return {**block, "affiliation": affiliation} if affiliation else block


def access(claims: Claims, value: Node) -> Form | None:
    """Return a manner of access, with its comment if it has one."""
    if not isinstance(value, BNode):
        return None
    said = {claim.predicate: claim.value for claim in claims.of(value)}
    manner = word(said[OSAID.accessManner], "AccessManner") if OSAID.accessManner in said else None
    comment = plain_text(said[RDFS.comment]) if RDFS.comment in said else None
    if manner is None or set(said) - {RDF.type, OSAID.accessManner, RDFS.comment}:
        return None
    long: dict[str, Yaml] = {"manner": manner, "comment": comment} if comment else {"manner": manner}
    return (long if comment else manner), long


def _word(text: str) -> str:
    return text.strip().casefold().replace(" ", "-").replace("_", "-")
