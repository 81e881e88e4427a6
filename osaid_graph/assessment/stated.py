"""What the documents state behind a property of a node: the values in question, and the statements they come from."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.graph.ontology import narrower
from osaid_graph.graph.release import Release
from osaid_graph.lineage.scope import Scope
from osaid_graph.model import Triple
from osaid_graph.vocab import OSAID


def values_of(
    graph: Graph, focus: IdentifiedNode, predicate: URIRef, role: URIRef | None = None, value: Node | None = None
) -> list[Node]:
    """Return the values of a property that a result concerns: its own ``value``, else all there are.

    For a code role they are the values in that role. What was derived from the terms stands for all terms stated.
    """
    if value is not None and (focus, predicate, value) in graph:
        return [value]
    values = sorted(graph.objects(focus, predicate), key=str)
    return [value for value in values if role is None or (value, OSAID.codeRole, role) in graph]


def asserted(release: Release, scope: Scope, focus: IdentifiedNode, predicate: URIRef, value: Node) -> Iterator[Triple]:
    """Yield the statements in the documents behind a value.

    They may be of a sub-property, and of a component of ``focus`` or the whole it is an element of.
    """
    properties = sorted(narrower(predicate))
    own = [(focus, prop, value) for prop in properties if (focus, prop, value) in release.graph]
    if own:
        yield from own  # type: ignore[misc]
        return
    for prop in properties:
        for subject in sorted(release.graph.subjects(prop, value), key=str):
            if isinstance(subject, IdentifiedNode) and subject in scope.arrivals:
                yield subject, prop, value  # type: ignore[misc]
