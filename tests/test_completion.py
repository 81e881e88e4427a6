"""Shell completion: what is offered for each word of the command line, and that real shells put it there."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import get_completion_class
from corpora import turtle

from osaid_graph.assessment.artifact_gaps import FINDINGS, NONE
from osaid_graph.cli import Commands, cli, suggestions
from osaid_graph.cli.completing import PROGRAM, VARIABLE, register
from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.lineage.gaps import CRITERIA
from osaid_graph.query.library import named_queries
from osaid_graph.readers import formats
from osaid_graph.validation.definition import definition
from osaid_graph.writers import WRITERS

ROOT = Path(__file__).parent.parent
BLOOM = str(ROOT / "data" / "releases" / "bloom-176b.yaml")
#: What nobody can know: numbers, days, names, addresses and texts.
FREE = {
    *("YYYY-MM-DD", "N", "SECONDS", "MB", "MIB", "TEXT", "NAME", "[NAME]", "URL", "IRI", "ID", "COLUMN", "ADDRESS"),
    *("A,B,...", "NAME=VALUE"),
}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a slow machine read what a person would not wait for."""
    monkeypatch.setattr(suggestions, "_PATIENCE", 60.0)
    register()


def offered(*words: str, shell: str = "bash") -> list[str]:
    """Return what the last word may become; ``<file>`` and ``<dir>`` stand for what the shell knows itself."""
    kind = get_completion_class(shell)
    assert kind is not None
    items = kind(cli, {}, PROGRAM, VARIABLE).get_completions(list(words[:-1]), words[-1])
    return [item.value if item.type == "plain" else f"<{item.type}>" for item in items]


def parameters(command: click.Command = cli, path: str = PROGRAM) -> Iterator[tuple[str, click.Parameter]]:
    if isinstance(command, Commands):
        for name in command.modules:
            found = command.get_command(click.Context(command), name)
            assert found is not None
            yield from parameters(found, f"{path} {name}")
    yield from ((path, parameter) for parameter in command.params)


def test_everything_that_takes_a_value_is_completed_or_nobody_can_know_it() -> None:
    unknown = {
        f"{path}: {parameter.metavar}"
        for path, parameter in parameters()
        if parameter.metavar is not None
        and parameter.metavar not in {*suggestions._BY_METAVAR, *FREE}
        and (parameter.metavar, parameter.name) not in suggestions._BY_NAME
    }
    assert unknown == set()
    used = {(parameter.metavar, parameter.name) for _, parameter in parameters()}
    assert set(suggestions._BY_NAME) <= used
    assert set(suggestions._BY_METAVAR) <= {metavar for metavar, _ in used}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["exp"], ["explain", "export"]),
        (["corpus", "re"], ["rejects"]),
        (["check", "--exit"], ["--exit-zero"]),
        (["check", ""], ["<file>"]),
        (["check", "-o", ""], ["<file>"]),
        (["corpus", "stats", ""], ["<dir>"]),
        (["corpus", "build", "hub", ""], ["<file>"]),
        (["check", "--format", "s"], ["sarif"]),
        (["check", "-F", "j"], ["json", "junit"]),
        (["check", "--from", "prov"], ["prov-json", "prov-n"]),
        (["export", BLOOM, "--to", "prov-j"], ["prov-json", "prov-jsonld"]),
        (["check", "--terms", ""], ["strict", "osd-conformant", "free-by-nature"]),
        (["check", "--terms=s"], ["--terms=strict"]),
        (["check", "--definition", ""], ["1.0", "1.0-rc1"]),
        (["check", "--definition", "data/pro"], ["<dir>"]),
        (["explain", "data-info-lab"], ["data-info-labeling"]),
        (
            ["explain", "data-info-labeling.no"],
            ["data-info-labeling.not-disclosed", "data-info-labeling.no-reason"],
        ),
        (["what-if", "x", "--fix", "data-info-lab"], ["data-info-labeling"]),
        (["judge", "x", "--requirement", "data-info-lab"], ["data-info-labeling"]),
        (["judge", "x", "--evidence-file", ""], []),
        (["judge", "x", "--evidence-file", "https://example.org/", ""], ["<file>"]),
        (["query", "upst"], ["upstream"]),
        (["query", "data/rel"], ["<file>"]),
        (["query", "upstream", ""], ["<file>"]),
        (["query", "--sparql", "ASK {}", ""], ["<file>"]),
        (["query", "upstream", "--set", ""], ["node="]),
        (["query", "--set", ""], []),
        (["analyze", "gat"], ["gateways"]),
        (["analyze", "gateways", "--set", "n"], ["node="]),
        (["lineage", "--via", "trainedOn,sub"], ["trainedOn,subsetOf"]),
        (["lineage", "--gaps", "license,des"], ["license,described"]),
        (["manifest", "--column", "l"], ["location=", "license="]),
        (["manifest", "--availability", "o"], ["open", "obtainable"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
    ],
    ids=" ".join,
)
def test_a_word_is_completed(words: list[str], expected: list[str]) -> None:
    assert offered(*words) == expected


