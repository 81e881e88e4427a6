"""Which nodes an assessment of a subject looks at, and the shortest path to each.

In scope are the subject's components; everything it was trained on and what that derives from; the models it derives
from, with their training data and code; and, for a model or parameters, the code and data information of the system
or model they are an element of, because those were used to derive them. One breadth-first walk with a visited set, so
cycles and self-loops in the lineage are harmless.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from rdflib import Graph
from rdflib.term import IdentifiedNode

from osaid_graph.lineage.edges import (
    Edge,
    derivations,
    handed_down,
    is_stage,
    is_subject,
    owners,
    upstream,
    wholes,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The nodes in scope of a subject.

    Attributes:
        subject: The node assessed.
        arrivals: For every node reached, the node before it on a shortest path and the edge (None for the subject).
        entries: The subject and every base model: what requirements on a release as a whole are asked of.
        contexts: Nodes passed through only to reach the elements released with the subject; not assessed.
        successors: All edges between nodes in scope.
    """

    subject: IdentifiedNode
    arrivals: dict[IdentifiedNode, tuple[IdentifiedNode, Edge] | None]
    entries: frozenset[IdentifiedNode]
    contexts: frozenset[IdentifiedNode]
    successors: dict[IdentifiedNode, tuple[Edge, ...]]

    @property
    def nodes(self) -> frozenset[IdentifiedNode]:
        """The nodes whose findings count."""
        return frozenset(self.arrivals) - self.contexts

    def trace(self, node: IdentifiedNode) -> list[tuple[Edge | None, IdentifiedNode]]:
        """Return a shortest path from the subject to ``node``, each node with the edge that led to it."""
        path: list[tuple[Edge | None, IdentifiedNode]] = []
        current: IdentifiedNode | None = node
        while current is not None:
            arrival = self.arrivals[current]
            path.append((arrival[1] if arrival else None, current))
            current = arrival[0] if arrival else None
        return path[::-1]


def scope(graph: Graph, subject: IdentifiedNode) -> Scope:
    """Return the scope of ``subject`` in a prepared graph."""
    arrivals: dict[IdentifiedNode, tuple[IdentifiedNode, Edge] | None] = {subject: None}
    entries, contexts, stages = {subject}, set[IdentifiedNode](), set[IdentifiedNode]()
    successors: dict[IdentifiedNode, tuple[Edge, ...]] = {}
    bases = set(derivations())
    waiting = deque([subject])
    while waiting:
        node = waiting.popleft()
        edges = list(handed_down(graph, node) if node in contexts else upstream(graph, node))
        if node in entries or node in contexts:
            edges.extend(edge for edge in wholes(graph, node) if edge.target not in arrivals)
        if node in stages:  # a base that is a stage of training: its parameters' data and code made it
            edges.extend(owners(graph, node))
        successors[node] = tuple(edges)
        for edge in edges:
            new = edge.target not in arrivals
            stage_of = edge.inverse and node in stages
            if new:
                arrivals[edge.target] = (node, edge)
                if edge.inverse and not stage_of:
                    contexts.add(edge.target)
            base = edge.predicate in bases and edge.target not in entries | stages
            if base and is_stage(graph, edge.target):
                stages.add(edge.target)
            entry = (base or stage_of) and edge.target not in entries and is_subject(graph, edge.target)
            if entry:
                entries.add(edge.target)
                contexts.discard(edge.target)
            if new or entry or (base and edge.target in stages):
                waiting.append(edge.target)
    return Scope(subject, arrivals, frozenset(entries), frozenset(contexts), successors)
