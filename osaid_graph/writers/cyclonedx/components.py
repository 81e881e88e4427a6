"""The things of a release as components of CycloneDX, each with what it says of itself.

Everything is a component of its own, parameters beside the model they belong to as well, so that the terms of each
stand at that thing. The reference of a component is the IRI of the thing; the property ``osaid:iri`` says so, because
tools that merge documents change references.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

from rdflib import DCTERMS, FOAF, PROV, RDF, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.identity import HUB, short
from osaid_graph.model import Term, Triple
from osaid_graph.readers.claims import runs
from osaid_graph.readers.cyclonedx.named import DOCUMENTS
from osaid_graph.readers.cyclonedx.properties import CLASS, IRI, UNTITLED
from osaid_graph.vocab import CODE, DCAT3, OSAID, token
from osaid_graph.writers.cyclonedx.properties import property_of
from osaid_graph.writers.licence_words import is_expression, is_listed
from osaid_graph.writers.material import Material

MODEL = "machine-learning-model"
#: Class -> type of component, and the type of its data where it is one of data.
KINDS: dict[URIRef, tuple[str, str]] = {
    OSAID.AISystem: ("application", ""),
    OSAID.Model: (MODEL, ""),
    OSAID.Parameters: (MODEL, ""),
    OSAID.Dataset: ("data", "dataset"),
    OSAID.Architecture: ("data", "definition"),
    OSAID.Code: ("application", ""),
    OSAID.Configuration: ("data", "configuration"),
    OSAID.DataInformation: ("file", ""),
    OSAID.Document: ("file", ""),
    OSAID.Checkpoint: ("data", "other"),
    OSAID.OptimizerState: ("data", "other"),
    OSAID.UnresolvedReference: ("data", "dataset"),
}
#: Licences of the SPDX list that are newer than the list in the schemas of CycloneDX 1.6 and 1.7.
NEWER = frozenset(
    (
        *("BSD-2-Clause-pos-unchanged", "BSD-3-Clause-OpenWebUI", "BSD-Source-Code-no-disclaimer"),
        *("BSD-Source-alt-GPL", "BSD-ask-to-endorse", "Brian-Gladman-3-Clause-no-conversion", "Bugroff"),
        *("CC-BY-NC-3.0-IGO", "FDK-MPEG-H", "Hippocratic-3.0-core", "Informatica", "MVT-1.1", "atc-game"),
    )
)
_HOSTS = ("https://github.com/", "https://gitlab.com/", "https://codeberg.org/", "https://bitbucket.org/", HUB)
_SHA256 = 64


@dataclass(slots=True)
class Part:
    """A component as it is made: its fields, and which of them say which statements, by the path in it."""

    node: URIRef
    kind: URIRef
    fields: dict[str, object] = field(default_factory=dict)
    said: list[tuple[str, Triple]] = field(default_factory=list)


class Components:
    """Writes the components without what stands in them."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self.kinds = dict(_kinds(material))
        self.parts = {node: Part(node, kind) for node, kind in self.kinds.items()}
        for part in self.parts.values():
            self._identity(part)
            self._licences(part)
            self._references(part)

    def carry(self, part: Part, path: str, predicate: URIRef, value: Term) -> None:
        """Enter a statement as carried by the field at a path."""
        self._material.carry(part.node, predicate, value)
        part.said.append((path, (part.node, predicate, value)))

    def properties(self) -> None:
        """Write as properties what was stated and stands in no field; to be called last."""
        for part in self.parts.values():
            found: list[dict[str, str]] = [{"name": IRI, "value": str(part.node)}]
            found.append({"name": CLASS, "value": token(part.kind)})
            if not any(path == "/name" for path, _ in part.said):
                found.append({"name": UNTITLED})
            graph = self._material.release.graph
            for predicate, value in sorted(graph.predicate_objects(part.node), key=_order):
                if not isinstance(predicate, URIRef) or not isinstance(value, IdentifiedNode | Literal):
                    continue
                carried = self._material.is_carried((part.node, predicate, value))
                said = None if carried else property_of(graph, predicate, value)
                if said is not None:
                    self.carry(part, f"/properties/{len(found)}", predicate, value)
                    self._blank(value)
                    found.append(said)
            part.fields["properties"] = found

    def _blank(self, value: Term) -> None:
        if isinstance(value, BNode):
            for predicate, inner in self._material.release.graph.predicate_objects(value):
                if isinstance(predicate, URIRef) and isinstance(inner, IdentifiedNode | Literal):
                    self._material.carry(value, predicate, inner)

    # -- what every component says ---------------------------------------------------------------------------

    def _identity(self, part: Part) -> None:
        node, fields = part.node, part.fields
        type_, data = KINDS[part.kind]
        if (node, OSAID.codeRole, CODE["supporting-library"]) in self._material.graph:
            type_ = "library"
        fields["type"] = type_
        fields["bom-ref"] = str(node)
        if part.kind != OSAID.UnresolvedReference:
            self.carry(part, "/type", RDF.type, part.kind)
        self._agents(part)
        if not self._text(part, DCTERMS.title, "name"):
            fields["name"] = self.label(node)
        self._text(part, OSAID.revision if part.kind == OSAID.Code else DCAT3.version, "version")
        self._text(part, DCTERMS.description, "description")
        digests = [value for value in self._material.peek(node, OSAID.sha256) if _is_digest(value)]
        for number, value in enumerate(digests):
            self.carry(part, f"/hashes/{number}", OSAID.sha256, value)
        if digests:
            fields["hashes"] = [{"alg": "SHA-256", "content": str(value)} for value in digests]
        rest = str(node).removeprefix(HUB)
        if part.kind == OSAID.Model and rest != str(node) and rest.count("/") == 1 and "#" not in rest:
            fields["purl"] = f"pkg:huggingface/{rest}"
        if data:
            fields["data"] = [{"type": data}]

    def label(self, node: IdentifiedNode) -> str:
        """Return what to call a thing, in one line."""
        return " ".join(self._material.label(node).split())

    def _text(self, part: Part, predicate: URIRef, key: str) -> bool:
        """Write the first text of a property, if there is one; the others stand in properties."""
        for value in self._material.peek(part.node, predicate):
            if _is_words(value):
                part.fields[key] = str(value)
                self.carry(part, f"/{key}", predicate, value)
                return True
        return False

    def _agents(self, part: Part) -> None:
        """Write who released a thing, and who made it: an organisation by its address first, then persons by name."""
        for value in self._material.peek(part.node, DCTERMS.publisher):
            who = self._agent(value)
            if who and "supplier" not in part.fields:
                part.fields["supplier"] = who
                self._carry_agent(part, "/supplier", DCTERMS.publisher, value)
        authors: list[dict[str, object]] = []
        for value in self._material.peek(part.node, DCTERMS.creator):
            who = self._agent(value)
            if who and "url" in who and "manufacturer" not in part.fields:
                part.fields["manufacturer"] = who
                self._carry_agent(part, "/manufacturer", DCTERMS.creator, value)
            elif who and "url" not in who:
                self._carry_agent(part, f"/authors/{len(authors)}", DCTERMS.creator, value)
                authors.append(who)
        if authors:
            part.fields["authors"] = authors

    def _agent(self, agent: Term) -> dict[str, object]:
        if not isinstance(agent, IdentifiedNode):
            return {}
        names = [str(value) for value in self._material.peek(agent, FOAF.name) if _is_words(value)]
        if isinstance(agent, BNode):
            return {"name": names[0]} if names else {}
        return {"name": names[0] if names else short(str(agent)), "url": [str(agent)]} if _is_address(agent) else {}

    def _carry_agent(self, part: Part, path: str, predicate: URIRef, agent: Term) -> None:
        self.carry(part, path, predicate, agent)
        if isinstance(agent, IdentifiedNode):
            self._material.carry(agent, RDF.type, PROV.Agent)
            for name in [value for value in self._material.peek(agent, FOAF.name) if _is_words(value)][:1]:
                if isinstance(agent, BNode) or str(name) != short(str(agent)):
                    self._material.carry(agent, FOAF.name, name)

    def _licences(self, part: Part) -> None:
        stated = [value for value in self._material.peek(part.node, OSAID.license) if _is_words(value)]
        written: list[dict[str, object]] = []
        for value in stated:
            words = str(value)
            if len(stated) == 1 and is_expression(words) and (not is_listed(words) or words in NEWER):
                written.append({"expression": words, "acknowledgement": "declared"})
            else:
                key = "id" if is_listed(words) and words not in NEWER else "name"
                written.append({"license": {key: words, "acknowledgement": "declared"}})
            self.carry(part, f"/licenses/{len(written) - 1}", OSAID.license, value)
        if written:
            part.fields["licenses"] = written

    def _references(self, part: Part) -> None:
        found: list[dict[str, str]] = []
        for value in self._material.peek(part.node, OSAID.location):
            if _is_address(value):
                code = "vcs" if str(value).startswith(_HOSTS) else "source-distribution"
                self.carry(part, f"/externalReferences/{len(found)}", OSAID.location, value)
                found.append({"type": code if part.kind == OSAID.Code else "distribution", "url": str(value)})
        for value in self._material.peek(part.node, OSAID.license):
            if _is_address(value):
                self.carry(part, f"/externalReferences/{len(found)}", OSAID.license, value)
                found.append({"type": "license", "url": str(value)})
        for value in self._material.peek(part.node, OSAID.hasDocument):
            kind = _is_page(self._material, value) if value not in self.kinds else ""
            if kind and isinstance(value, URIRef):
                path = f"/externalReferences/{len(found)}"
                self.carry(part, path, OSAID.hasDocument, value)
                self._material.carry(value, RDF.type, OSAID.Document)
                self._material.carry(value, OSAID.location, value)
                if DOCUMENTS[kind]:
                    self._material.carry(value, OSAID.documentRole, CODE[DOCUMENTS[kind]])
                found.append({"type": kind, "url": str(value)})
        if found:
            part.fields["externalReferences"] = found


