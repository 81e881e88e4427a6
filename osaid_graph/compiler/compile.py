"""Shapes compiled to SQL: one query for each constraint of each shape, over all nodes at once.

A query finds the nodes of the target of a shape, and of these, or of their values, those that do not meet a constraint.
What several queries need, such as the instances of a class, is a relation of its own that is made once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from rdflib import Graph
from sqlglot import exp

from osaid_graph.compiler import shapes
from osaid_graph.compiler.conditions import ALWAYS, NEVER, Condition, Tests, negated, table
from osaid_graph.compiler.conformance import Conformance
from osaid_graph.compiler.plan import Plan, Shared, Statement
from osaid_graph.compiler.read import read_shapes
from osaid_graph.compiler.relations import Relation, Relations
from osaid_graph.compiler.sets import Names, Pairs, Sets
from osaid_graph.compiler.shapes import Shape
from osaid_graph.compiler.targets import TargetNode


def compile_shapes(
    graph: Graph,
    table_of: Callable[[str], str | None],
    *,
    terms: str = "terms",
    statements: str = "whole",
    seed: int = 0,
    prefix: str = "shape",
    dialect: str = "duckdb",
) -> Plan:
    """Return the plan for the shapes of a graph that have a target.

    Args:
        graph: The shapes.
        table_of: Returns the name of the relation of a predicate (an IRI), which has the columns ``subject`` and
            ``object`` and every pair once; None where nothing has the predicate.
        terms: The relation that says what ids stand for: ``id``, ``kind``, ``value``, ``datatype``, ``language``.
        statements: The relation of all statements, each once: ``subject``, ``predicate``, ``object``.
        seed: The seed of the ids (:mod:`osaid_graph.term_ids`).
        prefix: What the names of shared relations begin with.
        dialect: The dialect of SQL to write.

    Raises:
        Refused: A shape uses what has no set-oriented form here, or is not well-formed SHACL.
    """
    read = read_shapes(graph)
    targeted = [target.term for shape in read for target in shape.targets if isinstance(target, TargetNode)]
    relations = Relations(prefix)
    sets = Sets(Names(table_of, terms, statements, seed), relations, dict.fromkeys(targeted))
    drafts = list(_Statements(sets).of_all(read))
    shared, queries = relations.settle(draft.query for draft in drafts)
    return Plan(
        shared=tuple(_shared(each, dialect) for each in shared),
        statements=tuple(
            replace(draft.statement, sql=query.sql(dialect=dialect, copy=False))
            for draft, query in zip(drafts, queries, strict=True)
        ),
        predicates=tuple(sorted({str(iri) for shape in read for iri in shape.predicates()})),
        dialect=dialect,
    )


def predicates_of(graph: Graph) -> tuple[str, ...]:
    """Return the IRIs of the properties that the shapes of a graph look at, sorted.

    Raises:
        Refused: See :func:`compile_shapes`.
    """
    return tuple(sorted({str(iri) for shape in read_shapes(graph) for iri in shape.predicates()}))


def _shared(relation: Relation, dialect: str) -> Shared:
    columns = tuple(relation.query.named_selects)
    step = None if relation.step is None else relation.step.sql(dialect=dialect, copy=False)
    newest = "" if step is None else relation.newest
    return Shared(relation.name, columns, relation.query.sql(dialect=dialect, copy=False), step, newest)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A statement before it is known which relations it shares with others."""

    statement: Statement
    query: exp.Query


class _Statements:
    def __init__(self, sets: Sets) -> None:
        self.sets = sets
        self.conformance = Conformance(sets)

    def of_all(self, read: Iterable[Shape]) -> Iterator[_Draft]:
        for shape in read:
            focus = self.sets.targets(shape.targets)
            if focus is not None:
                yield from self._of_shape(shape, focus)

    def _of_shape(self, shape: Shape, focus: str) -> Iterator[_Draft]:
        """Yield the statements of a shape for the nodes of a relation, which may hold a node several times."""
        for constraint in shape.constraints:
            if isinstance(constraint, shapes.Property):
                inner = self._values_of(shape, focus)
                if inner is not None and not constraint.shape.deactivated:
                    yield from self._of_shape(constraint.shape, inner)
                continue
            query = self._query(shape, constraint, focus)
            if query is not None:
                by_predicate = isinstance(constraint, shapes.Closed)
                made = Statement(shape.node, constraint.component, shape.severity, shape.path, "", by_predicate)
                yield _Draft(made, query)

    def _query(self, shape: Shape, constraint: shapes.Constraint, focus: str) -> exp.Query | None:
        if isinstance(constraint, shapes.OfPairs):
            return self._of_pairs(shape, constraint, focus)
        if isinstance(constraint, shapes.OfFocus):
            node = exp.column("node", "f")
            met = self.conformance.of_focus(shape, constraint, focus)
            return _failing(exp.select(node.as_("focus"), _NOTHING).from_(table(focus, "f")), node, met)
        met = self.conformance.of_value(constraint)
        if shape.path is None:
            node = exp.column("node", "f")
            return _failing(exp.select(node.as_("focus"), node.as_("value")).from_(table(focus, "f")), node, met)
        values = self.sets.values(shape.path, focus)
        if values is None:
            return None
        value = exp.column(values.end, "r")
        query = exp.select(exp.column("node", "f").as_("focus"), value.as_("value"))
        return _failing(_with_values(query, focus, values), value, met)

    def _of_pairs(self, shape: Shape, constraint: shapes.OfPairs, focus: str) -> exp.Query | None:
        wrong = self.conformance.pair_rows.of(constraint, self.sets.values(shape.path, focus))
        if wrong is None:
            return None
        columns = [exp.column("node", "f").as_("focus"), exp.column(wrong.end, "r").as_("value")]
        if isinstance(constraint, shapes.Closed):
            columns.append(exp.column("predicate", "r"))
        return _with_values(exp.select(*columns), focus, wrong)

    def _values_of(self, shape: Shape, focus: str) -> str | None:
        """Return the relation of the values of a shape, each as often as nodes in focus have it."""
        if shape.path is None:
            return focus
        values = self.sets.values(shape.path, focus)
        if values is None:
            return None
        query = exp.select(exp.column(values.end, "r").as_("node"))
        return self.sets.relations.named(_with_values(query, focus, values), "values")


_NOTHING = exp.cast(exp.null(), "BIGINT").as_("value")


def _with_values(query: exp.Select, focus: str, values: Pairs) -> exp.Select:
    on = exp.EQ(this=exp.column(values.start, "r"), expression=exp.column("node", "f"))
    return query.from_(table(focus, "f"), copy=False).join(table(values.relation, "r"), on=on, copy=False)


def _failing(query: exp.Select, column: exp.Expr, met: Condition) -> exp.Query | None:
    """Return the rows of a query for whose column a condition does not hold; None where it always does."""
    if met == ALWAYS:
        return None
    if met == NEVER:
        return query
    tests = Tests(column)
    failed = tests.expression(negated(met))
    return tests.joined(query).where(failed, copy=False)
