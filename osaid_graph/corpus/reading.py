"""What a worker does: it reads some documents, or some lines of a list, and writes what they say as a chunk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from osaid_graph.corpus.chunk import Chunk
from osaid_graph.corpus.digests import sha256_of
from osaid_graph.corpus.inputs import Found, Group, ListFile, Unlisted, stat
from osaid_graph.corpus.rows import File, document_row, source_row
from osaid_graph.errors import InputError, UsageError
from osaid_graph.graph.folder import reason_to_skip, recognised
from osaid_graph.graph.load import Loader, display_name
from osaid_graph.graph.naming import Document, depends_on_others, name_things
from osaid_graph.graph.release import lines_of
from osaid_graph.identity import Kind
from osaid_graph.readers import reader
from osaid_graph.readers.manifest.reader import NAME as MANIFEST
from osaid_graph.readers.streams import Stream

#: Provisional numbers that are kept for one file: for itself, what it imports, and what of that cannot be read.
PER_FILE: Final = 1 << 12
#: Statements that are collected before they are written.
_MANY: Final = 50_000
#: Characters of a line that are kept to be shown.
_LINE: Final = 4_096


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents to be read.

    Attributes:
        base: The provisional number of the first file of their folder; those of the others are ``PER_FILE`` apart.
        group: The files, which are read together.
        positions: Which files of their folder they are.
        digests: By path the SHA-256 of files that need not be read again where it is the same.
        alone: Whether they are a part of a folder alone: what depends on the others is left.
        only: Paths of what is wanted of them, where not all is.
        format: What files that are named themselves are read as.
    """

    base: int
    group: Group
    positions: tuple[int, ...]
    digests: dict[str, str] = field(default_factory=dict)
    alone: bool = False
    only: frozenset[str] | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a list, by number.

    Attributes:
        document: The provisional number of the list.
        format: What it is read as.
        lines: The lines.
        assume: What a record is taken for that does not tell what it is of.
        settled: Whether that is known; else such records are put off.
    """

    document: int
    format: str
    lines: Sequence[tuple[int, bytes]]
    assume: Kind | None
    settled: bool


@dataclass(slots=True)
class Outcome:
    """What came of a task.

    Attributes:
        seen: Paths of what was read or needs no reading.
        left: Paths of what depends on the others in its folder, by the number of that.
        lists: Lists of many records that were come upon.
        documents: How many documents were read.
        same: How many have the bytes that they had.
        size: How many bytes the files have.
        rejects: How much could not be read.
        passed: How many files of folders were passed over that look like descriptions.
        records: How many records were read.
        statements: How many statements.
        told: How many records told what they are of.
        put_off: Lines, by number, that do not tell.
    """

    seen: list[str] = field(default_factory=list)
    left: dict[int, list[str]] = field(default_factory=dict)
    lists: list[ListFile] = field(default_factory=list)
    documents: int = 0
    same: int = 0
    size: int = 0
    rejects: int = 0
    passed: int = 0
    records: int = 0
    statements: int = 0
    told: Counter[Kind | None] = field(default_factory=Counter)
    put_off: list[tuple[int, bytes]] = field(default_factory=list)


def read_documents(tasks: Iterable[Documents], chunks: Path, name: str, seed: int) -> Outcome:
    """Read documents, and write what they say to chunks of a name.

    Raises:
        OSError: A chunk cannot be written.
        UsageError: The user gave an id for what says itself what it describes.
    """
    outcome, chunk, parts = Outcome(), Chunk(seed), 0
    for task in tasks:
        _Reading(task, chunk, outcome).read()
        if len(chunk.rows["statements"]) > _MANY:
            chunk.write(chunks, f"{name}-{parts}")
            parts += 1
    chunk.write(chunks, f"{name}-{parts}")
    return outcome


def set_aside(folders: Sequence[tuple[int, Unlisted]], chunks: Path, seed: int) -> Outcome:
    """Take note of folders that cannot be listed, each with its provisional number.

    Raises:
        OSError: The chunk cannot be written.
    """
    outcome, chunk = Outcome(), Chunk(seed)
    for number, each in folders:
        chunk.add_source(number, source_row(each.file, "", ""))
        chunk.reject(number, each.error)
        outcome.seen.append(each.file.path)
        outcome.rejects += 1
    chunk.write(chunks, "unlisted")
    return outcome


class _Reading:
    """Reads the files of one group."""

    def __init__(self, task: Documents, chunk: Chunk, outcome: Outcome) -> None:
        self.task, self.chunk, self.outcome = task, chunk, outcome
        self.loader = Loader(aside=lambda path, error: self.aside.append((path, error)))
        self.aside: list[tuple[Path, InputError]] = []
        self.numbers: list[int] = []
        self.files: list[File] = []

    def read(self) -> None:
        """Read them, name what they describe, and write what they say."""
        chosen = reader(self.task.format) if self.task.format and not self.task.group.folder else None
        for position, found in zip(self.task.positions, self.task.group.files, strict=True):
            self.outcome.size += found.file.size
            number = self.task.base + position * PER_FILE
            try:
                if self._is_to_be_read(found, number):
                    documents, lists = len(self.loader.documents), len(self.loader.dumps)
                    self.loader.read_file(found.opened, chosen, found.id)
                    self._take(found, number, documents, lists)
            except OSError as error:
                self._reject(found.file, number, InputError(f"cannot be read: {error.strerror}", _PERMISSIONS))
        self._write()

    def _is_to_be_read(self, found: Found, number: int) -> bool:
        """Tell whether a file is to be read; take note of one that cannot be, or is passed over.

        Raises:
            OSError: It cannot be read.
        """
        path, file = Path(found.opened), found.file
        digest = self.task.digests.get(file.path)
        same = digest is not None and sha256_of(path) == digest
        reason = kinds = None
        if not same and self.task.group.folder:
            reason = reason_to_skip(path, Path(self.task.group.folder))
            kinds = [] if reason else recognised(path)
        if kinds == []:
            self.chunk.rows["passed"].append((file.path, file.input, file.size, file.modified, reason))
            self.outcome.passed += bool(reason)
            return False
        self.outcome.seen.append(file.path)
        self.outcome.same += same
        if kinds and len(kinds) > 1:
            hint = "name the file itself, and choose a format with --from"
            self._reject(file, number, InputError(f"this could be {' or '.join(kinds)}", hint))
            return False
        return not same

    def _take(self, found: Found, number: int, start: int, lists: int) -> None:
        """Take note of what reading a file brought: itself and its imports, lists, and what cannot be read."""
        new = self.loader.documents[start:]
        for offset, document in enumerate(new):
            self.numbers.append(number + offset)
            self.files.append(found.file if not offset else self._file(document.path or Path(document.name)))
        self.outcome.seen.extend(file.path for file in self.files[start:])
        known = {document.path: number + offset for offset, document in enumerate(new)}
        for offset, (path, error) in enumerate(self.aside, number + PER_FILE // 2):
            if path in known:  # it was read; what it imports was not
                self._add_reject(known[path], error)
            else:
                self._reject(found.file if path == Path(found.opened) else self._file(path), offset, error)
        self.aside.clear()
        for dump in self.loader.dumps[lists:]:
            path = Path(found.opened) if dump.name == found.file.name else Path(dump.name)
            self.outcome.lists.append(ListFile(Found(self._file(path), str(path)), dump.format))

    def _file(self, path: Path) -> File:
        """Return what a file is known by that was not listed: an import."""
        shown = display_name(str(path))
        try:
            return stat(path, shown)._replace(input=self.task.group.input)
        except OSError:
            return File(shown, shown, self.task.group.input)

    def _write(self) -> None:
        group, documents = self.task.group, self.loader.documents
        if group.id:
            waiting = {id(each) for each in documents if each.reading.unnamed}
            if not waiting:
                hint = "leave out the id before the folder"
                raise UsageError(f"{group.shown} says itself what it describes: it is not {group.id!r}", hint)
            documents = [replace(each, id=group.id) if id(each) in waiting else each for each in documents]
        named = name_things(documents)
        for before, document, number, file in zip(documents, named, self.numbers, self.files, strict=True):
            depends = depends_on_others(before)
            if self.task.only is not None and file.path not in self.task.only:
                continue
            if self.task.alone and depends:
                self.outcome.left.setdefault(self.task.base, []).append(file.path)
                continue
            together = depends or bool(before.reading.imports) or bool(number % PER_FILE)
            row = document_row(file, document.format, document.sha256, document.reading, together=together)
            self.chunk.add_document(number, row, document.reading, _lines(document))
            self.outcome.documents += 1
            self.outcome.statements += len(document.reading.statements)

    def _reject(self, file: File, number: int, error: InputError) -> None:
        """Take note of a document that cannot be read."""
        self.outcome.seen.append(file.path)
        try:
            digest = sha256_of(Path(file.name))
        except OSError:
            digest = ""
        self.chunk.add_source(number, source_row(file, "", digest))
        self._add_reject(number, error)

    def _add_reject(self, number: int, error: InputError) -> None:
        self.chunk.reject(number, error)
        self.outcome.rejects += 1


_PERMISSIONS: Final = "check its permissions"
_NO_ID: Final = "a record is of the repository whose id it has: org/name"


def _lines(document: Document) -> dict[int, str]:
    """Return the lines of a document that a report may show: of a manifest all, of others those that say something."""
    lines = lines_of(document.data)
    if document.format == MANIFEST:
        return lines
    said = {statement.line for statement in document.reading.statements}
    return {number: text[:_LINE] for number, text in lines.items() if number in said}


def read_lines(task: Lines, chunks: Path, name: str, seed: int) -> Outcome:
    """Read lines of a list, and write what they say to a chunk of a name.

    Raises:
        OSError: The chunk cannot be written.
    """
    outcome, chunk = Outcome(), Chunk(seed)
    stream: Stream = reader(task.format).STREAM  # type: ignore[attr-defined]
    for number, line in task.lines:
        try:
            record = stream.record(line, number, task.assume if task.settled else "models")
        except InputError as error:
            error.line = number
            chunk.reject(task.document, error, line)
            outcome.rejects += 1
            continue
        if record is None:
            continue
        if record.assumed and not task.settled:
            outcome.put_off.append((number, line))
            continue
        if record.left_out:
            chunk.reject(task.document, InputError(record.left_out, _NO_ID, line=number), line)
            outcome.rejects += 1
            continue
        outcome.told[record.kind] += 1
        outcome.records += 1
        outcome.statements += len(record.statements)
        chunk.add_record(task.document, record, line)
    chunk.write(chunks, name)
    return outcome
