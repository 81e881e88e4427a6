"""The dataset of PROV-O as JSON-LD 1.1 (W3C Recommendation of 16 July 2020), its context written into it.

The same statements as in TriG, in the same named graphs. Nothing but the file itself is needed to read it.
"""

from __future__ import annotations

import re
from typing import Any

from rdflib import RDF, BNode, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.model import Term, Triple
from osaid_graph.writers.json_text import as_json
from osaid_graph.writers.material import Material
from osaid_graph.writers.prov.bundles import bundles, in_prov
from osaid_graph.writers.turtle_text import PREFIXES

NAME = "prov-jsonld"
TITLE = "PROV-O as JSON-LD 1.1"
SUFFIX = ".jsonld"
ASSESSED = "ignores"

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def write(material: Material) -> str:
    """Return the release as JSON-LD."""
    found = bundles(material)
    said = {name: in_prov(triples, found) for name, triples in found.said.items()}
    writer = _Writer([*found.provenance, *(triple for triples in said.values() for triple in triples)])
    top = {str(node["@id"]): node for node in writer.nodes(found.provenance)}
    for name, triples in said.items():
        for triple in triples:
            material.carry(*triple)
        node = top.setdefault(writer.node(name), {"@id": writer.node(name)})
        node["@graph"] = writer.nodes(triples)
    document = {"@context": {"@version": 1.1, **writer.context()}, "@graph": list(top.values())}
    return as_json(document)


class _Writer:
    """Writes nodes with the prefixes that cannot be taken for the scheme of any IRI in the document."""

    def __init__(self, triples: list[Triple]) -> None:
        terms = {term for triple in triples for term in triple}
        schemes = {str(term).partition(":")[0].casefold() for term in terms if isinstance(term, URIRef)}
        self._prefixes = {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in schemes}
        self._used: set[str] = set()

    def context(self) -> dict[str, str]:
        """Return the prefixes that were used."""
        return {prefix: iri for prefix, iri in self._prefixes.items() if prefix in self._used}

    def nodes(self, triples: list[Triple]) -> list[dict[str, Any]]:
        """Return what statements say, a node object a subject."""
        found: dict[IdentifiedNode, dict[str, Any]] = {}
        for subject, predicate, value in triples:
            node = found.setdefault(subject, {"@id": self.node(subject)})
            if predicate == RDF.type and isinstance(value, URIRef):
                node.setdefault("@type", []).append(self._term(value))
            else:
                node.setdefault(self._term(predicate), []).append(self._value(value))
        return list(found.values())

    def node(self, node: IdentifiedNode) -> str:
        """Return the identifier of a node."""
        return f"_:{node}" if isinstance(node, BNode) else str(node)

    def _term(self, iri: URIRef) -> str:
        for prefix, namespace in self._prefixes.items():
            local = iri[len(namespace) :] if iri.startswith(namespace) else ""
            if _LOCAL.fullmatch(local):
                self._used.add(prefix)
                return f"{prefix}:{local}"
        return str(iri)

    def _value(self, value: Term) -> Any:
        if isinstance(value, IdentifiedNode):
            return {"@id": self._term(value) if isinstance(value, URIRef) else self.node(value)}
        if value.language:
            return {"@value": str(value), "@language": value.language}
        if value.datatype is not None:
            return {"@value": str(value), "@type": self._term(value.datatype)}
        return str(value)
