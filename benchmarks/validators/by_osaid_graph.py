"""The shapes compiled to SQL, on DuckDB, over the tables of a corpus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from osaid_graph.compiler.compile import compile_shapes, predicates_of
from osaid_graph.compiler.run import relations_of, run
from osaid_graph.engines.duckdb import DuckDB
from rdflib import Graph
from validators import Results

from prepared_data import STATEMENTS, TERMS

PACKAGE = "osaid-graph"
#: How much memory it may use; the rest goes to disk.
_MEMORY = 4 << 30
_NAMED = "SELECT id, CASE kind WHEN 'blank' THEN '_:' ELSE value END AS text FROM terms"


def load(data: Path, shapes: Path) -> Callable[[], Results]:
    """Open the tables, make one for each predicate that the shapes look at, and return what validates."""
    engine = DuckDB(_MEMORY)
    rules = Graph().parse(shapes)
    numbers = {"subject": "BIGINT", "predicate": "BIGINT", "object": "BIGINT"}
    engine.files("whole", [str(data / STATEMENTS)], {name: "BIGINT" for name in numbers})
    texts = ("kind", "value", "datatype", "language")
    engine.files("terms", [str(data / TERMS)], {"id": "BIGINT"} | {name: "VARCHAR" for name in texts})
    tables = relations_of(engine, predicates_of(rules), "whole", "property")

    def validate() -> Results:
        run(compile_shapes(rules, tables.get), engine, "results", str)
        found: Results = engine.rows(
            "SELECT rule, focus.text, CASE WHEN value IS NULL OR value = results.focus THEN '' ELSE seen.text END "
            f"FROM results JOIN ({_NAMED}) AS focus ON focus.id = results.focus "
            f"LEFT JOIN ({_NAMED}) AS seen ON seen.id = value"
        )  # type: ignore[assignment]
        engine.close()
        return found

    return validate
