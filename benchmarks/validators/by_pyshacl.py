"""pySHACL over a graph of rdflib in memory: the reference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from prepared_data import TRIPLES
from rdflib import RDF, SH, Graph

from validators import Results, results

PACKAGE = "pyshacl"


def load(data: Path, shapes: Path) -> Callable[[], Results]:
    """Read data and shapes, and return what validates."""
    import pyshacl

    graph, rules = Graph().parse(data / TRIPLES, format="nt"), Graph().parse(shapes)

    def validate() -> Results:
        _, report, _ = pyshacl.validate(graph, shacl_graph=rules, inplace=True, inference="none", advanced=False)
        return of_report(report)

    return validate


def of_report(report: Any) -> Results:
    """Return the results in a graph of a validation report."""

    def term(node: Any, prop: Any) -> str | None:
        found = report.value(node, prop)
        return None if found is None else str(found.n3())

    nodes = report.subjects(RDF.type, SH.ValidationResult)
    return results((term(node, SH.sourceShape), term(node, SH.focusNode), term(node, SH.value)) for node in nodes)
