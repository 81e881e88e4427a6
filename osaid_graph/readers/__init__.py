"""The formats a release can be described in. A reader takes bytes and gives statements; it opens nothing.

Each module here has ``NAME``, ``sniff(data)`` (a cheap test of the content) and ``read(data, name)``. To add a format,
write such a module and name it in :data:`FORMATS`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol, cast

from osaid_graph.errors import InputError, UsageError
from osaid_graph.reading import Reading


class Format(NamedTuple):
    """A format: the module that reads it, imported on first use, what it is, and the suffixes it claims."""

    module: str
    summary: str
    suffixes: tuple[str, ...]


FORMATS: dict[str, Format] = {
    "osaid.yaml": Format(
        "osaid_graph.readers.manifest", "the manifest of osaid-graph, written by hand (YAML)", (".yaml", ".yml")
    ),
    "turtle": Format(
        "osaid_graph.readers.turtle", "Turtle, TriG or N-Triples in the osaid vocabulary", (".ttl", ".trig", ".nt")
    ),
    "n-quads": Format("osaid_graph.readers.nquads", "N-Quads in the osaid vocabulary", (".nq",)),
    "json-ld": Format("osaid_graph.readers.jsonld", "JSON-LD in the osaid vocabulary", (".jsonld", ".json")),
}


class Reader(Protocol):
    """What a reader module offers."""

    NAME: str

    def sniff(self, data: bytes) -> bool:
        """Tell cheaply whether the content looks like this format."""

    def read(self, data: bytes, name: str) -> Reading:
        """Return the statements of a document."""


def reader(name: str) -> Reader:
    """Return the reader of a format.

    Raises:
        UsageError: There is no such format; those that exist are listed.
    """
    if name not in FORMATS:
        raise UsageError(f"no reader for format {name!r}", "formats: " + ", ".join(FORMATS))
    return cast(Reader, import_module(FORMATS[name].module))


def detect(data: bytes, name: str) -> Reader:
    """Return the one reader for a document: that of its suffix if only one claims it, else by a test of its content.

    Only the modules that are needed are imported: none but the reader itself where the suffix tells.

    Raises:
        InputError: It is empty or no text, or no reader, or more than one, recognises it.
    """
    known = "known formats: " + ", ".join(FORMATS) + "; force one with --from"
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        raise InputError("the file is empty", "describe a release in it: see docs/manifest.md")
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.casefold()
    claimed = [each for each in FORMATS if suffix in FORMATS[each].suffixes]
    if len(claimed) == 1:
        return reader(claimed[0])
    if b"\0" in data[:8192]:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise InputError("the text is UTF-16 or UTF-32, not UTF-8", "save it as UTF-8")
        raise InputError("a binary file, not a description of a release", known)
    found = [each for each in (claimed or FORMATS) if reader(each).sniff(data)]
    if not found:
        raise InputError("no reader recognises this file", known)
    if len(found) > 1:
        raise InputError(f"this could be {' or '.join(found)}", "choose one with --from")
    return reader(found[0])
