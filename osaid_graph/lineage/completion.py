"""What is transitive, derived once for every node, so that rules look at one node and its neighbours only."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.graph.references import COMPONENTS
from osaid_graph.lineage.circles import circular
from osaid_graph.lineage.edges import ELEMENTS, SUBJECTS, components, derivations, handed_down, is_subject, wholes
from osaid_graph.vocab import OSAID

Statement = tuple[IdentifiedNode, URIRef, Node]


def complete(graph: Graph) -> None:
    """Add the derived statements that the rules rely on.

    - A component is what its class says: code that something merely ``osaid:hasComponent`` is code it has.
    - A system, model or parameters has the code, configurations, data information and parameters of its components,
      is trained on what they are trained on, and derives from the models they derive from.
    - A model or parameters has the code, configurations and data information of the system or model it is an element
      of: "the requirements are the same, whether applied to a system, a model, weights and parameters". It is trained
      on the data stated for the whole where it is the only thing in it that can have been.
    - ``osaid:circular true`` for nodes whose derivation leads back to themselves.

    All of it follows from what was there before: nothing that a node gets here is handed on to another, so that two
    releases that share parameters do not lend each other their code.
    """
    for predicate, kind in COMPONENTS.items():
        for part in list(graph.subjects(RDF.type, kind)):
            for whole in list(graph.subjects(OSAID.hasComponent, part)):
                graph.add((whole, predicate, part))
    typed = {node for kind in SUBJECTS for node in graph.subjects(RDF.type, kind)}
    subjects = sorted(node for node in typed if isinstance(node, IdentifiedNode))
    derived: list[Statement] = []
    for subject in subjects:
        derived.extend(_from_parts(graph, subject))
        derived.extend(_from_wholes(graph, subject))
    for statement in derived:
        graph.add(statement)
    for node in circular(graph):
        graph.add((node, OSAID.circular, Literal(True)))


def _from_parts(graph: Graph, subject: IdentifiedNode) -> Iterable[Statement]:
    for part in _closure(subject, lambda node: _parts(graph, node)):
        carried = (*ELEMENTS, OSAID.hasParameters, OSAID.trainedOn)
        for predicate in (*carried, *derivations()) if is_subject(graph, part) else carried:
            for value in graph.objects(part, predicate):
                yield subject, predicate, value


def _from_wholes(graph: Graph, subject: IdentifiedNode) -> Iterable[Statement]:
    for whole in _closure(subject, lambda node: (edge.target for edge in wholes(graph, node))):
        for edge in handed_down(graph, whole):
            yield subject, edge.predicate, edge.target
            if edge.predicate == OSAID.hasCode:
                for settings in graph.objects(edge.target, OSAID.hasConfiguration):
                    yield subject, OSAID.hasConfiguration, settings


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
