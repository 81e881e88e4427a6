"""Findings and outcomes of all subjects at once: the same as one by one."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pytest
from corpus_families import families
from corpus_tables import ID_OF, tables_of, terms_of
from hypothesis import given, settings
from local_validation import SHARED as LOCAL
from rdflib import RDF, Graph
from rdflib.term import IdentifiedNode, Node

from osaid_graph.assessment.assess import Examination, prepare
from osaid_graph.assessment.survey import survey
from osaid_graph.corpus.outcomes import make_outcomes
from osaid_graph.corpus.relevant import relevant
from osaid_graph.corpus.scope import make_scope
from osaid_graph.corpus.subjects import make_subjects
from osaid_graph.engines import Engine
from osaid_graph.graph.labels import said
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.lineage.edges import SUBJECTS
from osaid_graph.validation.definition import DEFAULT_VERSION, Rulebook, rulebook, versions
from osaid_graph.validation.validate import Result
from osaid_graph.vocab import OSAID

ROOT = Path(__file__).parent.parent.parent
RELEASES = ROOT / "data" / "releases"
FIXTURES = ROOT / "tests" / "fixtures"
DAY = datetime.date(2026, 11, 23)

#: For each subject its kind, its verdict and outcomes, and its findings: rule, focus, value, requirement, outcome, depth.
Told = dict[Node, tuple[str, dict[str, str], set[tuple[str, ...]]]]


class Recorder:
    """Stands in for the validation of a survey, with all its shapes at once, and keeps the results."""

    def __init__(self) -> None:
        self.shapes = Graph()
        self.results: list[Result] = []

    def validate(self, graph: Graph, shapes: Graph) -> list[Result]:
        """Return the results, and keep them; ``shapes`` are those set, which have an identity that lasts."""
        assert len(shapes) == len(self.shapes)
        self.results = LOCAL.validate(graph, self.shapes)
        return self.results


RECORDER = Recorder()


@pytest.fixture(autouse=True)
def recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Validate only what differs from the graphs validated before, and keep the results."""
    monkeypatch.setattr("osaid_graph.assessment.survey.validate", RECORDER.validate)


def by_one(examinations: Iterable[Examination]) -> Told:
    """Return what assessments say."""
    found: Told = {}
    for each in examinations:
        outcomes = {result.requirement.id: result.outcome for result in each.assessment.results}
        findings = {
            (f.rule, f.focus, f.value or "", f.requirement, f.outcome, str(len(f.trace) - 1))
            for f in each.assessment.findings
        }
        told = {"outcome": each.assessment.outcome, **outcomes}
        found[each.scope.subject] = (each.assessment.subject_kind, told, findings)
    return found


def at_once(engine: Engine, release: Release, whole: Graph, subjects: Collection[Node], book: Rulebook) -> Told:
    """Return what the engine says of some subjects, from the graphs and results of the reference.

    A judgement that names no subject is held to be on each of them, as if each were assessed with all documents.
    """
    prepared = prepare(release)
    terms = terms_of(engine, prepared, whole)
    asked = relevant(book).properties
    facts, completed = tables_of(engine, "facts", prepared, asked), tables_of(engine, "whole", whole, asked)
    rows = [
        (result.rule, ID_OF(result.focus), None if result.value is None else ID_OF(result.value))
        for result in RECORDER.results
    ]
    engine.values("results", {"rule": "VARCHAR", "focus": "BIGINT", "value": "BIGINT"}, rows)
    make_subjects(engine, facts)
    kinds = dict(engine.rows("SELECT subject, kind FROM described"))
    chosen = [(ID_OF(each), kinds[ID_OF(each)]) for each in subjects]  # type: ignore[arg-type]
    engine.values("subjects", {"subject": "BIGINT", "kind": "VARCHAR"}, chosen)
    judgements = {*prepared.subjects(RDF.type, OSAID.Judgement), *prepared.subjects(OSAID.judges)}
    held = [(ID_OF(each), subject) for each in judgements for subject, _ in chosen]  # type: ignore[arg-type]
    engine.values("holds", {"judgement": "BIGINT", "subject": "BIGINT"}, held)
    make_scope(engine, facts)
    make_outcomes(engine, facts, completed, book.definition, DAY)
    return told_by(engine, terms, whole)


def told_by(engine: Engine, terms: Mapping[int, Node], whole: Graph) -> Told:
    """Return what the views of outcomes and findings hold."""
    columns = [name for (name,) in engine.rows("SELECT column_name FROM (DESCRIBE outcomes)")]
    found: Told = {}
    for subject, kind, *outcomes in engine.rows("SELECT * FROM outcomes"):
        told = {name: value for name, value in zip(columns[2:], outcomes, strict=True) if value is not None}
        assert terms[subject] not in found
        found[terms[subject]] = (kind, told, set())
    for subject, rule, focus, value, requirement, outcome, depth in engine.rows(
        "SELECT subject, rule, focus, value, requirement, outcome, depth FROM findings"
    ):
        name = f"_:{terms[focus]}" if not str(terms[focus]).startswith("http") else str(terms[focus])
        text = "" if value is None else said(whole, terms[value])
        found[terms[subject]][2].add((rule, name, text, requirement, outcome, str(depth)))
    return found


def every_subject(graph: Graph) -> list[IdentifiedNode]:
    return sorted({each for kind in SUBJECTS for each in graph.subjects(RDF.type, kind)})  # type: ignore[type-var, arg-type]


def alike(engine: Engine, release: Release, version: str = DEFAULT_VERSION) -> Told:
    """Hold that every subject of a release comes out alike, and return what is said of it."""
    book = rulebook(version)
    RECORDER.shapes = book.shapes
    subjects = every_subject(prepare(release))
    examinations = survey(release, map(str, subjects), version=version, today=DAY)
    one = by_one(examinations)
    found = at_once(engine, release, examinations[0].graph, subjects, book)
    assert set(found) == set(one)
    for subject, told in one.items():
        assert found[subject] == told, subject
    return found


# -- the same as one by one --------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", versions())
def test_all_releases_together_come_out_as_one_by_one(engine: Engine, version: str) -> None:
    found = alike(engine, load([str(RELEASES)]), version)
    assert len(found) == 34
    assert {told["outcome"] for _, told, _ in found.values()} == {"not-met", "undetermined"}


@pytest.mark.parametrize("file", sorted(RELEASES.glob("*.yaml")), ids=lambda file: file.stem)
def test_each_release_alone_comes_out_as_when_it_is_checked(engine: Engine, file: Path) -> None:
    assert alike(engine, load([str(file)]))


@settings(max_examples=20)
@given(families())
def test_any_family_comes_out_as_one_by_one(engine: Engine, graph: Graph) -> None:
    release = Release()
    release.graph = graph
    alike(engine, release)
