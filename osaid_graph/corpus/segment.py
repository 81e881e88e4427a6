"""From the chunks of all workers to the files of one segment: sorted, with final numbers, each term once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from osaid_graph.corpus.chunk import COLUMNS
from osaid_graph.corpus.layout import ANY, STATEMENTS, TABLES, property_name, statements_file, table_file
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import InputError

#: Rows that are read together at least, where one is looked for: few in tables in which single rows are.
GROUPS: Final = {"terms": 4_096, "lines": 2_048, "records": 2_048, "subjects": 16_384, STATEMENTS: 16_384}
#: Statements of a segment below which one file has them all: opening many files would take longer than reading it.
FEW: Final = 100_000
#: By what the rows of a table are sorted.
ORDERS: Final = {
    STATEMENTS: "subject, source, line, sequence",
    "terms": "id",
    "sources": "source",
    "ended": "source",
    "lines": "source, line",
    "records": "source, line",
    "subjects": "source, line, subject",
    "rejects": "source, line",
    "passed": "path",
}
#: Tables that every segment has, so that whoever reads a corpus without this program finds them.
_ALWAYS: Final = ("terms", "sources", "ended")
#: Tables of which a segment has the rows of the chunks, with the final number of the source.
_OF_SOURCES: Final = ("lines", "records", "subjects", "rejects")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a segment stands in the history of a corpus.

    Attributes:
        generation: The state of the statements that begins with it.
        moment: When that is, in UTC.
        next_source: The number of its first source.
        seed: What ids are made with.
    """

    generation: int
    moment: str
    next_source: int
    seed: int


@dataclass(frozen=True, slots=True)
class Added:
    """What a segment holds: the number of the source after its last, and how much of what.

    ``documents`` and ``ended`` leave out those that cannot be read; ``changed`` of the documents were read before.
    ``replaced`` are there in a new version, whether or not they could be read.
    """

    next_source: int
    documents: int
    statements: int
    terms: int
    changed: int
    changed_statements: int
    rejects: int
    ended: int
    replaced: int


def merge(
    engine: DuckDB, chunks: Path, staged: Path, gone: Iterable[int], place: Place, step: Callable[[float], None]
) -> Added | None:
    """Write a segment from chunks, and return what it holds; None, and nothing is written, if nothing has changed.

    Args:
        engine: What to work with; the corpus is attached to it.
        chunks: The folder of the chunks.
        staged: The empty folder of the segment.
        gone: Numbers of documents that say nothing more. Those that are in the chunks again end by themselves.
        place: Where the segment stands.
        step: Told what part of the work is done.

    Raises:
        InputError: Two terms have one id.
        OSError: The segment cannot be written.
    """
    for name, columns in COLUMNS.items():
        engine.files(f"chunk_{name}", [str(path) for path in sorted(chunks.glob(f"{name}-*.parquet"))], columns)
    merging = _Merging(engine, staged, place)
    documents = merging.number()
    ending, ended, replaced = merging.end(gone)
    changed, changed_statements = engine.rows(_CHANGED)[0]
    rejects = int(engine.rows(f"SELECT count(*) FROM chunk_rejects c {_OF_CHOSEN}")[0][0])
    if not ending and not engine.rows("SELECT 1 FROM numbered LIMIT 1"):
        return None
    step(0.05)
    terms = merging.terms()
    step(0.3)
    statements = merging.statements(lambda part: step(0.3 + 0.6 * part))
    for name in _OF_SOURCES:
        chosen = ", ".join(f"n.{each}" if each == "source" else f"c.{each}" for each in TABLES[name])
        merging.write(name, f"SELECT {chosen} FROM chunk_{name} c {_OF_CHOSEN} ORDER BY {ORDERS[name]}")
    merging.write("passed", "SELECT DISTINCT * FROM chunk_passed ORDER BY path")
    step(1)
    sources = int(engine.rows("SELECT count(*) FROM numbered")[0][0])
    return Added(
        next_source=place.next_source + sources,
        documents=documents,
        statements=statements,
        terms=terms,
        changed=int(changed),
        changed_statements=int(changed_statements),
        rejects=rejects,
        ended=ended,
        replaced=replaced,
    )


#: Joins rows of a chunk to the sources they are of, where those are new.
_OF_CHOSEN: Final = "JOIN numbered n ON n.provisional = c.document AND n.said = 0"


