"""What each source of a release says, as a bundle of PROV, and where the bundles come from.

A bundle is a named set of descriptions that is an entity itself, so that provenance can be given of it (PROV-DM,
section 5.4). What a source says in our words stands in its bundle, and beside it what follows in the terms of PROV-O:
by the alignment of our ontology, and of creators and publishers by that of Dublin Core (PROV-DC, W3C Note of 30 April
2013, section 3.1). A blank node is known by what is said of it alone, so nothing is added to that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rdflib import DCTERMS, PROV, RDF, Dataset, Graph, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import IdentifiedNode

from osaid_graph.graph.ontology import entail, narrower
from osaid_graph.lineage.condensation import knots
from osaid_graph.model import Term, Triple
from osaid_graph.vocab import OSAID
from osaid_graph.writers.material import Material
from osaid_graph.writers.turtle_text import in_order

_PROV = str(PROV._NS)
#: Who is responsible for an entity, in the terms of Dublin Core.
ATTRIBUTIONS = (DCTERMS.creator, DCTERMS.publisher)


@dataclass(slots=True)
class Bundles:
    """The statements of a release by who says them.

    Attributes:
        said: Bundle -> what its source says, in order.
        provenance: What is said of the bundles themselves.
        circles: Node -> the circle of derivation that it is in, by number. Nothing can be made before what it is made
            from, so PROV has no place for them (PROV-CONSTRAINTS, constraint 42).
    """

    said: dict[URIRef, list[Triple]] = field(default_factory=dict)
    provenance: list[Triple] = field(default_factory=list)
    circles: Mapping[Term, int] = field(default_factory=dict)

    def in_circle(self, subject: Term, value: Term) -> bool:
        """Tell whether a derivation is part of a circle."""
        return subject in self.circles and self.circles[subject] == self.circles.get(value)


def bundles(material: Material) -> Bundles:
    """Return the statements of a release by who says them, in an order that is the same on every run."""
    found = Bundles(circles=_circles(material.release.graph))
    for triple, name in _quads(material.release.dataset()):
        if name is None:
            found.provenance.append(triple)
        else:
            found.said.setdefault(name, []).append(triple)
    found.provenance += [(name, RDF.type, PROV.Bundle) for name in found.said]
    found.provenance = sorted(set(found.provenance), key=in_order)
    found.said = {name: sorted(found.said[name], key=in_order) for name in sorted(found.said)}
    return found


def in_prov(said: list[Triple], found: Bundles) -> list[Triple]:
    """Return the statements of a bundle with what follows from them in the terms of PROV-O, in order."""
    graph = Graph()
    for triple in said:
        graph.add(triple)
        subject, predicate, value = triple
        if predicate in ATTRIBUTIONS and isinstance(value, IdentifiedNode):
            graph.add((subject, PROV.wasAttributedTo, value))
    entail(graph)
    all_ = set(said)
    for subject, predicate, value in _terms(graph):
        if not isinstance(subject, URIRef):
            continue
        is_class = predicate == RDF.type and value.startswith(_PROV)
        circle = predicate == PROV.wasDerivedFrom and found.in_circle(subject, value)
        if is_class or (predicate.startswith(_PROV) and not circle):
            all_.add((subject, predicate, value))
    return sorted(all_, key=in_order)


def _quads(dataset: Dataset) -> Iterator[tuple[Triple, URIRef | None]]:
    for graph in dataset.graphs():
        name = graph.identifier
        named = name if isinstance(name, URIRef) and name != DATASET_DEFAULT_GRAPH_ID else None
        yield from ((triple, named) for triple in _terms(graph))


def _terms(graph: Graph) -> Iterator[Triple]:
    for subject, predicate, value in graph:
        if isinstance(subject, IdentifiedNode) and isinstance(predicate, URIRef) and isinstance(value, Term):
            yield subject, predicate, value


def _circles(graph: Graph) -> dict[Term, int]:
    plain = Graph()
    for predicate in (*narrower(OSAID.derivedFrom), OSAID.sourceOf, PROV.wasDerivedFrom, DCTERMS.isVersionOf):
        for triple in graph.triples((None, predicate, None)):
            plain.add(triple)
    entail(plain)
    successors: dict[IdentifiedNode, set[IdentifiedNode]] = {}
    for predicate in (PROV.wasDerivedFrom, DCTERMS.isVersionOf):
        for subject, value in plain.subject_objects(predicate):
            if isinstance(subject, IdentifiedNode) and isinstance(value, IdentifiedNode):
                successors.setdefault(subject, set()).add(value)
    return {node: number for number, knot in enumerate(knots(successors)) for node in knot}
