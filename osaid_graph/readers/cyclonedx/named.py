"""Components that say by the property ``osaid:iri`` which thing they are: they are read to the letter.

That is what :mod:`osaid_graph.writers.cyclonedx` writes. Nothing is inferred of them: what a component is stands in
the property ``osaid:class``, what it is a part of where it stands, and parameters are components of their own.
"""

from __future__ import annotations

from rdflib import DCTERMS, RDF, URIRef

from osaid_graph.identity import short
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.cyclonedx.bom import AGGREGATES, Bom, Component
from osaid_graph.readers.cyclonedx.parts import Parts
from osaid_graph.readers.cyclonedx.properties import CLASS, IRI, RELATION, TERMS, UNTITLED, read_property
from osaid_graph.readers.fields import Field
from osaid_graph.vocab import CODE, DCAT3, OSAID

#: Class -> what it is to the component it stands in.
PARTS: dict[URIRef, URIRef] = {
    OSAID.AISystem: OSAID.hasComponent,
    OSAID.Model: OSAID.hasModel,
    OSAID.Parameters: OSAID.hasParameters,
    OSAID.Architecture: OSAID.hasArchitecture,
    OSAID.Code: OSAID.hasCode,
    OSAID.Configuration: OSAID.hasConfiguration,
    OSAID.DataInformation: OSAID.hasDataInformation,
    OSAID.Document: OSAID.hasDocument,
    OSAID.Checkpoint: OSAID.hasCheckpoint,
    OSAID.OptimizerState: OSAID.hasOptimizerState,
}
#: Type of an external reference -> the role of the document it leads to.
DOCUMENTS = {"documentation": "", "model-card": "model-card"}
PLACES = ("distribution", "vcs", "source-distribution")
_CLASSES = {str(kind).rpartition("#")[2]: kind for kind in (*PARTS, OSAID.Dataset)}


class Named:
    """Writes what such components say."""

    def __init__(self, bom: Bom, out: ClaimWriter) -> None:
        self._bom = bom
        self._out = out
        self._parts = Parts(out)
        self._nodes: dict[Component, URIRef] = {}
        self._by_ref: dict[str, URIRef] = {}

    def write(self) -> None:
        """Write everything."""
        for component in self._bom.named:
            at = component.property_(IRI)
            node = self._out.iri(at.peek(), at) if at is not None else None
            if node is not None:
                component.read_property(IRI)
                self._nodes[component] = node
                if component.place not in ("ancestors", "descendants") and component.ref:
                    self._by_ref.setdefault(component.ref, node)
        for component, node in self._nodes.items():
            if component.place in ("ancestors", "descendants"):
                self._kin(component, node)
            else:
                self._component(component, node)
        self._compositions()

    def _component(self, component: Component, node: URIRef) -> None:
        out, at = self._out, component.field
        for key in ("bom-ref", "type", "purl"):
            at.text(key)
        kind = self._kind(component)
        if kind is not None:
            out.say(node, RDF.type, kind, at)
        name = at.get("name")
        if name is not None and component.read_property(UNTITLED):
            name.read()
        else:
            self._parts.text(node, DCTERMS.title, name)
        self._parts.text(node, DCTERMS.description, at.get("description"))
        self._parts.text(node, OSAID.revision if kind == OSAID.Code else DCAT3.version, at.get("version"))
        for digest in at.each("hashes"):
            if digest.peek("alg") == "SHA-256" and digest.text("alg"):
                self._parts.text(node, OSAID.sha256, digest.get("content"))
        self._people(node, at)
        self._parts.licences(node, component)
        for reference in at.each("externalReferences"):
            self._reference(node, reference)
        for entry in at.each("data"):
            entry.text("type")
        for entry in at.each("modelCard", "modelParameters", "datasets"):
            data = self._by_ref.get(entry.peek("ref"))
            if data is not None:
                out.say(node, OSAID.trainedOn, data, entry.get("ref") or entry)
                entry.text("ref")
        for entry in at.each("properties"):
            read_property(out, node, entry)
        whole = self._nodes.get(component.within) if component.within is not None else None
        if whole is not None and kind in PARTS and component.place == "components":
            out.say(whole, PARTS[kind], node, at)

    def _kind(self, component: Component) -> URIRef | None:
        at = component.property_(CLASS)
        if at is None:
            return None
        component.read_property(CLASS)
        return _CLASSES.get(at.peek())

    def _kin(self, component: Component, older: URIRef) -> None:
        """Say what a component comes from, or what comes from it."""
        younger = self._nodes.get(component.within) if component.within is not None else None
        if younger is None:
            return
        if component.place == "descendants":
            older, younger = younger, older
        at = component.property_(RELATION)
        term = TERMS.get(at.peek()) if at is not None else None
        component.read_property(RELATION)
        for key in ("type", "name"):
            component.field.text(key)
        self._out.say(younger, term or OSAID.derivedFrom, older, component.field)

    def _people(self, node: URIRef, at: Field) -> None:
        for key, predicate in (
            ("supplier", DCTERMS.publisher),
            ("manufacturer", DCTERMS.creator),
            ("authors", DCTERMS.creator),
        ):
            for who in at.each(key):
                name = who.get("name") or who
                page = next(who.each("url"), None)
                iri = page.text() if page is not None else ""
                words = who.text("name")
                self._out.agent(node, predicate, "" if iri and words == short(iri) else words, name, iri)

    def _reference(self, node: URIRef, reference: Field) -> None:
        kind, url = reference.peek("type"), reference.get("url")
        iri = self._out.iri(url.peek(), url) if url is not None and url.is_text else None
        if iri is None or url is None:
            return
        if kind in PLACES:
            self._out.say(node, OSAID.location, iri, url)
        elif kind in DOCUMENTS:
            self._parts.document(node, iri, DOCUMENTS[kind], url)
        elif kind == "license":
            self._out.say(node, OSAID.license, iri, url)
        else:
            return
        url.text()
        reference.text("type")

    def _compositions(self) -> None:
        """Say whether the data that something was trained on are all there is."""
        for each in self._bom.tree.each("compositions"):
            word = AGGREGATES.get(each.peek("aggregate"))
            for ref in each.each("dependencies"):
                node = self._by_ref.get(ref.peek())
                if node is not None and word is not None:
                    each.text("aggregate")
                    self._out.say(node, OSAID.completeness, CODE[word], ref.read())
