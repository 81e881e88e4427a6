"""Which judgements, of those that stand in documents about several releases, are of the one that is assessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rdflib import RDF, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.graph.ontology import narrower_classes
from osaid_graph.lineage.edges import SUBJECTS
from osaid_graph.reading import Reading
from osaid_graph.vocab import OSAID


def subjects_in(readings: Iterable[Reading]) -> set[Node]:
    """Return what is described as a system, a model or parameters."""
    kinds = {each for kind in SUBJECTS for each in narrower_classes(kind)}
    found: set[Node] = set()
    for reading in readings:
        for statement in reading.statements:
            subject, predicate, value = statement.triple
            if predicate == RDF.type and value in kinds:
                found.add(subject)
    return found


def without_others(reading: Reading, subject: URIRef, known: set[Node], *, is_home: bool) -> Reading:
    """Return a reading without the judgements that concern other releases of the corpus alone.

    Those are judgements on something that is described elsewhere in the corpus, and such as name nothing in a document
    that does not describe the subject: they are on what that document describes.

    Args:
        reading: What a document says.
        subject: What is assessed.
        known: What is described as a system, a model or parameters by all documents that were taken.
        is_home: Whether the document describes the subject.
    """
    judgements: dict[IdentifiedNode, set[Node]] = {}
    for statement in reading.statements:
        node, predicate, value = statement.triple
        if predicate == OSAID.judges or (predicate == RDF.type and value == OSAID.Judgement):
            judgements.setdefault(node, set())
    if not judgements:
        return reading
    for statement in reading.statements:
        node, predicate, value = statement.triple
        if node in judgements and predicate == OSAID.subject:
            judgements[node].add(value)
    others = {
        node
        for node, named in judgements.items()
        if (not named and not is_home) or (subject not in named and not named <= known)
    }
    kept = tuple(statement for statement in reading.statements if statement.triple[0] not in others)
    return replace(reading, statements=kept) if others else reading
