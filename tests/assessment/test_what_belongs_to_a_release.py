"""What belongs to a release, and what does not, where descriptions share nodes or state things of the whole."""

from __future__ import annotations

from collections.abc import Callable

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.release import Release
from osaid_graph.model import Assessment

Read = Callable[[str], Release]


def rules(assessment: Assessment) -> set[tuple[str, str]]:
    return {(finding.rule, finding.focus.rpartition("/")[2]) for finding in assessment.findings}


SHARED = "ex:s a :AISystem ; :hasParameters ex:p . ex:p a :Parameters ; :license 'MIT' .\n"


def test_a_release_that_shares_parameters_lends_none_of_its_code(turtle: Read) -> None:
    other = """ex:t a :AISystem ; :hasParameters ex:p ; :hasCode [ a :Code ; :license "proprietary" ;
        :codeRole code:training , code:inference , code:architecture ] ."""
    alone = assess(turtle(SHARED), subject="https://example.org/s")
    beside = assess(turtle(SHARED + other), subject="https://example.org/s")
    assert rules(beside) == rules(alone)


def test_a_base_that_is_a_checkpoint_brings_the_data_and_terms_of_its_parameters(turtle: Read) -> None:
    release = turtle(
        """ex:s a :AISystem ; :hasParameters ex:p . ex:p a :Parameters ; :fineTunedFrom ex:step .
        ex:base a :Parameters ; :hasCheckpoint ex:step ; :license "llama2" ; :trainedOn ex:d . ex:step a :Checkpoint .
        ex:d a :Dataset ; :provenance [ a :NotDisclosed ] ."""
    )
    found = rules(assess(release))
    assert ("data-info-provenance.not-disclosed", "d") in found
    assert ("params-terms.not-approved", "base") in found
    assert ("code-training.absent", "base") in found


def test_data_stated_of_a_whole_is_data_of_its_only_model(turtle: Read) -> None:
    release = turtle(
        """ex:s a :AISystem ; :hasParameters ex:p ; :trainedOn ex:d . ex:p a :Parameters .
        ex:d a :Dataset ; :provenance [ a :NotDisclosed ] ."""
    )
    for subject in ("system", "parameters"):
        assert ("data-info-provenance.not-disclosed", "d") in rules(assess(release, subject=subject))


def test_data_stated_of_a_whole_with_two_models_is_given_to_neither(turtle: Read) -> None:
    release = turtle(
        """ex:s a :AISystem ; :hasModel ex:m , ex:n ; :trainedOn ex:d . ex:m a :Model . ex:n a :Model .
        ex:d a :Dataset ; :provenance [ a :NotDisclosed ] ."""
    )
    assert ("data-info-provenance.not-disclosed", "d") in rules(assess(release))
    assert ("data-info-all-data-described.absent", "m") in rules(assess(release, subject="https://example.org/m"))


def test_what_activities_used_is_part_of_the_lineage(turtle: Read) -> None:
    release = turtle(
        """ex:s a :AISystem ; :hasParameters ex:p . ex:p a :Parameters ; :trainedBy ex:run .
        ex:run a :Training ; :usedDataset ex:d ; :usedCode ex:c . ex:c a :Code ; :codeRole code:training .
        ex:d a :Dataset ; :processedBy ex:filtering . ex:filtering a :DataProcessing ; :usedDataset ex:raw .
        ex:raw a :Dataset ; :provenance [ a :NotDisclosed ] ."""
    )
    assessment = assess(release)
    found = rules(assessment)
    assert ("data-info-provenance.not-disclosed", "raw") in found
    assert ("code-license.unstated", "c") in found
    assert ("code-training.absent", "s") not in found
    (raw,) = [f for f in assessment.findings if f.rule == "data-info-provenance.not-disclosed"]
    assert [step.via for step in raw.trace] == ["", "osaid:hasParameters", "osaid:trainedOn", "osaid:derivedFrom"]


def test_terms_that_nobody_can_identify_beside_known_ones_are_a_conflict(turtle: Read) -> None:
    release = turtle(SHARED.replace("'MIT'", "'MIT' , 'my own terms'"))
    assert ("params-terms.conflicting", "p") in rules(assess(release))


def test_a_word_that_names_no_terms_says_nothing_beside_one_that_does(turtle: Read) -> None:
    release = turtle(SHARED.replace("'MIT'", "'MIT' , 'unknown'"))
    assert not any(rule.startswith("params-terms") for rule, _ in rules(assess(release)))


def test_an_empty_blank_node_states_no_terms(turtle: Read) -> None:
    release = turtle(SHARED.replace("'MIT'", "[]"))
    assert {rule for rule, _ in rules(assess(release)) if rule.startswith("params-terms")} == {"params-terms.unstated"}
