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
        RequirementResult(pair["data-info-scope"], binding, binding, (), (), ()),
        RequirementResult(pair["params-optimizer-state"], example, example, (), (), ()),
    ]
    assert verdict(replace(definition(), requirements=pair), results) == expected


def test_not_met_outweighs_everything_else_in_a_verdict() -> None:
    known = definition().requirements
    names = ("data-info-scope", "data-info-labeling", "code-training", "params-terms")
    pairs = zip(names, ("not-met", "not-evidenced", "needs-judgement", "met"), strict=True)
    results = [RequirementResult(known[name], outcome, outcome, (), (), ()) for name, outcome in pairs]  # type: ignore[arg-type]
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
        ("code-testing.not-disclosed", "not-met", {"code-testing"}),
        ("code-tokenizer.absent", "not-evidenced", {"code-tokenizer"}),
        ("params-available.withheld", "not-met", {"params-available"}),
        (
            "data-info-terms.absent",
            "not-evidenced",
            {"data-info-terms", "component-data-info", "preferred-form-all-elements"},
        ),
        (
            "data-info-all-data-described.base-not-disclosed",
            "not-met",
            {"data-info-all-data-described", "component-code"},
        ),
        ("freedoms-manner.region-restricted", "not-met", {"freedoms-manner"}),
        ("scope-uniform.no-element", "not-evidenced", {"scope-uniform"}),
        ("params-optimizer-state.absent", "not-evidenced", {"params-optimizer-state"}),
        ("data-list-public-where.withdrawn", "met", set()),
    ],
)
def test_a_gap_changes_its_requirement_and_what_includes_it(
    clean: Assessment, rule: str, outcome: RequirementOutcome, requirements: set[str], tmp_path: Path
) -> None:
    after = assessed(edited(rule), tmp_path)
    worse = {id_: found for id_, found in changed(clean, after).items() if found != "not-applicable"}
    assert worse == dict.fromkeys(sorted(requirements | _wholes(requirements)), outcome)


def _wholes(parts: set[str]) -> set[str]:
    """Return the requirements that include one of these, directly or not."""
    wholes = {id_ for id_, requirement in definition().requirements.items() if parts.intersection(requirement.includes)}
    return wholes | _wholes(wholes) if wholes else wholes


@pytest.mark.parametrize("rule", ["freedoms-terms.unstated", "freedoms-terms.withheld"])
def test_a_gap_that_bears_on_others_is_one_finding_and_counts_for_all(rule: str, tmp_path: Path) -> None:
    after = assessed(edited(rule), tmp_path)
    (finding,) = [found for found in after.findings if found.rule == rule]
    bearing = {result.requirement.id for result in after.results if finding in result.bearing}
    assert bearing == {id_ for id_ in definition().requirements if id_.startswith("freedom-")}
    assert {outcomes(after)[id_] for id_ in bearing} == {finding.outcome}
    assert sum(result.findings.count(finding) for result in after.results) == 1


def test_a_gate_is_pointed_out_and_left_to_a_person(tmp_path: Path) -> None:
    gated = assessed(edited("freedom-use-no-permission.gated"), tmp_path)
    assert outcomes(gated)["freedom-use-no-permission"] == outcomes(gated)["freedoms-manner"] == "needs-judgement"
    assert (gated.outcome, gated.has_gaps) == ("undetermined", False)


# -- what binds ----------------------------------------------------------------------------------------------

RULE_BASED = """
    ex:chess a :AISystem ; :technique code:rule-based ; :license "MIT" ; :hasCode ex:engine .
    ex:engine a :Code ; :location ex:repository ; :license "MIT" .
"""


def test_a_rule_based_system_is_assessed_on_the_freedoms_alone(turtle: Callable[[str], Release]) -> None:
    assessment = assess(turtle(RULE_BASED))
    assert assessment.findings == ()
    found = {result.requirement.id: result for result in assessment.results if result.requirement.binding}
    bound = {id_ for id_, result in found.items() if result.outcome != "not-applicable"}
    assert {found[id_].requirement.clause for id_ in bound} == {"freedoms"}
    assert bound >= {"freedoms-terms", "freedom-share-modified", "preferred-form-access", "freedoms-manner"}
    for id_ in set(found) - bound:
        assert found[id_].because == "not made by machine learning (scope-ml-only)"


def test_a_rule_based_system_under_terms_that_restrict_is_not_met(turtle: Callable[[str], Release]) -> None:
    assessment = assess(turtle(RULE_BASED.replace('ex:repository ; :license "MIT"', 'ex:r ; :license "BUSL-1.1"')))
    assert {finding.rule for finding in assessment.findings} == {"freedom-use-any-purpose.restricted"}
    assert assessment.outcome == "not-met"


@pytest.mark.parametrize(
    "said",
    [
        "ex:chess :trainedOn ex:games",
        "ex:chess :trainedBy [ a :Training ]",
        "ex:chess :validatedOn ex:games",
        "ex:chess :hasParameters [ a :NotDisclosed ]",
        "ex:chess :hasModel ex:net",
        "ex:chess :derivedFrom ex:other",
        "ex:chess :hasDataInformation ex:sheet",
        "ex:chess :hasCode [ a :NotDisclosed ; :codeRole code:training ]",
        "ex:engine :codeRole code:hyperparameter-search",
        "ex:engine :codeRole code:validation",
        "ex:chess a :Model",
    ],
)
def test_what_was_trained_is_asked_for_everything_whatever_it_calls_itself(
    said: str, turtle: Callable[[str], Release]
) -> None:
    assessment = assess(turtle(RULE_BASED + f"{said} ."))
    assert "preferred-form-all-elements.technique-conflicting" in {finding.rule for finding in assessment.findings}
    assert "code-inference.absent" in {finding.rule for finding in assessment.findings}


def test_what_is_said_of_training_not_to_apply_makes_no_machine_learning(turtle: Callable[[str], Release]) -> None:
    waived = "ex:chess :hasCode [ a :NotApplicable ; :codeRole code:training ] ; :trainedOn [ a :NotApplicable ] ."
    assert assess(turtle(RULE_BASED + waived)).findings == ()


@pytest.mark.parametrize(
    ("said", "rule", "outcome"),
    [
        (":license [ a :NotDisclosed ]", "freedoms-terms.withheld", "not-met"),
        (':license "other"', "freedoms-terms.unknown", "undetermined"),
        (
            ':license "MIT" ; :accessConditions [ a :AccessConditions ; :accessManner code:region-restricted ]',
            "freedoms-manner.region-restricted",
            "not-met",
        ),
        (':license "CC-BY-NC-4.0"', "freedom-use-any-purpose.restricted", "not-met"),
    ],
)
def test_the_terms_and_the_access_of_a_whole_count(
    said: str, rule: str, outcome: str, turtle: Callable[[str], Release]
) -> None:
    assessment = assess(turtle(RULE_BASED.replace(':license "MIT" ; :hasCode', f"{said} ; :hasCode")))
    assert rule in {finding.rule for finding in assessment.findings}
    assert outcomes(assessment)["freedoms-whole-and-elements"] != "met"
    assert assessment.outcome == outcome


def test_both_kinds_of_technique_are_machine_learning(turtle: Callable[[str], Release]) -> None:
    found = {f.rule for f in assess(turtle(RULE_BASED + "ex:chess :technique code:machine-learning .")).findings}
    assert "code-training.absent" in found
    assert "preferred-form-all-elements.technique-conflicting" not in found


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
