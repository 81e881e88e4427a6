"""The command line: exit codes, streams, options. What goes wrong with inputs is in ``test_bad_input.py``."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parent.parent
BLOOM = "data/releases/bloom-176b.yaml"


def run(
    *arguments: str, stdin: str | None = None, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "osaid_graph", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={"SOURCE_DATE_EPOCH": "1795392000", "PATH": "", **(environment or {})},
        check=False,
    )


@pytest.mark.parametrize("report", ["text", "json", "turtle"])
def test_gaps_exit_with_one_whatever_the_format(report: str) -> None:
    ran = run("check", BLOOM, "-F", report)
    assert ran.returncode == 1
    assert ran.stdout
    assert ran.stderr == ""


def test_exit_zero_is_for_dashboards() -> None:
    assert run("check", BLOOM, "--exit-zero", "-q").returncode == 0


def test_the_date_is_the_one_given_or_of_the_build() -> None:
    assert " on 2026-11-23," in run("check", BLOOM, "-q").stdout
    assert " on 2025-02-03," in run("check", BLOOM, "-q", "--date", "2025-02-03").stdout
    wrong = run("check", BLOOM, "--date", "tomorrow")
    assert (wrong.returncode, wrong.stdout) == (2, "")


def test_a_version_is_named_as_reports_display_it() -> None:
    named = run("check", BLOOM, "-q", "--definition", "1.0-RC1")
    assert (named.returncode, named.stdout) == (1, run("check", BLOOM, "-q").stdout)


def test_standard_input_is_an_input() -> None:
    text = "system: {id: acme/atlas, name: Atlas}\n"
    ran = run("check", "-", "-F", "json", stdin=text)
    document = json.loads(ran.stdout)
    assert document["subject"]["id"] == "https://huggingface.co/acme/atlas"
    assert document["inputs"][0]["source"] == "<stdin>"


def test_several_inputs_describe_one_release(tmp_path: Path) -> None:
    system, more = tmp_path / "osaid.yaml", tmp_path / "more.ttl"
    system.write_text("system: {id: acme/atlas, name: Atlas}\n", "utf-8")
    more.write_text(
        "@prefix osaid: <https://w3id.org/osaid-graph/ont#> .\n"
        "<https://huggingface.co/acme/atlas> osaid:hasParameters [ a osaid:NotDisclosed ] .\n",
        "utf-8",
    )
    document = json.loads(run("check", str(system), str(more), "-F", "json").stdout)
    refused = [f for f in document["findings"] if f["rule"] == "params-available.not-disclosed"]
    assert [f["location"] for f in refused] == [{"source": str(more), "line": 2, "field": None}]


def test_output_goes_to_a_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old", "utf-8")
    ran = run("check", BLOOM, "-F", "json", "-o", str(target))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert json.loads(target.read_text("utf-8"))["outcome"] == "not-met"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_follows_the_option_then_no_color_then_the_terminal(
    arguments: list[str], environment: dict[str, str], coloured: bool
) -> None:
    assert ("\x1b[" in run("check", BLOOM, *arguments, environment=environment).stdout) == coloured


@pytest.mark.parametrize("command", [[], ["check"], ["explain"]])
def test_help_of_each_command_has_an_example_or_the_exit_codes(command: list[str]) -> None:
    ran = run(*command, "--help")
    assert ran.returncode == 0
    assert "Example:" in ran.stdout or "Exit codes" in ran.stdout


def test_the_help_cuts_no_summary_and_has_every_exit_code() -> None:
    said = run("--help").stdout
    assert "..." not in said.partition("Commands:")[2]
    for code in ("0", "1", "2", "3", "70", "130"):
        assert f"\n    {code:<3}  " in said


def test_the_help_lists_every_format_that_can_be_read() -> None:
    from osaid_graph.cli.check import command
    from osaid_graph.readers import FORMATS

    (option,) = [each for each in command.params if isinstance(each, click.Option) and each.name == "format_name"]
    assert option.help is not None
    named = option.help.partition(": ")[2].rstrip(".").replace(" or ", ", ").split(", ")
    assert named == list(FORMATS)


def test_no_input_is_wrong_usage() -> None:
    ran = run("check")
    assert ran.returncode == 2
    assert "INPUT" in ran.stderr


def test_explain_lists_and_explains_every_requirement_and_rule() -> None:
    listing = run("explain").stdout
    assert "63 requirements" in listing
    from osaid_graph.validation.definition import definition

    known = definition()
    assert all(id_ in listing for id_ in known.requirements)


def test_explain_gives_the_words_the_reason_and_the_remedy() -> None:
    text = run("explain", "data-info-labeling").stdout
    assert "“the labeling procedures”" in text
    assert "Why it matters" in text
    assert "How to satisfy it" in text
    assert "data-info-labeling.absent: not-evidenced" in text
    assert "labeling: https://example.org/" in text


def test_explain_names_the_nearest_id() -> None:
    ran = run("explain", "data-info-labelling")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "data-info-labeling" in ran.stderr


def test_a_fault_of_the_program_is_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys, osaid_graph.graph.load as load\n"
        "def fault(*a, **k): raise ZeroDivisionError('planted')\n"
        "load.load = fault\n"
        f"sys.argv = ['osaid-graph', 'check', {BLOOM!r}]\n"
        "from osaid_graph.cli import main; main()"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.returncode == 70
    assert "planted" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_output_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    ran = run("check", BLOOM, "-o", str(tmp_path / "folder"))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe with a name")
def test_an_output_that_is_a_pipe_is_written_into_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    ran = run("check", BLOOM, "-q", "-o", str(pipe))
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", "")
    assert os.read(reader, 65536).startswith(b"BLOOM")
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="standard output under a name")
def test_standard_output_under_a_name_of_its_own_is_written_into() -> None:
    ran = run("check", BLOOM, "-q", "-o", "/dev/stdout")
    assert (ran.returncode, ran.stdout[:5], ran.stderr) == (1, "BLOOM", "")


def test_an_output_that_is_a_link_stays_one(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old", "utf-8")
    link.symlink_to(target)
    assert run("check", BLOOM, "-q", "-o", str(link)).returncode == 1
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("BLOOM")


JUDGED = ("--requirement", "freedoms-manner", "--outcome", "met", "--by", "A", "--reason", "r")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", BLOOM, "-o"),
        ("diff", BLOOM, BLOOM, "-o"),
        ("init", "-o"),
        ("init", "--force", "-o"),
        ("judge", BLOOM, *JUDGED, "--into"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("name", ["round.yaml", "a" * 300 + ".yaml"], ids=["circle", "long"])
def test_an_output_that_no_file_can_be_is_one_clear_line(name: str, arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "round.yaml").symlink_to("round.yaml")
    ran = run(*arguments, str(tmp_path / name))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("error: ") and ran.stderr.endswith("help: name a file\n")
    assert [path.name for path in tmp_path.iterdir()] == ["round.yaml"]


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="a device that is always full")
@pytest.mark.parametrize("arguments", [("check", BLOOM, "-q"), ("explain",), ("--help",), ("check", "--help")])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_standard_output_that_is_full_is_one_clear_line(arguments: tuple[str, ...], unbuffered: str) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "osaid_graph", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={"PATH": "", "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    first, second = ran.stderr.splitlines()
    assert (ran.returncode, first) == (2, "error: standard output: cannot be written: No space left on device")
    assert second.startswith("help: ")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that closes a stream")
def test_a_standard_output_that_is_closed_is_one_clear_line() -> None:
    script = f"exec '{sys.executable}' -m osaid_graph check {BLOOM} -q >&-"
    ran = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (ran.returncode, ran.stderr.splitlines()[0]) == (2, "error: standard output is closed")
