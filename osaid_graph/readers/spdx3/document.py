"""An SPDX 3 document as its elements, by their ids, and the relationships between them.

The JSON of SPDX 3 has one fixed shape (specification 3.0.1, "Serialization in JSON-LD"): the context of the
specification, and a list of elements whose keys are the compact names of that context. It is read as JSON, so that
every value has its line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.readers.fields import Field, Fields

_CONTEXT = re.compile(r"https?://(www\.)?(spdx\.org|spdx\.github\.io|spdx\.dev)/[^\s?#]*spdx-context\.jsonld")
_TERM = re.compile(r"https?://spdx\.org/rdf/[^/]+/terms/(?P<profile>\w+)/(?P<name>\w+)")
#: The profiles whose names the context writes without a prefix, or with one that is not theirs in lower case.
_PREFIXES = {
    "Core": "",
    "ExpandedLicensing": "expandedlicensing_",
    "SimpleLicensing": "simplelicensing_",
    "Licensing": "expandedlicensing_",
}
_ENVELOPE = ("type", "@type", "spdxId", "@id", "creationInfo")
#: How ids begin that tell elements apart and name nothing in the world.
UNNAMED = "urn:osaid:spdx:"
_RELATIONSHIPS = frozenset(("Relationship", "LifecycleScopedRelationship"))
_COLLECTIONS = frozenset(("SpdxDocument", "Bom", "software_Sbom", "Bundle", "ElementCollection"))
#: How many steps up from a file to the package that holds it are followed.
_MAX_STEPS = 1_000


@dataclass(frozen=True, slots=True)
class Target:
    """One end of a relationship: the id it names and the place that names it."""

    id: str
    at: Field


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: its type, the id it starts from and what it leads to."""

    kind: str
    source: str
    targets: tuple[Target, ...]
    field: Field

    def read(self, target: Target) -> None:
        """Count the relationship to a target as read."""
        target.at.read()
        for key in ("relationshipType", "from"):
            found = self.field.get(key)
            if found is not None:
                found.read()
        read_envelope(self.field)


def compact(name: str) -> str:
    """Return the compact name of a term that may be written as the IRI of any version.

    >>> compact("https://spdx.org/rdf/3.1/terms/AI/AIPackage")
    'ai_AIPackage'
    """
    match = _TERM.fullmatch(name)
    if match is None:
        return name
    return _PREFIXES.get(match["profile"], match["profile"].casefold() + "_") + match["name"]


def kind_of(element: Field) -> str:
    """Return the compact name of the class of an element, without reading it."""
    return compact(element.peek("type") or element.peek("@type"))


def id_of(element: Field) -> str:
    """Return the id of an element as it is written, without reading it."""
    return element.peek("spdxId") or element.peek("@id")


def names_itself(element: Field) -> bool:
    """Tell whether the id of an element is the IRI of the thing: an external identifier of no known type repeats it."""
    name = id_of(element)
    return any(
        each.peek("externalIdentifierType").rpartition("/")[2] == "other" and each.peek("identifier") == name
        for each in element.each("externalIdentifier")
    )


def purposes_of(element: Field) -> list[str]:
    """Return the words for what an element is meant to be, the primary purpose first, without reading them."""
    found = [element.peek("software_primaryPurpose")]
    found += [each.peek() for each in element.each("software_additionalPurpose")]
    return [purpose.rpartition("/")[2] for purpose in found]


def read_envelope(element: Field) -> None:
    """Count as read what says which element this is and who recorded it when, rather than something of its own."""
    for key in _ENVELOPE:
        found = element.get(key)
        if found is not None and found.is_text:
            found.read()
    if names_itself(element):
        for each in element.each("externalIdentifier"):
            if each.peek("identifier") == id_of(element):
                each.read()


def is_older(tree: Field) -> bool:
    """Tell whether a document is SPDX 2."""
    return "@context" not in tree and ("SPDXID" in tree or bool(tree.peek("spdxVersion")))


