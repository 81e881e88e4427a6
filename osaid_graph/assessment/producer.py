"""Who released what is assessed, to hold against who judges it."""

from __future__ import annotations

from rdflib import DCTERMS, RDF, URIRef
from rdflib.namespace import FOAF
from rdflib.term import IdentifiedNode, Node

from osaid_graph.graph.labels import label
from osaid_graph.graph.release import Release
from osaid_graph.vocab import OSAID


def producers(release: Release, subject: str) -> tuple[str, ...]:
    """Return the names of the publishers stated of a subject or of the system or model it is part of, sorted."""
    graph = release.graph
    wholes: list[Node] = [URIRef(subject)]
    for node in wholes:
        for whole in graph.subjects(None, node):
            kinds = {OSAID.AISystem, OSAID.Model} & set(graph.objects(whole, RDF.type))
            edges = {OSAID.hasModel, OSAID.hasParameters, OSAID.hasComponent} & set(graph.predicates(whole, node))
            if kinds and edges and whole not in wholes:
                wholes.append(whole)
    found: set[str] = set()
    for agent in {agent for node in wholes for agent in graph.objects(node, DCTERMS.publisher)}:
        names = {str(name) for name in graph.objects(agent, FOAF.name)}
        found |= names or {label(graph, agent) if isinstance(agent, IdentifiedNode) else str(agent)}
    return tuple(sorted(found))
