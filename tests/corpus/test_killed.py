"""A build that is killed at any moment leaves the last complete state, and building again comes to what it should."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from corpora import ROOT, model, said, turtle

from osaid_graph.corpus.assessed import attach_assessment
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.verify import verify
from osaid_graph.engines.duckdb import DuckDB

#: Twenty moments: so many of builds, and of assessments.
KILLS, KILLED_ASSESSMENTS = 12, 8
#: Runs each line as a command of osaid-graph in a process of its own, without the time that imports take.
RUNNER = """
import os, sys
import duckdb, pyarrow.parquet, osaid_graph.corpus.build, osaid_graph.corpus.assess
import osaid_graph.cli.corpus_build, osaid_graph.cli.corpus_assess
from osaid_graph.cli import main
for line in sys.stdin:
    process = os.fork()
    if not process:
        sys.argv = ["osaid-graph", *line.split()]
        main()
    print(process, flush=True)
    print(os.waitpid(process, 0)[1], flush=True)
"""
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes fork can they be killed so early")


class Runner:
    """Runs commands that can be killed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(self, *arguments: str, kill_after: float | None = None) -> int:
        """Run a command, kill it after some seconds, and return the status that it ended with, negative if killed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(" ".join(arguments) + "\n")
        self.process.stdin.flush()
        number = int(self.process.stdout.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):  # it was quicker
                os.kill(number, signal.SIGKILL)
        return os.waitstatus_to_exitcode(int(self.process.stdout.readline()))


@pytest.fixture
def runner() -> Iterator[Runner]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", RUNNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    yield Runner(process)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    process.wait()
    process.stdout.close()


def change(folder: Path, number: int) -> None:
    """Give the inputs another state: a document is new, one says something else, one is gone, and so is a record."""
    turtle(folder, **{f"new{number}": model(f"new{number}", "New")}, kept=model("kept", f"Title {number}"))
    (folder / f"new{number - 2}.ttl").unlink(missing_ok=True)
    records = [{"id": f"acme/m{each}", "tags": ["license:mit", f"base_model:acme/m{each // 2}"]} for each in range(60)]
    del records[number]
    (folder / "models.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")


def test_builds_that_are_killed_at_any_moment_lose_nothing(tmp_path: Path, runner: Runner) -> None:
    corpus, inputs = tmp_path / "corpus", tmp_path / "in"
    command = ("corpus", "build", str(corpus), str(inputs), "-q")
    change(inputs, 0)
    started = time.monotonic()
    assert runner.run(*command) == 0
    whole = time.monotonic() - started
    chance = random.Random(20261129)  # noqa: S311 - moments, no secrets
    killed, number, after = 0, 0, said(corpus)
    while killed < KILLS:
        before, number = after, number + 1
        assert number < 3 * KILLS
        change(inputs, number)
        moment = (killed + chance.random()) / KILLS * whole
        if runner.run(*command, kill_after=moment) == -signal.SIGKILL:
            killed += 1
        else:
            whole *= 0.8  # it was quicker
        assert verify(corpus).damaged == ()
        left = said(corpus)
        build(corpus, [str(inputs)])
        after = said(corpus)
        assert left in (before, after), f"killed after {moment:.3f} s of {whole:.3f} s"
        assert {path.name for path in corpus.iterdir()} == {".osaid-graph.lock", "corpus.json", "segments"}
        assert verify(corpus).damaged == ()
        if killed in (7, KILLS):
            build(tmp_path / f"clean{number}", [str(inputs)])
            assert after == said(tmp_path / f"clean{number}")


def outcomes(folder: Path) -> list[tuple[object, ...]]:
    """Return what the last assessment of a corpus found, and the state of the corpus that it is of."""
    corpus, engine = Corpus.open(folder), DuckDB(1 << 28)
    corpus.attach(engine)
    part = attach_assessment(engine, corpus)
    found = engine.rows("SELECT iri, outcome FROM outcomes ORDER BY iri")
    engine.close()
    return [(part.generation,), *found]


def test_assessments_that_are_killed_leave_the_last_one(tmp_path: Path, runner: Runner) -> None:
    corpus, inputs = tmp_path / "corpus", tmp_path / "in"
    command = ("corpus", "assess", str(corpus), "-q")
    started = time.monotonic()
    turtle(inputs, a=model("a", "A"))
    build(corpus, [str(inputs)])
    assert runner.run(*command) == 0
    whole = time.monotonic() - started
    chance = random.Random(29)  # noqa: S311 - moments, no secrets
    found = outcomes(corpus)
    assert found == [(1,), ("https://example.org/a", "undetermined")]
    for number in range(KILLED_ASSESSMENTS):
        turtle(inputs, a=model("a", f"A{number}"), **{f"b{number}": model(f"b{number}", "B")})
        build(corpus, [str(inputs)])
        before = said(corpus)
        status = runner.run(*command, kill_after=(number + chance.random()) / (KILLED_ASSESSMENTS + 1) * whole)
        assert verify(corpus).damaged == ()
        assert said(corpus) == before
        left = outcomes(corpus)
        assert left == found or left[0] == (number + 2,)
        assert status == -signal.SIGKILL or left[0] == (number + 2,)
        found = left
    assert runner.run(*command) == 0
    assert outcomes(corpus) == [
        (KILLED_ASSESSMENTS + 1,),
        *(
            (f"https://example.org/{name}", "undetermined")
            for name in ("a", *(f"b{n}" for n in range(KILLED_ASSESSMENTS)))
        ),
    ]


def test_a_first_build_that_is_killed_leaves_no_corpus_and_can_be_done_again(tmp_path: Path, runner: Runner) -> None:
    inputs = tmp_path / "in"
    change(inputs, 0)
    build(tmp_path / "clean", [str(inputs)])
    for number, moment in enumerate((0.0, 0.03, 0.1)):
        corpus = tmp_path / f"corpus{number}"
        runner.run("corpus", "build", str(corpus), str(inputs), "-q", kill_after=moment)
        build(corpus, [str(inputs)])
        assert said(corpus) == said(tmp_path / "clean")


def test_processes_that_read_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    children = Path("/proc/self/task") / str(os.getpid()) / "children"
    if not children.exists():
        pytest.skip("the system does not tell the children of a process")
    with (tmp_path / "models.jsonl").open("w", encoding="utf-8") as file:
        for number in range(200_000):
            file.write(f'{{"id": "acme/m{number}", "tags": ["license:mit"]}}\n')
    command = ["corpus", "build", str(tmp_path / "corpus"), str(tmp_path / "models.jsonl"), "-q", "-j", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "osaid_graph", *command], env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    tasks = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    found: list[str] = []
    while len(found) < 2:
        assert process.poll() is None, "it ended before it was killed"
        time.sleep(0.02)
        found = [each for each in tasks.read_text().split() if b"spawn" in Path(f"/proc/{each}/cmdline").read_bytes()]
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{each}").exists() for each in found) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [each for each in found if Path(f"/proc/{each}").exists()] == []
