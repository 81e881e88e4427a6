"""How much a corpus holds: documents, statements, nodes, and what its tables take on disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from osaid_graph.corpus.ids import Ids
from osaid_graph.corpus.layout import SEGMENTS
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.stats_graph import KINDS, REFERRED
from osaid_graph.engines import Engine
from osaid_graph.vocab import OSAID, token

#: Classes that nodes are counted by; all others are told as one.
_CLASSES: Final = (
    *(OSAID.AISystem, OSAID.Model, OSAID.Parameters, OSAID.Checkpoint, OSAID.OptimizerState, OSAID.Dataset),
    *(OSAID.DataInformation, OSAID.Code, OSAID.Configuration, OSAID.Architecture, OSAID.Document),
)
_OTHER: Final = "other"
_UNITS: Final = ("bytes", "kB", "MB", "GB", "TB", "PB")


@dataclass(frozen=True, slots=True)
class Nodes:
    """How many nodes of a class sources describe, and how many are only referred to. A node may have several."""

    kind: str
    described: int
    referred: int


@dataclass(frozen=True, slots=True)
class TableSize:
    """What a table takes on disk, in all segments or assessments: files, rows and bytes."""

    table: str
    files: int
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Size:
    """How much a corpus holds.

    Attributes:
        generation: How many states of the statements there were.
        documents: How many documents are live.
        records: How many records of lists are live.
        statements: How many statements live documents make.
        terms: How many terms are known, those of history too.
        rejects: How many documents or records of lists could not be read, in live documents.
        bytes: What all files take.
        nodes: How many nodes there are of which class; none is left out.
        tables: What each table takes, the largest first.
    """

    generation: int
    documents: int
    records: int
    statements: int
    terms: int
    rejects: int
    bytes: int
    nodes: tuple[Nodes, ...]
    tables: tuple[TableSize, ...]


def amount(number: int) -> str:
    """Return a number of bytes in a unit of powers of 1,000.

    >>> amount(999), amount(81_896_795)
    ('999 bytes', '81.9 MB')
    """
    place = min(len(_UNITS) - 1, max(0, (len(str(number)) - 1) // 3))
    return f"{number:,} bytes" if not place else f"{number / 1000**place:.1f} {_UNITS[place]}"


def share(count: int, whole: int) -> str:
    """Return a share in percent; what is little is not shown as nothing, nor what is nearly all as all.

    >>> share(1, 3), share(1, 10**6), share(10**6 - 1, 10**6), share(0, 0)
    ('33.3%', '<0.1%', '>99.9%', '0.0%')
    """
    part = count / whole if whole else 0.0
    if 0 < part < 0.0005:
        return "<0.1%"
    if 0.9995 <= part < 1:
        return ">99.9%"
    return f"{part:.1%}"


def size(corpus: Corpus, engine: Engine) -> Size:
    """Return how much a corpus holds.

    Args:
        corpus: The corpus.
        engine: To which it is attached, with the tables of :func:`~osaid_graph.corpus.stats_graph.make_artefacts`.
    """
    documents, records = engine.rows(
        "SELECT COUNT(*), COALESCE(SUM(records), 0) FROM sources WHERE source = document AND format <> ''"
    )[0]
    tables = _tables(corpus)
    return Size(
        generation=corpus.generation,
        documents=int(documents),
        records=int(records),
        statements=_count(engine, "said"),
        terms=_count(engine, "terms"),
        rejects=_count(engine, "rejects WHERE source IN (SELECT source FROM sources)"),
        bytes=sum(table.bytes for table in tables),
        nodes=_nodes(engine, Ids(corpus.seed)),
        tables=tables,
    )


def _count(engine: Engine, rows: str) -> int:
    return int(engine.rows(f"SELECT COUNT(*) FROM {rows}")[0][0])


def _nodes(engine: Engine, ids: Ids) -> tuple[Nodes, ...]:
    names = {ids(kind): token(kind) for kind in _CLASSES}
    known = ids.among("kind", _CLASSES)
    beside = f"SELECT DISTINCT node, 0 AS kind FROM {KINDS} WHERE NOT ({known})"
    rows = engine.rows(
        f"SELECT kinds.kind, COUNT(*), COUNT(referred.node) FROM (SELECT node, kind FROM {KINDS} WHERE {known} "
        f"UNION ALL {beside} AND node NOT IN (SELECT node FROM {KINDS} WHERE {known})) AS kinds "
        f"LEFT JOIN {REFERRED} AS referred ON referred.node = kinds.node GROUP BY kinds.kind"
    )
    found = {
        names.get(kind, _OTHER): Nodes(names.get(kind, _OTHER), int(whole - referred), int(referred))
        for kind, whole, referred in rows
    }
    return tuple(found[name] for name in (*names.values(), _OTHER) if name in found)


def _tables(corpus: Corpus) -> tuple[TableSize, ...]:
    """Return what tables, or folders of files, take: those of segments by their names, others behind their kind."""
    found: dict[str, TableSize] = {}
    for part in corpus.manifest.parts:
        for file in part.files:
            name = file.path.partition("/")[0].partition(".")[0]
            name = name if part.kind == SEGMENTS else f"{part.kind}/{name}"
            old = found.get(name, TableSize(name, 0, 0, 0))
            found[name] = TableSize(name, old.files + 1, old.rows + (file.rows or 0), old.bytes + file.bytes)
    return tuple(sorted(found.values(), key=lambda each: (-each.bytes, each.table)))
