"""Which thing in the world a component of a bill of materials is."""

from __future__ import annotations

import re

from rdflib import URIRef

from osaid_graph.identity import HUB, Kind, part_of
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.cyclonedx.bom import DATA, MODEL, NOTHING, WHOLES, Bom, Component, slug
from osaid_graph.readers.fields import Field
from osaid_graph.readers.package_url import hub_page, package

#: Types of external reference that can be the page of a repository, the most telling first.
_PAGES = ("model-card", "website", "distribution", "vcs")


#: What a name is that stands for a place among the files beside the document, and for nothing on the Hub.
_FILE = re.compile(
    r"^\.{0,2}/|^(data|datasets?|src|models?|weights|checkpoints|configs?|scripts|raw|train|test|tmp)/"
    r"|/.*/|/[^/]*\.(csv|tsv|jsonl?|parquet|arrow|txt|zip|tar|gz|py|ipynb|ya?ml|md|bin|pt|pth|pkl|onnx|safetensors|gguf|h5)$"
)


class Identities:
    """Gives every component one IRI: its package URL, its repository, its name, or a place in the document."""

    def __init__(self, bom: Bom, out: ClaimWriter, unnamed: str) -> None:
        self._bom = bom
        self._out = out
        self._unnamed = unnamed
        self._nodes: dict[Component, URIRef] = {}
        #: Whether what the document is about is said only by names of its own.
        self.is_unnamed = False

    def node(self, component: Component) -> URIRef:
        """Return the IRI of a component."""
        if component not in self._nodes:
            self._nodes[component] = self._node(component)
        return self._nodes[component]

    def elsewhere(self, ref: str, kind: Kind, at: Field) -> URIRef | None:
        """Return what a reference stands for that names no component: the named thing stays unresolved."""
        known = package(ref)
        return URIRef(known.iri) if known is not None else self._out.reference(ref, kind, at)

    def inline(self, owner: URIRef, data: Field, number: int) -> URIRef:
        """Return the IRI of a dataset that is described inside a model card: its address, or its name."""
        at = data.get("contents", "url")
        if at is not None and at.peek():
            page = hub_page(at.peek(), "datasets")
            iri = URIRef(page) if page is not None else self._out.iri(at.peek(), at)
            if iri is not None:
                return iri
        name = data.get("name")
        found = None
        if name is not None and name.peek().casefold() not in NOTHING and not _FILE.search(name.peek()):
            found = self._out.reference(name.peek(), "datasets", name)
        return found or URIRef(part_of(owner, f"data-{number}"))

    def _node(self, component: Component) -> URIRef:
        if component.kind == DATA and component.shape() != "dataset":
            return self._settings(component)
        kind: Kind = "datasets" if component.kind == DATA else "models"
        purl = component.field.get("purl")
        named = package(purl.text()) if purl is not None else None
        if named is not None and (named.on_hub or component.kind not in (MODEL, DATA)):
            return URIRef(named.iri)
        page = self._page(component, kind)
        if page is not None:
            return URIRef(page)
        if named is not None:
            return URIRef(named.iri)
        return self._by_name(component, kind)

    def _page(self, component: Component, kind: Kind) -> str | None:
        """Return the repository on the Hub that an external reference leads to."""
        if component.kind not in (MODEL, DATA):
            return None
        for type_ in _PAGES:
            for each in component.field.each("externalReferences"):
                page = hub_page(each.peek("url"), kind) if each.peek("type") == type_ else None
                if page is not None:
                    return page
        return None

    def _by_name(self, component: Component, kind: Kind) -> URIRef:
        name = component.name
        at = component.field.get("name") or component.field
        if _FILE.search(name):
            if component is not self._bom.topic:
                return self._local(component)
            name = ""
        if component.kind in (MODEL, DATA):
            known = self._out.reference(name, kind, at) if "/" in name and " " not in name else None
            if known is not None and known.startswith(HUB):
                return known
        if component is self._bom.topic:
            self.is_unnamed = True
            return URIRef(self._unnamed)
        if component.kind in (MODEL, DATA) and name:
            found = self._out.reference(name, kind, at)
            if found is not None:
                return found
        if component.kind not in (MODEL, DATA, *WHOLES):  # the repository of a system is of its code
            for each in component.field.each("externalReferences"):
                iri = self._out.iri(each.peek("url"), each) if each.peek("type") == "vcs" else None
                if iri is not None:
                    return iri
        return self._local(component)

    def _settings(self, component: Component) -> URIRef:
        """Return the IRI of settings or code that stand as data: their address."""
        for each in component.field.each("data"):
            at = each.get("contents", "url")
            iri = self._out.iri(at.peek(), at) if at is not None and at.peek() else None
            if iri is not None:
                return iri
        return self._local(component)

    def _local(self, component: Component) -> URIRef:
        """Return an IRI for what only the document knows."""
        return URIRef(part_of(self._unnamed, slug(component.ref or component.name or str(component.number))))
