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


def subject_classes() -> frozenset[URIRef]:
    """Return the classes of systems, models and parameters."""
    return frozenset(each for kind in SUBJECTS for each in narrower_classes(kind))


def subjects_in(readings: Iterable[Reading]) -> set[Node]:
    """Return what is described as a system, a model or parameters."""
    kinds = subject_classes()
    found: set[Node] = set()
    for reading in readings:
        for statement in reading.statements:
            subject, predicate, value = statement.triple
            if predicate == RDF.type and value in kinds:
                found.add(subject)
    return found


def named_in(readings: Iterable[Reading]) -> set[Node]:
    """Return what judgements name as what they are on."""
    return {node for reading in readings for named in _judgements(reading).values() for node in named}


def without_others(reading: Reading, subject: IdentifiedNode, elsewhere: set[Node], *, is_home: bool) -> Reading:
    """Return a reading without the judgements that concern other releases of the corpus alone.

    Those are judgements on something that is described elsewhere in the corpus, and such as name nothing in a document
    that does not describe the subject: they are on what that document describes.

    Args:
        reading: What a document says.
        subject: What is assessed.
        elsewhere: What is described as a system, a model or parameters by other documents alone than were taken.
        is_home: Whether the document describes the subject.
    """
    others = {
        node
        for node, named in _judgements(reading).items()
        if (not named and not is_home) or (subject not in named and not named.isdisjoint(elsewhere))
    }
    kept = tuple(statement for statement in reading.statements if statement.triple[0] not in others)
    return replace(reading, statements=kept) if others else reading


def _judgements(reading: Reading) -> dict[IdentifiedNode, set[Node]]:
    """Return the judgements in a document, and what each of them names."""
    found: dict[IdentifiedNode, set[Node]] = {}
    for statement in reading.statements:
        node, predicate, value = statement.triple
        if predicate == OSAID.judges or (predicate == RDF.type and value == OSAID.Judgement):
            found.setdefault(node, set())
    for statement in reading.statements if found else ():
        node, predicate, value = statement.triple
        if node in found and predicate == OSAID.subject:
            found[node].add(value)
    return found
