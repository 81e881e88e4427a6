"""``osaid-graph plan`` and ``osaid-graph what-if``, as a person runs them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from edited_releases import edited, loaded
from local_validation import SHARED

from osaid_graph.assessment import assess, survey
from osaid_graph.cli import cli
from osaid_graph.errors import OsaidError
from osaid_graph.validation.definition import definition

ROOT = Path(__file__).parent.parent.parent
FAMILY = str(ROOT / "tests" / "fixtures" / "lineage" / "family.ttl")
OLMO = str(ROOT / "data" / "releases" / "olmo-7b.yaml")
PAIR = [OLMO, str(ROOT / "data" / "releases" / "pythia-12b.yaml")]


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assess, "validate", SHARED.validate)
    monkeypatch.setattr(survey, "validate", SHARED.validate)


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if result.exception:
        raise result.exception
    assert (result.return_value or 0) == code, result.output
    return result.stdout


# -- plan --------------------------------------------------------------------------------------------------------


def test_the_frontier_of_a_lineage_is_shown_with_a_chart() -> None:
    assert run("plan", FAMILY, "--gaps", "license") == (
        "8 of 8 releases are blocked by what is open by license; 4 nodes would free 8 of them\n"
        "\n"
        "      effort        freed   share                            best if a release is worth\n"
        "           1            6   75.0%  ██████████████████        0.1667 to 1\n"
        "              + Crawl: license, for 6 releases\n"
        "           2            7   87.5%  █████████████████████     1 to 2\n"
        "              + Orphan: license, for 1 release\n"
        "           4            8  100.0%  ████████████████████████  2 or more\n"
        "              + imagefolder: license, for 1 release\n"
        "              + our-crawl: license, for 1 release\n"
    )


def test_the_frontier_in_json_and_csv_says_the_same() -> None:
    document = json.loads(run("plan", FAMILY, "--gaps", "license", "-F", "json"))
    assert (document["blocked"], document["corners"], document["unit"]) == (8, 3, "node")
    assert document["gaps"] == ["license"]
    rows = list(csv.DictReader(io.StringIO(run("plan", FAMILY, "--gaps", "license", "-F", "csv"))))
    fixes = [(p["effort"], fix["node"]) for p in document["points"] for fix in p["fixes"]]
    assert [(int(row["effort"]), row["node"]) for row in rows] == fixes
    assert [row["price_from"] for row in rows] == ["1/6", "1", "2", "2"]
    assert {row["exact"] for row in rows} == {"true"}


def test_a_budget_a_price_and_a_top_choose_what_is_shown() -> None:
    shown = run("plan", FAMILY, "--gaps", "license", "--budget", "3")
    assert "exact: no plan of this effort frees more" in shown
    assert (
        json.loads(run("plan", FAMILY, "--gaps", "license", "--price", "1/2", "-F", "json"))["points"][0]["effort"] == 1
    )
    assert "2 more corners of the frontier" in run("plan", FAMILY, "--gaps", "license", "--top", "1")


def test_several_releases_have_a_frontier_of_statements() -> None:
    shown = run("plan", *PAIR)
    assert shown.startswith("2 of 2 releases are blocked by what was found; ")
    assert "+ Project Gutenberg: cleaning, for 2 releases\n" in shown


def test_one_release_has_statements_in_the_order_of_the_definition(tmp_path: Path) -> None:
    loaded(edited("data-info-cleaning.absent"), tmp_path)
    shown = run("plan", str(tmp_path / "borealis.yaml"))
    assert shown.startswith("Borealis 1.0: 1 statement closes 1 gap\n")
    assert "+     cleaning: TODO  # the data cleaning methodologies\n" in shown
    assert "closes: data-info-cleaning\n" in shown
    document = json.loads(run("plan", str(tmp_path / "borealis.yaml"), "-F", "json"))
    assert [each["gaps"][0]["property"] for each in document["statements"]] == ["cleaning"]
    patch = run("plan", str(tmp_path / "borealis.yaml"), "--patch")
    assert patch == document["patch"] and patch.startswith("--- a/")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--budget", "1", "--price", "1"], "a budget and a price are two questions"),
        (["--gaps", "license", "--patch"], "a plan on the lineage has no statements"),
        (["--gaps", "license", "--terms", "any"], "a plan on the lineage assesses nothing"),
        (["--gaps", "license", "--date", "2026-11-24"], "a plan on the lineage assesses nothing"),
        (["--gaps", "license", "--unit", "statement"], "a plan on the lineage assesses nothing"),
        (["--gaps", "nothing"], "there is no criterion 'nothing'"),
        (["--gaps", "findings,license"], "findings stand alone"),
        (["--subject", "acme/nobody"], "is no system, model or parameters"),
        (["--patch"], "5 releases are described"),
        (["--patch", "--budget", "1"], "a patch has every statement"),
        (["--patch", "--unit", "node"], "a patch has every statement"),
        (["--patch", "--only", "judgement"], "a patch has every statement"),
        (["--patch", "--top", "1"], "a patch has every statement"),
        (["--patch", "-F", "json"], "a patch has every statement"),
    ],
)
def test_what_cannot_be_planned_is_told(arguments: list[str], message: str) -> None:
    with pytest.raises(OsaidError, match=message) as raised:
        run("plan", FAMILY, *arguments)
    assert raised.value.hint


def test_corners_of_one_release_are_refused_where_its_statements_are_planned() -> None:
    with pytest.raises(OsaidError, match="--top: a plan of one release has every statement, and no corners") as raised:
        run("plan", OLMO, "--top", "1")
    assert "leave out --top" in raised.value.hint
    assert run("plan", OLMO, "--top", "1", "--unit", "statement").startswith("1 of 1 releases are blocked")


def test_findings_are_not_named_for_lists_that_are_not_assessed(tmp_path: Path) -> None:
    (tmp_path / "models.jsonl").write_text('{"id": "acme/m"}\n', "utf-8")
    with pytest.raises(OsaidError, match="there is no criterion 'bla'") as raised:
        run("plan", str(tmp_path / "models.jsonl"), "--gaps", "bla")
    assert raised.value.hint == "criteria: license, described, issued, withdrawn"


def test_statements_stand_in_the_order_of_the_definition() -> None:
    document = json.loads(run("plan", str(ROOT / "data" / "releases" / "grok-1.yaml"), "-F", "json"))
    known = list(definition().requirements)
    asked = [min(known.index(id_) for gap in s["gaps"] for id_ in gap["requirements"]) for s in document["statements"]]
    assert len(asked) == 7 and asked == sorted(asked)


@pytest.mark.parametrize("number", ["0", "-1", "nan", "1e9", "x"])
def test_a_budget_is_a_number_above_zero(number: str) -> None:
    result = CliRunner().invoke(cli, ["plan", FAMILY, "--budget", number])
    assert result.exit_code == 2 and "is no number above zero" in result.output


def test_names_from_the_data_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "evil.ttl").write_text(
        "@prefix : <https://w3id.org/osaid-graph/ont#> . @prefix ex: <https://example.org/> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        'ex:m a :Model ; dcterms:title "=1+1\\u001b[31m<script>" .',
        "utf-8",
    )
    arguments = ("plan", str(tmp_path / "evil.ttl"), "--gaps", "license", "-F")
    (row,) = csv.DictReader(io.StringIO(run(*arguments, "csv")))
    assert row["label"] == "'=1+1\\x1b[31m<script>"
    assert "\x1b" not in run(*arguments, "text") + run(*arguments, "json")


# -- what-if -----------------------------------------------------------------------------------------------------


def test_all_statements_answered_gain_what_they_close_and_lose_nothing() -> None:
    document = json.loads(run("what-if", OLMO, "-F", "json"))
    assert {change["direction"] for change in document["changes"]} == {"gained"}
    after = {change["requirement"]: change["after"] for change in document["changes"]}
    assert after["data-info-cleaning"] == after["code-supporting-libraries"] == "met"
    assert document["new"]["summary"]["not-evidenced"] == 0
    assert document["new"]["summary"]["needs-judgement"] > 0


def test_what_remains_is_told_below_what_is_gained() -> None:
    shown = run("what-if", OLMO)
    assert "\nleft for a reviewer (" in shown and "data-info-sufficient" in shown.partition("left for a reviewer")[2]
    assert "still open" not in shown
    grok = run("what-if", str(ROOT / "data" / "releases" / "grok-1.yaml"))
    assert "\nstill open (" in grok and "code-training" in grok.partition("still open")[2]


def test_a_fix_a_statement_and_a_patch_are_tried_without_writing(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    shutil.copytree(ROOT / "data" / "releases", folder)
    main = str(folder / "olmo-7b.yaml")
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    fixed = json.loads(run("what-if", main, "--fix", "data-info-cleaning", "-F", "json"))
    stated = json.loads(
        run("what-if", main, "--state", "Project Gutenberg", "cleaning", "headers were cut", "-F", "json")
    )
    assert [c["requirement"] for c in stated["changes"]] == [c["requirement"] for c in fixed["changes"]]
    (tmp_path / "fill-in.diff").write_text(run("plan", main, "--patch"), "utf-8")
    patched = json.loads(run("what-if", main, "--patch", str(tmp_path / "fill-in.diff"), "-F", "json"))
    whole = json.loads(run("what-if", main, "-F", "json"))
    assert [(c["requirement"], c["after"]) for c in patched["changes"]] == [
        (c["requirement"], c["after"]) for c in whole["changes"]
    ]
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before


def test_an_edited_manifest_that_loses_a_requirement_exits_with_one(tmp_path: Path) -> None:
    loaded(edited("data-info-cleaning.absent"), tmp_path / "edited")
    whole = str(ROOT / "tests" / "fixtures" / "releases" / "borealis.yaml")
    shown = run("what-if", whole, "--edited", str(tmp_path / "edited" / "borealis.yaml"), code=1)
    assert shown.startswith("lost (")
    assert "data-info-cleaning: met -> not-evidenced" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fix", "nothing"], "no requirement 'nothing'"),
        (["--fix", "code-training"], "no statement closes a gap"),
        (["--fix", "data-info-cleaning", "--patch", "x"], "one question at a time"),
        (["--patch", "nowhere.diff"], "cannot be read"),
        (["--patch", OLMO], "no unified diff"),
        (["--edited", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
        (["--edited", FAMILY], "it is not clear which manifest is meant"),
        (["--state", "Project Gutenberg", "scope", "x"], "cannot be added to Project Gutenberg"),
        (["--state", "Nobody at all", "scope", "x"], "Nobody at all"),
    ],
)
def test_what_cannot_be_tried_is_told(arguments: list[str], message: str) -> None:
    with pytest.raises(OsaidError, match=message) as raised:
        run("what-if", OLMO, *arguments)
    assert raised.value.hint
