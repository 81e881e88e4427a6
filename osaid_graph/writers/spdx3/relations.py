"""What relates the things of a release, as relationships of SPDX 3."""

from __future__ import annotations

from typing import TypeGuard

from rdflib import RDF, RDFS, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.graph.ontology import narrower
from osaid_graph.model import Term
from osaid_graph.readers.claims import runs
from osaid_graph.vocab import CODE, OSAID
from osaid_graph.writers.licence_words import is_expression
from osaid_graph.writers.material import Material
from osaid_graph.writers.spdx3.elements import NO_LICENCE_ASSERTED, NOTHING, Elements

_COMPLETENESS = {CODE["complete"]: "complete", CODE["incomplete"]: "incomplete", CODE["no-assertion"]: "noAssertion"}
_WHOLES = (OSAID.AISystem, OSAID.Model)
_DERIVED = (OSAID.AISystem, OSAID.Model, OSAID.Parameters, OSAID.Dataset)


class Relations:
    """Writes the relationships between things that have been written as elements."""

    def __init__(self, material: Material, elements: Elements, kinds: dict[IdentifiedNode, URIRef]) -> None:
        self._material = material
        self._elements = elements
        self._kinds = kinds
        #: What something else contains or is documented by.
        self.inner: set[IdentifiedNode] = set()

    def write(self) -> None:
        """Write all of them."""
        for node, kind in self._kinds.items():
            if kind in _WHOLES:
                self._parts(node)
                self._code(node)
                self._documents(node)
            if kind == OSAID.Dataset:
                self._edges(node, OSAID.hasDocument, "hasDocumentation", OSAID.Document)
            if kind == OSAID.Document:
                self._describes(node)
            if kind == OSAID.Parameters:
                self._uses(node)
            if kind in (OSAID.Parameters, OSAID.Code):
                self._settings(node)
            if kind in _DERIVED:
                self._derivation(node)
            self._licences(node, kind)

    def _edges(self, node: IdentifiedNode, predicate: URIRef, relation: str, *kinds: URIRef) -> None:
        for value in self._targets(node, predicate, *kinds):
            self._elements.relate(relation, str(node), str(value))
            self._material.carry(node, predicate, value)
            self.inner.add(value)

    def _targets(self, node: IdentifiedNode, predicate: URIRef, *kinds: URIRef) -> list[URIRef]:
        values = self._material.peek(node, predicate)
        return [value for value in values if isinstance(value, URIRef) and self._kinds.get(value) in kinds]

    # -- what a system or model consists of ------------------------------------------------------------------

    def _parts(self, node: IdentifiedNode) -> None:
        self._edges(node, OSAID.hasModel, "contains", OSAID.Model)
        self._edges(node, OSAID.hasComponent, "contains", OSAID.AISystem)
        self._edges(node, OSAID.hasParameters, "contains", OSAID.Parameters)

    def _code(self, node: IdentifiedNode) -> None:
        weights = self._own_weights(node)
        for code in self._targets(node, OSAID.hasCode, OSAID.Code):
            self._elements.relate("contains", str(node), str(code))
            self._material.carry(node, OSAID.hasCode, code)
            self.inner.add(code)
            for role in self._material.peek(code, OSAID.codeRole):
                if role == CODE["testing"]:
                    self._elements.relate("hasTest", str(node), str(code))
                elif role == CODE["supporting-library"]:
                    self._elements.relate("dependsOn", str(node), str(code))
                elif role == CODE["training"] and weights:
                    self._elements.relate("generates", str(code), str(weights[0]))
                else:
                    continue
                self._material.carry(code, OSAID.codeRole, role)

    def _own_weights(self, node: IdentifiedNode) -> list[URIRef]:
        """Return the parameters that nothing else has, so that what makes them is code of this thing alone."""
        found = self._targets(node, OSAID.hasParameters, OSAID.Parameters)
        return [each for each in found if len(set(self._material.graph.subjects(OSAID.hasParameters, each))) == 1]

    def _settings(self, node: IdentifiedNode) -> None:
        for settings in self._targets(node, OSAID.hasConfiguration, OSAID.Configuration):
            self._elements.relate("configures", str(settings), str(node))
            self._material.carry(node, OSAID.hasConfiguration, settings)
            self.inner.add(settings)

    # -- documents -------------------------------------------------------------------------------------------

    def _documents(self, node: IdentifiedNode) -> None:
        """Write documents; what describes no data here is known as data information to nobody else."""
        material = self._material
        for document in self._targets(node, OSAID.hasDocument, OSAID.Document):
            roles = material.peek(document, OSAID.documentRole)
            metadata = CODE["model-metadata"] in roles
            self._elements.relate("hasMetadata" if metadata else "hasDocumentation", str(node), str(document))
            if metadata:
                material.carry(document, OSAID.documentRole, CODE["model-metadata"])
            material.carry(node, OSAID.hasDocument, document)
            self.inner.add(document)
        for document in self._targets(node, OSAID.hasDataInformation, OSAID.Document):
            self._elements.relate("hasDocumentation", str(node), str(document))
            self.inner.add(document)
            if self._targets(document, OSAID.describes, OSAID.Dataset):
                material.carry(node, OSAID.hasDataInformation, document)
            else:
                material.carry_instead(node, OSAID.hasDataInformation, document, "osaid:hasDocument")
                material.carry(node, OSAID.hasDocument, document)

    def _describes(self, node: IdentifiedNode) -> None:
        if (node, RDF.type, OSAID.DataInformation) not in self._material.graph:
            return
        for dataset in self._targets(node, OSAID.describes, OSAID.Dataset):
            self._elements.relate("describes", str(node), str(dataset))
            self._material.carry(node, OSAID.describes, dataset)
            self._material.carry(node, RDF.type, OSAID.DataInformation)

    # -- data and derivation ---------------------------------------------------------------------------------

    def _uses(self, node: IdentifiedNode) -> None:
        stated = self._material.peek(node, OSAID.completeness)
        complete = stated[0] if len(stated) == 1 and stated[0] in _COMPLETENESS else None
        for predicate, relation in ((OSAID.trainedOn, "trainedOn"), (OSAID.evaluatedOn, "testedOn")):
            word = _COMPLETENESS[URIRef(complete)] if complete is not None and predicate == OSAID.trainedOn else ""
            for value in self._material.peek(node, predicate):
                reason = self._ruled_out(value)
                if reason:
                    self._nothing(node, predicate, relation, value, reason)
                elif _is_named(value) and self._kinds.get(value, OSAID.Dataset) == OSAID.Dataset:
                    self._elements.relate(relation, str(node), str(value), completeness=word)
                    self._material.carry(node, predicate, value)
                    if word and complete is not None:
                        self._material.carry(node, OSAID.completeness, complete)

    def _ruled_out(self, value: Term) -> str:
        """Return the reason why something does not apply; empty for what is no such statement."""
        if not isinstance(value, BNode) or (value, RDF.type, OSAID.NotApplicable) not in self._material.graph:
            return ""
        reasons = self._material.peek(value, RDFS.comment)
        return str(reasons[0]) if len(reasons) == 1 else ""

    def _nothing(self, node: IdentifiedNode, predicate: URIRef, relation: str, value: Term, reason: str) -> None:
        """Write that there is none, with the reason as the comment of the relationship."""
        self._elements.relate(relation, str(node), NOTHING, comment=reason)
        self._material.carry(node, predicate, value)
        if isinstance(value, IdentifiedNode):
            self._material.carry(value, RDF.type, OSAID.NotApplicable)
            self._material.carry(value, RDFS.comment, Literal(reason))

    def _derivation(self, node: IdentifiedNode) -> None:
        """Write what something was made from; the kinds of derivation that SPDX does not know are kept as that."""
        for value in self._material.peek(node, OSAID.derivedFrom):
            reason = self._ruled_out(value)
            if reason:
                self._nothing(node, OSAID.derivedFrom, "descendantOf", value, reason)
            elif _is_named(value) and self._kinds.get(value, OSAID.Model) in _DERIVED:
                self._elements.relate("descendantOf", str(node), str(value))
                self._material.carry(node, OSAID.derivedFrom, value)
                for kind in narrower(OSAID.derivedFrom) - {OSAID.derivedFrom}:
                    if (node, kind, value) in self._material.graph:
                        self._material.carry_instead(node, kind, value, "osaid:derivedFrom")

    # -- licences --------------------------------------------------------------------------------------------

    def _licences(self, node: IdentifiedNode, kind: URIRef) -> None:
        """Write the licences that are stated as declared.

        What the program concludes holds under a policy only and is none of this document, so nothing is asserted as
        concluded where the profile asks for it.
        """
        found = False
        for value in self._material.peek(node, OSAID.license):
            target = self._licence(value)
            if target:
                found = True
                self._elements.relate("hasDeclaredLicense", str(node), target)
                self._material.carry(node, OSAID.license, value)
        if kind in (*_WHOLES, OSAID.Dataset):
            if not found:
                self._elements.relate("hasDeclaredLicense", str(node), NO_LICENCE_ASSERTED)
            self._elements.relate("hasConcludedLicense", str(node), NO_LICENCE_ASSERTED)

    def _licence(self, value: Term) -> str:
        """Return the id of an element for a licence: an expression, words that are none, or the licence itself."""
        if isinstance(value, URIRef):
            return "" if runs(str(value)) else str(value)
        if not isinstance(value, Literal) or not str(value).strip():
            return ""
        words = str(value)
        if is_expression(words):
            return self._elements.add_unnamed(
                "simplelicensing_LicenseExpression", simplelicensing_licenseExpression=words
            )
        return self._elements.add_unnamed(
            "simplelicensing_SimpleLicensingText", name=words, simplelicensing_licenseText="NOASSERTION"
        )


def _is_named(value: Term) -> TypeGuard[URIRef]:
    """Tell whether a value is an IRI that names something."""
    return isinstance(value, URIRef) and not runs(str(value))
