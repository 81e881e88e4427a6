"""A release: everything its descriptions say, with the place and the source of every statement."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from rdflib import PROV, RDF, RDFS, BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, XSD
from rdflib.term import IdentifiedNode

from osaid_graph import __version__
from osaid_graph.errors import InputError
from osaid_graph.identity import checked_iri
from osaid_graph.model import Note, Term, Triple
from osaid_graph.readers.manifest import reader as manifest
from osaid_graph.readers.manifest.excerpt import entry_of
from osaid_graph.reading import Reading, ShortForm, StatedSource, Statement
from osaid_graph.sources import Location, Source
from osaid_graph.vocab import OSAID

_LINE_END = re.compile(r"\r\n|\r|\n")


class Release:
    """Documents that describe one release together.

    ``graph`` is the merge of all statements, which is what is assessed; :meth:`dataset` keeps the documents apart.
    ``remarks`` are notes on how the documents were found. A release out of a corpus ``sets_aside`` a judgement that is
    wrong, with a note, since no record of a corpus stops the others.
    """

    def __init__(self, remarks: Iterable[Note] = (), *, sets_aside: bool = False) -> None:
        self.graph = Graph()
        self.remarks = tuple(remarks)
        self.sets_aside = sets_aside
        self.sources: list[Source] = []
        self._quads: dict[tuple[Triple, URIRef], None] = {}
        self._places: dict[Triple, list[Location]] = {}
        self._node_places: dict[IdentifiedNode, Location] = {}
        self._references: dict[IdentifiedNode, Location] = {}
        self._attributions: dict[Triple, dict[str, Location]] = {}
        self._stated: dict[URIRef, tuple[dict[StatedSource, None], URIRef]] = {}
        self._learned: dict[Triple, None] = {}
        self._short: dict[IdentifiedNode, tuple[str, ShortForm]] = {}
        self._lines: dict[str, Mapping[int, str]] = {}

    def add(self, reading: Reading, name: str, data: bytes, format_name: str, digest: str = "") -> Source:
        """Add what a reader made of the document ``name`` and return its record.

        ``digest`` is the SHA-256 of the file, where that holds ``data`` compressed.
        """
        return self.add_part(reading, name, lines_of(data), format_name, digest or hashlib.sha256(data).hexdigest())

    def add_part(self, reading: Reading, name: str, lines: Mapping[int, str], format_name: str, digest: str) -> Source:
        """Add what a reader made of some ``lines``, by number, of the document ``name`` and return its record."""
        source = Source(
            name, format_name, digest, URIRef(f"urn:osaid:source:{digest[:16]}"), reading.unread, reading.repairs
        )
        self.sources.append(source)
        self._lines[name] = lines
        for form in reading.short:
            self._short.setdefault(form.node, (name, form))
        said_by = _said_by(reading.statements)
        graphs = {statement.graph for statement in reading.statements if statement.graph is not None}
        for statement in reading.statements:
            self._add(statement, source, said_by)
            if statement.graph is None and statement.triple[0] in graphs:
                self._learned[statement.triple] = None
        return source

    def _add(self, statement: Statement, document: Source, said_by: dict[IdentifiedNode, list[str]]) -> None:
        triple = statement.triple
        self.graph.add(triple)
        place = Location(document.name, statement.line, statement.field)
        places = self._places.setdefault(triple, [])
        if place not in places:
            places.append(place)
        self._node_places.setdefault(triple[0], place)
        if isinstance(triple[2], IdentifiedNode):
            self._references.setdefault(triple[2], place)
        graph, attributed = document.graph, [document.name]
        if statement.source:
            graph = URIRef(f"{document.graph}:{hashlib.sha256(statement.source.url.encode()).hexdigest()[:12]}")
            self._stated.setdefault(graph, ({}, document.graph))[0][statement.source] = None
            attributed = [statement.source.url]
        elif statement.graph is not None:
            graph = statement.graph
            attributed = said_by.get(graph) or [str(graph)]
        self._quads[triple, graph] = None
        said = self._attributions.setdefault(triple, {})
        for name in attributed:
            said.setdefault(name, place)

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
        """Return where a node that is described nowhere is first referred to."""
        return self._references.get(node)

    def short_form(self, node: IdentifiedNode) -> ShortForm | None:
        """Return how a node stands in the manifest that describes it first, if it is written in the short form."""
        document, form = self._short.get(node, ("", None))
        place = self._node_places.get(node)
        return form if place is not None and place.source == document else None

    def attributed_to(self, triple: Triple) -> tuple[str, ...]:
        """Return who says a statement: the URLs it is attributed to, or the names of the documents."""
        return tuple(self._attributions.get(triple, ()))

    def said(self, triple: Triple) -> tuple[tuple[Location, tuple[str, ...]], ...]:
        """Return where a statement stands, and who says it there: each of those it is attributed to once."""
        found: dict[Location, list[str]] = {}
        for name, place in self._attributions.get(triple, {}).items():
            found.setdefault(place, []).append(name)
        return tuple((place, tuple(names)) for place, names in found.items())

    def documents(self, node: IdentifiedNode, predicate: URIRef, value: Term) -> set[URIRef]:
        """Return the documents that a statement stands in, whoever they attribute it to."""
        graphs = (graph for triple, graph in self._quads if triple == (node, predicate, value))
        return {self._document_of(graph) for graph in graphs}

    def _document_of(self, graph: URIRef) -> URIRef:
        """Return the document that a graph is of: that which quotes a source, of a dataset read back as it says."""
        if graph in self._stated:
            return self._stated[graph][1]
        quoted = self.graph.value(graph, PROV.wasQuotedFrom)
        return quoted if isinstance(quoted, URIRef) else graph

    def claims(self) -> Iterator[tuple[Triple, str]]:
        """Yield every statement once for each who says it: a URL, or an empty text for the documents themselves."""
        documents = {source.name for source in self.sources}
        for triple, names in self._attributions.items():
            urls = ("" if name in documents or not _is_iri(name) else name for name in names)
            yield from ((triple, url) for url in dict.fromkeys(urls))

    def source_records(self) -> dict[str, tuple[StatedSource, ...]]:
        """Return what is known of stated sources beside their URL (title, day of retrieval), by URL."""
        found: dict[str, dict[StatedSource, None]] = {}
        for stated, _ in self._stated.values():
            for source in stated:
                found.setdefault(source.url, {})[source] = None
        for graph, _, url in self.graph.triples((None, PROV.wasDerivedFrom, None)):
            if (graph, RDF.type, OSAID.SourceDocument) in self.graph:
                titles = [str(title) for title in self.graph.objects(url, DCTERMS.title)]
                days = sorted(str(day) for day in self.graph.objects(graph, OSAID.retrieved))
                for title in sorted(titles) or [""]:
                    found.setdefault(str(url), {})[StatedSource(str(url), title, days[0] if days else "")] = None
        known = {url: tuple(s for s in records if s.title or s.retrieved) for url, records in found.items()}
        return {url: records for url, records in known.items() if records}

    def line(self, place: Location) -> str | None:
        """Return the text of a line of an input."""
        return self._lines.get(place.source, {}).get(place.line) if place.line else None

    def entry(self, place: Location, most: int) -> str | None:
        """Return the lines of a manifest's entry that starts at a line of it, ``most`` at most; of other inputs a line.

        An entry goes on where a bracket is open, and with what is indented deeper than the dash or key it starts with.
        """
        first = self.line(place)
        if first is None or not place.line or place.source not in self._manifests():
            return first
        lines = self._lines[place.source]
        numbers = range(place.line, place.line + most)
        entry = entry_of([lines[number] for number in numbers if number in lines])
        return "\n".join(entry)

    def _manifests(self) -> set[str]:
        return {source.name for source in self.sources if source.format == manifest.NAME}

    def dataset(self) -> Dataset:
        """Return the documents as named graphs, with the provenance of each in the default graph.

        Reading the dataset back (TriG or N-Quads) attributes every statement as it is attributed here.
        """
        dataset = Dataset()
        for triple, graph in self._quads:
            dataset.graph(graph).add(triple)
        for source in self.sources:
            for said in document_provenance(source.graph, source.name, source.sha256, source.format):
                dataset.add(said)
        for graph, (stated, document) in self._stated.items():
            for said in stated_provenance(graph, stated, document):
                dataset.add(said)
        for said in self._learned:  # what a document that was a dataset itself said of its graphs
            dataset.add(said)
        return dataset


def document_provenance(graph: URIRef, name: str, sha256: str, format_name: str) -> Iterator[Triple]:
    """Yield what is told of a document beside what it says: its name and digest, and what read it."""
    reader = BNode("reader-" + format_name.replace(".", "-"))
    yield graph, RDF.type, OSAID.SourceDocument
    yield graph, RDFS.label, Literal(name)
    yield graph, OSAID.sha256, Literal(sha256)
    yield graph, PROV.wasAttributedTo, reader
    yield reader, RDF.type, PROV.SoftwareAgent
    yield reader, RDFS.label, Literal(f"osaid-graph {__version__}, reader of {format_name}")


def lines_of(data: bytes) -> dict[int, str]:
    """Return the lines of a document by number, counted from 1."""
    return dict(enumerate(_LINE_END.split(data.decode("utf-8-sig", "replace")), 1))


def _is_iri(name: str) -> bool:
    try:
        return bool(checked_iri(name))
    except InputError:
        return False


def stated_provenance(graph: URIRef, stated: Iterable[StatedSource], document: URIRef) -> Iterator[Triple]:
    """Yield what is told of what a document attributes to others: the document, and what is known of these."""
    yield graph, RDF.type, OSAID.SourceDocument
    yield graph, PROV.wasQuotedFrom, document
    for source in stated:
        url = URIRef(source.url)
        yield graph, PROV.wasDerivedFrom, url
        if source.title:
            yield url, DCTERMS.title, Literal(source.title)
        if source.retrieved:
            yield graph, OSAID.retrieved, Literal(source.retrieved, datatype=XSD.date)


def _said_by(statements: Iterable[Statement]) -> dict[IdentifiedNode, list[str]]:
    """Return whom the named graphs of a document speak for, as its default graph says.

    That is what a graph is derived from, else the name of the document it was read from: what
    :meth:`Release.dataset` writes of either kind of graph.
    """
    urls: dict[IdentifiedNode, list[str]] = {}
    names: dict[IdentifiedNode, list[str]] = {}
    documents: set[IdentifiedNode] = set()
    own = [statement.triple for statement in statements if statement.graph is None]
    quoted = {(subject, value) for subject, predicate, value in own if predicate == PROV.wasQuotedFrom}
    for subject, predicate, value in own:
        if predicate == PROV.wasDerivedFrom and isinstance(value, URIRef) and (subject, value) not in quoted:
            urls.setdefault(subject, []).append(str(value))
        elif predicate == RDFS.label and isinstance(value, Literal):
            names.setdefault(subject, []).append(str(value))
        elif predicate == RDF.type and value == OSAID.SourceDocument:
            documents.add(subject)
    return {node: names[node] for node in documents if node in names} | urls
