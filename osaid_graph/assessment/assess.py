"""The whole way from a release to its assessment."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rdflib import Graph
from rdflib.term import IdentifiedNode

from osaid_graph import __version__
from osaid_graph.assessment.binding import excused
from osaid_graph.assessment.concern import Concern
from osaid_graph.assessment.derived import derive
from osaid_graph.assessment.findings import FindingBuilder
from osaid_graph.assessment.judgements import judgements
from osaid_graph.assessment.notes import Notes
from osaid_graph.assessment.outcomes import Grounds, Outcomes, Structure, agreements, not_assessed, verdict
from osaid_graph.assessment.subject import choose, kind_of
from osaid_graph.assessment.waivers import idle_notes, waivers
from osaid_graph.errors import InputError
from osaid_graph.graph.activities import expand_activities
from osaid_graph.graph.axioms import leave_out_axioms
from osaid_graph.graph.conclusions import conclude
from osaid_graph.graph.labels import label, name
from osaid_graph.graph.ontology import entail
from osaid_graph.graph.references import resolve_references
from osaid_graph.graph.release import Release
from osaid_graph.lineage.completion import complete
from osaid_graph.lineage.edges import ELEMENTS, is_subject
from osaid_graph.lineage.scope import Scope, scope
from osaid_graph.model import Assessment, Finding, Note
from osaid_graph.sources import Location
from osaid_graph.terms import DEFAULT_POLICY, Policy, catalogue, policy
from osaid_graph.validation.definition import DEFAULT_VERSION, Rulebook, rulebook
from osaid_graph.validation.label_schemes import label_schemes
from osaid_graph.validation.validate import Result, validate

#: Nodes in scope of one subject: pySHACL needs some 15 ms for a described dataset, so this is five minutes.
MAX_IN_SCOPE = 20_000
#: Nodes in scope above which whoever waits is told.
LONG_SCOPE = 100
#: Lines shown of an entry that is to be replaced.
MAX_SHOWN = 6


def prepare(release: Release) -> Graph:
    """Return a copy of the release's graph with references resolved and the fixed entailment added.

    What it says of the vocabulary itself is left out (:mod:`osaid_graph.graph.axioms`).
    """
    graph = Graph()
    graph += release.graph
    leave_out_axioms(graph)
    entail(graph)  # an edge may be told from its other end
    expand_activities(graph)
    resolve_references(graph)
    entail(graph)
    return graph


@dataclass(frozen=True, slots=True, eq=False)
class Examination:
    """An assessment with what it was made from: the release, its completed graph and the scope of the subject."""

    release: Release
    graph: Graph
    scope: Scope
    assessment: Assessment


def assess(
    release: Release,
    *,
    subject: str | None = None,
    terms: str | None = None,
    version: str = DEFAULT_VERSION,
    today: datetime.date | None = None,
    notify: Callable[[str], None] | None = None,
) -> Assessment:
    """Assess a release against a version of the definition under a terms policy; see :func:`examine`."""
    return examine(release, subject=subject, terms=terms, version=version, today=today, notify=notify).assessment


def examine(
    release: Release,
    *,
    subject: str | None = None,
    terms: str | None = None,
    version: str = DEFAULT_VERSION,
    today: datetime.date | None = None,
    notify: Callable[[str], None] | None = None,
) -> Examination:
    """Assess a release against a version of the definition under a terms policy, and keep what that was made from.

    Args:
        release: What the descriptions say.
        subject: ``system``, ``model``, ``parameters``, an IRI or a Hub id; None for the outermost node.
        terms: The id of a policy of ``data/licenses/policies.json``; None for that of the version.
        version: The id of a version of the definition, or the folder of a profile.
        notify: Told in a sentence when the work ahead will take more than a second or two.
        today: The day of the assessment, which judgements may not be dated after; the current day if None.

    Raises:
        NothingToAssessError: No system, model or parameters is described.
        UsageError: No such subject, policy or version.
        InputError: A profile is wrong, a judgement or a waiver is incomplete or impossible and not set aside, or more
            than ``MAX_IN_SCOPE`` nodes are in scope.
    """
    asked = measure(version, terms, today)
    graph = prepare(release)
    scope_ = scope(graph, choose(graph, subject))
    check_size(graph, scope_)
    if notify and len(scope_.nodes) > LONG_SCOPE:
        notify(f"checking {len(scope_.nodes):,} nodes ...")
    assessor = Assessor(release, graph, asked)
    return assessor.examination(scope_, validate(in_scope(graph, scope_), asked.book.shapes))


@dataclass(frozen=True, slots=True)
class Measure:
    """What releases are held against: a version of the definition, a terms policy, and the day it is done."""

    book: Rulebook
    policy: Policy
    day: datetime.date


def measure(version: str, terms: str | None, today: datetime.date | None) -> Measure:
    """Return what releases are held against; see :func:`examine`.

    Raises:
        UsageError: No such policy or version.
        InputError: A profile is wrong.
    """
    book = rulebook(version)
    return Measure(book, policy(terms or book.definition.policy or DEFAULT_POLICY), today or datetime.date.today())


def check_size(graph: Graph, scope_: Scope) -> None:
    """Refuse a scope that would take minutes.

    Raises:
        InputError: More than ``MAX_IN_SCOPE`` nodes are in scope.
    """
    size = len(scope_.nodes)
    if size > MAX_IN_SCOPE:
        raise InputError(
            f"{size:,} nodes are in scope of {label(graph, scope_.subject)}, more than the {MAX_IN_SCOPE:,} "
            "checked at once",
            "describe shards or pages of a dataset as one dataset",
        )


class Assessor:
    """Assesses subjects of one graph, which it concludes the terms of and completes.

    Args:
        release: The documents.
        graph: The prepared graph, from which the scopes of all subjects have been taken.
        asked: What they are held against.
    """

    def __init__(self, release: Release, graph: Graph, asked: Measure) -> None:
        self.release = release
        self.graph = graph
        self.asked = asked
        self.conclusions = conclude(graph, asked.policy)
        complete(graph)
        self.notes = Notes(release, graph)

    def examination(self, scope_: Scope, found: Iterable[Result]) -> Examination:
        """Return the examination of the subject of a scope from what the rules found on the nodes in it.

        Raises:
            InputError: A judgement or a waiver is incomplete or impossible, and not set aside.
        """
        release, graph, asked, node = self.release, self.graph, self.asked, scope_.subject
        definition = asked.book.definition
        unbound = excused(graph, node, definition)
        findings = FindingBuilder(release, graph, scope_, definition, self.conclusions, unbound).build(found)
        aside: list[Note] = []
        recorded = judgements(release, graph, node, definition, asked.day, aside if release.sets_aside else None)
        fired = {finding.rule for finding in findings}
        grounds = Grounds(fired, agreements(recorded), unbound, Concern(graph, scope_).idle)
        results = Outcomes(Structure(definition), grounds).results(findings, recorded)
        waived = waivers(release, graph, node, definition, asked.day, results, aside if release.sets_aside else None)
        assessment = Assessment(
            tool_version=__version__,
            date=asked.day.isoformat(),
            definition=definition,
            policy=asked.policy.id,
            license_list=catalogue().list_version,
            license_list_date=catalogue().list_released,
            inputs=tuple(release.sources),
            subject=name(node),
            subject_label=label(graph, node),
            subject_kind=kind_of(graph, node),
            outcome=verdict(definition, results),
            results=results,
            not_assessed=not_assessed(definition, results),
            snippets=_snippets(release, findings),
            elsewhere=tuple(each for each in recorded if not definition.asks_for(each.requirement)),
            derived=derive(graph, node, asked.policy, label_schemes()),
            notes=self.notes.of(node, [*aside, *idle_notes(waived)]),
            waivers=waived,
        )
        return Examination(release, graph, scope_, assessment)


def in_scope(graph: Graph, scope_: Scope) -> Graph:
    """Return the part of a graph that the rules need for the nodes in scope: their statements and their neighbours'.

    What is asked of a release as a whole is asked of the subject and its bases alone, so the elements that their
    parts share with them are left out.
    """
    nodes = scope_.nodes
    neighbours = {value for node in nodes for value in graph.objects(node)} | nodes
    part = Graph()
    for node in neighbours:
        shares = node not in scope_.entries and isinstance(node, IdentifiedNode) and is_subject(graph, node)
        for triple in graph.triples((node, None, None)):
            if not (shares and triple[1] in ELEMENTS):
                part.add(triple)
    return part


def _snippets(release: Release, findings: list[Finding]) -> dict[Location, str]:
    places = {place for f in findings for place in (f.location, *(c.location for c in f.claims)) if place}
    lines = {place: release.line(place) for place in places}
    whole = {f.location for f in findings if f.location and f.claims and f.remedy.action == "replace"}
    lines.update((place, release.entry(place, MAX_SHOWN)) for place in whole)
    return {place: line for place, line in lines.items() if line is not None}
