"""Reader of ``codemeta.json`` (CodeMeta 2.0, 3.0, 3.1): which code something is, where it lies, and its terms.

Which part the code plays in a release it does not say, so none is made up; nor is what it requires part of a release.
The node joins one where another description names the same repository.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib import RDF, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError
from osaid_graph.identity import unnamed
from osaid_graph.readers import json_tree
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.rdf import expansion
from osaid_graph.readers.rdf.descriptions import Description, Descriptions
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.readers.text import decode
from osaid_graph.readers.works.works import (
    HERE,
    below,
    global_iri,
    identity,
    name_of,
    path_of,
    predicates,
    write_agents,
    write_date,
    write_documents,
    write_locations,
    write_terms,
)
from osaid_graph.reading import Reading, Statement
from osaid_graph.vocab import OSAID

NAME = "codemeta"
STATES = frozenset((OSAID.license, OSAID.location, OSAID.hasCode, OSAID.hasDocument, OSAID.documentRole))
_SOFTWARE = (SCHEMA.SoftwareSourceCode, SCHEMA.SoftwareApplication, SCHEMA.Code)
_REPOSITORY = (SCHEMA.codeRepository,)
_NAMING = (SCHEMA.identifier, SCHEMA.sameAs, SCHEMA.url, SCHEMA.downloadUrl)
_CONTEXT = re.compile(rb'"@context"\s*:\s*(?:\{[^{}]*|\[[^\]]*|"[^"]*)codemeta', re.IGNORECASE)


def sniff(data: bytes) -> bool:
    """Tell whether it is a JSON document whose context is one of CodeMeta's."""
    head = data[: 1 << 16].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"{", b"[")) and b"/ro/crate" not in head and _CONTEXT.search(head) is not None


def read(data: bytes, name: str) -> Reading:
    """Read a CodeMeta document.

    Raises:
        InputError: Not UTF-8, not JSON, a context that is not shipped, not JSON-LD, or no software in it.
    """
    tree = json_tree.parse(decode(data))
    linked = expansion.parse(tree, data, HERE, mend=True)
    described = Descriptions(linked.statements)
    out = ClaimWriter()
    out.repairs.extend(linked.repairs)
    works = _works(described)
    if not works:
        raise InputError(
            "no CodeMeta: nothing in it is a SoftwareSourceCode", "see https://codemeta.github.io", line=tree.line
        )
    for work in works:
        _Software(out, described, work, unnamed(data), alone=len(works) == 1).write()
    return out.reading((*described.unread(), *linked.unread.values()))


def _works(described: Descriptions) -> list[Description]:
    """Return the software that the document is about: what nothing else in it leads to, by its type if it has one."""
    led_to = {statement.triple[2] for statement in described.statements}
    software = [each for each in described if any(kind.triple[2] in _SOFTWARE for kind in _types(described, each))]
    tops = [work for work in software if work.node not in led_to] or software[:1]
    if not tops:
        tops = [each for each in described if each.node not in led_to and predicates(each, "codeRepository", "name")][
            :1
        ]
    for work in tops:
        described.read(_types(described, work))
    return tops


def _types(described: Descriptions, work: Description) -> list[Statement]:
    return [each for each in described.about(work.node) if each.triple[1] == RDF.type]


class _Software:
    def __init__(
        self, out: ClaimWriter, described: Descriptions, work: Description, document: str, *, alone: bool
    ) -> None:
        self.out = out
        self.described = described
        self.work = work
        own = URIRef(document) if alone else below(document, work.node)
        self.node = self._named(work.node, _REPOSITORY) or self._named(work.node, _NAMING, known=True) or own

    def write(self) -> None:
        """Write all that is said of the software."""
        out, node, work = self.out, self.node, self.work
        out.thing(node, OSAID.Code, work, name_of(work), work.text(SCHEMA.version, SCHEMA.softwareVersion))
        write_date(out, node, work)
        write_terms(out, node, work)
        write_locations(out, node, work, *predicates(work, "codeRepository", "downloadUrl", "url"))
        write_agents(out, node, work)
        write_documents(out, node, work, self._document, *predicates(work, "referencePublication"), paper=True)
        write_documents(out, node, work, self._document, *predicates(work, "readme", "buildInstructions"))
        for said in work.get(*predicates(work, "isSourceCodeOf")):
            product = global_iri(said)
            if product is not None:
                out.code(product, node, (), said)

    def _named(self, node: IdentifiedNode, terms: Iterable[URIRef], *, known: bool = False) -> URIRef | None:
        """Return the IRI of a node: its own where that is one that others know, else the first that it is given."""
        own = node if known and isinstance(node, URIRef) and path_of(node) is None else None
        return own or identity(self.described, node, terms)

    def _document(self, node: IdentifiedNode) -> URIRef:
        return self._named(node, _NAMING, known=True) or below(self.node, node)
