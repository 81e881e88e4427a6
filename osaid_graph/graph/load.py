"""Read inputs from files and standard input, with the documents they import, into one release."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from osaid_graph.errors import InputError
from osaid_graph.graph.release import Release
from osaid_graph.readers import detect, reader
from osaid_graph.readers.limits import MAX_BYTES, MAX_IMPORTS

STDIN = "-"


def load(inputs: Iterable[str], format_name: str | None = None) -> Release:
    """Return the release that ``inputs`` describe together.

    Args:
        inputs: File names, or ``-`` for standard input.
        format_name: Read every input in this format instead of detecting it.

    Raises:
        InputError: An input is missing, too large, not recognised, or wrong; its ``source`` and ``line`` are set.
        UsageError: There is no format of that name.
    """
    release = Release()
    seen: set[Path] = set()
    for name in inputs:
        if name == STDIN:
            _read(release, sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>", None, format_name, seen)
        else:
            _read_file(release, Path(name), name, format_name, seen)
    return release


def _read_file(release: Release, path: Path, name: str, format_name: str | None, seen: set[Path]) -> None:
    real = path.resolve()
    if real in seen:
        return
    seen.add(real)
    if len(seen) > MAX_IMPORTS:
        raise InputError(f"more than {MAX_IMPORTS} documents are imported", "import fewer", source=name)
    try:
        if path.is_dir():
            raise InputError("a folder, not a file", f"name the file: {name.rstrip('/')}/osaid.yaml", source=name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError("no such file", "check the name", source=name) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", "check its permissions", source=name) from None
    _read(release, data, name, path, format_name, seen)


def _read(
    release: Release, data: bytes, name: str, path: Path | None, format_name: str | None, seen: set[Path]
) -> None:
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // (1024 * 1024)} MiB"
        raise InputError(
            f"larger than {limit}, the limit for one description",
            "give the description of the release, not its data; split a larger one and use imports",
            source=name,
        )
    try:
        chosen = reader(format_name) if format_name else detect(data, name)
        reading = chosen.read(data, name)
    except InputError as error:
        if not error.source:
            error.source = name
        raise
    release.add(reading, name, data, chosen.NAME)
    for relative, line in reading.imports:
        _import(release, relative, line, name, path, seen)


def _import(release: Release, relative: str, line: int | None, name: str, path: Path | None, seen: set[Path]) -> None:
    if path is None:
        raise InputError("imports need a file to start from", "give the file, not its content", source=name, line=line)
    target = path.parent / relative
    if not target.resolve().is_relative_to(path.parent.resolve()):
        raise InputError(
            f"import {relative!r} leaves the folder",
            "imports name files below their own folder",
            source=name,
            line=line,
        )
    if not target.is_file():
        raise InputError(f"import {relative!r}: no such file", f"looked for {target}", source=name, line=line)
    _read_file(release, target, str(target), None, seen)
