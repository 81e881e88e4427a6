"""Writing to a corpus: files are made aside, and belong to it all at once when the manifest is replaced."""

from __future__ import annotations

import datetime
import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from osaid_graph.corpus import manifest as manifests
from osaid_graph.corpus.layout import BUILDING, FOLDERS, LOCK, MANIFEST
from osaid_graph.corpus.lock import locked
from osaid_graph.corpus.manifest import File, Manifest, Part
from osaid_graph.corpus_folder import corpus_around
from osaid_graph.errors import InputError, UsageError

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)


class Writer:
    """Adds parts to a corpus and takes parts out of it, while nobody else does; see :func:`writing`.

    Attributes:
        folder: The corpus.
        manifest: Its state; that of :meth:`commit` once it was called.
        staging: A folder for files that do not belong to it yet, deleted at the end.
    """

    def __init__(self, folder: Path, manifest: Manifest, staging: Path) -> None:
        self.folder = folder
        self.manifest = manifest
        self.staging = staging
        self._staged: dict[str, dict[str, Any]] = {}

    def stage(self, path: str, facts: Mapping[str, Any] | None = None) -> Path:
        """Return an empty folder to be filled, which becomes the part ``path`` with the next :meth:`commit`.

        Args:
            path: Where it is to be: ``assessments/000003``.
            facts: What is to be said of it in the manifest, as JSON.
        """
        staged = self.staging / path
        staged.mkdir(parents=True)
        self._staged[path] = dict(facts or {})
        return staged

    def say(self, path: str, facts: Mapping[str, Any]) -> None:
        """Take ``facts`` for what the manifest is to say of a part that was staged."""
        self._staged[path] = dict(facts)

    def next_path(self, kind: str) -> str:
        """Return a path for a new part in one of the folders: ``assessments`` gives ``assessments/000003``."""
        taken = [int(part.path.rpartition("/")[2]) for part in self.manifest.of_kind(kind)]
        left = (self.folder / kind).glob("[0-9]*")  # parts that were taken out, and may still be read
        taken.extend(int(path.name) for path in left if path.name.isdigit())
        return f"{kind}/{max(taken, default=0) + 1:06d}"

    def commit(
        self,
        *,
        drop: Collection[str] = (),
        generation: int | None = None,
        next_source: int | None = None,
        moment: str | None = None,
    ) -> Manifest:
        """Make what was staged belong to the corpus, all of it or, whatever happens, nothing.

        Args:
            drop: Paths of parts that belong to it no more. Their files stay until the next writer comes, for those
                who read them now.
            generation: The new state of the statements; what is staged belongs to it. None where that is the same.
            next_source: The number of the next source, if that changed.
            moment: When that is, in UTC; None for now.

        Raises:
            OSError: Something cannot be written; the corpus is what it was.
        """
        moment = moment or now()
        kept = tuple(part for part in self.manifest.parts if part.path not in drop)
        current = self.manifest.generation if generation is None else generation
        parts = [
            Part(path, current, moment, tuple(_files(self.staging / path)), facts)
            for path, facts in self._staged.items()
        ]
        for part in parts:
            target = self.folder / part.path
            target.parent.mkdir(exist_ok=True)
            (self.staging / part.path).rename(target)
            manifests.sync(target.parent)
        manifests.sync(self.folder)  # a folder of parts may be new
        new = replace(
            self.manifest,
            generation=current,
            changed=moment,
            next_source=self.manifest.next_source if next_source is None else next_source,
            parts=(*kept, *parts),
        )
        manifests.replace(self.folder, new)
        self.manifest = new
        self._staged.clear()
        return new


