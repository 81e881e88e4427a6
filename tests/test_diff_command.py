"""``diff`` as a command: what it reads, its exit status, and what cannot be compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from edited_releases import MAIN, RELEASES, borealis, edited, loaded
from jsonschema import Draft202012Validator
from local_validation import SHARED

from osaid_graph.cli.diff import command
from osaid_graph.errors import UsageError

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Validate only what differs from the graphs validated before."""
    monkeypatch.setattr("osaid_graph.assessment.assess.validate", SHARED.validate)


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
