"""Terms and prefixes of queries: from rdflib's terms to those of the engine, and the names that need no declaration."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, cast

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from osaid_graph.identity import checked_reference
from osaid_graph.vocab import BASE

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = tuple[Term | None, ...]

#: Prefixes that every query may use without declaring them.
PREFIXES: Final[dict[str, str]] = {
    "osaid": f"{BASE}ont#",
    "code": f"{BASE}code#",
    "req": f"{BASE}requirement#",
    "rule": f"{BASE}rule#",
    "def": f"{BASE}definition#",
    "policy": f"{BASE}policy#",
    "license": f"{BASE}license#",
    "label": f"{BASE}label#",
    "spdx": "https://spdx.org/licenses/",
    "hub": "https://huggingface.co/",
    "data": "https://huggingface.co/datasets/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "earl": "http://www.w3.org/ns/earl#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
XSD: Final = PREFIXES["xsd"]
#: The named graph of the vocabulary, the codelists, the requirements and the rules.
VOCABULARY: Final = ox.NamedNode(f"{BASE}ont")

#: Namespaces of properties, classes and codes, the longest first; what is on the Hub has a short form of its own.
_NAMESPACES: Final = sorted(
    (pair for pair in PREFIXES.items() if pair[0] not in ("hub", "data")), key=lambda pair: -len(pair[1])
)
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_LABEL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


def prefixed(iri: str) -> str:
    """Return an IRI as queries may write it, by one of :data:`PREFIXES`; empty where it cannot be written so.

    >>> prefixed("http://purl.org/dc/terms/title"), prefixed("https://example.org/a")
    ('dcterms:title', '')
    """
    for prefix, namespace in _NAMESPACES:
        local = iri.removeprefix(namespace)
        if iri.startswith(namespace) and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return ""


def term(node: Node) -> Term:
    """Return a term of rdflib as one of the engine."""
    if isinstance(node, URIRef):
        return named_node(str(node))
    if isinstance(node, BNode):
        return _blank(str(node))
    if isinstance(node, Literal):
        if node.language:
            return in_language(str(node), node.language)
        return (
            ox.Literal(str(node), datatype=named_node(str(node.datatype))) if node.datatype else ox.Literal(str(node))
        )
    raise TypeError(f"no term of RDF: {node!r}")


@lru_cache(maxsize=65_536)
def named_node(iri: str) -> ox.NamedNode:
    """Return the node of an IRI, also of one that descriptions have and the grammar of IRIs has not (``a[1]``, ``a%``).

    Raises:
        InputError: It holds what would end it in the middle wherever it is written.
    """
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return cast(ox.NamedNode, _as_it_is(f"<{checked_reference(iri)}>"))


def in_language(text: str, language: str) -> ox.Literal:
    """Return a text in a language, also in one whose tag has the form of one and means none (BCP 47)."""
    try:
        return ox.Literal(text, language=language)
    except ValueError:
        return cast(ox.Literal, _as_it_is(f"{ox.Literal(text)}@{language}"))


def _as_it_is(term: str) -> Term:
    """Return a term of N-Triples, of which nothing is checked that the engine needs not."""
    line = f"<urn:x> <urn:x> {term} .".encode()
    return cast(Term, next(iter(ox.parse(line, format=ox.RdfFormat.N_TRIPLES, lenient=True))).object)


def _blank(label: str) -> ox.BlankNode:
    """Return a blank node of that label, or of the digest of one that SPARQL results cannot hold."""
    if not _LABEL.fullmatch(label):
        label = "b" + hashlib.sha256(label.encode()).hexdigest()[:16]
    return ox.BlankNode(label)


def quads(triples: Iterable[tuple[Node, Node, Node]], graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
    """Yield statements of rdflib as those of the engine, in a named graph or the default graph."""
    where = graph or ox.DefaultGraph()
    for subject, predicate, value in triples:
        if not isinstance(subject, Literal):
            yield ox.Quad(term(subject), named_node(str(predicate)), term(value), where)  # type: ignore[arg-type]


def graph_of(triples: Iterable[ox.Triple]) -> Graph:
    """Return statements of the engine as a graph of rdflib."""
    graph = Graph()
    for triple in triples:
        graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return graph


def _node(found: object) -> Node:
    if isinstance(found, ox.NamedNode):
        return URIRef(found.value)
    if isinstance(found, ox.BlankNode):
        return BNode(found.value)
    if isinstance(found, ox.Literal):
        datatype = None if found.language or found.datatype.value == f"{XSD}string" else URIRef(found.datatype.value)
        return Literal(found.value, lang=found.language, datatype=datatype)
    raise TypeError(f"no term of RDF 1.1: {found!r}")
