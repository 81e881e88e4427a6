"""When which source said what: the versions of all documents of a corpus, and what was ever said of a node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from rdflib import BNode, Graph

from osaid_graph.corpus.asked import node_named, unknown
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.read import Reader
from osaid_graph.engines import Engine
from osaid_graph.graph.labels import said
from osaid_graph.term_ids import FIRST_IRI, term_id


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """A version of a document.

    Attributes:
        document: Its name, as it was given.
        generation: The state of the corpus that it came with.
        since: When that was, in UTC.
        until: When it was replaced, or was gone; empty where it is live.
        format: What it was read as; empty where it could not be read.
        sha256: The digest of its bytes.
        statements: How many it makes.
        added: How many that the version before did not make, all where there is none.
        removed: How many that one made and this does not.
        rejects: How much of it could not be read.
    """

    document: str
    generation: int
    since: str
    until: str
    format: str
    sha256: str
    statements: int
    added: int
    removed: int
    rejects: int


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said of a node, for as long as a source said it.

    Attributes:
        property: The IRI of the property.
        value: The value: an IRI, a text, or what is said of a blank node.
        source: Who said it: the URL it is attributed to, else the name of the document.
        document: The name of the document it stands in.
        line: The line there, in the latest version that says it.
        since: When it was first said, in UTC.
        until: When it ceased; empty where it is said now.
    """

    property: str
    value: str
    source: str
    document: str
    line: int | None
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that could not be read.

    Attributes:
        document: The name of the document.
        line: The line, None for the document as a whole.
        reason: Why.
        hint: What to do.
        text: How it starts.
    """

    document: str
    line: int | None
    reason: str
    hint: str
    text: str


def versions(engine: Engine, document: str | None = None) -> tuple[DocumentVersion, ...]:
    """Return the versions of the documents of the corpus that is attached to an engine, a document after the other.

    Args:
        engine: To which the corpus is attached.
        document: The name of the one document that is wanted; None for all.
    """
    engine.values("asked_for", {"name": "VARCHAR"}, [] if document is None else [(document,)])
    where = "" if document is None else "AND s.name IN (SELECT name FROM asked_for)"
    return tuple(DocumentVersion(*row) for row in engine.rows(_VERSIONS.format(where=where)))


def rejects(engine: Engine) -> tuple[Reject, ...]:
    """Return what could not be read of the documents that are live."""
    return tuple(
        Reject(*row)
        for row in engine.rows(
            "SELECT s.name, r.line, r.reason, r.hint, r.text FROM rejects r JOIN sources s ON s.source = r.source "
            "ORDER BY s.origin, r.line, r.reason"
        )
    )


def said_of(corpus: Corpus, engine: Engine, node: str) -> tuple[Said, ...]:
    """Return what sources have ever said of a node, by property and value, the first said first.

    A source that goes on saying the same through versions of its document says it once.

    Args:
        corpus: The corpus.
        engine: To which it is attached.
        node: An IRI, a Hub id, or ``_:label`` of a node without an IRI.

    Raises:
        UsageError: Nothing was ever said of it.
    """
    number = term_id(node_named(node), corpus.seed)
    rows = engine.rows(
        "SELECT t.predicate, t.object, s.origin, s.url, s.generation, e.generation, s.name, t.line, s.since, "
        "coalesce(e.until, '') "
        "FROM statements_ever t JOIN sources_ever s ON s.source = t.source "
        f"LEFT JOIN ended e ON e.source = t.source WHERE t.subject = {number} "
        "ORDER BY t.predicate, t.object, s.origin, s.url, s.source, t.line"
    )
    if not rows:
        raise unknown(corpus, engine, node, or_document=True)
    spans: dict[tuple[Any, ...], list[list[Any]]] = {}
    for predicate, value, origin, url, begins, ends, *rest in rows:
        found = spans.setdefault((predicate, value, origin, url), [])
        if found and found[-1][1] == begins:  # the next version says the same
            found[-1] = [found[-1][0], ends, *rest[:2], found[-1][4], rest[3]]
        elif not found or found[-1][0] != begins:  # the same version may say it in several lines
            found.append([begins, ends, *rest])
    reader = Reader(engine)
    terms = reader.terms(each for key in spans for each in key[:2])
    values = _values(reader, engine, {key[1] for key in spans})
    result = [
        Said(str(terms[predicate]), values[value], url or name, name, line, since, until)
        for (predicate, value, _, url), found in spans.items()
        for _, _, name, line, since, until in found
    ]
    return tuple(sorted(result, key=lambda each: (each.property, each.since, each.value, each.document, each.source)))


def _values(reader: Reader, engine: Engine, ids: set[int]) -> dict[int, str]:
    """Return what values say: a blank node what is said of it."""
    blank = reader.chosen("blank_values", (each for each in ids if 0 <= each < FIRST_IRI))
    rows = engine.rows(f"SELECT DISTINCT subject, predicate, object FROM statements_ever WHERE subject IN ({blank})")
    terms = reader.terms([*ids, *(each for row in rows for each in row)])
    graph = Graph()
    for row in rows:
        graph.add(tuple(terms[each] for each in row))  # type: ignore[arg-type]
    return {each: said(graph, terms[each]) if isinstance(terms[each], BNode) else str(terms[each]) for each in ids}


#: The versions of documents, and what one that follows another says that that did not, and the other way round.
_VERSIONS: Final = """
WITH documents AS (
    SELECT s.source AS document, s.origin, s.name, s.generation, s.since, coalesce(e.until, '') AS until,
        e.generation AS ends, s.format, s.sha256, s.statements
    FROM sources_ever s LEFT JOIN ended e ON e.source = s.source
    WHERE s.source = s.document {where}
),
ordered AS (
    SELECT d.*, lag(document) OVER (PARTITION BY origin ORDER BY document) AS earlier,
        lag(ends) OVER (PARTITION BY origin ORDER BY document) AS ended
    FROM documents d
),
pairs AS (SELECT document, earlier FROM ordered WHERE earlier IS NOT NULL AND ended = generation),
made AS (
    SELECT DISTINCT s.document, t.subject, t.predicate, t.object, s.url
    FROM statements_ever t JOIN sources_ever s ON s.source = t.source
    WHERE s.document IN (SELECT document FROM pairs UNION SELECT earlier FROM pairs)
),
added AS (
    SELECT p.document, count(*) AS number
    FROM pairs p JOIN made m ON m.document = p.document
    WHERE NOT EXISTS (
        SELECT 1 FROM made o WHERE o.document = p.earlier AND o.subject = m.subject AND o.predicate = m.predicate
            AND o.object = m.object AND o.url = m.url
    )
    GROUP BY p.document
),
removed AS (
    SELECT p.document, count(*) AS number
    FROM pairs p JOIN made m ON m.document = p.earlier
    WHERE NOT EXISTS (
        SELECT 1 FROM made n WHERE n.document = p.document AND n.subject = m.subject AND n.predicate = m.predicate
            AND n.object = m.object AND n.url = m.url
    )
    GROUP BY p.document
),
aside AS (SELECT source AS document, count(*) AS number FROM rejects GROUP BY source)
SELECT o.name, o.generation, o.since, o.until, o.format, o.sha256, o.statements,
    CASE WHEN p.document IS NULL THEN o.statements ELSE coalesce(a.number, 0) END, coalesce(r.number, 0),
    coalesce(x.number, 0)
FROM ordered o
LEFT JOIN pairs p ON p.document = o.document
LEFT JOIN added a ON a.document = o.document
LEFT JOIN removed r ON r.document = o.document
LEFT JOIN aside x ON x.document = o.document
ORDER BY o.origin, o.document
"""