def test_all_values_of_a_kind_are_offered() -> None:
    known = definition()
    assert offered("explain", "") == list(known.requirements)
    assert set(offered("explain", ".")) == set()
    assert set(offered("explain", "code-license.")) == {
        rule for rule in known.rules if rule.startswith("code-license.")
    }
    assert offered("query", "") == list(named_queries())
    assert offered("check", "--from", "") == list(formats())
    assert offered("export", "x", "--to", "") == list(WRITERS)
    assert offered("lineage", "--gaps", "") == [FINDINGS, *(criterion.name for criterion in CRITERIA), NONE]


NODES = [
    "https://commoncrawl.org/",
    "bigscience-data",
    "bigscience/bloom",
    "allenai/c4",
    "oscar-corpus/OSCAR-2109",
    "tiiuae/falcon-refinedweb",
]


def test_nodes_are_those_of_the_inputs_on_the_line() -> None:
    assert offered("check", BLOOM, "--subject", "") == ["system", "model", "parameters", "bigscience/bloom"]
    assert offered("check", BLOOM, "--subject=big") == ["--subject=bigscience/bloom"]
    assert offered("query", "upstream", BLOOM, "--set", "node=") == [f"node={node}" for node in NODES]
    assert offered("what-if", BLOOM, "--state", "all") == ["allenai/c4"]
    assert offered("what-if", BLOOM, "--state", "allenai/c4", "clea") == ["cleaning"]
    assert offered("what-if", BLOOM, "--state", "allenai/c4", "cleaning", "") == []
    assert offered("lineage", "") == []


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_nodes_are_found_in_inputs_behind_the_word(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = f"{PROGRAM} lineage tii"
    monkeypatch.setenv("COMP_LINE", f"{before} {BLOOM}")
    monkeypatch.setenv("COMP_POINT", str(len(before)))
    monkeypatch.setenv("COMP_WORDS", f"{before} {BLOOM}")
    monkeypatch.setenv("COMP_CWORD", "2")
    kind = get_completion_class(shell)
    assert kind is not None
    expected = {"bash": "plain,tiiuae/falcon-refinedweb"}
    done = kind(cli, {}, PROGRAM, VARIABLE).complete()
    assert done.startswith(expected.get(shell, "plain\ntiiuae/falcon-refinedweb\nFalcon RefinedWeb"))


def test_every_node_that_is_offered_is_found_by_the_commands() -> None:
    from osaid_graph.cli.reading import read_lineage

    lineage = read_lineage([BLOOM], None, None).lineage
    assert sorted(lineage.find(node) for node in NODES) == list(range(len(lineage)))


def test_releases_of_a_corpus_are_offered_by_their_names(tmp_path: Path) -> None:
    said = "".join(f"<https://huggingface.co/org{at % 2}/model-{at:02}> a :Model . " for at in range(6))
    folder = str(tmp_path / "hub")
    build(folder, turtle(tmp_path / "in", a=said + "ex:other a :Model ."), jobs=1)
    assert offered("check", folder, "--subject", "org0/") == []  # it was not assessed
    engine = DuckDB(1 << 28, threads=1)
    assess(Corpus.open(folder), engine)
    engine.close()
    names = [f"org0/model-{at:02}" for at in (0, 2, 4)]
    assert offered("check", folder, "--subject", "org0/") == names
    assert offered("query", "upstream", "--corpus", folder, "--set", "node=org0/") == [f"node={each}" for each in names]
    assert offered("check", folder, "--subject", "https://example.org/o") == ["https://example.org/other"]
    assert offered("check", folder, "--subject", "%") == offered("check", folder, "--subject", "x'") == []


def test_what_takes_too_long_to_read_offers_no_nodes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "osaid.yaml"
    large.write_text(Path(BLOOM).read_text("utf-8") + "# more\n" * 200_000, "utf-8")
    assert offered("check", str(large), "--subject", "") == ["system", "model", "parameters"]
    monkeypatch.setattr(suggestions, "_PATIENCE", 0.0)
    assert offered("check", BLOOM, "--subject", "") == ["system", "model", "parameters"]


def test_no_value_of_a_file_reaches_a_command_line_that_a_shell_would_run(tmp_path: Path) -> None:
    release = tmp_path / "osaid.yaml"
    ids = ["https://example.org/$(id)", "https://example.org/a;b", "https://example.org/ok"]
    release.write_text(
        "system: {id: acme/atlas, name: Atlas}\ntraining-data:\n"
        + "".join(f"  - {{id: '{each}', availability: public}}\n" for each in ids),
        "utf-8",
    )
    found = offered("query", "upstream", str(release), "--set", "node=")
    assert "node=https://example.org/ok" in found or "node=example.org/ok" in found
    assert [each for each in found if set(each) & set("$;`()")] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    "line", [f"{PROGRAM} nothing --", f"{PROGRAM} check broken.yaml --subject x", f"{PROGRAM} query -f no.rq --set "]
)
def test_what_is_wrong_on_the_line_is_never_told(shell: str, line: str, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("system: [", "utf-8")
    last = line.rpartition(" ")[2]
    words = {"COMP_WORDS": line, "COMP_CWORD": last if shell == "fish" else str(len(line.split()) - bool(last))}
    ran = subprocess.run(
        [sys.executable, "-m", "osaid_graph"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), VARIABLE: f"{shell}_complete", **words}
        | {"COMP_LINE": line, "COMP_POINT": str(len(line))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout.strip(), ran.stderr) == (0, "", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_printed_for_each_shell(shell: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "osaid_graph", "completion", shell], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert f"{VARIABLE}={shell}_complete" in ran.stdout
    assert "_osaid_graph_completion" in ran.stdout
    assert ran.stderr == ""


# -- real shells -----------------------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Make a folder with an ``osaid-graph`` on the path, and the scripts of all shells."""
    program = tmp_path / "bin" / PROGRAM
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m osaid_graph "$@"\n', "utf-8")
    program.chmod(0o755)
    (tmp_path / "release.yaml").write_text("system: {id: acme/atlas, name: Atlas}\n", "utf-8")
    for shell in ("bash", "zsh", "fish"):
        made = [sys.executable, "-m", "osaid_graph", "completion", shell, "-o", str(tmp_path / f"script.{shell}")]
        subprocess.run(made, check=True, cwd=ROOT)
    return tmp_path


def environment(place: Path) -> dict[str, str]:
    path = f"{place / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(place), "TERM": "dumb", "LC_ALL": "C.UTF-8"}


def typed(shell: list[str], start: str, keys: str, wanted: str, place: Path) -> bool:
    """Type into a shell on a terminal, and tell whether what is wanted is shown within a minute."""
    import pty

    master, slave = pty.openpty()
    process = subprocess.Popen(
        shell, stdin=slave, stdout=slave, stderr=slave, cwd=place, env=environment(place), start_new_session=True
    )
    os.close(slave)
    shown = ""
    try:
        os.write(master, f"{start}; echo rea''dy\n".encode())
        for mark, answer in (("ready", keys), (wanted, "")):
            end = time.monotonic() + 60
            while mark not in shown and time.monotonic() < end:
                if select.select([master], [], [], 0.1)[0]:
                    shown += os.read(master, 65536).decode(errors="replace")
            if mark not in shown:
                return False
            os.write(master, answer.encode())
        return True
    finally:
        process.kill()
        process.wait()
        os.close(master)


CASES = [
    ("explain data-info-lab\t", "explain data-info-labeling"),
    ("check --terms str\t", "check --terms strict"),
    ("check --terms=str\t", "check --terms=strict"),
    ("query upstream --set n\t", "query upstream --set node="),
    ("check rel\t", "check release.yaml"),
    ("check -o rel\t", "check -o release.yaml"),
]


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize(("keys", "shown"), CASES, ids=[shown for _, shown in CASES])
def test_bash_completes(keys: str, shown: str, place: Path) -> None:
    assert typed(["bash", "--norc", "--noprofile", "-i"], "source script.bash", f"{PROGRAM} {keys}", shown, place)


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
@pytest.mark.parametrize(("keys", "shown"), CASES, ids=[shown for _, shown in CASES])
def test_zsh_completes(keys: str, shown: str, place: Path) -> None:
    start = "autoload -U compinit; compinit -u; source script.zsh"
    assert typed(["zsh", "-f", "-i"], start, f"{PROGRAM} {keys}", shown, place)


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
@pytest.mark.parametrize(("keys", "shown"), CASES, ids=[shown for _, shown in CASES])
def test_fish_completes(keys: str, shown: str, place: Path) -> None:
    ran = subprocess.run(
        ["fish", "--no-config", "-c", f"source script.fish; complete -C '{PROGRAM} {keys.strip()}'"],
        cwd=place,
        env=environment(place),
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line.partition("\t")[0] for line in ran.stdout.splitlines()] == [shown.split()[-1]]
