"""What to call a node, and what a value says, in one place so that every report says the same."""

from __future__ import annotations

from rdflib import DCTERMS, RDF, RDFS, Graph, URIRef
from rdflib.namespace import FOAF
from rdflib.term import BNode, IdentifiedNode, Node

from osaid_graph.identity import short
from osaid_graph.vocab import CODE, DCAT3, OSAID, token


def label(graph: Graph, node: IdentifiedNode) -> str:
    """Return the title and version a node is known by, else a recognisable form of its IRI, else its class."""
    for predicate in (DCTERMS.title, FOAF.name):
        titles = sorted(str(value) for value in graph.objects(node, predicate))
        if titles:
            versions = sorted(str(value) for value in graph.objects(node, DCAT3.version))
            return f"{titles[0]} {versions[0]}" if versions and versions[0] not in titles[0] else titles[0]
    if isinstance(node, URIRef):
        whole, _, fragment = node.partition("#")
        holder = URIRef(whole)
        is_part = (holder, OSAID.hasComponent, node) in graph
        if fragment and (is_part or (holder, DCTERMS.title, None) in graph):
            return f"{label(graph, holder)} {fragment.replace('-', ' ')}"
        local, _, part = node.rpartition("-")
        if fragment and (URIRef(local), OSAID.hasComponent, node) in graph:
            return f"{label(graph, URIRef(local))} {part}"
        return short(str(node))
    roles = sorted(token(role) for role in graph.objects(node, OSAID.codeRole) if isinstance(role, URIRef))
    kinds = sorted(token(kind) for kind in graph.objects(node, RDF.type) if isinstance(kind, URIRef) and kind in OSAID)
    kind = next((name for name in kinds if name != "Artifact"), "node")
    return f"{kind} ({', '.join(roles)})" if roles else kind


def said(graph: Graph, value: Node) -> str:
    """Return what a value says: its text, the IRI, or the kind of silence with its comment."""
    if isinstance(value, (URIRef, BNode)):
        comments = sorted(str(comment) for comment in graph.objects(value, RDFS.comment))
        comment = f": {comments[0]}" if comments else ""
        if (value, RDF.type, OSAID.NotDisclosed) in graph:
            return f"not disclosed{comment}"
        if (value, RDF.type, OSAID.NotApplicable) in graph:
            return f"not applicable{comment}"
        if isinstance(value, BNode):
            return comments[0] if comments else label(graph, value)
        return token(value) if value.startswith(str(CODE)) else str(value)
    return str(value)


def name(node: Node) -> str:
    """Return a node as reports identify it: the IRI, or ``_:label``."""
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def blank(text: str) -> BNode | None:
    """Return the blank node that :func:`name` writes so; None where a text is something else.

    >>> blank("_:b0"), blank("https://example.org/")
    (rdflib.term.BNode('b0'), None)
    """
    label = text.removeprefix("_:")
    return BNode(label) if label and label != text else None
