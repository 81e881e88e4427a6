"""Gaps of assessments at the artefacts of the lineage."""

from __future__ import annotations

from pathlib import Path

from osaid_graph.assessment.artifact_gaps import found_gaps
from osaid_graph.assessment.assess import prepare
from osaid_graph.assessment.survey import survey
from osaid_graph.graph.load import load_apart
from osaid_graph.lineage.artifacts import lineage_of

ROOT = Path(__file__).parent.parent.parent


def gaps_of(*inputs: Path) -> dict[str, tuple[str, ...]]:
    release, dumps = load_apart(map(str, inputs))
    lineage = lineage_of(prepare(release), release, dumps)
    found = found_gaps(lineage, (each.assessment for each in survey(release)))
    return {lineage.label(number): ids for number, ids in found.items()}


def test_a_gap_of_code_and_of_parameters_is_one_of_the_release_and_one_of_data_is_one_of_the_data() -> None:
    found = gaps_of(ROOT / "data" / "releases" / "bloom-176b.yaml")
    assert list(found) == ["BLOOM 1.0.0"]
    assert "params-terms" in found["BLOOM 1.0.0"]


def test_a_release_without_gaps_has_none() -> None:
    assert gaps_of(ROOT / "tests" / "fixtures" / "releases" / "borealis.yaml") == {}


def test_data_that_two_releases_share_is_one_artefact_with_one_set_of_gaps() -> None:
    found = gaps_of(ROOT / "tests" / "fixtures" / "lineage" / "family.ttl")
    assert found["Crawl"] == found["Webmix 1"]
    assert "data-info-all-data-described" in found["our-crawl"]
