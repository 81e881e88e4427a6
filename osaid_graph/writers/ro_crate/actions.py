"""What was done to models and data, as actions: ``object`` is what was used, ``instrument`` the code.

RO-Crate 1.2, "Provenance of entities: software used to create files".
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import DCTERMS, RDF, URIRef

from osaid_graph.identity import part_of
from osaid_graph.model import Term
from osaid_graph.vocab import CODE, OSAID
from osaid_graph.writers.material import Material
from osaid_graph.writers.ro_crate.entities import Entities, Entity, is_global, is_name, put
from osaid_graph.writers.ro_crate.things import Things


class Actions:
    """Writes the trainings of models and the processing of data."""

    def __init__(self, material: Material, entities: Entities, things: Things) -> None:
        self.material = material
        self.entities = entities
        self.things = things

    def write(self) -> None:
        """Write every activity whose result is in the crate, and the training that a model with its code implies."""
        for model, parameters in self.things.parameters.items():
            stated = self._stated(parameters, OSAID.trainedBy, OSAID.Training, model)
            if not stated:
                self._implied(model, parameters)
        for data in self.things.data:
            self._stated(data, OSAID.processedBy, OSAID.DataProcessing, data)

    def _stated(self, product: URIRef, by: URIRef, kind: URIRef, result: URIRef) -> bool:
        """Write the activities that a product is said to come from, and tell whether there are any."""
        activities = [each for each in self.material.peek(product, by) if isinstance(each, URIRef)]
        for activity in activities:
            data = [each for each in self.material.peek(activity, OSAID.usedDataset) if each in self.things.data]
            code = [each for each in self.material.peek(activity, OSAID.usedCode) if each in self.things.code]
            if not is_global(activity) or result in data or not (data or kind == OSAID.DataProcessing):
                continue
            entity = self._action(activity, data, code, result)
            for predicate, values in ((OSAID.usedDataset, data), (OSAID.usedCode, code)):
                for value in values:
                    self.material.carry(activity, predicate, value)
            self.material.carry(product, by, activity)
            self.material.carry(activity, RDF.type, kind)
            for title in self.material.peek(activity, DCTERMS.title):
                if is_name(title, str(activity)) and "name" not in entity:
                    entity["name"] = str(title)
                    self.material.carry(activity, DCTERMS.title, title)
            self._roles(code, kind)
        return bool(activities)

    def _implied(self, model: URIRef, parameters: URIRef) -> None:
        """Write the training of a model that is said to be trained on data and to have code for it."""
        data = [each for each in self.material.peek(parameters, OSAID.trainedOn) if each in self.things.data]
        code = [each for each in self.material.peek(model, OSAID.hasCode) if self._trains(each)]
        if data and code:
            self._action(URIRef(part_of(parameters, "training")), data, code, model)
            self._roles(code, OSAID.Training)

    def _trains(self, code: Term) -> bool:
        return code in self.things.code and (code, OSAID.codeRole, CODE["training"]) in self.material.graph

    def _action(self, activity: URIRef, data: Iterable[Term], code: Iterable[Term], result: URIRef) -> Entity:
        entity = self.entities.add(str(activity), "CreateAction")
        put(entity, "object", [{"@id": str(each)} for each in data])
        put(entity, "instrument", [{"@id": str(each)} for each in code])
        made: list[object] = [{"@id": str(result)}]
        before = entity.get("result")
        put(entity, "result", [*before, *made] if isinstance(before, list) else [before, *made] if before else made)
        return entity

    def _roles(self, code: Iterable[Term], kind: URIRef) -> None:
        role = CODE["training"] if kind == OSAID.Training else CODE["data-processing"]
        for each in code:
            if isinstance(each, URIRef) and (each, OSAID.codeRole, role) in self.material.graph:
                self.material.carry(each, OSAID.codeRole, role)
