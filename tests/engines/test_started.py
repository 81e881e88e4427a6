"""The engine that a command starts is told what is wrong with its options before any work is done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from osaid_graph.cli.engine import started
from osaid_graph.errors import UsageError


@pytest.mark.parametrize(("engine", "master"), [("duckdb", None), ("spark", None), ("spark", "local[2]")])
@pytest.mark.parametrize(("spill", "message"), [("none", "no such folder"), ("file", "a file, not a folder")])
def test_a_folder_for_temporary_files_that_is_none_is_told(
    tmp_path: Path, engine: str, master: str | None, spill: str, message: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError) as caught:
        started(engine, master, str(tmp_path / spill), 256)
    assert caught.value.message == f"--spill {tmp_path / spill}: {message}"
    assert caught.value.hint
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_for_temporary_files_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="cannot be written to"):
        started("duckdb", None, str(tmp_path), 256)


def test_a_folder_for_temporary_files_is_used(tmp_path: Path) -> None:
    engine = started("duckdb", None, str(tmp_path), 256)
    try:
        assert engine.rows("SELECT current_setting('temp_directory')") == [(str(tmp_path),)]
    finally:
        engine.close()
