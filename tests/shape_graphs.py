"""Graphs of shapes and of data that Hypothesis draws: small, and full of what SHACL Core can say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from hypothesis import strategies as st
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import IdentifiedNode, Node

T = TypeVar("T")

EX = Namespace("https://example.org/")
PREDICATES = (EX.p, EX.q, EX.r)
CLASSES = (EX.C, EX.D)
IRIS = (EX.a, EX.b, EX.c)
BLANKS = (BNode("b1"), BNode("b2"))
LITERALS = (
    *(Literal("ab"), Literal("abc"), Literal("Z"), Literal(""), Literal("a\nb"), Literal("äß")),
    *(Literal("ab", lang="en"), Literal("ab", lang="de"), Literal("x", lang="en-GB"), Literal("y", lang="en")),
    *(Literal(1), Literal(2), Literal(-3), Literal("2.5", datatype=XSD.decimal), Literal("2.0", datatype=XSD.decimal)),
    *(Literal("0.5", datatype=XSD.double), Literal("2", datatype=XSD.byte), Literal("300", datatype=XSD.byte)),
    *(
        Literal("INF", datatype=XSD.double),
        Literal("1e3", datatype=XSD.float),
        Literal("0", datatype=XSD.positiveInteger),
    ),
    *(Literal(True), Literal(False), Literal("x", datatype=XSD.integer), Literal("1", datatype=EX.unit)),
    *(Literal("2020-02-29", datatype=XSD.date), Literal("2021-01-01", datatype=XSD.date)),
    *(Literal("2021-02-29", datatype=XSD.date), Literal("2020-02-30T00:00:00", datatype=XSD.dateTime)),
    *(Literal("2020-01-01T10:00:00", datatype=XSD.dateTime), Literal("2020-01-01T10:00:00Z", datatype=XSD.dateTime)),
    *(Literal("2020-01-01T11:30:00.25+02:00", datatype=XSD.dateTime), Literal("10:00:00", datatype=XSD.time)),
    *(Literal("09:00:00-02:00", datatype=XSD.time), Literal("10:59:59Z", datatype=XSD.time)),
)
#: Bounds that others can be compared with.
BOUNDS = tuple(each for each in LITERALS if not each.ill_typed and each.datatype != EX.unit)
DATATYPES = (
    *(XSD.string, RDF.langString, XSD.integer, XSD.decimal, XSD.double, XSD.byte, XSD.boolean, XSD.date),
    *(XSD.dateTime, XSD.time, XSD.positiveInteger, EX.unit, RDFS.Literal),
)
PATTERNS = (
    ("^a", ""),
    ("b$", ""),
    (r"^\w+$", ""),
    ("[A-Z]", "i"),
    ("a.b", ""),
    (r"\d", ""),
    ("(org|ab)/?[abc]$", ""),
    ("SS?|ß", "i"),
)
KINDS = (SH.IRI, SH.BlankNode, SH.Literal, SH.BlankNodeOrIRI, SH.BlankNodeOrLiteral, SH.IRIOrLiteral)


@st.composite
def data_graphs(draw: st.DrawFn) -> Graph:
    """Draw a graph of a few nodes that refer to one another."""
    graph = Graph()
    subjects = st.sampled_from((*IRIS, *BLANKS))
    objects = st.one_of(subjects, st.sampled_from(LITERALS))
    for triple in draw(st.lists(st.tuples(subjects, st.sampled_from(PREDICATES), objects), min_size=4, max_size=14)):
        graph.add(triple)
    for node, kind in draw(st.lists(st.tuples(subjects, st.sampled_from(CLASSES)), min_size=1, max_size=5)):
        graph.add((node, RDF.type, kind))
    for below, above in draw(st.sampled_from(((), ((EX.D, EX.C),), ((EX.D, EX.E), (EX.E, EX.C), (EX.C, EX.D))))):
        graph.add((below, RDFS.subClassOf, above))
    return graph


@st.composite
def shape_graphs(draw: st.DrawFn) -> Graph:
    """Draw some shapes with targets, and all they consist of."""
    drawing = _Drawing(draw)
    for number in range(draw(st.integers(2, 4))):
        drawing.targeted(EX[f"shape{number}"])
    return drawing.graph


@dataclass
class _Drawing:
    draw: st.DrawFn
    graph: Graph = field(default_factory=Graph)
    #: Node shapes that others may refer to by name.
    named: list[IdentifiedNode] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def blank(self) -> BNode:
        return BNode(f"n{next(self.numbers)}")

    def one(self, values: Sequence[T]) -> T:
        return self.draw(st.sampled_from(values))

    def chance(self, of: int) -> bool:
        return self.draw(st.integers(1, of)) == of

    def number(self) -> Literal:
        return Literal(self.draw(st.integers(0, 3)))

    def targeted(self, node: URIRef) -> None:
        """Draw a shape with a target."""
        for _ in range(self.draw(st.integers(1, 2))):
            target = self.one((SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf))
            of_predicates = target in (SH.targetSubjectsOf, SH.targetObjectsOf)
            terms = (
                CLASSES if target == SH.targetClass else PREDICATES if of_predicates else (*IRIS, EX.absent, Literal(1))
            )
            self.graph.add((node, target, self.one(terms)))
        if self.chance(8):
            self.graph.add((node, RDF.type, RDFS.Class))
        self.shape(node, of_property=self.chance(2), depth=2)

    def shape(self, node: IdentifiedNode, of_property: bool, depth: int) -> IdentifiedNode:
        """Draw what a shape says."""
        self.graph.add((node, RDF.type, SH.PropertyShape if of_property else SH.NodeShape))
        if self.chance(6):
            self.graph.add((node, SH.severity, self.one((SH.Warning, SH.Info, EX.grave))))
        if self.chance(12):
            self.graph.add((node, SH.deactivated, Literal(self.chance(2))))
        if of_property:
            self.graph.add((node, SH.path, self.path(1)))
        choices = (
            [self.of_value, self.of_pairs] + [self.of_shapes] * 2 * (depth > 0) + [self.of_counts] * 2 * of_property
        )
        for _ in range(self.draw(st.integers(1, 3))):
            self.one(choices)(node, of_property, depth)
        if not of_property:
            self.named.append(node)
        return node

    def part(self, depth: int) -> IdentifiedNode:
        """Return a shape that another is to be made of."""
        if self.named and self.chance(4):
            return self.one(self.named)
        return self.shape(self.blank(), of_property=self.chance(3), depth=depth - 1)

    def of_value(self, node: IdentifiedNode, of_property: bool, depth: int) -> None:
        """Draw a constraint on each value."""
        pattern, flags = self.one(PATTERNS)
        drawn: tuple[tuple[URIRef, Node], ...] = self.one(
            (
                ((SH["class"], self.one(CLASSES)),),
                ((SH.datatype, self.one(DATATYPES)),),
                ((SH.nodeKind, self.one(KINDS)),),
                ((self.one((SH.minExclusive, SH.minInclusive, SH.maxExclusive, SH.maxInclusive)), self.one(BOUNDS)),),
                ((self.one((SH.minLength, SH.maxLength)), self.number()),),
                ((SH.pattern, Literal(pattern)), (SH.flags, Literal(flags))),
                ((SH.languageIn, self.list_of([Literal("en"), Literal("DE")])),),
                ((SH["in"], self.list_of([*self.some(IRIS), *self.some(LITERALS)])),),
                ((SH.hasValue, self.one((*IRIS, *LITERALS))),),
            )
        )
        if not any((node, predicate, None) in self.graph for predicate, _ in drawn if predicate not in _SEVERAL):
            for predicate, value in drawn:
                self.graph.add((node, predicate, value))

    def of_pairs(self, node: IdentifiedNode, of_property: bool, depth: int) -> None:
        """Draw a constraint that compares values."""
        names = [
            SH.equals,
            SH.disjoint,
            SH.closed,
            *([SH.lessThan, SH.lessThanOrEquals, SH.uniqueLang] if of_property else []),
        ]
        name = self.one(names)
        if name in (SH.closed, SH.uniqueLang):
            self.graph.set((node, name, Literal(True)))
            if name == SH.closed and self.chance(2):
                self.graph.set((node, SH.ignoredProperties, self.list_of([RDF.type, self.one(PREDICATES)])))
        else:
            self.graph.add((node, name, self.one(PREDICATES)))

    def of_shapes(self, node: IdentifiedNode, of_property: bool, depth: int) -> None:
        """Draw a constraint that other shapes say."""
        name = self.one((SH["not"], SH["and"], SH["or"], SH.xone, SH.node, SH.property))
        if name in (SH["and"], SH["or"], SH.xone):
            parts: list[Node] = [self.part(depth) for _ in range(self.draw(st.integers(1, 3)))]
            self.graph.add((node, name, self.list_of(parts)))
        elif name == SH["not"]:
            self.graph.add((node, name, self.part(depth)))
        else:
            of_other = name == SH.property
            part = self.shape(self.blank(), of_property=of_other, depth=depth - 1)
            self.graph.add((node, name, part))

    def of_counts(self, node: IdentifiedNode, of_property: bool, depth: int) -> None:
        """Draw a constraint on how many values there are."""
        if depth == 0 or self.chance(2):
            self.graph.set((node, self.one((SH.minCount, SH.maxCount)), self.number()))
            return
        self.graph.set((node, self.one((SH.qualifiedMinCount, SH.qualifiedMaxCount)), self.number()))
        if (node, SH.qualifiedValueShape, None) not in self.graph:
            self.graph.add((node, SH.qualifiedValueShape, self.part(depth)))
        if self.chance(2):
            self.graph.set((node, SH.qualifiedValueShapesDisjoint, Literal(True)))

    def path(self, depth: int) -> IdentifiedNode:
        """Draw a path; an inverse is that of a property, since pySHACL takes that of a sequence the wrong way."""
        if depth < 0 or self.chance(2):
            return self.one(PREDICATES)
        kind = self.one(
            (SH.inversePath, SH.zeroOrOnePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.alternativePath, RDF.first)
        )
        if kind == RDF.first:
            return self.list_of([self.path(depth - 1), self.path(depth - 1)])
        node = self.blank()
        listed = [self.path(depth - 1), self.path(depth - 1)] if kind == SH.alternativePath else []
        value = self.list_of(listed) if listed else self.path(-1 if kind == SH.inversePath else depth - 1)
        self.graph.add((node, kind, value))
        return node

    def some(self, values: Sequence[T]) -> list[T]:
        return self.draw(st.lists(st.sampled_from(values), max_size=3))

    def list_of(self, members: Sequence[Node]) -> IdentifiedNode:
        head = self.blank()
        Collection(self.graph, head, list(members))
        return head if members else RDF.nil


#: What a shape may have several values of.
_SEVERAL = (SH["class"], SH.hasValue)
