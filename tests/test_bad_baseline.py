"""A file of ``--baseline`` that is none: one clear line, the next step, exit 3, and nothing written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from osaid_graph.cli import cli
from osaid_graph.errors import InputError

MANIFEST = "system: {id: acme/atlas, name: Atlas}\n"
HINT = "write it with osaid-graph check -F json -o FILE"


def check(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Any:
    monkeypatch.chdir(folder)
    (folder / "osaid.yaml").write_text(MANIFEST, "utf-8")
    return CliRunner().invoke(cli, ["check", "osaid.yaml", *arguments], standalone_mode=False)


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    check(tmp_path, monkeypatch, "-F", "json", "-o", "before.json")
    found: dict[str, Any] = json.loads((tmp_path / "before.json").read_text("utf-8"))
    return found


def test_a_report_is_taken_and_its_own_report_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: dict[str, Any]
) -> None:
    assert report["findings"]
    first = check(tmp_path, monkeypatch, "--baseline", "before.json", "-F", "json", "-o", "after.json")
    assert (first.return_value, first.exception) == (0, None)
    second = check(tmp_path, monkeypatch, "--baseline", "after.json", "-q")
    assert second.return_value == 0
    assert "after.json of 2026-11-23: gaps " in second.stdout
    assert check(tmp_path, monkeypatch, "-q").return_value == 1


def test_it_may_be_replaced_by_the_report_that_is_held_against_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: dict[str, Any]
) -> None:
    ran = check(tmp_path, monkeypatch, "--baseline", "before.json", "-F", "json", "-o", "before.json")
    assert ran.return_value == 0
    after = json.loads((tmp_path / "before.json").read_text("utf-8"))
    assert [f["id"] for f in after["findings"]] == [f["id"] for f in report["findings"]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"tool": {"name": "other"}}, "no report of osaid-graph check in JSON"),
        ({"tool": 1}, "no report of osaid-graph check in JSON"),
        ({"schema_version": "2.0"}, "a report of format 2.0, expected 1.x"),
        ({"schema_version": 1}, "'schema_version' must be a text, found a number"),
        ({"date": "yesterday"}, "'date' is no day: 'yesterday'"),
        ({"subject": None}, "'subject' must be a block of keys, found null"),
        ({"subject": {"label": "x"}}, "a report without 'subject.id'"),
        ({"definition": {"id": ""}}, "'definition.id' must be a text, found an empty text"),
        ({"findings": {}}, "'findings' must be a list, found a block of keys"),
        ({"findings": ["x"]}, "'findings[0]' must be a block of keys, found a text"),
        ({"findings": [{"id": True}]}, "'findings[0].id' must be a text, found true or false"),
        ({"findings": [{"id": "a"}]}, "a report without 'findings[0].rule'"),
        ({"requirements": [{"id": "a"}]}, "a report without 'requirements[0].outcome'"),
    ],
)
def test_what_a_report_must_hold_is_asked_for_by_name(
    change: dict[str, Any],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    report: dict[str, Any],
) -> None:
    (tmp_path / "bad.json").write_text(json.dumps(report | change), "utf-8")
    refused(tmp_path, monkeypatch, message, None)


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"", "not valid JSON: Expecting value", 1),
        (b"{\n  x", "not valid JSON: Expecting property name enclosed in double quotes", 2),
        (b"[]", "no report: expected a block of keys, found a list", None),
        (b"\xff", "not UTF-8, and so no report in JSON", None),
        (b"[" * 100_000, "JSON that is nested too deeply for a report", None),
        (b"1" * 5_000, "a number of too many digits for a report", None),
        (b'{"version": "2.1.0", "runs": []}', "no report of osaid-graph check in JSON", None),
    ],
)
def test_what_is_no_report_at_all_is_refused(
    data: bytes, message: str, line: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.json").write_bytes(data)
    refused(tmp_path, monkeypatch, message, line)


def refused(folder: Path, monkeypatch: pytest.MonkeyPatch, message: str, line: int | None) -> None:
    ran = check(folder, monkeypatch, "--baseline", "bad.json", "-F", "json", "-o", "out.json")
    assert isinstance(ran.exception, InputError)
    error = ran.exception
    assert (error.message, error.source, error.line) == (message, "bad.json", line)
    assert (error.hint, error.exit_code) == (HINT, 3)
    assert not (folder / "out.json").exists()


@pytest.mark.parametrize(("name", "why"), [("none.json", "No such file or directory"), (".", "Is a directory")])
def test_a_file_that_cannot_be_read_is_named(
    name: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = check(tmp_path, monkeypatch, "--baseline", name)
    assert isinstance(ran.exception, InputError)
    assert str(ran.exception) == f"{name}: cannot be read: {why}"
