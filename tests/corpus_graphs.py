"""The graphs of an assessment from both sides: made node by node with rdflib, and set by set in an engine."""

from __future__ import annotations

from dataclasses import dataclass

from columns import Statement, plain, said_of, statements_of
from rdflib import RDF, BNode, Graph, URIRef
from rdflib.term import Node

from osaid_graph.assessment.assess import prepare
from osaid_graph.corpus.relevant import Relevant, relevant
from osaid_graph.corpus.whole import make_graphs
from osaid_graph.engines import Engine
from osaid_graph.graph.conclusions import conclude
from osaid_graph.graph.ontology import broader_classes
from osaid_graph.graph.release import Release
from osaid_graph.lineage.completion import complete
from osaid_graph.terms import DEFAULT_POLICY, policy
from osaid_graph.validation.definition import rulebook


@dataclass(frozen=True)
class Both:
    """The statements of the two graphs."""

    facts: set[Statement]
    whole: set[Statement]


def by_reference(graph: Graph, terms: str = DEFAULT_POLICY) -> Both:
    """Return what a check makes of a graph."""
    release = Release()
    release.graph = graph
    prepared = prepare(release)
    facts = plain(prepared)
    conclude(prepared, policy(terms))
    complete(prepared)
    return Both(facts, plain(prepared))


def by_engine(engine: Engine, graph: Graph, asked: Relevant, terms: str = DEFAULT_POLICY) -> Both:
    """Return what the columnar assessment makes of a graph."""
    said_of(engine, graph)
    make_graphs(engine, asked, policy(terms))
    ids = [row[0] for row in engine.rows("SELECT id FROM whole_terms")]
    assert len(ids) == len(set(ids))
    return Both(statements_of(engine, "facts", "whole_terms"), statements_of(engine, "whole", "whole_terms"))


def everything() -> Relevant:
    """Return every property and class as relevant, as where a shape is closed."""
    usual = relevant(rulebook())
    following = {kind for broader in broader_classes().values() for kind in broader}
    return Relevant(usual.properties, usual.classes | following, everything=True)


def kept(statements: set[Statement], asked: Relevant, stated: Graph) -> set[Statement]:
    """Return the statements that are relevant; classes that are stated are kept, whatever they are."""
    if asked.everything:
        return statements
    said = plain(stated)
    return {
        (s, p, o)
        for s, p, o in statements
        if p in asked.properties and (p != RDF.type or o in asked.classes or (s, p, o) in said)
    }


def apart(graph: Graph, mark: str) -> Graph:
    """Return a graph whose nodes have names of their own, so that it can stand in one graph with others.

    Nodes of which nothing is said keep theirs: addresses of licences, and concepts.
    """
    own = set(graph.subjects())

    def renamed(node: Node) -> Node:
        if isinstance(node, BNode):
            return BNode(f"{mark}{node}")
        return URIRef(f"{node}?{mark}") if node in own else node

    named = Graph()
    for s, p, o in graph:
        named.add((renamed(s), p, renamed(o)))
    return named
