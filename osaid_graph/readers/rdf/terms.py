"""Checks on RDF terms that every RDF reader makes, and blank nodes labelled by what is said of them."""

from __future__ import annotations

import difflib
import hashlib
import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import rdflib
from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError
from osaid_graph.identity import canonical, checked_iri, shortened
from osaid_graph.model import Term, Triple
from osaid_graph.readers.limits import MAX_DEPTH
from osaid_graph.readers.statements import content_label
from osaid_graph.reading import Statement
from osaid_graph.vocab import CODE, CODELISTS, OSAID

# XML Schema 1.1 part 2, section 3.3.3: no exponent, which rdflib would write out in full: 1E9 as a thousand million.
_DECIMAL = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)\s*", re.ASCII)
# Halves of characters, which an escape can name although no text may hold them, and NUL.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_TERMS = frozenset(OSAID.__annotations__)
_CONCEPTS = frozenset(CODELISTS) | frozenset(token for tokens in CODELISTS.values() for token in tokens)
_ALIASES = {
    "http://schema.org/": "https://schema.org/",
    "http://spdx.org/licenses/": "https://spdx.org/licenses/",
    "http://mlcommons.org/croissant/RAI/1.0/": "http://mlcommons.org/croissant/RAI/",
    "https://mlcommons.org/croissant/RAI/1.0/": "http://mlcommons.org/croissant/RAI/",
    "https://mlcommons.org/croissant/": "http://mlcommons.org/croissant/",
}
_NORMALIZATION = threading.Lock()


def base_iri(name: str) -> str:
    """Return the IRI that relative IRIs of a document are resolved against; its name as given, nowhere on a disk."""
    return "file:///" + quote(name.lstrip("/"), errors="replace")


@contextmanager
def terms_as_written() -> Iterator[None]:
    """Keep rdflib from rewriting literals while a document is parsed; :func:`checked` does it once they are checked."""
    with _NORMALIZATION:
        before = rdflib.NORMALIZE_LITERALS
        rdflib.NORMALIZE_LITERALS = False
        try:
            yield
        finally:
            rdflib.NORMALIZE_LITERALS = before


def is_ours(error: BaseException) -> bool:
    """Tell whether an error arose in this package rather than in rdflib or what rdflib called.

    rdflib's parsers let whatever a malformed document causes escape, so readers turn such errors into one clear line.
    A fault of our own code inside the parser must not pass for a fault of the document.
    """
    package, trace = "", error.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        if module in ("rdflib", "osaid_graph"):
            package = module
        trace = trace.tb_next
    return package == "osaid_graph"


def in_our_spelling(term: Any) -> Any:
    """Return an IRI in the spelling of its namespace that our vocabularies have; any other term as it is."""
    if isinstance(term, URIRef):
        for old, new in _ALIASES.items():
            if term.startswith(old):
                return URIRef(new + term[len(old) :])
    return term


def checked(subject: Any, predicate: Any, value: Any) -> Triple:
    """Return a parsed triple, with Hub pages in their canonical spelling and literals in their canonical form.

    Raises:
        InputError: A term cannot stand where it does (RDF 1.1, section 3.1), an IRI is invalid, a term is in our
            namespaces but not in the ontology, or a literal holds what no text holds or a decimal that is none.
    """
    if not isinstance(subject, IdentifiedNode):
        raise InputError(f"a subject must be an IRI or a blank node, found {_shown(subject)}", "name what it is about")
    if not isinstance(predicate, URIRef):
        raise InputError(f"a predicate must be an IRI, found {_shown(predicate)}", "use a term of the ontology")
    if not isinstance(value, IdentifiedNode | Literal):
        raise InputError(f"an object must be an IRI, a blank node or a literal, found {_shown(value)}", "write one")
    checked_iri(predicate)
    _known(predicate)
    if isinstance(value, URIRef):
        _known(value)
    return _node(subject), predicate, _literal(value) if isinstance(value, Literal) else _node(value)


def checked_graph(name: Any) -> URIRef | None:
    """Return the name of a named graph; None for the default graph and graphs named by blank nodes.

    Raises:
        InputError: It is an invalid IRI.
    """
    return URIRef(checked_iri(name)) if isinstance(name, URIRef) else None


def _known(term: URIRef) -> None:
    """Refuse a misspelt term of the ontology or codelists: what it was meant to say would be lost without a word."""
    for prefix, namespace, names in (("osaid", str(OSAID._NS), _TERMS), ("code", str(CODE), _CONCEPTS)):
        name = str(term).removeprefix(namespace)
        if str(term) != name and name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f"did you mean {prefix}:{near[0]}? " if near else ""
            raise InputError(f"unknown term {prefix}:{shortened(name)}", f"{hint}the terms are in ontology/README.md")


def _node(node: IdentifiedNode) -> IdentifiedNode:
    return URIRef(canonical(checked_iri(node))) if isinstance(node, URIRef) else node


def _literal(literal: Literal) -> Literal:
    if _NO_TEXT.search(literal):
        raise InputError("a literal with an escape for a character that no text holds", "delete it")
    if literal.datatype is None:
        return literal
    if literal.datatype == XSD.decimal and not _DECIMAL.fullmatch(literal):
        raise InputError(f"not an xsd:decimal: {shortened(literal)!r}", "write digits, with a point if need be")
    return Literal(str(literal), datatype=URIRef(checked_iri(literal.datatype)), normalize=True)


def _shown(term: object) -> str:
    return "a blank node" if isinstance(term, BNode) else repr(shortened(str(term)))


def labelled_by_content(statements: list[Statement], document: bytes) -> list[Statement]:
    """Rename every blank node after a digest of what is said of it.

    The same words then give the same label in every format and every run, which is what keeps reports equal. Blank
    nodes of which nothing is said, that describe each other in a circle, or that lie deeper than ``MAX_DEPTH``, are
    numbered in the order they appear, under a digest of the document: they are not the nodes of another.
    """
    own = hashlib.sha256(document).hexdigest()[:8]
    said: dict[BNode, list[tuple[URIRef, Term]]] = defaultdict(list)
    order: dict[BNode, int] = {}
    for statement in statements:
        subject, predicate, value = statement.triple
        for term in (subject, value):
            if isinstance(term, BNode):
                order.setdefault(term, len(order) + 1)
        if isinstance(subject, BNode):
            said[subject].append((predicate, value))
    labels: dict[BNode, BNode] = {}

    def label(node: BNode, above: tuple[BNode, ...]) -> BNode:
        if node not in said or node in above or len(above) > MAX_DEPTH:
            return BNode(f"n{own}-{order[node]}")
        if node not in labels:
            labels[node] = content_label(
                f"{p.n3()} {(label(o, (*above, node)) if isinstance(o, BNode) else o).n3()}" for p, o in said[node]
            )
        return labels[node]

    def renamed(term: Term) -> Term:
        return label(term, ()) if isinstance(term, BNode) else term

    return [
        replace(statement, triple=(renamed(s), p, renamed(o)))  # type: ignore[arg-type]
        for statement in statements
        for s, p, o in (statement.triple,)
    ]
