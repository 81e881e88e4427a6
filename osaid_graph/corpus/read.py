"""What documents and records of lists said, read back from the tables as the readers gave it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from rdflib import URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.corpus.rows import repairs_of, short_of, term_of, unread_of
from osaid_graph.engines import Engine
from osaid_graph.identity import Kind
from osaid_graph.model import Term, Triple
from osaid_graph.readers.streams import Record
from osaid_graph.reading import Reading, StatedSource, Statement
from osaid_graph.term_ids import FIRST_IRI

_ABOUT = "document, origin, name, path, format, sha256, statements, unread, repairs, short"


@dataclass(frozen=True, slots=True)
class Document:
    """A live document: its number, the number of its first version, and what is known of it."""

    number: int
    origin: int
    name: str
    path: str
    format: str
    sha256: str
    statements: int
    unread: str
    repairs: str
    short: str


class Reader:
    """Reads from the tables of a corpus.

    Args:
        engine: To which the corpus is attached.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._terms: dict[int, Term] = {}

    def chosen(self, name: str, ids: Iterable[int]) -> str:
        """Make a table of ids, and return the query of them."""
        self.engine.values(name, {"id": "BIGINT"}, ((each,) for each in sorted(ids)))
        return f"SELECT id FROM {name}"

    def terms(self, ids: Iterable[int]) -> Mapping[int, Term]:
        """Return what ids stand for."""
        new = set(ids).difference(self._terms)
        if new:
            select = f"SELECT id, kind, value, datatype, language FROM terms WHERE id IN ({self.chosen('asked', new)})"
            self._terms.update((row[0], term_of(*row[1:])) for row in self.engine.rows(select))
        return self._terms

    def documents(self, numbers: Iterable[int]) -> list[Document]:
        """Return documents in the order they were first read in; two of one name have their path in its place."""
        select = (
            f"SELECT {_ABOUT} FROM sources WHERE source = document AND document IN ({self.chosen('asked', numbers)})"
        )
        found: list[Document] = []
        names: set[str] = set()
        for row in sorted(self.engine.rows(select), key=lambda row: (row[1], row[0])):
            document = Document(*row)
            if document.name in names:
                document = replace(document, name=document.path)
            names.add(document.name)
            found.append(document)
        return found

    def readings(self, documents: Sequence[Document], about: Iterable[int] | None = None) -> dict[int, Reading]:
        """Return what documents say, by number.

        Args:
            documents: The documents.
            about: Ids of the nodes of which it is wanted, with the blank nodes that this leads to; None for all.
        """
        rows = self._statements(documents) if about is None else self._about(documents, set(about))
        self.terms(each for row in rows for each in row[2:5])
        stated = self._stated(documents)
        said: dict[int, list[Statement]] = {document.number: [] for document in documents}
        for document, source, subject, predicate, value, line, field in rows:
            said_by, graph = stated.get(source, (None, None))
            said[document].append(Statement(self._triple(subject, predicate, value), line, said_by, graph, field))
        return {
            each.number: Reading(
                tuple(said[each.number]),
                short=short_of(each.short),
                unread=unread_of(each.unread),
                repairs=repairs_of(each.repairs),
            )
            for each in documents
        }

    def _statements(self, documents: Sequence[Document], more: str = "") -> list[tuple[Any, ...]]:
        """Return the statements of documents in their order."""
        numbers = self.chosen("of_documents", (document.number for document in documents))
        return self.engine.rows(
            "SELECT s.document, t.source, t.subject, t.predicate, t.object, t.line, t.field FROM statements t "
            f"JOIN sources s ON s.source = t.source WHERE s.document IN ({numbers}){more} "
            "ORDER BY s.document, t.sequence"
        )

    def _about(self, documents: Sequence[Document], nodes: set[int]) -> list[tuple[Any, ...]]:
        graphs = "SELECT id FROM terms WHERE kind = 'iri' AND value IN (SELECT graph FROM sources WHERE url = '')"
        seen = set(nodes)
        seen.update(row[0] for row in self.engine.rows(graphs))
        while True:
            rows = self._statements(documents, f" AND t.subject IN ({self.chosen('about', seen)})")
            blank = {row[4] for row in rows if 0 <= row[4] < FIRST_IRI}.difference(seen)
            if not blank:
                return rows
            seen |= blank

    def _stated(self, documents: Sequence[Document]) -> dict[int, tuple[StatedSource | None, URIRef | None]]:
        """Return to whom statements are attributed, by the number of the source."""
        numbers = self.chosen("of_documents", (document.number for document in documents))
        rows = self.engine.rows(
            "SELECT source, url, title, retrieved, graph FROM sources "
            f"WHERE source <> document AND document IN ({numbers})"
        )
        return {
            source: (StatedSource(url, title, retrieved), None) if url else (None, URIRef(graph))
            for source, url, title, retrieved, graph in rows
        }

    def _triple(self, subject: int, predicate: int, value: int) -> Triple:
        terms = self._terms
        return cast(IdentifiedNode, terms[subject]), cast(URIRef, terms[predicate]), terms[value]

    def lines(self, document: Document) -> dict[int, str]:
        """Return the lines of a document that were kept, by number."""
        return dict(self.engine.rows(f"SELECT line, text FROM lines WHERE source = {document.number}"))

    def records(self, lines: Mapping[int, Iterable[int]]) -> Iterator[tuple[int, list[Record], dict[int, str]]]:
        """Yield lists of records: the number of each, the records of some lines of it, and the text of these."""
        self.engine.values(
            "asked_lines",
            {"source": "INTEGER", "line": "INTEGER"},
            ((source, line) for source, each in lines.items() for line in sorted(each)),
        )
        rows = self.engine.rows(
            "SELECT t.source, t.line, t.subject, t.predicate, t.object, t.field FROM statements t "
            "JOIN asked_lines a ON a.source = t.source AND a.line = t.line WHERE t.subject IN "
            "(SELECT s.subject FROM subjects s JOIN asked_lines a ON a.source = s.source AND a.line = s.line) "
            "ORDER BY t.source, t.line, t.sequence"
        )
        about = self.engine.rows(
            "SELECT r.source, r.line, r.node, r.kind, r.assumed, r.unread, r.repairs, r.text FROM records r "
            "JOIN asked_lines a ON a.source = r.source AND a.line = r.line ORDER BY r.source, r.line"
        )
        self.terms([each for row in rows for each in row[2:5]] + [row[2] for row in about if row[2] is not None])
        said: dict[tuple[int, int], list[Statement]] = {}
        for source, line, subject, predicate, value, field in rows:
            statement = Statement(self._triple(subject, predicate, value), line, None, None, field)
            said.setdefault((source, line), []).append(statement)
        for source in lines:
            own = [row for row in about if row[0] == source]
            yield source, [self._record(row, said) for row in own], {row[1]: row[7] for row in own}

    def _record(self, row: tuple[Any, ...], said: Mapping[tuple[int, int], list[Statement]]) -> Record:
        source, line, node, kind, assumed, unread, repairs, _ = row
        return Record(
            id="" if node is None else str(self._terms[node]),
            kind=cast(Kind, kind),
            statements=tuple(said.get((source, line), ())),
            line=line,
            unread=json.loads(unread),
            repairs=repairs_of(repairs),
            assumed=assumed,
        )