@contextmanager
def writing(folder: Path, wait: float = 0, seed: int | None = None) -> Iterator[Writer]:
    """Hold a corpus for writing; where there is none, one is begun in a folder that is empty or not there.

    What a writer that was stopped left behind is removed first.

    Args:
        folder: The corpus.
        wait: Seconds to wait for another writer.
        seed: What the ids of terms are made with, where it is begun; None for 0, or for that of the corpus.

    Raises:
        InputError: The folder is something else, inside another corpus, or damaged; another writer holds it; the disk
            is full or cannot be written to.
        UsageError: The corpus has another seed.
    """
    folder = folder.absolute()
    outer = corpus_around(folder)
    if outer is not None:
        raise InputError(f"inside the corpus {outer}", "name a folder beside it", source=str(folder))
    made = _make(folder)
    try:
        with locked(folder, wait), _begun(folder):
            found = manifests.read(folder) if manifests.has_manifest(folder) else None
            if found and seed is not None and found.seed != seed:
                hint = "build into another folder, or leave --seed out"
                raise UsageError(f"{folder}: a corpus of the seed {found.seed}, not {seed}", hint)
            current = found or Manifest(seed=seed or 0)
            staging = folder / f"{BUILDING}{secrets.token_hex(8)}"
            with telling(folder):
                _clear(folder, current)
                staging.mkdir()
                try:
                    yield Writer(folder, current, staging)
                finally:
                    shutil.rmtree(staging, ignore_errors=True)
    finally:
        with suppress(OSError):  # one in which there is something stays
            for each in made:
                each.rmdir()


@contextmanager
def _begun(folder: Path) -> Iterator[None]:
    """Leave nothing behind of a corpus that was begun and of which no state was completed.

    Raises:
        InputError: Whoever was waited for has done so.
    """
    if not (folder / LOCK).exists():
        hint = "give the same command again"
        raise InputError("another process began this corpus, and left nothing of it", hint, source=str(folder))
    try:
        yield
    finally:
        if not manifests.has_manifest(folder):
            with suppress(OSError):
                _clear(folder, Manifest())
                for kind in FOLDERS:
                    if (folder / kind).exists():
                        (folder / kind).rmdir()
                (folder / LOCK).unlink(missing_ok=True)


@contextmanager
def telling(folder: Path) -> Iterator[None]:
    """Say in a line what the system says of a disk that is full, or of a file that cannot be written.

    Raises:
        InputError: In the place of an OSError that is raised inside.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or os.strerror(errno.ENOSPC) in str(error):  # Oxigraph gives words alone
            hint = "make room, and give the same command again: the corpus is what it was before"
            raise InputError("the disk is full", hint, source=str(folder)) from None
        where = str(error.filename if isinstance(error.filename, str | os.PathLike) else folder)
        why = error.strerror or error
        hint = "mend that, and give the same command again: the corpus is what it was before"
        raise InputError(f"cannot be written: {why}", hint, source=where) from None


def now() -> str:
    """Return the moment, in UTC, to the second."""
    return moment_of(datetime.datetime.now(datetime.UTC))


def moment_of(time: datetime.datetime) -> str:
    """Return a time in UTC as a corpus keeps it.

    >>> moment_of(datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC))
    '2026-11-23T12:00:00Z'
    """
    return f"{time.astimezone(datetime.UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _make(folder: Path) -> list[Path]:
    """Make the folder of a corpus, unless it is one, or the start of one; return what was made, the innermost first."""
    made = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if manifests.has_manifest(folder) or (folder / LOCK).exists():
            return made
        if any(folder.iterdir()):
            hint = "name a folder that is empty or not there yet, or that of a corpus"
            raise InputError("a folder of other things, not a corpus", hint, source=str(folder))
    except FileExistsError:
        raise InputError("a file, not a folder", "name a folder for the corpus", source=str(folder)) from None
    except OSError as error:
        hint = "choose another folder"
        raise InputError(f"cannot be written to: {error.strerror}", hint, source=str(folder)) from None
    return made


def _clear(folder: Path, manifest: Manifest) -> None:
    """Remove what does not belong to a corpus: what stopped writers left, and parts that were dropped.

    Files beside the parts are somebody else's, such as those that a file manager or NFS leaves.
    """
    for left in folder.glob(f"{BUILDING}*"):
        shutil.rmtree(left)
    (folder / f"{MANIFEST}.new").unlink(missing_ok=True)
    known = {part.path for part in manifest.parts}
    for kind in FOLDERS:
        for path in (folder / kind).glob("*"):
            if f"{kind}/{path.name}" not in known and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)


def _files(folder: Path) -> Iterator[File]:
    """Yield what is in a staged folder, kept by the system through a loss of power."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            manifests.sync(path)
            continue
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
            os.fsync(file.fileno())
            size = file.tell()
        yield File(path.relative_to(folder).as_posix(), size, digest.hexdigest(), _rows(path))
    manifests.sync(folder)


def _rows(path: Path) -> int | None:
    if path.suffix != ".parquet":
        return None
    from pyarrow import parquet

    return int(parquet.read_metadata(path).num_rows)
