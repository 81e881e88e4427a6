"""The waivers that come with a release: read from the index, and judged as ``check`` judges them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox
from rdflib import PROV, RDF, RDFS, BNode, URIRef
from rdflib.namespace import FOAF

from osaid_graph.assessment.waivers import waivers
from osaid_graph.graph.release import Release
from osaid_graph.model import Definition, Requirement
from osaid_graph.query.terms import graph_of, named_node
from osaid_graph.reading import Reading, Statement
from osaid_graph.reports import tolerated
from osaid_graph.server.judged import Judged
from osaid_graph.server.nodes import NAMES, Nodes
from osaid_graph.tolerated import Waiver
from osaid_graph.vocab import OSAID

#: Waivers that are read of a release, and statements of one, or of what a node is a part of.
_MOST: Final = 500
_FEW: Final = 64
_OF: Final = named_node(str(OSAID.gapWaiver))
_TYPE: Final = named_node(str(RDF.type))
_WAIVER: Final = named_node(str(OSAID.GapWaiver))
_COMPONENT: Final = named_node(str(OSAID.hasComponent))
_QUOTED: Final = named_node(str(PROV.wasQuotedFrom))
_LABEL: Final = named_node(str(RDFS.label))
_BY: Final = named_node(str(PROV.wasAttributedTo))
_AT: Final = named_node(str(OSAID.waivesGapAt))
_NAME: Final = named_node(str(FOAF.name))
_Iri = ox.NamedNode
_Node = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver that comes with a release; it changes no outcome.

    Attributes:
        of: The requirement or the rule of which it waives gaps.
        on: The node on which, empty for all.
        reason: Why.
        by: Who says so; empty where nobody is named.
        until: The last day.
        expired: Whether that is over on the day of the assessment.
        counts: Whether it acts on the release at all.
        because: Why it does not, in a clause.
        idle: Why it names no gap, in a clause.
        document: Where it stands.
        words: All this in words, as reports write it.
    """

    of: str
    on: str
    reason: str
    by: str
    until: str
    expired: bool
    counts: bool
    because: str
    idle: str
    document: str
    words: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What a rule found on a node: as much of it as waivers look at."""

    id: str
    rule: str
    requirement: str
    outcome: str
    focus: str


@dataclass(frozen=True, slots=True)
class _Judgement:
    counted: bool


@dataclass(frozen=True, slots=True)
class _Result:
    """The outcome of a requirement: as much of it as waivers look at."""

    requirement: Requirement
    outcome: str
    findings: Sequence[Gap]
    bearing: Sequence[Gap]
    judgements: Sequence[_Judgement]


def results_of(
    definition: Definition,
    outcomes: Mapping[str, str | None],
    gaps: Sequence[Gap],
    judged: Mapping[str, tuple[Judged, ...]],
) -> list[_Result]:
    """Return what an assessment came to, as waivers look at it.

    Args:
        definition: The version that was assessed against.
        outcomes: The outcomes by requirement.
        gaps: All that was found.
        judged: The judgements by requirement.
    """
    return [
        _Result(
            definition.requirements[id_],
            outcome,
            [gap for gap in gaps if gap.requirement == id_],
            [gap for gap in gaps if id_ in definition.rules[gap.rule].bears_on],
            [_Judgement(each.counts) for each in judged.get(id_, ())],
        )
        for id_, outcome in outcomes.items()
        if outcome is not None
    ]


class Waivers:
    """Reads waivers.

    Args:
        nodes: What is said of nodes.
        definition: The version that was assessed against.
        today: The day of the assessment.
    """

    def __init__(self, nodes: Nodes, definition: Definition, today: datetime.date) -> None:
        self.store, self.definition, self.today = nodes.store, definition, today
        self.are_there: bool = next(iter(self.store.quads_for_pattern(None, _OF, None)), None) is not None
        self.are_there |= next(iter(self.store.quads_for_pattern(None, _TYPE, _WAIVER)), None) is not None

    def on(self, subject: str, scope: Iterable[str], results: Iterable[_Result]) -> tuple[tuple[Waived, ...], bool]:
        """Return the waivers of a release, and of what is behind it, which do not act on it, in order.

        And whether there are more than are read.

        Args:
            subject: Its IRI, or ``_:label``.
            scope: The nodes that were looked at.
            results: What its assessment came to.
        """
        node = _node(subject)
        types = list(self.store.quads_for_pattern(node, _TYPE, None))
        up = list(self._wholes(node))
        above = (quad.subject for quad in up if isinstance(quad.subject, _Node))
        wholes: dict[_Node, None] = dict.fromkeys([node, *above, *map(_node, scope)])
        quads = [*types, *up, *self._names(node)]
        home = dict.fromkeys(document for each in wholes for document in self._documents(each))
        edges = list(islice(self._edges(wholes, home), _MOST + 1))
        for quad in edges[:_MOST]:
            quads += [quad, *self._described(quad.object if quad.predicate == _OF else quad.subject)]
            quads += self._names(quad.subject) if quad.predicate == _OF else ()
        release, graph = self._release(quads), graph_of(quad.triple for quad in quads)
        term = BNode(node.value) if isinstance(node, ox.BlankNode) else URIRef(node.value)
        found = waivers(release, graph, term, self.definition, self.today, results, [])
        return tuple(self._waived(each) for each in found), len(edges) > _MOST

    def _waived(self, waiver: Waiver) -> Waived:
        return Waived(
            waiver.of,
            waiver.on,
            waiver.reason,
            waiver.by,
            waiver.until,
            self.today > datetime.date.fromisoformat(waiver.until),
            waiver.standing != "ignored",
            waiver.because,
            waiver.idle,
            waiver.location.source if waiver.location else "",
            tolerated.described(waiver),
        )

    def _edges(self, wholes: Iterable[_Node], home: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
        """Yield what links waivers to nodes, then the waivers of documents: ``check`` reads these whole."""
        for whole in wholes:
            found = self.store.quads_for_pattern(whole, _OF, None)
            yield from (quad for quad in found if isinstance(quad.graph_name, _Iri))
        for graph in home:
            yield from self.store.quads_for_pattern(None, _OF, None, graph)
            yield from self.store.quads_for_pattern(None, _TYPE, _WAIVER, graph)

    def _wholes(self, node: _Node) -> Iterator[ox.Quad]:
        """Yield what says that a node is a part, and that what it is a part of is one."""
        seen, waiting = {node}, [node]
        while waiting and len(seen) < _MOST:
            for quad in islice(self.store.quads_for_pattern(None, _COMPONENT, waiting.pop()), _MOST):
                yield quad
                if not isinstance(quad.subject, ox.Triple) and quad.subject not in seen:
                    seen.add(quad.subject)
                    waiting.append(quad.subject)

    def _described(self, waiver: object) -> Iterator[ox.Quad]:
        """Yield what is said of a waiver, of who it is by, and what the node is called that it is on."""
        if not isinstance(waiver, _Node):
            return
        for quad in islice(self.store.quads_for_pattern(waiver, None, None), _FEW):
            yield quad
            if quad.predicate == _BY and isinstance(quad.object, _Node):
                yield from islice(self.store.quads_for_pattern(quad.object, _NAME, None), _FEW)
            if quad.predicate in (_AT, _BY):
                yield from self._names(quad.object)

    def _names(self, node: object) -> Iterator[ox.Quad]:
        """Yield what a node is called, or the whole that its IRI is a fragment of."""
        if isinstance(node, _Node):
            page = ox.NamedNode(node.value.partition("#")[0]) if isinstance(node, ox.NamedNode) else node
            for each in dict.fromkeys((node, page)):
                for name in NAMES:
                    yield from islice(self.store.quads_for_pattern(each, ox.NamedNode(name), None), _FEW)

    def _release(self, quads: Iterable[ox.Quad]) -> Release:
        """Return what documents say of it, each by the name that it was read by."""
        by_document: dict[ox.NamedNode, dict[ox.Quad, None]] = {}
        for quad in quads:
            if isinstance(quad.graph_name, _Iri):
                by_document.setdefault(self._document(quad.graph_name), {})[quad] = None
        release = Release(sets_aside=True)
        for document, said in sorted(by_document.items(), key=lambda pair: self._called(pair[0])):
            statements = tuple(
                Statement(triple, graph=URIRef(document.value))  # type: ignore[arg-type]
                for triple in graph_of(quad.triple for quad in said)
            )
            release.add_part(Reading(statements), self._called(document), {}, "", document.value)
        return release

    def _documents(self, node: _Node) -> list[ox.NamedNode]:
        """Return the documents that say something of a node, as its first statements have it."""
        graphs = {quad.graph_name for quad in islice(self.store.quads_for_pattern(node, None, None), _MOST)}
        found = {self._document(graph) for graph in graphs if isinstance(graph, _Iri)}
        return sorted(found, key=lambda each: each.value)

    def _document(self, graph: ox.NamedNode) -> ox.NamedNode:
        """Return the document that a graph is of: that which quotes a source, or the graph itself."""
        for quad in islice(self.store.quads_for_pattern(graph, _QUOTED, None), 1):
            if isinstance(quad.object, ox.NamedNode):
                return quad.object
        return graph

    def _called(self, document: ox.NamedNode) -> str:
        labels = self.store.quads_for_pattern(document, _LABEL, None)
        return min((quad.object.value for quad in labels if isinstance(quad.object, ox.Literal)), default="")


def _node(name: str) -> _Node:
    return ox.BlankNode(name.removeprefix("_:")) if name.startswith("_:") else named_node(name)