def _kinds(material: Material) -> Iterator[tuple[URIRef, URIRef]]:
    """Yield what becomes a component, with its class: the first of several, and names that data are known by."""
    seen: set[IdentifiedNode] = set()
    used = {value for use in (OSAID.trainedOn,) for value in material.graph.objects(None, use)}
    for kind in KINDS:
        for node in material.nodes(kind):
            if node in seen or not _is_address(node):
                continue
            if kind == OSAID.UnresolvedReference and node not in used:
                continue
            if kind == OSAID.Document and _is_page(material, node):
                continue
            seen.add(node)
            yield node, kind


def _is_page(material: Material, value: Term) -> str:
    """Return the type of external reference that says all there is of a document; empty where there is more to say."""
    if not _is_address(value):
        return ""
    said = {(p, o) for p, o in material.release.graph.predicate_objects(value) if p != RDF.type}
    types = material.graph.objects(value, RDF.type)
    kinds = {kind for kind in types if isinstance(kind, URIRef) and kind in OSAID} - {OSAID.Artifact}
    if kinds != {OSAID.Document} or not any(True for _ in material.graph.subjects(OSAID.hasDocument, value)):
        return ""
    roles = said - {(OSAID.location, value)}
    if (OSAID.location, value) not in said:
        return ""
    if not roles:
        return "documentation"
    return "model-card" if roles == {(OSAID.documentRole, CODE["model-card"])} else ""


def _is_address(value: Term) -> TypeGuard[URIRef]:
    """Tell whether a value is an IRI that may stand as a link."""
    return isinstance(value, URIRef) and not runs(str(value))


def _is_words(value: Term) -> bool:
    """Tell whether a value is a text that a field holds as it is, without white space to lose."""
    plain = isinstance(value, Literal) and value.language is None and value.datatype is None
    return plain and str(value) == " ".join(str(value).split()) != ""


def _is_digest(value: Term) -> bool:
    return _is_words(value) and len(value) == _SHA256 and not set(str(value)) - set("0123456789abcdef")


def _order(pair: tuple[object, object]) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])
