"""The relations a plan makes on its way: each is written once, and made once where several queries read it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from sqlglot import exp, parse_one

from osaid_graph.term_ids import iri_id

#: What a hint may add to the name of a relation.
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")
_HINT = 40


@dataclass(slots=True)
class Relation:
    """A relation: the query that gives it, or its first rows.

    ``step`` gives further rows from those found last, which stand under :attr:`newest`; it is repeated until it finds
    none that are not there yet.
    """

    name: str
    query: exp.Query
    step: exp.Query | None = None

    @property
    def newest(self) -> str:
        """The name under which a step finds the rows that the step before it added."""
        return newest(self.name)


def newest(name: str) -> str:
    """Return the name of the rows that were added last to a relation made in steps."""
    return f"{name}_newest"


class Relations:
    """The relations of a plan, in an order in which each can be made from those before it.

    Args:
        prefix: What their names begin with.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self._by_text: dict[str, str] = {}
        self._all: dict[str, Relation] = {}

    def named(self, query: exp.Query, hint: str) -> str:
        """Return the name of the relation that a query gives; the same query has one name."""
        text = query.sql(dialect="duckdb")
        if text not in self._by_text:
            self._by_text[text] = self._new(query, hint)
        return self._by_text[text]

    def grown(self, seed: exp.Query, step: Callable[[str], exp.Query], hint: str) -> str:
        """Return the name of the relation that begins with ``seed`` and grows by a step until nothing is new.

        Args:
            seed: Gives the first rows, each once.
            step: Returns the query that gives further rows from the relation whose name it is called with.
            hint: What it is.
        """
        text = "\n".join(query.sql(dialect="duckdb") for query in (seed, step("")))
        if text not in self._by_text:
            name = self._by_text[text] = self._new(seed, hint)
            self._all[name].step = step(newest(name))
        return self._by_text[text]

    def settle(self, finals: Iterable[exp.Query]) -> tuple[list[Relation], list[exp.Query]]:
        """Return the relations that several queries read, and ``finals`` with the others written into them."""
        queries = list(finals)
        uses = self._uses(queries)
        kept = [
            relation
            for name, relation in self._all.items()
            if uses[name] > 1 or (uses[name] and relation.step is not None)
        ]
        names = {relation.name for relation in kept}
        settled = [
            Relation(each.name, self._inlined(each.query, names), each.step and self._inlined(each.step, names))
            for each in kept
        ]
        return settled, [self._inlined(query, names) for query in queries]

    def _new(self, query: exp.Query, hint: str) -> str:
        words = _NO_NAME.sub("_", hint)[:_HINT].strip("_")
        name = f"{self.prefix}_{len(self._all) + 1}_{words}".rstrip("_")
        self._all[name] = Relation(name, query)
        return name

    def _uses(self, queries: Iterable[exp.Query]) -> Counter[str]:
        """Return how often each relation is read by the queries, and by what these read."""
        uses: Counter[str] = Counter()
        waiting = list(queries)
        while waiting:
            for name in _read_by(waiting.pop()):
                relation = self._all.get(name)
                if relation is None:
                    continue
                uses[name] += 1
                if uses[name] == 1:
                    waiting.extend(query for query in (relation.query, relation.step) if query is not None)
        return uses

    def _inlined(self, query: exp.Query, kept: set[str]) -> exp.Query:
        def replaced(node: exp.Expr) -> exp.Expr:
            if not isinstance(node, exp.Table) or node.name in kept or node.name not in self._all:
                return node
            inner = self._inlined(self._all[node.name].query, kept)
            return exp.Subquery(this=inner, alias=node.args.get("alias"))

        return cast(exp.Query, query.transform(replaced))


def _read_by(query: exp.Query) -> list[str]:
    return [each.name for each in query.find_all(exp.Table)]


def parsed(text: str) -> exp.Query:
    """Return a query from its text in DuckDB's dialect."""
    return cast(exp.Query, parse_one(text, dialect="duckdb"))


def named(relation: str) -> str:
    """Return the name of a relation as it stands in SQL."""
    return exp.to_identifier(relation).sql(dialect="duckdb")


def number(value: int) -> exp.Expr:
    """Return an id as a constant of SQL."""
    return exp.cast(exp.Literal.number(value), "BIGINT")


def of_iri(iri: str, seed: int) -> exp.Expr:
    """Return the id of an IRI as a constant of SQL."""
    return exp.Literal.number(iri_id(iri, seed))
