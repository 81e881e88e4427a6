"""IRIs as the qualified names of PROV: a prefix for a namespace, and a local name.

PROV-N has no way to write some characters in a local name, a lone ``%`` among them; what it percent-encodes is read as
another IRI (PROV-N, section 3.7.1). A namespace may hold any IRI, and a local name may be empty. So an IRI is split
behind whatever cannot stand in a local name, and every IRI has a qualified name that is read as that IRI.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from rdflib import BNode
from rdflib.term import IdentifiedNode

from osaid_graph.identity import BLANK, HUB, NAMED
from osaid_graph.writers.turtle_text import PREFIXES

if TYPE_CHECKING:
    from prov.identifier import QualifiedName

#: PN_CHARS_BASE of PROV-N (production 53, as in SPARQL 1.1), "_" and digits: what a local name may start with.
_START = (
    r"A-Za-z_0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
#: Further characters: those of names, those that PROV-N takes as they are, and those it takes behind a backslash.
_FURTHER = r"\-.\u00b7\u0300-\u036f\u203f-\u2040" + r"/@~&+*?#$!" + r"='(),:;\[\]"
_WRITABLE = re.compile(
    rf"(?:[{_START}/@~&+*?#$!='(),:;\[\].\-]|%[0-9A-Fa-f]{{2}})(?:[{_START}{_FURTHER}]|%[0-9A-Fa-f]{{2}})*"
)
_UNWRITABLE = re.compile(rf"(?:%(?![0-9A-Fa-f]{{2}})|[^{_START}{_FURTHER}%])")
#: Prefixes beside those of vocabularies.
_KNOWN = {**PREFIXES, "blank": BLANK, "name": NAMED, "source": "urn:osaid:source:", "hub": HUB}


def split(iri: str) -> tuple[str, str]:
    """Return the namespace and the local name of an IRI; together they are the IRI.

    >>> split("https://example.org/data#web"), split("https://example.org/50%-sample")
    (('https://example.org/data#', 'web'), ('https://example.org/50%', '-sample'))
    """
    at = (max(iri.rfind("#"), iri.rfind("/")) + 1) or iri.rfind(":") + 1
    for found in _UNWRITABLE.finditer(iri, at):
        at = found.end()
    while at < len(iri) and not _WRITABLE.fullmatch(iri, at):
        at += 1
    return iri[:at], iri[at:]


class Names:
    """The qualified names of one document; the prefixes are numbered in the order they are needed."""

    def __init__(self, known: Mapping[str, str] = _KNOWN) -> None:
        self._known = known
        self._prefixes: dict[str, str] = {}

    def of(self, node: IdentifiedNode | str) -> QualifiedName:
        """Return the qualified name of a node, of a blank one that of the IRI that stands for it."""
        from prov.identifier import Namespace, QualifiedName

        iri = BLANK + quote(node, safe="-._~", errors="replace") if isinstance(node, BNode) else str(node)
        prefix, namespace, local = self._split(iri)
        return QualifiedName(Namespace(prefix, namespace), local)

    def knows(self, iri: str) -> bool:
        """Tell whether an IRI is a name in one of the known vocabularies."""
        return self._in_known(iri) is not None

    def _split(self, iri: str) -> tuple[str, str, str]:
        known = self._in_known(iri)
        if known is not None:
            return known
        namespace, local = split(iri)
        prefix = self._prefixes.setdefault(namespace, f"ns{len(self._prefixes) + 1}")
        return prefix, namespace, local

    def _in_known(self, iri: str) -> tuple[str, str, str] | None:
        for prefix, namespace in self._known.items():
            if iri.startswith(namespace) and _WRITABLE.fullmatch(iri, len(namespace)):
                return prefix, namespace, iri[len(namespace) :]
        return None
