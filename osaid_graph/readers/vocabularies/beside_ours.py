"""Provenance beside a description in our own words: what it says once more, and what is said of the bundles.

A document of PROV that we wrote, or that uses our terms, says of a pair of nodes both that one was derived from the
other and, in our words, how. Then the relation of PROV tells nothing, and what one would conclude from it would be
said twice, the second time less exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rdflib import DCTERMS, PROV, RDF, BNode, Literal
from rdflib.term import IdentifiedNode

from osaid_graph.model import Term, Triple
from osaid_graph.reading import Statement
from osaid_graph.vocab import BASE, OSAID

_OURS, _PROV = str(OSAID._NS), str(PROV._NS)
_LINKS = frozenset((DCTERMS.creator, DCTERMS.publisher, DCTERMS.isVersionOf))
_QUALIFIED = _PROV + "qualified"
_INFLUENCERS = frozenset((PROV.entity, PROV.activity, PROV.agent, PROV.influencer))
_BUNDLES = frozenset((PROV.Bundle, OSAID.SourceDocument))


def is_ours(triple: Triple) -> bool:
    """Tell whether a statement is one in our own vocabulary: its property, or the class it names."""
    _, predicate, value = triple
    return predicate.startswith(BASE) or (predicate == RDF.type and str(value).startswith(_OURS))


class OwnWords:
    """What a document says in our words."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._pairs: set[tuple[Term, Term]] = set()
        self._told: set[tuple[Term, Term]] = set()
        self._linked: set[Term] = set()
        self._bundles: set[Term] = set()
        told = tuple(statements)
        self._stated = {each.triple for each in told if is_ours(each.triple)}
        self._bundles |= {each.graph for each in told if each.graph is not None}
        self._bundles |= {each.triple[0] for each in told if each.triple[1] == RDF.type and each.triple[2] in _BUNDLES}
        for statement in told:
            subject, predicate, value = statement.triple
            if subject in self._bundles and isinstance(value, BNode):
                self._bundles.add(value)  # who read it, how it was quoted
            if predicate == RDF.type:
                if str(value).startswith(_OURS):
                    self._told.add((subject, predicate))
            elif isinstance(value, Literal):
                self._told.add((subject, predicate))
            elif predicate.startswith(_OURS) or predicate in _LINKS:
                self._pairs |= {(subject, value), (value, subject)}
                self._linked |= {subject, value}
        self._qualified = self._repeated(told)
        self._linked |= {o for s, p, o in (x.triple for x in told) if p == PROV.wasAttributedTo and self.describes(s)}

    def _repeated(self, statements: Iterable[Statement]) -> frozenset[Term]:
        """Return the nodes of qualified relations between two nodes that our words link."""
        of = {v: s for s, p, v in (each.triple for each in statements) if p.startswith(_QUALIFIED)}
        ends = [(s, v) for s, p, v in (each.triple for each in statements) if p in _INFLUENCERS and s in of]
        return frozenset(node for node, end in ends if (of[node], end) in self._pairs)

    def others(self, statements: Sequence[Statement]) -> list[Statement]:
        """Return the statements without those of PROV that our words make superfluous, or that are about bundles."""
        return [
            each
            for each in statements
            if each.triple[0] not in self._bundles
            and self._qualified.isdisjoint(each.triple)
            and (is_ours(each.triple) or not self.repeats(each.triple))
        ]

    def news(self, statements: Sequence[Statement]) -> list[Statement]:
        """Return the statements that tell something new of what is described in our words.

        That is no statement that is there already in whatever graph, no class or text of what has its class, or that
        text, in our words, and no parameters of which only that they are there is known.
        """
        triples = [each.triple for each in statements]
        made_up = {v for s, p, v in triples if p == OSAID.hasParameters and (s, RDF.type) in self._told}
        made_up -= {subject for subject, predicate, _ in triples if predicate != RDF.type}
        return [
            each
            for each in statements
            if each.triple not in self._stated
            and not self._has(each.triple)
            and not (each.triple[1] == OSAID.hasParameters and each.triple[2] in made_up)
            and each.triple[0] not in made_up
        ]

    def describes(self, node: IdentifiedNode) -> bool:
        """Tell whether a node has its class in our words, is linked by them to another, or is a bundle."""
        return (node, RDF.type) in self._told or node in self._linked or node in self._bundles

    def repeats(self, triple: Triple) -> bool:
        """Tell whether a statement is in our words, or of PROV about a pair of nodes that our words link."""
        subject, predicate, value = triple
        return is_ours(triple) or (predicate.startswith(_PROV) and (subject, value) in self._pairs)

    def _has(self, triple: Triple) -> bool:
        subject, predicate, value = triple
        return (predicate == RDF.type or isinstance(value, Literal)) and (subject, predicate) in self._told
