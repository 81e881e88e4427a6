"""The licensing elements of SPDX 3 as the words or the IRI that state a licence."""

from __future__ import annotations

from rdflib import Literal, URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import checked_iri
from osaid_graph.readers.fields import Field
from osaid_graph.readers.spdx3.document import Document, Target, compact, id_of, kind_of, read_envelope

_LISTED = ("https://spdx.org/licenses/", "http://spdx.org/licenses/")
_NONE = frozenset(("NONE", "expandedlicensing_NoneLicense", "expandedlicensing_None"))
_UNSAID = frozenset(("NOASSERTION", "expandedlicensing_NoAssertionLicense", "expandedlicensing_NoAssertion"))
_JOINED = {"expandedlicensing_ConjunctiveLicenseSet": " AND ", "expandedlicensing_DisjunctiveLicenseSet": " OR "}
#: How deep sets of licences within sets of licences are followed, and how many licences one statement may come to.
_MAX_DEPTH = 16
_MAX_LICENCES = 200


class Licences:
    """Finds what the licensing elements of a document say."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._left = _MAX_LICENCES

    def stated(self, target: Target) -> URIRef | Literal | None:
        """Return the licence that the end of a relationship names; None where it asserts nothing.

        An expression is given as its words, a licence that the document does not describe as its IRI.
        """
        name = compact(target.id)
        if name in _UNSAID:
            return None
        element = self._document[target.id]
        if element is None:
            if name in _NONE:
                return Literal("NONE")
            return self._iri(target.id)
        self._left = _MAX_LICENCES
        words = self._words(element, 0)
        return Literal(words) if words else None

    def _iri(self, name: str) -> URIRef | Literal:
        try:
            return URIRef(checked_iri(name))
        except InputError:
            return Literal(" ".join(name.split()))

    def _words(self, element: Field, depth: int) -> str:
        """Return the licence expression that an element comes to; empty where it asserts nothing."""
        kind, name = kind_of(element), id_of(element)
        self._left -= 1
        if depth > _MAX_DEPTH or self._left < 0:
            return ""
        read_envelope(element)
        if kind in _UNSAID or name in _UNSAID:
            return ""
        if kind in _NONE:
            return "NONE"
        if kind == "simplelicensing_LicenseExpression":
            words = element.text("simplelicensing_licenseExpression")
            return "" if words in _UNSAID else " ".join(words.split())
        if kind in _JOINED:
            return self._set(element, _JOINED[kind], depth)
        if kind == "expandedlicensing_OrLaterOperator":
            words = self._part(element, "expandedlicensing_subjectLicense", depth)
            return words and words + "+"
        if kind == "expandedlicensing_WithAdditionOperator":
            words = self._part(element, "expandedlicensing_subjectExtendableLicense", depth)
            addition = self._part(element, "expandedlicensing_subjectAddition", depth)
            return f"{words} WITH {addition}" if words and addition else ""
        return self._name(element, name)

    def _name(self, element: Field, name: str) -> str:
        """Return the word for one licence or exception: its id on the SPDX list, or what the document calls it."""
        for prefix in _LISTED:
            if name.startswith(prefix):
                return name.removeprefix(prefix).strip("/")
        words = " ".join(element.text("name").split())
        return words or name.rpartition("/")[2].rpartition("#")[2]

    def _set(self, element: Field, operator: str, depth: int) -> str:
        found = [self._reference(member, depth) for member in element.each("expandedlicensing_member")]
        if not all(found):
            return ""
        return operator.join(f"({words})" if " OR " in words or " AND " in words else words for words in found)

    def _part(self, element: Field, key: str, depth: int) -> str:
        found = element.get(key)
        return "" if found is None else self._reference(found, depth)

    def _reference(self, at: Field, depth: int) -> str:
        if at.is_block:
            return self._words(at, depth + 1)
        name = self._document.expand(at.text())
        if compact(name) in _UNSAID:
            return ""
        if compact(name) in _NONE:
            return "NONE"
        element = self._document[name]
        if element is not None:
            return self._words(element, depth + 1)
        for prefix in _LISTED:
            name = name.removeprefix(prefix)
        return name.rpartition("/")[2]
