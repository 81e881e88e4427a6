"""What shapes are compiled to: queries in one dialect of SQL, and what must be made before them."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.compiler.paths import Path


@dataclass(frozen=True, slots=True)
class Shared:
    """A relation that several queries read, to be made once.

    Attributes:
        name: What the queries call it.
        columns: Its columns.
        sql: The query that gives its rows, or its first rows.
        step: Where it grows: the query that gives further rows from those that were added last, which it calls
            ``newest``. It is run until it gives none that are not there yet.
        newest: That name.
    """

    name: str
    columns: tuple[str, ...]
    sql: str
    step: str | None = None
    newest: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """The query for the results of one constraint of a shape on all nodes.

    Attributes:
        shape: The source of the results.
        component: Their constraint component.
        severity: Their severity.
        path: Their path; None for a node shape.
        sql: Gives a row for every result: ``focus`` and ``value`` (NULL where SHACL has none).
        by_predicate: Whether the path of a result is a property that a third column, ``predicate``, names: those of
            ``sh:closed``.
    """

    shape: IdentifiedNode
    component: URIRef
    severity: IdentifiedNode
    path: Path | None
    sql: str
    by_predicate: bool = False

    @property
    def about_focus(self) -> bool:
        """Whether the results have no path, so that their value says nothing beside the focus."""
        return self.path is None and not self.by_predicate


@dataclass(frozen=True, slots=True)
class Plan:
    """Compiled shapes.

    Attributes:
        shared: What must be made first, in this order.
        statements: A query for each constraint of each shape with a target, and of the property shapes in it.
        predicates: The IRIs of the properties that the shapes look at, sorted.
        dialect: The dialect of SQL.
    """

    shared: tuple[Shared, ...]
    statements: tuple[Statement, ...]
    predicates: tuple[str, ...]
    dialect: str
