"""The files of a listing: which there are, of which form, what their paths say, and their digests."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import unquote

from osaid_graph.errors import InputError, printable

Form = Literal["parquet", "csv", "tsv", "jsonl", "lines"]
#: Told how many bytes, or steps, of how many are done.
Progress = Callable[[int, int], None]

FORMS: Final[dict[str, Form]] = {
    ".parquet": "parquet",
    ".parq": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonlines": "jsonl",
    ".paths": "lines",
}
#: Forms of files that are read where they are named, and left alone in a folder: most of that name are no listings.
NAMED_ONLY: Final[dict[str, Form]] = {".json": "jsonl", ".txt": "lines", ".list": "lines"}
PACKED: Final = {".gz": "gzip", ".zst": "zstd", ".zstd": "zstd"}
_PARTITION: Final = re.compile(r"([^=/]+)=([^/]*)")
#: What Hive writes for a row without a value of the column that it divides by.
_NO_VALUE: Final = "__HIVE_DEFAULT_PARTITION__"
_BLOCK: Final = 1 << 22


@dataclass(frozen=True, slots=True)
class ListingFile:
    """A file of a listing: its path, its name for people, form, compression (empty for none) and size in bytes.

    ``partitions`` are the columns that the folders of Hive say in its path, such as ``crawl=2024-10``; None where a row
    has no value.
    """

    path: Path
    name: str
    form: Form
    packing: str
    bytes: int
    partitions: tuple[tuple[str, str | None], ...] = ()


def find(inputs: Iterable[str]) -> tuple[list[ListingFile], list[str]]:
    """Return the files that are named, or lie in the folders that are, each once and sorted in a folder.

    Returns:
        The files, and the names of those in folders that are no listings, or empty.

    Raises:
        InputError: There is no such file, it cannot be read, or is of no form that is known; a folder has none.
    """
    found: dict[Path, ListingFile] = {}
    skipped: list[str] = []
    for name in inputs:
        path = _there(name)
        if path.is_dir():
            within = {each: _listing(each, FORMS) for each in _within(path)}
            listings = {each: file for each, file in within.items() if file is not None and file.bytes}
            skipped += [_shown(str(each)) for each in within if each not in listings]
            for each, file in listings.items():
                found.setdefault(each.resolve(), file)
            if not listings:
                known = ", ".join(dict.fromkeys(FORMS))
                raise InputError("no listing in this folder", f"files of a listing end in {known}", source=_shown(name))
        else:
            found.setdefault(path.resolve(), _named(path, name))
    return list(found.values()), skipped


def _there(name: str) -> Path:
    if "://" in name:
        hint = "download it, or mount the store, and name the copy"
        raise InputError("an address, not a file: nothing is fetched", hint, source=_shown(name))
    try:
        path = Path(name)
        path.stat()
    except FileNotFoundError:
        raise InputError("no such file", "check the name", source=_shown(name)) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read: {why}", "check the name and its permissions", source=_shown(name)) from None
    return path


def _within(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, sorted; what starts with a dot or an underline is a tool's own."""
    for top, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        yield from (Path(top, name) for name in sorted(files) if not name.startswith((".", "_")))


def _named(path: Path, name: str) -> ListingFile:
    file = _listing(path, FORMS | NAMED_ONLY)
    if file is None:
        known = ", ".join([*FORMS, *NAMED_ONLY])
        hint = f"the end of its name says what it is: {known}, with .gz or .zst behind it where it is compressed"
        raise InputError("not known to be a listing", hint, source=_shown(name))
    if not file.bytes:
        raise InputError("the file is empty", "a listing has a row for each part of the data", source=_shown(name))
    return file


def _listing(path: Path, forms: dict[str, Form]) -> ListingFile | None:
    """Return a file as one of a listing; None where the end of its name says none of the forms."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packing = PACKED.get(suffixes[-1], "") if suffixes else ""
    end = suffixes[:-1] if packing else suffixes
    form = forms.get(end[-1]) if end else None
    if form is None or (packing and form == "parquet"):
        return None
    try:
        size = path.stat().st_size
    except OSError as error:  # a link that leads nowhere
        why = error.strerror or str(error)
        raise InputError(f"cannot be read: {why}", "check where the link leads", source=_shown(str(path))) from None
    return ListingFile(path, _shown(str(path)), form, packing, size, _partitions(path))


def _partitions(path: Path) -> tuple[tuple[str, str | None], ...]:
    found = (_PARTITION.fullmatch(part) for part in path.parts[:-1])
    pairs = [(unquote(match[1]), unquote(match[2])) for match in found if match]
    return tuple((key, None if value == _NO_VALUE else value) for key, value in pairs)


def _shown(name: str) -> str:
    return printable(os.fsencode(name).decode("utf-8", "backslashreplace"))


# -- digests -----------------------------------------------------------------------------------------------------


def digests(files: list[ListingFile], progress: Progress | None = None) -> list[str]:
    """Return the SHA-256 digest of each file, in lower-case hexadecimal.

    Raises:
        InputError: A file cannot be read.
    """
    whole, read, found = sum(file.bytes for file in files), 0, []
    for file in files:
        digest = hashlib.sha256()
        try:
            with file.path.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
                    read += len(block)
                    if progress:
                        progress(min(read, whole), whole)
        except OSError as error:
            hint = "check its permissions"
            raise InputError(f"cannot be read: {error.strerror}", hint, source=file.name) from None
        found.append(digest.hexdigest())
    return found


def digest_of_all(each: list[str]) -> str:
    """Return one digest for all files: of one its own, of several that of the sorted list of theirs, a line each.

    ``sha256sum FILE... | cut -d' ' -f1 | sort | sha256sum`` gives the same. Names and folders do not matter.
    """
    if len(each) == 1:
        return each[0]
    return hashlib.sha256("".join(f"{digest}\n" for digest in sorted(each)).encode()).hexdigest()
