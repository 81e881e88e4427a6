"""The command ``export``: what goes where, what is refused, and what is told of what a format leaves out."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Protocol

import pytest
from click.testing import CliRunner

from osaid_graph.cli import cli, main
from osaid_graph.cli.output import write
from osaid_graph.errors import NothingToAssessError, UsageError
from osaid_graph.writers import WRITERS, writer

ROOT = Path(__file__).parent.parent
BOREALIS = "tests/fixtures/releases/borealis.yaml"
FAMILY = "tests/fixtures/lineage/family.ttl"
DATA = "tests/fixtures/formats/croissant/full.json"


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left: its exit code, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


class Run(Protocol):
    def __call__(self, *arguments: str, stdin: str = "") -> Ran: ...


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command in this process, from the root of the project."""
    monkeypatch.chdir(ROOT)

    def ran(*arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["osaid-graph", "export", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
        with pytest.raises(SystemExit) as raised:
            main()
        out, err = capsys.readouterr()
        assert isinstance(raised.value.code, int)
        return Ran(raised.value.code, out, err)

    return ran


@pytest.mark.parametrize("arguments", [[], ["--list"], ["--list", BOREALIS]])
def test_the_formats_are_listed_with_suffix_and_title(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.returncode, ran.stderr) == (0, "")
    rows = [line.split(maxsplit=2) for line in ran.stdout.splitlines()]
    assert rows == [[name, writer(name).SUFFIX, writer(name).TITLE] for name in WRITERS]


@pytest.mark.parametrize("name", WRITERS)
def test_every_writer_is_what_its_entry_says(name: str) -> None:
    assert name == writer(name).NAME
    assert writer(name).SUFFIX[0] in ".-"  # RO-Crate: name-ro-crate-metadata.json
    assert writer(name).ASSESSED in ("needs", "shows", "ignores")


def test_the_help_has_examples(run: Run) -> None:
    assert "osaid-graph export osaid.yaml --to" in run("--help").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([BOREALIS], "error: a format is missing\nhelp: name one with --to; osaid-graph export --list names them\n"),
        (
            ["--to", "dot"],
            "error: an INPUT is missing\nhelp: name what to export: osaid-graph export INPUT... --to dot\n",
        ),
        (["--to", "dott", BOREALIS], "error: no format 'dott' to export to\nhelp: did you mean dot?\n"),
    ],
)
def test_what_is_missing_or_unknown_is_told(run: Run, arguments: list[str], said: str) -> None:
    ran = run(*arguments)
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", said)


def test_what_the_format_leaves_out_is_told_beside_the_document(run: Run) -> None:
    ran = run(FAMILY, "--to", "dot", "--subject", "acme/merged")
    assert ran.returncode == 0
    assert ran.stdout.startswith("digraph lineage {")
    assert ran.stderr == (
        "not carried by Graphviz DOT: 42 of 131 statements\n"
        "  osaid:license 19, for example: Adapter parameters osaid:license llama2\n"
        "  dcterms:issued 18, for example: Adapter dcterms:issued 2023-02-01\n"
        "  dcterms:isVersionOf 2, for example: Webmix 1 dcterms:isVersionOf "
        "https://huggingface.co/datasets/acme/webmix\n"
        "  osaid:provenance 2, for example: Books osaid:provenance scanned books\n"
        "  osaid:withdrawn 1, for example: Books osaid:withdrawn 2023-08-01\n"
    )


def test_of_many_kinds_of_loss_the_rare_are_only_counted(run: Run) -> None:
    told = run(BOREALIS, "--to", "dot").stderr.splitlines()
    assert len(told) == 8
    assert told[-1].startswith("  and ")
    assert all(len(line) < 200 for line in told[:-1])


def test_quiet_tells_nothing(run: Run) -> None:
    ran = run(BOREALIS, "--to", "dot", "-q")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_nothing_is_told_where_nothing_is_lost(run: Run) -> None:
    plain = "@prefix o: <https://w3id.org/osaid-graph/ont#> .\n<urn:x:m> a o:Model ; o:trainedOn <urn:x:d> ."
    ran = run("-", "--from", "turtle", "--to", "dot", stdin=plain)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert '"urn:x:m" -> "urn:x:d" [label="osaid:trainedOn"' in ran.stdout


