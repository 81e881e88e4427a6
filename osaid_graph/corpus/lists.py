"""Lists of many records, a line each: one process unpacks them, and others read the lines, some at a time."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from osaid_graph.corpus.chunk import Chunk
from osaid_graph.corpus.digests import sha256_of
from osaid_graph.corpus.inputs import ListFile
from osaid_graph.corpus.pool import Job, Pool, ProcessEnded
from osaid_graph.corpus.reading import Lines, Outcome, read_lines
from osaid_graph.corpus.rows import source_row
from osaid_graph.errors import InputError
from osaid_graph.graph import packed
from osaid_graph.graph.dump import Progress
from osaid_graph.identity import Kind
from osaid_graph.readers import reader
from osaid_graph.readers.streams import Stream

#: Bytes of lines that are read together.
_BLOCK: Final = 2 << 20


class ListReader:
    """Reads one list.

    Args:
        found: The list.
        document: Its provisional number.
        chunks: The folder of the chunks.
        seed: What ids are made with.
        progress: Told how many of its bytes have been read.
    """

    def __init__(self, found: ListFile, document: int, chunks: Path, seed: int, progress: Progress | None) -> None:
        self.found, self.document, self.chunks, self.seed = found, document, chunks, seed
        self.progress = progress
        self.file = found.found.file
        self.stream: Stream = reader(found.format).STREAM  # type: ignore[attr-defined]
        self.total = Outcome(seen=[self.file.path])
        self._read = 0
        self._digest = hashlib.sha256()
        self._name = f"list{document}"
        self._spool = chunks / f"put-off-{document}"

    def read(self, pool: Pool) -> Outcome:
        """Read it; a list that is broken is rejected as a whole.

        Raises:
            OSError: A chunk cannot be written.
        """
        try:
            self._read_all(pool)
        except ProcessEnded:
            raise
        except InputError as error:
            for path in self.chunks.glob(f"*-{self._name}-*"):
                path.unlink()
            self.total = Outcome(seen=[self.file.path], rejects=1)
            self._write(error)
        else:
            self.total.documents = int(bool(self.total.records) or not self.total.rejects)
            self._write(None)
        return self.total

    def _read_all(self, pool: Pool) -> None:
        assume = self.stream.assumed(self.file.name, {})
        self._take(pool.results(self._jobs(self._blocks(), assume, settled=assume is not None)))
        if self._spool.exists():
            assume = self.stream.assumed(self.file.name, self.total.told)
            self._take(pool.results(self._jobs(self._put_off(), assume, settled=True, name="again")))

    def _jobs(
        self, blocks: Iterable[list[tuple[int, bytes]]], assume: Kind | None, *, settled: bool, name: str = "lines"
    ) -> Iterator[Job[Outcome]]:
        for number, block in enumerate(blocks):
            task = Lines(self.document, self.found.format, block, assume, settled)
            yield read_lines, (task, self.chunks, f"{self._name}-{name}-{number}", self.seed)

    def _take(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            self.total.records += outcome.records
            self.total.statements += outcome.statements
            self.total.rejects += outcome.rejects
            self.total.told.update(outcome.told)
            if outcome.put_off:
                with self._spool.open("ab") as file:
                    pickle.dump(outcome.put_off, file)

    def _blocks(self) -> Iterator[list[tuple[int, bytes]]]:
        """Yield lines by number, and learn the digest of the file.

        Raises:
            InputError: It is broken, or cannot be read.
        """
        block: list[tuple[int, bytes]] = []
        size = 0
        try:
            with Path(self.found.found.opened).open("rb") as file:
                for number, line in enumerate(packed.lines(file, self._seen), 1):
                    if line:
                        block.append((number, line))
                        size += len(line)
                    if size >= _BLOCK:
                        yield block
                        block, size = [], 0
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", "check its permissions") from None
        if block:
            yield block

    def _seen(self, piece: bytes) -> None:
        self._digest.update(piece)
        self._read += len(piece)
        if self.progress is not None:
            self.progress(self._read, self.file.size)

    def _whole_digest(self) -> str:
        """Return the digest of a list that was not read to its end, which tells this breakage from another."""
        try:
            return sha256_of(Path(self.found.found.opened))
        except OSError:
            return ""

    def _put_off(self) -> Iterator[list[tuple[int, bytes]]]:
        with self._spool.open("rb") as file:
            while True:
                try:
                    yield pickle.load(file)  # noqa: S301 - written above
                except EOFError:
                    return

    def _write(self, error: InputError | None) -> None:
        """Write what is known of the list, and what is wrong with it."""
        chunk = Chunk(self.seed)
        digest = self._whole_digest() if error else self._digest.hexdigest()
        row = source_row(self.file, "" if error else self.found.format, digest)
        chunk.add_source(
            self.document, row._replace(statements=self.total.statements, records=self.total.records, reading=digest)
        )
        if error:
            chunk.reject(self.document, error)
        chunk.write(self.chunks, f"{self._name}-list")
