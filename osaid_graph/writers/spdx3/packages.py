"""The things of a release as elements of SPDX 3, with what each says of itself."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, BNode, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import IdentifiedNode

from osaid_graph.identity import short
from osaid_graph.model import Term
from osaid_graph.readers.claims import runs
from osaid_graph.readers.manifest.keys import PLACEHOLDERS
from osaid_graph.vocab import CODE, DCAT3, OSAID
from osaid_graph.writers.material import Material
from osaid_graph.writers.moment import is_day, midnight
from osaid_graph.writers.spdx3.elements import Element, Elements

#: Class -> class of SPDX and purpose; a thing of several classes is what comes first.
KINDS: dict[URIRef, tuple[str, str]] = {
    OSAID.AISystem: ("ai_AIPackage", "application"),
    OSAID.Model: ("ai_AIPackage", "model"),
    OSAID.Dataset: ("dataset_DatasetPackage", "data"),
    OSAID.Parameters: ("software_File", "model"),
    OSAID.Code: ("software_Package", "source"),
    OSAID.Configuration: ("software_File", "configuration"),
    OSAID.Document: ("software_File", "documentation"),
}
_LIBRARY = CODE["supporting-library"]
#: Texts of data -> the key that holds them. Cleaning is preprocessing in the words of SPDX, as it is in ours.
_TEXTS = {
    OSAID.obtained: "dataset_dataCollectionProcess",
    OSAID.provenance: "software_sourceInfo",
}
#: Words that our reader takes for saying nothing.
_UNSAID = frozenset((*PLACEHOLDERS, "noassertion", "noassertionelement"))
_MANNERS = {CODE["click-through"]: "clickthrough", CODE["account"]: "registration"}


class Packages:
    """Writes every thing that SPDX has a class for, and knows the class that each was written as."""

    def __init__(self, material: Material, elements: Elements) -> None:
        self._material = material
        self._elements = elements
        self.kinds: dict[IdentifiedNode, URIRef] = {}
        for kind in KINDS:
            for node in material.nodes(kind):
                if isinstance(node, URIRef) and not runs(str(node)):
                    self.kinds.setdefault(node, kind)

    def write(self) -> None:
        """Write all of them."""
        for node, kind in self.kinds.items():
            self._write(node, kind)

    def _write(self, node: IdentifiedNode, kind: URIRef) -> None:
        name, purpose = KINDS[kind]
        identity = {"type": "ExternalIdentifier", "externalIdentifierType": "other", "identifier": str(node)}
        element = self._elements.add(name, str(node), name=short(str(node)), externalIdentifier=[identity])
        self._material.carry(node, RDF.type, kind)
        element["software_primaryPurpose"] = purpose
        if kind == OSAID.Code and (node, OSAID.codeRole, _LIBRARY) in self._material.graph:
            element["software_primaryPurpose"] = "library"
            element["software_additionalPurpose"] = ["source"]
        self._texts(node, element)
        if kind in (OSAID.AISystem, OSAID.Model, OSAID.Dataset):
            self._agents(node, kind, element)
        if kind == OSAID.Dataset:
            self._data(node, element)
        self._places(node, element)

    # -- what everything says --------------------------------------------------------------------------------

    def _texts(self, node: IdentifiedNode, element: Element) -> None:
        named = _is_not(short(str(node)))
        self._one(node, DCTERMS.title, element, "name", named)
        self._one(node, DCTERMS.description, element, "description")
        self._one(node, RDFS.comment, element, "comment")
        days = [value for value in self._material.peek(node, DCTERMS.issued) if is_day(str(value)) and _is_date(value)]
        if days:
            element["releaseTime"] = midnight(str(days[0]))
            self._material.carry(node, DCTERMS.issued, days[0])
        if element["type"] != "software_File":
            version = OSAID.revision if element["software_primaryPurpose"] in ("source", "library") else DCAT3.version
            self._one(node, version, element, "software_packageVersion")

    def _one(
        self,
        node: IdentifiedNode,
        predicate: URIRef,
        element: Element,
        key: str,
        fits: Callable[[str], bool] = bool,
    ) -> None:
        """Write the first text of a property under a key that has one value, and enter that one as carried."""
        for value in self._material.peek(node, predicate):
            if _is_text(value) and fits(str(value)):
                element[key] = str(value)
                self._material.carry(node, predicate, value)
                return

    def _places(self, node: IdentifiedNode, element: Element) -> None:
        """Write where a thing can be had: a package at one place and others, a file at alternatives only."""
        found = [value for value in self._material.peek(node, OSAID.location) if _is_address(value)]
        for value in found:
            self._material.carry(node, OSAID.location, value)
        if found and element["type"] != "software_File":
            element["software_downloadLocation"] = str(found.pop(0))
        if found:
            locators: list[str] = [str(value) for value in found]
            kind = "altDownloadLocation"
            element["externalRef"] = [{"type": "ExternalRef", "externalRefType": kind, "locator": locators}]

    # -- who made it -----------------------------------------------------------------------------------------

    def _agents(self, node: IdentifiedNode, kind: URIRef, element: Element) -> None:
        for agent in self._material.peek(node, DCTERMS.publisher)[:1]:
            written = self._agent(agent)
            if written:
                element["suppliedBy"] = written
                self._material.carry(node, DCTERMS.publisher, agent)
        if kind == OSAID.Dataset:
            return  # where data come from stands there
        makers: list[str] = []
        for agent in self._material.peek(node, DCTERMS.creator):
            written = self._agent(agent)
            if written:
                makers.append(written)
                self._material.carry(node, DCTERMS.creator, agent)
        if makers:
            element["originatedBy"] = makers

    def _agent(self, agent: Term) -> str:
        """Write a person or organisation and return its id; empty where nothing can be said of it."""
        if not isinstance(agent, IdentifiedNode) or (agent, RDF.type, OSAID.NotDisclosed) in self._material.graph:
            return ""
        names = [value for value in self._material.peek(agent, FOAF.name) if _is_text(value)]
        if isinstance(agent, BNode):
            if not names:
                return ""
            written = self._elements.add_unnamed("Agent", name=str(names[0]))
        else:
            written = str(agent)
            if agent in self.kinds or runs(written):
                return ""
            self._elements.add("Agent", written, name=str(names[0]) if names else short(written))
        self._material.carry(agent, RDF.type, PROV.Agent)
        if names:
            self._material.carry(agent, FOAF.name, names[0])
        return written

    # -- data ------------------------------------------------------------------------------------------------

    def _data(self, node: IdentifiedNode, element: Element) -> None:
        element["dataset_datasetType"] = ["noAssertion"]
        for predicate, key in _TEXTS.items():
            for value in filter(_is_told, self._material.peek(node, predicate)):
                element[key] = str(value)
                self._material.carry(node, predicate, value)
                break
        prepared: list[str] = []
        for value in self._material.peek(node, OSAID.processing):
            if _is_told(value):
                prepared.append(str(value))
                self._material.carry(node, OSAID.processing, value)
                self._instead(node, value)
        if prepared:
            element["dataset_dataPreprocessing"] = prepared
        self._availability(node, element)

    def _instead(self, node: IdentifiedNode, value: Term) -> None:
        if (node, OSAID.cleaning, value) in self._material.graph:
            self._material.carry_instead(node, OSAID.cleaning, value, "osaid:processing")

    def _availability(self, node: IdentifiedNode, element: Element) -> None:
        """Write how data can be got at where the word of SPDX says that and no more.

        The words say which step stands before access and nothing of a comment on it; "directDownload" also says that
        the data are public.
        """
        material = self._material
        for conditions in material.peek(node, OSAID.accessConditions):
            if not isinstance(conditions, BNode) or material.peek(conditions, RDFS.comment):
                continue
            said = set(material.graph.predicates(conditions))
            manners = material.peek(conditions, OSAID.accessManner)
            if said != {RDF.type, OSAID.accessManner} or len(manners) != 1:
                continue
            public = (node, OSAID.availability, CODE["public"]) in material.graph
            word = _MANNERS.get(URIRef(manners[0])) or ("directDownload" if public else "")
            if manners[0] not in (*_MANNERS, CODE["ungated"]) or not word:
                continue
            element["dataset_datasetAvailability"] = word
            if word == "directDownload":
                material.carry(node, OSAID.availability, CODE["public"])
            material.carry(node, OSAID.accessConditions, conditions)
            material.carry(conditions, OSAID.accessManner, manners[0])
            material.carry(conditions, RDF.type, OSAID.AccessConditions)
            return


def _is_not(name: str) -> Callable[[str], bool]:
    return lambda text: text != name


def _is_date(value: Term) -> bool:
    return isinstance(value, Literal) and value.datatype == XSD.date


def _is_text(value: Term) -> bool:
    return isinstance(value, Literal) and bool(str(value).strip())


def _is_told(value: Term) -> bool:
    """Tell whether a text about data reads as what it is: an address as a document, a word for nothing as nothing."""
    if _is_address(value):
        return True
    words = " ".join(str(value).split()).casefold()
    return _is_text(value) and words not in _UNSAID and not words.startswith(("http://", "https://"))


def _is_address(value: Term) -> bool:
    return isinstance(value, URIRef) and str(value).startswith(("http://", "https://"))
