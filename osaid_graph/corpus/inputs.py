"""What a build is given: single files, folders with all that is in them, and lists of many records.

Files of one folder are read together, as :mod:`osaid_graph.graph.folder` has it; the folders in it are other releases.
A file that is named itself is read by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from osaid_graph.corpus.rows import File
from osaid_graph.corpus_folder import corpus_around, is_corpus
from osaid_graph.errors import InputError
from osaid_graph.graph import packed
from osaid_graph.graph.folder import claimed
from osaid_graph.graph.load import STDIN, display_name, located
from osaid_graph.readers import reader, streaming

#: Endings of lists of many records that are looked for in folders, beside what formats claim.
_LINED: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
#: Bytes by which a list is told from a single description.
_HEAD: Final = 1 << 20
_LISTED: Final = "check its permissions; what it said ends with --remove"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read, or one that need not be.

    Attributes:
        file: What it is known by.
        opened: The name it is opened under.
        id: What it describes, where the user says so.
    """

    file: File
    opened: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Files that are read together.

    Attributes:
        input: The path of the folder, or of the one file.
        shown: Its name, for messages.
        files: The files, by name.
        folder: The folder whose files they are; empty for a file that was named itself, which is read whatever it is.
        id: What they describe together, where the user says so.
    """

    input: str
    shown: str
    files: tuple[Found, ...]
    folder: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list of many records, a line each, and the format that it is read in."""

    found: Found
    format: str


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A folder that cannot be listed, and why: what is in it is not known."""

    file: File
    error: InputError


#: What inputs hold.
Input = Group | ListFile | Unlisted


def groups(
    inputs: Sequence[str], format_name: str | None = None, was_read: Callable[[str], bool] = lambda path: False
) -> Iterator[Input]:
    """Yield what inputs hold, each file once.

    Args:
        inputs: Files and folders, each perhaps behind the id of what it describes.
        format_name: What files that are named themselves are read as.
        was_read: Tells of the path of an input whether something was read from there before. A folder that was may
            be empty now.

    Raises:
        InputError: An input is not there, is a corpus or inside one, or there is no file in a folder or below it that
            some format claims, nor was before.
    """
    seen: set[str] = set()
    for name in inputs:
        if not name:
            raise InputError("an empty file name", "name a file or a folder")
        if name == STDIN:
            raise InputError(
                "a corpus is built from files", "save standard input to a file, and name that", source=name
            )
        id_, opened = located(name)
        path = Path(opened)
        outer = corpus_around(path)
        if outer is not None:
            hint = "name what it was built from"
            raise InputError(f"inside the corpus {outer}, not a document", hint, source=display_name(opened))
        if os.path.isdir(path):  # noqa: PTH112 - a path that may not be looked at is none, and told below
            found = was_read(display_name(os.path.realpath(opened)))
            for each in _walk(path, id_):
                found = True
                yield from _unseen(each, seen)
            if not found:
                hint = "name a folder with descriptions in it or below it"
                raise InputError("no file that a reader may know", hint, source=display_name(opened))
            continue
        before = was_read(display_name(os.path.realpath(opened)))
        yield from _unseen(_single(path, display_name(opened), id_, format_name, before), seen)


def ending(name: str) -> str:
    """Return the advice for an input that is gone, of which the corpus has something."""
    return f"to end what it said, give --remove {name} in its place"


def _unseen(each: Input, seen: set[str]) -> Iterator[Input]:
    if not isinstance(each, Group):
        file = each.found.file if isinstance(each, ListFile) else each.file
        if file.path not in seen:
            seen.add(file.path)
            yield each
        return
    files = tuple(found for found in each.files if found.file.path not in seen)
    seen.update(found.file.path for found in files)
    if files:
        yield replace(each, files=files)


def _single(path: Path, shown: str, id_: str, format_name: str | None, was_read: bool) -> Group | ListFile:
    """Return what a file that was named itself is.

    Raises:
        InputError: It is not there, or cannot be read.
    """
    try:
        file = stat(path, shown)
        lined = lines_format(path, shown, format_name)
    except FileNotFoundError:
        if "://" in shown:
            hint = "download the file first, and name the copy"
            raise InputError("an address, not a file: nothing is fetched", hint, source=shown) from None
        hint = f"check the name; {ending(shown)}" if was_read else "check the name"
        raise InputError("no such file", hint, source=shown) from None
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or "a link that leads back to itself"
        hint = "check the name and its permissions"
        raise InputError(f"cannot be read: {why}", hint, source=shown) from None
    found = Found(file._replace(input=file.path), str(path), id_)
    return ListFile(found, lined) if lined else Group(file.path, shown, (found,))


def _walk(root: Path, id_: str) -> Iterator[Input]:
    """Yield what is in a folder and in those below it that are not hidden, by name, and which cannot be listed.

    Links to folders are left, and so are corpora.

    Raises:
        InputError: The folder is a corpus.
    """
    if is_corpus(root):
        hint = "name what it was built from"
        raise InputError("a corpus, not a folder of documents", hint, source=display_name(str(root)))
    unlisted: list[OSError] = []
    for folder, below, names in os.walk(root, onerror=unlisted.append):
        path = Path(folder)
        below[:] = sorted(name for name in below if not name.startswith(".") and not is_corpus(path / name))
        real = os.path.realpath(folder)
        yield from _of_folder(path, real, sorted(names), id_ if path == root else "")
    for error in unlisted:
        where, shown = os.path.realpath(error.filename), display_name(str(error.filename))
        file = File(display_name(where), shown, display_name(where))
        why = f"cannot be listed: {error.strerror}; what was read from it is kept"
        yield Unlisted(file, InputError(why, _LISTED, source=shown))


def _of_folder(path: Path, real: str, names: list[str], id_: str) -> Iterator[Group | ListFile]:
    input_ = display_name(real)
    documents: list[Found] = []
    known = set(claimed(names))
    for name in names:
        lined = name.casefold().endswith(_LINED) and not name.startswith(".")
        if not lined and name not in known:
            continue
        opened = path / name
        shown = display_name(str(opened))
        try:
            found = Found(stat(opened, shown)._replace(input=input_), str(opened))
            format_name = lines_format(opened, shown, None) if lined else ""
        except (OSError, RuntimeError, InputError):  # whoever reads it tells
            found, format_name = Found(File(display_name(f"{real}/{name}"), shown, input_), str(opened)), ""
        if format_name:
            yield ListFile(found, format_name)
        elif name in known:
            documents.append(found)
    if documents:
        yield Group(input_, display_name(str(path)), tuple(documents), str(path), id_)


def stat(path: Path, shown: str) -> File:
    """Return what a file is known by.

    Raises:
        OSError: It is not there, or cannot be looked at; or RuntimeError: a link leads back to itself.
    """
    about = path.stat()
    return File(display_name(str(path.resolve())), shown, "", about.st_size, about.st_mtime_ns)


def lines_format(path: Path, shown: str, format_name: str | None) -> str:
    """Return the format of a file that holds many records, a line each; empty for any other.

    Raises:
        InputError: It starts as what is compressed and is not.
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    inner = shown
    if packed.is_packed(head):
        head = packed.unpacked(head, _HEAD)
        inner = shown[:-3] if shown.casefold().endswith(".gz") else shown
    found = streaming(head, inner, reader(format_name) if format_name else None)
    return found[0] if found else ""
