"""Property paths from a graph of shapes (SHACL, section 2.3.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.compiler import paths
from osaid_graph.compiler.refusal import ill_formed, refused

#: Property of a path of one part -> what it makes of the part.
_KINDS: dict[URIRef, Callable[[paths.Path], paths.Path]] = {
    SH.inversePath: paths.Inverse,
    SH.zeroOrMorePath: paths.ZeroOrMore,
    SH.oneOrMorePath: paths.OneOrMore,
    SH.zeroOrOnePath: paths.ZeroOrOne,
}


def read_path(graph: Graph, node: Node, trail: Sequence[IdentifiedNode]) -> paths.Path:
    """Return the path a node stands for.

    A node that is several kinds of path at once is read as the first of: sequence, inverse, alternative, zero or more,
    one or more, zero or one (the order of the tests ``path-strange`` of the W3C).

    Raises:
        Refused: It is no path, is part of itself, or the inverse of a sequence.
    """
    return _Paths(graph, trail).path(node, ())


def items(graph: Graph, head: Node, trail: Sequence[IdentifiedNode], of: str) -> list[Node]:
    """Return the members of an RDF list.

    Raises:
        Refused: It is no list, or does not end.
    """
    found: list[Node] = []
    seen: set[Node] = set()
    while head != RDF.nil:
        first, rest = list(graph.objects(head, RDF.first)), list(graph.objects(head, RDF.rest))
        if len(first) != 1 or len(rest) != 1 or head in seen:
            raise ill_formed(trail, f"the value of {of} is no list")
        seen.add(head)
        found.append(first[0])
        head = rest[0]
    return found


class _Paths:
    def __init__(self, graph: Graph, trail: Sequence[IdentifiedNode]) -> None:
        self.graph = graph
        self.trail = trail

    def path(self, node: Node, within: tuple[Node, ...]) -> paths.Path:
        if isinstance(node, URIRef):
            return paths.Predicate(node)
        if node in within:
            raise ill_formed(self.trail, "its path is a part of itself")
        within = (*within, node)
        if (node, RDF.first, None) in self.graph:
            parts = [self.path(part, within) for part in items(self.graph, node, self.trail, "sh:path")]
            return paths.Sequence(self._several(parts, "a sequence"))
        if (node, SH.inversePath, None) in self.graph:
            return self._inverse(self.path(self._one(node, SH.inversePath), within))
        if (node, SH.alternativePath, None) in self.graph:
            listed = items(self.graph, self._one(node, SH.alternativePath), self.trail, "sh:alternativePath")
            return paths.Alternative(self._several([self.path(part, within) for part in listed], "an alternative"))
        for kind, made in _KINDS.items():
            if (node, kind, None) in self.graph:
                return made(self.path(self._one(node, kind), within))
        raise ill_formed(self.trail, f"{node.n3()} is no path")

    def _inverse(self, path: paths.Path) -> paths.Path:
        if any(isinstance(part, paths.Sequence) for part in _parts(path)):
            what = "has the inverse of a sequence as its path, which the reference engine follows in the wrong order"
            raise refused(self.trail, what, "write the sequence of the inverses, last first")
        return paths.Inverse(path)

    def _one(self, node: Node, kind: URIRef) -> Node:
        values = list(self.graph.objects(node, kind))
        if len(values) != 1:
            raise ill_formed(self.trail, f"a part of its path has {len(values)} values of sh:{kind.fragment}")
        return values[0]

    def _several(self, parts: list[paths.Path], what: str) -> tuple[paths.Path, ...]:
        if len(parts) < 2:
            raise ill_formed(self.trail, f"{what} of paths needs two of them")
        return tuple(parts)


def _parts(path: paths.Path) -> list[paths.Path]:
    if isinstance(path, paths.Predicate):
        return [path]
    inner = path.paths if isinstance(path, paths.Sequence | paths.Alternative) else (path.path,)
    return [path, *(part for each in inner for part in _parts(each))]
