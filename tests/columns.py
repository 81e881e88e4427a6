"""Graphs of rdflib as the tables that the columnar assessment works on, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from osaid_graph.corpus.columns import STATEMENTS, TERMS
from osaid_graph.corpus.ids import Ids
from osaid_graph.engines import Engine
from osaid_graph.model import Term

Statement = tuple[Node, Node, Node]


def said_of(engine: Engine, graph: Graph, prefix: str = "") -> dict[Node, int]:
    """Make the tables ``said`` and ``terms``, their names after a prefix, of a graph; return the ids of its terms."""
    id_of = Ids()
    ids = {term: id_of(cast(Term, term)) for statement in graph for term in statement}
    rows = {id_: id_of.row(cast(Term, term)) for term, id_ in ids.items()}
    engine.values(f"{prefix}said", STATEMENTS, [[ids[term] for term in statement] for statement in graph])
    engine.values(f"{prefix}terms", TERMS, rows.values())
    return ids


def statements_of(engine: Engine, name: str, terms: str = "terms") -> set[Statement]:
    """Return the statements of a table, none of which it may hold twice; texts have no datatype."""
    told = {row[0]: _term(*row[1:]) for row in engine.rows(f"SELECT id, kind, value, datatype, language FROM {terms}")}
    rows = engine.rows(f"SELECT subject, predicate, object FROM {name}")
    assert len(set(rows)) == len(rows), f"{name} holds a statement twice"
    return {(told[subject], told[predicate], told[value]) for subject, predicate, value in rows}


def plain(statements: Iterable[Statement]) -> set[Statement]:
    """Return statements with texts of ``xsd:string`` as texts without a datatype: they are the same in RDF 1.1."""
    return {
        (s, p, Literal(str(o)) if isinstance(o, Literal) and o.datatype == XSD.string else o) for s, p, o in statements
    }


def _term(kind: str, value: str, datatype: str, language: str) -> Node:
    if kind != "literal":
        return URIRef(value) if kind == "iri" else BNode(value)
    if language:
        return Literal(value, lang=language)
    named = None if datatype == str(XSD.string) else URIRef(datatype)
    return Literal(value, datatype=named, normalize=False)
