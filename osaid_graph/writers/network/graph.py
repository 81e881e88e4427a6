"""A lineage as a networkx graph, from which every format of this folder is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rdflib.term import BNode, IdentifiedNode

from osaid_graph.errors import NothingToAssessError
from osaid_graph.graph.labels import name
from osaid_graph.lineage.edges import SUBJECTS
from osaid_graph.vocab import OSAID, token
from osaid_graph.writers.material import Material
from osaid_graph.writers.network.edges import NetworkEdge, edges_of
from osaid_graph.writers.network.nodes import STATED, attributes_of

if TYPE_CHECKING:
    import networkx as nx

#: The attributes that every edge has.
EDGE_ATTRIBUTES = ("property", "kind")


def network(material: Material, stated: Sequence[str] = tuple(STATED)) -> nx.MultiDiGraph:
    """Return the lineage and composition of a release as a directed multigraph, and enter what it says as carried.

    Nodes are the IRIs, or ``_:label``, of everything with an edge, and of systems, models, parameters and datasets
    that have none; their attributes are those of :data:`~osaid_graph.writers.network.nodes.ATTRIBUTES`. An edge leads
    from what was made to what it was made from; its key is the name of its property, its attributes ``property`` and
    ``kind``. The graph itself says what was assessed, where something was.

    Args:
        material: The release.
        stated: The attributes of nodes that the format has room for, beside name, kind and counts of findings.

    Raises:
        NothingToAssessError: There is no such node.
    """
    import networkx as nx

    edges = list(edges_of(material))
    nodes = nodes_of(material, edges)
    graph: nx.MultiDiGraph = nx.MultiDiGraph(**_assessed(material))
    for node, attributes in zip(nodes, attributes_of(material, nodes, stated), strict=True):
        graph.add_node(name(node), **attributes)
    for edge in sorted(edges, key=lambda edge: (name(edge.source), name(edge.target))):
        material.carry(edge.source, edge.predicate, edge.target)
        key = token(edge.predicate)
        graph.add_edge(name(edge.source), name(edge.target), key, property=edge.prefixed, kind=edge.kind)
    return graph


def nodes_of(material: Material, edges: Sequence[NetworkEdge]) -> list[IdentifiedNode]:
    """Return the nodes of a network with these edges, the subject first, blank nodes last.

    Raises:
        NothingToAssessError: There is none.
    """
    found = {node for edge in edges for node in (edge.source, edge.target)}
    found.update(material.nodes(*SUBJECTS, OSAID.Dataset))
    if not found:
        raise NothingToAssessError(
            "nothing to export: no AI system, model, parameters or dataset is described",
            "start a description of one with osaid-graph init; data/releases/ has examples",
        )
    return sorted(found, key=lambda node: (node != material.subject, isinstance(node, BNode), str(node)))


def _assessed(material: Material) -> dict[str, str]:
    """Return what the counts of findings are of."""
    if material.examination is None:
        return {}
    assessment = material.examination.assessment
    return {
        "subject": assessment.subject,
        "definition": assessment.definition.title,
        "policy": assessment.policy,
        "date": assessment.date,
    }
