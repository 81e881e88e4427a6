"""What a requirement is about in a scope, and whether a description says that it does not apply."""

from __future__ import annotations

from rdflib import RDF, Graph
from rdflib.term import IdentifiedNode, Node

from osaid_graph.lineage.edges import SUBJECTS, kinds
from osaid_graph.lineage.scope import Scope
from osaid_graph.model import Requirement
from osaid_graph.vocab import OSAID


class Concern:
    """What each requirement is about in the scope of one subject.

    Args:
        graph: The completed graph, which must not change afterwards.
        scope: The scope of the subject.
    """

    def __init__(self, graph: Graph, scope: Scope) -> None:
        self._graph = graph
        self._entries = scope.entries
        self._classes = {node: kinds(graph, node) for node in scope.nodes}

    def nodes(self, requirement: Requirement) -> list[IdentifiedNode]:
        """Return the nodes in scope that a requirement is about."""
        applies_to = set(requirement.applies_to)
        parts = applies_to - set(SUBJECTS) | applies_to & {OSAID.Parameters}
        of_whole = OSAID.AISystem in applies_to
        return [
            node
            for node, classes in self._classes.items()
            if ((of_whole and node in self._entries) or not classes.isdisjoint(parts))
            and self._applies(node, requirement)
        ]

    def _applies(self, node: IdentifiedNode, requirement: Requirement) -> bool:
        ways = requirement.applies_when
        return not ways or any((node, OSAID.availability, way) in self._graph for way in ways)

    def idle(self, requirement: Requirement) -> bool:
        """Tell whether a requirement is about nothing in scope, or waived for all that it is about."""
        nodes = self.nodes(requirement)
        if requirement.applies_to and not nodes:
            return True
        return requirement.waivable and bool(nodes) and all(waived(self._graph, node, requirement) for node in nodes)


def waived(graph: Graph, node: IdentifiedNode, requirement: Requirement) -> bool:
    """Tell whether all that is said of a node is that a requirement does not apply to it."""
    values: list[Node] = list(graph.objects(node, requirement.answered_by))
    if requirement.role is not None:
        values = [value for value in values if (value, OSAID.codeRole, requirement.role) in graph]
    return bool(values) and all((value, RDF.type, OSAID.NotApplicable) in graph for value in values)
