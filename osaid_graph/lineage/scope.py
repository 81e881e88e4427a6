"""Which nodes an assessment of a subject looks at, and the shortest path to each.

In scope are the subject's components; everything it was trained on and what that derives from; the models it derives
from, with their training data and code; and, for a model or parameters, the code and data information of the system
or model they are an element of, because those were used to derive them.

It is one breadth-first walk over *states*: a node, and what it is there as (:data:`Mode`), which says which of its
edges are followed and as what their targets are reached. A node may be reached as several; each state is followed once,
so cycles and self-loops in the lineage are harmless.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

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

#: What a node is in a scope as: the subject or a base, which is asked what a release as a whole is asked; a base that
#: is a stage of training; a part, or anything else that is assessed; or a whole that is passed through.
Mode = Literal["entry", "stage", "part", "context"]


class Step(NamedTuple):
    """An edge that is followed, and what its target is reached as."""

    edge: Edge
    mode: Mode


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
    """Return the scope of ``subject`` in a prepared graph.

    States are followed in the order in which they are reached. A whole is not passed through if it was reached, as
    whatever, in no more steps than the part: it is in scope by a way of its own.
    """
    arrivals: dict[IdentifiedNode, tuple[IdentifiedNode, Edge] | None] = {subject: None}
    depths = {subject: 0}
    states: dict[tuple[IdentifiedNode, Mode], int] = {(subject, "entry"): 0}
    successors: dict[IdentifiedNode, tuple[Edge, ...]] = {}
    waiting = deque(states)
    while waiting:
        state = waiting.popleft()
        node, depth = state[0], states[state]
        followed = [
            step
            for step in steps(graph, *state)
            if step.mode != "context" or depths.get(step.edge.target, depth + 1) > depth
        ]
        successors[node] = tuple(dict.fromkeys((*successors.get(node, ()), *(step.edge for step in followed))))
        for edge, mode in followed:
            target = edge.target
            if (target, mode) not in states:
                states[target, mode] = depth + 1
                waiting.append((target, mode))
            if target not in arrivals:
                arrivals[target] = (node, edge)
                depths[target] = depth + 1
    entries = frozenset(node for node, mode in states if mode == "entry")
    assessed = {node for node, mode in states if mode != "context"}
    return Scope(subject, arrivals, entries, frozenset(arrivals) - assessed, successors)


def steps(graph: Graph, node: IdentifiedNode, mode: Mode) -> Iterator[Step]:
    """Yield the edges that are followed from a node that was reached as ``mode``, in order."""
    for edge in handed_down(graph, node) if mode == "context" else upstream(graph, node):
        for reached in _reached_as(graph, edge):
            yield Step(edge, reached)
    if mode in ("entry", "context"):
        for edge in wholes(graph, node):
            yield Step(edge, "context")
    if mode == "stage":  # the parameters that it is a stage of were made with their data and code, and so was it
        for edge in owners(graph, node):
            yield Step(edge, "entry" if is_subject(graph, edge.target) else "part")


def _reached_as(graph: Graph, edge: Edge) -> Iterator[Mode]:
    """Yield what the target of an edge from product to source is reached as; a released stage is both."""
    base = edge.predicate in derivations()
    entry, stage = base and is_subject(graph, edge.target), base and is_stage(graph, edge.target)
    if entry:
        yield "entry"
    if stage:
        yield "stage"
    if not (entry or stage):
        yield "part"
