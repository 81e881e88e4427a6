"""What a picture of a lineage shows: nodes with their gaps, the edges between them, and nothing of how it is drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from rdflib import Graph, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.graph.labels import label, name
from osaid_graph.lineage.edges import SUBJECTS, derivations, is_stage, kinds
from osaid_graph.lineage.scope import Scope
from osaid_graph.model import Assessment
from osaid_graph.vocab import OSAID, token

#: What a node is, as far as the eye needs to tell.
NodeKind = Literal["release", "data", "code", "document", "silence", "other"]
#: What an edge is, likewise: part of, learned from, chosen or measured with, made from.
EdgeKind = Literal["component", "training", "evaluation", "derivation"]


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its IRI or ``_:label``, the name it is shown by, and how many findings of either outcome are on it."""

    id: str
    label: str
    kind: NodeKind = "other"
    not_met: int = 0
    not_evidenced: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge, as it was asserted; ``label`` is its property (``trainedOn``, or ``^hasParameters`` for an inverse)."""

    source: str
    target: str
    label: str
    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn. The first node is the subject, if there is one; every edge joins two of the nodes."""

    title: str
    description: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    has_subject: bool = True


def lineage_picture(graph: Graph, scope: Scope, assessment: Assessment) -> Picture:
    """Return the picture of the scope of an assessment, the nodes in the order of the walk.

    Args:
        graph: The prepared graph (:func:`osaid_graph.assessment.assess.prepare`).
        scope: The scope of the subject of the assessment in it.
        assessment: Whose findings mark the nodes. Recommendations mark none: they are no gaps.
    """
    gaps = Counter((finding.focus, finding.outcome) for finding in assessment.findings)
    nodes = tuple(
        Node(
            id=name(node),
            label=shown(graph, node),
            kind=look_of(graph, node),
            not_met=gaps[name(node), "not-met"],
            not_evidenced=gaps[name(node), "not-evidenced"],
        )
        for node in scope.arrivals
    )
    edges = tuple(
        Edge(name(node), name(edge.target), edge.via.replace("osaid:", ""), edge_kind(edge.predicate))
        for node in scope.arrivals
        for edge in scope.successors.get(node, ())
    )
    return Picture(
        title=f"What {assessment.subject_label} was built from",
        description=(
            f"{len(nodes)} nodes in the lineage of {assessment.subject_label}, assessed against "
            f"{assessment.definition.title} on {assessment.date}, terms policy {assessment.policy}. "
            f"Nodes with findings that are not met: {sum(bool(node.not_met) for node in nodes)}; "
            f"not evidenced: {sum(bool(node.not_evidenced) for node in nodes)}."
        ),
        nodes=nodes,
        edges=edges,
    )


def shown(graph: Graph, node: IdentifiedNode) -> str:
    """Return what a node is called in a picture; of a statement that says nothing, what kind of saying nothing."""
    text = label(graph, node)
    return text.replace("NotDisclosed", "not disclosed", 1).replace("NotApplicable", "not applicable", 1)


def look_of(graph: Graph, node: IdentifiedNode) -> NodeKind:
    """Return what a node is as far as the eye needs to tell, by its classes."""
    classes = kinds(graph, node)
    if not classes.isdisjoint((OSAID.NotDisclosed, OSAID.NotApplicable)):
        return "silence"
    if not classes.isdisjoint(SUBJECTS) or is_stage(graph, node):
        return "release"
    if OSAID.Dataset in classes:
        return "data"
    if not classes.isdisjoint((OSAID.Code, OSAID.Configuration, OSAID.Architecture)):
        return "code"
    return "document" if OSAID.Document in classes else "other"


def edge_kind(predicate: URIRef) -> EdgeKind:
    """Return what an edge is as far as the eye needs to tell, by its property."""
    if predicate in derivations():
        return "derivation"
    return "training" if token(predicate) == "trainedOn" else "component"
