"""One release, told of by its card, bill of materials, dataset and two indexes: one report, all sources named.

``OSAID_GRAPH_UPDATE_GOLDEN=1`` rewrites the golden report.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import RDF, URIRef

from osaid_graph.assessment.assess import assess
from osaid_graph.cli import cli
from osaid_graph.errors import NothingToAssessError
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.model import Assessment, Finding
from osaid_graph.reports.reading import place
from osaid_graph.vocab import OSAID

MEETING = Path(__file__).parent / "fixtures" / "meeting"
GOLDEN = Path(__file__).parent / "reports" / "golden" / "meeting.txt"
#: File -> the format it is read as.
FILES = {
    "README.md": "hf-model-card",
    "atlas.spdx3.json": "spdx3",
    "croissant.json": "croissant",
    "mot.yml": "mot",
    "osai-index.yaml": "osai-index",
}
ATLAS = "https://huggingface.co/acme/atlas-7b"
WEBMIX = "https://huggingface.co/datasets/acme/webmix"
INDEX, TOOL = "https://osai-index.eu/", "https://mot.isitopen.ai/"


@pytest.fixture(autouse=True)
def inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the files by their names alone."""
    monkeypatch.chdir(MEETING)


@pytest.fixture(scope="module")
def release() -> Release:
    """The five files, read together."""
    return load([str(MEETING / name) for name in FILES])


@pytest.fixture(scope="module")
def assessment(release: Release) -> Assessment:
    """What the five files come to."""
    return assess(release)


def check(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", *arguments], standalone_mode=False)


def finding(assessment: Assessment, rule: str) -> Finding:
    (found,) = [each for each in assessment.findings if each.rule == rule]
    return found


def claims(assessment: Assessment, rule: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Return the claims behind a finding: the value, who says it, and the place, by the name of the file."""
    found = finding(assessment, rule).claims
    return sorted(
        (each.value, tuple(Path(name).name if os.sep in name and "://" not in name else name for name in each.sources),
         place(each.location).rpartition(os.sep)[2] if each.location else "")
        for each in found
    )  # fmt: skip


def test_the_five_files_tell_of_one_model_and_one_dataset(release: Release, assessment: Assessment) -> None:
    assert assessment.subject == ATLAS
    assert set(release.graph.subjects(RDF.type, OSAID.Model)) == {URIRef(ATLAS)}
    assert set(release.graph.subjects(RDF.type, OSAID.Parameters)) == {URIRef(f"{ATLAS}#parameters")}
    assert set(release.graph.subjects(RDF.type, OSAID.Dataset)) == {URIRef(WEBMIX)}
    assert set(release.graph.objects(None, OSAID.trainedOn)) == {URIRef(WEBMIX)}


def test_the_card_is_the_document_that_the_index_knows(release: Release) -> None:
    assert set(release.graph.objects(URIRef(ATLAS), OSAID.hasDocument)) == {URIRef(f"{ATLAS}#document-model-card")}


def test_every_file_is_an_input_in_its_format(assessment: Assessment) -> None:
    assert {Path(each.name).name: each.format for each in assessment.inputs} == FILES


def test_the_card_is_named_after_the_release_of_the_others(assessment: Assessment) -> None:
    repairs = {Path(each.name).name: [repair.text for repair in each.repairs] for each in assessment.inputs}
    why = "taken to be acme/atlas-7b, as the one release that the other inputs describe"
    assert repairs == {
        **{name: [] for name in FILES},
        "README.md": [f"it does not say what it describes: {why}"],
    }


def test_sources_that_disagree_on_terms_are_each_named_with_their_place(assessment: Assessment) -> None:
    found = finding(assessment, "params-terms.conflicting")
    assert (found.outcome, found.focus) == ("not-evidenced", f"{ATLAS}#parameters")
    assert claims(assessment, "params-terms.conflicting") == [
        ("Apache-2.0", (TOOL,), "mot.yml:15 (release.license.distribution.name)"),
        ("Apache-2.0", (INDEX,), "osai-index.yaml:8 (system.endmodellicense)"),
        ("CC-BY-NC-4.0", ("atlas.spdx3.json",), "atlas.spdx3.json:20 (@graph[6].to[0])"),
        ("apache-2.0", ("README.md",), "README.md:2 (license)"),
    ]


def test_what_one_source_names_and_another_withholds_conflicts(assessment: Assessment) -> None:
    found = finding(assessment, "code-training.conflicting")
    assert (found.outcome, found.focus) == ("not-evidenced", ATLAS)
    assert claims(assessment, "code-training.conflicting") == [
        ("https://github.com/acme/atlas", (TOOL,), "mot.yml:19 (release.components[0].name)"),
        (
            "not disclosed: The training scripts were never published.",
            (INDEX,),
            "osai-index.yaml:25 (trainingcode.class)",
        ),
    ]


def test_nothing_else_conflicts(assessment: Assessment) -> None:
    conflicts = {each.rule for each in assessment.findings if "conflicting" in each.rule}
    assert conflicts == {"params-terms.conflicting", "code-training.conflicting"}


def test_the_text_report_is_what_it_was() -> None:
    result = check(*FILES)
    assert (result.exception, result.return_value) == (None, 1)
    if os.environ.get("OSAID_GRAPH_UPDATE_GOLDEN"):
        GOLDEN.write_text(result.stdout, "utf-8")
    assert result.stdout == GOLDEN.read_text("utf-8")


def test_a_folder_of_the_files_gives_the_same_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FILES:
        shutil.copy(MEETING / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert check(".").stdout == check(*FILES).stdout


def test_a_model_that_made_data_is_not_what_is_assessed(tmp_path: Path) -> None:
    collection = tmp_path / "a.json"
    collection.write_text(
        '{"a": {"Dataset Name": "A", "Unique Dataset Identifier": "a", "Collection": "A", "Licenses": [],'
        ' "Hugging Face URL": "https://huggingface.co/datasets/acme/a", "Model Generated": ["OpenAI GPT-4"]}}'
    )
    result = check("--from", "data-provenance", str(collection))
    assert isinstance(result.exception, NothingToAssessError)
    assert "nothing to assess: datasets alone" in str(result.exception)
