"""Many subjects of one graph assessed at once: what does not depend on the subject is done once.

References are resolved, terms concluded, the lineage completed and the rules run over the whole; each subject then has
its own scope, findings and outcomes. The results are those of :func:`~osaid_graph.assessment.assess.examine` for each
subject. A rule that looks further than a node and its neighbours would see what lies outside the scope of a subject,
so it is run for every subject by itself (:mod:`osaid_graph.validation.reach`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from rdflib import Graph
from rdflib.term import IdentifiedNode

from osaid_graph.assessment.assess import Assessor, Examination, check_size, in_scope, measure, prepare
from osaid_graph.assessment.subject import choose, outermost
from osaid_graph.graph.release import Release
from osaid_graph.lineage.edges import ELEMENTS
from osaid_graph.lineage.scope import Scope, scope
from osaid_graph.validation.definition import DEFAULT_VERSION
from osaid_graph.validation.reach import near_and_far
from osaid_graph.validation.rules import targeted
from osaid_graph.validation.validate import Result, validate

#: Told how many of how many subjects have been assessed.
Progress = Callable[[int, int], None]


def survey(
    release: Release,
    subjects: Iterable[str] | None = None,
    *,
    terms: str | None = None,
    version: str = DEFAULT_VERSION,
    today: datetime.date | None = None,
    progress: Progress | None = None,
) -> tuple[Examination, ...]:
    """Assess many subjects of a release, and keep what each assessment was made from.

    Args:
        release: What the descriptions say.
        subjects: As of :func:`~osaid_graph.assessment.assess.examine`, each; None for all outermost nodes, sorted.
        terms: As of ``examine``.
        version: As of ``examine``.
        today: As of ``examine``.
        progress: Told how many subjects have been assessed.

    Raises:
        NothingToAssessError: No system, model or parameters is described.
        UsageError: No such subject, policy or version.
        InputError: A profile is wrong, a judgement is incomplete or impossible, or more than ``MAX_IN_SCOPE`` nodes
            are in scope of a subject.
    """
    asked = measure(version, terms, today)
    graph = prepare(release)
    nodes = outermost(graph) if subjects is None else [choose(graph, subject) for subject in subjects]
    scopes = [scope(graph, node) for node in dict.fromkeys(nodes)]
    for each in scopes:
        check_size(graph, each)
    if progress is not None:
        progress(0, len(scopes))
    assessor = Assessor(release, graph, asked)
    found = _Results(graph, asked.book.shapes, scopes)
    examinations = []
    for number, each in enumerate(scopes, 1):
        examinations.append(assessor.examination(each, found.of(each)))
        if progress is not None:
            progress(number, len(scopes))
    return tuple(examinations)


class _Results:
    """The results of the rules on the nodes in scope of some subjects, those of near rules found for all at once."""

    def __init__(self, graph: Graph, shapes: Graph, scopes: list[Scope]) -> None:
        self.graph = graph
        near, self.far = near_and_far(shapes, ELEMENTS)
        self.has_far = bool(targeted(self.far))
        results = validate(_around(graph, scopes), near) if targeted(near) else []
        self.by_focus: dict[IdentifiedNode, list[Result]] = {}
        for result in results:
            self.by_focus.setdefault(result.focus, []).append(result)

    def of(self, scope_: Scope) -> list[Result]:
        """Return the results on the nodes in scope of a subject."""
        near = [result for node in scope_.nodes for result in self.by_focus.get(node, ())]
        far = validate(in_scope(self.graph, scope_), self.far) if self.has_far else []
        return sorted([*near, *far], key=lambda result: (result.rule, str(result.focus), str(result.value)))


def _around(graph: Graph, scopes: Iterable[Scope]) -> Graph:
    """Return the statements of all nodes in scope of any subject, and of their neighbours."""
    nodes = {node for each in scopes for node in each.nodes}
    part = Graph()
    for subject in nodes | {value for node in nodes for value in graph.objects(node)}:
        for triple in graph.triples((subject, None, None)):
            part.add(triple)
    return part
