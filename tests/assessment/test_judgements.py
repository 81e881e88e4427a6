"""Judgements: they decide what no rule can, overrule visibly, and never hide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from edited_releases import Documents, assessed, borealis, edited

from osaid_graph.assessment.assess import assess
from osaid_graph.errors import InputError
from osaid_graph.graph.release import Release
from osaid_graph.model import Assessment, Evidence, RequirementResult
from osaid_graph.reports import render
from osaid_graph.reports.words import open_parts


def judgement(requirement: str, outcome: str, **more: Any) -> dict[str, Any]:
    """Return a judgement as the manifest has it."""
    said = {
        "requirement": requirement,
        "outcome": outcome,
        "by": {"name": "Ada Reviewer", "affiliation": "University of the North"},
        "date": "2024-11-02",
        "definition": "1.0-rc1",
        "reason": "looked at it",
    }
    return {**said, **more}


def judged(documents: Documents, folder: Path, *judgements: dict[str, Any]) -> Assessment:
    """Assess documents together with a file of judgements."""
    system = {"id": "https://example.org/borealis"}
    text = yaml.safe_dump({"system": system, "judgements": list(judgements)}, sort_keys=False)
    return assessed({**documents, "judged.yaml": text}, folder)


def result(assessment: Assessment, requirement: str) -> RequirementResult:
    return next(r for r in assessment.results if r.requirement.id == requirement)


def test_a_judgement_decides_what_only_a_person_can(tmp_path: Path) -> None:
    said = judgement("data-info-sufficient", "met", independent=True, evidence=["https://example.org/review"])
    found = result(judged(borealis(), tmp_path, said), "data-info-sufficient")
    assert (found.outcome, found.machine_outcome) == ("met", "needs-judgement")
    (by,) = found.judgements
    assert (by.by, by.affiliation, by.independent, by.date) == (
        "Ada Reviewer",
        "University of the North",
        True,
        "2024-11-02",
    )
    assert (by.reason, by.evidence, by.counted) == ("looked at it", (Evidence("https://example.org/review"),), True)
    assert by.location is not None and by.location.source.endswith("judged.yaml")


def test_a_judgement_overrules_the_rules_visibly(tmp_path: Path) -> None:
    documents = edited("code-testing.not-disclosed")
    assessment = judged(documents, tmp_path, judgement("code-testing", "met"))
    found = result(assessment, "code-testing")
    assert (found.outcome, found.machine_outcome) == ("met", "not-met")
    assert [finding.rule for finding in found.findings] == ["code-testing.not-disclosed"], "the finding stays"
    assert result(assessment, "code-complete-train").outcome == "met"
    assert (assessment.outcome, assessment.has_gaps) == ("undetermined", False)
    report = render(assessment, "text")
    assert "code-testing: met, rules alone: not-met" in report
    assert "error[code-testing.not-disclosed]" in report


@pytest.mark.parametrize("outcome", ["not-met", "not-applicable"])
def test_a_judgement_may_go_either_way(outcome: str, tmp_path: Path) -> None:
    assessment = judged(borealis(), tmp_path, judgement("data-info-scope", outcome))
    found = result(assessment, "data-info-scope")
    assert (found.outcome, found.machine_outcome) == (outcome, "met")
    assert assessment.outcome == ("not-met" if outcome == "not-met" else "undetermined")
    assert assessment.has_gaps == (outcome == "not-met")


def test_a_judgement_against_another_version_is_shown_and_not_counted(tmp_path: Path) -> None:
    assessment = judged(borealis(), tmp_path, judgement("data-info-sufficient", "met", definition="1.0"))
    found = result(assessment, "data-info-sufficient")
    assert found.outcome == "needs-judgement"
    (by,) = found.judgements
    assert (by.counted, by.ignored_because) == (False, "made against 1.0, not 1.0-rc1")
    assert "not counted: made against 1.0, not 1.0-rc1" in " ".join(render(assessment, "text").split())


def test_a_judgement_on_what_another_version_alone_asks_for_is_shown_in_every_format(tmp_path: Path) -> None:
    other = judgement("house-contact", "met", definition="house-rules")
    assessment = judged(borealis(), tmp_path, other, judgement("def-ai-system", "met", definition="0.0.8"))
    assert [(j.requirement, j.counted) for j in assessment.elsewhere] == [
        ("def-ai-system", False),
        ("house-contact", False),
    ]
    assert not any(found.judgements for found in assessment.results)
    for form in ("text", "json", "turtle"):
        said = " ".join(render(assessment, form).split())
        assert "house-contact" in said and "made against house-rules, not 1.0-rc1" in said


def test_judgements_that_agree_count_as_one(tmp_path: Path) -> None:
    second = judgement("data-info-sufficient", "met", by="Bo Reviewer")
    assessment = judged(borealis(), tmp_path, judgement("data-info-sufficient", "met"), second)
    found = result(assessment, "data-info-sufficient")
    assert found.outcome == "met"
    assert [by.by for by in found.judgements] == ["Ada Reviewer", "Bo Reviewer"]


def test_judgements_that_disagree_leave_it_open(tmp_path: Path) -> None:
    second = judgement("data-info-sufficient", "not-met", by="Bo Reviewer")
    assessment = judged(borealis(), tmp_path, judgement("data-info-sufficient", "met"), second)
    assert result(assessment, "data-info-sufficient").outcome == "needs-judgement"
    assert assessment.outcome == "undetermined"
    assert "(judgements disagree)" in render(assessment, "text")


def test_judgements_that_disagree_leave_it_open_whatever_the_rules_find(tmp_path: Path) -> None:
    second = judgement("code-testing", "not-met", by="Bo Reviewer")
    documents = edited("code-testing.not-disclosed")
    assessment = judged(documents, tmp_path, judgement("code-testing", "met"), second)
    found = result(assessment, "code-testing")
    assert (found.outcome, found.machine_outcome, found.disputed) == ("needs-judgement", "not-met", True)
    clean = judged(borealis(), tmp_path, judgement("code-testing", "met"), second)
    assert result(clean, "code-testing").outcome == "needs-judgement"


def test_one_against_another_version_does_not_make_a_dispute(tmp_path: Path) -> None:
    other = judgement("data-info-sufficient", "not-met", definition="1.0")
    assessment = judged(borealis(), tmp_path, judgement("data-info-sufficient", "met"), other)
    assert result(assessment, "data-info-sufficient").outcome == "met"


def test_a_judgement_of_another_subject_is_shown_and_not_counted(tmp_path: Path) -> None:
    other = judgement("data-info-sufficient", "met", subject="https://example.org/tundra")
    open_ = result(judged(borealis(), tmp_path, other), "data-info-sufficient")
    assert open_.outcome == "needs-judgement"
    assert [(j.counted, j.ignored_because.partition(" ")[0]) for j in open_.judgements] == [(False, "about")]


def test_a_judgement_on_what_is_not_described_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="which is none of those described"):
        judged(borealis(), tmp_path, judgement("data-info-sufficient", "met", subject="https://example.org/nowhere"))


def test_what_asks_for_nothing_cannot_be_judged(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="asks for nothing"):
        judged(borealis(), tmp_path, judgement("def-ai-system", "met"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"requirement": "data-info-labelling"}, "unknown requirement 'data-info-labelling'"),
        ({"outcome": "not-evidenced"}, "a judgement cannot find 'not-evidenced'"),
        ({"date": "2999-01-01"}, "dated in the future: 2999-01-01"),
    ],
)
def test_an_impossible_judgement_is_refused_with_its_line(change: dict[str, str], message: str, tmp_path: Path) -> None:
    said = {**judgement("data-info-sufficient", "met"), **change}
    with pytest.raises(InputError) as error:
        judged(borealis(), tmp_path, said)
    assert message in error.value.message
    assert error.value.source.endswith("judged.yaml")
    assert error.value.line == 4
    assert error.value.hint


JUDGED = """
ex:p a :Parameters .
ex:j a :Judgement ; :judges req:data-info-sufficient ; :outcome code:met ; dcterms:date "2024-11-02"^^xsd:date ;
    :definition def:1.0-rc1 ; rdfs:comment "looked at it" ; prov:wasAttributedTo [ foaf:name "Ada" ] .
