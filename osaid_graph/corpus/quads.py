"""Statements in tables as N-Quads: the text is made by the engine, and passes through Python unread."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from rdflib import XSD, URIRef

from osaid_graph.engines import Engine

#: The table of terms as N-Triples has them: ``id``, ``text``.
TEXTS: Final = "term_texts"
#: The same of those that are properties, which are few.
_PROPERTIES: Final = "property_texts"
#: Rows of a file that are held at a time.
_ROWS: Final = 50_000
#: What RDF 1.1 N-Triples, section 3, does not let stand in a literal as it is, and what stands for it.
_ESCAPES: Final = (("'\\'", "'\\\\'"), ("'\"'", "'\\\"'"), ("chr(10)", "'\\n'"), ("chr(13)", "'\\r'"))


def make_texts(engine: Engine, terms: str, predicates: str) -> None:
    """Make the view of the texts of terms, and the table of those of properties.

    Args:
        engine: Where they are.
        terms: The name of the table of terms.
        predicates: A query for the ids of all properties, in a column of the name ``predicate``.
    """
    plain = f"'{XSD.string}'"
    engine.view(
        TEXTS,
        "SELECT id, CASE kind WHEN 'iri' THEN '<' || value || '>' "
        "WHEN 'blank' THEN '_:b' || CAST(id AS VARCHAR) "
        f"ELSE {literal('value')} || CASE WHEN language <> '' THEN '@' || language "
        f"WHEN datatype = {plain} THEN '' ELSE '^^<' || datatype || '>' END END AS text FROM {terms}",
    )
    ids = f"SELECT predicate FROM ({predicates}) AS properties"
    engine.table(_PROPERTIES, f"SELECT id, text FROM {TEXTS} WHERE id IN ({ids})")


def lines(statements: str, graph: str = "''") -> str:
    """Return the query for statements as lines of N-Quads, in a column of that name.

    Args:
        statements: The query for ``subject``, ``predicate``, ``object`` and what ``graph`` is made of.
        graph: An expression for the IRI of the graph, empty for the default graph.
    """
    named = f"CASE WHEN {graph} = '' THEN '' ELSE '<' || {graph} || '> ' END"
    return (
        f"SELECT s.text || ' ' || p.text || ' ' || o.text || ' ' || {named} || '.' || chr(10) AS line "
        f"FROM ({statements}) AS said JOIN {TEXTS} AS s ON s.id = said.subject "
        f"JOIN {_PROPERTIES} AS p ON p.id = said.predicate JOIN {TEXTS} AS o ON o.id = said.object"
    )


def literal(expression: str) -> str:
    """Return the expression for a text as N-Quads has it."""
    for sign, instead in _ESCAPES:
        expression = f"replace({expression}, {sign}, {instead})"
    return f"'\"' || {expression} || '\"'"


def iri(text: URIRef) -> str:
    """Return the expression for an IRI as N-Quads has it."""
    return f"'<{str(text).replace(chr(39), chr(39) * 2)}>'"


def said_of(subject: str, *said: tuple[URIRef, str]) -> str:
    """Return the expression for statements about a subject, each a line: the property, and an expression for the value.

    All expressions are for terms as N-Quads has them.
    """
    return " || ".join(f"{subject} || ' <{predicate}> ' || {value} || ' .' || chr(10)" for predicate, value in said)


class Lines(io.RawIOBase):
    """Pieces of bytes as one stream."""

    def __init__(self, pieces: Iterable[bytes | memoryview]) -> None:
        self._pieces = iter(pieces)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, and return how many bytes that were."""
        while not self._left:
            following = next(self._pieces, None)
            if following is None:
                return 0
            self._left = memoryview(following)
        size = min(len(buffer), len(self._left))
        memoryview(buffer)[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def pieces(files: Iterable[Path], told: Callable[[int], None]) -> Iterator[memoryview]:
    """Yield the texts of the column ``line`` of files of Parquet, as Arrow has them: all in a row, with no copy.

    Args:
        files: The files.
        told: Told of how many rows each piece is.
    """
    parquet = import_module("pyarrow.parquet")
    for path in files:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_ROWS, columns=["line"]):
                array = batch.column(0)
                _, offsets, text = array.buffers()
                starts = memoryview(offsets).cast("i")
                yield memoryview(text).cast("B")[starts[array.offset] : starts[array.offset + len(array)]]
                told(len(array))
