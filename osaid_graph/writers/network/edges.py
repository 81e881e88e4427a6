"""The edges of a lineage: each by the property that was stated, from what was made to what it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.graph.ontology import inverses, narrower
from osaid_graph.lineage.edges import components, derivations
from osaid_graph.vocab import OSAID, token
from osaid_graph.writers.material import Material
from osaid_graph.writers.picture import EdgeKind


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """An edge of lineage or composition."""

    source: IdentifiedNode
    target: IdentifiedNode
    predicate: URIRef

    @property
    def prefixed(self) -> str:
        """The property by its prefix, ``osaid:trainedOn``."""
        return f"osaid:{token(self.predicate)}"

    @property
    def kind(self) -> EdgeKind:
        """What the edge says, as far as the eye needs to tell."""
        return _kinds()[self.predicate]


def edges_of(material: Material) -> Iterator[NetworkEdge]:
    """Yield the edges of a release, by property; nothing is entered as carried.

    An edge that was stated from its other end is turned round, and what a training or processing activity used is an
    edge of what it made. Of the broader properties that follow from an edge (``osaid:derivedFrom`` from
    ``osaid:filteredFrom``) only those that were stated as well are yielded.
    """
    for predicate in _kinds():
        below = narrower(predicate) - {predicate}
        pairs = {
            (source, target)
            for source, target in material.graph.subject_objects(predicate)
            if isinstance(source, IdentifiedNode) and isinstance(target, IdentifiedNode)
        }
        for source, target in sorted(pairs):
            implied = any((source, each, target) in material.graph for each in below)
            if not implied or _is_stated(material, source, predicate, target):
                yield NetworkEdge(source, target, predicate)


def _is_stated(material: Material, source: IdentifiedNode, predicate: URIRef, target: IdentifiedNode) -> bool:
    stated = material.release.graph
    return (source, predicate, target) in stated or any(
        (target, turned, source) in stated for turned in inverses(predicate)
    )


@cache
def _kinds() -> dict[URIRef, EdgeKind]:
    """Return the properties that are edges, each with its kind."""
    kinds: dict[URIRef, EdgeKind] = dict.fromkeys(components(), "component")
    kinds[OSAID.trainedOn] = "training"
    kinds.update(dict.fromkeys((OSAID.validatedOn, OSAID.evaluatedOn), "evaluation"))
    kinds.update(dict.fromkeys(derivations(), "derivation"))
    return kinds
