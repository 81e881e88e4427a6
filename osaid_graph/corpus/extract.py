"""One release out of a corpus: what sources say of it, and of all that its assessment can depend on.

A document that says something of a node in question is taken whole, as if it was named on the command line, so that a
report is the one that ``check`` gives of these documents. Where they are too many for that, of those that say most only
what concerns the nodes is taken, and a note says so. Of lists of many records the records are taken that ``check``
would take.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rdflib import RDF, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.corpus.asked import node_named, unknown
from osaid_graph.corpus.closure import Closure, closure
from osaid_graph.corpus.judged import named_in, subject_classes, subjects_in, without_others
from osaid_graph.corpus.layout import STATEMENTS, TABLES
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.read import Document, Reader
from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import UsageError
from osaid_graph.graph.axioms import vocabulary_terms
from osaid_graph.graph.ontology import implying
from osaid_graph.graph.release import Release
from osaid_graph.identity import HUB
from osaid_graph.model import Note, Term
from osaid_graph.readers.streams import reading_of
from osaid_graph.reading import Reading
from osaid_graph.sources import Location
from osaid_graph.term_ids import FIRST_IRI, iri_id, term_id
from osaid_graph.vocab import OSAID

#: Statements of documents that are taken whole.
MOST_WHOLE: Final = 50_000
#: Bytes that looking for a release may take.
_MEMORY: Final = 1 << 29
_KINDS: Final = ("system", "model", "parameters")


def release_of(corpus: Corpus, subject: str, engine: Engine | None = None) -> Release:
    """Return the release that sources of a corpus describe, to be assessed with this subject.

    Args:
        corpus: The corpus.
        subject: An IRI, a Hub id, or ``_:label`` of a node without an IRI.
        engine: To which the corpus is attached; None for one of its own.

    Raises:
        InputError: The corpus is damaged.
        UsageError: Nothing is said of the subject, or it names none.
    """
    if engine is not None:
        return _Extraction(corpus, engine, subject).release()
    own = DuckDB(_MEMORY)
    try:
        corpus.attach(own)
        return _Extraction(corpus, own, subject).release()
    finally:
        own.close()


class _Extraction:
    def __init__(self, corpus: Corpus, engine: Engine, asked: str) -> None:
        self.corpus, self.engine, self.asked, self.subject = corpus, engine, asked, _subject(asked)
        self.reader = Reader(engine)

    def release(self) -> Release:
        number = term_id(self.subject, self.corpus.seed)
        if not self.engine.rows(f"SELECT 1 FROM said WHERE subject = {number} LIMIT 1"):
            raise unknown(self.corpus, self.engine, self.asked)
        found = closure(self.corpus, self.engine, number)
        beside = self._beside(found)
        documents = self.reader.documents(self._documents(found, beside))
        whole, part = _divided(documents)
        readings = self.reader.readings(whole)
        if part:
            readings |= self.reader.readings(part, found.described | found.nodes | beside)
        lists = self._lists(found, readings.values())
        release = Release(_in_part(part), sets_aside=True)
        known = subjects_in([*readings.values(), *(reading for _, reading, _ in lists)])
        elsewhere = self._described(named_in(readings.values()) - known)
        home = {self.reader.terms(found.family)[node] for node in found.family}
        for document in documents:
            reading = readings[document.number]
            is_home = any(statement.triple[0] in home for statement in reading.statements)
            reading = without_others(reading, self.subject, elsewhere, is_home=is_home)
            lines = self.reader.lines(document)
            release.add_part(reading, document.name, lines, document.format, document.sha256)
        for document, reading, texts in lists:
            release.add_part(reading, document.name, texts, document.format, document.sha256)
        return release

    def _described(self, nodes: Iterable[Node]) -> set[Node]:
        """Return those of some nodes that anything in the corpus describes as a system, a model or parameters."""
        ids = {term_id(node, self.corpus.seed): node for node in nodes if isinstance(node, IdentifiedNode)}
        if not ids:
            return set()
        kinds = ", ".join(str(iri_id(str(each), self.corpus.seed)) for each in subject_classes())
        rows = self.engine.rows(
            f"SELECT DISTINCT subject FROM said WHERE subject IN ({self.reader.chosen('named', ids)}) "
            f"AND predicate = {iri_id(str(RDF.type), self.corpus.seed)} AND object IN ({kinds})"
        )
        return {ids[row[0]] for row in rows}

    # -- documents -------------------------------------------------------------------------------------------

    def _beside(self, found: Closure) -> frozenset[int]:
        """Return the IRIs whose descriptions an assessment may look at, beside those of the nodes themselves.

        They are the values of the nodes, what is described as a version of them, and the wholes that IRIs with a
        fragment are called after.
        """
        looked_at = self.reader.chosen("looked_at", found.nodes | found.judgements)
        rows = self.engine.rows(
            f"SELECT DISTINCT object FROM said WHERE subject IN ({looked_at}) "
            f"AND predicate <> {iri_id(str(RDF.type), self.corpus.seed)} AND object >= {FIRST_IRI}"
        )
        values = {row[0] for row in rows}
        named = self.reader.terms(found.nodes | values)
        pages = {self._page(named[node]) for node in found.nodes | values if node >= FIRST_IRI}
        words = {iri_id(term, self.corpus.seed) for term in vocabulary_terms()}  # what is said of them is not looked at
        return frozenset(values | pages | found.versions) - found.nodes - words

    def _page(self, term: Term) -> int:
        """Return the id of an IRI without its fragment."""
        return iri_id(str(term).partition("#")[0], self.corpus.seed)

    def _documents(self, found: Closure, beside: frozenset[int]) -> set[int]:
        """Return the numbers of the documents, other than lists, that describe nodes.

        Of what is beside the nodes, one is enough for each statement.
        """
        documents = set(self._describing({*found.described, term_id(self.subject, self.corpus.seed)}))
        rows = self.engine.rows(
            "SELECT t.subject, t.predicate, t.object, s.origin, s.document FROM statements t "
            f"JOIN sources s ON s.source = t.source WHERE t.subject IN ({self.reader.chosen('besides', beside)}) "
            f"AND {_NO_LIST} ORDER BY s.origin, s.document"
        )
        said = {row[:3] for row in rows if row[4] in documents}
        for row in rows:
            if row[:3] not in said:
                said.add(row[:3])
                documents.add(row[4])
        return documents

    def _describing(self, nodes: Iterable[int]) -> list[int]:
        return [
            row[0]
            for row in self.engine.rows(
                "SELECT DISTINCT s.document FROM statements t JOIN sources s ON s.source = t.source "
                f"WHERE t.subject IN ({self.reader.chosen('nodes', nodes)}) AND {_NO_LIST}"
            )
        ]

    # -- lists -----------------------------------------------------------------------------------------------

    def _lists(self, found: Closure, readings: Iterable[Reading]) -> list[tuple[Document, Reading, dict[int, str]]]:
        """Return what lists say of the nodes, of what the documents name on the Hub, and of what that was made from."""
        if not self.corpus.paths("records"):
            return []
        nodes = found.nodes | found.users
        terms = self.reader.terms(nodes)
        pages = {self._page(terms[node]) for node in nodes if node >= FIRST_IRI}
        for reading in readings:
            for statement in reading.statements:
                for term in (statement.triple[0], statement.triple[2]):
                    if isinstance(term, URIRef) and term.startswith(HUB):
                        pages.add(self._page(term))
        lines = self._upstream(pages)
        documents = {each.number: each for each in self.reader.documents(lines)}
        read = {number: (records, texts) for number, records, texts in self.reader.records(lines)}
        return [(each, reading_of(read[number][0]), read[number][1]) for number, each in documents.items()]

    def _upstream(self, pages: set[int]) -> dict[int, set[int]]:
        """Return the lines of records on pages, and on all that was made from these, by the number of their list."""
        made_from = [
            str(prop) for each in (OSAID.trainedOn, OSAID.derivedFrom) for prop, turned in implying(each) if not turned
        ]
        self.engine.files("made_from", self.corpus.paths(STATEMENTS, made_from), TABLES[STATEMENTS])
        listed = ", ".join(str(iri_id(prop, self.corpus.seed)) for prop in made_from)
        lines: dict[int, set[int]] = {}
        seen, frontier = set(pages), set(pages)
        while frontier:
            new = self.engine.rows(
                "SELECT r.source, r.line FROM records r JOIN sources s ON s.source = r.source "
                f"WHERE r.node IN ({self.reader.chosen('pages', frontier)})"
            )
            for source, line in new:
                lines.setdefault(source, set()).add(line)
            self.engine.values("new_lines", {"source": "INTEGER", "line": "INTEGER"}, new)
            rows = self.engine.rows(
                "SELECT DISTINCT m.object FROM made_from m JOIN new_lines n ON n.source = m.source AND n.line = m.line "
                f"WHERE m.predicate IN ({listed})"
            )
            ends = [row[0] for row in rows if row[0] >= FIRST_IRI]
            terms = self.reader.terms(ends)
            frontier = {self._page(terms[end]) for end in ends} - seen
            seen |= frontier
        return lines


#: What tells documents from lists of many records.
_NO_LIST: Final = "s.document IN (SELECT document FROM sources WHERE source = document AND records = 0)"


def _divided(documents: Sequence[Document]) -> tuple[list[Document], list[Document]]:
    """Return the documents that are taken whole, and those of which a part is: those that say most."""
    left = MOST_WHOLE
    whole: list[Document] = []
    part: list[Document] = []
    for document in sorted(documents, key=lambda each: (each.statements, each.origin)):
        left -= document.statements
        (whole if left >= 0 else part).append(document)
    return whole, part


def _in_part(documents: Iterable[Document]) -> Iterable[Note]:
    text = "taken in part: what it says of the subject, of what that was made of, and of their values"
    return [Note(Location(document.name), text) for document in sorted(documents, key=lambda each: each.name)]


def _subject(text: str) -> IdentifiedNode:
    """Return the node that is asked for.

    Raises:
        UsageError: It names nothing in particular.
    """
    if text in _KINDS:
        raise UsageError(f"a corpus has more than one {text}", "name a release by its IRI or its Hub id")
    return node_named(text)
