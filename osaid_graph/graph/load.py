"""Read inputs from files and standard input, with the documents they import, into one release."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from osaid_graph.errors import InputError, printable
from osaid_graph.graph import packed
from osaid_graph.graph.dump import Dump, Progress, read_dumps
from osaid_graph.graph.release import Release
from osaid_graph.identity import shortened
from osaid_graph.readers import Reader, detect, reader, streaming
from osaid_graph.readers.limits import MAX_BYTES, MAX_IMPORTS
from osaid_graph.reading import Reading

STDIN = "-"
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
        inputs: File names, or ``-`` for standard input.
        format_name: Read every input in this format instead of detecting it; what an input imports is detected.
        instead: What to take for the content of files, by resolved path, whether there is such a file or not.
        subject: What is to be looked for in inputs of many descriptions: a Hub id, an IRI or a kind of node.
        progress: Told how many bytes of how many have been read of such inputs.

    Raises:
        InputError: An input is missing, too large, not recognised, or wrong; its ``source`` and ``line`` are set.
        NothingToAssessError: An input of many descriptions holds no model, and nothing names what to look for in it.
        UsageError: There is no format of that name, or it is not clear what to look for.
    """
    chosen = reader(format_name) if format_name else None
    loader = _Loader(instead or {})
    for name in inputs:
        if name == STDIN:
            loader.read_stdin(chosen)
        else:
            loader.read_file(name, chosen)
    if loader.dumps:
        read_dumps(loader.dumps, loader.release, subject, progress)
    return loader.release


class _Loader:
    def __init__(self, instead: Mapping[Path, bytes]) -> None:
        self.release = Release()
        self.instead = instead
        self.seen: set[Path] = set()
        self.imported = 0
        self.dumps: list[Dump] = []

    def read_stdin(self, chosen: Reader | None) -> None:
        if sys.stdin is None:
            raise InputError("standard input is closed", "name a file instead", source=_STDIN_NAME)
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        reading = self._read(data, _STDIN_NAME, chosen, None)
        for _, line in reading.imports:
            hint = "give the file, not its content"
            raise InputError("imports need a file to start from", hint, source=_STDIN_NAME, line=line)

    def read_file(self, name: str, chosen: Reader | None) -> None:
        """Read a file and all it imports, each document once, in the order they are named."""
        waiting = [(Path(name), display_name(name), chosen)]
        if not name:
            raise InputError("an empty file name", "name a file, or - for standard input")
        while waiting:
            path, shown, reader_ = waiting.pop()
            real = _real(path, shown)
            if real in self.seen:
                continue
            self.seen.add(real)
            content = self.instead[real] if real in self.instead else _content(path, shown)
            reading = self._read(content, shown, reader_, None if real in self.instead else path)
            self.imported += len(reading.imports)
            if self.imported > MAX_IMPORTS:
                raise InputError(f"more than {MAX_IMPORTS:,} documents are imported", "import fewer", source=shown)
            imports = [_imported(path, relative, shown, line) for relative, line in reading.imports]
            waiting.extend((target, display_name(str(target)), None) for target in reversed(imports))

    def _read(self, data: bytes, name: str, chosen: Reader | None, path: Path | None) -> Reading:
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
        self.release.add(reading, name, text, format_.NAME, hashlib.sha256(data).hexdigest())
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
        if path.is_dir():
            raise InputError("a folder, not a file", _in_folder(path, name), source=name)
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


def _in_folder(folder: Path, name: str) -> str:
    """Return what to name instead of a folder: the manifest in it, if there is one."""
    if (folder / "osaid.yaml").is_file():
        return f"name a file in it, such as {name.rstrip('/')}/osaid.yaml"
    return "name a file that describes a release; osaid-graph init starts one"


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
