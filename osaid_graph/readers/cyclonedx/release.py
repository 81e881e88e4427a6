"""A bill of materials as an AI release: its systems, models, data and code, and what relates them."""

from __future__ import annotations

from rdflib import DCTERMS, RDF, URIRef

from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.cyclonedx.bom import AGGREGATES, DATA, LIBRARIES, MODEL, WHOLES, Bom, Component
from osaid_graph.readers.cyclonedx.identity import Identities
from osaid_graph.readers.cyclonedx.parts import Parts
from osaid_graph.readers.fields import Field
from osaid_graph.vocab import CODE, OSAID

#: Value of the property "ai.model.relation", which generators give to a base model that another one depends on.
RELATION = "ai.model.relation"
_RELATIONS = {
    **dict.fromkeys(("finetuned", "finetune", "fine-tuned"), OSAID.fineTunedFrom),
    **dict.fromkeys(("adapter", "lora", "qlora"), OSAID.adapterOf),
    **dict.fromkeys(("quantized", "quantization"), OSAID.quantizedFrom),
    **dict.fromkeys(("merged", "merge"), OSAID.mergedFrom),
    **dict.fromkeys(("distilled", "distillation"), OSAID.distilledFrom),
    **dict.fromkeys(("converted", "pruned", "parent"), OSAID.derivedFrom),
}


