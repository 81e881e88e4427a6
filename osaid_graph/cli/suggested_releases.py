"""The releases of a corpus that a word of the command line may name."""

from __future__ import annotations

from typing import Final

from osaid_graph.corpus.assessed import attach_assessment, newest
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.identity import resolve, short

#: Bytes of memory that looking into a corpus may take.
_MEMORY: Final = 1 << 28


def assessed(folder: str, word: str) -> list[tuple[str, str]]:
    """Return the first releases of a corpus whose names begin with a word, with their verdicts.

    Args:
        folder: The corpus; of one that was not assessed nothing is offered.
        word: What is there of a name.
    """
    corpus = Corpus.open(folder)
    if newest(corpus) is None:
        return []
    engine = DuckDB(_MEMORY)
    try:
        attach_assessment(engine, corpus)
        engine.values("typed", {"word": "VARCHAR"}, [(word,)])
        rows = engine.rows(
            "SELECT o.iri, o.outcome FROM outcomes AS o, typed AS t "
            "WHERE STARTS_WITH(o.iri, t.word) OR CONTAINS(o.iri, '/' || t.word) ORDER BY o.iri LIMIT 50"
        )
    finally:
        engine.close()
    names = {iri: short(iri) if resolve(short(iri), "models") == iri else iri for iri, _ in rows}
    return [(names[iri], outcome) for iri, outcome in rows]
