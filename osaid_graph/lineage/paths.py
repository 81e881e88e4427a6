"""How many ways lead from the subject to a node: what makes a shared upstream node weigh."""

from __future__ import annotations

from graphlib import TopologicalSorter

from rdflib.term import IdentifiedNode

from osaid_graph.lineage.cycles import knots
from osaid_graph.lineage.scope import Scope


def path_counts(scope: Scope) -> dict[IdentifiedNode, int]:
    """Return, for every node in scope, the number of distinct paths from the subject.

    Edges inside a cycle are left out, so that the number is finite: what is counted are the ways into a cycle, for
    each of its nodes alike. Linear in the edges (dynamic programming in topological order).
    """
    successors = {node: [edge.target for edge in edges] for node, edges in scope.successors.items()}
    group: dict[IdentifiedNode, frozenset[IdentifiedNode]] = {}
    for knot in knots(successors):
        for node in knot:
            group[node] = knot
    whole = {node: group.get(node, frozenset((node,))) for node in scope.arrivals}
    sorter: TopologicalSorter[frozenset[IdentifiedNode]] = TopologicalSorter(dict.fromkeys(whole.values(), ()))
    arcs: list[tuple[frozenset[IdentifiedNode], frozenset[IdentifiedNode]]] = []
    for node, targets in successors.items():
        for target in targets:
            if whole[node] != whole[target]:
                arcs.append((whole[node], whole[target]))
                sorter.add(whole[target], whole[node])
    outgoing: dict[frozenset[IdentifiedNode], list[frozenset[IdentifiedNode]]] = {}
    for start, end in arcs:
        outgoing.setdefault(start, []).append(end)
    counts = dict.fromkeys(whole.values(), 0)
    counts[whole[scope.subject]] = 1
    for unit in sorter.static_order():
        for end in outgoing.get(unit, ()):
            counts[end] += counts[unit]
    return {node: counts[unit] for node, unit in whole.items()}
