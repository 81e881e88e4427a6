"""Each report of two shipped releases, byte for byte. ``OSAID_GRAPH_UPDATE_GOLDEN=1`` rewrites the files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from osaid_graph.cli import cli
from osaid_graph.reports import REPORTS

ROOT = Path(__file__).parent.parent.parent
GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {
    "text": "txt",
    "json": "json",
    "turtle": "ttl",
    "sarif": "sarif",
    "junit": "junit.xml",
    "markdown": "md",
    "html": "html",
    "csv": "csv",
    "badge": "svg",
}


def check(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.chdir(ROOT)
    return CliRunner().invoke(cli, ["check", *arguments], standalone_mode=False)


@pytest.mark.parametrize("release", ["bloom-176b", "mixtral-8x7b"])
@pytest.mark.parametrize("report", list(REPORTS))
def test_the_report_is_what_it_was(report: str, release: str, monkeypatch: pytest.MonkeyPatch) -> None:
    golden = GOLDEN / f"{release}.{SUFFIXES[report]}"
    result = check(monkeypatch, f"data/releases/{release}.yaml", "-F", report)
    assert result.exception is None
    assert result.return_value == 1
    if os.environ.get("OSAID_GRAPH_UPDATE_GOLDEN"):
        golden.write_bytes(result.stdout_bytes)
    assert result.stdout_bytes == golden.read_bytes()
