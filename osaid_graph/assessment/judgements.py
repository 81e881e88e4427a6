"""Judgements recorded in the data: read, checked, and counted where they concern this subject and version."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rdflib import DCTERMS, PROV, RDF, RDFS, Graph, URIRef
from rdflib.namespace import FOAF
from rdflib.term import IdentifiedNode, Node

from osaid_graph.errors import InputError
from osaid_graph.graph.labels import label, name, said
from osaid_graph.graph.release import Release
from osaid_graph.lineage.edges import is_subject
from osaid_graph.model import Definition, Evidence, Judgement, Note
from osaid_graph.sources import Location
from osaid_graph.vocab import OSAID, token

#: What a reviewer may find.
JUDGEABLE = ("met", "not-met", "not-applicable")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a judgement says, whatever it is counted for: checked, with the nodes that it ``names`` as its subjects."""

    requirement: str
    outcome: str
    date: str
    definition: str
    reason: str
    author: IdentifiedNode
    names: tuple[IdentifiedNode, ...]


def judgements(
    release: Release,
    graph: Graph,
    subject: IdentifiedNode,
    definition: Definition,
    today: datetime.date,
    aside: list[Note] | None = None,
) -> list[Judgement]:
    """Return the judgements, sorted; those on another subject or against another version are not counted.

    Args:
        release: What the judgements stand in.
        graph: The same, prepared for assessment.
        subject: What is assessed.
        definition: The version assessed against.
        today: The day that no judgement may be dated after.
        aside: Takes a note on each judgement that is wrong, which is left out then; None to raise what is wrong.

    Raises:
        InputError: A judgement lacks its reason, date, author, outcome or version, is dated after ``today``, is on
            something that is no subject, or is against this version and on a requirement that it does not have.
    """
    nodes = {*graph.subjects(RDF.type, OSAID.Judgement), *graph.subjects(OSAID.judges)}
    found: list[Judgement] = []
    for node in sorted((node for node in nodes if isinstance(node, IdentifiedNode)), key=_place_in(release)):
        try:
            found.append(_judgement(release, graph, node, subject, definition, today))
        except InputError as error:
            if aside is None:
                raise
            aside.append(Note(Location(error.source, error.line), f"set aside: {error.message}"))
    return sorted(found, key=_order)


def _place_in(release: Release) -> Callable[[IdentifiedNode], tuple[str, int, str]]:
    """Return what sorts judgements by document and line, so that of several that are wrong the first is told."""

    def place(node: IdentifiedNode) -> tuple[str, int, str]:
        found = release.location(node)
        return (found.source, found.line or 0, str(node)) if found else ("", 0, str(node))

    return place


def _order(judgement: Judgement) -> tuple[object, ...]:
    said = (judgement.requirement, judgement.date, judgement.by, judgement.outcome, judgement.reason)
    return (
        *said,
        judgement.id_of_author,
        judgement.subject,
        judgement.definition,
        [(e.url, e.retrieved, e.sha256) for e in judgement.evidence],
    )


def _judgement(
    release: Release,
    graph: Graph,
    node: IdentifiedNode,
    subject: IdentifiedNode,
    definition: Definition,
    today: datetime.date,
) -> Judgement:
    place = release.location(node)
    read = recorded(graph, node, definition, today, place)
    independent = _first(graph, node, OSAID.independent)
    ignored = "" if read.definition == definition.id else f"made against {read.definition}, not {definition.id}"
    if read.names and subject not in read.names:
        ignored = f"about {', '.join(sorted(label(graph, other) for other in read.names))}"
    return Judgement(
        requirement=read.requirement,
        outcome=read.outcome,
        subject=_named(read, subject),
        by=str(_first(graph, read.author, FOAF.name) or label(graph, read.author)),
        id_of_author=str(read.author) if isinstance(read.author, URIRef) else "",
        affiliation=str(_first(graph, read.author, OSAID.affiliation) or ""),
        independent=None if independent is None else str(independent).casefold() == "true",
        date=read.date,
        definition=read.definition,
        reason=read.reason,
        evidence=tuple(sorted({e for value in graph.objects(node, OSAID.evidence) for e in _evidence(graph, value)})),
        location=place,
        counted=not ignored,
        ignored_because=ignored,
    )