class Document:
    """The elements of a document by id, in order, and its relationships.

    Raises:
        InputError: It is no SPDX 3 document, or names a context that is not that of SPDX 3.
    """

    def __init__(self, tree: Fields) -> None:
        self._prefixes = _prefixes(tree)
        self.elements: dict[str, Field] = {}
        self.relations: list[Relation] = []
        for element in _listed(tree):
            self._add(element)
        self._holders = self._held()

    def __getitem__(self, name: str) -> Field | None:
        return self.elements.get(name)

    def kind(self, name: str) -> str:
        """Return the class of the element with an id; empty where the document does not describe it."""
        found = self.elements.get(name)
        return "" if found is None else kind_of(found)

    def of_kind(self, *kinds: str) -> Iterator[tuple[str, Field]]:
        """Yield the elements of any of several classes."""
        return ((name, each) for name, each in self.elements.items() if kind_of(each) in kinds)

    def expand(self, name: str) -> str:
        """Return an id with the prefix that the document declares for it written out."""
        prefix, colon, rest = name.partition(":")
        return self._prefixes[prefix] + rest if colon and prefix in self._prefixes else name

    def holders(self, name: str) -> list[str]:
        """Return the ids of what contains an element, directly or through folders, the nearest first."""
        found: dict[str, None] = {}
        waiting = [name]
        while waiting and len(found) < _MAX_STEPS:
            for holder in self._holders.get(waiting.pop(0), ()):
                if holder not in found and holder != name:
                    found[holder] = None
                    waiting.append(holder)
        return list(found)

    def roots(self) -> list[str]:
        """Return the ids of the elements that the document says it is about."""
        roots: list[str] = []
        for _, collection in self.of_kind(*_COLLECTIONS):
            read_envelope(collection)
            for key in ("rootElement", "element", "profileConformance"):
                for item in collection.each(key):
                    if item.is_text:
                        item.read()
                        if key == "rootElement":
                            roots.append(self.expand(item.text()))
        return roots

    def _add(self, element: Field) -> None:
        name = self.expand(id_of(element))
        if kind_of(element) in _RELATIONSHIPS:
            self._relate(element)
        elif kind_of(element) == "CreationInfo":
            read_envelope(element)
            element.text("specVersion")
        elif name and name not in self.elements:
            self.elements[name] = element

    def _relate(self, field: Field) -> None:
        source = field.get("from")
        targets = []
        for at in field.each("to"):
            name = self.expand(at.peek() if at.is_text else id_of(at))
            if not at.is_text and name and name not in self.elements:  # written in place, which the schema allows
                self.elements[name] = at
            if name:
                targets.append(Target(name, at))
        start = "" if source is None else source.peek() if source.is_text else id_of(source)
        if start:
            kind = compact(field.peek("relationshipType")).removeprefix("relationshiptype_")
            self.relations.append(Relation(kind, self.expand(start), tuple(targets), field))

    def _held(self) -> dict[str, list[str]]:
        holders: dict[str, list[str]] = defaultdict(list)
        for relation in self.relations:
            if relation.kind in ("contains", "hasDataFile", "hasOptionalComponent"):
                for target in relation.targets:
                    holders[target.id].append(relation.source)
        return holders


def _prefixes(tree: Fields) -> dict[str, str]:
    """Return the prefixes that the context of a document declares.

    Raises:
        InputError: There is no context of SPDX 3, or another one beside it.
    """
    found: dict[str, str] = {}
    known = False
    for item in tree.each("@context"):
        if item.is_text:
            if not _CONTEXT.fullmatch(item.text()):
                raise InputError(
                    f"unknown JSON-LD context {shortened(item.text(), 100)!r} in an SPDX document",
                    "contexts are never fetched; use https://spdx.org/rdf/3.0.1/spdx-context.jsonld alone",
                    line=item.line,
                )
            known = True
        else:
            found |= {key: value.peek() for key, value in item.items() if value.is_text and "/" in value.peek()}
            for value in dict(item.items()).values():
                if value.is_text:
                    value.read()
    if not known:
        raise InputError(
            "not an SPDX 3 document: it does not name the context of SPDX 3",
            'start it with "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"',
            line=tree.line,
        )
    return found


def _listed(tree: Fields) -> Iterator[Field]:
    """Yield the elements of a document: those of its graph, or the one that it is itself."""
    if "@graph" in tree:
        yield from (each for each in tree.each("@graph") if each.is_block)
    elif tree.is_block:
        yield tree
