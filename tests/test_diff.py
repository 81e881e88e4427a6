"""``diff``: which requirements came out otherwise between two assessments, and what caused it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from edited_releases import MAIN, RELEASES, borealis, edited, edits, loaded
from jsonschema import Draft202012Validator
from local_validation import SHARED
from manifest_text import ManifestText

from osaid_graph.assessment.assess import Examination, examine
from osaid_graph.assessment.compare import compare
from osaid_graph.cli.diff import command
from osaid_graph.comparison import Change, Comparison
from osaid_graph.errors import UsageError
from osaid_graph.reports.comparison import render

ROOT = Path(__file__).parent.parent
DAY = datetime.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Validate only what differs from the graphs validated before."""
    monkeypatch.setattr("osaid_graph.assessment.assess.validate", SHARED.validate)


def examined(documents: dict[str, str], folder: Path, version: str = "1.0-rc1") -> Examination:
    return examine(loaded(documents, folder), version=version, today=DAY)


def between(old: dict[str, str], new: dict[str, str], folder: Path) -> Comparison:
    return compare(examined(old, folder / "old"), examined(new, folder / "new"))


def change(comparison: Comparison, id_: str) -> Change:
    (found,) = [change for change in comparison.changes if change.requirement.id == id_]
    return found


def test_a_release_and_itself_differ_in_nothing(tmp_path: Path) -> None:
    comparison = between(borealis(), borealis(), tmp_path)
    assert comparison.changes == ()
    assert not comparison.has_losses
    assert "no requirement came out otherwise" in render(comparison, "text")


@pytest.mark.parametrize(
    "rule", [rule for rule, edit in edits().items() if "version" not in edit and "also" not in edit]
)
def test_every_gap_is_a_loss_one_way_and_a_gain_the_other(rule: str, tmp_path: Path) -> None:
    clean, gapped = examined(borealis(), tmp_path / "clean"), examined(edited(rule), tmp_path / "gapped")
    lost, gained = compare(clean, gapped), compare(gapped, clean)
    requirement = rule.partition(".")[0]
    counted = {c.requirement.id: c.direction for c in lost.changes if c.direction == "lost"}
    assert {c.requirement.id: "lost" for c in gained.changes if c.direction == "gained"} == counted
    outcome = next(r.outcome for r in gapped.assessment.results if r.requirement.id == requirement)
    clean_outcome = next(r.outcome for r in clean.assessment.results if r.requirement.id == requirement)
    if outcome != clean_outcome:
        causes = change(lost, requirement).causes
        assert any(cause.kind == "finding" and cause.sign == "+" and cause.text.startswith(rule) for cause in causes)
        causes = change(gained, requirement).causes
        assert any(cause.kind == "finding" and cause.sign == "-" and cause.text.startswith(rule) for cause in causes)


def test_a_claim_that_changed_is_shown_with_its_place_on_either_side(tmp_path: Path) -> None:
    comparison = between(borealis(), edited("data-info-scope.not-disclosed"), tmp_path)
    causes = change(comparison, "data-info-scope").causes
    assert [(cause.kind, cause.sign, cause.text) for cause in causes] == [
        (
            "finding",
            "+",
            "data-info-scope.not-disclosed: the scope of the data is marked as not disclosed (Site Dumps)",
        ),
        ("claim", "-", "scope: 4,000 sites, 1998 to 2022, says https://example.org/borealis/readme"),
        ("claim", "+", "scope: not disclosed, says https://example.org/borealis/readme"),
    ]
    assert [Path(cause.location.source).parent.name for cause in causes[1:] if cause.location] == ["old", "new"]
    assert [step.label for step in causes[0].trace][-1] == "Site Dumps", "the upstream node and the way to it"


def test_a_node_that_left_the_lineage_is_named(tmp_path: Path) -> None:
    gapped = edited("data-info-scope.absent")
    text = ManifestText(gapped[MAIN])
    text.delete(text.named("datasets/archive/derived-from"))
    comparison = between(gapped, {**gapped, MAIN: str(text)}, tmp_path)
    causes = change(comparison, "data-info-scope").causes
    assert [(cause.kind, cause.text) for cause in causes[1:]] == [("scope", "Site Dumps is no longer in scope")]


def test_a_judgement_that_was_added_is_a_cause(tmp_path: Path) -> None:
    old = examine_file("borealis.yaml")
    comparison = compare(old, examine_file("borealis-judged.yaml"))
    causes = change(comparison, "data-info-sufficient").causes
    assert [(cause.kind, cause.sign, cause.text) for cause in causes] == [
        ("judgement", "+", "judged met by Ada Reviewer on 2024-11-02")
    ]
    assert (comparison.old.outcome, comparison.new.outcome) == ("undetermined", "met")


