"""What it comes to for a node to conform to a shape: a condition on the node, from the constraints of the shape."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import RDFS

from osaid_graph.compiler import conditions, shapes
from osaid_graph.compiler.comparisons import compares
from osaid_graph.compiler.conditions import ALWAYS, Condition, Kinds, Member, every, negated, some
from osaid_graph.compiler.datatypes import matches, quoted, well_formed
from osaid_graph.compiler.pairs import PairRows
from osaid_graph.compiler.sets import Sets
from osaid_graph.compiler.shapes import Shape

_LITERAL = Kinds(frozenset(("literal",)))


class Conformance:
    """Writes the conditions for shapes and constraints, each once."""

    def __init__(self, sets: Sets) -> None:
        self.sets = sets
        self.pair_rows = PairRows(sets)
        self._of_shapes: dict[Shape, Condition] = {}

    def of_shape(self, shape: Shape) -> Condition:
        """Return the condition that a node conforms to a shape."""
        if shape not in self._of_shapes:
            self._of_shapes[shape] = every(self._parts(shape))
        return self._of_shapes[shape]

    def of_value(self, constraint: shapes.OfValue | shapes.ByShape) -> Condition:
        """Return the condition that a value meets a constraint on every value."""
        if isinstance(constraint, shapes.OfClass):
            found = self.sets.instances(constraint.iri)
            return conditions.NEVER if found is None else Member(found)
        if isinstance(constraint, shapes.OfKind):
            return conditions.kinds(constraint.kinds)
        if isinstance(constraint, shapes.In):
            return conditions.among(self.sets.id_of(term) for term in constraint.terms)
        if isinstance(constraint, shapes.Not):
            return negated(self.of_shape(constraint.shape))
        if isinstance(constraint, shapes.And):
            return every(map(self.of_shape, constraint.shapes))
        if isinstance(constraint, shapes.Or):
            return self._any_of(map(self.of_shape, constraint.shapes))
        if isinstance(constraint, shapes.Xone):
            return conditions.exactly_one(map(self.of_shape, constraint.shapes))
        if isinstance(constraint, shapes.Node | shapes.Property):
            return self.of_shape(constraint.shape)
        if constraint == shapes.OfDatatype(RDFS.Literal):
            return _LITERAL
        if constraint == shapes.MinLength(0):
            return ALWAYS
        return self.sets.literals(*_test(constraint))

    def of_focus(self, shape: Shape, constraint: shapes.OfFocus, domain: str | None = None) -> Condition:
        """Return the condition that the values of a node, taken together, meet a constraint of a shape.

        Args:
            shape: The shape.
            constraint: The constraint.
            domain: The set of nodes that matter; None for all there are.
        """
        if isinstance(constraint, shapes.HasValue):
            term = conditions.among((self.sets.id_of(constraint.term),))
            return term if shape.path is None else self.sets.starts(self.sets.values(shape.path, domain), term)
        values = self.sets.values(shape.path, domain)
        counted: Condition = ALWAYS
        if isinstance(constraint, shapes.QualifiedMin | shapes.QualifiedMax):
            of_siblings = some(map(self.of_shape, constraint.siblings))
            counted = every((self.of_shape(constraint.shape), negated(of_siblings)))
        if isinstance(constraint, shapes.MinCount | shapes.QualifiedMin):
            return ALWAYS if constraint.count == 0 else self.sets.starts(values, counted, constraint.count)
        return negated(self.sets.starts(values, counted, constraint.count + 1))

    def _parts(self, shape: Shape) -> Iterable[Condition]:
        of_values: list[Condition] = []
        for constraint in shape.constraints:
            if isinstance(constraint, shapes.OfFocus):
                yield self.of_focus(shape, constraint)
            elif isinstance(constraint, shapes.OfPairs):
                yield negated(self.sets.starts(self.pair_rows.of(constraint, self.sets.values(shape.path))))
            else:
                of_values.append(self.of_value(constraint))
        met = every(of_values)
        yield met if shape.path is None else negated(self.sets.starts(self.sets.values(shape.path), negated(met)))

    def _any_of(self, parts: Iterable[Condition]) -> Condition:
        """Return the condition that any of some hold; where some kinds of nodes do anyway, sets need only the rest."""
        found = some(parts)
        if not isinstance(found, conditions.Any):
            return found
        kinds = frozenset(kind for part in found.parts if isinstance(part, Kinds) for kind in part.kinds)
        if not kinds:
            return found
        rest = Kinds(kinds)
        return some(self.sets.beside(part, rest) if isinstance(part, Member) else part for part in found.parts)


def _test(constraint: shapes.OfText) -> tuple[str, str]:
    """Return the condition on a row ``t`` of ``terms``, and what it is about."""
    if isinstance(constraint, shapes.OfDatatype):
        return f"t.datatype = {quoted(constraint.iri)} AND {well_formed(constraint.iri, 't')}", "datatype"
    if isinstance(constraint, shapes.Bound):
        return compares("t", constraint.comparison, constraint.bound), "bound"
    if isinstance(constraint, shapes.MinLength):
        return f"t.kind <> 'blank' AND LENGTH(t.value) >= {constraint.length}", "min length"
    if isinstance(constraint, shapes.MaxLength):
        return f"t.kind <> 'blank' AND LENGTH(t.value) <= {constraint.length}", "max length"
    if isinstance(constraint, shapes.Pattern):
        return f"t.kind <> 'blank' AND {matches('t', constraint.portable)}", "pattern"
    if "*" in constraint.tags:
        return "t.language <> ''", "any language"
    tags = ", ".join(quoted(tag) for tag in constraint.tags)
    tag = "LOWER(t.language)"
    return f"t.language <> '' AND ({tag} IN ({tags}) OR SPLIT_PART({tag}, '-', 1) IN ({tags}))", "language"
