"""Nodes that are referred to: those described nowhere are marked unresolved, their edges kept."""

from __future__ import annotations

from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.graph.ontology import narrower
from osaid_graph.identity import short
from osaid_graph.vocab import OSAID

_DATA_USE = (OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn)
_DATA_DERIVATIONS = (OSAID.filteredFrom, OSAID.subsetOf)
_TRAINED = (OSAID.AISystem, OSAID.Model, OSAID.Parameters, OSAID.Checkpoint)
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
_INVERSES = frozenset(
    (OSAID.isComponentOf, OSAID.sourceOf, OSAID.usedToTrain, OSAID.usedToValidate, OSAID.usedToEvaluate)
)


def resolve_references(graph: Graph) -> None:
    """Give a class to every node that component and lineage edges point at and that has none of the ontology.

    A component becomes what its edge says, so that leaving a class out never takes a node away from its rules; an
    empty blank node says nothing and stays nothing. Behind
    a lineage edge, a node of which nothing is said in the ontology's terms becomes an ``osaid:UnresolvedReference``;
    one that is described but not typed becomes what its only edge allows: a dataset behind ``trainedOn``, and whatever
    the derived thing is behind ``derivedFrom``. A node that has a class keeps it, right or wrong: that is for the
    rules to say.
    """
    for predicate, kind in COMPONENTS.items():
        for component in list(graph.objects(None, predicate)):
            silent = isinstance(component, BNode) and (component, None, None) not in graph
            if isinstance(component, IdentifiedNode) and not silent and not _has_class(graph, component):
                graph.add((component, RDF.type, kind))
    waiting = [
        (s, p, o) for p in (*_DATA_USE, *sorted(narrower(OSAID.derivedFrom))) for s, o in graph.subject_objects(p)
    ]
    settled = -1
    while settled != len(graph):  # a node that has just got its class may decide what it derives from
        settled = len(graph)
        for subject, predicate, target in waiting:
            if not isinstance(target, IdentifiedNode) or _has_class(graph, target):
                continue
            if not _is_described(graph, target):
                graph.add((target, RDF.type, OSAID.UnresolvedReference))
                graph.add((target, RDFS.label, Literal(short(str(target)))))
                continue
            kind_of = _kind(graph, subject, predicate)
            if kind_of is not None:
                graph.add((target, RDF.type, kind_of))


def _has_class(graph: Graph, node: IdentifiedNode) -> bool:
    return any(kind in OSAID for kind in graph.objects(node, RDF.type) if isinstance(kind, URIRef))


def _is_described(graph: Graph, node: IdentifiedNode) -> bool:
    predicates = (p for p in graph.predicates(node) if isinstance(p, URIRef))
    return any(predicate in OSAID and predicate not in _INVERSES for predicate in predicates)


def _kind(graph: Graph, subject: object, predicate: URIRef) -> URIRef | None:
    if predicate in _DATA_USE or predicate in _DATA_DERIVATIONS:
        return OSAID.Dataset
    if not isinstance(subject, IdentifiedNode):
        return None
    kinds = set(graph.objects(subject, RDF.type))
    if OSAID.Dataset in kinds:
        return OSAID.Dataset
    return OSAID.Model if kinds.intersection(_TRAINED) else None
