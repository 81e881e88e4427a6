"""Reads CycloneDX bills of materials that describe AI (1.5 to 1.7), in JSON and in XML.

:data:`STATES` is what a bill can state in the words of CycloneDX. Components that say by properties of the name space
``osaid:`` which thing they are (:mod:`~osaid_graph.readers.cyclonedx.named`) can state more, in our own words.
"""

from __future__ import annotations

import re

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import Kind, shortened, unnamed
from osaid_graph.readers import json_tree
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.cyclonedx import bom_xml as cyclonedx_xml
from osaid_graph.readers.cyclonedx.bom import DATA, Bom
from osaid_graph.readers.cyclonedx.identity import Identities
from osaid_graph.readers.cyclonedx.named import Named
from osaid_graph.readers.cyclonedx.release import Release
from osaid_graph.readers.fields import Fields
from osaid_graph.readers.json_head import top_level
from osaid_graph.readers.text import decode
from osaid_graph.reading import Reading, Unnamed
from osaid_graph.vocab import CODE, OSAID

NAME = "cyclonedx"

STATES: frozenset[URIRef] = frozenset(
    (
        *(OSAID.hasModel, OSAID.hasComponent, OSAID.hasParameters, OSAID.hasArchitecture, OSAID.hasCode),
        *(OSAID.hasConfiguration, OSAID.hasDocument, OSAID.documentRole, OSAID.codeRole, OSAID.revision),
        *(OSAID.hasDataInformation, OSAID.describes, OSAID.completeness, OSAID.license, OSAID.location),
        *(OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn, OSAID.characteristics),
        *(OSAID.derivedFrom, OSAID.fineTunedFrom, OSAID.adapterOf, OSAID.quantizedFrom),
        *(OSAID.mergedFrom, OSAID.distilledFrom, CODE["supporting-library"]),
    )
)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?bom\b[^<>]*[\"']http://cyclonedx\.org/schema/bom/")
_ENVELOPE = ("$schema", "bomFormat", "specVersion", "serialNumber", "version")


def sniff(data: bytes) -> bool:
    """Tell whether it is JSON that says it is CycloneDX at its top level, or XML whose root is a CycloneDX bill."""
    head = data[: 1 << 16].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<"):
        return _ROOT.search(head) is not None
    return top_level(data).get("bomFormat") == "CycloneDX"


def read(data: bytes, name: str) -> Reading:
    """Read a bill of materials; one of software alone states nothing that is assessed.

    Raises:
        InputError: Not UTF-8, neither JSON nor XML, a document type declaration in it, or no CycloneDX.
    """
    text = decode(data)
    value = cyclonedx_xml.parse(text) if text.lstrip().startswith("<") else json_tree.parse(text)
    tree = Fields(value)
    if tree.peek("bomFormat") != "CycloneDX":
        raise InputError(
            "not a CycloneDX document: it has no bomFormat that says so",
            'give JSON with "bomFormat": "CycloneDX", or another format with --from',
            line=tree.line,
        )
    version = tree.peek("specVersion")
    if version and not version.startswith("1."):
        at = tree.get("specVersion") or tree
        raise InputError(
            f"CycloneDX {shortened(version, 20)!r} is not known here", "export it as 1.5, 1.6 or 1.7", line=at.line
        )
    for key in _ENVELOPE:
        found = tree.get(key)
        if found is not None and found.is_text:
            found.read()
    bom = Bom(tree)
    out = ClaimWriter()
    if not version:
        out.repair("it names no version of CycloneDX (specVersion): read as 1.7", tree)
    identities = Identities(bom, out, unnamed(data))
    Release(bom, identities, out).write()
    Named(bom, out).write()
    topic = bom.topic
    names: tuple[Unnamed, ...] = ()
    if identities.is_unnamed and topic is not None:
        kind: Kind = "datasets" if topic.kind == DATA else "models"
        names = (Unnamed(identities.node(topic), kind, topic.name),)
    return out.reading(tree.unread(), names)
