"""JSON-LD to RDF with the line and the field of every statement; what expands to nothing is counted, not dropped.

rdflib's parser does the expansion. It walks plain dictionaries, so the keys here are strings that remember where they
stand, and the parser below knows at every statement which key it is at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from rdflib import Dataset
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.parsers.jsonld import Parser
from rdflib.plugins.shared.jsonld.keys import ID
from rdflib.plugins.stores.memory import Memory

from osaid_graph.errors import InputError
from osaid_graph.identity import MAX_IRI, checked_reference, shortened
from osaid_graph.readers import json_tree
from osaid_graph.readers.limits import MAX_DEPTH
from osaid_graph.readers.place import below
from osaid_graph.readers.rdf import contexts
from osaid_graph.readers.rdf.expansion_context import LimitedContext
from osaid_graph.readers.rdf.terms import (
    checked,
    checked_graph,
    in_our_spelling,
    is_ours,
    labelled_by_content,
    terms_as_written,
)
from osaid_graph.readers.tree import Mapping, Sequence, Value
from osaid_graph.reading import Statement
from osaid_graph.sources import Repair, Unread

_TOO_DEEP = (f"JSON-LD is nested deeper than {MAX_DEPTH} levels", "flatten it")


@dataclass(slots=True)
class Linked:
    """A JSON-LD document as statements in whatever vocabulary it is written in."""

    statements: list[Statement] = field(default_factory=list)
    unread: dict[str, Unread] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)


def parse(
    tree: Value,
    data: bytes,
    base: str,
    *,
    mend: bool = False,
    context: Callable[[str], Any | None] = contexts.shipped,
) -> Linked:
    """Return the statements of a JSON-LD document.

    Args:
        tree: The document, from :func:`osaid_graph.readers.json_tree.parse`.
        data: Its bytes, which name its blank nodes.
        base: The IRI that relative ones are resolved against.
        mend: Whether references that cannot be IRIs are percent-encoded, with a repair told, and namespaces get
            the spelling that our readers know; else they are refused, as in a document in our own vocabulary.
        context: What a context named by its address is; None where it is not known.

    Raises:
        InputError: A context that is not shipped, an invalid IRI, or not JSON-LD; with the line.
    """
    linked = Linked()
    document = _located(tree, "", context, 0)
    store = _Recorder()
    parser = _Parser(linked, store, mend=mend)
    with terms_as_written():
        try:
            parser.parse(document, LimitedContext(base=base), Dataset(store=store))
        except RecursionError:
            raise InputError(*_TOO_DEEP) from None
        except InputError as error:
            error.line = error.line or store.line
            raise
        except Exception as error:  # rdflib's JSON-LD parser lets whatever a malformed document causes escape
            if is_ours(error):
                raise
            problem = shortened(" ".join(str(error).split()), 100) or type(error).__name__
            hint = "see docs/manifest.md for an example"
            raise InputError(f"not JSON-LD: {problem!r}", hint, line=store.line) from error
        linked.statements = labelled_by_content(list(_statements(store, linked, mend)), data)
    return linked


class _Key(str):
    """A key of a block that remembers its line and path."""

    __slots__ = ("line", "path")
    line: int
    path: str


def _located(value: Value, path: str, context: Callable[[str], Any | None], depth: int) -> Any:
    """Return a tree as plain values, its keys located, its contexts replaced by the shipped ones."""
    if depth > MAX_DEPTH:
        raise InputError(*_TOO_DEEP, line=value.line)
    if isinstance(value, Sequence):
        return [_located(item, f"{path}[{number}]", context, depth + 1) for number, item in enumerate(value.items)]
    if not isinstance(value, Mapping):
        return json_tree.plain(value)
    found: dict[str, Any] = {}
    for name, inner in value.values.items():
        key = _Key(name)
        key.line, key.path = value.keys[name].line, below(path, name)
        if name == "@context":
            found[key] = _context(json_tree.plain(inner), context, key.line, depth + 1)
        else:
            found[key] = _located(inner, key.path, context, depth + 1)
    return found


def _context(value: Any, context: Callable[[str], Any | None], line: int, depth: int) -> Any:
    """Return a context with the addresses in it replaced by what they stand for.

    Raises:
        InputError: One is not shipped, or asks to import another.
    """
    if depth > MAX_DEPTH:
        raise InputError(*_TOO_DEEP, line=line)
    if isinstance(value, list):
        return [_context(item, context, line, depth + 1) for item in value]
    if isinstance(value, str):
        found = context(value)
        if found is None:
            raise InputError(
                f"unknown JSON-LD context {shortened(value, 100)!r}",
                f"contexts are never fetched; use {contexts.CONTEXT}, or one that ontology/contexts/index.json names",
                line=line,
            )
        return found
    if isinstance(value, dict):
        if "@import" in value:
            raise InputError("JSON-LD @import is not accepted: contexts are never fetched", "write it out", line=line)
        return {
            name: _context(inner, context, line, depth + 1)
            if name == "@context"
            else _term(inner, context, line, depth)
            for name, inner in value.items()
        }
    return value


def _term(value: Any, context: Callable[[str], Any | None], line: int, depth: int) -> Any:
    """Return the definition of a term, in which a context of its own may stand."""
    if isinstance(value, dict) and "@context" in value:
        return value | {"@context": _context(value["@context"], context, line, depth + 1)}
    return value


class _Recorder(Memory):
    """Takes the place of the store the parser fills: keeps what is added, in that order, with the place it is at."""

    def __init__(self) -> None:
        super().__init__()
        self.quads: list[tuple[tuple[Any, Any, Any, Any], int | None, str]] = []
        self.line: int | None = None
        self.path = ""

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        self.quads.append(((*triple, context.identifier), self.line, self.path))


class _Parser(Parser):
    """rdflib's parser, which would leave out every key it does not know and every reference that cannot be an IRI."""

    def __init__(self, linked: Linked, store: _Recorder, *, mend: bool) -> None:
        super().__init__()
        self.linked = linked
        self.store = store
        self.mend = mend
        self._id_key: _Key | None = None

    def _add_to_graph(self, dataset: Any, graph: Any, context: Any, node: Any, topcontext: bool = False) -> Any:
        if isinstance(node, dict):
            names = {ID, *context.get_keys(ID)}
            self._id_key = next((key for key in node if key in names and isinstance(key, _Key)), None)
        return super()._add_to_graph(dataset, graph, context, node, topcontext)

    def _key_to_graph(
        self,
        dataset: Any,
        graph: Any,
        context: Any,
        subj: Any,
        key: str,
        obj: Any,
        reverse: bool = False,
        no_id: bool = False,
    ) -> None:
        before = self.store.line, self.store.path
        if isinstance(key, _Key):
            self.store.line, self.store.path = key.line, key.path
        if not key.startswith("@") and (len(key) > MAX_IRI or not context.expand(key)):
            self._pass_over(key, obj)
            if len(key) > MAX_IRI:
                self.store.line, self.store.path = before
                return
        super()._key_to_graph(dataset, graph, context, subj, key, obj, reverse, no_id)
        self.store.line, self.store.path = before

    def _pass_over(self, key: str, value: Any) -> None:
        """Count a key that stands for nothing."""
        pattern = _pattern(self.store.path or key)
        before = self.linked.unread.get(pattern)
        count, line = _leaves(value), self.store.line
        if count:
            self.linked.unread[pattern] = (
                Unread(pattern, count + before.count, before.line) if before else Unread(pattern, count, line)
            )

    def _to_rdf_id(self, context: Any, id_val: str) -> Any:
        before, key, self._id_key = (self.store.line, self.store.path), self._id_key, None
        if key is not None:
            self.store.line, self.store.path = key.line, key.path
        node = super()._to_rdf_id(context, self._checked(id_val))
        self.store.line, self.store.path = before
        return node

    def _to_object(self, dataset: Any, graph: Any, context: Any, term: Any, node: Any, inlist: bool = False) -> Any:
        if term and term.type == ID and isinstance(node, str):
            node = self._checked(node)
        return super()._to_object(dataset, graph, context, term, node, inlist)

    def _checked(self, reference: str) -> str:
        try:
            return checked_reference(reference)
        except InputError as error:
            if not self.mend:
                raise
            mended = quote(reference.strip(), safe="/:?#@!$&'()*+,;=%~[]", errors="replace")[:2000]
            if mended != reference.strip():
                self.linked.repairs.append(
                    Repair(f"{error.message}: read percent-encoded", self.store.line, self.store.path)
                )
            return mended


def _pattern(path: str) -> str:
    """Return a path in which every place in a list is the same."""
    parts = path.split("[")
    return parts[0] + "".join("[" + part[part.index("]") :] for part in parts[1:])


def _leaves(value: Any) -> int:
    """Return how many plain values are in a value."""
    if isinstance(value, dict):
        return sum(_leaves(each) for each in value.values())
    if isinstance(value, list):
        return sum(_leaves(each) for each in value)
    return value not in (None, "")


def _statements(store: _Recorder, linked: Linked, mend: bool) -> Iterator[Statement]:
    """Yield what the parser found, checked.

    Raises:
        InputError: One cannot be a statement; where documents are mended, it is left out, with a repair told.
    """
    for quad, line, path in store.quads:
        terms = tuple(in_our_spelling(term) for term in quad[:3]) if mend else quad[:3]
        graph = None if quad[3] == DATASET_DEFAULT_GRAPH_ID else quad[3]
        try:
            yield Statement(checked(*terms), line, graph=checked_graph(graph), field=path)
        except InputError as error:
            if not mend:
                error.line = line
                raise
            linked.repairs.append(Repair(f"{error.message}: left out", line, path))
