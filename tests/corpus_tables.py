"""Prepared graphs of rdflib as the property tables of a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from rdflib import RDF, Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.corpus.columns import STATEMENTS, TERMS
from osaid_graph.corpus.ids import Ids
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.lineage.edges import SUBJECTS
from osaid_graph.model import Term

ID_OF = Ids()


def ids_of(graph: Graph) -> dict[Node, int]:
    """Return the ids of the terms of a graph."""
    return {term: ID_OF(cast(Term, term)) for statement in graph for term in statement}


def tables_of(engine: Engine, name: str, graph: Graph, properties: Iterable[URIRef]) -> Vertical:
    """Make the tables of some properties of a graph."""
    ids = ids_of(graph)
    found = Vertical(name, properties, ID_OF)
    engine.values(f"{name}_all", STATEMENTS, [[ids[term] for term in statement] for statement in graph])
    for prop, table in found.tables.items():
        engine.view(table, f"SELECT subject, object FROM {name}_all WHERE predicate = {ID_OF(prop)}")
    engine.view(name, found.select())
    return found


def every_subject(graph: Graph) -> list[IdentifiedNode]:
    """Return all systems, models and parameters of a graph, sorted."""
    found = {each for kind in SUBJECTS for each in graph.subjects(RDF.type, kind)}
    return sorted(each for each in found if isinstance(each, IdentifiedNode))


def terms_of(engine: Engine, *graphs: Graph, table: str = "terms") -> Mapping[int, Node]:
    """Make the table of the terms of some graphs, and return what ids stand for."""
    terms = {id_: term for graph in graphs for term, id_ in ids_of(graph).items()}
    engine.values(table, TERMS, [ID_OF.row(cast(Term, term)) for term in terms.values()])
    return terms
