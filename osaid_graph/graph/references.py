"""Nodes that are referred to: those described nowhere are marked unresolved, their edges kept."""

from __future__ import annotations

from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.graph.ontology import narrower
from osaid_graph.identity import short
from osaid_graph.vocab import OSAID

_DATA_USE = (OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn)
_DATA_DERIVATIONS = (OSAID.filteredFrom, OSAID.subsetOf)
_TRAINED = (OSAID.AISystem, OSAID.Model, OSAID.Parameters, OSAID.Checkpoint)


def resolve_references(graph: Graph) -> None:
    """Give a class to every node that lineage edges point at and that has none.

    A node of which nothing is said becomes an ``osaid:UnresolvedReference``. A node that is described but not typed
    becomes what its only edge allows: a dataset behind ``trainedOn``, and whatever the derived thing is behind
    ``derivedFrom``. A node that has a class keeps it, right or wrong: that is for the rules to say.
    """
    waiting = [
        (s, p, o) for p in (*_DATA_USE, *sorted(narrower(OSAID.derivedFrom))) for s, o in graph.subject_objects(p)
    ]
    settled = -1
    while settled != len(graph):  # a node that has just got its class may decide what it derives from
        settled = len(graph)
        for subject, predicate, target in waiting:
            if not isinstance(target, IdentifiedNode) or (target, RDF.type, None) in graph:
                continue
            if (target, None, None) not in graph:
                graph.add((target, RDF.type, OSAID.UnresolvedReference))
                graph.add((target, RDFS.label, Literal(short(str(target)))))
                continue
            kind = _kind(graph, subject, predicate)
            if kind is not None:
                graph.add((target, RDF.type, kind))


def _kind(graph: Graph, subject: object, predicate: URIRef) -> URIRef | None:
    if predicate in _DATA_USE or predicate in _DATA_DERIVATIONS:
        return OSAID.Dataset
    if not isinstance(subject, IdentifiedNode):
        return None
    kinds = set(graph.objects(subject, RDF.type))
    if OSAID.Dataset in kinds:
        return OSAID.Dataset
    return OSAID.Model if kinds.intersection(_TRAINED) else None
