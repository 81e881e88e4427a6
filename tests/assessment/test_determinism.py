"""The same input gives the same bytes, in every run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REAL = Path(__file__).parents[2] / "data" / "releases"


def report(form: str, seed: str, *inputs: Path) -> bytes:
    """Return what ``check`` writes in a process of its own, which hashes texts in its own way."""
    names = [str(path) for path in inputs]
    command = [sys.executable, "-m", "osaid_graph", "check", "--date", "2026-11-23", "-F", form, "--exit-zero", *names]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(command, env=environment, check=True, capture_output=True).stdout


@pytest.mark.parametrize("form", ["text", "json", "turtle"])
def test_a_report_depends_on_nothing_but_its_input(form: str) -> None:
    path = REAL / "mixtral-8x7b.yaml"
    first = report(form, "1", path)
    assert first
    assert report(form, "2", path) == first
    assert report(form, "3", path) == first


def test_a_report_of_rdf_with_blank_nodes_is_the_same_too(tmp_path: Path) -> None:
    path = tmp_path / "release.ttl"
    path.write_text(
        "@prefix : <https://w3id.org/osaid-graph/ont#> . @prefix code: <https://w3id.org/osaid-graph/code#> .\n"
        "[] a :AISystem ; :hasCode [ a :Code ; :codeRole code:training ] ,\n"
        "   [ a :NotDisclosed ; :codeRole code:testing ] ;\n"
        "   :trainedOn [ a :Dataset ] , [ a :Dataset ; :scope 'news' ] , [ a :NotDisclosed ] .\n",
        "utf-8",
    )
    reports = {report("json", seed, path) for seed in ("1", "2")}
    assert len(reports) == 1
