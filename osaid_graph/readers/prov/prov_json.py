"""Reader of PROV-JSON (W3C Member Submission of 2013): records of provenance, grouped by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.readers import json_tree
from osaid_graph.readers.fields import Field, Fields
from osaid_graph.readers.place import At
from osaid_graph.readers.prov.records import BUILT_IN, NODES, RELATIONS, Record, Records, Value, prefixes_of
from osaid_graph.readers.rdf.terms import labelled_by_content, terms_as_written
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Scalar
from osaid_graph.readers.vocabularies import states, translate
from osaid_graph.reading import Reading

NAME = "prov-json"
STATES = states("prov-o")

_KINDS = (*NODES, *RELATIONS)
_SIGN = re.compile(rb'"(?:entity|activity|agent|bundle|' + "|".join(RELATIONS).encode() + rb')"\s*:\s*\{')
_OTHERS = re.compile(rb'"(?:@context|@graph|@id|bomFormat|spdxVersion)"')
_REFERENCES = frozenset(f"prov:{name}" for relation in RELATIONS.values() for name in relation.arguments)
_INTEGER = re.compile(r"-?[0-9]+")
_TIMES = frozenset(("prov:startTime", "prov:endTime", "prov:time"))


def sniff(data: bytes) -> bool:
    """Tell whether it is a JSON document of records: kinds of PROV, with prefixes or PROV attributes, no JSON-LD."""
    head = data[: 1 << 20].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if not head.startswith(b"{") or _OTHERS.search(head) or not _SIGN.search(head):
        return False
    return re.search(rb'"prefix"\s*:\s*\{', head) is not None or b'"prov:' in head


def read(data: bytes, name: str) -> Reading:
    """Read PROV-JSON; what a bundle holds is attributed to the bundle.

    Raises:
        InputError: Not UTF-8, not JSON, or a document without any record.
    """
    fields = Fields(json_tree.parse(decode(data)))
    if not fields.is_block or not any(kind in fields for kind in (*_KINDS, "bundle", "mentionOf")):
        raise InputError(
            "not PROV-JSON: no entity, activity or relation in it",
            "give the records by kind, as PROV-JSON has them",
            line=fields.line,
        )
    records = Records()
    with terms_as_written():
        prefixes = _section(fields, records, BUILT_IN, None)
        for bundle, content in _blocks(fields.get("bundle")):
            graph = records.expand(bundle, prefixes, At(content.line, content.path))
            _section(content, records, prefixes, graph)
    statements = labelled_by_content(records.statements, data)
    return translate(statements, data, unread=fields.unread(), repairs=records.repairs, provenance=True)


def _section(fields: Field, records: Records, outer: Mapping[str, str], graph: URIRef | None) -> Mapping[str, str]:
    """Add the records of a document or bundle; return the prefixes declared in it, with those around it."""
    declared = [(name, _reference(field)) for name, field in _entries(fields.get("prefix"))]
    prefixes = prefixes_of(((name, iri) for name, iri in declared if iri), outer)
    for kind in _KINDS:
        for name, content in _entries(fields.get(kind)):
            for block in content.each():
                record = _record(kind, name, block, graph)
                if record is not None:
                    records.add(record, prefixes)
    return prefixes


def _entries(field: Field | None) -> Iterator[tuple[str, Field]]:
    return field.items() if field is not None else iter(())


def _blocks(field: Field | None) -> Iterator[tuple[str, Field]]:
    return ((name, content) for name, content in _entries(field) if content.is_block)


def _record(kind: str, name: str, block: Field, graph: URIRef | None) -> Record | None:
    """Return a record; None for what is none, which then stays unread."""
    if not block.is_block:
        return None
    arguments: dict[str, Value] = {}
    attributes: list[tuple[str, Value]] = []
    for key, field in block.items():
        local = key.removeprefix("prov:")
        if (kind in RELATIONS and key in _REFERENCES and local in RELATIONS[kind].arguments) or key in _TIMES:
            text = _reference(field)
            if text:
                arguments[local] = Value(text, at=At(field.line, field.path, graph))
            continue
        attributes.extend((key, value) for each in field.each() if (value := _value(each, graph)) is not None)
    return Record(kind, name, At(block.line, block.path, graph), arguments, tuple(attributes))


def _reference(field: Field) -> str:
    """Return a namespace, or the name or time that a relation gives: a text, or a value in a block."""
    found = field if not field.is_block else field.get("$")
    if found is None or not isinstance(found.value, Scalar):
        return ""
    field.read()
    return found.value.text.strip(" \t\r\n")


def _value(field: Field, graph: URIRef | None) -> Value | None:
    at = At(field.line, field.path, graph)
    if field.is_block:
        text = field.get("$")
        if text is None or not isinstance(text.value, Scalar):
            return None
        text.read()
        return Value(text.value.text, field.text("type"), field.text("lang"), at)
    if not isinstance(field.value, Scalar):
        return None
    field.read()
    return Value(field.value.text, _native(field.value), at=at)


def _native(value: Scalar) -> str:
    """Return the datatype of a value that JSON has a notation for (PROV-JSON, section 2.3); empty for a text."""
    if not value.plain:
        return ""
    if value.text in ("true", "false"):
        return "xsd:boolean"
    return "xsd:int" if _INTEGER.fullmatch(value.text) else "xsd:double"
