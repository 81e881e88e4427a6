"""Constraints that compare the values of a node with one another: the rows of what is wrong, for all nodes at once."""

from __future__ import annotations

from rdflib import RDF, RDFS

from osaid_graph.compiler import shapes
from osaid_graph.compiler.comparisons import moments, precedes
from osaid_graph.compiler.relations import named, parsed
from osaid_graph.compiler.sets import Pairs, Sets
from osaid_graph.term_ids import iri_id


class PairRows:
    """Writes, for a constraint and the values of all nodes, the pairs of a node and what is wrong at it."""

    def __init__(self, sets: Sets) -> None:
        self.sets = sets

    def of(self, constraint: shapes.OfPairs, values: Pairs | None) -> Pairs | None:
        """Return the rows of what is wrong; None where nothing can be.

        Args:
            constraint: The constraint.
            values: The pairs of nodes and their values; None where no node has any.
        """
        if isinstance(constraint, shapes.Equals):
            return self._equals(constraint, values)
        if values is None:
            return None
        if isinstance(constraint, shapes.UniqueLang):
            return self._languages(values)
        if isinstance(constraint, shapes.Closed):
            return self._closed(constraint, values)
        other = self.sets.predicate(constraint.predicate)
        if other is None:
            return None
        return (
            self._disjoint(values, other)
            if isinstance(constraint, shapes.Disjoint)
            else self._less(constraint, values, other)
        )

    def _equals(self, constraint: shapes.Equals, values: Pairs | None) -> Pairs | None:
        other = self.sets.predicate(constraint.predicate)
        if values is None or other is None:
            return values or other
        return self._named(f"{_without(values, other)} UNION ALL {_without(other, values)}", "not equal")

    def _disjoint(self, values: Pairs, other: Pairs) -> Pairs:
        return self._named(f"{_rows(values)} JOIN {_matched(values, other)}", "not disjoint")

    def _less(self, constraint: shapes.LessThan, values: Pairs, other: Pairs) -> Pairs:
        """Write a row for every value and every other that it does not precede."""
        terms = named(self.sets.terms())
        times = named(self.sets.relations.named(parsed(moments(terms)), "times"))
        return self._named(
            f"{_rows(values)} JOIN {named(other.relation)} AS o ON o.{other.start} = v.{values.start}"
            f" JOIN {terms} AS a ON a.id = v.{values.end} JOIN {terms} AS b ON b.id = o.{other.end}"
            f" LEFT JOIN {times} AS a_at ON a_at.node = a.id LEFT JOIN {times} AS b_at ON b_at.node = b.id"
            f" WHERE NOT ({precedes('a', 'b', constraint.comparison)})",
            "not less",
        )

    def _languages(self, values: Pairs) -> Pairs:
        """Write a row for every language that is there twice."""
        return self._named(
            f"SELECT v.{values.start} AS subject, CAST(NULL AS BIGINT) AS object FROM {named(values.relation)} AS v"
            f" JOIN {named(self.sets.terms())} AS t ON t.id = v.{values.end} WHERE t.language <> ''"
            f" GROUP BY v.{values.start}, LOWER(t.language) HAVING COUNT(*) > 1",
            "language twice",
        )

    def _closed(self, constraint: shapes.Closed, values: Pairs) -> Pairs:
        """Write a row for every statement with a property that is not allowed, which stands in a column of its own."""
        seed = self.sets.names.seed
        resource = f"(s.predicate = {iri_id(RDF.type, seed)} AND s.object = {iri_id(RDFS.Resource, seed)})"
        allowed = ", ".join(str(iri_id(iri, seed)) for iri in constraint.allowed)
        others = f" AND s.predicate NOT IN ({allowed})" if allowed else ""
        return self._named(
            f"SELECT v.{values.start} AS subject, s.object AS object, s.predicate AS predicate"
            f" FROM {named(values.relation)} AS v JOIN {named(self.sets.names.statements)} AS s"
            f" ON s.subject = v.{values.end} WHERE NOT {resource}{others}",
            "not allowed",
        )

    def _named(self, text: str, hint: str) -> Pairs:
        return Pairs(self.sets.relations.named(parsed(text), hint))


def _rows(pairs: Pairs) -> str:
    return f"SELECT v.{pairs.start} AS subject, v.{pairs.end} AS object FROM {named(pairs.relation)} AS v"


def _matched(first: Pairs, second: Pairs) -> str:
    on = f"o.{second.start} = v.{first.start} AND o.{second.end} = v.{first.end}"
    return f"{named(second.relation)} AS o ON {on}"


def _without(first: Pairs, second: Pairs) -> str:
    return f"{_rows(first)} LEFT JOIN {_matched(first, second)} WHERE o.{second.start} IS NULL"
