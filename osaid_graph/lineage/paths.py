"""How many ways lead from the subject to a node: what makes a shared upstream node weigh."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

from rdflib.term import IdentifiedNode

from osaid_graph.lineage.condensation import condensed
from osaid_graph.lineage.scope import Scope

Node = TypeVar("Node", bound=Hashable)


def path_counts(scope: Scope) -> dict[IdentifiedNode, int]:
    """Return, for every node in scope, the number of distinct paths from the subject; see :func:`ways_from`.

    Two paths differ by a node they pass: a fact that is stated from both ends, or follows from a more particular one,
    is no second edge between the same two.
    """
    successors = {node: {edge.target: None for edge in edges} for node, edges in scope.successors.items()}
    counts = ways_from(scope.subject, successors)
    return {node: counts[node] for node in scope.arrivals}


def ways_from(start: Node, successors: Mapping[Node, Collection[Node]]) -> dict[Node, int]:
    """Return, for every node of a graph, the number of distinct paths from ``start``.

    Edges inside a cycle are left out, so that the number is finite: what is counted are the ways into a cycle, for
    each of its nodes alike. Linear in the edges (dynamic programming in topological order).
    """
    graph = condensed({start: (), **successors})
    counts = [0] * len(graph.members)
    counts[graph.unit[start]] = 1
    for unit, ends in enumerate(graph.arcs):
        for end in ends:
            counts[end] += counts[unit]
    return {node: counts[unit] for node, unit in graph.unit.items()}
