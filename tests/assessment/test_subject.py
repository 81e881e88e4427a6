"""What is assessed: the outermost node, or what was asked for; never a guess among several."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from edited_releases import MAIN, RELEASES

from osaid_graph.assessment.assess import assess
from osaid_graph.errors import NothingToAssessError, UsageError
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release

REAL = Path(__file__).parents[2] / "data" / "releases"
TWO_MODELS = """
ex:system a :AISystem ; :hasModel ex:left , ex:right .
ex:left a :Model ; :hasParameters ex:weights . ex:right a :Model ; :fineTunedFrom ex:base .
ex:weights a :Parameters . ex:base a :Model ; :hasParameters ex:base-weights . ex:base-weights a :Parameters .
"""


@pytest.mark.parametrize(
    ("asked", "subject", "kind"),
    [
        (None, "https://example.org/borealis", "system"),
        ("system", "https://example.org/borealis", "system"),
        ("parameters", "https://example.org/borealis#parameters", "parameters"),
        ("https://example.org/borealis", "https://example.org/borealis", "system"),
        ("https://example.org/tundra", "https://example.org/tundra", "model"),
        ("https://example.org/tundra#parameters", "https://example.org/tundra#parameters", "parameters"),
    ],
)
def test_the_subject_of_borealis(asked: str | None, subject: str, kind: str) -> None:
    assessment = assess(load([str(RELEASES / MAIN)]), subject=asked)
    assert (assessment.subject, assessment.subject_kind) == (subject, kind)
    assert assessment.findings == ()
    assert assessment.outcome == "undetermined"


def test_a_hub_id_names_a_subject() -> None:
    assessment = assess(load([str(REAL / "bloom-176b.yaml")]), subject="bigscience/bloom")
    assert assessment.subject == "https://huggingface.co/bigscience/bloom"


@pytest.mark.parametrize("asked", ["system", "model", "parameters"])
def test_the_same_requirements_apply_to_every_kind(asked: str, turtle: Callable[[str], Release]) -> None:
    release = turtle("""
        ex:system a :AISystem ; :hasModel ex:model ; :hasCode ex:code . ex:code a :Code ; :codeRole code:training .
        ex:model a :Model ; :hasParameters ex:weights . ex:weights a :Parameters ; :trainedOn ex:data .
        ex:data a :Dataset .
    """)
    rules = {finding.rule for finding in assess(release, subject=asked).findings}
    assert {"code-license.unstated", "code-testing.absent", "data-info-scope.absent", "params-terms.unstated"} <= rules
    assert "code-training.absent" not in rules


def test_a_base_is_not_the_model_of_the_release() -> None:
    with pytest.raises(UsageError, match="no model of this release") as error:
        assess(load([str(RELEASES / MAIN)]), subject="model")
    assert "https://example.org/tundra" in error.value.hint


def test_of_several_none_is_guessed(turtle: Callable[[str], Release]) -> None:
    release = turtle(TWO_MODELS)
    assert assess(release).subject == "https://example.org/system"
    with pytest.raises(UsageError, match="2 nodes could be the model") as error:
        assess(release, subject="model")
    assert error.value.hint == "choose one with --subject: https://example.org/left, https://example.org/right"
    assert assess(release, subject="parameters").subject == "https://example.org/weights"


def test_two_systems_are_two_candidates(turtle: Callable[[str], Release]) -> None:
    release = turtle("ex:a a :AISystem . ex:b a :AISystem . ex:c a :Model .")
    with pytest.raises(UsageError, match="2 nodes could be the system, model or parameters"):
        assess(release)
    assert assess(release, subject="model").subject == "https://example.org/c"


def test_what_data_was_made_with_is_not_the_subject(turtle: Callable[[str], Release]) -> None:
    release = turtle("""
        ex:model a :Model ; :trainedOn ex:talks . ex:talks a :Dataset ; :derivedFrom ex:teacher . ex:teacher a :Model .
    """)
    assert assess(release).subject == "https://example.org/model"


@pytest.mark.parametrize(
    "asked", ["https://example.org/data/crawl", "https://example.org/nowhere", "nobody/nothing", "a b c"]
)
def test_what_is_no_subject_is_refused_with_those_that_are(asked: str) -> None:
    with pytest.raises(UsageError) as error:
        assess(load([str(RELEASES / MAIN)]), subject=asked)
    assert "https://example.org/borealis" in error.value.hint


@pytest.mark.parametrize("asked", [None, "system", "model"])
def test_nothing_to_assess_is_never_a_pass(asked: str | None, turtle: Callable[[str], Release]) -> None:
    with pytest.raises(NothingToAssessError):
        assess(turtle("ex:data a :Dataset ."), subject=asked)


def test_systems_made_from_each_other_are_candidates_both(turtle: Callable[[str], Release]) -> None:
    release = turtle("ex:a a :AISystem ; :derivedFrom ex:b . ex:b a :AISystem ; :derivedFrom ex:a .")
    with pytest.raises(UsageError, match="2 nodes"):
        assess(release)
    assert assess(release, subject="https://example.org/a").subject == "https://example.org/a"