class Release:
    """Writes the components of a document and the relations between them."""

    def __init__(self, bom: Bom, identities: Identities, out: ClaimWriter) -> None:
        self._bom = bom
        self._node = identities.node
        self._identities = identities
        self._out = out
        self._parts = Parts(out)
        #: Models and systems -> what stands for what was learned in them.
        self._made: dict[Component, URIRef] = {}
        self._data: dict[Component, URIRef] = {}
        self._documents: dict[URIRef, list[tuple[URIRef, Field]]] = {}
        self._trained: dict[URIRef, Component] = {}

    def write(self) -> None:
        """Write everything."""
        bom = self._bom
        for component in bom.components:
            if component.kind == MODEL:
                self._model(component)
            elif component in bom.systems:
                self._system(component)
            elif component.kind == DATA:
                self._datum(component)
        metadata = bom.tree.get("metadata")
        if metadata is not None and bom.stated is not None and bom.stated.kind in (MODEL, DATA, *WHOLES):
            self._parts.supplied(self._node(bom.stated), metadata)
        for component in bom.components:
            if component in self._made:
                self._card(component)
            self._kin(component)
            self._inside(component)
        for system in bom.systems:
            for model, at in bom.used_by(system):
                self._out.say(self._node(system), OSAID.hasModel, self._node(model), at)
        for source, target, at in bom.needs:
            if self._need(source, target, at):
                bom.read_need(source, at)
        self._compositions()

    # -- components ------------------------------------------------------------------------------------------

    def _model(self, component: Component) -> None:
        node, at = self._node(component), component.field
        self._parts.about(node, OSAID.Model, component)
        made = self._made[component] = self._out.parameters(node, at)
        self._parts.people(node, at)
        licensed = self._parts.licences(made, component)
        self._parts.hub_place(made, at)
        self._parts.references(node, made, at, licensed=licensed, code=True)
        place = component.property_("downloadLocation")
        if place is not None and place.peek():
            component.read_property("downloadLocation")
            self._out.tell(made, OSAID.location, place.text(), place)

    def _system(self, component: Component) -> None:
        node, at = self._node(component), component.field
        self._parts.about(node, OSAID.AISystem, component)
        self._made[component] = node
        self._parts.people(node, at)
        licensed = self._parts.licences(node, component)
        self._parts.references(node, node, at, licensed=licensed, code=True)

    def _datum(self, component: Component) -> None:
        """Write a component of data: a dataset, settings, or source code."""
        shape = component.shape()
        node, at = self._node(component), component.field
        if shape == "dataset":
            self._data[component] = node
            self._parts.about(node, OSAID.Dataset, component)
            self._parts.people(node, at)
            licensed = self._parts.licences(node, component)
            self._parts.hub_place(node, at)
            found = self._parts.references(node, node, at, licensed=licensed, code=False)
            self._documents[node] = found
        elif shape == "configuration":
            self._parts.about(node, OSAID.Configuration, component)
            self._parts.licences(node, component)
        else:
            return
        for each in at.each("data"):
            if each.is_block and each.peek("type") in ("", shape):
                each.text("type")
                self._parts.data(node, each)

    def _code(self, component: Component, of: Component, at: Field) -> None:
        node = self._node(component)
        self._parts.about(node, OSAID.Code, component)
        self._parts.people(node, component.field)
        licensed = self._parts.licences(node, component)
        self._parts.references(node, node, component.field, licensed=licensed, code=False)
        self._out.code(self._node(of), node, ("supporting-library",), at)

    # -- what a model card says ------------------------------------------------------------------------------

    def _card(self, component: Component) -> None:
        parameters = component.field.get("modelCard", "modelParameters")
        if parameters is None:
            return
        self._parts.architecture(self._node(component), parameters)
        for number, each in enumerate(parameters.each("datasets"), 1):
            if each.is_block:
                self._dataset(component, each, number)

    def _dataset(self, model: Component, entry: Field, number: int) -> None:
        """Say what a model was trained on: a reference, or data that are described in place.

        The specification has "used to train and evaluate the model" for the list: it is read as training unless the
        data itself say otherwise.
        """
        ref = entry.get("ref")
        if ref is not None:
            target = self._bom[ref.peek()]
            if target is None:
                node = self._identities.elsewhere(ref.text(), "datasets", ref)
                if node is not None:
                    self._use(model, node, OSAID.trainedOn, ref)
            elif target in self._data:
                ref.read()
                self._used(model, target, ref, [OSAID.trainedOn])
            return
        if entry.peek("type") not in ("", "dataset"):
            return
        entry.text("type")
        node = self._identities.inline(self._node(model), entry, number)
        self._out.say(node, RDF.type, OSAID.Dataset, entry)
        self._parts.text(node, DCTERMS.title, entry.get("name"))
        self._parts.text(node, DCTERMS.description, entry.get("description"))
        self._parts.data(node, entry)
        self._use(model, node, OSAID.trainedOn, entry)

    def _used(self, model: Component, data: Component, at: Field, otherwise: list[URIRef]) -> bool:
        """Say how a model used data: what the data say of themselves, else what the place in the document says."""
        usages, said = data.usages(), data.property_("usage")
        if usages and said is not None:
            data.read_property("usage")
            at = said
        for predicate in usages or otherwise:
            self._use(model, self._data[data], predicate, at)
        return bool(usages or otherwise)

    def _use(self, model: Component, data: URIRef, predicate: URIRef, at: Field) -> None:
        self._out.say(self._made[model], predicate, data, at)
        if predicate != OSAID.trainedOn:
            return
        self._trained[self._made[model]] = model
        for document, place in self._documents.get(data, ()):
            self._out.say(self._node(model), OSAID.hasDataInformation, document, place)
            self._out.say(document, RDF.type, OSAID.DataInformation, place)
            self._out.say(document, OSAID.describes, data, place)

    # -- relations -------------------------------------------------------------------------------------------

    def _kin(self, component: Component) -> None:
        """Say what the pedigree of a component says: what it comes from, or what comes from it."""
        if component.within is None or component.place == "components":
            return
        older, younger = component, component.within
        if component.place == "descendants":
            older, younger = younger, older
        start = self._made.get(younger) or self._data.get(younger)
        if start is None or older.kind != younger.kind:
            return
        self._out.say(start, self._relation(older), self._node(older), component.field)

    def _relation(self, base: Component) -> URIRef:
        at = base.property_(RELATION)
        found = _RELATIONS.get(at.peek().casefold()) if at is not None and base.kind == MODEL else None
        if found is not None:
            base.read_property(RELATION)
        return found or OSAID.derivedFrom

    def _inside(self, component: Component) -> None:
        """Say what a component that stands in another is to it."""
        outer = component.within
        if outer is None or component.place != "components" or outer not in self._made:
            return
        if component in self._data and outer.kind == MODEL:
            self._used(outer, component, component.field, [])
        elif component.kind == MODEL and outer.kind == MODEL:
            self._out.say(self._node(outer), OSAID.hasComponent, self._node(component), component.field)
        elif component.kind in LIBRARIES:
            self._code(component, outer, component.field)
        elif component.kind == DATA and component.shape() == "configuration":
            self._out.say(self._made[outer], OSAID.hasConfiguration, self._node(component), component.field)

    def _need(self, source: Component, target: Component, at: Field) -> bool:
        """Say what a dependency is, where the things say it; a dependency alone is no derivation."""
        if source not in self._made:
            return False
        if source.kind == MODEL and target.kind == MODEL:
            relation = target.property_(RELATION)
            if relation is None or relation.peek().casefold() not in _RELATIONS:
                return False
            self._out.say(self._made[source], self._relation(target), self._node(target), at)
            return True
        if source.kind == MODEL and target in self._data:
            return self._used(source, target, at, [])
        if target.kind in LIBRARIES:
            self._code(target, source, at)
            return True
        if target.kind == DATA and target.shape() == "configuration":
            self._out.say(self._made[source], OSAID.hasConfiguration, self._node(target), at)
            return True
        return target.kind == MODEL

    def _compositions(self) -> None:
        """Say whether the training data of a model are all there is, where a composition is about the model."""
        for each in self._bom.tree.each("compositions"):
            aggregate = each.get("aggregate")
            word = AGGREGATES.get(aggregate.peek()) if aggregate is not None else None
            for key in ("assemblies", "dependencies"):
                for at in each.each(key):
                    ref = at if at.is_text else at.get("ref")
                    found = self._bom[ref.peek()] if ref is not None else None
                    made = self._made.get(found) if found is not None else None
                    if aggregate is None or word is None or ref is None or made not in self._trained:
                        continue
                    assert made is not None  # noqa: S101 - it is among those that were trained
                    ref.read()
                    aggregate.read()
                    self._out.say(made, OSAID.completeness, CODE[word], ref)