def examine_file(name: str) -> Examination:
    from osaid_graph.graph.load import load

    return examine(load([str(RELEASES / name)]), today=DAY)


def test_a_whole_names_the_parts_that_changed(tmp_path: Path) -> None:
    comparison = between(borealis(), edited("code-testing.not-disclosed"), tmp_path)
    causes = change(comparison, "code-complete-train").causes
    assert [(cause.kind, cause.text) for cause in causes] == [("part", "code-testing: met -> not-met")]


def test_renaming_the_release_changes_nothing(tmp_path: Path) -> None:
    gapped = edited("params-available.no-location")
    renamed = {
        name: text.replace("https://example.org/borealis", "https://example.org/aurora")
        for name, text in gapped.items()
    }
    assert between(gapped, renamed, tmp_path).changes == ()


def test_two_versions_show_the_words_that_differ_and_the_rules_behind_other_outcomes(tmp_path: Path) -> None:
    text = ManifestText(borealis()[MAIN])
    text.replace(text.named("datasets/dumps/cleaning"), "processing: tokenised and shuffled")
    documents = {**borealis(), MAIN: str(text)}
    old, new = examined(documents, tmp_path / "a"), examined(documents, tmp_path / "b", "1.0")
    comparison = compare(old, new)
    found = change(comparison, "data-info-cleaning")
    assert (found.before, found.after, found.direction) == ("not-evidenced", "met", "gained")
    assert found.words == ("data cleaning methodologies", "data processing and filtering methodologies")
    assert [cause.kind for cause in found.causes] == ["finding", "rule"]
    assert {c.requirement.id for c in comparison.changes if c.words} == {
        "data-info-all-data-described",
        "data-info-cleaning",
        "code-spec-data-processing",
        "code-preprocessing",
    }


def test_two_policies_show_the_policy_as_the_cause(tmp_path: Path) -> None:
    release = loaded(borealis(), tmp_path)
    comparison = compare(examine(release, today=DAY), examine(release, terms="strict", today=DAY))
    causes = change(comparison, "data-info-terms").causes
    assert [(cause.kind, cause.text) for cause in causes[1:]] == [("policy", "terms policy osd-conformant -> strict")]


# -- the command ---------------------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, [*arguments, "--date", "2026-11-24"], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.return_value, result.stdout


def on_disk(documents: dict[str, str], folder: Path) -> str:
    loaded(documents, folder)
    return str(folder / MAIN)


def test_a_loss_exits_with_one_and_a_gain_with_zero(tmp_path: Path) -> None:
    clean = on_disk(borealis(), tmp_path / "clean")
    gapped = on_disk(edited("data-info-scope.absent"), tmp_path / "gapped")
    assert run(clean, gapped)[0] == 1
    assert run(clean, gapped, "--exit-zero")[0] == 0
    assert run(gapped, clean)[0] == 0
    assert run(clean, clean)[0] == 0


def test_json_follows_its_schema(tmp_path: Path) -> None:
    clean = on_disk(borealis(), tmp_path / "clean")
    gapped = on_disk(edited("data-info-scope.absent"), tmp_path / "gapped")
    document = json.loads(run(clean, gapped, "-F", "json")[1])
    schema = json.loads((ROOT / "data" / "schema" / "comparison.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    both = json.loads(run("--definition", "1.0-rc1", "--definition", "1.0", clean, "-F", "json")[1])
    Draft202012Validator(schema).validate(both)
    assert [side["definition"] for side in (both["old"], both["new"])] == ["1.0-rc1", "1.0"]
    assert "data-info-scope" in {c["requirement"] for c in document["changes"]}


def test_what_belongs_to_both_is_read_with_both(tmp_path: Path) -> None:
    clean = on_disk(borealis(), tmp_path / "clean")
    judgements = tmp_path / "judgements.yaml"
    judged = (RELEASES / "borealis-judged.yaml").read_text("utf-8")
    judgements.write_text(judged[judged.index("judgements:") :], "utf-8")
    assert "  met -> met: 0 lost, 0 gained" in run(clean, clean, "--with", str(judgements))[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("one.yaml",),
        ("one.yaml", "two.yaml", "three.yaml"),
        ("--definition", "1.0", "--definition", "1.0", "--definition", "1.0", "one.yaml"),
        ("--definition", "3.0", "one.yaml", "two.yaml"),
    ],
)
def test_what_cannot_be_compared_is_wrong_usage(arguments: tuple[str, ...], tmp_path: Path) -> None:
    clean = on_disk(borealis(), tmp_path / "clean")
    with pytest.raises(UsageError):
        run(*(clean if argument.endswith(".yaml") else argument for argument in arguments))
