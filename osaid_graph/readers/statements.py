"""What the readers write into: statements collected in order, with the line and the source of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from rdflib import RDF, RDFS, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.model import StatedSource, Statement, Term
from osaid_graph.vocab import CODE, OSAID


class StatementWriter:
    """Collects the statements of one document.

    Blank nodes are labelled by what they say (:meth:`node`), so that the same words give the same graph wherever
    they are written.
    """

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self._seen: set[Statement] = set()

    def add(
        self, subject: IdentifiedNode, predicate: URIRef, value: Term, line: int, source: StatedSource | None
    ) -> None:
        """Add one statement; the same statement from the same source is kept once, at its first line."""
        statement = Statement((subject, predicate, value), line, source)
        key = Statement((subject, predicate, value), None, source)
        if key not in self._seen:
            self._seen.add(key)
            self.statements.append(statement)

    def node(
        self, kind: URIRef, properties: Iterable[tuple[URIRef, Term]], line: int, source: StatedSource | None
    ) -> BNode:
        """Add a blank node of class ``kind`` with ``properties`` and return it."""
        said = [(RDF.type, kind), *properties]
        digest = hashlib.sha256("\n".join(sorted(f"{p.n3()} {o.n3()}" for p, o in said)).encode()).hexdigest()
        blank = BNode("b" + digest[:16])
        for predicate, value in said:
            self.add(blank, predicate, value, line, source)
        return blank

    def silence(
        self,
        kind: URIRef,
        comment: str,
        line: int,
        source: StatedSource | None,
        roles: Iterable[str] = (),
    ) -> BNode:
        """Add an ``osaid:NotDisclosed`` or ``osaid:NotApplicable`` node, with its reason and code roles."""
        properties: list[tuple[URIRef, Term]] = [(OSAID.codeRole, CODE[role]) for role in roles]
        if comment:
            properties.append((RDFS.comment, Literal(comment)))
        return self.node(kind, properties, line, source)
