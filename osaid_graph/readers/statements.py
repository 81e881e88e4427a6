"""What the readers write into: statements collected in order, with the line and the source of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from rdflib import RDF, RDFS, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError
from osaid_graph.model import Term, Triple
from osaid_graph.readers.limits import MAX_STATEMENTS
from osaid_graph.reading import ShortForm, StatedSource, Statement
from osaid_graph.vocab import CODE, OSAID


def content_label(lines: Iterable[str]) -> BNode:
    """Return the blank node of which ``lines``, each a predicate and an object in Turtle, are all that is said."""
    return BNode("b" + hashlib.sha256("\n".join(sorted(set(lines))).encode()).hexdigest()[:16])


@lru_cache(maxsize=1 << 12)
def _label(said: tuple[tuple[URIRef, Term], ...]) -> BNode:
    return content_label(f"{predicate.n3()} {value.n3()}" for predicate, value in said)


class StatementWriter:
    """Collects the statements of one document.

    Blank nodes are labelled by what they say (:meth:`node`), so that the same words give the same graph wherever
    they are written.
    """

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.short: list[ShortForm] = []
        self._seen: set[tuple[Triple, StatedSource | None, URIRef | None]] = set()

    def add(
        self,
        subject: IdentifiedNode,
        predicate: URIRef,
        value: Term,
        line: int | None,
        source: StatedSource | None,
        field: str = "",
        graph: URIRef | None = None,
    ) -> None:
        """Add one statement; the same statement from the same source is kept once, at its first line.

        Raises:
            InputError: There are more than ``MAX_STATEMENTS``.
        """
        triple = (subject, predicate, value)
        if (triple, source, graph) not in self._seen:
            self._seen.add((triple, source, graph))
            self.statements.append(Statement(triple, line, source, graph, field))
            if len(self.statements) > MAX_STATEMENTS:
                raise InputError(f"more than {MAX_STATEMENTS:,} statements", "split the file", line=line)

    def node(
        self,
        kind: URIRef,
        properties: Iterable[tuple[URIRef, Term]],
        line: int | None,
        source: StatedSource | None,
        field: str = "",
        graph: URIRef | None = None,
    ) -> BNode:
        """Add a blank node of class ``kind`` with ``properties`` and return it."""
        said = [(RDF.type, kind), *properties]
        blank = _label(tuple(said))
        for predicate, value in said:
            self.add(blank, predicate, value, line, source, field, graph)
        return blank

    def silence(
        self,
        kind: URIRef,
        comment: str,
        line: int | None,
        source: StatedSource | None,
        roles: Iterable[str] = (),
        role: URIRef = OSAID.codeRole,
        field: str = "",
        graph: URIRef | None = None,
    ) -> BNode:
        """Add an ``osaid:NotDisclosed`` or ``osaid:NotApplicable`` node, with its reason and the roles it is about.

        ``role`` is the property of the roles: that of code or that of documents.
        """
        properties: list[tuple[URIRef, Term]] = [(role, CODE[word]) for word in roles]
        if comment:
            properties.append((RDFS.comment, Literal(comment)))
        return self.node(kind, properties, line, source, field, graph)
