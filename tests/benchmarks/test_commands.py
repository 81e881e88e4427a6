"""Each benchmark runs, small: what it prints in words, and that what it compares agrees. No test looks at a figure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from corpus_at_scale import Step as Measured
from corpus_at_scale import exponent, refreshed
from machine import watched

ROOT = Path(__file__).parent.parent.parent
LINES = re.compile(r"^\| (.+?) \|$", re.MULTILINE)


def ran(*arguments: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def cells(printed: str) -> list[list[str]]:
    return [line.split(" | ") for line in LINES.findall(printed)]


def test_all_engines_find_the_same(tmp_path: Path) -> None:
    printed = ran("benchmarks/validate_beside_peers.py", "--releases", "2", "--runs", "1")
    rows = [row for row in cells(printed) if row[0] in ("osaid-graph", "pySHACL", "pyrudof", "pyshifty", "shacl")]
    assert len(rows) == 5
    for row in rows:
        assert row[1].startswith("not installed") or row[6] == "equal", row
    assert [row[6] for row in rows if row[0] in ("osaid-graph", "pySHACL")] == ["equal", "equal"]


def test_an_engine_at_its_limit_is_told_and_not_tried_on_more() -> None:
    arguments = ("--releases", "1", "2", "--runs", "1", "--only", "osaid-graph", "pySHACL", "--seconds", "0.2")
    printed = ran("benchmarks/validate_beside_peers.py", *arguments)
    told = [row[1] for row in cells(printed) if row[0] == "pySHACL"]
    assert told == ["out of time (0.2 s)", "not tried (out of time (0.2 s) at 1)"]


def test_a_corpus_is_built_and_asked_at_each_size() -> None:
    sizes = ("--releases", "20", "--described", "3")
    printed = ran("benchmarks/corpus_at_scale.py", *sizes, "--runs", "1", "--steps", "build", "assess")
    rows = [row for row in cells(printed) if row[0] != "releases"]
    sizes_told = [("20", "records"), ("3", "full descriptions")]
    assert [tuple(row[:3]) for row in rows] == [(*size, step) for size in sizes_told for step in ("build", "assess")]
    assert all(float(row[3]) > 0 for row in rows)


def test_a_server_is_asked_by_itself_mixed_and_in_a_flood(tmp_path: Path) -> None:
    releases = [f"data/releases/{name}.yaml" for name in ("bloom-176b", "olmo-7b")]
    small = ("--seconds", "4", "--times", "1", "--clients", "2", "--flood", "6", "--timeout", "1")
    rows = cells(ran("benchmarks/serve_under_load.py", *releases, *small))
    assert {"matrix", "release", "lineage", "impact of a base", "compare", "node", "query"} < {row[0] for row in rows}
    loads = {row[0]: row for row in rows if row[0].startswith("mixed")}
    assert list(loads) == ["mixed", "mixed, and 6 that flood"]
    assert all(float(row[1]) > 0 for row in loads.values())
    assert "x 503" in loads["mixed, and 6 that flood"][-1]


def test_the_shape_of_a_hub_is_printed_for_each_pair_of_lists(tmp_path: Path) -> None:
    ran("benchmarks/generator", "hub", str(tmp_path), "--releases", "400")
    lists = (str(tmp_path / "models-00000.jsonl"), str(tmp_path / "datasets-00000.jsonl"))
    rows = cells(ran("benchmarks/shape_of_a_hub.py", *lists, *lists))
    assert rows[1] == ["models", "400", "400"]
    assert all(row[1] == row[2] for row in rows[1:])


def test_planted_gaps_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    planted = tmp_path / "planted.tsv"
    ran("benchmarks/generator", "described", str(tmp_path / "out"), "--releases", "3", "--planted", str(planted))
    lines = planted.read_text("utf-8").splitlines()
    assert lines == sorted(lines) and all(len(line.split("\t")) == 2 for line in lines)


def test_a_process_is_ended_at_a_limit_with_all_that_it_started(tmp_path: Path) -> None:
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    started = time.perf_counter()
    done = watched([sys.executable, "-c", child], tmp_path / "said", seconds=0.5)
    assert (done.limit, done.code) == ("out of time (0.5 s)", -9)
    assert time.perf_counter() - started < 30


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_memory_of_children_counts(tmp_path: Path) -> None:
    big = "import time; held = bytearray(200_000_000); time.sleep(60)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {big!r}])"
    assert watched([sys.executable, "-c", child], tmp_path / "said", memory=150 << 20).limit == "out of memory (0 GiB)"


def test_growth_is_the_slope_between_logarithms() -> None:
    assert exponent([(10, 3.0), (100, 30.0), (1_000, 300.0)]) == pytest.approx(1)
    assert exponent([(10, 1.0), (100, 100.0)]) == pytest.approx(2)


def test_what_a_refresh_saves_counts_building_and_assessing() -> None:
    seconds = {"build": 30.0, "assess": 10.0, "build again": 1.0, "assess again": 3.0}
    assert refreshed({name: Measured([took]) for name, took in seconds.items()}) == 10
