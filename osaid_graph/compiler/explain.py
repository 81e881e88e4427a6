"""Shapes in lines that people read: what the compiler made of them, before it is SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from rdflib import Graph
from rdflib.namespace import NamespaceManager
from rdflib.term import Node

from osaid_graph.compiler import paths, targets
from osaid_graph.compiler.read import read_shapes
from osaid_graph.compiler.shapes import Bound, Closed, Constraint, LessThan, Pattern, Shape, parts_of
from osaid_graph.vocab import token

_INDENT = "  "


def explain(graph: Graph) -> str:
    """Return the shapes of a graph that have a target, a constraint a line, with the prefixes of the graph.

    Raises:
        Refused: One cannot be compiled.
    """
    return _Writer(graph.namespace_manager).text(read_shapes(graph))


class _Writer:
    def __init__(self, prefixes: NamespaceManager) -> None:
        self.prefixes = prefixes

    def text(self, read: tuple[Shape, ...]) -> str:
        return "\n\n".join("\n".join(self._targeted(shape)) for shape in read) + "\n"

    def _targeted(self, shape: Shape) -> Iterator[str]:
        found = " or ".join(self._target(target) for target in shape.targets)
        yield f"{self._term(shape.node)} ({self._term(shape.severity)}) on {found or 'nothing'}"
        yield from self._parts(shape, 1)

    def _target(self, target: targets.Target) -> str:
        if isinstance(target, targets.TargetClass):
            return f"instances of {self._term(target.iri)}"
        if isinstance(target, targets.TargetNode):
            return self._term(target.term)
        ends = "subjects" if isinstance(target, targets.TargetSubjectsOf) else "objects"
        return f"{ends} of {self._term(target.predicate)}"

    def _parts(self, shape: Shape, depth: int) -> Iterator[str]:
        if shape.deactivated:
            yield f"{_INDENT * depth}deactivated"
            return
        if shape.path is not None:
            yield f"{_INDENT * depth}{self._path(shape.path)}"
            depth += 1
        for constraint in shape.constraints:
            yield f"{_INDENT * depth}{self._constraint(constraint)}"
            for number, part in enumerate(parts_of(constraint)):
                if number:
                    yield f"{_INDENT * depth}|"
                yield from self._parts(part, depth + 1)

    def _constraint(self, constraint: Constraint) -> str:
        name = token(constraint.component).removesuffix("ConstraintComponent")
        return " ".join([name[0].lower() + name[1:], *self._said(constraint)])

    def _said(self, constraint: Constraint) -> Iterator[str]:
        """Yield what a constraint says beside the shapes it is made of."""
        if isinstance(constraint, Bound):
            yield self._term(constraint.bound)
        elif isinstance(constraint, LessThan):
            yield self._term(constraint.predicate)
        elif isinstance(constraint, Pattern):
            yield f"{constraint.pattern!r} {constraint.flags}".rstrip()
        elif isinstance(constraint, Closed):
            yield " ".join(["but", *map(self._term, constraint.allowed)])
        else:
            for field in fields(constraint):
                if field.name not in ("shape", "shapes", "siblings"):
                    yield self._value(getattr(constraint, field.name))

    def _value(self, value: object) -> str:
        if isinstance(value, Node):
            return self._term(value)
        if isinstance(value, tuple | frozenset):
            listed = (self._value(each) for each in value)
            return f"({' '.join(listed if isinstance(value, tuple) else sorted(listed))})"
        return str(value)

    def _path(self, path: paths.Path) -> str:
        text = str(path)
        for iri in sorted(set(paths.predicates_of(path)), key=str, reverse=True):
            text = text.replace(iri.n3(), self._term(iri))
        return text

    def _term(self, term: Node) -> str:
        return term.n3(self.prefixes)
