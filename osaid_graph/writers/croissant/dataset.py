"""One dataset in the terms of Croissant: what :mod:`osaid_graph.readers.croissant` reads back as what was stated."""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, XSD, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.identity import HUB, is_url
from osaid_graph.model import Term
from osaid_graph.readers.croissant.terms import FLAGS, LED
from osaid_graph.readers.manifest.keys import PLACEHOLDERS
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.vocab import DCAT3, OSAID
from osaid_graph.writers.croissant.files import file_object, repository_object
from osaid_graph.writers.material import Material

_RAI = "http://mlcommons.org/croissant/RAI/"
#: Property -> the term for its words, and a more general one of ours where that is what the term means.
_TEXTS: tuple[tuple[URIRef, str, URIRef | None], ...] = (
    (OSAID.scope, "description", None),
    (OSAID.provenance, "rai:dataCollectionRawData", None),
    (OSAID.obtained, "rai:dataCollection", None),
    (OSAID.labeling, "rai:dataAnnotationProtocol", None),
    (OSAID.processing, "rai:dataPreprocessingProtocol", None),
    (OSAID.cleaning, "rai:dataPreprocessingProtocol", OSAID.processing),
)
#: Terms that have one value; what more there is goes under the other term, where there is one.
_ONE = {"description": "", "rai:dataCollectionRawData": "", "rai:dataCollection": "measurementTechnique"}
_FREE = {"accessible for free": True, "not accessible for free": False}


