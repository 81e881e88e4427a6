"""The formats a release can be described in. A reader takes bytes and gives statements; it opens nothing.

Each module here has ``NAME``, ``SUMMARY``, ``SUFFIXES``, ``sniff(data)`` (a cheap test of the content) and
``read(data, name)``. To add a format, write such a module and name it in :data:`READERS`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePosixPath
from typing import Protocol, cast

from osaid_graph.errors import InputError, UsageError
from osaid_graph.model import Reading

#: Format name -> module, imported on first use.
READERS: dict[str, str] = {
    "osaid.yaml": "osaid_graph.readers.manifest",
    "turtle": "osaid_graph.readers.turtle",
    "n-quads": "osaid_graph.readers.nquads",
    "json-ld": "osaid_graph.readers.jsonld",
}


class Reader(Protocol):
    """What a reader module offers."""

    NAME: str
    SUMMARY: str
    SUFFIXES: tuple[str, ...]

    def sniff(self, data: bytes) -> bool:
        """Tell cheaply whether the content looks like this format."""

    def read(self, data: bytes, name: str) -> Reading:
        """Return the statements of a document."""


def reader(name: str) -> Reader:
    """Return the reader of a format.

    Raises:
        UsageError: There is no such format; those that exist are listed.
    """
    if name not in READERS:
        raise UsageError(f"no reader for format {name!r}", "formats: " + ", ".join(READERS))
    return cast(Reader, import_module(READERS[name]))


def detect(data: bytes, name: str) -> Reader:
    """Return the one reader for a document: those that claim its suffix, else those whose content test it passes.

    Raises:
        InputError: It is empty, no text, or no reader, or more than one, recognises it.
    """
    formats = "known formats: " + ", ".join(READERS) + "; force one with --from"
    if not data.strip():
        raise InputError("the file is empty", "describe a release in it: see docs/manifest.md")
    readers = [reader(each) for each in READERS]
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.casefold()
    claimed = [each for each in readers if suffix in each.SUFFIXES]
    if len(claimed) == 1:
        return claimed[0]
    if b"\0" in data[:8192]:
        raise InputError("a binary file, not a description of a release", formats)
    found = [each for each in readers if each.sniff(data)]
    if not found:
        raise InputError("no reader recognises this file", formats)
    if len(found) > 1:
        names = " and ".join(each.NAME for each in found)
        raise InputError(f"this could be {names}", "choose one with --from")
    return found[0]
