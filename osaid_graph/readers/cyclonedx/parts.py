"""What a component of a bill of materials says of itself: licences, places, people, documents, its model card."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import DCTERMS, RDF, Literal, URIRef

from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.cyclonedx.bom import NOTHING, Component
from osaid_graph.readers.fields import Field
from osaid_graph.readers.package_url import hub_page, package
from osaid_graph.vocab import CODE, DCAT3, OSAID

#: Type of an external reference -> the role of the document it leads to.
_DOCUMENTS = {"documentation": "", "website": "", "model-card": "model-card"}
_PLACES = frozenset(("distribution", "distribution-intake"))
_SOURCES = frozenset(("vcs", "source-distribution"))
_NO = frozenset(("none", "no", "false", "n/a", "null"))
_SPDX = ("https://spdx.org/licenses/", "http://spdx.org/licenses/")


class Parts:
    """Writes what components say of themselves."""

    def __init__(self, out: ClaimWriter) -> None:
        self._out = out

    def about(self, node: URIRef, kind: URIRef, component: Component) -> None:
        """Say what a node is, what it is called, and which version it is, for code its revision."""
        at = component.field
        at.text("bom-ref")
        at.text("type")
        self._out.thing(node, kind, at)
        version = OSAID.revision if kind == OSAID.Code else DCAT3.version
        self.text(node, DCTERMS.title, at.get("name"))
        self.text(node, DCTERMS.description, at.get("description"))
        self.text(node, version, at.get("version"))
        purl = at.get("purl")
        named = package(purl.peek()) if purl is not None else None
        if purl is not None and named is not None and named.version and not at.peek("version"):
            self._out.say(node, version, Literal(named.version), purl)
        copyright_ = at.get("copyright")
        if copyright_ is not None and copyright_.peek().casefold() in NOTHING:
            copyright_.text()

    def text(self, node: URIRef, predicate: URIRef, at: Field | None) -> None:
        """Say a text of a node, unless it is a word for nothing."""
        if at is None or not at.is_text:
            return
        words = " ".join(at.text().split())
        if words.casefold() not in NOTHING:
            self._out.say(node, predicate, Literal(words), at)

    def people(self, node: URIRef, at: Field) -> None:
        """Say who released a component and who made it."""
        for key in ("publisher", "supplier"):
            self._agents(node, DCTERMS.publisher, at, key)
        for key in ("manufacturer", "author", "authors"):
            self._agents(node, DCTERMS.creator, at, key)

    def supplied(self, node: URIRef, metadata: Field) -> None:
        """Say who released and who made what the document is about, as its metadata say."""
        self._agents(node, DCTERMS.publisher, metadata, "supplier")
        self._agents(node, DCTERMS.creator, metadata, "manufacture")

    def _agents(self, node: URIRef, predicate: URIRef, at: Field, key: str) -> None:
        for who in at.each(key):
            name = who if who.is_text else who.get("name")
            if name is None or not name.is_text:
                continue
            words = name.text()
            if words.casefold() not in NOTHING:
                self._out.agent(node, predicate, words, name)

    def licences(self, node: URIRef, component: Component) -> bool:
        """Say under which licences a component is; tell whether it says any, at its place or as a property."""
        found, at = False, component.field
        for each in at.each("licenses"):
            for value, place in self._stated(each):
                self._out.say(node, OSAID.license, value, place)
                found = True
        named = component.property_("license")
        if named is not None and named.peek() and not at.get("licenses"):
            component.read_property("license")
            self.text(node, OSAID.license, named)
            found = True
        return found

    def _stated(self, entry: Field) -> Iterator[tuple[Literal | URIRef, Field]]:
        """Yield the words for a licence: expression, id or name, as they stand; else its address."""
        named = entry if entry.is_text else entry.get("license")
        places = [entry.get("expression")]
        if named is not None:
            places += [named] if named.is_text else [named.get("id"), named.get("name")]
        for at in places:
            words = " ".join(at.text().split()) if at is not None and at.is_text else ""
            if at is None or not words:
                continue
            url = named.get("url") if named is not None else None
            if url is not None and url.peek().startswith(_SPDX):
                url.text()
            if words.casefold() not in NOTHING:
                yield Literal(words), at
            return
        url = named.get("url") if named is not None else None
        if url is not None and url.peek():
            iri = self._out.iri(url.text(), url)
            if iri is not None:
                yield iri, url

    def references(
        self, node: URIRef, made: URIRef, at: Field, *, licensed: bool, code: bool
    ) -> list[tuple[URIRef, Field]]:
        """Say what external references lead to; return the documentation among it.

        Args:
            node: The thing the references are about.
            made: What can be had at a place of distribution: parameters, data or code.
            at: The component.
            licensed: Whether its terms are stated otherwise.
            code: Whether a repository is one of code beside the thing, rather than the place where it can be had.
        """
        documents: list[tuple[URIRef, Field]] = []
        for each in at.each("externalReferences"):
            kind, url = each.peek("type"), each.get("url")
            if (
                url is None
                or not url.is_text
                or kind not in {*_DOCUMENTS, *_PLACES, *_SOURCES, "license", "configuration"}
            ):
                continue
            iri = self._out.iri(url.peek(), url)
            if iri is None or (kind == "license" and licensed):
                continue
            url.text()
            each.text("type")
            page = hub_page(iri, "datasets") or hub_page(iri, "models")
            if kind in _PLACES or (kind in _SOURCES and (not code or page == str(node))):
                self._out.say(made, OSAID.location, iri, url)
            elif kind in _SOURCES:
                self._out.code(node, iri, (), url)
                self._out.say(iri, OSAID.location, iri, url)
            elif kind == "license":
                self._out.say(made, OSAID.license, iri, url)
            elif kind == "configuration":
                self._out.say(made, OSAID.hasConfiguration, iri, url)
                self._out.say(iri, RDF.type, OSAID.Configuration, url)
                self._out.say(iri, OSAID.location, iri, url)
            elif iri != node:
                self.document(node, iri, _DOCUMENTS[kind], url)
                if kind == "documentation":
                    documents.append((iri, url))
            elif kind == "model-card":  # the page of a repository shows the card, but is not it
                card = self._out.part(node, OSAID.hasDocument, OSAID.Document, "document-model-card", url)
                self._out.say(card, OSAID.documentRole, CODE[kind], url)
                self._out.say(card, OSAID.location, iri, url)
        return documents

    def document(self, node: URIRef, iri: URIRef, role: str, at: Field) -> None:
        """Say that something is a document about a node."""
        self._out.say(node, OSAID.hasDocument, iri, at)
        self._out.say(iri, RDF.type, OSAID.Document, at)
        self._out.say(iri, OSAID.location, iri, at)
        if role:
            self._out.say(iri, OSAID.documentRole, CODE[role], at)

    def hub_place(self, made: URIRef, at: Field) -> None:
        """Say that what a package URL of the Hub names can be had there."""
        purl = at.get("purl")
        named = package(purl.peek()) if purl is not None else None
        if purl is not None and named is not None and named.on_hub:
            self._out.say(made, OSAID.location, URIRef(named.iri), purl)

    def data(self, node: URIRef, data: Field) -> None:
        """Say what an entry of data says: where it is and what is sensitive in it."""
        url = data.get("contents", "url")
        if url is not None and url.peek():
            iri = self._out.iri(url.text(), url)
            if iri is not None:
                self._out.say(node, OSAID.location, iri, url)
        for each in data.each("sensitiveData"):
            if each.peek().casefold() not in _NO:  # that nothing is sensitive does not tell what the data are like
                self.text(node, OSAID.characteristics, each)

    def architecture(self, node: URIRef, parameters: Field) -> None:
        """Say which architecture a model has: its name, and the family as its description."""
        for key, predicate in (("modelArchitecture", DCTERMS.title), ("architectureFamily", DCTERMS.description)):
            at = parameters.get(key)
            if at is not None and at.is_text and at.peek().casefold() not in NOTHING:
                part = self._out.part(node, OSAID.hasArchitecture, OSAID.Architecture, "architecture", at)
                self.text(part, predicate, at)
