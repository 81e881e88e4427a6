"""What tests of corpora share: documents to build from, and what a corpus says, without the numbers of its rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from osaid_graph.corpus.layout import STATEMENTS
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB

ROOT = Path(__file__).parent.parent
PREFIXES = """@prefix : <https://w3id.org/osaid-graph/ont#> . @prefix ex: <https://example.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix req: <https://w3id.org/osaid-graph/requirement#> .
@prefix def: <https://w3id.org/osaid-graph/definition#> . @prefix code: <https://w3id.org/osaid-graph/code#> .
"""


def turtle(folder: Path, **texts: str) -> list[str]:
    """Write documents of Turtle in a folder, and return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.ttl").write_text(PREFIXES + text, "utf-8")
    return [str(folder / f"{name}.ttl") for name in texts]


def model(name: str, title: str) -> str:
    """Return what a document says of a model."""
    return f'ex:{name} a :Model ; dcterms:title "{title}" .\n'


def rows(corpus: Corpus, select: str) -> list[tuple[Any, ...]]:
    """Return what a query gives of a corpus."""
    engine = DuckDB(1 << 28, threads=1)
    try:
        corpus.attach(engine)
        return engine.rows(select)
    finally:
        engine.close()


_SAID = f"""
SELECT d.path, d.format, d.sha256, s.url, s.graph, u.value, u.kind, p.value, o.value, o.datatype, o.language, t.line,
    t.field
FROM {STATEMENTS} t
JOIN sources s ON s.source = t.source
JOIN sources d ON d.source = s.document
JOIN terms u ON u.id = t.subject
JOIN terms p ON p.id = t.predicate
JOIN terms o ON o.id = t.object
ORDER BY ALL
"""


def said(folder: Path) -> list[tuple[Any, ...]]:
    """Return all that the corpus of a folder says now: who says what, and where it stands."""
    return rows(Corpus.open(folder), _SAID)


def titles(folder: Path) -> list[str]:
    """Return the titles that the corpus of a folder says now, sorted."""
    title = "(SELECT id FROM terms WHERE value = 'http://purl.org/dc/terms/title')"
    select = f"SELECT t.value FROM said s JOIN terms t ON t.id = s.object WHERE s.predicate = {title} ORDER BY ALL"
    return [row[0] for row in rows(Corpus.open(folder), select)]
