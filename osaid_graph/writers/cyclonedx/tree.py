"""How components stand in each other and refer to each other: parts, training data, pedigree, completeness."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.graph.ontology import narrower
from osaid_graph.readers.claims import runs
from osaid_graph.readers.cyclonedx.named import PARTS
from osaid_graph.readers.cyclonedx.properties import IRI, RELATION
from osaid_graph.vocab import CODE, OSAID, token
from osaid_graph.writers.cyclonedx.components import KINDS, MODEL, Components, Part
from osaid_graph.writers.material import Material

_AGGREGATES = {CODE["complete"]: "complete", CODE["incomplete"]: "incomplete", CODE["no-assertion"]: "unknown"}
#: What a document can be about, the foremost first.
TOPICS = (OSAID.AISystem, OSAID.Model, OSAID.Parameters, OSAID.Dataset)


class Tree:
    """Writes the relations between components; :attr:`subject` and :attr:`tops` are what the document lists."""

    def __init__(self, material: Material, components: Components) -> None:
        self._material = material
        self._components = components
        self._parts = components.parts
        self._wholes: dict[URIRef, URIRef] = {}
        self._place()
        self.dependencies: list[dict[str, object]] = []
        self.compositions: list[dict[str, object]] = []
        for part in self._parts.values():
            self._pedigree(part)
            self._training(part)
        components.properties()
        self._nest()
        self.tops = [part for node, part in self._parts.items() if node not in self._wholes]
        self.subject = self._subject()

    def _subject(self) -> Part | None:
        """Return what the document is about: the subject of the assessment, else the one foremost thing."""
        subject = self._material.subject
        for top in self.tops:
            if top.node == subject:
                return top
        for kind in TOPICS:
            found = [top for top in self.tops if top.kind == kind]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    # -- parts -----------------------------------------------------------------------------------------------

    def _place(self) -> None:
        """Find the component that each stands in: the first that has it as a part, and is not itself in it."""
        for node, part in self._parts.items():
            predicate = PARTS.get(part.kind)
            if predicate is None or node == self._material.subject:
                continue
            subjects = self._material.graph.subjects(predicate, node)
            wholes = {whole for whole in subjects if isinstance(whole, URIRef) and whole in self._parts}
            found = next((w for w in sorted(wholes) if node not in (w, *self._above(w))), None)
            if found is not None:
                self._wholes[node] = found
                self._components.carry(self._parts[found], f"/components/{node}", predicate, node)

    def _above(self, node: URIRef) -> Iterator[URIRef]:
        while node in self._wholes:
            node = self._wholes[node]
            yield node

    def _nest(self) -> None:
        for node, whole in self._wholes.items():
            inner = self._parts[whole].fields.setdefault("components", [])
            assert isinstance(inner, list)  # noqa: S101 - nothing else is written there
            said = self._parts[whole].said
            said[:] = [(f"/components/{len(inner)}/bom-ref" if p == f"/components/{node}" else p, t) for p, t in said]
            inner.append(self._parts[node].fields)

    # -- data and derivation ---------------------------------------------------------------------------------

    def _pedigree(self, part: Part) -> None:
        graph = self._material.graph
        found: list[dict[str, object]] = []
        kinds = sorted(narrower(OSAID.derivedFrom) - {OSAID.derivedFrom})
        for value in self._material.peek(part.node, OSAID.derivedFrom):
            if not isinstance(value, URIRef) or runs(str(value)):
                continue
            relations = [kind for kind in kinds if (part.node, kind, value) in graph]
            if not relations or (part.node, OSAID.derivedFrom, value) in self._material.release.graph:
                relations.append(OSAID.derivedFrom)
            for relation in relations:
                self._components.carry(part, f"/pedigree/ancestors/{len(found)}", relation, value)
                found.append(self._ancestor(part, relation, value))
        if found:
            part.fields["pedigree"] = {"ancestors": found}

    def _ancestor(self, part: Part, relation: URIRef, value: URIRef) -> dict[str, object]:
        """Return an ancestor, which is named only: it is described where it stands, if it does."""
        properties = [{"name": IRI, "value": str(value)}]
        if relation != OSAID.derivedFrom:
            properties.append({"name": RELATION, "value": token(relation)})
        older = self._parts.get(value)
        kind = KINDS[older.kind][0] if older is not None else "data" if part.kind == OSAID.Dataset else MODEL
        name = older.fields["name"] if older is not None else self._components.label(value)
        return {"type": kind, "name": name, "properties": properties}

    def _training(self, part: Part) -> None:
        """Write what a model was trained on, and whether that is all; a card is for models alone."""
        if KINDS[part.kind][0] != MODEL:
            return
        used = [value for value in self._material.peek(part.node, OSAID.trainedOn) if value in self._parts]
        refs = [str(value) for value in used]
        for number, value in enumerate(used):
            path = f"/modelCard/modelParameters/datasets/{number}"
            self._components.carry(part, path, OSAID.trainedOn, value)
        parameters: dict[str, object] = {"datasets": [{"ref": ref} for ref in refs]} if refs else {}
        designs = self._names(part.node, OSAID.hasArchitecture)
        if designs:
            parameters["modelArchitecture"] = designs[0]
        if parameters:
            part.fields["modelCard"] = {"modelParameters": parameters}
        if refs:
            self.dependencies.append({"ref": str(part.node), "dependsOn": refs})
            self._completeness(part)

    def _names(self, node: IdentifiedNode, predicate: URIRef) -> list[str]:
        values = self._material.peek(node, predicate)
        return [
            str(self._parts[value].fields["name"])
            for value in values
            if isinstance(value, URIRef) and value in self._parts
        ]

    def _completeness(self, part: Part) -> None:
        stated = self._material.peek(part.node, OSAID.completeness)
        aggregate = _AGGREGATES.get(URIRef(stated[0])) if len(stated) == 1 else None
        if aggregate is not None:
            self._material.carry(part.node, OSAID.completeness, stated[0])
            part.said.append(("", (part.node, OSAID.completeness, stated[0])))
            self.compositions.append({"aggregate": aggregate, "dependencies": [str(part.node)]})
