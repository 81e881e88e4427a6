"""A corpus as it stands on disk: one state of it, read without a lock."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from osaid_graph.corpus import manifest as manifests
from osaid_graph.corpus.digests import sha256_of
from osaid_graph.corpus.layout import (
    ANY,
    ASSESSMENTS,
    DERIVED,
    FOLDERS,
    SEGMENTS,
    STATEMENTS,
    TABLES,
    property_name,
    statements_file,
    table_file,
)
from osaid_graph.corpus.manifest import File, Manifest, Part
from osaid_graph.corpus.writing import Writer, writing
from osaid_graph.engines import Engine
from osaid_graph.engines.places import Url, is_url
from osaid_graph.errors import InputError, UsageError

#: What tells the sources that say what they say now from those that ended.
LIVE: Final = "NOT EXISTS (SELECT 1 FROM ended e WHERE e.source = s.source)"

#: The folders that those which are made again are made from.
_BEFORE: Final = {ASSESSMENTS: (SEGMENTS,), DERIVED: (SEGMENTS, ASSESSMENTS)}


class Corpus:
    """One state of a corpus. Writers leave its files alone for as long as no other writer comes after them.

    Attributes:
        folder: Where it is.
        manifest: What belongs to it.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest

    @property
    def address(self) -> str:
        """Where it is, as messages say it."""
        return str(self.folder)

    @classmethod
    def open(cls, folder: str | Path, kinds: Collection[str] = FOLDERS) -> Corpus:
        """Open a corpus; that all its files are there, of the size that they were written with, is looked at.

        Args:
            folder: The corpus.
            kinds: The folders whose parts are looked at.

        Raises:
            InputError: There is none, it is of a newer version, or damaged; the file is named.
            UsageError: It is a URL.
        """
        path = on_disk(folder)
        corpus = cls(path, manifests.read(path))
        corpus.check(kinds)
        return corpus

    def check(self, kinds: Collection[str] = FOLDERS) -> None:
        """Look whether all files are there, of the size that they were written with.

        Args:
            kinds: The folders whose parts are looked at.

        Raises:
            InputError: One is not; it is named.
        """
        for part in self.manifest.parts:
            for file in part.files if part.kind in kinds else ():
                path = self.folder / part.path / file.path
                try:
                    size = path.stat().st_size
                except OSError as error:
                    raise damaged(path, f"cannot be read: {error.strerror}", remedy(part.kind, self.folder)) from None
                if size != file.bytes:
                    raise damaged(path, f"{size:,} bytes, not {file.bytes:,}", remedy(part.kind, self.folder))

    @classmethod
    def open_to_make(cls, folder: str | Path, kind: str, wait: float = 0) -> Corpus:
        """Open a corpus whose parts of a kind are to be made; those of them that are damaged are taken out of it.

        Args:
            folder: The corpus.
            kind: ``derived`` or ``assessments``: what follows from the segments.
            wait: Seconds to wait for another writer, where something is damaged.

        Raises:
            InputError: There is none, or another part of it is damaged; or another writer holds it.
            UsageError: It is a URL.
        """
        path = on_disk(folder)
        corpus = cls(path, manifests.read(path))
        corpus.check(_BEFORE[kind])
        broken = [part.path for part in corpus.parts(kind) if any(damages(path, part))]
        if broken:
            with corpus.writing(wait) as writer:
                corpus.manifest = writer.commit(drop=broken)
        return corpus

    @property
    def generation(self) -> int:
        """Which state of the statements this is, counted from 1."""
        return self.manifest.generation

    @property
    def seed(self) -> int:
        """What ids of terms are made with (:mod:`osaid_graph.term_ids`)."""
        return self.manifest.seed

    @property
    def digest(self) -> str:
        """The SHA-256 of what it says: of the digests of the files of its segments."""
        files = (file.sha256 for part in self.parts(SEGMENTS) for file in part.files)
        return hashlib.sha256("\n".join(files).encode("ascii")).hexdigest()

    def parts(self, kind: str) -> tuple[Part, ...]:
        """Return the parts in a folder, ``segments``, ``derived`` or ``assessments``, in the order they were added."""
        return self.manifest.of_kind(kind)

    def place(self, part: Part, file: File) -> str:
        """Return where an engine finds a file of a part."""
        return str(self.folder / part.path / file.path)

    def paths(self, table: str, properties: Iterable[str] | None = None) -> list[str]:
        """Return the files of a table of the segments.

        Args:
            table: Its name; ``statements`` are those of all properties.
            properties: The IRIs of those whose statements are wanted; others may be in the same files.
        """
        names = {table_file(table)}
        if properties is not None:
            names.update(statements_file(name) for name in (ANY, *map(property_name, properties)))
        return [
            self.place(part, file)
            for part in self.parts(SEGMENTS)
            for file in part.files
            if file.path in names
            or (table == STATEMENTS and properties is None and file.path.startswith(f"{STATEMENTS}/"))
        ]

    def attach(self, engine: Engine) -> None:
        """Make the tables of a corpus views of an engine, which read the files when they are asked.

        ``said`` (subject, predicate, object) and ``statements`` (with the source and the place of each) are what
        sources say now, ``sources`` those sources, ``terms`` what ids stand for; ``sources_ever``, ``statements_ever``
        and ``ended`` are the history, and ``lines``, ``records``, ``subjects`` and ``rejects`` what else was kept.
        """
        for table, columns in TABLES.items():
            ever = table in ("sources", STATEMENTS)
            engine.files(f"{table}_ever" if ever else table, self.paths(table), columns)
        engine.view("sources", "SELECT * FROM sources_ever s WHERE " + LIVE)
        live = "statements_ever" if not self.paths("ended") else f"statements_ever s WHERE {LIVE}"
        engine.view(STATEMENTS, f"SELECT * FROM {live}")
        engine.view("said", f"SELECT subject, predicate, object FROM {live}")

    def check_writable(self, what: str) -> None:
        """Look whether what is missing can be made here.

        Args:
            what: What that is.

        Raises:
            InputError: The folder may not be written to by this user.
        """
        if not os.access(self.folder, os.W_OK | os.X_OK):
            hint = f"who may write to it makes it with: osaid-graph corpus index {self.folder}"
            raise InputError(f"{what} is not made yet, and nothing can be written here", hint, source=self.address)

    @contextmanager
    def writing(self, wait: float = 0) -> Iterator[Writer]:
        """Hold the corpus for writing: add parts (:class:`~osaid_graph.corpus.writing.Writer`) that follow from it.

        Parts that another writer has added or dropped since it was opened are taken note of.

        Args:
            wait: Seconds to wait for another writer.

        Raises:
            InputError: Another writer holds it, or its statements are not those of this state any more; or something
                cannot be written.
        """
        with writing(self.folder, wait) as writer:
            if writer.manifest.generation != self.generation:
                hint = "give the same command again"
                raise InputError("another process has changed the corpus", hint, source=str(self.folder))
            self.manifest = writer.manifest
            yield writer


