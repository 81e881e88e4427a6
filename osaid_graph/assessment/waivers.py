"""Waivers recorded in the data: read, checked, and in force where their document describes the subject.

A waiver changes no outcome: it names gaps, which stay what they are (:mod:`osaid_graph.tolerated`).
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Sequence
from typing import Protocol

from rdflib import PROV, RDF, RDFS, Graph, URIRef
from rdflib.namespace import FOAF
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError
from osaid_graph.graph.labels import label, name
from osaid_graph.graph.release import Release
from osaid_graph.lineage.edges import SUBJECTS, components
from osaid_graph.model import Definition, Note, Requirement
from osaid_graph.sources import Location
from osaid_graph.tolerated import GAPS, Waiver
from osaid_graph.vocab import OSAID, token


class Gap(Protocol):
    """What waivers look at of a finding."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def rule(self) -> str: ...  # noqa: D102
    @property
    def requirement(self) -> str: ...  # noqa: D102
    @property
    def outcome(self) -> str: ...  # noqa: D102
    @property
    def focus(self) -> str: ...  # noqa: D102


class Said(Protocol):
    """What waivers look at of a judgement."""

    @property
    def counted(self) -> bool: ...  # noqa: D102


class Result(Protocol):
    """What waivers look at of the outcome of a requirement."""

    @property
    def requirement(self) -> Requirement: ...  # noqa: D102
    @property
    def outcome(self) -> str: ...  # noqa: D102
    @property
    def findings(self) -> Sequence[Gap]: ...  # noqa: D102
    @property
    def bearing(self) -> Sequence[Gap]: ...  # noqa: D102
    @property
    def judgements(self) -> Sequence[Said]: ...  # noqa: D102


def waivers(
    release: Release,
    graph: Graph,
    subject: IdentifiedNode,
    definition: Definition,
    today: datetime.date,
    results: Iterable[Result],
    aside: list[Note] | None = None,
) -> tuple[Waiver, ...]:
    """Return the waivers of a release, sorted, each with the gaps that it names.

    A waiver acts on a subject that its own document describes, and that is, or is part of, what the waiver is of: the
    description of data or of a base, which is somebody else's, waives nothing of who uses it.

    Args:
        release: What the waivers stand in.
        graph: The same, prepared for assessment.
        subject: What is assessed.
        definition: The version assessed against.
        today: The day of the assessment.
        results: What the assessment came to.
        aside: Takes a note on each waiver that is wrong, which is left out then; None to raise what is wrong.

    Raises:
        InputError: A waiver lacks its requirement, reason or day.
    """
    edges = [(whole, node) for whole, node in release.graph.subject_objects(OSAID.gapWaiver)]
    loose = set(release.graph.subjects(RDF.type, OSAID.GapWaiver)) - {node for _, node in edges}
    if not edges and not loose:
        return ()
    reader = _Reader(release, graph, subject, definition, today, tuple(results))
    found: list[Waiver] = []
    for whole, node in [*edges, *((None, node) for node in loose)]:
        if not isinstance(node, IdentifiedNode):
            continue
        try:
            found.append(reader.waiver(whole if isinstance(whole, IdentifiedNode) else None, node))
        except InputError as error:
            if aside is None:
                raise
            aside.append(Note(Location(error.source, error.line), f"set aside: {error.message}"))
    return tuple(sorted(dict.fromkeys(found), key=_order))


def idle_notes(found: Iterable[Waiver]) -> list[Note]:
    """Return a note on each waiver that acts on the subject and names no gap."""
    idle = [w for w in found if w.idle and w.standing != "ignored"]
    return [Note(w.location or Location(""), f"the waiver of {w.of} matches nothing: {w.idle}") for w in idle]


def _order(waiver: Waiver) -> tuple[object, ...]:
    at = waiver.location
    place = (at.source, at.line or 0) if at else ("", 0)
    return *place, waiver.of, waiver.on, waiver.until, waiver.by, waiver.reason


