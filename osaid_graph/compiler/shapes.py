"""Shapes as the compiler holds them: what SHACL Core can say, as values without a graph (SHACL, sections 2 to 4).

A shape is a path, or none for a node shape, and constraints on the values at its end. What is here can be compiled;
the reader (:mod:`osaid_graph.compiler.read`) refuses the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from rdflib import RDF, RDFS, SH, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.term import IdentifiedNode

from osaid_graph.compiler.paths import Path, predicates_of
from osaid_graph.compiler.targets import Target, TargetClass, TargetObjectsOf, TargetSubjectsOf
from osaid_graph.model import Term

Kind = Literal["iri", "blank", "literal"]
#: How a bound is compared: ``value <comparison> bound``.
Comparison = Literal[">", ">=", "<", "<="]


@dataclass(frozen=True, slots=True)
class OfClass:
    """``sh:class``: an instance of a class, or of one below it."""

    component: ClassVar[URIRef] = SH.ClassConstraintComponent
    iri: URIRef


@dataclass(frozen=True, slots=True)
class OfDatatype:
    """``sh:datatype``: a literal of a datatype, and well-formed where that is known."""

    component: ClassVar[URIRef] = SH.DatatypeConstraintComponent
    iri: URIRef


@dataclass(frozen=True, slots=True)
class OfKind:
    """``sh:nodeKind``: an IRI, a blank node or a literal."""

    component: ClassVar[URIRef] = SH.NodeKindConstraintComponent
    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class Bound:
    """``sh:minExclusive`` and its like: a literal on one side of another."""

    comparison: Comparison
    bound: RdfLiteral

    @property
    def component(self) -> URIRef:
        """Which of the four it is."""
        return {
            ">": SH.MinExclusiveConstraintComponent,
            ">=": SH.MinInclusiveConstraintComponent,
            "<": SH.MaxExclusiveConstraintComponent,
            "<=": SH.MaxInclusiveConstraintComponent,
        }[self.comparison]


@dataclass(frozen=True, slots=True)
class MinLength:
    """``sh:minLength``: a text of at least that many characters."""

    component: ClassVar[URIRef] = SH.MinLengthConstraintComponent
    length: int


@dataclass(frozen=True, slots=True)
class MaxLength:
    """``sh:maxLength``: a text of at most that many characters."""

    component: ClassVar[URIRef] = SH.MaxLengthConstraintComponent
    length: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """``sh:pattern`` with ``sh:flags``: a text a regular expression is found in.

    ``portable`` is the expression as DuckDB and Spark read it alike.
    """

    component: ClassVar[URIRef] = SH.PatternConstraintComponent
    pattern: str
    flags: str
    portable: str


@dataclass(frozen=True, slots=True)
class LanguageIn:
    """``sh:languageIn``: a text in one of some languages, in lower case; ``*`` is any."""

    component: ClassVar[URIRef] = SH.LanguageInConstraintComponent
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UniqueLang:
    """``sh:uniqueLang``: no language twice."""

    component: ClassVar[URIRef] = SH.UniqueLangConstraintComponent


@dataclass(frozen=True, slots=True)
class MinCount:
    """``sh:minCount``: at least that many values."""

    component: ClassVar[URIRef] = SH.MinCountConstraintComponent
    count: int


@dataclass(frozen=True, slots=True)
class MaxCount:
    """``sh:maxCount``: at most that many values."""

    component: ClassVar[URIRef] = SH.MaxCountConstraintComponent
    count: int


@dataclass(frozen=True, slots=True)
class Equals:
    """``sh:equals``: the same values as those of a property of the focus."""

    component: ClassVar[URIRef] = SH.EqualsConstraintComponent
    predicate: URIRef


@dataclass(frozen=True, slots=True)
class Disjoint:
    """``sh:disjoint``: no value that a property of the focus has too."""

    component: ClassVar[URIRef] = SH.DisjointConstraintComponent
    predicate: URIRef


@dataclass(frozen=True, slots=True)
class LessThan:
    """``sh:lessThan``, or ``sh:lessThanOrEquals``: each value before all those of a property of the focus."""

    predicate: URIRef
    comparison: Literal["<", "<="]

    @property
    def component(self) -> URIRef:
        """Which of the two it is."""
        return SH.LessThanConstraintComponent if self.comparison == "<" else SH.LessThanOrEqualsConstraintComponent


@dataclass(frozen=True, slots=True)
class In:
    """``sh:in``: one of some terms."""

    component: ClassVar[URIRef] = SH.InConstraintComponent
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class HasValue:
    """``sh:hasValue``: a term is among the values."""

    component: ClassVar[URIRef] = SH.HasValueConstraintComponent
    term: Term


@dataclass(frozen=True, slots=True)
class Not:
    """``sh:not``: does not conform to a shape."""

    component: ClassVar[URIRef] = SH.NotConstraintComponent
    shape: Shape


@dataclass(frozen=True, slots=True)
class And:
    """``sh:and``: conforms to all of some shapes."""

    component: ClassVar[URIRef] = SH.AndConstraintComponent
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """``sh:or``: conforms to any of some shapes."""

    component: ClassVar[URIRef] = SH.OrConstraintComponent
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Xone:
    """``sh:xone``: conforms to exactly one of some shapes, each counted as often as it is listed."""

    component: ClassVar[URIRef] = SH.XoneConstraintComponent
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """``sh:node``: conforms to a shape."""

    component: ClassVar[URIRef] = SH.NodeConstraintComponent
    shape: Shape


@dataclass(frozen=True, slots=True)
class Property:
    """``sh:property``: conforms to a property shape, whose own results are those that count."""

    component: ClassVar[URIRef] = SH.PropertyConstraintComponent
    shape: Shape


@dataclass(frozen=True, slots=True)
class QualifiedMin:
    """``sh:qualifiedMinCount``: at least that many values conform to a shape, and to none of its siblings."""

    component: ClassVar[URIRef] = SH.QualifiedMinCountConstraintComponent
    shape: Shape
    siblings: tuple[Shape, ...]
    count: int


@dataclass(frozen=True, slots=True)
class QualifiedMax:
    """``sh:qualifiedMaxCount``: at most that many values conform to a shape, and to none of its siblings."""

    component: ClassVar[URIRef] = SH.QualifiedMaxCountConstraintComponent
    shape: Shape
    siblings: tuple[Shape, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Closed:
    """``sh:closed``: has no property but those listed."""

    component: ClassVar[URIRef] = SH.ClosedConstraintComponent
    allowed: tuple[URIRef, ...]


#: What the id of a value does not tell.
OfText = OfDatatype | Bound | MinLength | MaxLength | Pattern | LanguageIn
#: What holds of a value, or does not, whatever the other values are.
OfValue = OfClass | OfKind | In | Not | And | Or | Xone | OfText
#: The same, by other shapes.
ByShape = Node | Property
#: What holds of a focus, or does not, by its values together.
OfFocus = MinCount | MaxCount | HasValue | QualifiedMin | QualifiedMax
#: What finds values, or pairs of them.
OfPairs = UniqueLang | Equals | Disjoint | LessThan | Closed
Constraint = OfValue | ByShape | OfFocus | OfPairs


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or a property shape where it has a path."""

    node: IdentifiedNode
    path: Path | None
    constraints: tuple[Constraint, ...]
    targets: tuple[Target, ...] = ()
    severity: IdentifiedNode = SH.Violation
    deactivated: bool = False

    def predicates(self) -> Iterator[URIRef]:
        """Yield the properties it looks at, those that classes are found by included."""
        if self.path is not None:
            yield from predicates_of(self.path)
        for part in (*self.constraints, *self.targets):
            if isinstance(part, OfClass | TargetClass):
                yield from (RDF.type, RDFS.subClassOf)
            elif isinstance(part, Equals | Disjoint | LessThan | TargetSubjectsOf | TargetObjectsOf):
                yield part.predicate
            for shape in parts_of(part):
                yield from shape.predicates()


def parts_of(part: Constraint | Target) -> tuple[Shape, ...]:
    """Return the shapes that a constraint is made of."""
    if isinstance(part, And | Or | Xone):
        return part.shapes
    if isinstance(part, QualifiedMin | QualifiedMax):
        return (part.shape, *part.siblings)
    return (part.shape,) if isinstance(part, Not | Node | Property) else ()
