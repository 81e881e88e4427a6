"""Reader of JSON-LD in the osaid vocabulary. Contexts come from the document or the shipped copy, never the net."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, cast

from rdflib import BNode, Dataset, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.parsers.jsonld import to_rdf

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.model import Reading, Statement, Triple
from osaid_graph.readers.limits import MAX_DEPTH
from osaid_graph.readers.rdf_terms import checked, labelled_by_content
from osaid_graph.readers.text import decode
from osaid_graph.resources import root
from osaid_graph.vocab import BASE

NAME = "json-ld"
SUMMARY = "JSON-LD in the osaid vocabulary"
SUFFIXES = (".jsonld", ".json")
CONTEXT = BASE + "context.jsonld"


def sniff(data: bytes) -> bool:
    """Tell whether it is a JSON document that has a ``@context`` or expanded ``@id``s."""
    head = data[: 1 << 20].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"{", b"[")) and (b'"@context"' in head or b'"@id"' in head)


def read(data: bytes, name: str) -> Reading:
    """Read JSON-LD; named graphs stay apart. Lines are not known.

    Raises:
        InputError: Not UTF-8, not JSON (with line), a duplicate key, too deep, a context that is not shipped, or not
            JSON-LD.
    """
    document = _local(_parsed(decode(data)), 0)
    dataset = Dataset()
    try:
        to_rdf(document, dataset, base=f"file:///{shortened(name, 200).replace(' ', '%20')}")
    except RecursionError:
        raise InputError(f"JSON-LD is nested deeper than {MAX_DEPTH} levels", "flatten it") from None
    except InputError:
        raise
    except Exception as error:  # rdflib's JSON-LD parser lets whatever a malformed document causes escape
        raise InputError(f"not JSON-LD: {shortened(str(error), 100) or type(error).__name__}") from error
    statements = []
    for subject, predicate, value, graph in dataset.quads():
        named = graph if isinstance(graph, URIRef) and graph != DATASET_DEFAULT_GRAPH_ID else None
        triple = checked(cast(Triple, (subject, predicate, value)))
        statements.append(Statement(triple, graph=None if isinstance(named, BNode) else named))
    return Reading(tuple(labelled_by_content(statements)))


def _parsed(text: str) -> Any:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise InputError(f"duplicate key {shortened(key)!r}", "keep one; several values are an array")
            found[key] = value
        return found

    try:
        return json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise InputError(f"not valid JSON: {error.msg}", "mend it there", line=error.lineno) from None
    except RecursionError:
        raise InputError(f"JSON is nested deeper than {MAX_DEPTH} levels", "flatten it") from None


@cache
def _shipped() -> Any:
    return json.loads((root() / "ontology" / "context.jsonld").read_text("utf-8"))["@context"]


def _local(value: Any, depth: int) -> Any:
    """Return the document with references to the shipped context replaced by its content."""
    if depth > MAX_DEPTH:
        raise InputError(f"JSON is nested deeper than {MAX_DEPTH} levels", "flatten it")
    if isinstance(value, list):
        return [_local(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {k: _context(v, depth + 1) if k == "@context" else _local(v, depth + 1) for k, v in value.items()}
    return value


def _context(value: Any, depth: int) -> Any:
    if isinstance(value, list):
        return [_context(item, depth + 1) for item in value]
    if isinstance(value, str):
        if value == CONTEXT:
            return _shipped()
        raise InputError(
            f"unknown JSON-LD context {shortened(value, 100)}", f"contexts are never fetched; use {CONTEXT}"
        )
    if isinstance(value, dict) and "@import" in value:
        raise InputError("JSON-LD @import is not accepted: contexts are never fetched", f"use {CONTEXT}")
    return _local(value, depth)
