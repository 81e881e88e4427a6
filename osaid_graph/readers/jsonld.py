"""Reader of JSON-LD in the osaid vocabulary. Contexts come from the document or the shipped copy, never the net."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from rdflib import Dataset, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.parsers.jsonld import Parser
from rdflib.plugins.shared.jsonld.context import Context
from rdflib.plugins.shared.jsonld.keys import ID
from rdflib.plugins.stores.memory import Memory

from osaid_graph.errors import InputError
from osaid_graph.identity import checked_iri, checked_reference, shortened
from osaid_graph.readers import yaml_tree
from osaid_graph.readers.limits import MAX_DEPTH
from osaid_graph.readers.rdf_terms import checked, checked_graph, is_ours, labelled_by_content, terms_as_written
from osaid_graph.readers.text import decode
from osaid_graph.readers.turtle import base_iri
from osaid_graph.reading import Reading, Statement
from osaid_graph.resources import root
from osaid_graph.vocab import BASE

NAME = "json-ld"
CONTEXT = BASE + "context.jsonld"


def sniff(data: bytes) -> bool:
    """Tell whether it is a JSON document that has a ``@context`` or expanded ``@id``s."""
    head = data[: 1 << 20].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"{", b"[")) and (b'"@context"' in head or b'"@id"' in head)


def read(data: bytes, name: str) -> Reading:
    """Read JSON-LD; named graphs stay apart. The lines of statements are not known.

    Raises:
        InputError: Not UTF-8, not JSON or a duplicate key (with its line), too deep, a context that is not shipped, an
            invalid IRI (with its line where it is written out), or not JSON-LD.
    """
    text = decode(data)
    parsed = _parsed(text)
    _refuse_report(parsed)
    document = _local(parsed, 0)
    store = _Recorder()
    with terms_as_written():
        try:
            _Parser().parse(document, Context(base=base_iri(name)), Dataset(store=store))
        except RecursionError:
            raise InputError(*_TOO_DEEP) from None
        except InputError as error:
            error.line = _line_of(error.written, text) if isinstance(error, _InvalidReferenceError) else None
            raise
        except Exception as error:  # rdflib's JSON-LD parser lets whatever a malformed document causes escape
            if is_ours(error):
                raise
            problem = shortened(" ".join(str(error).split()), 100) or type(error).__name__
            raise InputError(f"not JSON-LD: {problem!r}", "see docs/manifest.md for an example") from error
        statements = [_statement(quad, text) for quad in store.quads]
    return Reading(tuple(labelled_by_content(statements, data)))


def _refuse_report(document: Any) -> None:
    """Refuse what ``check --format json`` writes, which as JSON-LD would say nothing."""
    tool = document.get("tool") if isinstance(document, dict) and "schema_version" in document else None
    if isinstance(tool, dict) and tool.get("name") == "osaid-graph":
        raise InputError(
            "nothing to assess: a report of osaid-graph, no description of a release",
            "name the descriptions that it was made from: its 'inputs' lists them",
        )


class _Recorder(Memory):
    """Takes the place of the store the parser fills: keeps what is added, in that order."""

    def __init__(self) -> None:
        super().__init__()
        self.quads: list[tuple[Any, Any, Any, Any]] = []

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        self.quads.append((*triple, context.identifier))


class _InvalidReferenceError(InputError):
    def __init__(self, error: InputError, written: str) -> None:
        super().__init__(error.message, error.hint)
        self.written = written


class _Parser(Parser):
    """rdflib's parser, which would leave out every statement with a reference that cannot be an IRI."""

    def _to_rdf_id(self, context: Any, id_val: str) -> Any:
        return super()._to_rdf_id(context, _checked(id_val))

    def _to_object(self, dataset: Any, graph: Any, context: Any, term: Any, node: Any, inlist: bool = False) -> Any:
        if term and term.type == ID and isinstance(node, str):
            _checked(node)
        return super()._to_object(dataset, graph, context, term, node, inlist)


def _checked(reference: str) -> str:
    try:
        return checked_reference(reference)
    except InputError as error:
        raise _InvalidReferenceError(error, reference) from None


#: What Python's parser says, by its start -> what to do about it.
_MEND = {
    "Expecting value": "a text in double quotes, a number, true, false, null, [ or { belongs there",
    "Expecting property name": "write the key in double quotes, and no comma after the last entry",
    "Expecting ',' delimiter": "put a comma between two entries, or close what is open before it",
    "Expecting ':' delimiter": "put a colon between key and value",
    "Illegal trailing comma": "write no comma after the last entry",
    "Extra data": "a file holds one value: put several into an array, or remove what follows the first",
    "Unterminated string": "close the text with a double quote",
    "Invalid control character": "write a line break in a text as \\n, a tab as \\t",
    "Invalid \\": "write a backslash in a text as two",
    "": "write what JSON allows at this place",
}
_TOO_DEEP = (f"JSON is nested deeper than {MAX_DEPTH} levels", "flatten it")


def _statement(quad: tuple[Any, Any, Any, Any], text: str) -> Statement:
    graph = None if quad[3] == DATASET_DEFAULT_GRAPH_ID else quad[3]
    try:
        return Statement(checked(*quad[:3]), graph=checked_graph(graph))
    except InputError as error:
        error.line = _line_of_invalid_iri((*quad[:3], graph), text)
        raise


def _line_of_invalid_iri(terms: tuple[Any, ...], text: str) -> int | None:
    """Return the line on which the first invalid IRI among ``terms`` is written out, if it is."""
    for term in terms:
        try:
            checked_iri(term if isinstance(term, URIRef) else "urn:x")
        except InputError:
            return _line_of(str(term), text)
    return None


def _line_of(written: str, text: str) -> int | None:
    """Return the line of the first JSON string that is ``written``, if there is one."""
    found = (text.find(json.dumps(written, ensure_ascii=ascii_only)) for ascii_only in (False, True))
    return next((text.count("\n", 0, offset) + 1 for offset in found if offset >= 0), None)


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
        hint = next((help_ for start, help_ in _MEND.items() if error.msg.startswith(start)), _MEND[""])
        raise InputError(f"not valid JSON at column {error.colno}: {error.msg}", hint, line=error.lineno) from None
    except ValueError as error:  # a number of more digits than Python reads
        raise InputError(f"not valid JSON: {shortened(str(error), 100)}", "write it as a text") from None
    except RecursionError:
        raise InputError(*_TOO_DEEP) from None
    except InputError as error:
        error.line = _line_of_duplicate(text)
        raise


def _line_of_duplicate(text: str) -> int | None:
    """Return the line of the first duplicate key, which the YAML reader can tell: JSON is YAML."""
    try:
        yaml_tree.parse(text)
    except InputError as error:
        return error.line if error.message.startswith("duplicate key") else None
    return None


@cache
def _shipped() -> Any:
    return json.loads((root() / "ontology" / "context.jsonld").read_text("utf-8"))["@context"]


def _local(value: Any, depth: int) -> Any:
    """Return the document with references to the shipped context replaced by its content."""
    if depth > MAX_DEPTH:
        raise InputError(*_TOO_DEEP)
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
            f"unknown JSON-LD context {shortened(value, 100)!r}", f"contexts are never fetched; use {CONTEXT}"
        )
    if isinstance(value, dict) and "@import" in value:
        raise InputError("JSON-LD @import is not accepted: contexts are never fetched", f"use {CONTEXT}")
    return _local(value, depth)
