"""``judge`` on a terminal: what is missing is asked for, and leaving at any step leaves the file as it was."""

from __future__ import annotations

import contextlib
import hashlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from osaid_graph.cli import judge
from osaid_graph.cli.judge import command

ROOT = Path(__file__).parent.parent
RELEASE = (
    "system: {id: acme/atlas-7b, name: 'Atlas 7B', producer: Acme Lab}\r\n"
    "parameters:   {license: Apache-2.0}  # stays\r\n"
)
ID = "data-info-sufficient"
ALL = ("--requirement", ID, "--outcome", "met", "--by", "Ada Reviewer", "--reason", "rebuilt: it works")

Answer = Callable[..., Result]


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Work in a folder with a release as a manifest."""
    monkeypatch.chdir(tmp_path)
    Path("osaid.yaml").write_bytes(RELEASE.encode())


def written() -> str:
    return Path("osaid.yaml").read_bytes().decode()


# -- by answers ------------------------------------------------------------------------------------------------------


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``judge osaid.yaml`` as on a terminal, with lines of answers."""
    monkeypatch.setattr(judge, "_on_terminal", lambda: True)

    def _answer(*answers: str, arguments: tuple[str, ...] = ()) -> Result:
        lines = "".join(f"{line}\n" for line in answers)
        return CliRunner().invoke(command, ["osaid.yaml", *arguments], input=lines)

    return _answer


def test_each_step_is_asked_and_what_is_needed_to_answer_is_shown(answer: Answer) -> None:
    Path("page.html").write_bytes(b"what was read")
    ran = answer(
        ID, "met", "rebuilt: it works", "https://example.org/a", "https://example.org/b page.html", "",
        "Ada Reviewer", "University of Example", "y", "y",
    )  # fmt: skip
    assert ran.exit_code == 0, ran.output
    assert ran.stdout == ""
    said = ran.stderr
    for shown in ("Atlas 7B (system), assessed", "skilled person", "What is checked", "Write this into osaid.yaml?"):
        assert shown in said
    assert said.index("needs-judgement") < said.index("not-evidenced  ")
    new = written().removeprefix(RELEASE)
    assert "by: {name: Ada Reviewer, affiliation: University of Example}\r\n    independent: true\r\n" in new
    assert "{url: https://example.org/a, retrieved: 2026-11-23}\r\n" in new
    assert f"sha256: {hashlib.sha256(b'what was read').hexdigest()}" in new
    assert new.replace("\r\n", "\n").rstrip() in said  # what was confirmed is what was written


def test_a_requirement_is_chosen_by_its_number(answer: Answer) -> None:
    ran = answer("1", "met", "why", "", "Ada", "", "n", "y")
    assert ran.exit_code == 0
    first = next(line for line in ran.stderr.splitlines() if line.startswith("   1  "))
    assert f"  - requirement: {first.split()[1]}\r\n" in written()


def test_an_answer_that_cannot_be_understood_is_asked_for_again(answer: Answer) -> None:
    ran = answer(
        "0", "999", "data-info-sufficent", ID, "good", "met", "  ", "why", "the paper", "https://e.org/x none", "",
        "Ada", "", "maybe", "n", "y",
    )  # fmt: skip
    assert ran.exit_code == 0, ran.output
    for wrong in (
        "no number 0; 1 to",
        "no number 999; 1 to",
        f"did you mean '{ID}'?",
        "the reason is empty",
        "evidence: invalid IRI",
        "evidence none: cannot be read: No such file",
        "invalid input",
    ):
        assert wrong in ran.stderr
    assert "independent: false" in written()


@pytest.mark.parametrize("yes", ["yes", "Yes", "YES "])
def test_yes_and_no_may_be_spelled_out(answer: Answer, yes: str) -> None:
    ran = answer(ID, "met", "why", "", "Ada", "", "No", yes)
    assert ran.exit_code == 0, ran.output
    assert "independent: false" in written()


def test_only_what_is_missing_is_asked(answer: Answer) -> None:
    ran = answer("why", "", "n", "y", arguments=("--requirement", ID, "--outcome", "met", "--by", "Ada"))
    assert ran.exit_code == 0, ran.output
    assert "Which requirement" not in ran.stderr
    assert "Your name" not in ran.stderr


def test_nothing_is_asked_where_nothing_is_missing(answer: Answer) -> None:
    ran = answer(arguments=ALL)
    assert ran.exit_code == 0, ran.output
    assert "?" not in ran.stderr


