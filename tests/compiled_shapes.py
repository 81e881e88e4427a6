"""Shapes run on an engine and by pySHACL, and their results in one form: what the tests of the compiler compare."""

from __future__ import annotations

import warnings
from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import cast

import pyshacl
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.compiler.compile import compile_shapes, predicates_of
from osaid_graph.compiler.datatypes import datatype_of
from osaid_graph.compiler.plan import Plan, Statement
from osaid_graph.compiler.read_paths import read_path
from osaid_graph.compiler.run import drop_shared, make_shared
from osaid_graph.engines import Engine
from osaid_graph.term_ids import iri_id, term_id

TERMS = {"id": "BIGINT", "kind": "VARCHAR", "value": "VARCHAR", "datatype": "VARCHAR", "language": "VARCHAR"}


@dataclass(frozen=True)
class Found:
    """A validation result: terms as N3, a path as in SPARQL; shapes without a name are all called alike."""

    focus: str
    path: str
    value: str
    component: str
    shape: str
    severity: str


def store(engine: Engine, graph: Graph) -> None:
    """Make ``whole`` and ``terms`` of a graph."""
    rows = sorted({(term_id(s), term_id(p), term_id(o)) for s, p, o in graph})  # type: ignore[arg-type]
    engine.values("whole", {"subject": "BIGINT", "predicate": "BIGINT", "object": "BIGINT"}, rows)
    terms = {term_id(term): term for triple in graph for term in triple}  # type: ignore[arg-type]
    engine.values("terms", TERMS, [(key, *described(term)) for key, term in sorted(terms.items())])  # type: ignore[arg-type]


def described(term: Node) -> tuple[str, str, str, str]:
    if isinstance(term, Literal):
        return "literal", str(term), str(datatype_of(term)), term.language or ""
    return ("iri" if isinstance(term, URIRef) else "blank"), str(term), "", ""


def compiled(engine: Engine, shapes: Graph) -> Plan:
    """Compile shapes for the graph that is stored."""
    tables = {}
    for number, predicate in enumerate(predicates_of(shapes)):
        name = f"p_{number}"
        if engine.table(name, f"SELECT subject, object FROM whole WHERE predicate = {iri_id(predicate)}"):
            tables[predicate] = name
        else:
            engine.drop(name)
    return compile_shapes(shapes, tables.get)


def by_engine(engine: Engine, graph: Graph, shapes: Graph) -> Counter[Found]:
    """Return the results of the compiled shapes on a graph."""
    store(engine, graph)
    plan = compiled(engine, shapes)
    make_shared(plan, engine)
    known = {term_id(term): term for g in (graph, shapes) for triple in g for term in triple}  # type: ignore[arg-type]
    rows = engine.rows(" UNION ALL ".join(map(_numbered, count(), plan.statements))) if plan.statements else []
    drop_shared(plan, engine)
    return Counter(_found(plan.statements[number], known, row) for number, *row in rows)


def _numbered(number: int, statement: Statement) -> str:
    predicate = "predicate" if statement.by_predicate else "CAST(NULL AS BIGINT)"
    return f"SELECT {number} AS number, focus, value, {predicate} AS predicate FROM ({statement.sql}) AS found"


def _found(statement: Statement, known: dict[int, Node], row: list[int]) -> Found:
    path = "" if statement.path is None else str(statement.path)
    return Found(
        plain(known[row[0]]),
        plain(known[row[2]]) if statement.by_predicate else path,
        "" if row[1] is None else plain(known[row[1]]),
        statement.component.fragment,
        named(statement.shape),
        str(statement.severity),
    )


def pyshacl_report(graph: Graph, shapes: Graph) -> Graph | None:
    """Return the report of pySHACL; None where it gives up, as on what ``sh:lessThan`` cannot compare."""
    own, data = Graph(), Graph()
    own += shapes
    data += graph  # pySHACL adds to the graphs it is given
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib warns when a literal that is none of its datatype is written
        try:
            _, report, _ = pyshacl.validate(data, shacl_graph=own, inplace=True, inference="none", advanced=False)
        except (TypeError, ReportableRuntimeError):
            return None
    return report if isinstance(report, Graph) else None


def by_pyshacl(graph: Graph, shapes: Graph) -> Counter[Found]:
    """Return the results at the top of the report of pySHACL."""
    report = pyshacl_report(graph, shapes)
    assert report is not None
    return results_of(report)


def results_of(report: Graph) -> Counter[Found]:
    return Counter(_reported(report, node) for node in report.objects(None, SH.result))


def _reported(report: Graph, node: Node) -> Found:
    def one(predicate: URIRef) -> Node | None:
        return report.value(node, predicate)

    value, path = one(SH.value), one(SH.resultPath)
    return Found(
        plain(cast(Node, one(SH.focusNode))),
        "" if path is None else path_text(report, path),
        "" if value is None else plain(value),
        cast(URIRef, one(SH.sourceConstraintComponent)).fragment,
        named(cast(IdentifiedNode, one(SH.sourceShape))),
        str(one(SH.resultSeverity)),
    )


def path_text(graph: Graph, node: Node) -> str:
    return str(read_path(graph, node, (cast(IdentifiedNode, node),)))


def named(shape: IdentifiedNode) -> str:
    return str(shape) if isinstance(shape, URIRef) else "_"


def plain(term: Node) -> str:
    """Return a term as text; a text without a datatype and one of xsd:string are one term."""
    if isinstance(term, Literal):
        return f'"{term}"@{term.language}' if term.language else f'"{term}"^^{datatype_of(term)}'
    return f"<{term}>" if isinstance(term, URIRef) else f"_:{term}"
