"""The Python in the documentation does what it says: every example is run, in the order of its page."""

from __future__ import annotations

import doctest
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OSAID_GRAPH_SHARED", ROOT.parent / "shared"))


def run(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    failed, tried = doctest.testfile(
        str(ROOT / "docs" / page), module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8"
    )
    assert tried > 10
    assert failed == 0


def test_the_page_on_notebooks(monkeypatch: pytest.MonkeyPatch) -> None:
    run("api.md", ROOT, monkeypatch)


def test_the_tutorial_on_the_whole_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    if not (SHARED / "hub-2024-07" / "models.jsonl.gz").is_file():
        pytest.skip(f"no hub-2024-07/models.jsonl.gz in {SHARED}; set OSAID_GRAPH_SHARED to the folder it is in")
    run("tutorial-lineage.md", SHARED, monkeypatch)
