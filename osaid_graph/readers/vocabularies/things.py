"""What catalogues say of anything alike: its name, its terms, who released it and where it can be got."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from rdflib import DCTERMS, FOAF, OWL, RDFS, SKOS, BNode, Literal, URIRef

from osaid_graph.identity import NAMED, Kind
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.rdf.descriptions import Description, Descriptions, Said
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.readers.vocabularies.terms import CC_LICENSE, DCAT, EU_ACCESS, IT6, PAV_VERSION, SPDX2
from osaid_graph.vocab import CODE, OSAID

NAMES = (DCTERMS.title, SCHEMA.name, FOAF.name, SKOS.prefLabel, RDFS.label)
VERSIONS = (DCAT.version, SCHEMA.version, OWL.versionInfo, IT6.version, IT6.versionLabel, PAV_VERSION)
LICENSES = (DCTERMS.license, SCHEMA.license, CC_LICENSE)
DESCRIPTIONS = (DCTERMS.description, SCHEMA.description, RDFS.comment)
#: What relative references become: nothing that others could name.
LOCAL = "file:///"
_SHA256 = re.compile(r"[0-9a-f]{64}")


def thing(found: Description, out: ClaimWriter, kind: URIRef | None) -> URIRef:
    """Say what a described node is, if that is known, what it is called, its version and any words on it."""
    node = URIRef(found.node)
    if kind is not None:
        out.thing(node, kind, found)
    for predicate, said in ((DCTERMS.title, first(found, NAMES)), (DCAT.version, first(found, VERSIONS))):
        if said is not None:
            out.say(node, predicate, Literal(" ".join(said.text.split())), said)
    for said in found.get(*DESCRIPTIONS):
        if isinstance(said.term, Literal) and said.text:
            out.say(node, RDFS.comment, said.term, said)
    return node


def first(found: Description, predicates: Iterable[URIRef]) -> Said | None:
    """Return the first text said with any of several predicates, one in English or in no language before others."""
    texts = [said for said in found.get(*predicates) if isinstance(said.term, Literal) and said.text]
    plain = [said for said in texts if isinstance(said.term, Literal) and (said.term.language or "en")[:2] == "en"]
    return next(iter(plain or texts), None)


def license_of(found: Description, out: ClaimWriter, bearer: URIRef) -> None:
    """Say which terms a node is stated to be under: an IRI as it stands, or the words."""
    for said in found.get(*LICENSES):
        iri = said.iri
        if iri is not None and not iri.startswith(LOCAL):
            out.say(bearer, OSAID.license, iri, said)
        else:
            out.tell(bearer, OSAID.license, words(said), said)


def words(said: Said) -> str:
    """Return what is said as words: a text, the name of a node, else its IRI, a relative one as it was written."""
    if isinstance(said.term, Literal):
        return said.text
    described = said.description
    if described is not None:
        for predicates in (NAMES, (DCTERMS.description, SCHEMA.description, DCTERMS.identifier, SCHEMA.url)):
            named = first(described, predicates)
            if named is not None:
                return named.text
    return as_written(said.iri) if said.iri is not None else ""


def as_written(iri: str) -> str:
    """Return an IRI, or of a relative reference that was resolved against the name of the document its last step."""
    return unquote(iri.rpartition("/")[2]) if iri.startswith(LOCAL) else str(iri)


def agents(found: Description, out: ClaimWriter, node: URIRef, role: URIRef, predicates: Iterable[URIRef]) -> bool:
    """Say who stands in a role to a node, and tell whether anybody does."""
    some = False
    for predicate in predicates:
        for said in found.get(predicate):
            some = _agent(said, out, node, role, predicate == role) or some
    return some


def _agent(said: Said, out: ClaimWriter, node: URIRef, role: URIRef, is_said: bool) -> bool:
    """Say that somebody stands in a role; ``is_said`` tells that the document itself does so in our words."""
    described = said.description
    named = first(described, NAMES) if described is not None else None
    local = said.iri is not None and said.iri.startswith(LOCAL)
    name = named.text if named is not None else ""
    if not name and (said.iri is None or local):
        name = as_written(said.iri) if said.iri is not None else said.text
    if is_said and isinstance(said.term, BNode) and described is not None and described.get(FOAF.name):
        return True
    out.agent(node, role, name, said, said.iri if said.iri is not None and not local else "")
    return bool(name or said.iri)


def targets(
    found: Description, out: ClaimWriter, kind: Kind, predicates: Iterable[URIRef]
) -> list[tuple[URIRef, Said]]:
    """Return the nodes of a kind that a description refers to, by IRI or by name, with the place of each."""
    pairs = []
    for said in found.get(*predicates):
        target = said.iri if said.iri is not None else out.reference(said.text, kind, said) if said.text else None
        if target is not None and target.startswith(NAMED) and said.description is not None:
            said.description.get(*NAMES)  # by which it is known
        if target is not None:
            pairs.append((target, said))
    return pairs


def edges(
    found: Description, out: ClaimWriter, bearer: URIRef, kind: Kind, table: Iterable[tuple[URIRef, URIRef]]
) -> None:
    """Say the edges of a table, theirs -> ours, from a node."""
    for theirs, ours in table:
        for target, said in targets(found, out, kind, (theirs,)):
            out.say(bearer, ours, target, said)


def locations(found: Description, out: ClaimWriter, bearer: URIRef, predicates: Iterable[URIRef]) -> None:
    """Say where a node can be got."""
    for said in found.get(*predicates):
        if said.iri is not None and not said.iri.startswith(LOCAL):
            out.say(bearer, OSAID.location, said.iri, said)
        elif isinstance(said.term, Literal):
            out.tell(bearer, OSAID.location, said.text, said)


def texts(found: Description, out: ClaimWriter, node: URIRef, table: Iterable[tuple[URIRef, URIRef, str]]) -> None:
    """Say the texts of a table (theirs, ours, a word before it) of a node; nodes by their names."""
    for theirs, ours, lead in table:
        for said in found.get(theirs):
            text = words(said)
            if text:
                out.tell(node, ours, f"{lead}: {text}" if lead else text, said)


def access(found: Description, out: ClaimWriter, bearer: URIRef, data: bool) -> None:
    """Say on what conditions a node can be had: by a code of the European authority table, or in words."""
    for said in found.get(DCTERMS.accessRights, SCHEMA.conditionsOfAccess):
        code = said.text.removeprefix(EU_ACCESS).strip().upper()
        if code == "PUBLIC" and data:
            out.say(bearer, OSAID.availability, CODE["public"], said)
        elif code == "PUBLIC":
            out.access(bearer, "ungated", said)
        elif code == "NON_PUBLIC" and data:
            out.say(bearer, OSAID.availability, CODE["unshareable"], said)
        else:
            out.access(bearer, "", said, code if said.text.startswith(EU_ACCESS) else words(said))


def digest(files: Iterable[Description], out: ClaimWriter, bearer: URIRef) -> None:
    """Say the SHA-256 digest of what consists of one file; one of several files is none of the whole."""
    only = list(files)
    if len(only) != 1:
        return
    for said in only[0].get(SPDX2.checksum):
        checksum = said.description
        if checksum is None or checksum.text(SPDX2.algorithm) != str(SPDX2.checksumAlgorithm_sha256):
            continue
        for value in checksum.get(SPDX2.checksumValue):
            if _SHA256.fullmatch(value.text.lower()):
                out.say(bearer, OSAID.sha256, Literal(value.text.lower()), value)


def described(found: Descriptions, *kinds: URIRef) -> list[Description]:
    """Return the descriptions of the nodes of any of several classes that have an IRI."""
    return [each for each in found.of_type(*kinds) if isinstance(each.node, URIRef)]


def seen(found: Descriptions, *kinds: URIRef) -> None:
    """Count as read that a node is of a class that goes without saying where it stands."""
    found.of_type(*kinds)
