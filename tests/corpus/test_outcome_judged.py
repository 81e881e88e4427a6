"""What reviewers recorded, and whom it counts for; and who is excused from what binds machine learning."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

import pytest
from corpus_tables import ID_OF, every_subject, tables_of, terms_of
from lineage_graphs import EX
from rdflib import URIRef

from osaid_graph.assessment.assess import prepare
from osaid_graph.assessment.binding import excused
from osaid_graph.corpus.outcome_excused import make_excused
from osaid_graph.corpus.outcome_judged import make_judged
from osaid_graph.corpus.relevant import relevant
from osaid_graph.corpus.subjects import make_subjects
from osaid_graph.engines import Engine
from osaid_graph.graph.release import Release
from osaid_graph.validation.definition import rulebook

DAY = datetime.date(2026, 11, 23)
REVIEWED = """
ex:a a :AISystem ; :hasParameters ex:p . ex:b a :AISystem ; :hasParameters ex:p . ex:p a :Parameters .
ex:by a prov:Agent .
ex:j1 a :Judgement ; :judges req:data-info-sufficient ; :outcome code:met ; dcterms:date "2025-01-01" ;
    :definition def:1.0-rc1 ; rdfs:comment "read" ; prov:wasAttributedTo ex:by .
"""


def judged(
    engine: Engine, turtle: Callable[[str], Release], text: str, holds: Iterable[tuple[str, str]] = ()
) -> dict[str, dict[str, str]]:
    """Return what judgements say of subjects, and under an empty name why judgements are left out."""
    graph = prepare(turtle(text))
    terms = {id_: str(term).removeprefix(EX) for id_, term in terms_of(engine, graph).items()}
    facts = tables_of(engine, "facts", graph, relevant(rulebook()).properties)
    make_subjects(engine, facts)
    held = [(ID_OF(URIRef(EX + judgement)), ID_OF(URIRef(EX + subject))) for judgement, subject in holds]
    engine.values("holds", {"judgement": "BIGINT", "subject": "BIGINT"}, held)
    make_judged(engine, facts, rulebook().definition, DAY)
    found: dict[str, dict[str, str]] = {}
    for subject, requirement, outcome in engine.rows("SELECT subject, requirement, said FROM judged"):
        found.setdefault(terms[subject], {})[requirement] = outcome
    for judgement, reason in engine.rows("SELECT judgement, reason FROM rejected_judgements"):
        found.setdefault("", {})[terms[judgement]] = reason
    return found


def test_a_judgement_that_names_no_subject_is_on_what_its_document_describes(
    engine: Engine, turtle: Callable[[str], Release]
) -> None:
    assert judged(engine, turtle, REVIEWED) == {}
    assert judged(engine, turtle, REVIEWED, [("j1", "b")]) == {"b": {"data-info-sufficient": "met"}}


def test_a_judgement_that_names_a_subject_is_on_that_alone(engine: Engine, turtle: Callable[[str], Release]) -> None:
    text = REVIEWED + "ex:j1 :subject ex:a , ex:p ."
    assert judged(engine, turtle, text, [("j1", "b")]) == {"a": {"data-info-sufficient": "met"}}


def test_a_judgement_on_another_version_does_not_count(engine: Engine, turtle: Callable[[str], Release]) -> None:
    text = REVIEWED.replace("def:1.0-rc1", "def:1.0") + "ex:j1 :subject ex:a ."
    assert judged(engine, turtle, text) == {}


def test_judgements_that_differ_leave_a_requirement_disputed(engine: Engine, turtle: Callable[[str], Release]) -> None:
    other = REVIEWED.partition("ex:by a prov:Agent .")[2].replace("ex:j1", "ex:j2").replace("code:met", "code:not-met")
    text = f"{REVIEWED}{other} ex:j2 :subject ex:a ."
    assert judged(engine, turtle, text, [("j1", "a"), ("j1", "b")]) == {
        "a": {"data-info-sufficient": "disputed"},
        "b": {"data-info-sufficient": "met"},
    }


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('rdfs:comment "read" ;', "", "a judgement has no reason"),
        ("2025-01-01", "2031-01-01", "a judgement dated in the future: 2031-01-01"),
        ("code:met", "code:needs-judgement", "a judgement cannot find 'needs-judgement'"),
        ("req:data-info-sufficient", "req:no-such", "a judgement of unknown requirement 'no-such'"),
        (
            ":judges",
            ":subject ex:by ; :judges",
            "a judgement on https://example.org/by, which is none of those described",
        ),
    ],
)
def test_a_judgement_that_is_wrong_is_left_out_and_the_rest_counts(
    engine: Engine, turtle: Callable[[str], Release], old: str, new: str, reason: str
) -> None:
    second = REVIEWED.partition("ex:by a prov:Agent .")[2].replace("ex:j1", "ex:j2")
    text = REVIEWED + second.replace(old, new)
    found = judged(engine, turtle, text, [("j1", "a"), ("j2", "b")])
    assert found == {"a": {"data-info-sufficient": "met"}, "": {"j2": reason}}


def test_a_rule_based_system_without_anything_trained_is_excused(
    engine: Engine, turtle: Callable[[str], Release]
) -> None:
    graph = prepare(
        turtle("""
        ex:chess a :AISystem ; :technique code:rule-based ; :hasCode [ a :Code ; :codeRole code:inference ] .
        ex:quiet a :AISystem ; :technique code:rule-based ; :trainedOn [ a :NotApplicable ] .
        ex:both a :AISystem ; :technique code:rule-based , code:machine-learning .
        ex:trained a :AISystem ; :technique code:rule-based ; :trainedOn ex:d . ex:d a :Dataset .
        ex:training a :AISystem ; :technique code:rule-based ; :hasCode [ a :Code ; :codeRole code:training ] .
        ex:told a :AISystem ; :technique code:rule-based ; :hasDataInformation "none" .
        ex:model a :AISystem , :Model ; :technique code:rule-based .
        ex:plain a :AISystem .
        """)
    )
    terms = terms_of(engine, graph)
    facts = tables_of(engine, "facts", graph, relevant(rulebook()).properties)
    make_subjects(engine, facts)
    make_excused(engine, facts)
    found = {str(terms[subject]).removeprefix(EX) for (subject,) in engine.rows("SELECT subject FROM excused")}
    assert found == {"chess", "quiet"}
    definition = rulebook().definition
    assert found == {str(each).removeprefix(EX) for each in every_subject(graph) if excused(graph, each, definition)}
