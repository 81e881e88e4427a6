"""A corpus in a store that a cluster shares, such as an object store: read and assessed there by Spark.

It is the same folder as one on disk, put there by whatever copies files. What is different is how it is written to: no
folder can be renamed there, so that parts are written where they are to be, and belong to it when the manifest says so;
and the lock is a file that a writer who is killed leaves.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from osaid_graph.corpus import manifest as manifests
from osaid_graph.corpus.layout import ASSESSMENTS, FOLDERS, MANIFEST
from osaid_graph.corpus.manifest import File, Manifest, Part
from osaid_graph.corpus.open import Corpus, damaged, remedy
from osaid_graph.corpus.writing import now
from osaid_graph.engines import Engine
from osaid_graph.engines.places import Url
from osaid_graph.errors import InputError, UsageError

if TYPE_CHECKING:
    from osaid_graph.engines.spark import Spark

#: Held by whoever writes. The lock of a corpus on disk is another, whose file is always there.
LOCK: Final = ".osaid-graph.remote.lock"


class RemoteCorpus(Corpus):
    """One state of a corpus at a URL.

    Attributes:
        url: Where it is.
        engine: What can reach it.
    """

    def __init__(self, url: Url, engine: Spark, manifest: Manifest) -> None:
        self.url, self.engine, self.manifest = url, engine, manifest

    @property
    def address(self) -> str:
        """Where it is, as messages say it."""
        return str(self.url)

    @classmethod
    def at(cls, url: str, engine: Engine) -> RemoteCorpus:
        """Open a corpus; that all its files are there, of the size that they were written with, is looked at.

        Raises:
            UsageError: The engine is not Spark.
            InputError: There is none, it is of a newer version, or damaged; the file is named.
        """
        from osaid_graph.engines.spark import Spark

        if not isinstance(engine, Spark):
            raise UsageError(f"{url}: a corpus at a URL is for Spark", "add --engine spark")
        place = Url(url.rstrip("/"))
        corpus = cls(place, engine, _manifest(engine, place))
        corpus.check()
        return corpus

    def check(self, kinds: Collection[str] = FOLDERS) -> None:
        """Look whether all files are there, of the size that they were written with.

        Args:
            kinds: The folders whose parts are looked at.

        Raises:
            InputError: One is not; it is named.
        """
        sizes = self.engine.store.sizes(str(self.url))
        for part in self.manifest.parts:
            for file in part.files if part.kind in kinds else ():
                name, hint = f"{part.path}/{file.path}", remedy(part.kind, self.url)
                if name not in sizes:
                    raise damaged(self.url / name, "cannot be read: no such file", hint)
                if sizes[name] != file.bytes:
                    raise damaged(self.url / name, f"{sizes[name]:,} bytes, not {file.bytes:,}", hint)

    def place(self, part: Part, file: File) -> str:
        """Return where an engine finds a file of a part."""
        return str(self.url / part.path / file.path)

    @contextmanager
    def writing(self, wait: float = 0) -> Iterator[RemoteWriter]:  # type: ignore[override]  # it stages at URLs
        """Hold the corpus for writing; nobody is waited for.

        Raises:
            InputError: Another writer holds it, or its statements are not those of this state any more.
        """
        store, lock = self.engine.store, str(self.url / LOCK)
        holder = {"process": os.getpid(), "host": platform.node(), "since": now()}
        if not store.create(lock, json.dumps(holder).encode()):
            hint = f"wait for it to end; if it was stopped, delete {lock}"
            raise InputError(f"another process writes this corpus{_who(store.read(lock))}", hint, source=str(self.url))
        try:
            current = _manifest(self.engine, self.url)
            if current.generation != self.generation:
                hint = "give the same command again"
                raise InputError("another process has changed the corpus", hint, source=str(self.url))
            self.manifest = current
            writer = RemoteWriter(self.url, self.engine, current)
            writer.clear()
            yield writer
        finally:
            store.delete(lock)


class RemoteWriter:
    """Adds assessments to a corpus at a URL; see :class:`osaid_graph.corpus.writing.Writer`.

    Attributes:
        manifest: Its state; that of :meth:`commit` once it was called.
    """

    def __init__(self, url: Url, engine: Spark, manifest: Manifest) -> None:
        self.url, self.engine, self.manifest = url, engine, manifest
        self._staged: dict[str, dict[str, Any]] = {}

    def clear(self) -> None:
        """Remove what stopped writers left, and assessments that were dropped."""
        known = {part.path for part in self.manifest.parts}
        there = self.engine.store.sizes(str(self.url / ASSESSMENTS))
        for number in {path.partition("/")[0] for path in there}:
            if f"{ASSESSMENTS}/{number}" not in known:
                self.engine.store.delete(str(self.url / ASSESSMENTS / number))

    def next_path(self, kind: str) -> str:
        """Return a path for a new part: ``assessments`` gives ``assessments/000003``."""
        taken = [int(part.path.rpartition("/")[2]) for part in self.manifest.of_kind(kind)]
        return f"{kind}/{max(taken, default=0) + 1:06d}"

    def stage(self, path: str, facts: Mapping[str, Any] | None = None) -> Url:
        """Return a folder to be filled, which becomes the part ``path`` with the next :meth:`commit`."""
        self._staged[path] = dict(facts or {})
        return self.url / path

    def say(self, path: str, facts: Mapping[str, Any]) -> None:
        """Take ``facts`` for what the manifest is to say of a part that was staged."""
        self._staged[path] = dict(facts)

    def commit(self, *, drop: Collection[str] = ()) -> Manifest:
        """Make what was staged belong to the corpus, all of it or, whatever happens, nothing.

        Args:
            drop: Paths of parts that belong to it no more; their files stay until the next writer comes.
        """
        moment = now()
        kept = tuple(part for part in self.manifest.parts if part.path not in drop)
        parts = [
            Part(path, self.manifest.generation, moment, tuple(self._files(path)), facts)
            for path, facts in self._staged.items()
        ]
        new = replace(self.manifest, changed=moment, parts=(*kept, *parts))
        self.engine.store.replace(str(self.url / MANIFEST), manifests.text_of(new).encode())
        self.manifest = new
        self._staged.clear()
        return new

    def _files(self, path: str) -> Iterator[File]:
        place = self.url / path
        sizes, digests, rows = (
            self.engine.store.sizes(str(place)),
            self.engine.digests(place),
            self.engine.counts(place),
        )
        for name in sorted(sizes):
            yield File(name, sizes[name], digests[name], rows.get(name, 0))


def _manifest(engine: Spark, url: Url) -> Manifest:
    path = str(url / MANIFEST)
    content = engine.store.read(path)
    if content is None:
        hint = "name the folder of a corpus, or copy one there"
        raise InputError(f"not a corpus: there is no {MANIFEST}", hint, source=str(url))
    return manifests.parsed(content.decode("utf-8", "replace"), path)


def _who(content: bytes | None) -> str:
    """Return who writes, as far as that is known."""
    try:
        holder = json.loads(content or b"")
        return f": process {holder['process']} on {holder['host']}, since {holder['since']}"
    except (ValueError, KeyError, TypeError):
        return ""
