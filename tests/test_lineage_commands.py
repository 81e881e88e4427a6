"""``lineage``, ``impact`` and ``analyze`` as they are typed: their words, exit codes and formats."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from osaid_graph.cli import main

ROOT = Path(__file__).parent.parent
FAMILY = "tests/fixtures/lineage/family.ttl"
EXPECTED = ROOT / "tests" / "fixtures" / "expected" / "lineage"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    monkeypatch.chdir(ROOT)

    def ran(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["osaid-graph", *arguments])
        with pytest.raises(SystemExit) as raised:
            main()
        out, err = capfdbinary.readouterr()
        assert isinstance(raised.value.code, int)
        return raised.value.code, out.decode(), err.decode()

    return ran


def validate(name: str, text: str) -> None:
    schema = json.loads((ROOT / "data" / "schema" / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(json.loads(text))


@pytest.mark.parametrize(
    ("file", "arguments"),
    [
        ("lineage-merged-none.txt", "lineage merged FAMILY --gaps none"),
        ("lineage-adapter.txt", "lineage adapter FAMILY"),
        ("lineage-stray-license.txt", "lineage stray FAMILY --gaps license,withdrawn"),
        ("lineage-books-down.txt", "lineage --down books FAMILY --gaps none --depth 2"),
        ("impact-books.txt", "impact books FAMILY"),
        ("impact-tuned.csv", "impact tuned FAMILY --format csv"),
    ],
)
def test_the_answer_is_kept(run: Run, file: str, arguments: str) -> None:
    code, out, err = run(*arguments.replace("FAMILY", FAMILY).split())
    assert (code, err) == (0, "")
    assert out.encode() == (EXPECTED / file).read_bytes()


@pytest.mark.parametrize("command", ["lineage", "impact", "analyze"])
def test_help_shows_examples_and_exits_with_zero(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "\n  Examples:\n    osaid-graph " in out


@pytest.mark.parametrize("options", [["--gaps", "none"], ["--depth", "1"], ["--down", "--gaps", "license"]])
def test_json_of_a_lineage_follows_its_schema(run: Run, options: list[str]) -> None:
    code, out, _ = run("lineage", "base", FAMILY, "-F", "json", *options)
    assert code == 0
    validate("lineage", out)


def test_json_tells_no_gaps_from_gaps_not_looked_for(run: Run) -> None:
    asked = {
        kind: json.loads(run("lineage", "base", FAMILY, "-F", "json", "--gaps", kind)[1]) for kind in ("none", "issued")
    }
    assert [asked[kind]["criteria"] for kind in asked] == [None, "open by issued"]


@pytest.mark.parametrize("options", [[], ["--also", "crawl"], ["--day", "2023-01-01"], ["--via", "mergedFrom"]])
def test_json_of_an_impact_follows_its_schema(run: Run, options: list[str]) -> None:
    code, out, _ = run("impact", "books", FAMILY, "-F", "json", *options)
    assert code == 0
    validate("impact", out)


def test_parquet_of_an_impact_has_a_row_for_each_artefact_of_the_json(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "fallout.parquet"
    assert run("impact", "books", FAMILY, "-F", "parquet", "-o", str(target)) == (0, "", "")
    rows = pq.read_table(io.BytesIO(target.read_bytes())).to_pylist()
    document = json.loads(run("impact", "books", FAMILY, "-F", "json")[1])
    assert [(row["node"], row["distance"]) for row in rows] == [(a["id"], a["distance"]) for a in document["affected"]]


def test_parquet_without_pyarrow_names_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyarrow", "pandas"):
        monkeypatch.setitem(sys.modules, name, None)  # what Python takes for a module that is not there
    code, out, err = run("impact", "books", FAMILY, "-F", "parquet")
    assert (code, out) == (2, "")
    assert "osaid-graph[tables]" in err


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (
            ["lineage", "webmix", FAMILY],
            2,
            "'webmix' could be 2 nodes\nhelp: write one of them: acme/webmix@1, acme/webmix@2",
        ),
        (["impact", "bookz", FAMILY], 2, "no node 'bookz' here\nhelp: did you mean acme/books?"),
        (["lineage", "base", FAMILY, "--via", "trainedon,x"], 2, "no edge 'x'\nhelp: edges: trainedOn, "),
        (
            ["lineage", "base", FAMILY, "--gaps", "licence"],
            2,
            "there is no criterion 'licence'\nhelp: did you mean license? criteria: license, ",
        ),
        (
            ["impact", "base", FAMILY, "--day", "2023-02-30"],
            2,
            "--day '2023-02-30' is not a date\nhelp: write it as YYYY-MM-DD",
        ),
        (["impact", "base", FAMILY, "--day", ""], 2, "--day '' is not a date\nhelp: write it as YYYY-MM-DD"),
        (["impact", "base", FAMILY, "-o", ""], 2, "an empty name of a file to write\nhelp: name a file with --output"),
        (["analyze", "gateway", FAMILY], 2, "no analysis 'gateway'\nhelp: did you mean gateways?"),
        (["lineage", "x", "nothing.ttl"], 3, "nothing.ttl: "),
        (
            ["impact", "base", FAMILY, "-o", FAMILY],
            2,
            f"{FAMILY}: is an input\nhelp: choose another place with --output",
        ),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_an_error_says_what_is_wrong_and_what_to_do(run: Run, arguments: list[str], code: int, error: str) -> None:
    found, out, err = run(*arguments)
    assert (found, out) == (code, "")
    assert err.startswith(f"error: {error}")
    assert err.count("\n") == 2


@pytest.mark.parametrize("command", [["lineage", "x"], ["impact", "x"], ["analyze", "blocked"]])
def test_an_input_without_a_lineage_is_no_answer(run: Run, tmp_path: Path, command: list[str]) -> None:
    file = tmp_path / "code.ttl"
    file.write_text("<urn:c> a <https://w3id.org/osaid-graph/ont#Code> .\n")
    code, out, err = run(*command, str(file))
    assert (code, out) == (3, "")
    assert err.startswith(f"error: {file}: no lineage: neither models nor data are described\nhelp: ")


def test_the_order_of_inputs_changes_nothing_but_their_order(run: Run, tmp_path: Path) -> None:
    more = tmp_path / "more.ttl"
    more.write_text(
        "@prefix o: <https://w3id.org/osaid-graph/ont#> .\n"
        "<https://huggingface.co/acme/late> a o:Model ; o:fineTunedFrom <https://huggingface.co/acme/merged> .\n"
    )
    for command in (["lineage", "late", "--gaps", "none"], ["impact", "books"]):
        one = json.loads(run(*command, FAMILY, str(more), "-F", "json")[1])
        two = json.loads(run(*command, str(more), FAMILY, "-F", "json")[1])
        del one["inputs"], two["inputs"]
        assert one == two
