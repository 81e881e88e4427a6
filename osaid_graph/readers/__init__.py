"""The formats a release can be described in. A reader takes bytes and gives statements; it opens nothing.

A module of a format has ``NAME``, ``sniff(data)`` (a cheap test of the content) and ``read(data, name)``. To add one,
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
    ``general`` format gives way where the content is that of a special one as well, and takes what has its suffix and
    is recognised by none: it can tell best what is wrong with it. ``presumed`` are patterns of names under which people
    keep a format whose content need not tell it.
    """

    module: str
    summary: str
    suffixes: tuple[str, ...]
    names: tuple[str, ...] = ()
    general: bool = False
    presumed: tuple[str, ...] = ()


FORMATS: dict[str, Format] = {
    "osaid.yaml": Format(
        "osaid_graph.readers.manifest.reader",
        "the manifest of osaid-graph, written by hand (YAML)",
        (".yaml", ".yml"),
        ("osaid.yaml", "osaid.yml", "*.osaid.yaml", "*.osaid.yml"),
        general=True,
    ),
    "turtle": Format(
        "osaid_graph.readers.rdf.turtle",
        "Turtle, TriG or N-Triples in the osaid vocabulary, or DCAT, MLDCAT-AP, FAIR4ML, schema.org or PROV-O",
        (".ttl", ".trig", ".nt"),
    ),
    "n-quads": Format("osaid_graph.readers.rdf.nquads", "N-Quads in the same vocabularies", (".nq",)),
    "json-ld": Format(
        "osaid_graph.readers.rdf.jsonld", "JSON-LD in the same vocabularies", (".jsonld", ".json"), general=True
    ),
    "rdf-xml": Format("osaid_graph.readers.rdf.rdf_xml", "RDF/XML in the same vocabularies", (".rdf", ".owl", ".xml")),
    "hf-model-card": Format(
        "osaid_graph.readers.cards.model_card",
        "a model card of the Hugging Face Hub (Markdown)",
        (".md", ".markdown"),
        presumed=("*--*.md",),
    ),
    "hf-dataset-card": Format(
        "osaid_graph.readers.cards.dataset_card",
        "a dataset card of the Hugging Face Hub (Markdown)",
        (".md", ".markdown"),
    ),
    "hub-list": Format(
        "osaid_graph.readers.hub.reader",
        "what the API of the Hugging Face Hub gives of models and datasets (JSON, JSON Lines)",
        (".jsonl", ".ndjson", ".json"),
    ),
    "croissant": Format(
        "osaid_graph.readers.croissant.reader",
        "Croissant 1.0 and 1.1, descriptions of datasets, with RAI and PROV terms (JSON-LD)",
        (".json", ".jsonld"),
        ("croissant.json", "croissant.jsonld", "*.croissant.json", "*-croissant.json", "*_croissant.json"),
    ),
    "spdx3": Format(
        "osaid_graph.readers.spdx3.reader",
        "SPDX 3 with the profiles AI and Dataset (JSON)",
        (".json",),
        ("*.spdx.json", "*.spdx3.json"),
    ),
    "cyclonedx": Format(
        "osaid_graph.readers.cyclonedx.reader",
        "a CycloneDX bill of materials that describes AI (JSON or XML)",
        (".json", ".xml"),
        ("bom.json", "bom.xml", "*.cdx.json", "*.cdx.xml"),
    ),
    "mot": Format("osaid_graph.readers.indexes.mot", "a release in the Model Openness Tool (YAML)", (".yml", ".yaml")),
    "osai-index": Format(
        "osaid_graph.readers.indexes.osai_index",
        "a system in the European Open Source AI Index (YAML)",
        (".yaml", ".yml"),
    ),
    "data-provenance": Format(
        "osaid_graph.readers.indexes.data_provenance", "datasets in the Data Provenance Collection (JSON)", (".json",)
    ),
    "ro-crate": Format(
        "osaid_graph.readers.works.ro_crate",
        "RO-Crate 1.1 to 1.3 and the run crates (ro-crate-metadata.json)",
        (".json", ".jsonld"),
        ("ro-crate-metadata.json", "*-ro-crate-metadata.json", "ro-crate-metadata.jsonld"),
    ),
    "codemeta": Format(
        "osaid_graph.readers.works.codemeta",
        "CodeMeta 2.0 and 3 (codemeta.json)",
        (".json", ".jsonld"),
        ("codemeta.json", "codemeta.jsonld"),
    ),
    "citation-cff": Format(
        "osaid_graph.readers.works.citation_cff",
        "the Citation File Format 1.2.0 (CITATION.cff)",
        (".cff",),
        ("citation.cff",),
    ),
    "prov-json": Format("osaid_graph.readers.prov.prov_json", "provenance in PROV-JSON", (".json", ".provjson")),
    "prov-n": Format("osaid_graph.readers.prov.prov_n", "provenance in PROV-N", (".provn",)),
    "mldcat-ap": Format(
        "osaid_graph.readers.rdf.mldcat_ap", "models and datasets in MLDCAT-AP (JSON-LD)", (".jsonld", ".json")
    ),
    "fair4ml": Format("osaid_graph.readers.rdf.fair4ml", "models in FAIR4ML (JSON-LD)", (".jsonld", ".json")),
    "license-file": Format(
        "osaid_graph.readers.license_file",
        "the text of a licence, as evidence that it is there",
        (),
        ("license", "licence", "copying", "license.txt", "licence.txt", "license.md", "licence.md", "copying.txt"),
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
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        raise InputError("the file is empty", "describe a release in it: osaid-graph init writes a template")
    found = candidates(data, name)
    if not found:
        found = _presumed(name)
    if not found and b"\0" in data[:8192]:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise InputError("the text is UTF-16 or UTF-32, not UTF-8", "save it as UTF-8")
        raise InputError("a binary file, not a description of a release", known())
    if not found:
        raise InputError("no reader recognises this file", known())
    if len(found) > 1:
        raise InputError(f"this could be {' or '.join(found)}", "choose one with --from")
    return reader(found[0])


def known() -> str:
    """Return what to do about a file that is of no known format: the formats that are known."""
    return "known formats: " + ", ".join(formats()) + "; force one with --from"


def _presumed(name: str) -> list[str]:
    """Return the formats of what no content tells: that which such names are presumed to be of, or the general one."""
    file = _file(name)
    presumed = [each for each, format_ in formats().items() if any(fnmatchcase(file, p) for p in format_.presumed)]
    suffix = PurePosixPath(file).suffix
    return presumed or [e for e, format_ in formats().items() if format_.general and suffix in format_.suffixes]


def _file(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.casefold()


def naming(name: str) -> list[str]:
    """Return the formats that claim the whole name of a file, whatever is in it."""
    file = _file(name)
    return [each for each, format_ in formats().items() if any(fnmatchcase(file, p) for p in format_.names)]


def candidates(data: bytes, name: str) -> list[str]:
    """Return the formats a document can be in, by its name, then by a test of its content.

    A whole name or a suffix that one format alone claims decides, and nothing but that reader is imported; else the
    formats that claim the suffix, or all where none does, are asked about the content.
    """
    named = naming(name)
    if len(named) == 1:
        return named
    all_ = formats()
    suffix = PurePosixPath(_file(name)).suffix
    claimed = [each for each in all_ if suffix in all_[each].suffixes]
    if len(claimed) == 1 and not all_[claimed[0]].general:
        return claimed
    if b"\0" in data[:8192]:
        return []
    found = [each for each in (named or claimed or all_) if reader(each).sniff(data)]
    special = {end for each in found if not all_[each].general for end in all_[each].suffixes}
    return [each for each in found if not (all_[each].general and special.intersection(all_[each].suffixes))]
