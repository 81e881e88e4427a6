"""Statements as Turtle that a person can read: a node a block, what only one statement names written in its place.

The layout is ours: it is the same on every run, and what does not print is escaped wherever it stands (RDF 1.1 Turtle,
section 6.4), so that no name in the data can steer a terminal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, XSD, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.model import Term, Triple
from osaid_graph.vocab import BASE, CODE, DCAT3, DEF, OSAID, REQ, RULE

#: The prefixes that are written where they are used.
PREFIXES: dict[str, str] = {
    "osaid": str(OSAID._NS),
    "code": str(CODE),
    "def": str(DEF),
    "policy": BASE + "policy#",
    "req": str(REQ),
    "rule": str(RULE),
    "dcat": str(DCAT3._NS),
    "dcterms": str(DCTERMS),
    "earl": "http://www.w3.org/ns/earl#",
    "foaf": str(FOAF),
    "prov": str(PROV._NS),
    "ptr": "http://www.w3.org/2009/pointers#",
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "https://spdx.org/licenses/",
    "xsd": str(XSD),
}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")
#: What no IRI in angle brackets may hold as it is (RDF 1.1 Turtle, section 6.5).
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_LETTERS = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_DEEPEST = 4
WIDTH = 118

_Described = Mapping[IdentifiedNode, Mapping[URIRef, list[Term]]]


class TurtleText:
    """Writes the terms and blocks of one document.

    Args:
        triples: All statements of the document, whatever graphs they are in: they tell which blank nodes may be
            written in the place where they are named.
    """

    def __init__(self, triples: Iterable[tuple[IdentifiedNode | None, Triple]]) -> None:
        self.used: set[str] = set()
        self._labels: dict[IdentifiedNode, str] = {}
        named: Counter[BNode] = Counter()
        homes: dict[BNode, set[IdentifiedNode | None]] = {}
        owner: dict[BNode, IdentifiedNode] = {}
        for graph, (subject, _, value) in triples:
            for term in (subject, value):
                if isinstance(term, BNode):
                    homes.setdefault(term, set()).add(graph)
            if isinstance(value, BNode):
                named[value] += 1
                owner[value] = subject
        self._inner = {n for n, count in named.items() if count == 1 and len(homes[n]) == 1 and not _round(n, owner)}

    def blocks(self, triples: Iterable[Triple], indent: int = 0) -> list[str]:
        """Return the statements of one graph, a block a subject, IRIs before blank nodes."""
        described: dict[IdentifiedNode, dict[URIRef, list[Term]]] = {}
        for subject, predicate, value in sorted(triples, key=in_order):
            described.setdefault(subject, {}).setdefault(predicate, []).append(value)
        pad = "\n" + " " * (indent + 2)
        return [
            f"{' ' * indent}{self.term(subject)}{pad}{f' ;{pad}'.join(self._said(subject, described, indent + 2))} ."
            for subject in described
            if subject not in self._inner
        ]

    def head(self) -> list[str]:
        """Return the declarations of the prefixes that were used so far."""
        return [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items() if prefix in self.used]

    def term(self, term: Term) -> str:
        """Return one term."""
        if isinstance(term, URIRef):
            return self._iri(term)
        if not isinstance(term, Literal):
            return f"_:{self._labels.setdefault(term, self._label(term))}"
        text = "".join(_LETTERS.get(c) or (c if c.isprintable() else _escape(c)) for c in term)
        if term.language:
            return f'"{text}"@{term.language}'
        return f'"{text}"^^{self._iri(term.datatype)}' if term.datatype is not None else f'"{text}"'

    def _said(self, subject: IdentifiedNode, described: _Described, indent: int) -> list[str]:
        """Return what is said of a node, a predicate with its values each."""
        parts = []
        for predicate, values in described[subject].items():
            name = "a" if predicate == RDF.type else self._iri(predicate)
            written = [self._value(value, described, indent) for value in values]
            line = f"{name} {', '.join(written)}"
            if len(values) > 1 and (indent + len(line) > WIDTH or "\n" in line):
                pad = "\n" + " " * (indent + 2)
                line = f"{name}{pad}" + f",{pad}".join(self._value(value, described, indent + 2) for value in values)
            parts.append(line)
        return parts

    def _value(self, value: Term, described: _Described, indent: int) -> str:
        if not isinstance(value, BNode) or value not in self._inner:
            return self.term(value)
        if value not in described:
            return "[]"
        line = f"[ {' ; '.join(self._said(value, described, indent))} ]"
        if indent + len(line) <= WIDTH and "\n" not in line:
            return line
        pad = "\n" + " " * (indent + 2)
        return f"[{pad}{f' ;{pad}'.join(self._said(value, described, indent + 2))}\n{' ' * indent}]"

    def _iri(self, iri: URIRef) -> str:
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{''.join(c if c.isprintable() and not _NOT_IN_IRI.match(c) else _escape(c) for c in iri)}>"

    def _label(self, node: IdentifiedNode) -> str:
        return str(node) if _LABEL.fullmatch(node) else f"node-{len(self._labels) + 1}"


def in_order(triple: Triple) -> tuple[object, ...]:
    """Return the key by which statements are sorted: subjects, the class first, then values, blank nodes last."""
    subject, predicate, value = triple
    first = (isinstance(subject, BNode), str(subject), predicate != RDF.type, str(predicate))
    return (*first, isinstance(value, BNode), value.n3())


def _round(node: BNode, owner: Mapping[BNode, IdentifiedNode]) -> bool:
    """Tell whether no IRI is behind a blank node within few steps: it is in a circle, or too deep for its place."""
    at: IdentifiedNode | None = node
    for _ in range(_DEEPEST):
        if not isinstance(at, BNode):
            return False
        at = owner.get(at)
    return True


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
