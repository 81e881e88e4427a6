"""AI packages, datasets and files of SPDX 3: which thing each is, and what it says of itself."""

from __future__ import annotations

from urllib.parse import quote

from rdflib import DCTERMS, RDF, RDFS, Literal, URIRef

from osaid_graph.identity import Kind, part_of, short
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.fields import Field
from osaid_graph.readers.package_url import hub_page, package
from osaid_graph.readers.spdx3.document import UNNAMED, Document, id_of, kind_of, names_itself, read_envelope
from osaid_graph.vocab import CODE, DCAT3, OSAID

AI, DATA = "ai_AIPackage", "dataset_DatasetPackage"
SOFTWARE = frozenset(("software_Package", "software_File", "software_Snippet"))
_UNSAID = frozenset(("noassertion", "noassertionelement"))
#: Keys whose values are words of a list, which may be written as IRIs.
_LISTED = frozenset(("dataset_datasetType",))

#: Key of a dataset -> what it says of the data, where that is the text itself.
_TEXTS = {
    "dataset_dataCollectionProcess": OSAID.obtained,
    "dataset_dataPreprocessing": OSAID.processing,
    "dataset_anonymizationMethodUsed": OSAID.cleaning,
    "dataset_datasetNoise": OSAID.characteristics,
    "dataset_knownBias": OSAID.characteristics,
    "dataset_datasetType": OSAID.characteristics,
    "software_sourceInfo": OSAID.provenance,
}
#: Word of DatasetAvailabilityType -> what is true of the data, and the step before access. The words for a gate that
#: anybody passes do not tell between public and obtainable; "scrapingScript" is none of the four.
_AVAILABILITY: dict[str, tuple[str, str]] = {
    "directDownload": ("public", "ungated"),
    "query": ("public", ""),
    "clickthrough": ("", "click-through"),
    "registration": ("", "account"),
}
#: Type of an external reference of a model -> what it leads to.
_DOCUMENTS = {"documentation": "", "metrics": "evaluation-results", "altWebPage": ""}
_SOURCES = frozenset(("vcs", "sourceArtifact"))
_PLACES = frozenset(("altDownloadLocation", "binaryArtifact"))


