"""The data that validation engines are given: generated descriptions, read, prepared and completed set by set.

The descriptions become the graph that ``corpus assess`` runs the rules on, once; it is written as N-Triples, which
every engine reads, and as two tables of Parquet, as a corpus keeps it: the statements by ids, and the terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rdflib import BNode, Literal, URIRef

from osaid_graph.corpus.relevant import relevant
from osaid_graph.corpus.whole import make_graphs
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.term_ids import term_id
from osaid_graph.terms import policy
from osaid_graph.validation.definition import rulebook

STATEMENTS, TERMS, TRIPLES = "whole.parquet", "terms.parquet", "whole.nt"
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
#: A statement on a line, and the graph it stands in, if any; the object is what stands between.
_LINE: Final = r"^(<[^>]*>|_:\S+) (<[^>]*>) (.*?)(?: <[^>]*>)? \.$"
#: A term of the table of terms as N-Triples writes it.
_WRITTEN: Final = f"""CASE kind WHEN 'iri' THEN '<' || value || '>' WHEN 'blank' THEN '_:b' || id ELSE
    '"' || replace(replace(replace(replace(value, '\\', '\\\\'), '"', '\\"'), chr(10), '\\n'), chr(13), '\\r') || '"' ||
    CASE WHEN language <> '' THEN '@' || language WHEN datatype = '{_STRING}' THEN '' ELSE '^^<' || datatype || '>' END
    END"""
#: How many terms are numbered at a time.
_BATCH: Final = 100_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A folder of prepared data; how many statements were said, and how many there are once prepared."""

    folder: Path
    said: int
    whole: int


def prepared(descriptions: Path, folder: Path, memory: int) -> Prepared:
    """Prepare all descriptions in a folder of N-Quads, and write what rules look at into another, which is made.

    Args:
        descriptions: The folder of the descriptions.
        folder: Where to write.
        memory: The most to use, in bytes.
    """
    folder.mkdir()
    engine = DuckDB(memory)
    read_lines(engine, sorted(descriptions.glob("*.nq")))
    make_graphs(engine, relevant(rulebook()), policy())
    whole = engine.write("SELECT * FROM whole ORDER BY subject, predicate, object", folder / STATEMENTS)
    engine.write("SELECT id, kind, value, datatype, language FROM whole_terms", folder / TERMS)
    engine.connection.execute(f"CREATE TABLE written AS SELECT id, {_WRITTEN} AS text FROM whole_terms")
    engine.connection.execute(
        "COPY (SELECT s.text || ' ' || p.text || ' ' || o.text || ' .' FROM whole JOIN written s ON s.id = subject "
        f"JOIN written p ON p.id = predicate JOIN written o ON o.id = object ORDER BY subject, s.text) "
        f"TO '{folder / TRIPLES}' (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')"
    )
    said = engine.rows("SELECT count(*) FROM said")[0][0]
    engine.close()
    return Prepared(folder, said, whole)


def read_lines(engine: DuckDB, files: Sequence[Path]) -> None:
    """Make the tables ``said`` and ``terms`` of files of N-Triples or N-Quads as they are written by machines.

    One space stands between terms, and nothing is escaped but in literals. Blank nodes of two files with one label
    are two.
    """
    import pyarrow as pa

    run = engine.connection.execute
    listed = ", ".join(f"'{path}'" for path in files)
    run(
        "CREATE TABLE split AS SELECT parts.s, parts.p, parts.o, file FROM (SELECT filename AS file, "
        f"regexp_extract(line, '{_LINE}', ['s', 'p', 'o']) AS parts FROM read_csv([{listed}], header = false, "
        "columns = {'line': 'VARCHAR'}, delim = '\\x01', quote = '', escape = '', filename = true))"
    )
    ends = [f"CASE WHEN starts_with({end}, '_:') THEN {end} || ' ' || file ELSE {end} END AS {end}" for end in "so"]
    run(f"CREATE VIEW lines AS SELECT {ends[0]}, p, {ends[1]} FROM split")
    run("CREATE TABLE texts AS SELECT s AS text FROM lines UNION SELECT p FROM lines UNION SELECT o FROM lines")
    columns = ("text", "id", "kind", "value", "datatype", "language")
    texts = run("SELECT text FROM texts").fetchall()
    parts = []
    for start in range(0, len(texts), _BATCH):
        rows = zip(*(_row(text) for (text,) in texts[start : start + _BATCH]), strict=True)
        parts.append(pa.table(dict(zip(columns, map(list, rows), strict=True))))
    engine.connection.register("rows", pa.concat_tables(parts))
    run("CREATE TABLE numbered AS SELECT * FROM rows")
    engine.connection.unregister("rows")
    run("CREATE VIEW terms AS SELECT id, kind, value, datatype, language FROM numbered")
    run(
        "CREATE TABLE said AS SELECT s.id AS subject, p.id AS predicate, o.id AS object FROM lines "
        "JOIN numbered s ON s.text = lines.s JOIN numbered p ON p.text = lines.p JOIN numbered o ON o.text = lines.o"
    )
    engine.drop("lines", "texts", "split")


def _row(text: str) -> tuple[object, ...]:
    """Return a term of N-Triples as a row of ``terms``, after the text itself."""
    if text.startswith("<"):
        iri = text[1:-1]
        return text, term_id(URIRef(iri)), "iri", iri, "", ""
    if text.startswith("_:"):
        return text, term_id(BNode(text[2:])), "blank", text[2:], "", ""
    lexical, _, rest = text[1:].rpartition('"')
    lexical = lexical.encode("latin-1", "backslashreplace").decode("unicode-escape") if "\\" in lexical else lexical
    language, datatype = rest[1:] if rest.startswith("@") else "", rest[3:-1] if rest.startswith("^^") else ""
    literal = Literal(lexical, datatype=URIRef(datatype) if datatype else None, lang=language or None)
    return text, term_id(literal), "literal", lexical, "" if language else datatype or _STRING, language