def test_findings_and_the_judgements_of_others_are_shown(answer: Answer) -> None:
    answer(arguments=(*ALL, "--requirement", "params-available"))
    ran = answer("params-available", "not-met", "why", "", "Bob", "", "y", "n")
    assert "osaid.yaml:2: Atlas 7B parameters: " in ran.stderr
    assert "[params-available." in ran.stderr
    assert "met: rebuilt: it works (Ada Reviewer, 2026-11-23)" in ran.stderr


@pytest.mark.parametrize("count", range(9))
def test_leaving_at_any_step_leaves_the_file_untouched(answer: Answer, count: int) -> None:
    ran = answer(*[ID, "met", "why", "https://example.org/a", "", "Ada", "Uni", "y"][:count])
    assert ran.exit_code != 0
    assert ran.stderr.endswith("nothing was written\nAborted!\n")
    assert written() == RELEASE


def test_a_judgement_that_is_not_confirmed_is_not_written(answer: Answer) -> None:
    ran = answer(ID, "met", "why", "", "Ada", "", "y", "n")
    assert ran.exit_code != 0
    assert written() == RELEASE


def test_a_file_that_changes_while_one_answers_is_not_written_over(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def confirm(question: str, **_: object) -> bool:
        if question.startswith("Write this"):
            Path("osaid.yaml").write_bytes(RELEASE.encode() + b"# an edit\n")
        return True

    monkeypatch.setattr("click.confirm", confirm)
    ran = answer(ID, "met", "why", "", "Ada", "")
    assert str(ran.exception) == "osaid.yaml has changed meanwhile"
    assert written().endswith("# an edit\n")


# -- on a real terminal ----------------------------------------------------------------------------------------------


class Terminal:
    """``osaid-graph judge`` on a pseudo-terminal."""

    def __init__(self) -> None:
        self.ours, theirs = os.openpty()
        self.shown = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "osaid_graph", "judge", "osaid.yaml"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            preexec_fn=_hear_interrupts,
        )
        os.close(theirs)

    def until(self, words: str) -> None:
        """Read until the program has shown ``words``, or has ended."""
        start = len(self.shown)
        while words not in self.shown[start:]:
            ready, _, _ = select.select([self.ours], [], [], 60)
            assert ready, self.shown
            try:
                said = os.read(self.ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                return
            if not said:  # and how others do
                return
            self.shown += said.decode("utf-8", "replace")

    def say(self, question: str, answer: str) -> None:
        self.until(question)
        os.write(self.ours, answer.encode())

    def interrupt(self) -> None:
        """Send what Ctrl-C sends, again if unheard: one that comes right before the program waits is lost in it."""
        for _ in range(10):
            self.process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(3)
                return

    def ended(self) -> int:
        self.until("never shown")
        return self.process.wait(60)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.ours)


def _hear_interrupts() -> None:
    """Undo that a program started in the background of a shell ignores them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    if not hasattr(os, "openpty"):
        pytest.skip("no pseudo-terminals on this system")
    opened = Terminal()
    yield opened
    opened.close()


def test_a_judgement_is_recorded_on_a_terminal(terminal: Terminal) -> None:
    for question, given in (
        ("Which requirement", ID),
        ("What do you find", "met"),
        ("Why", "rebuilt: it works"),
        ("Evidence", "https://example.org/a"),
        ("More evidence", ""),
        ("Your name", "Ada Reviewer"),
        ("Your affiliation", ""),
        ("independent", "y"),
        ("Write this", "y"),
    ):
        terminal.say(question, f"{given}\n")
    assert terminal.ended() == 0, terminal.shown
    assert f"recorded: {ID} met by Ada Reviewer in osaid.yaml:4" in terminal.shown
    assert f"  - requirement: {ID}\r\n    outcome: met\r\n    by: Ada Reviewer\r\n" in written()


@pytest.mark.parametrize("how", ["end of input", "interrupt"])
def test_leaving_the_terminal_exits_with_130(terminal: Terminal, how: str) -> None:
    terminal.say("Which requirement", f"{ID}\n")
    terminal.until("What do you find")
    if how == "interrupt":
        terminal.interrupt()
    else:
        os.write(terminal.ours, b"\x04")
    assert terminal.ended() == 130, terminal.shown
    assert terminal.shown.rstrip().endswith("nothing was written")
    assert written() == RELEASE