"""


def test_without_a_subject_a_judgement_is_of_whatever_is_assessed(turtle: Callable[[str], Release]) -> None:
    (found,) = result(assess(turtle(JUDGED)), "data-info-sufficient").judgements
    assert (found.by, found.affiliation, found.independent) == ("Ada", "", None)


@pytest.mark.parametrize(
    ("without", "instead", "message"),
    [
        ('rdfs:comment "looked at it" ;', "", "no reason"),
        ('rdfs:comment "looked at it" ;', 'rdfs:comment "one" , "two" ;', "more than one reason"),
        (":outcome code:met ;", "", "no outcome"),
        (":definition def:1.0-rc1 ;", "", "no definition"),
        ('dcterms:date "2024-11-02"^^xsd:date ;', "", "no date"),
        ('dcterms:date "2024-11-02"^^xsd:date ;', 'dcterms:date "in autumn" ;', "no date: 'in autumn'"),
        ('; prov:wasAttributedTo [ foaf:name "Ada" ]', "", "no author"),
        ('; prov:wasAttributedTo [ foaf:name "Ada" ]', '; prov:wasAttributedTo "Ada"', "no author"),
    ],
)
def test_an_incomplete_judgement_in_rdf_is_refused(
    without: str, instead: str, message: str, turtle: Callable[[str], Release]
) -> None:
    assert without in JUDGED
    with pytest.raises(InputError) as error:
        assess(turtle(JUDGED.replace(without, instead)))
    assert f"a judgement has {message}" in error.value.message
    assert error.value.line is not None


# -- judgements on a whole -----------------------------------------------------------------------------------


def test_a_judgement_on_a_whole_covers_its_open_parts_and_says_so(tmp_path: Path) -> None:
    documents = edited("code-tokenizer.absent")
    assessment = judged(documents, tmp_path, judgement("preferred-form-all-elements", "met"))
    for part, machine in (("code-tokenizer", "not-evidenced"), ("data-info-sufficient", "needs-judgement")):
        found = result(assessment, part)
        assert (found.outcome, found.machine_outcome) == ("met", machine)
        assert found.because == "covered by the judgement on preferred-form-all-elements"
    assert result(assessment, "freedoms-manner").outcome == "needs-judgement", "no part of it"
    report = " ".join(render(assessment, "text").split())
    assert "covered by the judgement on preferred-form-all-elements: data-info-sufficient" in report


def test_a_judgement_on_a_whole_overrules_no_part_that_is_contradicted(tmp_path: Path) -> None:
    documents = edited("code-tokenizer.not-disclosed")
    assessment = judged(documents, tmp_path, judgement("preferred-form-all-elements", "met"))
    assert result(assessment, "code-tokenizer").outcome == "not-met"
    assert assessment.outcome == "not-met"
    whole = result(assessment, "preferred-form-all-elements")
    assert (whole.outcome, whole.because) == ("needs-judgement", "judged met, although code-tokenizer is not met")
    assert result(assessment, "data-info-sufficient").outcome == "needs-judgement", "nothing is covered"
    report = " ".join(render(assessment, "text").split())
    assert "judged met, although code-tokenizer is not met: preferred-form-all-elements" in report


def test_a_whole_that_a_judgement_leaves_open_is_not_told_to_be_open_in_its_parts(tmp_path: Path) -> None:
    whole, documents = "preferred-form-all-elements", edited("code-tokenizer.not-disclosed")
    by_parts = judged(documents, tmp_path / "by-parts", judgement(whole, "met", definition="1.0"))
    both = ("code-complete-run", "code-complete-train")
    assert open_parts(by_parts)[whole] == both, "a judgement that does not count changes nothing"
    agreed = judged(documents, tmp_path / "agreed", judgement(whole, "not-met"))
    against = judged(documents, tmp_path / "against", judgement(whole, "met"))
    disputed = judged(documents, tmp_path / "disputed", judgement(whole, "met"), judgement(whole, "not-met"))
    for assessment, outcome in ((agreed, "not-met"), (against, "needs-judgement"), (disputed, "needs-judgement")):
        assert result(assessment, whole).outcome == outcome
        assert whole not in open_parts(assessment)
        assert open_parts(assessment)["code-complete-run"] == open_parts(by_parts)["code-complete-run"]
    row = next(line for line in render(against, "markdown").splitlines() if line.startswith(f"| `{whole}` |"))
    assert row.split(" | ")[2].endswith(" to be judged: judged met, although code-tokenizer is not met")


def test_a_whole_and_its_contradicted_part_may_both_be_judged_met(tmp_path: Path) -> None:
    both = judgement("preferred-form-all-elements", "met"), judgement("code-tokenizer", "met")
    assessment = judged(edited("code-tokenizer.not-disclosed"), tmp_path, *both)
    assert result(assessment, "preferred-form-all-elements").outcome == "met"
    assert result(assessment, "data-info-sufficient").outcome == "met"


def test_the_nearest_whole_that_was_judged_decides(tmp_path: Path) -> None:
    documents = edited("code-tokenizer.absent")
    nearer = judgement("code-complete-run", "not-met"), judgement("code-complete-train", "met")
    assessment = judged(documents, tmp_path, judgement("preferred-form-all-elements", "met"), *nearer)
    assert result(assessment, "code-tokenizer").outcome == "not-evidenced", "two wholes as near do not agree"
    assert (
        result(assessment, "preferred-form-all-elements").because == "judged met, although code-complete-run is not met"
    )
    documents = edited("code-testing.absent")
    assessment = judged(documents, tmp_path / "2", judgement("preferred-form-all-elements", "met"), nearer[1])
    assert result(assessment, "code-testing").because == "covered by the judgement on code-complete-train"


def test_a_disputed_whole_covers_nothing(tmp_path: Path) -> None:
    both = judgement("preferred-form-all-elements", "met"), judgement("preferred-form-all-elements", "not-met")
    assessment = judged(edited("code-tokenizer.absent"), tmp_path, *both)
    assert result(assessment, "code-tokenizer").outcome == "not-evidenced"
    assert result(assessment, "preferred-form-all-elements").outcome == "needs-judgement"


def test_a_disputed_part_opens_a_whole_that_is_judged_met(tmp_path: Path) -> None:
    both = judgement("code-tokenizer", "met"), judgement("code-tokenizer", "not-met", by="Bo Reviewer")
    assessment = judged(borealis(), tmp_path, judgement("preferred-form-all-elements", "met"), *both)
    whole = result(assessment, "preferred-form-all-elements")
    assert (whole.outcome, whole.because) == ("needs-judgement", "judged met, although code-tokenizer is disputed")
    assert result(assessment, "data-info-sufficient").outcome == "needs-judgement", "nothing is covered"


@pytest.mark.parametrize("said", ["met", "not-applicable"])
def test_a_whole_in_between_that_is_judged_hides_no_refusal(said: str, tmp_path: Path) -> None:
    both = judgement("code-complete-train", said), judgement("component-preferred-form", "met")
    assessment = judged(edited("code-training.not-disclosed"), tmp_path, *both)
    for whole in ("code-complete-train", "component-preferred-form"):
        assert result(assessment, whole).outcome == "needs-judgement"
    assert result(assessment, "component-code").outcome == "needs-judgement"
    assert not [found for found in assessment.results if found.because.startswith("covered")]


def test_a_judgement_on_a_part_decides_before_one_on_the_whole(tmp_path: Path) -> None:
    both = judgement("preferred-form-all-elements", "met"), judgement("data-info-sufficient", "not-met")
    assessment = judged(borealis(), tmp_path, *both)
    assert result(assessment, "data-info-sufficient").outcome == "not-met"


def test_what_does_not_count_covers_nothing(tmp_path: Path) -> None:
    earlier = judgement("preferred-form-all-elements", "met", definition="0.0.8")
    assessment = judged(borealis(), tmp_path, earlier)
    assert result(assessment, "data-info-sufficient").outcome == "needs-judgement"
    assert "made against 0.0.8, not 1.0-rc1" in " ".join(render(assessment, "text").split())


# -- author, subject, evidence -------------------------------------------------------------------------------


def test_the_iri_of_an_author_and_the_subject_named_are_kept(tmp_path: Path) -> None:
    named = {"name": "Ada Reviewer", "id": "https://example.org/ada"}
    said = judgement("data-info-sufficient", "met", by=named, subject="https://example.org/borealis")
    (found,) = result(judged(borealis(), tmp_path, said), "data-info-sufficient").judgements
    assert (found.by, found.id_of_author) == ("Ada Reviewer", "https://example.org/ada")
    assert found.subject == "https://example.org/borealis"


def test_an_author_without_an_iri_and_no_subject_are_empty(turtle: Callable[[str], Release]) -> None:
    (found,) = result(assess(turtle(JUDGED)), "data-info-sufficient").judgements
    assert (found.id_of_author, found.subject, found.evidence) == ("", "", ())


def test_of_several_subjects_the_one_assessed_is_shown(turtle: Callable[[str], Release]) -> None:
    both = ":judges req:data-info-sufficient ; :subject ex:a , ex:p ;"
    release = turtle("ex:a a :Parameters ." + JUDGED.replace(":judges req:data-info-sufficient ;", both))
    for subject in ("a", "p"):
        iri = next(str(node) for node in release.graph.subjects() if str(node).endswith(f"/{subject}"))
        (found,) = result(assess(release, subject=iri), "data-info-sufficient").judgements
        assert (found.subject, found.counted) == (iri, True)


def test_evidence_has_what_is_stated_of_the_document(tmp_path: Path) -> None:
    document = {"url": "https://example.org/b", "retrieved": "2024-11-01", "sha256": "00ff"}
    said = judgement("data-info-sufficient", "met", evidence=["a letter", document, "https://example.org/a"])
    (found,) = result(judged(borealis(), tmp_path, said), "data-info-sufficient").judgements
    assert found.evidence == (
        Evidence("a letter"),
        Evidence("https://example.org/a"),
        Evidence("https://example.org/b", "2024-11-01", "00ff"),
    )


def test_days_and_digests_that_cannot_be_told_apart_are_not_paired(tmp_path: Path) -> None:
    first = {"url": "https://example.org/b", "retrieved": "2024-11-01", "sha256": "00"}
    second = {"url": "https://example.org/b", "retrieved": "2024-11-02", "sha256": "ff"}
    said = (
        judgement("data-info-sufficient", "met", evidence=[first]),
        judgement("data-info-scope", "met", evidence=[second]),
    )
    (found,) = result(judged(borealis(), tmp_path, *said), "data-info-sufficient").judgements
    assert found.evidence == (
        Evidence("https://example.org/b", sha256="00"),
        Evidence("https://example.org/b", sha256="ff"),
        Evidence("https://example.org/b", "2024-11-01"),
        Evidence("https://example.org/b", "2024-11-02"),
    )


def test_evidence_without_words_is_none(turtle: Callable[[str], Release]) -> None:
    empty = JUDGED.replace(":definition def", ':evidence " " ; :definition def')
    assert result(assess(turtle(empty)), "data-info-sufficient").judgements[0].evidence == ()
