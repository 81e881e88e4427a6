"""What is transitive, derived once for every node, so that rules look at one node and its neighbours only."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rdflib import RDF, Graph, Literal
from rdflib.term import IdentifiedNode

from osaid_graph.lineage.cycles import circular
from osaid_graph.lineage.edges import ELEMENTS, SUBJECTS, components, derivations, is_subject, wholes
from osaid_graph.vocab import OSAID

#: Class of a component -> the property that names it as such.
_COMPONENTS = {
    OSAID.Model: OSAID.hasModel,
    OSAID.Parameters: OSAID.hasParameters,
    OSAID.Architecture: OSAID.hasArchitecture,
    OSAID.Code: OSAID.hasCode,
    OSAID.Configuration: OSAID.hasConfiguration,
    OSAID.DataInformation: OSAID.hasDataInformation,
    OSAID.Checkpoint: OSAID.hasCheckpoint,
    OSAID.OptimizerState: OSAID.hasOptimizerState,
}


def complete(graph: Graph) -> None:
    """Add the derived statements that the rules rely on.

    - A component is what its class says: code that something merely ``osaid:hasComponent`` is code it has.
    - A model or parameters has the code, configurations and data information of the system or model it is an element
      of: "the requirements are the same, whether applied to a system, a model, weights and parameters".
    - A system, model or parameters has the code, configurations, data information and parameters of its components,
      is trained on what they are trained on, and derives from the models they derive from.
    - ``osaid:circular true`` for nodes whose derivation leads back to themselves.
    """
    for kind, predicate in _COMPONENTS.items():
        for part in list(graph.subjects(RDF.type, kind)):
            for whole in list(graph.subjects(OSAID.hasComponent, part)):
                graph.add((whole, predicate, part))
    typed = {node for kind in SUBJECTS for node in graph.subjects(RDF.type, kind)}
    subjects = sorted(node for node in typed if isinstance(node, IdentifiedNode))
    # Down before up: what a whole has from another of its parts is no element of this part.
    for subject in subjects:
        for whole in _closure(subject, lambda node: (edge.target for edge in wholes(graph, node))):
            for predicate in ELEMENTS:
                for value in list(graph.objects(whole, predicate)):
                    graph.add((subject, predicate, value))
    inherited = (*ELEMENTS, OSAID.hasParameters, OSAID.trainedOn)
    for subject in subjects:
        parts = _closure(subject, lambda node: _parts(graph, node))
        for part in parts:
            for predicate in inherited:
                for value in list(graph.objects(part, predicate)):
                    graph.add((subject, predicate, value))
            if is_subject(graph, part):
                for predicate in derivations():
                    for value in list(graph.objects(part, predicate)):
                        graph.add((subject, predicate, value))
    for node in circular(graph):
        graph.add((node, OSAID.circular, Literal(True)))


def _parts(graph: Graph, node: IdentifiedNode) -> Iterable[IdentifiedNode]:
    for predicate in components():
        for part in graph.objects(node, predicate):
            if isinstance(part, IdentifiedNode):
                yield part


def _closure(start: IdentifiedNode, step: Callable[[IdentifiedNode], Iterable[IdentifiedNode]]) -> list[IdentifiedNode]:
    found: dict[IdentifiedNode, None] = {}
    waiting = [start]
    while waiting:
        node = waiting.pop()
        for target in step(node):
            if target not in found and target != start:
                found[target] = None
                waiting.append(target)
    return list(found)
