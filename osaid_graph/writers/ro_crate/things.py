"""The models, data, code and documents of a crate."""

from __future__ import annotations

from rdflib import DCTERMS, RDF, RDFS, XSD, BNode, Literal, URIRef

from osaid_graph.identity import part_of
from osaid_graph.model import Term
from osaid_graph.readers.manifest.keys import PLACEHOLDERS
from osaid_graph.readers.works.addresses import identifier, is_repository
from osaid_graph.vocab import CODE, DCAT3, OSAID
from osaid_graph.writers.material import Material
from osaid_graph.writers.ro_crate.entities import Entities, Entity, agents, is_global, is_name, plain, put

_USES = ((OSAID.trainedOn, "trainedOn"), (OSAID.validatedOn, "validatedOn"), (OSAID.evaluatedOn, "evaluatedOn"))
_FREE = {"nothing: accessible for free": True, "not accessible for free": False}
#: Ways to derive that are kept as derivation.
_DERIVATIONS = (OSAID.adapterOf, OSAID.quantizedFrom, OSAID.mergedFrom, OSAID.distilledFrom, OSAID.filteredFrom)


class Things:
    """Writes the things of a material that have IRIs, and enters what is written as carried."""

    def __init__(self, material: Material, entities: Entities) -> None:
        self.material = material
        self.entities = entities
        graph = material.graph
        silent = {*material.nodes(OSAID.NotDisclosed), *material.nodes(OSAID.NotApplicable)}
        kinds = ((OSAID.AISystem, OSAID.Model), (OSAID.Dataset,), (OSAID.Code,))
        found: list[list[URIRef]] = []
        for kind in kinds:
            known = {each for before in found for each in before} | silent
            found.append(
                [n for n in material.nodes(*kind) if isinstance(n, URIRef) and is_global(n) and n not in known]
            )
        self.models, self.data, self.code = found
        #: Model -> its parameters, where they have the name that a crate's reader gives them.
        self.parameters = {
            each: part
            for each in self.models
            if (each, OSAID.hasParameters, part := URIRef(part_of(each, "parameters"))) in graph
        }

    @property
    def written(self) -> list[URIRef]:
        """All models, data and code."""
        return [*self.models, *self.data, *self.code]

    def write(self) -> None:
        """Write every thing."""
        for model in self.models:
            self._model(model)
        for data in self.data:
            self._dataset(data)
        for code in self.code:
            self._source(code)

    # -- what all of them say --------------------------------------------------------------------------------

    def _about(self, node: URIRef, kind: str, cls: URIRef | None) -> Entity:
        entity = self.entities.add(str(node), kind)
        if cls is not None:
            self.material.carry(node, RDF.type, cls)
        for predicate, key in ((DCTERMS.title, "name"), (DCAT3.version, "version")):
            for value in self.material.peek(node, predicate):
                if is_name(value, str(node)) and key not in entity:
                    entity[key] = str(value)
                    self.material.carry(node, predicate, value)
        return entity

    def _date(self, node: URIRef, entity: Entity) -> None:
        for value in self.material.peek(node, DCTERMS.issued)[:1]:
            if isinstance(value, Literal) and value.datatype in (XSD.date, XSD.dateTime):
                entity["datePublished"] = str(value)
                self.material.carry(node, DCTERMS.issued, value)

    def _terms(self, node: URIRef, entity: Entity) -> None:
        found = [(value, self.entities.licence(value)) for value in self.material.peek(node, OSAID.license)]
        for value, reference in found:
            if reference:
                self.material.carry(node, OSAID.license, value)
        put(entity, "license", [reference for _, reference in found if reference])

    def _places(self, node: URIRef, entity: Entity, repository: str = "url") -> None:
        found = [value for value in self.material.peek(node, OSAID.location) if _is_address(value)]
        for value in found:
            self.material.carry(node, OSAID.location, value)
        put(entity, repository if found and is_repository(str(found[0])) else "url", [str(value) for value in found])
        for value in self.material.peek(node, OSAID.sha256)[:1]:
            entity["sha256"] = str(value)
            self.material.carry(node, OSAID.sha256, value)

    def _access(self, node: URIRef, entity: Entity) -> None:
        """Write conditions of access that are told in words; the reader knows no manners of access."""
        for value in self.material.peek(node, OSAID.accessConditions):
            comments = self.material.peek(value, RDFS.comment) if isinstance(value, BNode) else []
            text = plain(comments[0]) if len(comments) == 1 else ""
            if not isinstance(value, BNode) or not text or self.material.peek(value, OSAID.accessManner):
                continue
            if "conditionsOfAccess" not in entity and text.casefold() not in PLACEHOLDERS:
                entity["conditionsOfAccess"] = text
                self.material.carry(node, OSAID.accessConditions, value)
                self.material.carry(value, RDF.type, OSAID.AccessConditions)
                self.material.carry(value, RDFS.comment, comments[0])

    def _documents(self, node: URIRef, entity: Entity) -> None:
        found: list[Entity] = []
        for predicate in (OSAID.hasDocument, OSAID.hasDataInformation):
            for document in self.material.peek(node, predicate):
                if not isinstance(document, URIRef) or not is_global(document) or document in self.written:
                    continue
                found.append({"@id": str(document)})
                if predicate == OSAID.hasDocument:
                    self.material.carry(node, predicate, document)
                else:
                    self.material.carry_instead(node, predicate, document, "osaid:hasDocument")
                self._document(document)
        put(entity, "subjectOf", found)

    def _document(self, document: URIRef) -> None:
        paper = (document, OSAID.documentRole, CODE["research-paper"]) in self.material.graph
        entity = self.entities.add(str(document), "ScholarlyArticle" if paper else "CreativeWork")
        self.material.carry(document, RDF.type, OSAID.Document)
        if paper and entity["@type"] == "ScholarlyArticle":
            self.material.carry(document, OSAID.documentRole, CODE["research-paper"])
        for value in self.material.peek(document, DCTERMS.title):
            if is_name(value, str(document)) and entity.get("name") in (None, str(document)):
                entity["name"] = str(value)
                self.material.carry(document, DCTERMS.title, value)
        self._terms(document, entity)

    # -- each kind -------------------------------------------------------------------------------------------

    def _model(self, node: URIRef) -> None:
        is_model = (node, RDF.type, OSAID.Model) in self.material.graph
        entity = self._about(node, "MLModel", OSAID.Model if is_model else None)
        if not is_model:
            self.material.carry_instead(node, RDF.type, OSAID.AISystem, "osaid:Model")
        self._date(node, entity)
        agents(self.entities, self.material, node, entity)
        self._documents(node, entity)
        self._codes(node, entity)
        parameters = self.parameters.get(node)
        if parameters is not None:
            self.material.carry(node, OSAID.hasParameters, parameters)
            self.material.carry(parameters, RDF.type, OSAID.Parameters)
            self._terms(parameters, entity)
            self._places(parameters, entity)
            self._access(parameters, entity)
            self._learned(parameters, entity)

    def _codes(self, node: URIRef, entity: Entity) -> None:
        codes = [each for each in self.material.peek(node, OSAID.hasCode) if each in self.code]
        for code in codes:
            self.material.carry(node, OSAID.hasCode, code)
        put(entity, "hasSourceCode", [{"@id": str(code)} for code in codes])

    def _learned(self, parameters: URIRef, entity: Entity) -> None:
        for predicate, key in (*_USES, (OSAID.fineTunedFrom, "fineTunedFrom"), (OSAID.derivedFrom, "isBasedOn")):
            self._edges(parameters, predicate, key, entity)
        self._kept(parameters, _DERIVATIONS)

    def _edges(self, node: URIRef, predicate: URIRef, key: str, entity: Entity) -> None:
        """Write the edges of a property to what has an IRI; a model is not said to be based on data or code."""
        unsaid = {*self.data, *self.code} if key == "isBasedOn" and node not in self.data else set()
        found = [n for n in self.material.peek(node, predicate) if is_global(n) and n not in unsaid]
        for value in found:
            self.material.carry(node, predicate, value)
        put(entity, key, [{"@id": str(value)} for value in found])

    def _kept(self, node: URIRef, predicates: tuple[URIRef, ...]) -> None:
        for predicate in predicates:
            for value in self.material.peek(node, predicate):
                if (node, OSAID.derivedFrom, value) in self.material.carried:
                    self.material.carry_instead(node, predicate, value, "osaid:derivedFrom")

    def _dataset(self, node: URIRef) -> None:
        entity = self._about(node, "Dataset", OSAID.Dataset)
        self._date(node, entity)
        self._terms(node, entity)
        self._places(node, entity)
        agents(self.entities, self.material, node, entity)
        self._documents(node, entity)
        self._access(node, entity)
        self._words(node, entity)
        self._edges(node, OSAID.derivedFrom, "isBasedOn", entity)
        wholes = [whole for whole in self.material.peek(node, OSAID.subsetOf) if whole in self.data]
        for whole in wholes:
            self.material.carry(node, OSAID.subsetOf, whole)
        put(entity, "isPartOf", [{"@id": str(whole)} for whole in wholes])
        self._kept(node, _DERIVATIONS)

    def _words(self, node: URIRef, entity: Entity) -> None:
        for predicate, key in ((OSAID.scope, "description"), (OSAID.obtained, "measurementTechnique")):
            found = [value for value in self.material.peek(node, predicate) if _says(value)]
            for value in found:
                self.material.carry(node, predicate, value)
            put(entity, key, [str(value) for value in found])
        for value in self.material.peek(node, OSAID.fee):
            if plain(value) in _FREE and "isAccessibleForFree" not in entity:
                entity["isAccessibleForFree"] = _FREE[str(value)]
                self.material.carry(node, OSAID.fee, value)

    def _source(self, node: URIRef) -> None:
        entity = self._about(node, "SoftwareSourceCode", OSAID.Code)
        self._terms(node, entity)
        self._places(node, entity, "codeRepository")
        agents(self.entities, self.material, node, entity)


def _is_address(value: Term) -> bool:
    return is_global(value) and str(value).startswith(("http://", "https://", "ftp://"))


def _says(value: Term) -> bool:
    """Tell whether a value is a text that is read back as one."""
    text = plain(value)
    return bool(text) and text.casefold() not in PLACEHOLDERS and identifier(text) is None
