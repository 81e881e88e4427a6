"""Read inputs from files and standard input, with the documents they import, into one release."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from osaid_graph.corpus_folder import is_corpus
from osaid_graph.errors import InputError, UsageError, printable
from osaid_graph.graph import packed
from osaid_graph.graph.dump import Dump, Progress, read_dumps
from osaid_graph.graph.folder import documents, nearest
from osaid_graph.graph.naming import Document, given, name_things
from osaid_graph.graph.release import Release
from osaid_graph.identity import shortened
from osaid_graph.model import Note
from osaid_graph.readers import Reader, detect, reader, streaming
from osaid_graph.readers.limits import MAX_BYTES, MAX_IMPORTS
from osaid_graph.reading import Reading
from osaid_graph.sources import Location

STDIN = "-"
#: Told of a document that cannot be read, and why.
Aside = Callable[[Path, InputError], None]
#: Bytes by which a dump is told from a single description.
_HEAD = 1 << 20
_STDIN_NAME = "<stdin>"


def load(
    inputs: Iterable[str],
    format_name: str | None = None,
    instead: Mapping[Path, bytes] | None = None,
    *,
    subject: str | None = None,
    progress: Progress | None = None,
) -> Release:
    """Return the release that ``inputs`` describe together.

    Of an input that holds many descriptions, a line each, only the subject and what it was made from are read, after
    all other inputs (:mod:`~osaid_graph.graph.dump`).

    Args:
        inputs: File names, folders (every file in one that a reader recognises), or ``-`` for standard input; each may
            stand behind the id of what it describes, ``org/name=README.md``.
        format_name: Read every input in this format instead of detecting it; what an input imports is detected.
        instead: What to take for the content of files, by resolved path, whether there is such a file or not.
        subject: What is to be looked for in inputs of many descriptions: a Hub id, an IRI or a kind of node.
        progress: Told how many bytes of how many have been read of such inputs.

    Raises:
        InputError: An input is missing, too large, not recognised, or wrong; its ``source`` and ``line`` are set.
        NothingToAssessError: An input of many descriptions holds no model, and nothing names what to look for in it.
        UsageError: There is no format of that name, or it is not clear what to look for.
    """
    release, dumps = load_apart(inputs, format_name, instead)
    if dumps:
        read_dumps(dumps, release, subject, progress)
    return release


def load_apart(
    inputs: Iterable[str], format_name: str | None = None, instead: Mapping[Path, bytes] | None = None
) -> tuple[Release, list[Dump]]:
    """Return what inputs of one description each describe together, and those of many, which are still to be read.

    Args:
        inputs: As of :func:`load`.
        format_name: As of :func:`load`.
        instead: As of :func:`load`.

    Raises:
        InputError: An input is missing, too large, not recognised, or wrong; its ``source`` and ``line`` are set.
        UsageError: There is no format of that name.
    """
    chosen = reader(format_name) if format_name else None
    loader = Loader(instead)
    for name in inputs:
        if name == STDIN:
            loader.read_stdin(chosen)
        else:
            loader.read(name, chosen)
    release = Release(loader.remarks)
    for document in name_things(loader.documents):
        release.add(document.reading, document.name, document.data, document.format, document.sha256)
    return release, loader.dumps


class Loader:
    """Reads documents, each once, with those that they import.

    Attributes:
        documents: What was read, in order; what they describe has yet to be named (:func:`name_things`).
        dumps: What holds many descriptions, and is still to be read.
        remarks: What was passed over.

    Args:
        instead: What to take for the content of files, by resolved path, whether there is such a file or not.
        aside: Told of a document that cannot be read, with the path it has, and why; the rest is read then. None to
            raise what is wrong.
    """

    def __init__(self, instead: Mapping[Path, bytes] | None = None, aside: Aside | None = None) -> None:
        self.documents: list[Document] = []
        self.dumps: list[Dump] = []
        self.remarks: list[Note] = []
        self.instead = instead or {}
        self.aside = aside
        self.seen: set[Path] = set()
        self.imported = 0

    def read_stdin(self, chosen: Reader | None) -> None:
        """Read standard input.

        Raises:
            InputError: It is closed or cannot be read, or imports something.
        """
        if sys.stdin is None:
            raise InputError("standard input is closed", "name a file instead", source=_STDIN_NAME)
        reading = self._read(sys.stdin.buffer.read(MAX_BYTES + 1), _STDIN_NAME, chosen)
        for _, line in reading.imports:
            hint = "give the file, not its content"
            raise InputError("imports need a file to start from", hint, source=_STDIN_NAME, line=line)

    def read(self, name: str, chosen: Reader | None) -> None:
        """Read a file or the files of a folder, with the id that may stand before it."""
        if not name:
            raise InputError("an empty file name", "name a file, or - for standard input")
        id_, file = located(name)
        if not _is_folder(Path(file)):
            self.read_file(file, chosen, id_)
            return
        shown = display_name(file)
        if is_corpus(Path(file)):
            hint = (
                f"name one of its releases: osaid-graph check {shown} --subject NODE, and likewise diff, export, init"
            )
            raise InputError("a corpus, not a folder of documents", hint, source=shown)
        found, skipped = documents(Path(file), shown)
        for each in skipped:
            place = Location(display_name(str(each.path)))
            self.remarks.append(Note(place, f"not read: {each.reason}; name the file itself to read it"))
        before = len(self.documents)
        for path in found:
            self.read_file(str(path), chosen)
        if id_:
            self._about(id_, before, shown)

    def _about(self, id_: str, start: int, shown: str) -> None:
        """Take ``id_`` for what the documents from ``start`` on describe that do not say what they describe."""
        waiting = [n for n, each in enumerate(self.documents[start:], start) if each.reading.unnamed]
        if not waiting:
            hint = "leave out the id before the folder"
            raise UsageError(f"{shown} says itself what it describes: it is not {id_!r}", hint)
        for number in waiting:
            self.documents[number] = replace(self.documents[number], id=id_)

    def read_file(self, name: str, chosen: Reader | None, id_: str = "") -> None:
        """Read a file and all it imports, each document once, in the order they are named."""
        waiting = [(Path(name), display_name(name), chosen, id_)]
        while waiting:
            path, shown, reader_, about = waiting.pop()
            try:
                imports = self._read_one(path, shown, reader_, about)
            except InputError as error:
                if self.aside is None:
                    raise
                self.aside(path, error)
                continue
            waiting.extend((target, display_name(str(target)), None, "") for target in reversed(imports))

    def _read_one(self, path: Path, shown: str, chosen: Reader | None, id_: str) -> list[Path]:
        """Read a document, unless it was, and return the files that it imports."""
        real = _real(path, shown)
        if real in self.seen:
            return []
        self.seen.add(real)
        content = self.instead[real] if real in self.instead else _content(path, shown)
        reading = self._read(content, shown, chosen, None if real in self.instead else path, id_)
        self.imported += len(reading.imports)
        if self.imported > MAX_IMPORTS:
            raise InputError(f"more than {MAX_IMPORTS:,} documents are imported", "import fewer", source=shown)
        return [_imported(path, relative, shown, line) for relative, line in reading.imports]

    def _read(self, data: bytes, name: str, chosen: Reader | None, path: Path | None = None, id_: str = "") -> Reading:
        """Read a document of which ``data`` are the first bytes, or put it aside if it is a dump."""
        try:
            if self._is_dump(data, name, chosen, path):
                return Reading(())
            text, inner = _unpacked(data, name)
            if len(text) > MAX_BYTES or len(data) > MAX_BYTES:
                raise InputError(
                    f"larger than {MAX_BYTES // (1024 * 1024)} MiB, the limit for one description",
                    "give the description of the release, not its data; split a larger one and use imports",
                )
            format_ = chosen or detect(text, inner)
            reading = format_.read(text, inner)
        except InputError as error:
            error.source = error.source or name
            raise
        digest = hashlib.sha256(data).hexdigest() if text is not data else ""
        self.documents.append(Document(name, text, format_.NAME, reading, id_, digest, path))
        return reading

    def _is_dump(self, data: bytes, name: str, chosen: Reader | None, path: Path | None) -> bool:
        """Tell whether a document holds many descriptions, a line each, which is then read after all others."""
        head = packed.unpacked(data, _HEAD) if packed.is_packed(data) else data[:_HEAD]
        found = streaming(head, _inner_name(data, name), chosen)
        if found is None:
            return False
        format_name, stream = found
        if path is not None and path.is_file():
            self.dumps.append(Dump(name, format_name, stream, lambda: path.open("rb"), path.stat().st_size))
        elif len(data) <= MAX_BYTES:
            self.dumps.append(Dump(name, format_name, stream, lambda: io.BytesIO(data), len(data)))
        else:
            raise InputError(
                f"larger than {MAX_BYTES // (1024 * 1024)} MiB, and no file that can be read twice",
                "save it to a file, and name that",
            )
        return True


def _unpacked(data: bytes, name: str) -> tuple[bytes, str]:
    """Return what a file holds, and its name without the suffix of the compression, where it is compressed."""
    if not packed.is_packed(data) or len(data) > MAX_BYTES:
        return data, name
    return packed.content(data, MAX_BYTES + 1), _inner_name(data, name)


def _inner_name(data: bytes, name: str) -> str:
    return name[:-3] if packed.is_packed(data) and name.casefold().endswith(".gz") else name


def located(name: str) -> tuple[str, str]:
    """Return the id, which may be empty, and the file or folder that an INPUT names."""
    return given(name, _exists)


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # a name too long, or with a NUL
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def display_name(name: str) -> str:
    """Return a file name as it can be shown: what does not print and bytes that are no text become escapes."""
    return printable(os.fsencode(name).decode("utf-8", "backslashreplace"))


def _real(path: Path, name: str) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a circle of symbolic links
        raise InputError("cannot be read: a link that leads back to itself", "name the file", source=name) from None


def _content(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        if "://" in name:
            hint = "download the file first, and name the copy"
            raise InputError("an address, not a file: nothing is fetched", hint, source=name) from None
        if path.is_symlink():
            raise InputError("a link that leads nowhere", "name the file itself", source=name) from None
        near = nearest(path)
        hint = "check the name" if near is None else f"did you mean {display_name(str(near))}?"
        raise InputError("no such file", hint, source=name) from None
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", "check the name and its permissions", source=name
        ) from None


def _imported(importer: Path, relative: str, name: str, line: int | None) -> Path:
    """Return the file an import names.

    Raises:
        InputError: It is an address, absolute, outside the folder of ``importer`` (symbolic links followed), or not
            there.
    """
    shown = repr(shortened(relative))
    if "://" in relative:
        hint = "download it into the folder of this file, and import the copy"
        raise InputError(f"import {shown} is an address: nothing is fetched", hint, source=name, line=line)
    below = "imports name files below the folder of the file that imports them"
    target = importer.parent / relative
    try:
        if Path(relative).is_absolute():
            raise InputError(f"import {shown} is an absolute path", below, source=name, line=line)
        if not target.resolve().is_relative_to(importer.parent.resolve()):
            raise InputError(f"import {shown} leaves the folder", below, source=name, line=line)
        if target.is_dir():
            raise InputError(f"import {shown} is a folder", "name the file in it", source=name, line=line)
        if not target.is_file():
            looked = shortened(display_name(str(importer.parent)), 200)
            hint = f"imports are relative to the file that imports, so it was looked for in the folder {looked}"
            raise InputError(f"import {shown}: no such file", hint, source=name, line=line)
    except (OSError, RuntimeError, ValueError) as error:  # a name too long, a circle of links, a NUL
        reason = getattr(error, "strerror", None) or "no file can have that name"
        raise InputError(f"import {shown}: {reason}", below, source=name, line=line) from None
    return target
