"""Findings and outcomes of all subjects at once: the same as one by one."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from corpus_families import families
from corpus_tables import ID_OF, every_subject, tables_of, terms_of
from house_profile import DEFINITION, HEAD, SHAPES, profile
from hypothesis import given, settings
from lineage_graphs import EX
from rdflib import RDF, Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.assessment.assess import Examination, prepare
from osaid_graph.assessment.survey import survey
from osaid_graph.compiler.compile import compile_shapes
from osaid_graph.compiler.plan import Plan
from osaid_graph.compiler.run import run
from osaid_graph.corpus.findings import near_shapes
from osaid_graph.corpus.outcomes import check_ids, make_outcomes
from osaid_graph.corpus.relevant import relevant
from osaid_graph.corpus.scope import make_scope
from osaid_graph.corpus.subjects import make_described
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.errors import InputError
from osaid_graph.graph.labels import name, said
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.lineage.edges import ELEMENTS
from osaid_graph.validation.definition import DEFAULT_VERSION, Rulebook, rulebook, versions
from osaid_graph.validation.reach import near_and_far
from osaid_graph.validation.rules import rules_of, targeted
from osaid_graph.validation.validate import Result
from osaid_graph.vocab import OSAID, token

ROOT = Path(__file__).parent.parent.parent
RELEASES = ROOT / "data" / "releases"
FIXTURES = ROOT / "tests" / "fixtures"
DAY = datetime.date(2026, 11, 23)

#: A finding: rule, focus, value, requirement, outcome, depth.
Found = tuple[str, str, str, str, str, int]
#: For each subject its kind, its verdict and outcomes, and its findings.
Told = dict[Node, tuple[str, dict[str, str], set[Found]]]
Validate = Callable[[Graph, Graph], list[Result]]


# -- one by one --------------------------------------------------------------------------------------------------


class Recorder:
    """Stands in for the validation of a survey, and keeps the results."""

    def __init__(self, validate: Validate) -> None:
        self._validate = validate
        self.results: list[Result] = []

    def validate(self, graph: Graph, shapes: Graph) -> list[Result]:
        """Return the results, and keep them."""
        self.results = self._validate(graph, shapes)
        return self.results


def by_one(examinations: Iterable[Examination]) -> Told:
    """Return what assessments say."""
    found: Told = {}
    for each in examinations:
        outcomes: dict[str, str] = {result.requirement.id: result.outcome for result in each.assessment.results}
        findings: set[Found] = {
            (f.rule, f.focus, f.value or "", f.requirement, f.outcome, len(f.trace) - 1)
            for f in each.assessment.findings
        }
        told = {"outcome": each.assessment.outcome, **outcomes}
        found[each.scope.subject] = (each.assessment.subject_kind, told, findings)
    return found


@cache
def plan_of(version: str) -> Plan:
    """Return the rules of a version as a plan over the tables of :func:`tables_of`."""
    book = rulebook(version)
    tables = Vertical("whole", relevant(book).properties, ID_OF).tables
    return compile_shapes(book.shapes, lambda prop: tables.get(URIRef(prop)))


@cache
def apart(version: str) -> tuple[Graph, Graph]:
    """Return the shapes of a version whose rules look no further than neighbours, and the others."""
    return near_and_far(rulebook(version).shapes, ELEMENTS)


def by_plan(engine: Engine, version: str) -> Validate:
    """Return the validation of the rules of a version, compiled."""

    def validate(graph: Graph, shapes: Graph) -> list[Result]:
        terms = terms_of(engine, graph)
        tables_of(engine, "whole", graph, relevant(rulebook(version)).properties)
        rules = set(rules_of(shapes))
        run(plan_of(version), engine, "results", lambda shape: token(shape) if shape in rules else None)
        return [
            _result(rule, terms[focus], None if value is None else terms[value])
            for rule, focus, value in engine.rows("SELECT rule, focus, value FROM results ORDER BY rule, focus, value")
        ]

    return validate


def by_chance(version: str) -> Validate:
    """Return a validation that finds anything on any node, and always the same."""
    rules = sorted(rulebook(version).definition.rules.values(), key=lambda rule: rule.id)

    def validate(graph: Graph, shapes: Graph) -> list[Result]:
        return [
            _result(rules[number].id, node, value)
            for node in sorted({each for each in graph.subjects() if isinstance(each, IdentifiedNode)}, key=str)
            for number in hashlib.sha256(str(node).encode()).digest()[:2]
            if number < len(rules)
            for value in [None, *sorted(graph.objects(node, rules[number].property), key=str)][: 1 + number % 2]
        ]

    return validate


def _result(rule: str, focus: Node, value: Node | None) -> Result:
    assert isinstance(focus, IdentifiedNode)
    return Result(rule, focus, value, URIRef(EX + "component"))  # type: ignore[arg-type]


# -- at once -----------------------------------------------------------------------------------------------------


def at_once(
    engine: Engine, prepared: Graph, whole: Graph, results: list[Result], subjects: Collection[Node], book: Rulebook
) -> Told:
    """Return what the engine says of some subjects, from the graphs and results of the reference.

    A judgement that names no subject is held to be on each of them, as if each were assessed with all documents.
    """
    terms = terms_of(engine, prepared, whole)
    asked = relevant(book).properties
    facts, completed = tables_of(engine, "facts", prepared, asked), tables_of(engine, "whole", whole, asked)
    rows = [(each.rule, ID_OF(each.focus), None if each.value is None else ID_OF(each.value)) for each in results]
    engine.values("results", {"rule": "VARCHAR", "focus": "BIGINT", "value": "BIGINT"}, rows)
    make_described(engine, facts)
    engine.values("asked", {"subject": "BIGINT"}, [(_id(each),) for each in subjects])
    engine.table("subjects", "SELECT * FROM described WHERE subject IN (SELECT subject FROM asked)")
    judgements = {*prepared.subjects(RDF.type, OSAID.Judgement), *prepared.subjects(OSAID.judges)}
    held = [(_id(judgement), _id(subject)) for judgement in judgements for subject in subjects]
    engine.values("holds", {"judgement": "BIGINT", "subject": "BIGINT"}, held)
    make_scope(engine, facts)
    make_outcomes(engine, facts, completed, book.definition, DAY)
    return told_by(engine, terms, whole)


def _id(term: Node) -> int:
    return ID_OF(term)  # type: ignore[arg-type]


def told_by(engine: Engine, terms: Mapping[int, Node], whole: Graph) -> Told:
    """Return what the views of outcomes and findings hold."""
    columns = [row[0] for row in engine.rows("DESCRIBE outcomes")]
    found: Told = {}
    for subject, kind, *outcomes in engine.rows("SELECT * FROM outcomes"):
        told = {column: value for column, value in zip(columns[2:], outcomes, strict=True) if value is not None}
        assert terms[subject] not in found
        found[terms[subject]] = (kind, told, set())
    query = "SELECT subject, rule, focus, value, requirement, outcome, depth FROM findings"
    for subject, rule, focus, value, requirement, outcome, depth in engine.rows(query):
        text = "" if value is None else said(whole, terms[value])
        found[terms[subject]][2].add((rule, name(terms[focus]), text, requirement, outcome, depth))
    return found


def alike(engine: Engine, release: Release, monkeypatch: pytest.MonkeyPatch, validate: Validate, version: str) -> Told:
    """Hold that every system, model and parameters comes out alike, and return what is said of it."""
    recorder = Recorder(validate)
    monkeypatch.setattr("osaid_graph.assessment.survey.validate", recorder.validate)
    monkeypatch.setattr("osaid_graph.assessment.survey.near_and_far", lambda shapes, of_subjects: apart(version))
    prepared = prepare(release)
    subjects = every_subject(prepared)
    examinations = survey(release, map(str, subjects), version=version, today=DAY)
    one = by_one(examinations)
    found = at_once(engine, prepared, examinations[0].graph, recorder.results, subjects, rulebook(version))
    assert set(found) == set(one)
    for subject, told in one.items():
        assert found[subject] == told, subject
    return found


# -- the same as one by one --------------------------------------------------------------------------------------


def test_all_releases_together_come_out_as_one_by_one(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    validate = by_plan(engine, DEFAULT_VERSION)
    found = alike(engine, load([str(RELEASES)]), monkeypatch, validate, DEFAULT_VERSION)
    assert len(found) == 34
    assert {told["outcome"] for _, told, _ in found.values()} == {"not-met", "undetermined"}


@pytest.mark.parametrize("file", sorted(RELEASES.glob("*.yaml")), ids=lambda file: file.stem)
def test_each_release_alone_comes_out_as_when_it_is_checked(
    engine: Engine, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert alike(engine, load([str(file)]), monkeypatch, by_plan(engine, DEFAULT_VERSION), DEFAULT_VERSION)


@pytest.mark.parametrize("version", versions())
def test_every_member_of_a_family_comes_out_as_by_itself(
    engine: Engine, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = load([str(FIXTURES / "lineage" / "family.ttl")])
    assert len(alike(engine, release, monkeypatch, by_plan(engine, version), version)) == 16


@settings(max_examples=12)
@given(families())
def test_any_family_comes_out_as_one_by_one(engine: Engine, graph: Graph) -> None:
    release = Release()
    release.graph = graph
    with pytest.MonkeyPatch.context() as patch:
        alike(engine, release, patch, by_chance(DEFAULT_VERSION), DEFAULT_VERSION)


@pytest.mark.parametrize(
    ("said_of_data", "said_of_system", "labeling", "tokenizer"),
    [
        (":labeling ex:no", ":hasCode ex:no-tokenizer", "not-applicable", "not-applicable"),
        (':labeling ex:no , "by hand"', ":hasCode ex:no-tokenizer , ex:tokenizer", "met", "met"),
        (':labeling "by hand"', ":hasCode ex:no-tokenizer , ex:other", "met", "not-applicable"),
        (":selection ex:no", ":hasCode ex:no", "met", "met"),
    ],
    ids=["waived", "waived and told", "told", "another waived"],
)
def test_what_is_waived_everywhere_does_not_apply(
    engine: Engine,
    turtle: Callable[[str], Release],
    monkeypatch: pytest.MonkeyPatch,
    said_of_data: str,
    said_of_system: str,
    labeling: str,
    tokenizer: str,
) -> None:
    release = turtle(f"""
        ex:s a :AISystem ; :hasParameters ex:p ; {said_of_system} . ex:p a :Parameters ; :trainedOn ex:d , ex:e .
        ex:d a :Dataset ; {said_of_data} . ex:e a :Dataset ; :labeling ex:no .
        ex:no a :NotApplicable . ex:no-tokenizer a :NotApplicable ; :codeRole code:tokenizer .
        ex:tokenizer a :Code ; :codeRole code:tokenizer . ex:other a :Code ; :codeRole code:training .
    """)
    found = alike(engine, release, monkeypatch, lambda graph, shapes: [], DEFAULT_VERSION)
    _, outcomes, _ = found[URIRef(EX + "s")]
    assert (outcomes["data-info-labeling"], outcomes["code-tokenizer"]) == (labeling, tokenizer)


# -- which rules -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", versions())
def test_many_releases_can_be_held_against_every_shipped_rule(version: str) -> None:
    shapes = rulebook(version).shapes
    assert targeted(near_shapes(rulebook(version))) == targeted(shapes)


def test_a_profile_with_a_rule_that_looks_further_is_refused_by_name(tmp_path: Path) -> None:
    shape = (
        f'{HEAD}my:named.far a sh:PropertyShape ; osaid:requirement my:named ; sh:message "no" ; '
        "sh:targetClass osaid:Dataset ; sh:path [ sh:inversePath osaid:describes ] ; sh:minCount 1 .\n"
    )
    version = profile(tmp_path / "house", DEFINITION, shape)
    with pytest.raises(InputError, match=r"^rule named\.far looks further") as error:
        near_shapes(rulebook(version))
    assert error.value.hint == "leave it out of the profile, or assess releases one by one with osaid-graph check"


@pytest.mark.parametrize("id_", ["subject", "iri", "kind", "outcome", "signature"])
def test_a_requirement_that_is_called_as_a_column_of_outcomes_is_refused_by_name(id_: str) -> None:
    shipped = rulebook().definition
    (first, requirement), *others = shipped.requirements.items()
    check_ids(shipped)
    with pytest.raises(InputError) as raised:
        check_ids(replace(shipped, requirements={first: requirement, id_: requirement, **dict(others)}))
    assert str(raised.value) == f"a corpus cannot tell requirement '{id_}' from its own column of that name"


def test_the_outcomes_against_a_profile_are_those_of_one_by_one(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = profile(tmp_path / "house", DEFINITION, SHAPES)
    release = load([str(RELEASES / "olmo-7b.yaml")])
    found = alike(engine, release, monkeypatch, by_chance(version), version)
    assert all("named" in told for _, told, _ in found.values())
