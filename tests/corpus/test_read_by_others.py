"""docs/corpus.md says how others read a corpus: what it says is run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from corpora import ROOT, turtle

from osaid_graph.corpus.build import build

PAGE = (ROOT / "docs" / "corpus.md").read_text("utf-8")
EXPECTED = [("MIT", 3), ("Apache-2.0", 2), ("other", 1)]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The corpus of the page: some licences are stated now, and others were."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").symlink_to(ROOT / "data")
    stated = 'ex:a :license "MIT", "Apache-2.0" . ex:b :license "MIT", "Apache-2.0", "other", [ a :NotDisclosed ] .'
    old, new = (f"{stated} ex:c :license {license} ." for license in ('"GPL-3.0-only"', '"MIT"'))
    for text in (old, new):
        build(tmp_path / "mine", turtle(tmp_path, a=text))
    (tmp_path / "mine" / "segments" / "000003").mkdir()  # what a build that runs has not committed
    (tmp_path / "mine" / "segments" / "000003" / "sources.parquet").write_bytes(b"")
    return tmp_path


def test_duckdb_reads_what_is_said_now(mine: Path) -> None:
    (text,) = blocks("sql")
    assert duckdb.connect().execute(text).fetchall() == EXPECTED


def test_polars_and_pandas_read_what_is_said_now(mine: Path) -> None:
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    found: dict[str, Any] = {}
    exec(blocks("python")[0], found)  # noqa: S102 - our own page
    assert isinstance(found["answer"], polars.DataFrame)
    assert found["answer"].rows() == EXPECTED
    assert len(pandas.concat(map(pandas.read_parquet, found["files"]("sources")))) == 2


def test_python_builds_and_reads_a_corpus(mine: Path) -> None:
    found: dict[str, Any] = {}
    exec(blocks("python")[1], found)  # noqa: S102 - our own page
    assert found["built"].documents == 35
    assert found["number"] == 2334 + 8
    assert any(source.name == "data/releases/bloom-176b.yaml" for source in found["release"].sources)
