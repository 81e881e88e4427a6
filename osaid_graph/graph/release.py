"""A release: everything its descriptions say, with the place and the source of every statement."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import PROV, RDF, RDFS, BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, XSD
from rdflib.term import IdentifiedNode

from osaid_graph import __version__
from osaid_graph.model import Location, Reading, Source, StatedSource, Statement, Term, Triple
from osaid_graph.vocab import OSAID


class Release:
    """Documents that describe one release together.

    ``graph`` is the merge of all statements, which is what is assessed; :meth:`dataset` keeps the documents apart.
    """

    def __init__(self) -> None:
        self.graph = Graph()
        self.sources: list[Source] = []
        self._quads: dict[tuple[Triple, URIRef], None] = {}
        self._places: dict[Triple, list[Location]] = defaultdict(list)
        self._node_places: dict[IdentifiedNode, Location] = {}
        self._attributions: dict[Triple, list[str]] = defaultdict(list)
        self._stated: dict[URIRef, tuple[StatedSource, URIRef]] = {}
        self._lines: dict[str, list[str]] = {}

    def add(self, reading: Reading, name: str, data: bytes, format_name: str) -> Source:
        """Add what a reader made of the document ``name`` and return its record."""
        digest = hashlib.sha256(data).hexdigest()
        source = Source(name, format_name, digest, URIRef(f"urn:osaid:source:{digest[:16]}"))
        self.sources.append(source)
        self._lines[name] = data.decode("utf-8-sig", "replace").splitlines()
        stated_graphs = _graph_sources(reading.statements)
        for statement in reading.statements:
            self._add(statement, source, stated_graphs)
        return source

    def _add(self, statement: Statement, document: Source, stated_graphs: dict[URIRef, str]) -> None:
        triple = statement.triple
        self.graph.add(triple)
        place = Location(document.name, statement.line)
        places = self._places[triple]
        if place not in places:
            places.append(place)
        self._node_places.setdefault(triple[0], place)
        graph, attributed = document.graph, document.name
        if statement.source:
            graph = URIRef(f"{document.graph}:{hashlib.sha256(statement.source.url.encode()).hexdigest()[:12]}")
            self._stated[graph] = (statement.source, document.graph)
            attributed = statement.source.url
        elif statement.graph is not None:
            graph = statement.graph
            attributed = stated_graphs.get(graph, str(graph))
        self._quads[triple, graph] = None
        attributions = self._attributions[triple]
        if attributed not in attributions:
            attributions.append(attributed)

    def location(
        self, node: IdentifiedNode, predicate: URIRef | None = None, value: Term | None = None
    ) -> Location | None:
        """Return where a statement stands, or where its node is first described."""
        if predicate is not None and value is not None:
            places = self._places.get((node, predicate, value))
            if places:
                return places[0]
        return self._node_places.get(node)

    def mentioned(self, node: IdentifiedNode) -> Location | None:
        """Return where a node that is described nowhere is referred to."""
        return next((self._places[t][0] for t in self.graph.triples((None, None, node)) if t in self._places), None)

    def attributed_to(self, triple: Triple) -> tuple[str, ...]:
        """Return who says a statement: the URLs it is attributed to, or the names of the documents."""
        return tuple(self._attributions.get(triple, ()))

    def line(self, place: Location) -> str | None:
        """Return the text of a line of an input."""
        lines = self._lines.get(place.source, [])
        return lines[place.line - 1] if place.line and place.line <= len(lines) else None

    def dataset(self) -> Dataset:
        """Return the documents as named graphs, with the provenance of each in the default graph.

        Reading the dataset back (TriG or N-Quads) attributes every statement as it is attributed here.
        """
        dataset = Dataset()
        for (triple, graph), _ in self._quads.items():
            dataset.graph(graph).add(triple)
        for source in self.sources:
            reader = BNode("reader-" + source.format.replace(".", "-"))
            for said in self._document_provenance(source, reader):
                dataset.add(said)
        for graph, (stated, document) in self._stated.items():
            dataset.add((graph, RDF.type, OSAID.SourceDocument))
            dataset.add((graph, PROV.wasDerivedFrom, URIRef(stated.url)))
            dataset.add((graph, PROV.wasQuotedFrom, document))
            if stated.title:
                dataset.add((URIRef(stated.url), DCTERMS.title, Literal(stated.title)))
            if stated.retrieved:
                dataset.add((graph, OSAID.retrieved, Literal(stated.retrieved, datatype=XSD.date)))
        return dataset

    def _document_provenance(self, source: Source, reader: BNode) -> Iterator[tuple[IdentifiedNode, URIRef, Term]]:
        yield source.graph, RDF.type, OSAID.SourceDocument
        yield source.graph, RDFS.label, Literal(source.name)
        yield source.graph, OSAID.sha256, Literal(source.sha256)
        yield source.graph, PROV.wasAttributedTo, reader
        yield reader, RDF.type, PROV.SoftwareAgent
        yield reader, RDFS.label, Literal(f"osaid-graph {__version__}, reader of {source.format}")


def _graph_sources(statements: Iterable[Statement]) -> dict[URIRef, str]:
    """Return what each named graph of a document is derived from, as the document's default graph says."""
    return {
        subject: str(value)
        for statement in statements
        for subject, predicate, value in (statement.triple,)
        if predicate == PROV.wasDerivedFrom and isinstance(subject, URIRef) and isinstance(value, URIRef)
    }
