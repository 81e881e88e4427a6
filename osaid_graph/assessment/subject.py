"""Which node is assessed: the one system, model or parameters that is part and base of no other, unless told."""

from __future__ import annotations

from rdflib import RDF, Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.errors import InputError, NothingToAssessError, UsageError
from osaid_graph.graph.labels import blank, name
from osaid_graph.identity import resolve
from osaid_graph.lineage.edges import Edge, components, derivations, is_subject, upstream
from osaid_graph.vocab import OSAID

_KINDS = {"system": OSAID.AISystem, "model": OSAID.Model, "parameters": OSAID.Parameters}


def choose(graph: Graph, asked: str | None) -> IdentifiedNode:
    """Return the subject of the assessment.

    Args:
        graph: The prepared graph.
        asked: ``system``, ``model``, ``parameters``, an IRI, a Hub id, ``_:label`` of a node without an IRI, or None
            for the outermost of the graph.

    Raises:
        NothingToAssessError: The graph has no system, model or parameters.
        UsageError: What was asked for is not there, or several nodes could be meant; they are listed.
    """
    if asked is None:
        return _only(_of_the_first_kind(graph), "system, model or parameters")
    if asked in _KINDS:
        found = [node for node in _parts(graph, _free(graph)) if (node, RDF.type, _KINDS[asked]) in graph]
        if not found:
            raise UsageError(f"no {asked} of this release is described", _listing(_all(graph)))
        return _only(_without_parts_of_others(graph, found), asked)
    try:
        node = blank(asked) or URIRef(resolve(asked, "models"))
    except InputError as error:
        raise UsageError(error.message, error.hint) from None
    if is_subject(graph, node):
        return node
    raise UsageError(f"{asked!r} is no system, model or parameters of this release", _listing(_all(graph)))


def outermost(graph: Graph) -> list[IdentifiedNode]:
    """Return every system, model and parameters that no other consists of or derives from; in a circle, all of them.

    Raises:
        NothingToAssessError: The graph has no system, model or parameters.
    """
    return _free(graph)


def kind_of(graph: Graph, node: IdentifiedNode) -> str:
    """Return ``system``, ``model`` or ``parameters``."""
    return next(word for word, kind in _KINDS.items() if (node, RDF.type, kind) in graph)


def _all(graph: Graph) -> list[IdentifiedNode]:
    return sorted(
        {n for kind in _KINDS.values() for n in graph.subjects(RDF.type, kind) if isinstance(n, IdentifiedNode)}
    )


def _of_the_first_kind(graph: Graph) -> list[IdentifiedNode]:
    """Return the outermost nodes of the first kind present: systems, else models, else parameters.

    Raises:
        NothingToAssessError: The graph has no system, model or parameters, or only such as made data.
    """
    free = _free(graph)
    for kind in _KINDS.values():
        found = [node for node in free if (node, RDF.type, kind) in graph]
        if found:
            return found
    return free


def _free(graph: Graph) -> list[IdentifiedNode]:
    """Return the nodes that no other subject consists of or derives from; in a circle, all of them."""
    everything = _all(graph)
    if not everything:
        raise NothingToAssessError(
            "nothing to assess: no AI system, model or parameters is described",
            "start a description of one with osaid-graph init; data/releases/ has examples",
        )
    used: set[Node] = {edge.target for node in everything for edge in _to_others(graph, node)}
    for predicate in derivations():  # what data or a model was derived from is never the subject itself
        used.update(target for source, target in graph.subject_objects(predicate) if source != target)
    free = [node for node in everything if node not in used]
    if not free and not any(_to_others(graph, node) for node in everything):  # no circle: models that made data
        raise NothingToAssessError(
            "nothing to assess: datasets alone, and the models that they were made with",
            "name the description of a model that was trained on them as a further input, or one of the models "
            "with --subject",
        )
    return free or everything


def _parts(graph: Graph, nodes: list[IdentifiedNode]) -> list[IdentifiedNode]:
    """Return the subjects among nodes and what they consist of, which leaves out the bases they derive from."""
    found: dict[IdentifiedNode, None] = dict.fromkeys(nodes)
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        for predicate in components():
            for part in graph.objects(node, predicate):
                if isinstance(part, IdentifiedNode) and part not in found and is_subject(graph, part):
                    found[part] = None
                    waiting.append(part)
    return sorted(found)


def _without_parts_of_others(graph: Graph, nodes: list[IdentifiedNode]) -> list[IdentifiedNode]:
    used = {edge.target for node in nodes for edge in _to_others(graph, node)}
    return sorted(node for node in nodes if node not in used) or sorted(nodes)


def _to_others(graph: Graph, node: IdentifiedNode) -> list[Edge]:
    return [edge for edge in upstream(graph, node) if edge.target != node]


def _only(nodes: list[IdentifiedNode], what: str) -> IdentifiedNode:
    if len(nodes) > 1:
        raise UsageError(f"{len(nodes)} nodes could be the {what} to assess", _listing(nodes))
    return nodes[0]


def _listing(nodes: list[IdentifiedNode]) -> str:
    shown = ", ".join(name(node) for node in nodes[:8])
    more = f" and {len(nodes) - 8} more" if len(nodes) > 8 else ""
    return f"choose one with --subject: {shown}{more}"
