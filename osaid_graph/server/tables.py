"""The tables of a corpus and of its last assessment, read for pages: many at a time, and nothing else."""

from __future__ import annotations

import queue
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from osaid_graph.corpus.assessed import attach_assessment, newest, requirements_of
from osaid_graph.corpus.manifest import Part
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.engines.faults import told_of_duckdb
from osaid_graph.errors import InputError

#: The table of the place of each release in the order of names, ``subject``, ``rank`` from 1, and ``name``, in which
#: names are looked for. Sorting a million names for every page would take seconds, reading them tenths of one.
RANKED: Final = "ranked"
#: Bytes that all pages together may take, and how many are read for at once.
_MEMORY: Final = 1 << 30
_READERS: Final = 4


class Tables:
    """Reads what a corpus says and what was found in it.

    Args:
        corpus: The corpus, which was assessed.

    Attributes:
        part: Its last assessment.
        requirements: Those that it has an outcome of, in the order of the definition.

    Raises:
        InputError: It was not assessed, or says something else now than it did then.
    """

    def __init__(self, corpus: Corpus) -> None:
        part = newest(corpus)
        if part is None or part.generation != corpus.generation:
            why = "was not assessed" if part is None else "says something else now than when it was assessed"
            hint = f"assess it with osaid-graph corpus assess {corpus.address}"
            raise InputError(f"a corpus that {why}", hint, source=corpus.address)
        self.part: Part = part
        self.requirements = requirements_of(part)
        self._engine = DuckDB(_MEMORY)
        corpus.attach(self._engine)
        attach_assessment(self._engine, corpus)
        self._engine.table(
            RANKED, "SELECT subject, ROW_NUMBER() OVER (ORDER BY iri) AS rank, LOWER(iri) AS name FROM outcomes"
        )
        self._cursors: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for _ in range(_READERS):
            self._cursors.put(self._engine.connection.cursor())

    def rows(self, select: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return what a query gives; ``?`` in it stands for the values, one after the other.

        Raises:
            InputError: A file is gone, or damaged.
            EngineError: There is too little memory or disk.
        """
        with self._cursor() as cursor, told_of_duckdb(_MEMORY):
            return list(cursor.execute(select, list(values)).fetchall())

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        cursor = self._cursors.get()
        try:
            yield cursor
        finally:
            self._cursors.put(cursor)

    def close(self) -> None:
        """Close them."""
        self._engine.close()
