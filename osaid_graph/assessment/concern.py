"""What a requirement is about in a scope, and whether a description says that it does not apply."""

from __future__ import annotations

from rdflib import RDF, Graph
from rdflib.term import IdentifiedNode, Node

from osaid_graph.lineage.edges import SUBJECTS, kinds
from osaid_graph.lineage.scope import Scope
from osaid_graph.model import Requirement
from osaid_graph.vocab import OSAID


def concerned(graph: Graph, scope: Scope, requirement: Requirement) -> list[IdentifiedNode]:
    """Return the nodes in scope that a requirement is about."""
    found = []
    for node in scope.nodes:
        classes = kinds(graph, node)
        whole = OSAID.AISystem in requirement.applies_to and node in scope.entries
        part = not classes.isdisjoint(set(requirement.applies_to) - set(SUBJECTS)) or (
            OSAID.Parameters in requirement.applies_to and OSAID.Parameters in classes
        )
        if not (whole or part):
            continue
        if requirement.applies_when and not any(
            (node, OSAID.availability, code) in graph for code in requirement.applies_when
        ):
            continue
        found.append(node)
    return found


def waived(graph: Graph, node: IdentifiedNode, requirement: Requirement) -> bool:
    """Tell whether all that is said of a node is that a requirement does not apply to it."""
    values: list[Node] = list(graph.objects(node, requirement.answered_by))
    if requirement.role is not None:
        values = [value for value in values if (value, OSAID.codeRole, requirement.role) in graph]
    return bool(values) and all((value, RDF.type, OSAID.NotApplicable) in graph for value in values)


def idle(graph: Graph, scope: Scope, requirement: Requirement) -> bool:
    """Tell whether a requirement is about nothing in scope, or waived for all that it is about."""
    nodes = concerned(graph, scope, requirement)
    if requirement.applies_to and not nodes:
        return True
    return requirement.waivable and bool(nodes) and all(waived(graph, node, requirement) for node in nodes)
