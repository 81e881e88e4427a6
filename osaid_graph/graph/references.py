"""Nodes that are referred to: those described nowhere are marked unresolved, their edges kept."""

from __future__ import annotations

from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.graph.ontology import narrower
from osaid_graph.identity import short
from osaid_graph.vocab import OSAID

#: Edges behind which there are datasets, whatever they start from.
DATA_USE = (OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn)
DATA_DERIVATIONS = (OSAID.filteredFrom, OSAID.subsetOf)
#: What derives from models.
TRAINED = (OSAID.AISystem, OSAID.Model, OSAID.Parameters, OSAID.Checkpoint)
#: What a component is, by the edge that leads to it.
COMPONENTS = {
    OSAID.hasModel: OSAID.Model,
    OSAID.hasParameters: OSAID.Parameters,
    OSAID.hasArchitecture: OSAID.Architecture,
    OSAID.hasCode: OSAID.Code,
    OSAID.hasConfiguration: OSAID.Configuration,
    OSAID.hasDataInformation: OSAID.DataInformation,
    OSAID.hasDocument: OSAID.Document,
    OSAID.hasCheckpoint: OSAID.Checkpoint,
    OSAID.hasOptimizerState: OSAID.OptimizerState,
}
#: Edges told from the other end: they refer to a node and describe nothing.
INVERSES = frozenset(
    (OSAID.isComponentOf, OSAID.sourceOf, OSAID.usedToTrain, OSAID.usedToValidate, OSAID.usedToEvaluate)
)


def resolve_references(graph: Graph) -> None:
    """Give a class to every node that component and lineage edges point at and that has none of the ontology.

    A component becomes what its edge says, so that leaving a class out never takes a node away from its rules; an
    empty blank node says nothing and stays nothing. Behind a lineage edge, a node of which nothing is said in the
    ontology's terms becomes an ``osaid:UnresolvedReference``; one that is described but not typed becomes what its
    edges allow: a dataset behind ``trainedOn``, else a model where a model derives from it, else a dataset where a
    dataset does. Classes are given in rounds, each to all nodes whose edges allow one by what the round before gave,
    so that the order of statements makes no difference. A node that has a class keeps it, right or wrong: that is for
    the rules to say.
    """
    for predicate, kind in COMPONENTS.items():
        for component in list(graph.objects(None, predicate)):
            silent = isinstance(component, BNode) and (component, None, None) not in graph
            if isinstance(component, IdentifiedNode) and not silent and not _has_class(graph, component):
                graph.add((component, RDF.type, kind))
    waiting = [
        (s, p, o)
        for p in (*DATA_USE, *sorted(narrower(OSAID.derivedFrom)))
        for s, o in graph.subject_objects(p)
        if isinstance(o, IdentifiedNode) and not _has_class(graph, o)
    ]
    for target in {target for _, _, target in waiting if not _is_described(graph, target)}:
        graph.add((target, RDF.type, OSAID.UnresolvedReference))
        graph.add((target, RDFS.label, Literal(short(str(target)))))
    settled = -1
    while settled != len(graph):  # a node that has just got its class may decide what it derives from
        settled = len(graph)
        allowed: dict[IdentifiedNode, set[tuple[int, URIRef]]] = {}
        for subject, predicate, target in waiting:
            if not _has_class(graph, target) and (found := _allowed(graph, subject, predicate)):
                allowed.setdefault(target, set()).add(found)
        for target, ranked in allowed.items():
            graph.add((target, RDF.type, min(ranked)[1]))


def _has_class(graph: Graph, node: IdentifiedNode) -> bool:
    return any(kind in OSAID for kind in graph.objects(node, RDF.type) if isinstance(kind, URIRef))


def _is_described(graph: Graph, node: IdentifiedNode) -> bool:
    predicates = (p for p in graph.predicates(node) if isinstance(p, URIRef))
    return any(predicate in OSAID and predicate not in INVERSES for predicate in predicates)


def _allowed(graph: Graph, subject: Node, predicate: URIRef) -> tuple[int, URIRef] | None:
    """Return the class that an edge allows its target, if any, with its rank: the lowest of all edges counts."""
    if predicate in DATA_USE or predicate in DATA_DERIVATIONS:
        return 0, OSAID.Dataset
    kinds = set(graph.objects(subject, RDF.type))
    if OSAID.Dataset in kinds:
        return 2, OSAID.Dataset
    return (1, OSAID.Model) if kinds.intersection(TRAINED) else None