class Dataset:
    """Describes one dataset, and enters what it takes from the material as carried."""

    def __init__(self, material: Material, node: IdentifiedNode) -> None:
        self.material = material
        self.node = node
        self.out: dict[str, object] = {}

    def described(self) -> dict[str, object]:
        """Return the keys and values of the description."""
        if isinstance(self.node, URIRef):
            self.out["@id"] = self.out["identifier"] = str(self.node)
        self.material.carry(self.node, RDF.type, OSAID.Dataset)
        self._first(DCTERMS.title, "name")
        self._first(DCAT3.version, "version")
        self._date()
        self._many("license", self._written(OSAID.license))
        self._led()
        for predicate, key, general in _TEXTS:
            self._text(predicate, key, general)
        self._agents()
        self._places()
        self._access()
        self._lineage()
        return self.out

    # -- texts -----------------------------------------------------------------------------------------------

    def _first(self, predicate: URIRef, key: str) -> None:
        """Write the first text of a property, for a key that has one value."""
        for value in self.material.peek(self.node, predicate):
            text = _plain(value)
            if text:
                self.out[key] = text
                self.material.carry(self.node, predicate, value)
                return

    def _written(self, predicate: URIRef) -> list[str]:
        """Return what can be written of a property as a text or an address, and enter it as carried."""
        found = []
        for value in self.material.peek(self.node, predicate):
            text = _words(value)
            if text:
                found.append(text)
                self.material.carry(self.node, predicate, value)
        return found

    def _text(self, predicate: URIRef, key: str, general: URIRef | None) -> None:
        """Write the words of a property under a term, silences among them with their reason."""
        for value in self.material.peek(self.node, predicate):
            if (self.node, predicate, value) in self.material.carried:
                continue  # a term of its own has it
            silent = isinstance(value, BNode)
            text = self._silence(value, keep=general is None and key != "description") if silent else _words(value)
            where = key if key not in self.out or key not in _ONE else _ONE[key]
            if not text or not where:
                continue
            self._many(where, list(dict.fromkeys([*_listed(self.out.get(where)), text])))
            if general is None:
                self.material.carry(self.node, predicate, value)
            else:
                kept = self.material.graph.namespace_manager.normalizeUri(str(general))
                self.material.carry_instead(self.node, predicate, value, kept)

    def _silence(self, value: Term, *, keep: bool) -> str:
        """Return a statement that there is nothing to say, in words; empty where it is none or has no place."""
        if not keep or not isinstance(value, BNode):
            return ""
        reasons = [text for each in self.material.peek(value, RDFS.comment) if (text := _plain(each))]
        told = {
            each for each in self.material.peek(value, RDF.type) if each in (OSAID.NotDisclosed, OSAID.NotApplicable)
        }
        reason = reasons[0] if reasons else ""
        if told == {OSAID.NotDisclosed} and reason.casefold() in PLACEHOLDERS:
            text = reason
        elif told == {OSAID.NotDisclosed}:
            text = f"not disclosed: {reason}" if reason else "not disclosed"
        elif told == {OSAID.NotApplicable} and reason:
            text = f"not applicable: {reason}"
        else:
            return ""
        if reason and text != reason and not reason[0].isalnum():
            return ""  # it would not be told from what goes before it
        self.material.carry(value, RDF.type, told.pop())
        if reason:
            self.material.carry(value, RDFS.comment, Literal(reason))
        return text

    def _led(self) -> None:
        """Write what its own first words tell the term of: "limitations: ..." is ``rai:dataLimitations``."""
        for terms, predicate, lead in LED:
            for value in self.material.peek(self.node, predicate):
                start, _, rest = _plain(value).partition(": ")
                key = _key(terms[0])
                if (
                    start == lead
                    and rest.strip()
                    and rest not in PLACEHOLDERS
                    and not is_url(rest)
                    and key not in self.out
                ):
                    self.out[key] = rest
                    self.material.carry(self.node, predicate, value)
        for terms, told in FLAGS:
            if (self.node, OSAID.characteristics, Literal(told)) in self.material.graph:
                self.out[_key(terms[0])] = True
                self.material.carry(self.node, OSAID.characteristics, Literal(told))
        for value in self.material.peek(self.node, OSAID.fee):
            if str(value) in _FREE and _plain(value) and "isAccessibleForFree" not in self.out:
                self.out["isAccessibleForFree"] = _FREE[str(value)]
                self.material.carry(self.node, OSAID.fee, value)

    def _many(self, key: str, values: list[str]) -> None:
        if values:
            self.out[key] = values[0] if len(values) == 1 else values

    # -- who, when, where ------------------------------------------------------------------------------------

    def _date(self) -> None:
        for value in self.material.peek(self.node, DCTERMS.issued):
            if isinstance(value, Literal) and value.datatype in (XSD.date, XSD.dateTime):
                self.out["datePublished"] = str(value)
                self.material.carry(self.node, DCTERMS.issued, value)
                return

    def _agents(self) -> None:
        for predicate, key in ((DCTERMS.publisher, "publisher"), (DCTERMS.creator, "creator")):
            found = [
                agent for value in self.material.peek(self.node, predicate) if (agent := self._agent(predicate, value))
            ]
            if found:
                self.out[key] = found[0] if len(found) == 1 else found

    def _agent(self, predicate: URIRef, value: Term) -> dict[str, str]:
        """Return a person or organisation; one of which it is not told which is written as an organisation."""
        if not isinstance(value, IdentifiedNode) or (value, RDF.type, OSAID.NotDisclosed) in self.material.graph:
            return {}
        names = [each for each in self.material.peek(value, FOAF.name) if _plain(each)]
        if isinstance(value, BNode) and not names:
            return {}
        person = {PROV.Person, FOAF.Person} & set(self.material.graph.objects(value, RDF.type))
        agent = {"@type": "Person" if person else "Organization"}
        if is_url(str(value)):
            agent["@id"] = str(value)
        elif isinstance(value, URIRef):
            return {}
        self.material.carry(self.node, predicate, value)
        self.material.carry(value, RDF.type, PROV.Agent)
        if names:
            agent["name"] = str(names[0])
            self.material.carry(value, FOAF.name, names[0])
        return agent

    def _places(self) -> None:
        """Write where the data are: files with a checksum and repositories as files, any other address as a page."""
        pages: list[str] = []
        files: list[dict[str, str]] = []
        places = [str(value) for value in self.material.peek(self.node, OSAID.location) if _is_page(value)]
        digests = self.material.peek(self.node, OSAID.sha256)
        for place in sorted(places, key=lambda place: place != str(self.node)):
            file = file_object(place, str(digests[0])) if len(places) == len(digests) == 1 else None
            repository = repository_object(place, len(files)) if not place.startswith(HUB) else None
            if file is not None:
                files.append(file)
                self.material.carry(self.node, OSAID.sha256, digests[0])
            elif repository is not None and place != str(self.node):
                files.append(repository)
            else:
                pages.append(place)
            self.material.carry(self.node, OSAID.location, URIRef(place))
        self._many("url", pages)
        if files:
            self.out["distribution"] = files

    def _access(self) -> None:
        found = []
        for value in self.material.peek(self.node, OSAID.accessConditions):
            if not isinstance(value, BNode) or self.material.peek(value, OSAID.accessManner):
                continue
            comments = [each for each in self.material.peek(value, RDFS.comment) if _plain(each)]
            if len(comments) == 1:
                found.append(str(comments[0]))
                self.material.carry(self.node, OSAID.accessConditions, value)
                self.material.carry(value, RDF.type, OSAID.AccessConditions)
                self.material.carry(value, RDFS.comment, comments[0])
        self._many("conditionsOfAccess", found)

    # -- what it comes from ----------------------------------------------------------------------------------

    def _lineage(self) -> None:
        """Say what it was made from, or is a part of: tools take any other dataset in a file for the one described."""
        found = self.material.peek(self.node, OSAID.derivedFrom)
        sources = [each for each in found if isinstance(each, URIRef) and each != self.node]  # tools fall over circles
        origins: list[dict[str, str]] = [{"@id": str(each)} for each in sources]
        for each in sources:
            self.material.carry(self.node, OSAID.derivedFrom, each)
        if origins:
            self.out["prov:wasDerivedFrom"] = origins[0] if len(origins) == 1 else origins
        for predicate in (OSAID.filteredFrom, OSAID.subsetOf):
            for origin in self.material.peek(self.node, predicate):
                if origin in sources:
                    self.material.carry_instead(self.node, predicate, origin, "osaid:derivedFrom")


def _plain(value: Term) -> str:
    """Return the words of a text; empty for anything else."""
    is_text = isinstance(value, Literal) and not value.language and value.datatype in (None, XSD.string)
    return str(value) if is_text and value.strip() else ""


def _words(value: Term) -> str:
    """Return a text, or an address; empty for a text that would be taken for one or for a refusal, and all else."""
    if isinstance(value, URIRef):
        return str(value) if is_url(str(value)) else ""
    text = _plain(value)
    return "" if is_url(text) or text.casefold() in PLACEHOLDERS else text


def _is_page(value: Term) -> bool:
    return isinstance(value, URIRef) and is_url(str(value))


def _listed(value: object) -> list[str]:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, str) else []


def _key(term: URIRef) -> str:
    """Return how a term is written in the context."""
    text = str(term)
    return (
        "rai:" + text.removeprefix(_RAI) if text.startswith(_RAI) else text.removeprefix(str(SCHEMA)).rpartition("/")[2]
    )
