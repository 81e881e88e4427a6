"""Run a plan on an engine: make what its queries share, then the results of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rdflib.term import IdentifiedNode

from osaid_graph.compiler.datatypes import quoted
from osaid_graph.compiler.plan import Plan, Shared, Statement

if TYPE_CHECKING:
    from osaid_graph.engines import Engine


def make_shared(plan: Plan, engine: Engine) -> None:
    """Make the relations that the queries of a plan share.

    Raises:
        ValueError: The plan is not written in the dialect that engines take.
    """
    if plan.dialect != "duckdb":
        raise ValueError(f"engines take DuckDB's dialect and translate it themselves, not {plan.dialect}")
    for shared in plan.shared:
        if shared.step is None:
            engine.table(shared.name, shared.sql)
        else:
            _grow(engine, shared, shared.step)


def drop_shared(plan: Plan, engine: Engine) -> None:
    """Forget the relations that the queries of a plan share."""
    engine.drop(*(shared.name for shared in plan.shared))


def run(plan: Plan, engine: Engine, name: str, called: Callable[[IdentifiedNode], str | None]) -> int:
    """Make the relation of all results: ``rule``, ``focus`` and ``value``, a row for each; return their number.

    As of :func:`osaid_graph.validation.validate.validate`, a result of a node shape has no value (NULL), and a focus
    that is a literal makes no result.

    Args:
        plan: The plan, in DuckDB's dialect.
        engine: Where the relations are that it reads.
        name: The name of the relation to make; it is a view of tables that each hold the results of a query, whose
            names begin with it.
        called: Returns what a shape is called in the results, None to leave its results out.
    """
    make_shared(plan, engine)
    parts, total = [], 0
    for number, statement in enumerate(plan.statements, 1):
        rule = called(statement.shape)
        if rule is None:
            continue
        table = f"{name}_{number}"
        found = engine.table(table, _stored(statement))
        total += found
        if found:
            value = "CAST(NULL AS BIGINT)" if statement.about_focus else "value"
            parts.append(f"SELECT {quoted(rule)} AS rule, focus, {value} AS value FROM {table}")
        else:
            engine.drop(table)
    none = "SELECT CAST('' AS VARCHAR) AS rule, CAST(0 AS BIGINT) AS focus, CAST(0 AS BIGINT) AS value WHERE FALSE"
    engine.view(name, " UNION ALL ".join(parts) or none)
    drop_shared(plan, engine)
    return total


def _stored(statement: Statement) -> str:
    """Return the query for what is to be stored of the results of a statement: no column of NULLs."""
    columns = "focus" if statement.about_focus else "focus, value"
    return f"SELECT {columns} FROM ({statement.sql}) AS found WHERE focus >= 0"


def _grow(engine: Engine, shared: Shared, step: str) -> None:
    """Make a relation that grows by a step, from the rows found last, until a step finds nothing new."""
    columns = ", ".join(shared.columns)
    same = " AND ".join(f"old.{column} = new.{column}" for column in shared.columns)
    distinct = ", ".join(f"new.{column}" for column in shared.columns)
    found = f"{shared.name}_found"
    engine.table(shared.name, f"SELECT DISTINCT {columns} FROM ({shared.sql}) AS seed")
    engine.table(shared.newest, f"SELECT {columns} FROM {shared.name}")
    while engine.table(
        found,
        f"SELECT DISTINCT {distinct} FROM ({step}) AS new LEFT JOIN {shared.name} AS old ON {same}"
        f" WHERE old.{shared.columns[0]} IS NULL",
    ):
        engine.table(shared.name, f"SELECT {columns} FROM {shared.name} UNION ALL SELECT {columns} FROM {found}")
        engine.table(shared.newest, f"SELECT {columns} FROM {found}")
    engine.drop(found, shared.newest)
