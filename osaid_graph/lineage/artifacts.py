"""From the statements of a release, or the records of a dump, to the artefacts of a lineage and their edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rdflib import DCTERMS, RDF, BNode, Graph, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.graph.dump import Dump, Progress, links
from osaid_graph.graph.labels import label, name
from osaid_graph.graph.ontology import inverses
from osaid_graph.graph.release import Release
from osaid_graph.identity import short
from osaid_graph.lineage.builder import LineageBuilder
from osaid_graph.lineage.edges import SUBJECTS, components, wholes
from osaid_graph.lineage.index import CLASSES, Lineage, properties
from osaid_graph.model import Triple
from osaid_graph.vocab import OSAID

#: What counts as one artefact with the one system or model that it belongs to.
FOLDED: Final = (OSAID.Parameters, OSAID.Checkpoint, OSAID.OptimizerState)
_KIND_OF = {"models": OSAID.Model, "datasets": OSAID.Dataset}
#: What such things belong to.
WHOLES: Final = (OSAID.AISystem, OSAID.Model)
#: What the end of an edge is, where nothing else tells.
END: Final = {
    **dict.fromkeys(
        (OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn, OSAID.subsetOf, OSAID.filteredFrom), OSAID.Dataset
    ),
    **dict.fromkeys((OSAID.fineTunedFrom, OSAID.adapterOf, OSAID.quantizedFrom, OSAID.mergedFrom), OSAID.Model),
}


def lineage_of(
    graph: Graph, release: Release | None = None, dumps: Iterable[Dump] = (), progress: Progress | None = None
) -> Lineage:
    """Return the lineage of everything in a prepared graph, and in dumps beside it.

    Args:
        graph: A graph with references resolved and the fixed entailment added
            (:func:`osaid_graph.assessment.assess.prepare`).
        release: The documents it was made from, for who states an edge.
        dumps: Documents of many descriptions, which are read as a whole, a line at a time.
        progress: Told how many bytes of how many have been read of these.

    Raises:
        InputError: A dump is broken; its ``source`` and ``line`` are set.
    """
    builder = LineageBuilder()
    _Artifacts(graph, release, builder).add()
    waiting = list(dumps)
    size, read = sum(dump.size for dump in waiting), 0
    for dump in waiting:
        before = read

        def told(bytes_read: int, _whole: int, before: int = before) -> None:
            if progress is not None:
                progress(before + bytes_read, size)

        _add_dump(builder, dump, told)
        read += dump.size
    return builder.finish(tuple(dump.name for dump in waiting))


def _add_dump(builder: LineageBuilder, dump: Dump, progress: Progress) -> None:
    for link in links(dump, progress):
        number = builder.node(link.id, _KIND_OF[link.kind] if link.kind else None, described=True)
        builder.license(number, link.licenses)
        if link.issued:
            builder.issue(number, link.issued)
        for prop, target in link.edges:
            kind = OSAID.Model if prop != OSAID.trainedOn and link.kind == "models" else OSAID.Dataset
            builder.edge(number, builder.node(target, kind), prop, None)


class _Artifacts:
    """Adds the artefacts of a graph to a lineage."""

    def __init__(self, graph: Graph, release: Release | None, builder: LineageBuilder) -> None:
        self.graph, self.release, self.builder = graph, release, builder
        self.wholes: dict[IdentifiedNode, IdentifiedNode] = {}

    def add(self) -> None:
        """Add artefacts and edges, in the order of their IRIs."""
        edges = sorted(self._edges(), key=lambda edge: tuple(map(str, edge)))
        ends = {end for source, _, target in edges for end in (source, target)}
        nodes = sorted({*self._typed(), *ends}, key=lambda node: (isinstance(node, BNode), str(node)))
        self.wholes = {node: self._whole(node) for node in nodes}
        for node in nodes:
            self._describe(node)
        for source, prop, target in edges:
            left, right = self.wholes[source], self.wholes[target]
            if prop in components() and right != target:  # parameters of a part, which is itself told
                continue
            if left == right and source != target and (prop in components() or right != target):  # within one artefact
                continue
            number = self.builder.node(name(right), END.get(prop))
            self.builder.edge(self.builder.node(name(left)), number, prop, self._said_by(source, prop, target))

    def _typed(self) -> Iterator[IdentifiedNode]:
        for kind in CLASSES:
            if kind is not None:
                yield from (node for node in self.graph.subjects(RDF.type, kind) if isinstance(node, IdentifiedNode))

    def _edges(self) -> Iterator[tuple[IdentifiedNode, URIRef, IdentifiedNode]]:
        of_artifacts = {*SUBJECTS, OSAID.Checkpoint, OSAID.Dataset}
        composing = set(components())
        for prop in properties():
            for source, target in self.graph.subject_objects(prop):
                if not (isinstance(source, IdentifiedNode) and isinstance(target, IdentifiedNode)):
                    continue
                if self._is_silence(target):
                    continue
                if prop in composing and not (
                    self._is_any(target, of_artifacts) and self._is_specific(source, prop, target)
                ):
                    continue
                yield source, prop, target

    def _is_specific(self, source: IdentifiedNode, prop: URIRef, target: IdentifiedNode) -> bool:
        """Tell whether a property is the most specific one that says what a component is."""
        if prop != OSAID.hasComponent:
            return True
        return not any((source, each, target) in self.graph for each in components() if each != prop)

    def _is_any(self, node: IdentifiedNode, kinds: Iterable[URIRef]) -> bool:
        return any((node, RDF.type, kind) in self.graph for kind in kinds)

    def _is_silence(self, node: IdentifiedNode) -> bool:
        return self._is_any(node, (OSAID.NotDisclosed, OSAID.NotApplicable))

    def _whole(self, node: IdentifiedNode) -> IdentifiedNode:
        """Return the one system or model that parameters or a stage of them belong to, else the node itself."""
        seen: set[IdentifiedNode] = set()
        while node not in seen and self._is_any(node, FOLDED) and not self._is_any(node, WHOLES):
            seen.add(node)
            around = {edge.target for edge in wholes(self.graph, node)}
            # parameters of a model, and of the system around it, belong to the model
            inner = around - {edge.target for whole in around for edge in wholes(self.graph, whole)}
            if len(inner) != 1:
                break
            node = inner.pop()
        return node

    def _describe(self, node: IdentifiedNode) -> None:
        whole = self.wholes[node]
        number = self.builder.node(
            name(whole), self._class(whole), described=not self._is_any(whole, (OSAID.UnresolvedReference,))
        )
        if node != whole:
            self.builder.alias(name(node), number)
        shown = label(self.graph, whole)
        if shown != short(name(whole)):
            self.builder.call(number, shown)
        terms = (value for value in self.graph.objects(node, OSAID.license) if not isinstance(value, BNode))
        self.builder.license(number, map(str, terms))
        for value in self.graph.objects(node, DCTERMS.issued):
            self.builder.issue(number, str(value))
        for value in self.graph.objects(node, OSAID.withdrawn):
            self.builder.withdraw(number, "" if str(value) == "true" else str(value))
        for value in sorted(self.graph.objects(node, DCTERMS.isVersionOf), key=str):
            self.builder.version_of(number, str(value))

    def _class(self, node: IdentifiedNode) -> URIRef | None:
        return next((kind for kind in CLASSES if kind is not None and (node, RDF.type, kind) in self.graph), None)

    def _said_by(self, source: IdentifiedNode, prop: URIRef, target: IdentifiedNode) -> tuple[str, ...]:
        """Return who states an edge, from either of its ends; nobody where it follows from what others state."""
        if self.release is None:
            return ()
        ways: list[Triple] = [(source, prop, target), *((target, turned, source) for turned in inverses(prop))]
        return tuple(dict.fromkeys(who for way in ways for who in self.release.attributed_to(way)))
