"""What one worker has read, as rows of tables with ids in the place of terms, in files of its own.

A document has a provisional number here (``document``), and what is attributed in it to a stated source or a named
graph is told apart by ``said``, 0 for the document itself; :mod:`.segment` gives both their final numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from rdflib import Literal, URIRef

from osaid_graph.corpus.layout import TABLES
from osaid_graph.corpus.rows import SourceRow, json_of, repairs_json, stated_row, term_row
from osaid_graph.engines import Type
from osaid_graph.engines.rows import arrow_table
from osaid_graph.errors import InputError
from osaid_graph.model import Term
from osaid_graph.readers.streams import Record
from osaid_graph.reading import Reading, StatedSource, Statement
from osaid_graph.term_ids import term_id

_SAID: Final[Mapping[str, Type]] = {"document": "BIGINT", "said": "INTEGER"}
_OF_DOCUMENT: Final[Mapping[str, Type]] = {"document": "BIGINT"}
#: Columns that are known only when all has been read.
_LATER: Final = ("source", "document", "origin", "generation", "since")


def _before(name: str, key: Mapping[str, Type]) -> dict[str, Type]:
    return {**key, **{column: kind for column, kind in TABLES[name].items() if column not in _LATER}}


#: The columns of each table of a chunk.
COLUMNS: Final[Mapping[str, Mapping[str, Type]]] = {
    "statements": _before("statements", _SAID),
    "terms": TABLES["terms"],
    "sources": _before("sources", _SAID),
    **{name: _before(name, _OF_DOCUMENT) for name in ("lines", "records", "subjects", "rejects")},
    "passed": TABLES["passed"],
}
#: Characters of what could not be read that are kept.
SHOWN: Final = 500
#: Bytes of a line of a list that are kept to be shown.
_TEXT: Final = 4_096


class Chunk:
    """Collects rows, and writes them as files of Parquet.

    Args:
        seed: What ids are made with.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}
        self._ids: dict[object, int] = {}

    def add_document(self, document: int, row: SourceRow, reading: Reading, lines: Mapping[int, str]) -> None:
        """Add a document of one description.

        Args:
            document: Its provisional number.
            row: What is known of it.
            reading: What it says.
            lines: Its lines by number, those that a report may show.
        """
        said: dict[StatedSource | URIRef | None, int] = {None: 0}
        for sequence, statement in enumerate(reading.statements):
            number = said.setdefault(statement.source or statement.graph, len(said))
            self._statement(document, number, sequence, statement)
        self.rows["lines"].extend((document, number, text) for number, text in lines.items())
        for source, number in said.items():
            if source is None:
                self.add_source(document, row)
            elif isinstance(source, URIRef):
                self.rows["sources"].append((document, number, *stated_row(row, str(source))))
            else:
                stated = stated_row(row, "", source.url, source.title, source.retrieved)
                self.rows["sources"].append((document, number, *stated))

    def add_record(self, document: int, record: Record, line: bytes) -> None:
        """Add a record of a dump."""
        subjects: dict[int, None] = {}
        for sequence, statement in enumerate(record.statements):
            subjects[self._statement(document, 0, sequence, statement)] = None
        number = record.line
        self.rows["subjects"].extend((document, number, subject) for subject in subjects)
        node = self._id(URIRef(record.id)) if record.id else None
        unread, repairs = json_of(record.unread), repairs_json(record.repairs)
        text = line[:_TEXT].decode("utf-8", "replace")
        self.rows["records"].append((document, number, node, record.kind, record.assumed, unread, repairs, text))

    def add_source(self, document: int, row: SourceRow) -> None:
        """Add a document as a source."""
        self.rows["sources"].append((document, 0, *row))

    def reject(self, document: int, error: InputError, text: bytes | str = b"") -> None:
        """Add what could not be read, and why."""
        shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        self.rows["rejects"].append((document, error.line, error.message, error.hint, shown[:SHOWN]))

    def write(self, folder: Path, name: str) -> None:
        """Write the tables that have rows to files ``<table>-<name>.parquet``, and begin anew.

        Raises:
            OSError: They cannot be written.
            UsageError: pyarrow is not installed.
        """
        for table, columns in COLUMNS.items():
            if self.rows[table]:
                write_rows(folder / f"{table}-{name}.parquet", columns, self.rows[table])
                self.rows[table] = []
        self._ids.clear()

    def _statement(self, document: int, said: int, sequence: int, statement: Statement) -> int:
        subject, predicate, value = map(self._id, statement.triple)
        self.rows["statements"].append(
            (document, said, subject, predicate, value, sequence, statement.line, statement.field)
        )
        return subject

    def _id(self, term: Term) -> int:
        # Terms of rdflib are slow to hash: texts stand in for them.
        key: object
        if isinstance(term, URIRef):
            key = str(term)
        elif isinstance(term, Literal):
            key = (str(term), str(term.datatype or ""), term.language)
        else:
            key = ("", str(term))
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = term_id(term, self.seed)
            self.rows["terms"].append((found, *term_row(term)))
        return found


def write_rows(path: Path, columns: Mapping[str, Type], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows to a file of Parquet.

    Raises:
        OSError: It cannot be written.
        UsageError: pyarrow is not installed.
    """
    table = arrow_table(columns, rows)
    texts = [name for name, kind in columns.items() if kind == "VARCHAR"]
    import_module("pyarrow.parquet").write_table(
        table, path, compression="zstd", compression_level=1, use_dictionary=texts
    )