class _Reader:
    def __init__(
        self,
        release: Release,
        graph: Graph,
        subject: IdentifiedNode,
        definition: Definition,
        today: datetime.date,
        results: tuple[Result, ...],
    ) -> None:
        self.release, self.graph, self.subject = release, graph, subject
        self.definition, self.today, self.results = definition, today, results
        kinds = [(subject, RDF.type, kind) for kind in graph.objects(subject, RDF.type) if kind in SUBJECTS]
        self.home = {document for said in kinds for document in release.documents(*said)}  # type: ignore[arg-type]

    def waiver(self, whole: IdentifiedNode | None, node: IdentifiedNode) -> Waiver:
        """Return what a waiver says, and how it stands."""
        place = self.release.location(node)
        of = token(self._one(node, OSAID.waivesGapOf, "requirement", place))
        reason = str(self._one(node, RDFS.comment, "reason", place))
        until = self._day(str(self._one(node, OSAID.waivedUntil, "day until which it holds", place)), place)
        at = list(self.graph.objects(node, OSAID.waivesGapAt))
        if len(at) > 1 or any(not isinstance(each, IdentifiedNode) for each in at):
            raise _wrong("a waiver is on one node, by its IRI", "write a waiver for each node", place)
        on = at[0] if at and isinstance(at[0], IdentifiedNode) else None
        because = self._ignored(whole, node)
        gaps = self._gaps(of, "" if on is None else name(on))
        return Waiver(
            of=of,
            on="" if on is None else name(on),
            on_label="" if on is None else label(self.graph, on),
            reason=reason,
            by=self._author(node),
            until=until.isoformat(),
            location=place,
            standing="ignored" if because else "active" if self.today <= until else "expired",
            because=because,
            findings=tuple(finding.id for finding in gaps),
            idle="" if gaps or self._covers_outcome(of, on) else self._idle(of, on),
        )

    def _ignored(self, whole: IdentifiedNode | None, node: IdentifiedNode) -> str:
        """Return why a waiver does not act on the subject, in a clause; empty where it does."""
        if whole is None:
            return "it is of nothing: no release is linked to it"
        if not self._is_part(whole):
            return f"it is of {label(self.graph, whole)}"
        if self.home.isdisjoint(self.release.documents(whole, OSAID.gapWaiver, node)):
            return f"its document does not describe {label(self.graph, self.subject)}"
        return ""

    def _is_part(self, whole: IdentifiedNode) -> bool:
        """Tell whether the subject is, or is part of, what a waiver is of."""
        seen, waiting = {whole}, [whole]
        while waiting:
            node = waiting.pop()
            parts = {part for predicate in components() for part in self.graph.objects(node, predicate)}
            fresh = [part for part in parts if isinstance(part, IdentifiedNode) and part not in seen]
            seen.update(fresh)
            waiting += fresh
        return self.subject in seen

    def _gaps(self, of: str, on: str) -> list[Gap]:
        found = (finding for result in self.results for finding in result.findings)
        named = (f for f in found if of in (f.requirement, f.rule) and f.outcome in GAPS)
        return [finding for finding in named if on in ("", finding.focus)]

    def _covers_outcome(self, of: str, on: IdentifiedNode | None) -> bool:
        """Tell whether a waiver covers a gap that is found elsewhere, and bears on its requirement, or was judged."""
        for result in self.results:
            if result.requirement.id == of and result.outcome in GAPS:
                judged = any(judgement.counted for judgement in result.judgements)
                bearing = [f for f in result.bearing if f.outcome in GAPS and (on is None or f.focus == name(on))]
                return bool(bearing) or (judged and on is None)
        return False

    def _idle(self, of: str, on: IdentifiedNode | None) -> str:
        requirement = self.definition.requirements.get(of)
        if requirement is None and of not in self.definition.rules:
            near = difflib.get_close_matches(of, [*self.definition.requirements, *self.definition.rules], n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            return f"{self.definition.title} has no such requirement or rule{hint}"
        if requirement is not None and requirement.includes:
            return f"it includes others, of which each is waived by itself: {', '.join(requirement.includes)}"
        return "no gap of it is found" + (f" at {label(self.graph, on)}" if on is not None else "")

    def _author(self, node: IdentifiedNode) -> str:
        author = min(self.graph.objects(node, PROV.wasAttributedTo), key=str, default=None)
        if not isinstance(author, IdentifiedNode):
            return str(author or "")
        return str(min(self.graph.objects(author, FOAF.name), key=str, default="") or label(self.graph, author))

    def _one(self, node: IdentifiedNode, predicate: URIRef, word: str, place: Location | None) -> object:
        values = sorted(self.graph.objects(node, predicate), key=str)
        if len(values) != 1 or not str(values[0]).strip():
            how = "more than one" if len(values) > 1 else "no"
            raise _wrong(f"a waiver has {how} {word}", "a waiver says of what, why, and until when", place)
        return values[0]

    @staticmethod
    def _day(text: str, place: Location | None) -> datetime.date:
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            hint = "write the last day on which it holds as YYYY-MM-DD"
            raise _wrong(f"a waiver until no day: {text!r}", hint, place) from None


def _wrong(message: str, hint: str, place: Location | None) -> InputError:
    return InputError(message, hint, source=place.source if place else "", line=place.line if place else None)
