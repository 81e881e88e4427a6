"""The picture of a release, and the statements that it shows."""

from __future__ import annotations

from osaid_graph.graph.labels import name
from osaid_graph.lineage.scope import Scope
from osaid_graph.vocab import token
from osaid_graph.writers.material import Material
from osaid_graph.writers.network.edges import edges_of
from osaid_graph.writers.network.graph import nodes_of
from osaid_graph.writers.network.nodes import taken_kind, taken_label
from osaid_graph.writers.picture import Edge, Node, Picture, lineage_picture, look_of


def picture_of(material: Material) -> Picture:
    """Return the picture of the lineage of what was assessed, and enter what it shows as carried.

    Where nothing was assessed it is one of everything that is described, without marks.

    Raises:
        NothingToAssessError: There is no node.
    """
    if material.examination is None:
        return _of_everything(material)
    scope = material.examination.scope
    for node in scope.arrivals:
        taken_label(material, node)
        taken_kind(material, node)
    _carry_edges(material, scope)
    return lineage_picture(material.graph, scope, material.examination.assessment)


def _carry_edges(material: Material, scope: Scope) -> None:
    for node, edges in scope.successors.items():
        for edge in edges:
            source, target = (edge.target, node) if edge.inverse else (node, edge.target)
            material.carry(source, edge.predicate, target)


def _of_everything(material: Material) -> Picture:
    edges = list(edges_of(material))
    nodes = nodes_of(material, edges)
    drawn = []
    for node in nodes:
        taken_kind(material, node)
        drawn.append(Node(name(node), taken_label(material, node), look_of(material.graph, node)))
    for edge in edges:
        material.carry(edge.source, edge.predicate, edge.target)
    return Picture(
        title="What is described, and what it was built from",
        description=f"{len(nodes)} nodes and {len(edges)} edges. Nothing is assessed here.",
        nodes=tuple(drawn),
        edges=tuple(Edge(name(edge.source), name(edge.target), token(edge.predicate), edge.kind) for edge in edges),
        has_subject=False,
    )