def recorded(
    graph: Graph, node: IdentifiedNode, definition: Definition, today: datetime.date, place: Location | None = None
) -> Recorded:
    """Return what a judgement says.

    Args:
        graph: The judgement, and the classes of the subjects it names.
        node: The judgement.
        definition: The version assessed against.
        today: The day that it may not be dated after.
        place: Where it stands, for the error.

    Raises:
        InputError: As of :func:`judgements`.
    """
    requirement = _needed(graph, node, OSAID.judges, "requirement", place)
    outcome = _needed(graph, node, OSAID.outcome, "outcome", place)
    date = _needed(graph, node, DCTERMS.date, "date", place)
    version = _needed(graph, node, OSAID.definition, "definition", place)
    reason = _needed(graph, node, RDFS.comment, "reason", place)
    if outcome not in JUDGEABLE:
        raise _wrong(f"a judgement cannot find {outcome!r}", "it finds " + ", ".join(JUDGEABLE), place)
    if version == definition.id:
        _check_requirement(requirement, definition, place)
    date = _day(date, place).isoformat()
    if date > today.isoformat():
        raise _wrong(f"a judgement dated in the future: {date}", "write the day it was made", place)
    author = _first(graph, node, PROV.wasAttributedTo)
    if not isinstance(author, IdentifiedNode):
        raise _wrong("a judgement has no author", "say who judged: by: {name: ..., affiliation: ...}", place)
    return Recorded(requirement, outcome, date, version, reason, author, _subjects(graph, node, place))


def _check_requirement(id_: str, definition: Definition, place: Location | None) -> None:
    """Raise unless a requirement can be judged. One of another version is not ours to check: nobody has to have it."""
    if id_ not in definition.requirements:
        near = difflib.get_close_matches(id_, definition.requirements, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise _wrong(f"a judgement of unknown requirement {id_!r}", f"{hint}osaid-graph explain lists them", place)
    if not definition.requirements[id_].asks_for_something:
        raise _wrong(f"{id_!r} asks for nothing, so it cannot be judged", "osaid-graph explain lists them", place)


def _needed(graph: Graph, node: IdentifiedNode, predicate: URIRef, word: str, place: Location | None) -> str:
    values: list[Node] = sorted(graph.objects(node, predicate), key=str)
    if len(values) != 1 or not str(values[0]).strip():
        how = "more than one" if len(values) > 1 else "no"
        raise _wrong(f"a judgement has {how} {word}", "a judgement says who, when, what and why", place)
    return token(values[0]) if isinstance(values[0], URIRef) else str(values[0])


def _subjects(graph: Graph, node: IdentifiedNode, place: Location | None) -> tuple[IdentifiedNode, ...]:
    named = (other for other in graph.objects(node, OSAID.subject) if isinstance(other, IdentifiedNode))
    subjects = tuple(sorted(named, key=str))
    for other in subjects:
        if not is_subject(graph, other):
            hint = "leave the subject out, or name a system, model or parameters that is described"
            raise _wrong(f"a judgement on {name(other)}, which is none of those described", hint, place)
    return subjects


def _first(graph: Graph, node: IdentifiedNode, predicate: URIRef) -> Node | None:
    """Return the same value in every run and format, of those there are."""
    return min(graph.objects(node, predicate), key=str, default=None)


def _day(text: str, place: Location | None) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise _wrong(f"a judgement has no date: {text!r}", "write the day it was made as YYYY-MM-DD", place) from None


def _wrong(message: str, hint: str, place: Location | None) -> InputError:
    return InputError(message, hint, source=place.source if place else "", line=place.line if place else None)


def agreed(found: Iterable[Judgement]) -> str | None:
    """Return the outcome that all counted judgements share, ``disputed`` where they differ, None without any."""
    outcomes = {judgement.outcome for judgement in found if judgement.counted}
    if not outcomes:
        return None
    return outcomes.pop() if len(outcomes) == 1 else "disputed"


def _named(read: Recorded, subject: IdentifiedNode) -> str:
    """Return what a judgement names: of several the subject assessed, else the same one in every run."""
    return name(subject) if subject in read.names else min(map(name, read.names), default="")


def _evidence(graph: Graph, value: Node) -> Iterator[Evidence]:
    """Yield a piece of evidence with what is stated of the document; a text that says nothing is none."""
    url = said(graph, value)
    if not url.strip():
        return
    days = sorted({str(day) for day in graph.objects(value, OSAID.retrieved)})
    digests = sorted({str(digest) for digest in graph.objects(value, OSAID.sha256)})
    if len(days) > 1 or len(digests) > 1:
        yield from (Evidence(url, retrieved=day) for day in days)
        yield from (Evidence(url, sha256=digest) for digest in digests)
    else:
        yield Evidence(url, "".join(days), "".join(digests))
