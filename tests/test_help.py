"""The help of every command: complete, within 100 columns, and with examples that run; errors that say what to do."""

from __future__ import annotations

import ast
import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import click
import pyoxigraph as ox
import pytest
from local_endpoint import answering, of_store

from tools.command_lines import PROGRAM, commands, examples

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = dict(commands())
EXAMPLES = [(path, line) for path, command in COMMANDS.items() for line in examples(command)]
#: Examples that need what no test has.
NOT_HERE = {"osaid-graph corpus assess s3a://bucket/hub --engine spark --master spark://host:7077"}
#: Commands that exit with 1 where gaps are found.
FINDING = {"check", "diff", "what-if", "manifest"}
ENDPOINT = "https://host/sparql"
#: An error of ours and the number of its arguments after which the hint stands.
ERRORS = {"UsageError", "InputError", "NothingToAssessError", "EngineError", "ResourceError"}

MODELS = [
    {"id": "acme/writer", "tags": ["dataset:acme/crawl", "license:mit"]},
    {"id": "mistralai/Mistral-7B-v0.1", "tags": ["license:apache-2.0"]},
    {"id": "acme/tuned", "tags": ["base_model:finetune:mistralai/Mistral-7B-v0.1", "dataset:laion/laion400m"]},
    {"id": "bigscience/bloom", "tags": ["license:bigscience-bloom-rail-1.0"]},
]
DATASETS = [{"id": "laion/laion400m", "tags": ["license:cc-by-4.0"]}, {"id": "acme/crawl", "tags": []}]
OSAID = """system: {id: acme/atlas, name: Atlas}
parameters: {license: Apache-2.0, location: https://huggingface.co/acme/atlas}
training-data:
  - {id: org/data, availability: public, location: https://example.org/data}
"""
CARD = "---\nlicense: mit\ntags: [text-generation]\n---\n# Tiny\n"
QUERY = "#+ param: node node what is asked about\nSELECT ?x ?node { ?x osaid:derivedFrom ?node }\n"


def environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "SOURCE_DATE_EPOCH": "1795392000",
    }


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", line],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def lines(path: Path, records: Sequence[object]) -> None:
    path.write_bytes(gzip.compress("".join(f"{json.dumps(each)}\n" for each in records).encode()))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with all that the examples name."""
    folder = tmp_path_factory.mktemp("examples")
    for made in ("bin", "cards/tiny", "cards/old", "releases", "shards", ".zfunc", ".config/fish/completions"):
        (folder / made).mkdir(parents=True)
    for name in ("bloom-176b.yaml", "olmo-7b.yaml", "upstream"):  # of sixteen releases, those that examples name
        source, target = ROOT / "data" / "releases" / name, folder / "data" / "releases" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    (folder / ".local/share/bash-completion/completions").mkdir(parents=True)
    (folder / "bin" / PROGRAM).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m osaid_graph "$@"\n', "utf-8")
    (folder / "bin" / PROGRAM).chmod(0o755)
    (folder / "osaid.yaml").write_text(OSAID, "utf-8")
    (folder / "old.yaml").write_text(OSAID, "utf-8")
    (folder / "new.yaml").write_text(OSAID.replace("Apache-2.0", "MIT"), "utf-8")
    (folder / "draft.yaml").write_text(OSAID.replace("Apache-2.0", "MIT"), "utf-8")
    (folder / "mine.rq").write_text(QUERY, "utf-8")
    (folder / "cards/README.md").write_text(CARD, "utf-8")
    (folder / "cards/old/README.md").write_text(CARD.replace("Tiny", "Old"), "utf-8")
    (folder / "releases/books.yaml").write_text(
        "system: {id: acme/atlas, name: Atlas}\ntraining-data:\n  - acme/books\n  - acme/crawl\n", "utf-8"
    )
    lines(folder / "models.jsonl.gz", MODELS)
    lines(folder / "datasets.jsonl.gz", DATASETS)
    rows = [{"url": f"https://example.org/{n}", "license": "CC-BY-4.0", "source": "a"} for n in range(9)]
    listing = "url,license\n" + "".join(f"{each['url']},{each['license']}\n" for each in rows)
    (folder / "urls.csv.gz").write_bytes(gzip.compress(listing.encode()))
    shard = "".join(f"{json.dumps({'meta': {'url': each['url']}, 'source': each['source']})}\n" for each in rows)
    (folder / "shards/a.jsonl").write_text(shard, "utf-8")
    from pyarrow import Table, parquet

    parquet.write_table(Table.from_pylist(rows), folder / "urls.parquet")
    for line in (
        "osaid-graph init --id acme/judged --name Judged -o judged.yaml",
        "osaid-graph plan osaid.yaml --patch > fill-in.diff",
        "osaid-graph judge old.yaml --requirement data-info-sufficient --outcome met --by A --reason r "
        "--into judgements.yaml",
        "osaid-graph corpus build hub models.jsonl.gz datasets.jsonl.gz",
        "osaid-graph corpus assess hub",
        "osaid-graph corpus build mine data/releases cards/",
    ):
        ran = run(line, folder)
        assert ran.returncode == 0, f"{line}\n{ran.stderr}"
    return folder


@pytest.fixture
def scratch(prepared: Path, tmp_path: Path) -> Path:
    """Copy that folder, for one example to do as it likes with."""
    return shutil.copytree(prepared, tmp_path / "scratch", symlinks=True)


@pytest.fixture
def endpoint(scratch: Path) -> Iterator[str]:
    """Serve what the inputs of a shipped release give, as the example of an endpoint takes it to be loaded."""
    dumped = run("osaid-graph query data/releases/bloom-176b.yaml --dump -o all.nq", scratch)
    assert dumped.returncode == 0, dumped.stderr
    store = ox.Store()
    store.bulk_load(path=str(scratch / "all.nq"), format=ox.RdfFormat.N_QUADS)
    with ExitStack() as stack:
        yield stack.enter_context(answering(of_store(store)))[0]


@pytest.mark.parametrize(("path", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_every_example_runs(path: str, line: str, scratch: Path, request: pytest.FixtureRequest) -> None:
    if line in NOT_HERE:
        pytest.skip("needs a cluster; tests/engines run on Spark where it is installed")
    if ENDPOINT in line:
        line = line.replace(ENDPOINT, request.getfixturevalue("endpoint"))
    missing = [tool for tool in ("dot", "patch") if re.search(rf"[|;] {tool} ", line) and shutil.which(tool) is None]
    if missing:
        line = re.split(r" [|] |; patch", line)[0]  # what is ours runs without them
    if " init " in line or path == f"{PROGRAM} init":
        (scratch / "osaid.yaml").unlink()
    if "--remove" in line:  # a corpus knows its documents by where they are: read them from this copy
        shutil.rmtree(scratch / "mine")
        assert run("osaid-graph corpus build mine cards/", scratch).returncode == 0
    if path == f"{PROGRAM} serve":
        served(line, scratch)
        return
    ran = run(line, scratch)
    words = line.split()
    expected = (0, 1) if words[1] in FINDING else (0,)
    assert ran.returncode in expected, f"{ran.stdout}\n{ran.stderr}"
    assert "error:" not in ran.stderr


def served(line: str, folder: Path) -> None:
    """Run the example of a server, at a port that is free, until it listens; then stop it as a person does."""
    command = f"exec {re.sub(' --port [0-9]+', '', line)} --port 0"
    with subprocess.Popen(
        ["sh", "-c", command], cwd=folder, env=environment(folder), stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stderr is not None
            told = server.stderr.readline()
            assert " at http://127.0.0.1:" in told, told + server.stderr.read()
            server.send_signal(signal.SIGINT)
            assert server.wait(30) == 0
        finally:
            server.kill()


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_an_example_of_itself(path: str) -> None:
    assert [line for line in examples(COMMANDS[path]) if line.startswith(path)]


@pytest.mark.parametrize("path", COMMANDS)
def test_every_option_is_told_what_it_does(path: str) -> None:
    silent = [each.opts for each in COMMANDS[path].params if isinstance(each, click.Option) and not each.help]
    assert silent == []


@pytest.mark.parametrize("columns", [80, 100, 200])
@pytest.mark.parametrize("path", COMMANDS)
def test_help_stays_within_a_hundred_columns(path: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    context = None
    for end in range(1, len(path.split()) + 1):
        found = COMMANDS[" ".join(path.split()[:end])]
        context = click.Context(found, parent=context, info_name=found.name, **found.context_settings)
    assert context is not None
    assert [line for line in context.get_help().splitlines() if len(line) > 100] == []


def test_every_error_says_what_to_do() -> None:
    silent = []
    for file in sorted((ROOT / "osaid_graph").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
                continue
            call = node.exc
            if not isinstance(call.func, ast.Name) or call.func.id not in ERRORS:
                continue
            starred = any(isinstance(argument, ast.Starred) for argument in call.args)
            hint = call.args[1] if len(call.args) > 1 else None
            if not starred and (hint is None or (isinstance(hint, ast.Constant) and not hint.value)):
                silent.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert silent == []


def test_a_command_that_an_error_names_is_one() -> None:
    named: set[str] = set()
    for file in sorted((ROOT / "osaid_graph").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.update(re.findall(r"osaid-graph ((?:corpus )?[a-z][a-z-]+)\b(?!:)", node.value))
    known = {path.partition(" ")[2] for path in COMMANDS}
    assert {each for each in named if each not in known} == set()
