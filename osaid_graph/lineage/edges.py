"""The edges that an assessment follows, from a node to what it consists of, was trained on and derives from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rdflib import RDF, Graph, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.graph.ontology import narrower
from osaid_graph.vocab import OSAID

#: What a release is made of, and so what its system, model and parameters share as discrete elements of it.
ELEMENTS = (
    OSAID.hasCode,
    OSAID.hasConfiguration,
    OSAID.hasDataInformation,
    OSAID.hasArchitecture,
    OSAID.hasDocument,
)
#: Classes the definition's requirements apply to as a whole.
SUBJECTS = (OSAID.AISystem, OSAID.Model, OSAID.Parameters)
#: Classes of what parameters were on the way, and the edges to these from the parameters.
STAGES = (OSAID.Checkpoint, OSAID.OptimizerState)
OWNERS = (OSAID.hasCheckpoint, OSAID.hasOptimizerState)


class Edge(NamedTuple):
    """One edge as it was asserted; ``inverse`` where it is followed from object to subject."""

    predicate: URIRef
    target: IdentifiedNode
    inverse: bool = False

    @property
    def via(self) -> str:
        """The edge as a SPARQL path: ``osaid:trainedOn`` or ``^osaid:hasParameters``."""
        name = self.predicate.rpartition("#")[2]
        return f"{'^' if self.inverse else ''}osaid:{name}"


@cache
def derivations() -> tuple[URIRef, ...]:
    """Return ``osaid:derivedFrom`` and its sub-properties, the specific ones first."""
    return (*sorted(narrower(OSAID.derivedFrom) - {OSAID.derivedFrom}), OSAID.derivedFrom)


@cache
def components() -> tuple[URIRef, ...]:
    """Return ``osaid:hasComponent`` and its sub-properties, the specific ones first."""
    return (*sorted(narrower(OSAID.hasComponent) - {OSAID.hasComponent}), OSAID.hasComponent)


def kinds(graph: Graph, node: IdentifiedNode) -> frozenset[IdentifiedNode]:
    """Return the classes of a node."""
    return frozenset(kind for kind in graph.objects(node, RDF.type) if isinstance(kind, IdentifiedNode))


def is_subject(graph: Graph, node: IdentifiedNode) -> bool:
    """Tell whether a node is a system, a model or parameters."""
    return not kinds(graph, node).isdisjoint(SUBJECTS)


def is_stage(graph: Graph, node: IdentifiedNode) -> bool:
    """Tell whether a node is a checkpoint or optimizer state."""
    return not kinds(graph, node).isdisjoint(STAGES)


def upstream(graph: Graph, node: IdentifiedNode) -> Iterator[Edge]:
    """Yield the edges from a node to what it consists of, was trained on and derives from.

    Data used only for validation or evaluation is not followed: it is outside the data requirements' scope. A dataset
    derived from a model (synthetic data) does not draw that model's own training into scope: the definition names the
    data used to train the system, not the generators of that data (``docs/decisions.md``).
    """
    seen: set[IdentifiedNode] = set()
    from_data = OSAID.Dataset in kinds(graph, node)
    for predicate in (*components(), OSAID.trainedOn, *derivations()):
        for target in sorted(graph.objects(node, predicate), key=str):
            if not isinstance(target, IdentifiedNode) or target in seen:
                continue
            if from_data and is_subject(graph, target):
                continue
            seen.add(target)
            yield Edge(predicate, target)


def wholes(graph: Graph, node: IdentifiedNode) -> Iterator[Edge]:
    """Yield the edges from a node to the systems and models it is a component of."""
    for predicate in components():
        for whole in sorted(graph.subjects(predicate, node), key=str):
            if isinstance(whole, IdentifiedNode):
                yield Edge(predicate, whole, inverse=True)


def handed_down(graph: Graph, whole: IdentifiedNode) -> Iterator[Edge]:
    """Yield the edges of a system or model that hold for its elements too.

    Its code, configurations and data information were released with them. The data it is said to be trained on, and
    the models it is said to derive from, are theirs where it has one model or one set of parameters; with several it
    is not said which of them is meant, and nothing is guessed.
    """
    predicates: tuple[URIRef, ...] = ELEMENTS
    trained = {part for predicate in components() for part in graph.objects(whole, predicate)}
    if sum(isinstance(part, IdentifiedNode) and is_subject(graph, part) for part in trained) == 1:
        predicates = (*ELEMENTS, OSAID.trainedOn, *derivations())
    for predicate in predicates:
        for target in sorted(graph.objects(whole, predicate), key=str):
            if isinstance(target, IdentifiedNode):
                yield Edge(predicate, target)


def owners(graph: Graph, state: IdentifiedNode) -> Iterator[Edge]:
    """Yield the edges from a checkpoint or optimizer state to the parameters it is a stage of."""
    for predicate in OWNERS:
        for owner in sorted(graph.subjects(predicate, state), key=str):
            if isinstance(owner, IdentifiedNode):
                yield Edge(predicate, owner, inverse=True)