class Packages:
    """Writes what packages and files say of themselves, each once."""

    def __init__(self, document: Document, out: ClaimWriter, unnamed: str) -> None:
        self.document = document
        self.out = out
        self._unnamed = unnamed
        self._nodes: dict[str, URIRef] = {}
        self._named: dict[str, bool] = {}

    # -- who is who ------------------------------------------------------------------------------------------

    def node(self, name: str, kind: Kind = "models") -> URIRef:
        """Return the IRI of an element: that of its repository where it says which, else its id."""
        if name not in self._nodes:
            element = self.document[name]
            known = None if element is None else self._known(element, "datasets" if kind_of(element) == DATA else kind)
            self._named[name] = known is not None
            iri = known or (self.out.iri(name, element) if element is not None and ":" in name else None)
            self._nodes[name] = iri or URIRef(
                part_of(self._unnamed, quote("-".join(name.split()), safe="", errors="replace"))
            )
        return self._nodes[name]

    def is_named(self, name: str) -> bool:
        """Tell whether an element says which thing in the world it is, beyond its id in documents."""
        self.node(name)
        return self._named[name]

    def _known(self, element: Field, kind: Kind) -> URIRef | None:
        """Return the IRI that the element says is its own, or that a package URL or an address on the Hub gives."""
        if names_itself(element):
            return self.out.iri(id_of(element), element)
        found = [element.get("software_packageUrl")]
        found += [
            each.get("identifier")
            for each in element.each("externalIdentifier")
            if each.peek("externalIdentifierType").rpartition("/")[2] == "packageUrl"
        ]
        for purl in found:
            named = package(purl.text()) if purl is not None else None
            if named is not None and (named.on_hub or kind_of(element) in SOFTWARE):
                return URIRef(named.iri)
        for key in ("software_downloadLocation", "software_homePage"):
            page = hub_page(element.peek(key), kind)
            if page is not None:
                return URIRef(page)
        return None

    # -- what they are ---------------------------------------------------------------------------------------

    def about(self, node: URIRef, kind: URIRef, element: Field) -> None:
        """Say what a node is, what it is called and which version it is, for code its revision."""
        read_envelope(element)
        out = self.out
        out.thing(node, kind, element)
        version = OSAID.revision if kind == OSAID.Code else DCAT3.version
        for key, predicate in (("name", DCTERMS.title), ("software_packageVersion", version)):
            at = element.get(key)
            if at is not None and at.is_text and _says(at.peek()) and at.text() != short(str(node)):
                out.say(node, predicate, Literal(" ".join(at.text().split())), at)
        purl = element.get("software_packageUrl")
        named = package(purl.peek()) if purl is not None else None
        if purl is not None and named is not None and named.version and "software_packageVersion" not in element:
            out.say(node, version, Literal(named.version), purl)
        for key in ("description", "summary"):
            at = element.get(key)
            if at is not None and at.is_text and _says(at.text()):
                out.say(node, DCTERMS.description, Literal(" ".join(at.text().split())), at)
        released = element.get("releaseTime")
        if released is not None:
            # SPDX has moments alone: a day is written as its beginning
            out.issued(node, released.text().removesuffix("T00:00:00Z"), released)
        comment = element.get("comment")
        if comment is not None and comment.is_text:
            out.say(node, RDFS.comment, Literal(" ".join(comment.text().split())), comment)

    def model(self, name: str, element: Field, kind: URIRef) -> URIRef:
        """Say what an AI package says of itself; return what stands for what was learned in it."""
        node = self.node(name)
        self.about(node, kind, element)
        whole = kind == OSAID.AISystem or names_itself(element)  # of which the parameters are described, if any are
        made = node if whole else self.out.parameters(node, element)
        self.place(made, element)
        self._agents(node, element)
        self._training(made, element)
        self._settings(made, element)
        for reference in element.each("externalRef"):
            self._reference(node, made, reference)
        return made

    def dataset(self, name: str, element: Field) -> URIRef:
        """Say what a dataset package, or a file of data, says of itself."""
        node = self.node(name, "datasets")
        self.about(node, OSAID.Dataset, element)
        self.place(node, element)
        self._agents(node, element)
        for key, predicate in _TEXTS.items():
            for at in element.each(key):
                self._tell(node, predicate, at, listed=key in _LISTED)
        for origin in element.each("originatedBy"):
            self._origin(node, origin)
        for sensor in element.each("dataset_sensor"):
            words = _entry(sensor)
            if words:
                self.out.say(node, OSAID.obtained, Literal(f"sensor: {words}"), sensor)
        size = element.get("dataset_datasetSize") or element.get("software_artifactSize")
        if size is not None and size.peek().isdecimal():
            self.out.say(node, OSAID.scope, Literal(f"{size.text()} bytes"), size)
        self._availability(node, element)
        for reference in element.each("externalRef"):
            self._reference(node, node, reference)
        return node

    # -- parts of it -----------------------------------------------------------------------------------------

    def _tell(self, node: URIRef, predicate: URIRef, at: Field, *, listed: bool = False) -> None:
        words = at.text().rpartition("/")[2] if listed else at.text()
        if _says(words):
            self.out.tell(node, predicate, words, at)

    def place(self, node: URIRef, element: Field) -> None:
        """Say where an element, or what is in it, can be had."""
        at = element.get("software_downloadLocation")
        if at is None:
            purl = element.get("software_packageUrl")
            named = package(purl.peek()) if purl is not None else None
            if named is not None and named.on_hub and purl is not None:
                self.out.say(node, OSAID.location, URIRef(named.iri), purl)
        elif at.peek() == "NONE":
            self.out.withhold(node, OSAID.location, at, at.text())
        elif at.is_text:
            self._tell(node, OSAID.location, at)
        for reference in element.each("externalRef") if kind_of(element) in SOFTWARE else ():
            for locator in reference.each("locator"):
                iri = self.out.iri(locator.peek(), locator) if locator.is_text and _is_place(reference) else None
                if iri is not None:
                    reference.text("externalRefType")
                    read_envelope(reference)
                    locator.read()
                    self.out.say(node, OSAID.location, iri, locator)

    def _agents(self, node: URIRef, element: Field) -> None:
        for at in element.each("suppliedBy"):
            self._agent(node, DCTERMS.publisher, at)
        if kind_of(element) != DATA:
            for at in element.each("originatedBy"):
                self._agent(node, DCTERMS.creator, at)

    def _agent(self, node: URIRef, predicate: URIRef, at: Field) -> None:
        who = self._called(at)
        if who is not None:
            self.out.agent(node, predicate, who[0], at, who[1])

    def _origin(self, node: URIRef, at: Field) -> None:
        """Say where data come from: the specification has "from where or whom the Element originally came" there."""
        who = self._called(at)
        if who is not None:
            self.out.say(node, OSAID.provenance, Literal(who[0]) if who[0] else URIRef(who[1]), at)

    def _called(self, at: Field) -> tuple[str, str] | None:
        """Return name and IRI of the agent that a field names, one of which is not empty."""
        name = self.document.expand(at.text()) if at.is_text else ""
        agent = at if at.is_block else self.document[name]
        if not _says(name.rpartition("/")[2] or name):
            return None
        called = ""
        if agent is not None:
            read_envelope(agent)
            called = " ".join(agent.text("name").split())
        iri = self.out.iri(name, at) if ":" in name and not name.startswith(UNNAMED) else None
        called = "" if iri is not None and called == short(iri) else called
        return (called or ("" if iri else name), str(iri or "")) if called or name else None

    def _training(self, made: URIRef, element: Field) -> None:
        at = element.get("ai_informationAboutTraining")
        if at is not None and at.peek() and _says(at.text()):
            training = self.out.part(made, OSAID.trainedBy, OSAID.Training, "training", at)
            self.out.say(training, DCTERMS.description, Literal(" ".join(at.text().split())), at)

    def _settings(self, made: URIRef, element: Field) -> None:
        for entry in element.each("ai_hyperparameter"):
            words = _entry(entry)
            if words:
                settings = self.out.part(made, OSAID.hasConfiguration, OSAID.Configuration, "configuration", entry)
                self.out.say(settings, RDFS.comment, Literal(words), entry)

    def _availability(self, node: URIRef, element: Field) -> None:
        at = element.get("dataset_datasetAvailability")
        found = _AVAILABILITY.get(at.peek().rpartition("/")[2]) if at is not None else None
        if at is None or found is None:
            return
        at.read()
        available, manner = found
        if available:
            self.out.say(node, OSAID.availability, CODE[available], at)
        if manner:
            self.out.access(node, manner, at)

    def _reference(self, node: URIRef, made: URIRef, reference: Field) -> None:
        """Say what an external reference leads to, where its type tells."""
        kind = reference.peek("externalRefType").rpartition("/")[2]
        wanted = {*_DOCUMENTS, *_PLACES} | (_SOURCES if node != made else set())  # code of data is not modelled
        for at in reference.each("locator"):
            iri = self.out.iri(at.peek(), at) if at.is_text and kind in wanted else None
            if iri is None or (iri == node and kind not in _PLACES):
                continue
            at.read()
            reference.text("externalRefType")
            read_envelope(reference)
            if kind in _PLACES:
                self.out.say(made, OSAID.location, iri, at)
            elif kind in _SOURCES:
                self.out.code(node, iri, (), at)
                self.out.say(iri, OSAID.location, iri, at)
            else:
                self.document_of(node, iri, _DOCUMENTS[kind], at)
                self.out.say(iri, OSAID.location, iri, at)

    def document_of(self, node: URIRef, iri: URIRef, role: str, at: Field) -> None:
        """Say that something is a document about a node."""
        self.out.say(node, OSAID.hasDocument, iri, at)
        self.out.say(iri, RDF.type, OSAID.Document, at)
        if role:
            self.out.say(iri, OSAID.documentRole, CODE[role], at)


def _is_place(reference: Field) -> bool:
    """Tell whether an external reference leads to where the thing itself can be had."""
    return reference.peek("externalRefType").rpartition("/")[2] in _PLACES


def _says(words: str) -> bool:
    """Tell whether words are none for "nothing is asserted"."""
    return words.strip().casefold() not in _UNSAID


def _entry(entry: Field) -> str:
    """Return an entry of a dictionary as ``key: value``; it is read."""
    read_envelope(entry)
    key, value = (" ".join(entry.text(name).split()) for name in ("key", "value"))
    return f"{key}: {value}" if key and value else key or value
