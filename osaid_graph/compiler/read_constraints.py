"""Constraints from a graph of shapes, a component of SHACL Core at a time (SHACL, section 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from rdflib import RDFS, SH, XSD, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.term import IdentifiedNode, Node

from osaid_graph.compiler import shapes
from osaid_graph.compiler.comparisons import comparable
from osaid_graph.compiler.paths import Path
from osaid_graph.compiler.patterns import NotPortable, portable
from osaid_graph.compiler.read_paths import items
from osaid_graph.compiler.refusal import ill_formed, refused
from osaid_graph.compiler.shapes import Constraint, Kind, Shape
from osaid_graph.model import Term
from osaid_graph.vocab import token

Trail = tuple[IdentifiedNode, ...]


class Shapes(Protocol):
    """What the constraints of a shape are read from."""

    graph: Graph

    def shape(self, node: Node, trail: Trail) -> Shape:
        """Return the shape a node stands for."""

    def values(self, trail: Trail, predicate: URIRef) -> list[Term]:
        """Return the values of a property of the last shape of the trail."""

    def one(self, trail: Trail, predicate: URIRef) -> Term | None:
        """Return the only value of it, if any."""


Read = Callable[[Shapes, Trail], Iterator[Constraint]]

_KINDS: dict[Node, frozenset[Kind]] = {
    SH.IRI: frozenset(("iri",)),
    SH.BlankNode: frozenset(("blank",)),
    SH.Literal: frozenset(("literal",)),
    SH.BlankNodeOrIRI: frozenset(("blank", "iri")),
    SH.BlankNodeOrLiteral: frozenset(("blank", "literal")),
    SH.IRIOrLiteral: frozenset(("iri", "literal")),
}
_BOUNDS: tuple[tuple[URIRef, shapes.Comparison], ...] = (
    (SH.minExclusive, ">"),
    (SH.minInclusive, ">="),
    (SH.maxExclusive, "<"),
    (SH.maxInclusive, "<="),
)


def constraints_of(reader: Shapes, trail: Trail, path: Path | None) -> Iterator[Constraint]:
    """Yield the constraints of the last shape of a trail, in the order of the specification.

    Raises:
        Refused: One is not well-formed, or has no set-oriented form.
    """
    if path is None:
        for predicate in _OF_PROPERTIES:
            if reader.values(trail, predicate):
                raise ill_formed(trail, f"sh:{token(predicate)} needs a sh:path beside it")
    for read in _READ:
        yield from read(reader, trail)


def _classes(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    for value in _iris(reader, trail, SH["class"]):
        yield shapes.OfClass(value)


def _datatype(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    for value in _iris(reader, trail, SH.datatype, single=True):
        if value == RDFS.Datatype:
            what = "asks for the datatype rdfs:Datatype, which the reference engine takes for that of most literals"
            raise refused(trail, what, "name the datatype, or rdfs:Literal for any")
        yield shapes.OfDatatype(value)


def _node_kind(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    value = reader.one(trail, SH.nodeKind)
    if value is not None:
        if value not in _KINDS:
            raise ill_formed(trail, f"{value.n3()} is no kind of node")
        yield shapes.OfKind(_KINDS[value])


def _bounds(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    for predicate, comparison in _BOUNDS:
        value = reader.one(trail, predicate)
        if value is None:
            continue
        if not isinstance(value, RdfLiteral):
            raise ill_formed(trail, f"the value of sh:{token(predicate)} is no literal")
        if not comparable(value):
            what = f"compares with {value.n3()}, whose order SQL does not know"
            raise refused(trail, what, "compare with a number, a date, a time or a text")
        yield shapes.Bound(comparison, value)


def _lengths(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    minimum, maximum = _count(reader, trail, SH.minLength), _count(reader, trail, SH.maxLength)
    if minimum is not None:
        yield shapes.MinLength(minimum)
    if maximum is not None:
        yield shapes.MaxLength(maximum)


def _pattern(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    pattern, flags = reader.one(trail, SH.pattern), reader.one(trail, SH.flags)
    if pattern is None:
        return
    if not isinstance(pattern, RdfLiteral) or not isinstance(flags, RdfLiteral | None):
        raise ill_formed(trail, "sh:pattern and sh:flags are texts")
    try:
        yield shapes.Pattern(str(pattern), str(flags or ""), portable(str(pattern), str(flags or "")))
    except NotPortable as error:
        raise refused(trail, f"has the sh:pattern {str(pattern)!r} with {error}", "write it without") from None


def _languages(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    head, unique = reader.one(trail, SH.languageIn), reader.one(trail, SH.uniqueLang)
    if head is not None:
        tags = items(reader.graph, head, trail, "sh:languageIn")
        if not all(isinstance(tag, RdfLiteral) and isinstance(tag.value, str) for tag in tags):
            raise ill_formed(trail, "a language of sh:languageIn is no text")
        if not tags:
            raise ill_formed(trail, "the list of sh:languageIn is empty")
        yield shapes.LanguageIn(tuple(sorted({str(tag).lower() for tag in tags})))
    if unique is not None and _flag(trail, unique, SH.uniqueLang):
        yield shapes.UniqueLang()


def _counts(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    minimum, maximum = _count(reader, trail, SH.minCount), _count(reader, trail, SH.maxCount)
    if minimum is not None:
        yield shapes.MinCount(minimum)
    if maximum is not None:
        yield shapes.MaxCount(maximum)


def _pairs(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    for value in _iris(reader, trail, SH.equals):
        yield shapes.Equals(value)
    for value in _iris(reader, trail, SH.disjoint):
        yield shapes.Disjoint(value)
    for value in _iris(reader, trail, SH.lessThan):
        yield shapes.LessThan(value, "<")
    for value in _iris(reader, trail, SH.lessThanOrEquals):
        yield shapes.LessThan(value, "<=")


def _terms(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    head = reader.one(trail, SH["in"])
    if head is not None:
        listed = items(reader.graph, head, trail, "sh:in")
        yield shapes.In(tuple(_term(trail, value, SH["in"]) for value in listed))
    for value in reader.values(trail, SH.hasValue):
        yield shapes.HasValue(_term(trail, value, SH.hasValue))


def _logic(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    for value in reader.values(trail, SH["not"]):
        yield shapes.Not(reader.shape(value, trail))
    for predicate, made in ((SH["and"], shapes.And), (SH["or"], shapes.Or), (SH.xone, shapes.Xone)):
        for head in reader.values(trail, predicate):
            members = items(reader.graph, head, trail, f"sh:{token(predicate)}")
            if not members:
                raise ill_formed(trail, f"the list of sh:{token(predicate)} is empty")
            yield made(tuple(reader.shape(member, trail) for member in members))


def _shapes(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    for value in reader.values(trail, SH.node):
        shape = reader.shape(value, trail)
        if shape.path is not None:
            raise ill_formed(trail, "the value of sh:node is a property shape")
        yield shapes.Node(shape)
    for value in reader.values(trail, SH.property):
        shape = reader.shape(value, trail)
        if shape.path is None:
            raise ill_formed(trail, "the value of sh:property is no property shape")
        yield shapes.Property(shape)


def _qualified(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    value = reader.one(trail, SH.qualifiedValueShape)
    if value is None and not reader.values(trail, SH.path):
        return  # a count of nothing asks for nothing (test node/qualified-001 of the W3C)
    minimum, maximum = _count(reader, trail, SH.qualifiedMinCount), _count(reader, trail, SH.qualifiedMaxCount)
    disjoint = reader.one(trail, SH.qualifiedValueShapesDisjoint)
    apart = disjoint is not None and _flag(trail, disjoint, SH.qualifiedValueShapesDisjoint)
    if value is None and minimum is None and maximum is None and disjoint is None:
        return
    if value is None or (minimum is None and maximum is None):
        raise ill_formed(trail, "sh:qualifiedValueShape and a count of it belong together")
    shape = reader.shape(value, trail)
    siblings = tuple(reader.shape(node, trail) for node in _siblings(reader.graph, trail[-1], value)) if apart else ()
    if minimum is not None:
        yield shapes.QualifiedMin(shape, siblings, minimum)
    if maximum is not None:
        yield shapes.QualifiedMax(shape, siblings, maximum)


def _siblings(graph: Graph, node: Node, value: Node) -> list[Node]:
    """Return the sibling shapes of a shape (SHACL, section 4.7.3)."""
    parents = graph.subjects(SH.property, node)
    found = {
        sibling
        for parent in parents
        for part in graph.objects(parent, SH.property)
        for sibling in graph.objects(part, SH.qualifiedValueShape)
    }
    return sorted(found - {value}, key=str)


def _closed(reader: Shapes, trail: Trail) -> Iterator[Constraint]:
    closed, ignored = reader.one(trail, SH.closed), reader.one(trail, SH.ignoredProperties)
    if closed is None and ignored is not None:
        raise ill_formed(trail, "sh:ignoredProperties belongs to sh:closed")
    if closed is None or not _flag(trail, closed, SH.closed):
        return
    listed = items(reader.graph, ignored, trail, "sh:ignoredProperties") if ignored is not None else []
    own = [path for part in reader.values(trail, SH.property) for path in reader.graph.objects(part, SH.path)]
    yield shapes.Closed(tuple(sorted({iri for iri in (*listed, *own) if isinstance(iri, URIRef)})))


def _iris(reader: Shapes, trail: Trail, predicate: URIRef, single: bool = False) -> Iterator[URIRef]:
    only = reader.one(trail, predicate) if single else None
    for value in reader.values(trail, predicate) if not single else [] if only is None else [only]:
        if not isinstance(value, URIRef):
            raise ill_formed(trail, f"the value of sh:{token(predicate)} is no IRI")
        yield value


def _count(reader: Shapes, trail: Trail, predicate: URIRef) -> int | None:
    value = reader.one(trail, predicate)
    if value is None:
        return None
    number = value.value if isinstance(value, RdfLiteral) else None
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise ill_formed(trail, f"the value of sh:{token(predicate)} is no count")
    return number


def _flag(trail: Trail, value: Term, predicate: URIRef) -> bool:
    if not isinstance(value, RdfLiteral) or value.datatype != XSD.boolean or not isinstance(value.value, bool):
        raise ill_formed(trail, f"sh:{token(predicate)} is neither true nor false")
    return value.value


def _term(trail: Trail, value: Node, predicate: URIRef) -> Term:
    if not isinstance(value, URIRef | RdfLiteral):
        what = f"has a blank node as a value of sh:{token(predicate)}, which no data can mean"
        raise refused(trail, what, "name the node by an IRI, or describe it by a shape")
    return value


#: What only a shape with a path can have.
_OF_PROPERTIES = (
    *(SH.minCount, SH.maxCount, SH.uniqueLang, SH.lessThan, SH.lessThanOrEquals),
    SH.qualifiedValueShape,
)
_READ: tuple[Read, ...] = (
    *(_classes, _datatype, _node_kind, _counts, _bounds, _lengths, _pattern, _languages),
    *(_pairs, _logic, _shapes, _qualified, _closed, _terms),
)
#: All properties that are read here.
PARAMETERS = frozenset(
    (
        *_OF_PROPERTIES,
        *(predicate for predicate, _ in _BOUNDS),
        *(SH["class"], SH.datatype, SH.nodeKind, SH.minLength, SH.maxLength, SH.pattern, SH.flags, SH.languageIn),
        *(SH.equals, SH.disjoint, SH["in"], SH.hasValue, SH["not"], SH["and"], SH["or"], SH.xone),
        *(SH.node, SH.property, SH.closed, SH.ignoredProperties),
        *(SH.qualifiedMinCount, SH.qualifiedMaxCount, SH.qualifiedValueShapesDisjoint),
    )
)
