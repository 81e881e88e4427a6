"""What is exported to other formats, and the ledger of what a format could carry of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rdflib import RDF, BNode, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.assessment.assess import Examination, examine, prepare
from osaid_graph.assessment.subject import choose
from osaid_graph.errors import NothingToAssessError, UsageError
from osaid_graph.graph.labels import label, said
from osaid_graph.graph.ontology import inverses
from osaid_graph.graph.release import Release
from osaid_graph.model import Term, Triple
from osaid_graph.validation.definition import DEFAULT_VERSION
from osaid_graph.vocab import OSAID


@dataclass(frozen=True, slots=True)
class Loss:
    """Statements that a format could not carry: their property, how many, and one of them in words.

    ``kept`` says what was carried in their place, empty for nothing: a quantized copy in a format that knows no more
    than derivation is kept as ``osaid:derivedFrom``.
    """

    predicate: URIRef
    count: int
    example: str
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """A document in another format, and what it leaves out."""

    content: str | bytes
    losses: tuple[Loss, ...]


class Material:
    """The statements of a release as a writer asks for them; whatever it asks for and gets is entered as carried.

    Attributes:
        release: The documents, for the places and sources of statements.
        graph: The prepared graph: references resolved, sub-properties, inverses and activities spelt out. An edge may
            be asked for here in its one direction, whichever end it was stated from.
        examination: The assessment of the subject with its scope; None where there is nothing to assess, or the
            writer has not asked for it.
        choice: What a person asked for by name, for a format that describes one thing of many; empty for nothing.
    """

    def __init__(self, release: Release, examination: Examination | None = None, choice: str = "") -> None:
        self.release = release
        self.examination = examination
        self.choice = choice
        self.graph = prepare(release)
        self.graph.bind("osaid", OSAID)
        self._carried: set[Triple] = set()
        self._instead: dict[Triple, str] = {}

    @property
    def subject(self) -> IdentifiedNode | None:
        """The node that was assessed, and so the root of a format that has one."""
        return self.examination.scope.subject if self.examination else None

    def nodes(self, *kinds: URIRef) -> list[IdentifiedNode]:
        """Return the nodes of any of some classes, sorted, IRIs before blank nodes."""
        found = {node for kind in kinds for node in self.graph.subjects(RDF.type, kind)}
        return sorted((n for n in found if isinstance(n, IdentifiedNode)), key=lambda n: (isinstance(n, BNode), str(n)))

    def peek(self, node: IdentifiedNode, predicate: URIRef) -> list[Term]:
        """Return the values of a property, sorted, without entering them as carried."""
        values = (v for v in self.graph.objects(node, predicate) if isinstance(v, Term))
        return sorted(values, key=lambda value: (isinstance(value, BNode), value.n3()))

    def take(self, node: IdentifiedNode, predicate: URIRef) -> list[Term]:
        """Return the values of a property, sorted, and enter every one as carried."""
        values = self.peek(node, predicate)
        for value in values:
            self.carry(node, predicate, value)
        return values

    def carry(self, node: IdentifiedNode, predicate: URIRef, value: Term) -> None:
        """Enter one statement as carried."""
        self._carried.add((node, predicate, value))

    def carry_instead(self, node: IdentifiedNode, predicate: URIRef, value: Term, kept: str) -> None:
        """Enter one statement as lost, with what stands in its place (``osaid:derivedFrom``)."""
        self._instead[node, predicate, value] = kept

    @property
    def carried(self) -> frozenset[Triple]:
        """Every statement that was carried, each in the direction it was asked for."""
        return frozenset(self._carried)

    def is_carried(self, triple: Triple) -> bool:
        """Tell whether a statement was carried, in its own direction or told from the other end."""
        subject, predicate, value = triple
        if triple in self._carried:
            return True
        if not isinstance(value, IdentifiedNode):
            return False
        return any((value, turned, subject) in self._carried for turned in inverses(predicate))

    def label(self, node: IdentifiedNode) -> str:
        """Return what people call a node."""
        return label(self.graph, node)

    def in_short(self, term: URIRef) -> str:
        """Return a property or class by its prefix, ``osaid:trainedOn``."""
        return self.graph.namespace_manager.normalizeUri(str(term))

    def losses(self) -> tuple[Loss, ...]:
        """Return what was stated and not carried, by property, the most frequent first."""
        found: dict[tuple[URIRef, str], list[Triple]] = {}
        for triple in self._lost():
            found.setdefault((triple[1], self._instead.get(triple, "")), []).append(triple)
        losses = (
            Loss(predicate, len(lost), self._in_words(min(lost)), kept) for (predicate, kept), lost in found.items()
        )
        return tuple(sorted(losses, key=lambda loss: (-loss.count, loss.predicate, loss.kept)))

    def _lost(self) -> Iterator[Triple]:
        for subject, predicate, value in self.release.graph:
            if not (isinstance(subject, IdentifiedNode) and isinstance(predicate, URIRef) and isinstance(value, Term)):
                continue
            if not self.is_carried((subject, predicate, value)):
                yield subject, predicate, value

    def _in_words(self, triple: Triple) -> str:
        subject, predicate, value = triple
        return f"{self.label(subject)} {self.in_short(predicate)} {said(self.graph, value)}"


def add_examination(
    material: Material,
    assessed: str,
    subject: str | None = None,
    *,
    terms: str | None = None,
    version: str = DEFAULT_VERSION,
    today: datetime.date | None = None,
    notify: Callable[[str], None] | None = None,
) -> str:
    """Add the assessment that a format asks for; return why there is none where it would show one, else nothing.

    Args:
        material: What is to be written.
        assessed: ``ASSESSED`` of the writer.
        subject: As of :func:`~osaid_graph.assessment.assess.examine`.
        terms: As of ``examine``.
        version: As of ``examine``.
        today: As of ``examine``.
        notify: As of ``examine``.

    Raises:
        NothingToAssessError: The format is nothing without an assessment, and there is nothing to assess.
        UsageError: As ``examine``; but where several nodes could be meant, a format that merely shows the assessment
            goes without.
    """
    if assessed == "ignores":
        return ""
    if assessed == "shows" and subject is None:
        try:
            choose(material.graph, None)
        except NothingToAssessError:
            return ""
        except UsageError as error:
            return f"without an assessment: {error}; {error.hint}"
    material.examination = examine(
        material.release, subject=subject, terms=terms, version=version, today=today, notify=notify
    )
    return ""
