"""Reader of JSON-LD in the osaid vocabulary. Contexts come from the document or the shipped copy, never the net."""

from __future__ import annotations

import re

from osaid_graph.errors import InputError
from osaid_graph.readers import json_tree, known
from osaid_graph.readers.rdf import expansion
from osaid_graph.readers.rdf.terms import base_iri
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Mapping, Scalar, Value
from osaid_graph.readers.vocabularies import translate
from osaid_graph.reading import Reading

NAME = "json-ld"

_OTHERS = re.compile(
    rb"schema\.org\b|data\.europa\.eu\b|w3id\.org\\?/fair4ml\b|w3\.org\\?/ns\\?/(?:dcat|prov)\b|MLDCAT-AP"
)
#: In a document in our own vocabulary a mistake is refused; in one of others it is mended, and that is told.
_OURS = re.compile(rb"w3id\.org\\?/osaid-graph\\?/")


def sniff(data: bytes) -> bool:
    """Tell whether it is a JSON document that has a ``@context`` or expanded ``@id``s."""
    head = data[: 1 << 20].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"{", b"[")) and (b'"@context"' in head or b'"@id"' in head)


def read(data: bytes, name: str) -> Reading:
    """Read JSON-LD; named graphs stay apart.

    Raises:
        InputError: Not UTF-8, not JSON or a duplicate key, too deep, a context that is not shipped, an invalid IRI, or
            not JSON-LD; always with the line.
    """
    tree = json_tree.parse(decode(data))
    _refuse_report(tree)
    if not sniff(data):
        raise InputError("nothing to assess: JSON of no known format, and not JSON-LD: no @context, no @id", known())
    linked = expansion.parse(tree, data, base_iri(name), mend=bool(_OTHERS.search(data)) and not _OURS.search(data))
    return translate(linked.statements, data, unread=linked.unread.values(), repairs=linked.repairs)


def _refuse_report(tree: Value) -> None:
    """Refuse what ``check --format json`` writes, which as JSON-LD would say nothing."""
    tool = tree.values.get("tool") if isinstance(tree, Mapping) and "schema_version" in tree.values else None
    named = tool.values.get("name") if isinstance(tool, Mapping) else None
    if isinstance(named, Scalar) and named.text == "osaid-graph":
        raise InputError(
            "nothing to assess: a report of osaid-graph, no description of a release",
            "name the descriptions that it was made from: its 'inputs' lists them",
        )
