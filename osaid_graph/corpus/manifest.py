"""The manifest of a corpus: which files belong to it, with their sizes and digests. The one file that is replaced."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from osaid_graph.corpus.layout import FOLDERS, LOCK, MANIFEST
from osaid_graph.errors import InputError

FORMAT: Final = "osaid-graph corpus"
#: The newest version of the format that this program reads, and the one it writes.
VERSION: Final = 1
#: The member of a manifest that the digest of all others is in.
_DIGEST: Final = "sha256"
#: What the ids of terms are made with is eight bytes, the number of a source a column of four.
_LARGEST_SEED: Final = 2**63 - 1
_LAST_SOURCE: Final = 2**31 - 1
#: What file systems that cannot keep names so say of it.
_NO_SYNC: Final = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
_AGAIN: Final = "take it from a copy, or build the corpus again from its inputs in another folder"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a part: its path inside that, its size, the SHA-256 of its bytes, and its rows if it is Parquet."""

    path: str
    bytes: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A folder of files that were written together and are never changed.

    Attributes:
        path: Where it is in the corpus: ``segments/000001``.
        generation: The state of the statements that it belongs to or was made from.
        created: When, in UTC (ISO 8601).
        files: What is in it.
        facts: What whoever made it says of it.
    """

    path: str
    generation: int
    created: str
    files: tuple[File, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The folder it is in: ``segments``, ``derived`` or ``assessments``."""
        return self.path.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A state of a corpus.

    Attributes:
        generation: Counts the states of the statements; 0 before the first.
        changed: When this state was reached, in UTC (ISO 8601).
        seed: What the ids of terms are made with.
        next_source: The number of the next source.
        parts: What belongs to it, in the order it was added.
    """

    generation: int = 0
    changed: str = ""
    seed: int = 0
    next_source: int = 1
    parts: tuple[Part, ...] = ()

    def of_kind(self, kind: str) -> tuple[Part, ...]:
        """Return the parts in a folder: ``segments``, ``derived`` or ``assessments``."""
        return tuple(part for part in self.parts if part.kind == kind)

    def files(self) -> Iterator[tuple[str, File]]:
        """Yield every file with its path in the corpus."""
        for part in self.parts:
            yield from ((f"{part.path}/{file.path}", file) for file in part.files)


def read(folder: Path) -> Manifest:
    """Return the manifest of a corpus.

    Raises:
        InputError: The folder is none, or is no corpus, or is one of a newer version; or its manifest is damaged.
    """
    path = folder / MANIFEST
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise _no_corpus(folder) from None
    except NotADirectoryError:
        raise InputError("a file, not a corpus", "name the folder of a corpus", source=str(folder)) from None
    except UnicodeDecodeError:
        raise _damaged(path, "it is no text") from None
    except OSError as error:
        hint = "check the name and its permissions"
        raise InputError(f"cannot be read: {error.strerror}", hint, source=str(path)) from None
    return parsed(text, str(path))


def parsed(text: str, path: str) -> Manifest:
    """Return the manifest that a text is, which was read from a place.

    Raises:
        InputError: It is none, is one of a newer version, or is damaged.
    """
    try:
        document = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise _damaged(path, "it is cut off or no JSON") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InputError("not the manifest of a corpus", "name the folder of a corpus", source=path)
    version = document.get("version")
    if not isinstance(version, int) or version < 1:
        raise _damaged(path, "it has no version")
    if version > VERSION:
        raise InputError(
            f"a corpus of format version {version}; this program reads up to version {VERSION}",
            "use a newer osaid-graph",
            source=path.rpartition("/")[0],
        )
    try:
        if _DIGEST not in document:
            raise _damaged(path, f"it has no {_DIGEST} of what it says")
        if document[_DIGEST] != digest_of(document):
            raise _damaged(path, f"its {_DIGEST} is not that of what it says: it was changed since it was written")
        return _manifest(document)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise _damaged(path, "something in it is missing or of another kind") from None


def has_manifest(folder: Path) -> bool:
    """Tell whether there is a manifest in a folder, sound or not."""
    return (folder / MANIFEST).is_file()


def replace(folder: Path, manifest: Manifest) -> None:
    """Write a manifest in the place of the one there is: whoever reads finds the one or the other, whole.

    Raises:
        OSError: It cannot be written. The one there is stays.
        InputError: It is written, and the disk fails to say that it will stay.
    """
    new = folder / f"{MANIFEST}.new"
    with new.open("w", encoding="utf-8") as file:
        file.write(text_of(manifest))
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / MANIFEST)
    try:
        sync(folder)
    except OSError as error:
        hint = "look at the disk; osaid-graph corpus verify tells whether all files are what was written"
        raise InputError(f"written, but perhaps not for good: {error.strerror}", hint, source=str(folder)) from None


def text_of(manifest: Manifest) -> str:
    """Return the text of a manifest, as its file holds it."""
    document = _document(manifest)
    return f"{json.dumps({**document, _DIGEST: digest_of(document)}, indent=1)}\n"


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 that the document of a manifest has to hold: of all its other members.

    They are digested as JSON in ASCII, keys sorted, without spaces.
    """
    said = {key: value for key, value in document.items() if key != _DIGEST}
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def sync(folder: Path) -> None:
    """Have the system keep the names in a folder through a loss of power, where the file system can."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)


def _no_corpus(folder: Path) -> InputError:
    if not folder.exists():
        return InputError("no such folder", "build a corpus with osaid-graph corpus build", source=str(folder))
    if (folder / LOCK).exists():
        hint = "build it with osaid-graph corpus build"
        return InputError("a corpus of which no build was completed", hint, source=str(folder))
    hint = "name the folder of a corpus, or build one with osaid-graph corpus build"
    return InputError(f"not a corpus: there is no {MANIFEST}", hint, source=str(folder))


def _damaged(path: Path | str, why: str) -> InputError:
    return InputError(f"the manifest is damaged: {why}", _AGAIN, source=str(path))


def _document(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "generation": manifest.generation,
        "changed": manifest.changed,
        "seed": manifest.seed,
        "next_source": manifest.next_source,
        "parts": [
            {
                "path": part.path,
                "generation": part.generation,
                "created": part.created,
                "facts": dict(part.facts),
                "files": [
                    {"path": file.path, "rows": file.rows, "bytes": file.bytes, "sha256": file.sha256}
                    for file in part.files
                ],
            }
            for part in manifest.parts
        ],
    }


def _manifest(document: dict[str, Any]) -> Manifest:
    """Return what a document says.

    Raises:
        KeyError: Something is missing; or TypeError, ValueError, AttributeError: it is something else.
    """
    found = Manifest(
        generation=_number(document["generation"]),
        changed=_text(document["changed"]),
        seed=_number(document["seed"], _LARGEST_SEED),
        next_source=_number(document["next_source"], _LAST_SOURCE),
        parts=tuple(_part(each) for each in document["parts"]),
    )
    paths = [path for path, _ in found.files()]
    if len(set(paths)) < len(paths) or any(part.generation > found.generation for part in found.parts):
        raise ValueError
    return found


def _part(document: dict[str, Any]) -> Part:
    facts = document["facts"]
    if not isinstance(facts, dict):
        raise TypeError
    path = _path(document["path"])
    kind, _, number = path.partition("/")
    if kind not in FOLDERS or not (number.isascii() and number.isdigit()):
        raise ValueError
    files = tuple(
        File(
            _path(each["path"]),
            _number(each["bytes"]),
            _text(each["sha256"]),
            None if each["rows"] is None else _number(each["rows"]),
        )
        for each in document["files"]
    )
    return Part(path, _number(document["generation"]), _text(document["created"]), files, facts)


def _path(value: object) -> str:
    """Return a path that stays where it belongs."""
    path = _text(value)
    if not path or path.startswith("/") or "\\" in path or {"", ".", ".."} & set(path.split("/")):
        raise ValueError
    path.encode()  # a lone surrogate, which JSON can hold and no name of a file, is a ValueError
    if "\0" in path:
        raise ValueError
    return path


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object, most: int | None = None) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0 or (most is not None and value > most):
        raise TypeError
    return value
