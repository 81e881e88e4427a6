"""The elements of an SPDX 3 document and the relationships between them, in the JSON of the specification."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from osaid_graph import __version__
from osaid_graph.readers.spdx3.document import UNNAMED
from osaid_graph.vocab import BASE
from osaid_graph.writers.json_text import as_json

CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
NO_LICENCE_ASSERTED = "expandedlicensing_NoAssertionLicense"
NOTHING = "NoneElement"
_CREATION = "_:creationInfo"
#: Profiles that every document conforms to.
_PROFILES = ("core", "software", "simpleLicensing", "expandedLicensing")
#: Class -> the profile it is of, and what that asks of every package of the class beside its licences ("External
#: properties restrictions" of the classes in the model of SPDX 3.0.1; 3.1 asks for the purpose alone).
_ASKED = {
    "ai_AIPackage": (
        "ai",
        (
            "suppliedBy",
            "releaseTime",
            "software_downloadLocation",
            "software_packageVersion",
            "software_primaryPurpose",
        ),
    ),
    "dataset_DatasetPackage": (
        "dataset",
        ("builtTime", "originatedBy", "releaseTime", "software_downloadLocation", "software_primaryPurpose"),
    ),
}
_TOOL = f"{BASE}tool#{__version__}"

Element = dict[str, object]


class Elements:
    """Collects the elements of one document, each once; ids of what has no IRI are made from what it says."""

    def __init__(self, created: str) -> None:
        self._created = created
        self._elements: dict[str, Element] = {}
        self._relations: dict[tuple[str, str, str, str], set[str]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._elements

    def add(self, kind: str, spdx_id: str, /, **said: object) -> Element:
        """Add an element, or return the one that has the id already."""
        element: Element = {"type": kind, "spdxId": spdx_id, "creationInfo": _CREATION, **said}
        return self._elements.setdefault(spdx_id, element)

    def add_unnamed(self, kind: str, /, **said: str) -> str:
        """Add an element that is nothing but what it says, and return its id."""
        spdx_id = _id(kind, *said.values())
        self.add(kind, spdx_id, **said)
        return spdx_id

    def relate(self, kind: str, source: str, target: str, *, completeness: str = "", comment: str = "") -> None:
        """Relate two elements; relationships that differ in their target alone become one."""
        self._relations.setdefault((source, kind, completeness, comment), set()).add(target)

    def document(self, name: str, roots: Iterable[str]) -> str:
        """Return the document as JSON: elements, then relationships, each sorted by what it is about."""
        agent = self.add("SoftwareAgent", f"{BASE}tool", name="osaid-graph")
        tool = self.add("Tool", _TOOL, name=f"osaid-graph {__version__}")
        creation: Element = {
            "type": "CreationInfo",
            "@id": _CREATION,
            "specVersion": "3.0.1",
            "created": self._created,
            "createdBy": [agent["spdxId"]],
            "createdUsing": [tool["spdxId"]],
        }
        listed = [self._elements[key] for key in sorted(self._elements)]
        listed += [_relationship(*key, sorted(to)) for key, to in sorted(self._relations.items())]
        root = self._root(name, sorted(roots), listed)
        whole = {"@context": CONTEXT, "@graph": [creation, root, *listed]}
        return as_json(whole)

    def _root(self, name: str, roots: list[str], listed: list[Element]) -> Element:
        text = json.dumps([roots, listed])
        root: Element = {
            "type": "SpdxDocument",
            "spdxId": _id("SpdxDocument", text),
            "creationInfo": _CREATION,
            "name": name,
            "profileConformance": [*_PROFILES, *_conforming(listed)],
            "rootElement": list(roots),
            "element": [element["spdxId"] for element in listed],
        }
        missing = self._elsewhere()
        if missing:
            root["import"] = [{"type": "ExternalMap", "externalSpdxId": each} for each in missing]
        return root

    def _elsewhere(self) -> list[str]:
        """Return what relationships name and the document does not describe, but for the terms of SPDX itself."""
        named = {target for to in self._relations.values() for target in to}
        return sorted(each for each in named if each not in self._elements and ":" in each)


def _conforming(elements: list[Element]) -> list[str]:
    """Return the profiles of AI and data that a document may be said to conform to: all it asks for is stated."""
    found: list[str] = []
    for kind, (profile, asked) in _ASKED.items():
        packages = [element for element in elements if element["type"] == kind]
        if packages and all(key in package for package in packages for key in asked):
            found.append(profile)
    return found


def _relationship(source: str, kind: str, completeness: str, comment: str, to: list[str]) -> Element:
    relation: Element = {
        "type": "Relationship",
        "spdxId": _id("Relationship", source, kind, completeness, comment, *to),
        "creationInfo": _CREATION,
        "relationshipType": kind,
        "from": source,
        "to": list(to),
    }
    if completeness:
        relation["completeness"] = completeness
    if comment:
        relation["comment"] = comment
    return relation


def _id(kind: str, *words: str) -> str:
    text = "\n".join((kind, *words))
    return f"{UNNAMED}{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
