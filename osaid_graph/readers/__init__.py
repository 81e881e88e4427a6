"""The formats a release can be described in. A reader takes bytes and gives statements; it opens nothing.

Each module here has ``NAME``, ``sniff(data)`` (a cheap test of the content) and ``read(data, name)``. To add a format,
write such a module and name it in :data:`FORMATS`. One whose documents may hold many descriptions, a line each, also
has ``STREAM``, a :class:`~osaid_graph.readers.streams.Stream`. A package of its own declares its reader as an entry
point of the group ``osaid_graph.readers``, whose name is the format's and whose value is the module, which then also
has ``SUMMARY`` and may have ``SUFFIXES`` and ``NAMES`` as in :class:`Format`.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol, cast

from osaid_graph.errors import InputError, UsageError
from osaid_graph.readers.streams import Stream
from osaid_graph.reading import Reading

ENTRY_POINTS = "osaid_graph.readers"
#: Suffixes of JSON with a value a line.
_LINES = (".jsonl", ".ndjson")


class Format(NamedTuple):
    """A format: the module that reads it, imported on first use, what it is, and the file names it claims.

    ``names`` are patterns of whole file names that nothing else has, in lower case; ``suffixes`` may be shared. A
    ``general`` format gives way where the content is that of a special one as well.
    """

    module: str
    summary: str
    suffixes: tuple[str, ...]
    names: tuple[str, ...] = ()
    general: bool = False


FORMATS: dict[str, Format] = {
    "osaid.yaml": Format(
        "osaid_graph.readers.manifest", "the manifest of osaid-graph, written by hand (YAML)", (".yaml", ".yml")
    ),
    "turtle": Format(
        "osaid_graph.readers.turtle", "Turtle, TriG or N-Triples in the osaid vocabulary", (".ttl", ".trig", ".nt")
    ),
    "n-quads": Format("osaid_graph.readers.nquads", "N-Quads in the osaid vocabulary", (".nq",)),
    "json-ld": Format(
        "osaid_graph.readers.jsonld", "JSON-LD in the osaid vocabulary", (".jsonld", ".json"), general=True
    ),
    "hub-list": Format(
        "osaid_graph.readers.hub_list",
        "what the API of the Hugging Face Hub gives of models and datasets (JSON, JSON Lines)",
        (".jsonl", ".ndjson", ".json"),
    ),
}


class Reader(Protocol):
    """What a reader module offers."""

    NAME: str

    def sniff(self, data: bytes) -> bool:
        """Tell cheaply whether the content looks like this format."""

    def read(self, data: bytes, name: str) -> Reading:
        """Return the statements of a document."""


def streaming(head: bytes, name: str, chosen: Reader | None) -> tuple[str, Stream] | None:
    """Return the format, and its reader of lines, of a document that holds many descriptions, a line each.

    Args:
        head: Its first bytes.
        name: Its name, which decides where it ends in ``.jsonl`` or ``.ndjson``; else the content does.
        chosen: The reader it is to be read with, whatever it looks like.
    """
    lined = PurePosixPath(name).suffix.casefold() in _LINES
    first, _, rest = head.partition(b"\n")
    if not lined and not (first.lstrip(b"\xef\xbb\xbf \t\r").startswith(b"{") and rest.lstrip().startswith(b"{")):
        return None
    found = [chosen] if chosen else [reader(each) for each in candidates(head, name)]
    stream: Stream | None = getattr(found[0], "STREAM", None) if len(found) == 1 else None
    return None if stream is None else (found[0].NAME, stream)


@cache
def formats() -> dict[str, Format]:
    """Return all formats by name: those of this package, and those that installed packages declare.

    Raises:
        UsageError: A package declares a format under a name that is taken, or a module that is no reader.
    """
    found = dict(FORMATS)
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        if point.name in found:
            raise UsageError(
                f"the reader {point.value} declares the format {point.name!r}, which there is already",
                "uninstall one of the packages that declare it",
            )
        found[point.name] = _declared(point.name, point.value)
    return found


def _declared(name: str, value: str) -> Format:
    try:
        module = import_module(value)
        return Format(
            value, module.SUMMARY, tuple(getattr(module, "SUFFIXES", ())), tuple(getattr(module, "NAMES", ()))
        )
    except (ImportError, AttributeError) as error:
        hint = f"mend or uninstall the package that declares it in its entry points {ENTRY_POINTS!r}"
        raise UsageError(f"the reader {value} of the format {name!r} cannot be used: {error}", hint) from None


def reader(name: str) -> Reader:
    """Return the reader of a format.

    Raises:
        UsageError: There is no such format; those that exist are listed.
    """
    found = FORMATS.get(name) or formats().get(name)
    if found is None:
        raise UsageError(f"no reader for format {name!r}", "formats: " + ", ".join(formats()))
    return cast(Reader, import_module(found.module))


def detect(data: bytes, name: str) -> Reader:
    """Return the one reader for a document; see :func:`candidates`.

    Raises:
        InputError: It is empty or no text, or no reader, or more than one, recognises it.
    """
    known = "known formats: " + ", ".join(formats()) + "; force one with --from"
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        raise InputError("the file is empty", "describe a release in it: see docs/manifest.md")
    found = candidates(data, name)
    if not found and b"\0" in data[:8192]:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise InputError("the text is UTF-16 or UTF-32, not UTF-8", "save it as UTF-8")
        raise InputError("a binary file, not a description of a release", known)
    if not found:
        raise InputError("no reader recognises this file", known)
    if len(found) > 1:
        raise InputError(f"this could be {' or '.join(found)}", "choose one with --from")
    return reader(found[0])


def candidates(data: bytes, name: str) -> list[str]:
    """Return the formats a document can be in, by its name, then by a test of its content.

    A whole name or a suffix that one format alone claims decides, and nothing but that reader is imported; else the
    formats that claim the suffix, or all where none does, are asked about the content.
    """
    file = PurePosixPath(name.replace("\\", "/")).name.casefold()
    known = formats()
    named = [each for each in known if any(fnmatchcase(file, pattern) for pattern in known[each].names)]
    if len(named) == 1:
        return named
    suffix = PurePosixPath(file).suffix
    claimed = [each for each in known if suffix in known[each].suffixes]
    if len(claimed) == 1:
        return claimed
    if b"\0" in data[:8192]:
        return []
    found = [each for each in (named or claimed or known) if reader(each).sniff(data)]
    special = [each for each in found if not known[each].general]
    return special or found