def on_disk(folder: str | Path) -> Path:
    """Return the path of the folder of a corpus.

    Raises:
        UsageError: It is a URL.
    """
    if isinstance(folder, str) and is_url(folder):
        hint = "only osaid-graph corpus assess takes a URL: build, index and ask a copy on this machine"
        raise UsageError(f"{folder}: a URL, not a folder", hint)
    return Path(folder)


def damages(folder: Path, part: Part, looked_at: Callable[[int], None] | None = None) -> Iterator[tuple[Path, str]]:
    """Yield the files of a part that are not what was written, by size and digest, and what is wrong with each.

    Args:
        folder: The corpus.
        part: The part.
        looked_at: Told the bytes of each file once it was looked at.
    """
    for file in part.files:
        path = folder / part.path / file.path
        try:
            size = path.stat().st_size
            if size != file.bytes:
                yield path, f"{size:,} bytes, not {file.bytes:,}"
            elif sha256_of(path) != file.sha256:
                yield path, "its content is not what was written"
        except OSError as error:
            yield path, f"cannot be read: {error.strerror}"
        if looked_at is not None:
            looked_at(file.bytes)


def remedy(kind: str, folder: Path | Url) -> str:
    """Return what to do where a file in one of the folders of a corpus is not what was written."""
    if kind == DERIVED:
        return f"osaid-graph corpus index {folder} makes it again"
    if kind == ASSESSMENTS:
        return f"osaid-graph corpus assess {folder} --full makes it again"
    return "take it from a copy, or build the corpus again from its inputs in another folder"


def damaged(path: Path | Url, why: str, hint: str) -> InputError:
    """Return the error of a file that is not what the manifest says."""
    return InputError(f"the corpus is damaged: {why}", hint, source=str(path))
