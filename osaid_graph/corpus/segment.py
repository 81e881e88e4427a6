"""From the chunks of all workers to the files of one segment: sorted, with final numbers, each term once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from osaid_graph.corpus.chunk import COLUMNS
from osaid_graph.corpus.layout import STATEMENTS, TABLES, property_name, statements_file, table_file
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import InputError

#: Rows that are read together at least, where one is looked for: few in tables in which single rows are.
GROUPS: Final = {"terms": 4_096, "lines": 2_048, "records": 2_048, "subjects": 16_384, STATEMENTS: 16_384}
#: By what the rows of a table are sorted.
_ORDERS: Final = {
    "lines": "source, line",
    "records": "source, line",
    "subjects": "source, line, subject",
    "rejects": "source, line",
}


@dataclass(frozen=True, slots=True)
class Before:
    """What a segment is added to: the tables ``sources``, ``ended`` and ``terms`` of all segments there are.

    ``next_source`` is the number of the next source, ``seed`` what ids are made with.
    """

    sources: Sequence[str]
    ended: Sequence[str]
    terms: Sequence[str]
    next_source: int
    seed: int


@dataclass(frozen=True, slots=True)
class Added:
    """What a segment holds: the number of the source after its last, and how many rows of what."""

    next_source: int
    documents: int
    statements: int
    terms: int
    rejects: int
    ended: int


def merge(
    engine: DuckDB, chunks: Path, staged: Path, before: Before, gone: Iterable[int], generation: int, moment: str
) -> Added:
    """Write a segment from chunks.

    Args:
        engine: What to work with.
        chunks: The folder of the chunks.
        staged: The empty folder of the segment.
        before: What it is added to.
        gone: Numbers of documents that say nothing more. Those that are in the chunks again end by themselves.
        generation: The state of the statements that begins with it.
        moment: When that is, in UTC.

    Raises:
        InputError: Two terms have one id.
        OSError: The segment cannot be written.
    """
    for name, columns in COLUMNS.items():
        engine.files(f"chunk_{name}", [str(path) for path in sorted(chunks.glob(f"{name}-*.parquet"))], columns)
    for name, paths in (("sources", before.sources), ("ended", before.ended), ("terms", before.terms)):
        engine.files(f"before_{name}", list(paths), TABLES[name])
    merging = _Merging(engine, staged, generation, moment)
    merging.number(before.next_source)
    ended = merging.end(gone)
    terms = merging.terms(before.seed)
    statements = merging.statements()
    for name, order in _ORDERS.items():
        chosen = ", ".join(f"n.{each}" if each == "source" else f"c.{each}" for each in TABLES[name])
        merging.write(
            name,
            f"SELECT {chosen} FROM chunk_{name} c JOIN numbered n ON n.provisional = c.document AND n.said = 0 "
            f"ORDER BY {order}",
        )
    counted = engine.rows("SELECT count(*), count(DISTINCT document) FROM numbered")[0]
    rejects = engine.rows("SELECT count(*) FROM chunk_rejects")[0][0]
    return Added(before.next_source + counted[0], counted[1], statements, terms, rejects, ended)


class _Merging:
    def __init__(self, engine: DuckDB, staged: Path, generation: int, moment: str) -> None:
        self.engine, self.staged, self.generation, self.moment = engine, staged, generation, moment

    def write(self, name: str, select: str) -> int:
        """Write a table of the segment, unless it has no rows."""
        if not self.engine.rows(f"SELECT 1 FROM ({select}) LIMIT 1"):
            return 0
        return self.engine.write(select, self.staged / table_file(name), GROUPS.get(name))

    def number(self, first: int) -> None:
        """Give sources their final numbers, in the order of the documents."""
        self.engine.table(
            "numbered",
            f"SELECT row_number() OVER (ORDER BY document, said) + {first - 1} AS source, "
            "document AS provisional, * EXCLUDE (document) FROM chunk_sources",
        )
        self.engine.table("numbered", _WITH_ORIGIN)
        columns = ", ".join(
            {"generation": f"{self.generation} AS generation", "since": f"'{self.moment}' AS since"}.get(each, each)
            for each in TABLES["sources"]
        )
        self.write("sources", f"SELECT {columns} FROM numbered ORDER BY source")

    def end(self, gone: Iterable[int]) -> int:
        """End the sources of documents that are gone, and of those of which there is a new version."""
        self.engine.values("gone", {"document": "INTEGER"}, ((number,) for number in gone))
        self.write(
            "ended",
            f"SELECT source, {self.generation} AS generation, '{self.moment}' AS until FROM before_sources s "
            "WHERE NOT EXISTS (SELECT 1 FROM before_ended e WHERE e.source = s.source) "
            "AND (s.document IN (SELECT document FROM gone) OR s.path IN (SELECT path FROM numbered)) ORDER BY source",
        )
        return int(
            self.engine.rows(
                "SELECT count(DISTINCT document) FROM before_sources s "
                "WHERE NOT EXISTS (SELECT 1 FROM before_ended e WHERE e.source = s.source) "
                "AND (s.document IN (SELECT document FROM gone) OR s.path IN (SELECT path FROM numbered))"
            )[0][0]
        )

    def terms(self, seed: int) -> int:
        """Write the terms that are new, each once.

        Raises:
            InputError: Two terms have one id.
        """
        self.engine.table("read_terms", "SELECT DISTINCT id, kind, value, datatype, language FROM chunk_terms")
        twice = self.engine.rows(
            "SELECT min(value), max(value) FROM (SELECT id, value, kind, datatype FROM read_terms UNION "
            "SELECT b.id, b.value, b.kind, b.datatype FROM before_terms b WHERE b.id IN (SELECT id FROM read_terms)) "
            "GROUP BY id HAVING count(*) > 1 LIMIT 1"
        )
        if twice:
            raise InputError(
                f"two terms have one id: {twice[0][0]!r} and {twice[0][1]!r}",
                f"build into an empty folder with --seed {seed + 1}",
            )
        return self.write("terms", "SELECT * FROM read_terms WHERE id NOT IN (SELECT id FROM before_terms) ORDER BY id")

    def statements(self) -> int:
        """Write the statements, a file for each property."""
        columns = ", ".join(f"n.{each}" if each == "source" else f"c.{each}" for each in TABLES[STATEMENTS])
        total = self.engine.table(
            "found",
            f"SELECT {columns} FROM chunk_statements c "
            "JOIN numbered n ON n.provisional = c.document AND n.said = c.said",
        )
        predicates = self.engine.rows(
            "SELECT id, value FROM read_terms WHERE id IN (SELECT DISTINCT predicate FROM found)"
        )
        properties: dict[str, list[int]] = {}
        for id_, value in predicates:
            properties.setdefault(property_name(value), []).append(id_)
        for name, ids in sorted(properties.items()):
            path = self.staged / statements_file(name)
            path.parent.mkdir(parents=True)
            listed = ", ".join(map(str, ids))
            self.engine.write(
                f"SELECT * FROM found WHERE predicate IN ({listed}) ORDER BY subject, source, line, sequence",
                path,
                GROUPS[STATEMENTS],
            )
        return total


_WITH_ORIGIN: Final = """
SELECT n.*, d.source AS document, coalesce(o.origin, d.source) AS origin
FROM numbered n
JOIN (SELECT provisional, source FROM numbered WHERE said = 0) d ON d.provisional = n.provisional
LEFT JOIN (SELECT path, min(origin) AS origin FROM before_sources GROUP BY path) o ON o.path = n.path
"""
