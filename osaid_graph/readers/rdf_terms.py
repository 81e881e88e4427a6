"""Checks on RDF terms that every RDF reader makes, and blank nodes labelled by what is said of them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import replace

from rdflib import BNode, URIRef

from osaid_graph.identity import canonical, checked_iri
from osaid_graph.model import Statement, Term, Triple
from osaid_graph.readers.limits import MAX_DEPTH


def checked(triple: Triple) -> Triple:
    """Return the triple with Hub pages in their canonical spelling.

    Raises:
        InputError: An IRI in it is invalid.
    """
    subject, predicate, value = triple
    if isinstance(subject, URIRef):
        subject = URIRef(canonical(checked_iri(subject)))
    checked_iri(predicate)
    if isinstance(value, URIRef):
        value = URIRef(canonical(checked_iri(value)))
    return subject, predicate, value


def labelled_by_content(statements: list[Statement]) -> list[Statement]:
    """Rename every blank node after a digest of what is said of it.

    The same words then give the same label in every format and every run, which is what keeps reports equal. Blank
    nodes that describe each other in a circle, or deeper than ``MAX_DEPTH``, are numbered in the order they appear.
    """
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
        if node in above or len(above) > MAX_DEPTH:
            return BNode(f"n{order[node]}")
        if node not in labels:
            lines = sorted(
                f"{p.n3()} {(label(o, (*above, node)) if isinstance(o, BNode) else o).n3()}" for p, o in said[node]
            )
            name = "b" + hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
            labels[node] = BNode(name) if lines else BNode(f"n{order[node]}")
        return labels[node]

    def renamed(term: Term) -> Term:
        return label(term, ()) if isinstance(term, BNode) else term

    return [
        replace(statement, triple=(renamed(s), p, renamed(o)))  # type: ignore[arg-type]
        for statement in statements
        for s, p, o in (statement.triple,)
    ]
