"""Building a corpus: what inputs say becomes a segment, in the place of what they said before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from osaid_graph.corpus.chunk import Chunk, File
from osaid_graph.corpus.layout import SEGMENTS, TABLES, table_file
from osaid_graph.corpus.manifest import Manifest
from osaid_graph.corpus.segment import Added, Before, merge
from osaid_graph.corpus.writing import now, writing
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.graph.dump import add_digest, records
from osaid_graph.graph.load import Loader
from osaid_graph.graph.naming import name_things

#: Bytes that sorting may take; more is on disk meanwhile.
MEMORY = 1 << 30


def build(folder: str | Path, inputs: Sequence[str], *, seed: int | None = None, wait: float = 0) -> Added:
    """Read inputs into a corpus."""
    with writing(Path(folder), wait, seed) as writer:
        chunks = writer.staging / "chunks"
        chunks.mkdir()
        chunk = Chunk(writer.manifest.seed)
        loader = Loader()
        for name in inputs:
            loader.read(name, None)
        documents, dumps = name_things(loader.documents), loader.dumps
        for number, each in enumerate(documents):
            lines = dict(enumerate(each.data.decode("utf-8-sig", "replace").splitlines(), 1))
            chunk.add_document(number, File(each.name, each.name), each.format, each.sha256, each.reading, lines)
        for number, dump in enumerate(dumps, len(documents)):
            add_digest(dump)
            count = 0
            for record in records(dump):
                chunk.add_record(number, record, b"")
                count += len(record.statements)
            row = (
                dump.name,
                dump.name,
                "",
                dump.format,
                dump.digest,
                dump.size,
                0,
                f"urn:osaid:source:{dump.digest[:16]}",
            )
            chunk.add_source(number, (*row, "", "", "", count, 0, "", "[]", "[]", "[]"))
        chunk.write(chunks, "0")
        generation = writer.manifest.generation + 1
        staged = writer.stage(f"{SEGMENTS}/{generation:06d}")
        engine = DuckDB(MEMORY, spill=writer.staging / "spill")
        before = before_of(writer.folder, writer.manifest)
        added = merge(engine, chunks, staged, before, (), generation, now())
        engine.close()
        writer.commit(generation=generation, next_source=added.next_source)
        return added


def before_of(folder: Path, manifest: Manifest) -> Before:
    """Return what a segment is added to."""

    def paths(table: str) -> list[str]:
        parts = manifest.of_kind(SEGMENTS)
        return [
            str(folder / part.path / file.path)
            for part in parts
            for file in part.files
            if file.path == table_file(table)
        ]

    return Before(paths("sources"), paths("ended"), paths("terms"), manifest.next_source, manifest.seed)
