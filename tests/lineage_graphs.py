"""Small lineage graphs for tests: written in Turtle, or drawn from numbers."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st
from rdflib import RDF, Graph, URIRef

from osaid_graph.graph.ontology import entail
from osaid_graph.graph.references import resolve_references
from osaid_graph.lineage.scope import Scope, scope
from osaid_graph.vocab import OSAID

EX = "https://example.org/"
#: Classes and edges that a scope tells apart.
CLASSES = (
    OSAID.AISystem,
    OSAID.Model,
    OSAID.Parameters,
    OSAID.Checkpoint,
    OSAID.OptimizerState,
    OSAID.Dataset,
    OSAID.Code,
)
EDGES = (
    OSAID.hasComponent,
    OSAID.hasModel,
    OSAID.hasParameters,
    OSAID.hasCheckpoint,
    OSAID.hasOptimizerState,
    OSAID.hasCode,
    OSAID.trainedOn,
    OSAID.fineTunedFrom,
    OSAID.mergedFrom,
    OSAID.derivedFrom,
    OSAID.filteredFrom,
)
Arcs = frozenset[tuple[int, int]]


def described(text: str) -> Graph:
    """Return a prepared graph; the prefix is ``ex:`` and terms of the ontology need none."""
    graph = Graph().parse(data=f"@prefix ex: <{EX}> . @prefix : <{OSAID}> .\n{text}", format="turtle")
    entail(graph)
    resolve_references(graph)
    entail(graph)
    return graph


def names(nodes: Iterable[object]) -> set[str]:
    """Return nodes by the last part of their IRI."""
    return {str(node).removeprefix(EX) for node in nodes}


def scope_of(graph: Graph, name: str) -> Scope:
    """Return the scope of ``ex:<name>``."""
    return scope(graph, URIRef(EX + name))


def node(number: int) -> URIRef:
    """Return the node a number stands for."""
    return URIRef(f"{EX}{number:03}")


def drawn(size: int, arcs: Arcs) -> Graph:
    """Return a lineage graph: parameters 0, trained on what 0 points to; the other nodes are data, each derived."""
    graph = Graph()
    graph.add((node(0), RDF.type, OSAID.Parameters))
    for number in range(1, size):
        graph.add((node(number), RDF.type, OSAID.Dataset))
    for start, end in arcs:
        graph.add((node(start), OSAID.derivedFrom if start else OSAID.trainedOn, node(end)))
    return graph


@st.composite
def acyclic(draw: st.DrawFn, size: int = 8) -> Arcs:
    """Draw a directed acyclic graph on ``range(size)``."""
    possible = [(start, end) for end in range(size) for start in range(end)]
    return frozenset(draw(st.sets(st.sampled_from(possible))))


@st.composite
def directed(draw: st.DrawFn, size: int = 8) -> Arcs:
    """Draw a directed graph on ``range(size)`` in which nothing points at 0; there may be circles and self-loops."""
    possible = [(start, end) for end in range(1, size) for start in range(size)]
    return frozenset(draw(st.sets(st.sampled_from(possible), max_size=2 * size)))


@st.composite
def related(draw: st.DrawFn, size: int = 8) -> Graph:
    """Draw a prepared graph of nodes of any class, related in any way: parts, wholes, bases, stages and circles."""
    graph, numbers = Graph(), st.integers(0, size - 1)
    for number in range(size):
        for kind in draw(st.sets(st.sampled_from(CLASSES), min_size=1, max_size=2)):
            graph.add((node(number), RDF.type, kind))
    for start, edge, end in draw(st.sets(st.tuples(numbers, st.sampled_from(EDGES), numbers), max_size=3 * size)):
        graph.add((node(start), edge, node(end)))
    entail(graph)
    return graph
