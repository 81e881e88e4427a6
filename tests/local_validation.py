"""The rules run on what has changed alone.

A rule looks at one node, and of its neighbours at no more than :data:`OF_NEIGHBOURS`. So the results on a node depend
on nothing else, and a test that validates hundreds of graphs that differ in a line need not validate the rest of each
again. ``test_remedies.py`` holds this against validation of the whole.
"""

from __future__ import annotations

from rdflib import RDF, RDFS, Graph
from rdflib.term import IdentifiedNode, Node

from osaid_graph.validation.validate import Result, validate
from osaid_graph.vocab import OSAID

Statements = frozenset[tuple[Node, Node, Node]]

OF_NEIGHBOURS = (
    *(RDF.type, RDFS.comment, OSAID.codeRole, OSAID.circular, OSAID.accessManner),
    *(OSAID.rows, OSAID.rowsWithoutLocation),
)


class LocalValidation:
    """Stands in for :func:`osaid_graph.validation.validate.validate` and remembers the results of every node."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, IdentifiedNode, Statements], tuple[Result, ...]] = {}

    def validate(self, graph: Graph, shapes: Graph) -> list[Result]:
        """Return the results of the rules of ``shapes`` on ``graph``, as ``validate`` does."""
        nodes = {node for node in graph.subjects() if isinstance(node, IdentifiedNode)}
        keys = {node: (id(shapes), node, _looked_at(graph, node)) for node in nodes}
        new = {node for node, key in keys.items() if key not in self._known}
        if new:
            part = Graph()
            for subject in new | {value for node in new for value in graph.objects(node)}:
                for triple in graph.triples((subject, None, None)):
                    part.add(triple)
            found: dict[Node, list[Result]] = {node: [] for node in new}
            for result in validate(part, shapes):
                if result.focus in found:
                    found[result.focus].append(result)
            self._known.update({keys[node]: tuple(found[node]) for node in new})
        results = [result for key in keys.values() for result in self._known[key]]
        return sorted(results, key=lambda result: (result.rule, str(result.focus), str(result.value)))


#: One for all tests, since what one has validated another need not.
SHARED = LocalValidation()


def _looked_at(graph: Graph, node: Node) -> Statements:
    own = list(graph.triples((node, None, None)))
    return frozenset(own).union(
        triple
        for _, _, value in own
        for predicate in OF_NEIGHBOURS
        for triple in graph.triples((value, predicate, None))
    )
