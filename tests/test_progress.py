"""What commands tell on a terminal while they work, and nowhere else; whom a writer of a corpus waits for."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOOM = "data/releases/bloom-176b.yaml"

pty = pytest.importorskip("pty", reason="no terminals here")


def on_terminal(*arguments: str, folder: Path = ROOT, code: str = "") -> str:
    """Return what a command writes to its standard error, which is a terminal; ``code`` runs before it."""
    master, slave = pty.openpty()
    program = f"{code}\nfrom osaid_graph.cli import main\nmain()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=slave,
    )
    os.close(slave)
    shown = b""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        ready = select.select([master], [], [], 0.1)[0]
        try:
            shown += os.read(master, 65536) if ready else b""
        except OSError:  # Linux says so where the other end is closed
            break
        if not ready and process.poll() is not None:
            break
    assert process.wait(timeout=10) in (0, 1), shown
    os.close(master)
    return shown.decode()


#: A query that takes a moment.
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g a ?h }"
#: Tell at once what would else take a second.
AT_ONCE = "import osaid_graph.cli.progress as progress\nprogress._SECOND = 0.05"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lineage", "bloom", BLOOM], "assessing"),
        (["query", "gaps-by-requirement", BLOOM], "assessing"),
        (["query", "--sparql", SLOW, BLOOM], "asking ... "),
        (["analyze", "blockers", BLOOM], "analysing ... "),
        (["diff", BLOOM, "data/releases/olmo-7b.yaml", "--exit-zero"], "assessing ... "),
        (["what-if", BLOOM], "assessing ... "),
        (["plan", BLOOM], "planning ... "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_takes_long_is_told_on_a_terminal_and_gone_in_the_end(arguments: list[str], told: str) -> None:
    shown = on_terminal(*arguments, code=AT_ONCE)
    assert told in shown
    last = shown.replace("\r\n", "\n").split("\r")[-1]
    assert told not in last.split("\n")[-1]
    assert told not in on_terminal(*arguments, "--quiet", code=AT_ONCE)


def test_writing_all_that_can_be_asked_is_told(tmp_path: Path) -> None:
    corpus, code = tmp_path / "corpus", AT_ONCE.replace("0.05", "0.0001")
    here = [sys.executable, "-m", "osaid_graph", "corpus"]
    subprocess.run([*here, "build", str(corpus), BLOOM], cwd=ROOT, check=True, capture_output=True)
    subprocess.run([*here, "index", str(corpus)], cwd=ROOT, check=True, capture_output=True)
    for name in (str(corpus), BLOOM):
        shown = on_terminal("query", "--dump", name, "-o", str(tmp_path / "all.nq"), code=code)
        assert "writing ... 0 s" in shown and not shown.split("\r")[-1].strip()


def test_a_second_passes_before_anything_is_told() -> None:
    code = "import osaid_graph.cli.progress as progress\nprogress._SECOND = 600"
    assert on_terminal("what-if", BLOOM, code=code) == ""


def test_nothing_is_told_where_nobody_looks() -> None:
    program = f"{AT_ONCE}\nfrom osaid_graph.cli import main\nmain()"
    ran = subprocess.run(
        [sys.executable, "-c", program, "what-if", BLOOM], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert ran.stderr == ""


@pytest.mark.parametrize(("more", "told"), [([], True), (["--quiet"], False)])
def test_who_is_waited_for_and_how_long_is_told_once(more: list[str], told: bool, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    here = [sys.executable, "-m", "osaid_graph", "corpus"]
    subprocess.run([*here, "build", str(corpus), BLOOM], cwd=ROOT, check=True, capture_output=True)
    holding = "from osaid_graph.corpus.lock import locked; from pathlib import Path; import sys\n"
    holding += "with locked(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.readline()"
    holder = subprocess.Popen(
        [sys.executable, "-c", holding, str(corpus)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdin is not None and holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    (name,) = [path for path in corpus.iterdir() if '"process"' in _text(path)]
    since = json.loads(name.read_text("utf-8"))
    waiting = subprocess.Popen(
        [*here, "index", str(corpus), "--wait", "90", *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        if told:
            assert waiting.stderr is not None
            line = waiting.stderr.readline()
            user = f" of {since['user']}" if since["user"] else ""
            assert line == (
                f"note: {corpus}: waiting up to 90 s for another process that writes it: process {holder.pid}{user} "
                f"on {since['host']}, since {since['since']}\n"
            )
        else:
            time.sleep(2)
        holder.communicate("\n", timeout=60)
        _, err = waiting.communicate(timeout=90)
        assert (waiting.returncode, err) == (0, "")
    finally:
        for process in (holder, waiting):
            process.kill()
            process.wait()


def _text(path: Path) -> str:
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""
