"""Read inputs from files and standard input, with the documents they import, into one release."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from osaid_graph.errors import InputError, UsageError, printable
from osaid_graph.graph.folder import documents
from osaid_graph.graph.naming import Document, given, name_things
from osaid_graph.graph.release import Release
from osaid_graph.identity import shortened
from osaid_graph.model import Note
from osaid_graph.readers import Reader, detect, reader
from osaid_graph.readers.limits import MAX_BYTES, MAX_IMPORTS
from osaid_graph.reading import Reading
from osaid_graph.sources import Location

STDIN = "-"
_STDIN_NAME = "<stdin>"


def load(inputs: Iterable[str], format_name: str | None = None, instead: Mapping[Path, bytes] | None = None) -> Release:
    """Return the release that ``inputs`` describe together.

    Args:
        inputs: File names, folders (every file in one that a reader recognises), or ``-`` for standard input; each may
            stand behind the id of what it describes, ``org/name=README.md``.
        format_name: Read every input in this format instead of detecting it; what an input imports is detected.
        instead: What to take for the content of files, by resolved path, whether there is such a file or not.

    Raises:
        InputError: An input is missing, too large, not recognised, or wrong; its ``source`` and ``line`` are set.
        UsageError: There is no format of that name.
    """
    chosen = reader(format_name) if format_name else None
    loader = _Loader(instead or {})
    for name in inputs:
        if name == STDIN:
            loader.read_stdin(chosen)
        else:
            loader.read(name, chosen)
    return loader.release()


class _Loader:
    def __init__(self, instead: Mapping[Path, bytes]) -> None:
        self.documents: list[Document] = []
        self.remarks: list[Note] = []
        self.instead = instead
        self.seen: set[Path] = set()
        self.imported = 0

    def release(self) -> Release:
        """Return what all documents describe together."""
        release = Release(self.remarks)
        for document in name_things(self.documents):
            release.add(document.reading, document.name, document.data, document.format)
        return release

    def read_stdin(self, chosen: Reader | None) -> None:
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
        id_, file = given(name, _exists)
        if not _is_folder(Path(file)):
            self.read_file(file, chosen, id_)
            return
        shown = display_name(file)
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
            real = _real(path, shown)
            if real in self.seen:
                continue
            self.seen.add(real)
            content = self.instead[real] if real in self.instead else _content(path, shown)
            reading = self._read(content, shown, reader_, about)
            self.imported += len(reading.imports)
            if self.imported > MAX_IMPORTS:
                raise InputError(f"more than {MAX_IMPORTS:,} documents are imported", "import fewer", source=shown)
            imports = [_imported(path, relative, shown, line) for relative, line in reading.imports]
            waiting.extend((target, display_name(str(target)), None, "") for target in reversed(imports))

    def _read(self, data: bytes, name: str, chosen: Reader | None, id_: str = "") -> Reading:
        if len(data) > MAX_BYTES:
            raise InputError(
                f"larger than {MAX_BYTES // (1024 * 1024)} MiB, the limit for one description",
                "give the description of the release, not its data; split a larger one and use imports",
                source=name,
            )
        try:
            format_ = chosen or detect(data, name)
            reading = format_.read(data, name)
        except InputError as error:
            error.source = error.source or name
            raise
        self.documents.append(Document(name, data, format_.NAME, reading, id_))
        return reading


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
        raise InputError("no such file", "check the name", source=name) from None
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
