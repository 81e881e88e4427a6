"""Shapes from a graph of shapes: everything that is compiled is understood here, everything else is refused by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.term import IdentifiedNode, Node

from osaid_graph.compiler import targets
from osaid_graph.compiler.paths import Path
from osaid_graph.compiler.read_constraints import PARAMETERS, constraints_of
from osaid_graph.compiler.read_paths import items, read_path
from osaid_graph.compiler.refusal import Refused, ill_formed, is_shacl, not_core, own_component, recursive, refused
from osaid_graph.compiler.shapes import Shape
from osaid_graph.model import Term
from osaid_graph.vocab import token

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
#: What a shape says beside its targets and constraints.
_SAYS = (*(SH.path, SH.severity, SH.deactivated), *(SH.message, SH.name, SH.description, SH.order, SH.group))
_KNOWN = frozenset((*PARAMETERS, *_TARGETS, *_SAYS, SH.defaultValue))
_LISTS = (SH["and"], SH["or"], SH.xone)
_SHAPES = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)


def read_shapes(graph: Graph) -> tuple[Shape, ...]:
    """Return the shapes of a graph that have a target, with all they consist of, sorted by their name.

    Raises:
        Refused: One uses what is not compiled, or is not well-formed SHACL.
    """
    reader = Reader(graph)
    targeted = [node for node in sorted(reader.shape_nodes, key=str) if reader.has_target(node)]
    return tuple(reader.shape(node, ()) for node in targeted)


class Reader:
    """Reads the shapes of one graph, each once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._read: dict[Node, Shape] = {}
        self._class_kinds = {RDFS.Class, OWL.Class, *graph.subjects(RDFS.subClassOf, RDFS.Class)}
        self._own_parameters = {
            path
            for component in graph.subjects(SH.parameter)
            for parameter in graph.objects(component, SH.parameter)
            for path in graph.objects(parameter, SH.path)
        }

    @cached_property
    def shape_nodes(self) -> set[IdentifiedNode]:
        """The nodes that are shapes: by their class, by a target, by parts, or as a part of another."""
        graph = self.graph
        found = {node for kind in (SH.NodeShape, SH.PropertyShape) for node in graph.subjects(RDF.type, kind)}
        found.update(node for predicate in (*_TARGETS, SH.property, SH.node) for node in graph.subjects(predicate))
        found.update(value for predicate in _SHAPES for value in graph.objects(None, predicate))
        for predicate in _LISTS:
            for node, head in graph.subject_objects(predicate):
                found.update(items(graph, head, _trail(node), f"sh:{token(predicate)}"))
        return {node for node in found if isinstance(node, IdentifiedNode)}

    def has_target(self, node: IdentifiedNode) -> bool:
        """Return whether a shape says itself what it is about."""
        return self._is_class(node) or any((node, predicate, None) in self.graph for predicate in _TARGETS)

    def shape(self, node: Node, trail: tuple[IdentifiedNode, ...]) -> Shape:
        """Return the shape a node stands for.

        Args:
            node: The node.
            trail: The shapes this one is a part of, outermost first.

        Raises:
            Refused: It cannot be compiled.
        """
        if not isinstance(node, IdentifiedNode):
            raise ill_formed(trail, f"{node.n3()} is no shape")
        if node in trail:
            raise recursive((*trail, node))
        if node not in self._read:
            self._read[node] = self._new(node, (*trail, node))
        return self._read[node]

    def values(self, trail: tuple[IdentifiedNode, ...], predicate: URIRef) -> list[Term]:
        """Return the values of a property of a shape in one order."""
        found: Iterable[Node] = self.graph.objects(trail[-1], predicate)
        return sorted({value for value in found if isinstance(value, IdentifiedNode | RdfLiteral)}, key=_order)

    def one(self, trail: tuple[IdentifiedNode, ...], predicate: URIRef) -> Term | None:
        """Return the value of a property of a shape, None where it has none.

        Raises:
            Refused: It has several.
        """
        values = self.values(trail, predicate)
        if len(values) > 1:
            raise ill_formed(trail, f"it has {len(values)} values of sh:{token(predicate)}")
        return values[0] if values else None

    def _new(self, node: IdentifiedNode, trail: tuple[IdentifiedNode, ...]) -> Shape:
        path = self._path(trail)
        severity = self.one(trail, SH.severity) or SH.Violation
        if not isinstance(severity, IdentifiedNode):
            raise ill_formed(trail, "its severity is a text")
        if self._is_off(trail):  # whatever it consists of, all nodes conform to it
            return Shape(node, path, (), (), severity, deactivated=True)
        self._check_terms(trail)
        constraints = tuple(constraints_of(self, trail, path))
        return Shape(node, path, constraints, tuple(self._targets(trail)), severity)

    def _is_off(self, trail: tuple[IdentifiedNode, ...]) -> bool:
        value = self.one(trail, SH.deactivated)
        if value is None:
            return False
        if not isinstance(value, RdfLiteral) or not isinstance(value.value, bool):
            raise ill_formed(trail, "sh:deactivated is neither true nor false")
        return value.value

    def _check_terms(self, trail: tuple[IdentifiedNode, ...]) -> None:
        for predicate in sorted(set(self.graph.predicates(trail[-1])), key=str):
            if predicate in self._own_parameters and predicate not in PARAMETERS:
                raise own_component(trail, predicate)
            if is_shacl(predicate) and predicate not in _KNOWN:
                raise not_core(trail, predicate)

    def _path(self, trail: tuple[IdentifiedNode, ...]) -> Path | None:
        node = trail[-1]
        kinds = set(self.graph.objects(node, RDF.type))
        path = self.one(trail, SH.path)
        if path is None and SH.PropertyShape in kinds:
            raise ill_formed(trail, "a property shape needs a sh:path")
        if path is not None and SH.NodeShape in kinds:
            raise ill_formed(trail, "a node shape has no sh:path")
        return None if path is None else read_path(self.graph, path, trail)

    def _targets(self, trail: tuple[IdentifiedNode, ...]) -> Iterator[targets.Target]:
        node = trail[-1]
        if self._is_class(node):
            yield targets.TargetClass(self._iri(trail, node, "the class it is"))
        for value in self.values(trail, SH.targetClass):
            yield targets.TargetClass(self._iri(trail, value, "sh:targetClass"))
        for value in self.values(trail, SH.targetNode):
            yield targets.TargetNode(self._stable(trail, value))
        for value in self.values(trail, SH.targetSubjectsOf):
            yield targets.TargetSubjectsOf(self._iri(trail, value, "sh:targetSubjectsOf"))
        for value in self.values(trail, SH.targetObjectsOf):
            yield targets.TargetObjectsOf(self._iri(trail, value, "sh:targetObjectsOf"))

    def _is_class(self, node: IdentifiedNode) -> bool:
        return any(kind in self._class_kinds for kind in self.graph.objects(node, RDF.type))

    def _iri(self, trail: tuple[IdentifiedNode, ...], value: Term, of: str) -> URIRef:
        if not isinstance(value, URIRef):
            raise ill_formed(trail, f"the value of {of} is no IRI")
        return value

    def _stable(self, trail: tuple[IdentifiedNode, ...], value: Term) -> Term:
        if not isinstance(value, URIRef | RdfLiteral):
            raise blank_value(trail, "sh:targetNode")
        return value


def blank_value(trail: tuple[IdentifiedNode, ...], of: str) -> Refused:
    """Return the error for a blank node where only a term that the data may share makes sense."""
    return refused(trail, f"has a blank node as {of}, which no data can mean", "name the node by an IRI")


def _trail(node: Node) -> tuple[IdentifiedNode, ...]:
    return (node,) if isinstance(node, IdentifiedNode) else ()


def _order(term: Term) -> tuple[str, str, str]:
    if isinstance(term, RdfLiteral):
        return (str(term), str(term.datatype or ""), term.language or "")
    return (str(term), "", "")
