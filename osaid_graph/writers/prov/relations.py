"""What the nodes of a release are in PROV, and which of its statements are relations of PROV."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import DCTERMS, FOAF, PROV, RDF, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.graph.ontology import inverses
from osaid_graph.model import Term, Triple
from osaid_graph.readers.prov.meanings import DERIVATIONS, MEANINGS
from osaid_graph.readers.prov.records import RELATIONS
from osaid_graph.vocab import OSAID
from osaid_graph.writers.prov.bundles import Bundles

#: Kind of record -> the kinds of its first and its second argument; None for any (PROV-DM, table 5).
_ENDS: dict[str, tuple[str | None, str | None]] = {
    **dict.fromkeys(("wasDerivedFrom", "specializationOf", "alternateOf", "hadMember"), ("entity", "entity")),
    "wasGeneratedBy": ("entity", "activity"),
    "wasInvalidatedBy": ("entity", "activity"),
    "used": ("activity", "entity"),
    "wasStartedBy": ("activity", "entity"),
    "wasEndedBy": ("activity", "entity"),
    "wasInformedBy": ("activity", "activity"),
    "wasAttributedTo": ("entity", "agent"),
    "wasAssociatedWith": ("activity", "agent"),
    "actedOnBehalfOf": ("agent", "agent"),
    "wasInfluencedBy": (None, None),
}
#: Relations that no circle may be made of.
_STRICT = frozenset(("wasDerivedFrom", "specializationOf"))
_PLAIN = {relation.predicate: kind for kind, relation in RELATIONS.items()}
_NARROWER = {predicate: kind for kind, predicate in DERIVATIONS.items()}
_CLASSES: dict[URIRef, str] = {
    **dict.fromkeys((OSAID.Training, OSAID.DataProcessing, PROV.Activity), "activity"),
    **dict.fromkeys((PROV.Agent, PROV.Person, PROV.Organization, PROV.SoftwareAgent), "agent"),
    **dict.fromkeys((FOAF.Agent, FOAF.Person, FOAF.Organization), "agent"),
}


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of PROV between two nodes, with the type that tells what it means."""

    kind: str
    subject: IdentifiedNode
    value: IdentifiedNode
    meaning: URIRef | None = None


def canonical(triple: Triple) -> Triple:
    """Return a statement from the end that relations of PROV are told from, where it is one of these."""
    subject, predicate, value = triple
    if isinstance(value, IdentifiedNode) and predicate not in MEANINGS:
        for turned in inverses(predicate):
            if turned in MEANINGS:
                return value, turned, subject
    return triple


class Kinds:
    """What each node is: an entity, an activity or an agent.

    A class that is stated decides; without one, what it is said to have generated, or to be responsible for. Nothing
    is both an entity and an activity (PROV-CONSTRAINTS, constraint 55).
    """

    def __init__(self, found: Bundles) -> None:
        self._found = found
        self._kinds: dict[Term, str] = {}
        self._wholes: dict[Term, set[Term]] = {}
        expected: dict[Term, str] = {}
        for triples in (found.provenance, *found.said.values()):
            for triple in triples:
                subject, predicate, value = canonical(triple)
                if predicate == RDF.type and isinstance(value, URIRef):
                    self._state(subject, _CLASSES.get(value, "entity"))
                elif predicate == DCTERMS.isVersionOf:
                    self._wholes.setdefault(subject, set()).add(value)
                elif (kind := MEANINGS.get(predicate) or _PLAIN.get(predicate)) is not None:
                    for node, end in zip((subject, value), _ENDS[kind], strict=True):
                        if end is not None:
                            expected.setdefault(node, end)
        for node, end in expected.items():
            self._kinds.setdefault(node, end)

    def of(self, node: IdentifiedNode) -> str:
        """Return what a node is."""
        return self._kinds.get(node, "entity")

    def relation(self, triple: Triple) -> Relation | None:
        """Return the relation that a statement is, in its canonical direction; None where PROV has none for it."""
        subject, predicate, value = triple
        if not isinstance(value, IdentifiedNode):
            return None
        if predicate in MEANINGS:
            relation = Relation(MEANINGS[predicate], subject, value, predicate)
        elif predicate in _NARROWER:
            relation = Relation("wasDerivedFrom", subject, value, _NARROWER[predicate])
        elif predicate in _PLAIN:
            relation = Relation(_PLAIN[predicate], subject, value)
        else:
            return None
        fits = all(
            end is None or self.of(node) == end
            for node, end in zip((subject, value), _ENDS[relation.kind], strict=True)
        )
        return relation if fits and not (relation.kind in _STRICT and self._found.in_circle(subject, value)) else None

    def is_revision(self, relation: Relation) -> bool:
        """Tell whether one version of something was made from another (PROV-DM, section 5.2.2)."""
        wholes = self._wholes.get(relation.subject, set()) & self._wholes.get(relation.value, set())
        return relation.kind == "wasDerivedFrom" and bool(wholes)

    def _state(self, node: Term, kind: str) -> None:
        """Let an entity stay one, whatever else it is; an activity is none, and an agent may be anything."""
        before = self._kinds.get(node)
        if before is None or before == "agent" or kind == "entity":
            self._kinds[node] = kind