class _Merging:
    def __init__(self, engine: DuckDB, staged: Path, place: Place) -> None:
        self.engine, self.staged, self.place = engine, staged, place

    def write(self, name: str, select: str) -> int:
        """Write a table of the segment."""
        return write_table(self.engine, self.staged, name, select)

    def number(self) -> int:
        """Give sources their final numbers, in the order of the documents, and return how many of these were read.

        A document that was read twice is taken once, and one that says what it said before is not taken.
        """
        self.engine.table("chosen", _CHOSEN)
        self.engine.table(
            "counted",
            f"SELECT row_number() OVER (ORDER BY document, said) + {self.place.next_source - 1} AS source, "
            "document AS provisional, * EXCLUDE (document) FROM chunk_sources "
            "WHERE document IN (SELECT document FROM chosen)",
        )
        self.engine.table("numbered", _WITH_ORIGIN)
        place = {"generation": f"{self.place.generation} AS generation", "since": f"'{self.place.moment}' AS since"}
        columns = ", ".join(place.get(each, each) for each in TABLES["sources"])
        self.write("sources", f"SELECT {columns} FROM numbered ORDER BY source")
        return int(self.engine.rows("SELECT count(*) FROM numbered WHERE said = 0 AND format <> ''")[0][0])

    def end(self, gone: Iterable[int]) -> tuple[int, int, int]:
        """End the sources of documents that are gone, and of those of which there is a new version.

        Returns how many documents these are, how many of them could be read, and how many have a new version.
        """
        self.engine.values("gone", {"document": "INTEGER"}, ((number,) for number in gone))
        self.engine.table("ending", _ENDING)
        self.write(
            "ended",
            f"SELECT source, {self.place.generation} AS generation, '{self.place.moment}' AS until FROM ending "
            "ORDER BY source",
        )
        select = (
            "SELECT count(DISTINCT document), count(DISTINCT CASE WHEN format <> '' THEN document END), "
            "count(DISTINCT CASE WHEN replaced THEN document END) FROM ending"
        )
        ending, ended, replaced = self.engine.rows(select)[0]
        return int(ending), int(ended), int(replaced)

    def terms(self) -> int:
        """Write the terms that are new, each once.

        Raises:
            InputError: Two terms have one id.
        """
        self.engine.table("read_terms", "SELECT DISTINCT id, kind, value, datatype, language FROM chunk_terms")
        twice = self.engine.rows(
            "SELECT min(value), max(value) FROM (SELECT id, value, kind, datatype FROM read_terms UNION "
            "SELECT b.id, b.value, b.kind, b.datatype FROM terms b WHERE b.id IN (SELECT id FROM read_terms)) "
            "GROUP BY id HAVING count(*) > 1 LIMIT 1"
        )
        if twice:
            raise InputError(
                f"two terms have one id: {twice[0][0]!r} and {twice[0][1]!r}",
                f"build a corpus in another folder with --seed {self.place.seed + 1}",
            )
        return self.write(
            "terms",
            "SELECT r.* FROM read_terms r WHERE NOT EXISTS (SELECT 1 FROM terms b WHERE b.id = r.id) ORDER BY id",
        )

    def statements(self, step: Callable[[float], None]) -> int:
        """Write the statements, a file for each property unless they are few."""
        columns = ", ".join(f"n.{each}" if each == "source" else f"c.{each}" for each in TABLES[STATEMENTS])
        total = self.engine.table(
            "found",
            f"SELECT {columns} FROM chunk_statements c "
            "JOIN numbered n ON n.provisional = c.document AND n.said = c.said",
        )
        written = 0

        def wrote(number: int) -> None:
            nonlocal written
            written += number
            step(written / total)

        write_statements(self.engine, "found", "read_terms", self.staged, wrote)
        self.engine.drop("found")
        return total


def write_table(engine: DuckDB, folder: Path, name: str, select: str) -> int:
    """Write a table of a segment, unless it has no rows and need not be there; return how many it has."""
    if name not in _ALWAYS and not engine.rows(f"SELECT 1 FROM ({select}) LIMIT 1"):
        return 0
    return engine.write(select, folder / table_file(name), GROUPS.get(name))


def write_statements(
    engine: DuckDB, table: str, terms: str, folder: Path, wrote: Callable[[int], None] | None = None
) -> None:
    """Write the statements of a segment, a file for each property unless they are few.

    Args:
        engine: What to work with.
        table: Where the statements are.
        terms: Where the ``value`` of the ``id`` of each property is.
        folder: The folder of the segment.
        wrote: Told how many rows were written to a file.
    """
    few = int(engine.rows(f"SELECT count(*) FROM {table}")[0][0]) < FEW
    predicates = engine.rows(
        f"SELECT id, value FROM {terms} WHERE id IN (SELECT DISTINCT predicate FROM {table}) ORDER BY id"
    )
    properties: dict[str, list[int]] = {}
    for id_, value in predicates:
        properties.setdefault(ANY if few else property_name(value), []).append(id_)
    for name, ids in sorted(properties.items()):
        path = folder / statements_file(name)
        path.parent.mkdir(parents=True)
        listed = ", ".join(map(str, ids))
        select = f"SELECT * FROM {table} WHERE predicate IN ({listed}) ORDER BY {ORDERS[STATEMENTS]}"
        number = engine.write(select, path, GROUPS[STATEMENTS])
        if wrote is not None:
            wrote(number)


_CHOSEN: Final = """
SELECT min(document) AS document
FROM chunk_sources c
WHERE said = 0 AND NOT EXISTS (
    SELECT 1 FROM sources l
    WHERE l.source = l.document AND l.path = c.path
        AND l.sha256 = c.sha256 AND l.format = c.format AND l.reading = c.reading
)
GROUP BY path
"""

_WITH_ORIGIN: Final = """
SELECT n.*, d.source AS document, coalesce(o.origin, d.source) AS origin
FROM counted n
JOIN (SELECT provisional, source FROM counted WHERE said = 0) d ON d.provisional = n.provisional
LEFT JOIN (SELECT path, min(origin) AS origin FROM sources_ever GROUP BY path) o ON o.path = n.path
"""

_CHANGED: Final = """
SELECT count(*), coalesce(sum(statements), 0)
FROM numbered
WHERE said = 0 AND format <> '' AND path IN (SELECT path FROM sources WHERE source = document AND format <> '')
"""

_ENDING: Final = """
SELECT source, document, format, path IN (SELECT path FROM numbered) AS replaced
FROM sources
WHERE document IN (SELECT document FROM gone) OR path IN (SELECT path FROM numbered)
"""
