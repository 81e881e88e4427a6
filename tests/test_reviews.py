"""The published reviews say who found what, when and against which version, and count for that version alone."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from rdflib import RDF

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.model import Assessment, Judgement, Triple
from osaid_graph.vocab import OSAID

DATA = Path(__file__).parent.parent / "data"
REVIEWS = DATA / "reviews" / "osi-2024"
NAMES = sorted(path.stem for path in REVIEWS.glob("*.yaml"))
#: When each version was published, and the last day on which a publication restated here speaks of it.
SPOKEN_OF = {
    "0.0.6": ("2024-03-10", "2024-04-12"),
    "0.0.8": ("2024-04-29", "2024-06-30"),
    "1.0-rc1": ("2024-10-02", "2024-10-22"),
    "1.0": ("2024-10-28", "2025-01-21"),
}
PASSED = {
    ("freedoms-whole-and-elements", "met"),
    ("preferred-form-all-elements", "met"),
    ("data-info-terms", "met"),
    ("code-license", "met"),
    ("params-terms", "met"),
}
FAILED = {("preferred-form-all-elements", "not-met")}
ANOTHER_LICENCE = {("params-terms", "not-met")}
#: What the FAQ of the OSI says, the part that counts against 1.0-RC1.
FAQ = {
    "amber-7b": PASSED,
    "bloom-176b": ANOTHER_LICENCE,
    "crystalcoder-7b": PASSED,
    "falcon-40b": ANOTHER_LICENCE | {("preferred-form-all-elements", "met")},
    "grok-1": FAILED,
    "llama-2-7b": FAILED,
    "mixtral-8x7b": FAILED,
    "olmo-7b": PASSED,
    "phi-2": FAILED,
    "pythia-12b": PASSED,
    "starcoder2-15b": ANOTHER_LICENCE,
    "t5-11b": PASSED,
}
#: How many judgements are restated against each draft.
DRAFTS = {
    "amber-7b": {"0.0.8": 1},
    "bloom-176b": {"0.0.6": 15, "0.0.8": 1},
    "crystalcoder-7b": {"0.0.8": 1},
    "falcon-40b": {"0.0.8": 4},
    "grok-1": {"0.0.8": 3},
    "llama-2-7b": {"0.0.6": 9, "0.0.8": 1},
    "mixtral-8x7b": {"0.0.8": 9},
    "olmo-7b": {},
    "phi-2": {"0.0.8": 3},
    "pythia-12b": {"0.0.6": 8, "0.0.8": 2},
    "starcoder2-15b": {},
    "t5-11b": {"0.0.8": 16},
}


@cache
def reviewed(name: str) -> Assessment:
    release = load([str(DATA / "releases" / f"{name}.yaml"), str(REVIEWS / f"{name}.yaml")])
    return assess(release, terms="osd-conformant", today=datetime.date(2026, 11, 23))


@cache
def review(name: str) -> Release:
    return load([str(REVIEWS / f"{name}.yaml")])


def judgements(name: str) -> list[Judgement]:
    return [judgement for result in reviewed(name).results for judgement in result.judgements]


def test_a_review_is_there_for_every_release_that_the_osi_named() -> None:
    assert set(NAMES) == set(FAQ)
    assert set(NAMES) <= {path.stem for path in (DATA / "releases").glob("*.yaml")}


def test_the_readme_names_every_review() -> None:
    readme = (DATA / "reviews" / "README.md").read_text("utf-8")
    assert [name for name in NAMES if f"(osi-2024/{name}.yaml)" not in readme] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_review_holds_judgements_alone(name: str) -> None:
    text = (REVIEWS / f"{name}.yaml").read_text("utf-8")
    keys = [line.partition(":")[0] for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert text.startswith("# The review of ")
    assert keys == ["source", "judgements"]


@pytest.mark.parametrize("name", NAMES)
def test_every_judgement_is_on_the_system_of_the_release_and_on_nothing_else(name: str) -> None:
    graph = review(name).graph
    subjects = {str(subject) for subject in graph.objects(None, OSAID.subject)}
    assert subjects == {reviewed(name).subject}
    found = list(graph.subjects(RDF.type, OSAID.Judgement))
    assert len(found) == len(judgements(name))
    assert [node for node in found if (node, OSAID.subject, None) not in graph] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_of_a_review_has_a_source_outside_the_file(name: str) -> None:
    release = review(name)
    files = {source.name for source in release.sources}
    assert [t for t in release.graph if files.intersection(release.attributed_to(cast(Triple, t)))] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_judgement_says_who_why_and_where_it_can_be_read(name: str) -> None:
    for judgement in judgements(name):
        assert judgement.by
        assert judgement.by == "Open Source Initiative" or judgement.affiliation or judgement.by == "LLM360"
        assert judgement.independent is not None
        assert len(judgement.reason) > 40
        assert judgement.evidence
        assert all(document.url.startswith("https://") for document in judgement.evidence)


@pytest.mark.parametrize("name", NAMES)
def test_a_judgement_is_dated_between_the_version_it_names_and_the_publication_it_restates(name: str) -> None:
    for judgement in judgements(name):
        first, last = SPOKEN_OF[judgement.definition]
        assert first <= judgement.date <= last, judgement


@pytest.mark.parametrize("name", NAMES)
def test_what_was_said_of_a_draft_or_of_the_final_version_is_shown_and_not_counted(name: str) -> None:
    counted = {judgement.definition for judgement in judgements(name) if judgement.counted}
    ignored = {judgement.definition for judgement in judgements(name) if not judgement.counted}
    assert counted == {"1.0-rc1"}
    assert ignored == {"1.0", *DRAFTS[name]}
    assert {j.ignored_because for j in judgements(name) if not j.counted} == {
        f"made against {version}, not 1.0-rc1" for version in ignored
    }


@pytest.mark.parametrize("name", NAMES)
def test_what_counts_is_what_the_faq_says_and_it_says_the_same_of_the_final_version(name: str) -> None:
    counted = [(j.requirement, j.outcome) for j in judgements(name) if j.counted]
    final = [(j.requirement, j.outcome) for j in judgements(name) if j.definition == "1.0"]
    assert sorted(counted) == sorted(FAQ[name])
    assert sorted(final) == sorted(FAQ[name])
    assert {j.by for j in judgements(name) if j.definition.startswith("1.0")} == {"Open Source Initiative"}


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_of_the_faq_admits_that_the_reviews_were_of_drafts(name: str) -> None:
    said = [j.reason for j in judgements(name) if j.definition.startswith("1.0")]
    assert said
    assert [reason for reason in said if "used the drafts 0.0.6 to 0.0.9" not in reason] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_drafts_are_restated_row_by_row(name: str) -> None:
    versions = Counter(j.definition for j in judgements(name) if not j.definition.startswith("1.0"))
    assert dict(versions) == DRAFTS[name]


def test_the_two_publications_on_falcon_disagree_on_the_same_requirement() -> None:
    said = {
        (j.definition, j.outcome) for j in judgements("falcon-40b") if j.requirement == "preferred-form-all-elements"
    }
    assert said == {("1.0-rc1", "met"), ("1.0", "met"), ("0.0.8", "not-met")}


def test_sheet_and_summary_disagree_on_the_training_code_of_mixtral() -> None:
    said = {(j.by, j.outcome) for j in judgements("mixtral-8x7b") if j.requirement == "code-training"}
    assert said == {
        ("Open Source Initiative", "not-met"),
        ("Mark Collier, Jean-Pierre Lorre, Cailean Osborne", "met"),
    }


def test_the_labelling_of_pythia_is_waived_by_a_draft_alone() -> None:
    (labelling,) = [j for j in judgements("pythia-12b") if j.requirement == "data-info-labeling"]
    assert (labelling.outcome, labelling.definition, labelling.counted) == ("not-applicable", "0.0.8", False)


def test_reviewers_from_the_producer_make_a_review_not_independent() -> None:
    own = {name for name in NAMES if any(j.independent is False for j in judgements(name))}
    assert own == {"amber-7b", "bloom-176b", "crystalcoder-7b", "llama-2-7b", "pythia-12b"}


def test_the_command_of_the_readme_reads_release_and_review_together() -> None:
    command = "check data/releases/bloom-176b.yaml data/reviews/osi-2024/bloom-176b.yaml"
    assert f"$ osaid-graph {command}\n" in (DATA / "reviews" / "README.md").read_text("utf-8")
    finished = subprocess.run(
        [sys.executable, "-m", "osaid_graph", *command.split()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=DATA.parent,
        env={"SOURCE_DATE_EPOCH": "1795392000", "PATH": ""},
        check=False,
    )
    assert (finished.returncode, finished.stderr) == (1, "")
    shown = " ".join(finished.stdout.split())
    assert "Open Source Initiative, 2024-06-14 [not counted: made against 0.0.8, not 1.0-rc1]" in shown
