"""The shapes compiled to SQL, on DuckDB, over the tables of a corpus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from prepared_data import STATEMENTS, TERMS
from rdflib import Graph

from osaid_graph.compiler.compile import compile_shapes
from osaid_graph.compiler.run import run
from osaid_graph.engines import Type
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.term_ids import iri_id
from validators import Results

PACKAGE = "osaid-graph"
#: How much memory it may use; the rest goes to disk.
_MEMORY: Final = 4 << 30
_NUMBERS: Final[dict[str, Type]] = {"subject": "BIGINT", "predicate": "BIGINT", "object": "BIGINT"}
_TEXTS: Final[dict[str, Type]] = {
    **{"id": "BIGINT", "kind": "VARCHAR", "value": "VARCHAR"},
    **{"datatype": "VARCHAR", "language": "VARCHAR"},
}
_NAMED: Final = "SELECT id, CASE kind WHEN 'blank' THEN '_:' ELSE value END AS text FROM terms"


def load(data: Path, shapes: Path) -> Callable[[], Results]:
    """Compile the shapes, open the tables, make one for each property that is looked at; return what validates."""
    engine = DuckDB(_MEMORY)
    engine.files("whole", [str(data / STATEMENTS)], _NUMBERS)
    engine.files("terms", [str(data / TERMS)], _TEXTS)
    used = {number for (number,) in engine.rows("SELECT DISTINCT predicate FROM whole")}
    plan = compile_shapes(Graph().parse(shapes), lambda iri: _table(iri) if iri_id(iri) in used else None)
    for iri in plan.predicates:
        engine.table(_table(iri), f"SELECT subject, object FROM whole WHERE predicate = {iri_id(iri)}")

    def validate() -> Results:
        run(plan, engine, "results", str)
        found: Results = engine.rows(
            "SELECT rule, focus.text, CASE WHEN value IS NULL OR value = results.focus THEN '' ELSE seen.text END "
            f"FROM results JOIN ({_NAMED}) AS focus ON focus.id = results.focus "
            f"LEFT JOIN ({_NAMED}) AS seen ON seen.id = value"
        )
        engine.close()
        return found

    return validate


def _table(iri: str) -> str:
    return f"property_{iri_id(iri):x}"
