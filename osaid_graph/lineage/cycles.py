"""Circles in the lineage. They are real (iterated training, versions that share a name): reported, never refused."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from rdflib import Graph
from rdflib.term import IdentifiedNode

from osaid_graph.lineage.edges import derivations

Node = TypeVar("Node", bound=Hashable)


def circular(graph: Graph) -> frozenset[IdentifiedNode]:
    """Return the nodes whose derivation leads back to themselves."""
    successors: dict[IdentifiedNode, set[IdentifiedNode]] = {}
    for predicate in derivations():
        for subject, target in graph.subject_objects(predicate):
            if isinstance(subject, IdentifiedNode) and isinstance(target, IdentifiedNode):
                successors.setdefault(subject, set()).add(target)
    return frozenset(node for component in knots(successors) for node in component)


def knots(successors: Mapping[Node, Iterable[Node]]) -> list[frozenset[Node]]:
    """Return the strongly connected components that hold a cycle (self-loops included).

    Nodes that cannot be on a cycle are peeled off first, which for real lineage leaves nothing; only what remains is
    handed to networkx (Tarjan's algorithm).
    """
    remaining = _peeled(successors)
    if not remaining:
        return []
    import networkx as nx

    rest = nx.DiGraph()
    rest.add_edges_from((node, target) for node in remaining for target in successors[node] if target in remaining)
    components = (frozenset(component) for component in nx.strongly_connected_components(rest))
    return [c for c in components if len(c) > 1 or any(node in successors[node] for node in c)]


def _peeled(successors: Mapping[Node, Iterable[Node]]) -> set[Node]:
    """Return the nodes left when nodes without successors are removed again and again (Kahn 1962)."""
    remaining = dict.fromkeys(successors, 0)
    predecessors: dict[Node, list[Node]] = {}
    for node, targets in successors.items():
        for target in set(targets):
            if target in remaining:
                remaining[node] += 1
                predecessors.setdefault(target, []).append(node)
    free = [node for node, degree in remaining.items() if degree == 0]
    while free:
        node = free.pop()
        del remaining[node]
        for previous in predecessors.get(node, ()):
            remaining[previous] -= 1
            if remaining[previous] == 0:
                free.append(previous)
    return set(remaining)
