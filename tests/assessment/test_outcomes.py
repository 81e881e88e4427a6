"""From findings to the outcome of a requirement, and from those to the verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from edited_releases import MAIN, RELEASES, assessed, borealis, edited
from manifest_text import ManifestText

from osaid_graph.assessment.assess import assess
from osaid_graph.assessment.outcomes import not_assessed, verdict, worst
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.model import Assessment, RequirementOutcome, RequirementResult, Verdict
from osaid_graph.validation.definition import definition

WORST_FIRST: tuple[RequirementOutcome, ...] = ("not-met", "not-evidenced", "needs-judgement", "met", "not-applicable")


def outcomes(assessment: Assessment) -> dict[str, RequirementOutcome]:
    return {result.requirement.id: result.outcome for result in assessment.results}


def changed(before: Assessment, after: Assessment) -> dict[str, RequirementOutcome]:
    return dict(sorted(set(outcomes(after).items()) - set(outcomes(before).items())))


@pytest.fixture(scope="module")
def clean() -> Assessment:
    return assess(load([str(RELEASES / MAIN)]))


# -- precedence ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", range(1, 6))
def test_the_worst_outcome_counts_and_not_applicable_never_weighs(size: int) -> None:
    for found in combinations(WORST_FIRST, size):
        assert worst(found) == found[0]
        assert worst(reversed(found)) == found[0]


def test_without_parts_nothing_applies() -> None:
    assert worst([]) == "not-applicable"


@pytest.mark.parametrize(
    ("binding", "example", "expected"),
    [
        ("met", "met", "met"),
        ("not-applicable", "met", "met"),
        ("needs-judgement", "met", "undetermined"),
        ("not-evidenced", "met", "undetermined"),
        ("not-met", "met", "not-met"),
        ("met", "not-met", "met"),
        ("met", "not-evidenced", "met"),
        ("met", "needs-judgement", "met"),
        ("not-applicable", "not-met", "met"),
    ],
)
def test_the_verdict_is_that_of_the_requirements_that_bind(
    binding: RequirementOutcome, example: RequirementOutcome, expected: Verdict
) -> None:
    known = definition().requirements
    pair = {name: known[name] for name in ("data-info-scope", "params-optimizer-state")}
    results = [
        RequirementResult(pair["data-info-scope"], binding, binding, (), ()),
        RequirementResult(pair["params-optimizer-state"], example, example, (), ()),
    ]
    assert verdict(replace(definition(), requirements=pair), results) == expected


def test_not_met_outweighs_everything_else_in_a_verdict() -> None:
    known = definition().requirements
    names = ("data-info-scope", "data-info-labeling", "code-training", "params-terms")
    pairs = zip(names, ("not-met", "not-evidenced", "needs-judgement", "met"), strict=True)
    results = [RequirementResult(known[name], outcome, outcome, (), ()) for name, outcome in pairs]  # type: ignore[arg-type]
    assert verdict(definition(), results) == "not-met"


def test_a_verdict_is_never_met_while_a_requirement_has_no_result() -> None:
    assert verdict(definition(), []) == "undetermined"
    assert len(not_assessed(definition(), [])) > 50


# -- what a gap does -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "outcome", "requirements"),
    [
        ("data-info-scope.absent", "not-evidenced", {"data-info-scope"}),
        ("data-info-scope.not-disclosed", "not-met", {"data-info-scope"}),
        (
            "code-testing.not-disclosed",
            "not-met",
            {"code-testing", "code-complete-train", "preferred-form-all-elements"},
        ),
        (
            "code-tokenizer.absent",
            "not-evidenced",
            {"code-tokenizer", "code-complete-train", "code-complete-run", "preferred-form-all-elements"},
        ),
        ("params-available.withheld", "not-met", {"params-available", "preferred-form-all-elements"}),
        ("params-optimizer-state.absent", "not-evidenced", {"params-optimizer-state"}),
        ("data-list-public-where.withdrawn", "met", set()),
    ],
)
def test_a_gap_changes_its_requirement_and_what_includes_it(
    clean: Assessment, rule: str, outcome: RequirementOutcome, requirements: set[str], tmp_path: Path
) -> None:
    after = assessed(edited(rule), tmp_path)
    assert changed(clean, after) == dict.fromkeys(sorted(requirements), outcome)


@pytest.mark.parametrize(
    ("rule", "expected", "has_gaps"),
    [
        ("data-info-scope.not-disclosed", "not-met", True),
        ("data-info-scope.absent", "undetermined", True),
        ("params-optimizer-state.absent", "undetermined", False),
        ("data-list-public.conflicting-terms", "undetermined", False),
    ],
)
def test_the_verdict_and_whether_there_are_gaps(rule: str, expected: Verdict, has_gaps: bool, tmp_path: Path) -> None:
    assessment = assessed(edited(rule), tmp_path)
    assert (assessment.outcome, assessment.has_gaps) == (expected, has_gaps)


def test_the_summary_counts_what_binds(tmp_path: Path) -> None:
    assessment = assessed(edited("params-optimizer-state.absent"), tmp_path)
    assert assessment.summary["not-evidenced"] == 0
    assert sum(assessment.summary.values()) == sum(r.requirement.binding for r in assessment.results)


def test_one_gap_in_a_node_that_several_paths_share_is_one_finding(tmp_path: Path) -> None:
    text = ManifestText(borealis()[MAIN])
    text.delete(text.named("datasets/archive/scope"))
    text.add(("datasets", 4), "derived-from: [https://example.org/data/archive]")
    (finding,) = assessed({**borealis(), MAIN: str(text)}, tmp_path).findings
    assert finding.focus == "https://example.org/data/archive"
    assert finding.paths == 3, "by the crawl, by the forecasts, and by the data of the base"
    assert [step.via for step in finding.trace] == [
        "",
        "osaid:hasParameters",
        "osaid:trainedOn",
        "osaid:derivedFrom",
    ]


# -- not applicable ------------------------------------------------------------------------------------------


def test_a_role_is_not_applicable_when_subject_and_base_waive_it(clean: Assessment, tmp_path: Path) -> None:
    waiver = "- {roles: [hyperparameter-search], not-applicable: one run with published settings}"
    text = ManifestText(borealis()[MAIN])
    text.replace(text.named("code/hyperparameter-search"), waiver)
    both = assessed({**borealis(), MAIN: str(text)}, tmp_path)
    assert changed(clean, both) == {"code-hyperparameter-search": "not-applicable"}
    assert outcomes(clean)["code-hyperparameter-search"] == "met", "the base waives it, Borealis does not"


def test_listings_are_not_applicable_without_data_of_their_class(clean: Assessment, tmp_path: Path) -> None:
    text = ManifestText(borealis()[MAIN])
    for name in ("forecasts#3", "letters"):
        text.delete(text.named(f"training-data/{name}"))
    after = assessed({**borealis(), MAIN: str(text)}, tmp_path)
    assert changed(clean, after) == dict.fromkeys(
        [
            "data-info-labeling",  # the other data has no labels
            "data-info-unshareable-described",
            "data-list-third-party",
            "data-list-third-party-fee",
            "data-list-third-party-where",
        ],
        "not-applicable",
    )


def test_labels_are_not_applicable_when_no_data_has_them(turtle: Callable[[str], Release]) -> None:
    data = ':availability code:public ; :location ex:d ; :provenance "x" ; :scope "x" ; :characteristics "x" ; '
    data += ':obtained "x" ; :selection "x" ; :cleaning "x" ; :labeling '
    waived, stated = '[ a :NotApplicable ; rdfs:comment "no labels" ]', '"by hand"'
    for labels, expected in (
        ((waived, waived), "not-applicable"),
        ((waived, stated), "met"),
        ((waived, "[ a :NotDisclosed ]"), "not-met"),
    ):
        text = "ex:p a :Parameters ; :trainedOn ex:a , ex:b .\n"
        for name, label in zip("ab", labels, strict=True):
            text += f"ex:{name} a :Dataset ; {data} {label} .\n"
        assert outcomes(assess(turtle(text)))["data-info-labeling"] == expected


def test_data_requirements_are_not_applicable_to_nothing(turtle: Callable[[str], Release]) -> None:
    found = outcomes(assess(turtle("ex:p a :Parameters .")))
    assert found["data-info-labeling"] == found["data-list-public"] == "not-applicable"
    assert found["data-info-all-data-described"] == "not-evidenced", "that no data is named is a gap all the same"
    assert found["code-training"] == "not-evidenced"


# -- scope, as it shows in outcomes ----------------------------------------------------------------------------


def test_evaluation_data_has_no_part_in_it(tmp_path: Path) -> None:
    text = ManifestText(borealis()[MAIN])
    text.add(("datasets",), "- id: https://example.org/data/north-bench\n  scope: not-disclosed")
    assert assessed({**borealis(), MAIN: str(text)}, tmp_path).findings == ()


def test_what_is_said_of_another_release_has_no_part_in_it(turtle: Callable[[str], Release]) -> None:
    release = turtle("""
        ex:mine a :AISystem ; :trainedOn ex:a . ex:a a :Dataset .
        ex:other a :AISystem ; :fineTunedFrom ex:mine ; :trainedOn ex:b . ex:b a :Dataset .
    """)
    assert not any(
        f.focus.endswith(("/b", "/other")) for f in assess(release, subject="https://example.org/mine").findings
    )