def test_an_existing_file_is_replaced_only_by_force(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "lineage.dot"
    target.write_text("old", "utf-8")
    ran = run(BOREALIS, "--to", "dot", "-o", str(target))
    assert (ran.returncode, target.read_text("utf-8")) == (2, "old")
    assert ran.stderr.endswith("is there already\nhelp: replace it with --force, or choose another place\n")
    assert run(BOREALIS, "--to", "dot", "-q", "--force", "-o", str(target)).returncode == 0
    assert target.read_text("utf-8") == run(BOREALIS, "--to", "dot", "-q").stdout
    assert [path.name for path in tmp_path.iterdir()] == ["lineage.dot"]


def test_a_file_that_is_there_is_refused_before_the_inputs_are_read(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "there"
    target.touch()
    assert "is there already" in run("no-such-input.yaml", "--to", "dot", "-o", str(target)).stderr


@pytest.mark.parametrize("given", ["{}", "acme/atlas={}"])
def test_an_input_is_never_written_over(run: Run, tmp_path: Path, given: str) -> None:
    source = tmp_path / "osaid.yaml"
    source.write_text("system: {id: acme/atlas, name: Atlas}\n", "utf-8")
    ran = run(given.format(source), "--to", "dot", "--force", "-o", str(source))
    assert ran.returncode == 2
    assert "is an input" in ran.stderr
    assert source.read_text("utf-8") == "system: {id: acme/atlas, name: Atlas}\n"


def test_an_input_in_a_folder_is_never_written_over(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "osaid.yaml"
    source.write_text("system: {id: acme/atlas, name: Atlas}\n", "utf-8")
    ran = run(str(tmp_path), "--to", "dot", "--force", "-o", str(source))
    assert (ran.returncode, "is an input" in ran.stderr) == (2, True)


def test_what_only_shows_an_assessment_goes_without_where_there_is_nothing_to_assess(run: Run) -> None:
    ran = run(DATA, "--to", "dot", "-q")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("digraph")


def test_what_only_shows_an_assessment_goes_without_where_several_could_be_meant(run: Run) -> None:
    ran = run(FAMILY, "--to", "dot")
    assert ran.returncode == 0
    assert ran.stderr.startswith("without an assessment: 5 nodes could be the system, model or parameters to assess; ")
    assert "#e69f00" not in ran.stdout  # the border of what has gaps


def test_a_subject_that_is_not_there_is_told(run: Run) -> None:
    ran = run(FAMILY, "--to", "dot", "--subject", "acme/nobody")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "'acme/nobody' is no system" in ran.stderr


def test_bytes_go_into_a_file_or_a_pipe_as_they_are(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "nodes.parquet"
    assert run(BOREALIS, "--to", "nodes-parquet", "-q", "-o", str(target)).returncode == 0
    command = [sys.executable, "-m", "osaid_graph", "export", BOREALIS, "--to", "nodes-parquet", "-q"]
    piped = subprocess.run(command, capture_output=True, cwd=ROOT, check=True).stdout
    assert piped == target.read_bytes()
    assert piped.startswith(b"PAR1") and piped.endswith(b"PAR1")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_bytes_do_not_go_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    with pytest.raises(UsageError, match="no text for a terminal") as caught:
        write(b"PAR1", None)
    assert caught.value.hint == "write to a file with --output, or into a pipe"
    write("text", None)
    assert terminal.getvalue() == "text"


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = CliRunner().invoke(cli, ["export", str(ROOT / BOREALIS), "--to", "edges-parquet"])
    assert isinstance(result.exception, UsageError)
    assert result.exception.hint == "install it with: pip install 'osaid-graph[tables]'"


@pytest.fixture
def report_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a format that is nothing without an assessment."""
    module = ModuleType("report_writer")
    for key, value in {"NAME": "report", "TITLE": "a report", "SUFFIX": ".txt", "ASSESSED": "needs"}.items():
        setattr(module, key, value)
    module.write = lambda material: f"{material.examination.assessment.subject_label}\n"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "report_writer", module)
    monkeypatch.setitem(WRITERS, "report", "report_writer")


@pytest.mark.usefixtures("report_writer")
def test_what_needs_an_assessment_gets_one() -> None:
    result = CliRunner().invoke(cli, ["export", str(ROOT / BOREALIS), "--to", "report", "-q"], standalone_mode=False)
    assert (result.exception, result.output) == (None, "Borealis 1.0\n")


@pytest.mark.usefixtures("report_writer")
def test_what_needs_an_assessment_says_what_there_is_where_there_is_none() -> None:
    result = CliRunner().invoke(cli, ["export", str(ROOT / DATA), "--to", "report"], standalone_mode=False)
    assert isinstance(result.exception, NothingToAssessError)
    assert "datasets alone, no AI system, model or parameters" in str(result.exception)


@pytest.mark.usefixtures("report_writer")
def test_what_needs_an_assessment_asks_of_what_where_several_could_be_meant() -> None:
    result = CliRunner().invoke(cli, ["export", str(ROOT / FAMILY), "--to", "report"], standalone_mode=False)
    assert isinstance(result.exception, UsageError)
    assert "choose one with --subject" in result.exception.hint
