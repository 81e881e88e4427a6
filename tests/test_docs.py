"""The documentation does what it says: commands are run, manifests are read, links lead somewhere.

A fenced ``console`` block holds commands (``$ osaid-graph ...``, or ``$ echo $?`` for the exit code of the one before)
and what they print; a line ``...`` stands for any number of lines. They run in a folder that has what the checkout has
and, as ``osaid.yaml``, the last ``yaml`` block of the page before them that starts with ``# osaid.yaml``.

``OSAID_GRAPH_UPDATE_DOCS=1 pytest tests/test_docs.py`` writes what is printed today into the blocks that differ.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from osaid_graph.readers.manifest import reader as manifest
from osaid_graph.readers.rdf import jsonld, turtle

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
#: Every page whose links are followed: those that are generated too.
LINKED = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
UPDATE = bool(os.environ.get("OSAID_GRAPH_UPDATE_DOCS"))

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
MANIFEST_HEAD = "# osaid.yaml"


@dataclass(frozen=True)
class Block:
    """A fenced block: its page, language, text, the line it starts on, and the manifest that stands before it."""

    page: Path
    language: str
    text: str
    line: int
    manifest: str = ""

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def _blocks() -> list[Block]:
    found = []
    for page in PAGES:
        text, latest = page.read_text("utf-8"), ""
        for fence in _FENCE.finditer(text):
            if fence[1] == "yaml" and fence[2].startswith(MANIFEST_HEAD):
                latest = fence[2]
            found.append(Block(page, fence[1], fence[2], text.count("\n", 0, fence.start()) + 1, latest))
    return found


BLOCKS = _blocks()
CONSOLE = [block for block in BLOCKS if block.language == "console"]
MANIFESTS = [block for block in BLOCKS if block.language == "yaml" and block.text.startswith(MANIFEST_HEAD)]


def _sessions(text: str) -> list[tuple[str, list[str]]]:
    """Return the commands of a block, each with the lines shown below it."""
    sessions: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            sessions.append((line.removeprefix("$ "), []))
        else:
            sessions[-1][1].append(line)
    return sessions


def _matches(shown: list[str], printed: list[str]) -> bool:
    """Tell whether ``printed`` is what is ``shown``, where a line ``...`` is any number of lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def _run(command: str, folder: Path) -> tuple[list[str], int]:
    program, *arguments = shlex.split(command)
    assert program == "osaid-graph", f"only osaid-graph is run, not {program}"
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": "1795392000",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "osaid_graph", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return [line.rstrip() for line in ran.stdout.splitlines()], ran.returncode


def _folder(tmp_path: Path, text: str) -> Path:
    for entry in ROOT.iterdir():
        if not entry.name.startswith("."):
            (tmp_path / entry.name).symlink_to(entry, target_is_directory=entry.is_dir())
    if text:
        (tmp_path / "osaid.yaml").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("block", CONSOLE, ids=[block.name for block in CONSOLE])
def test_a_session_prints_what_is_shown(block: Block, tmp_path: Path) -> None:
    folder = _folder(tmp_path, block.manifest)
    lines, wrong, code = [], [], 0
    for command, shown in _sessions(block.text):
        if command == "echo $?":
            printed = [str(code)]
        else:
            printed, code = _run(command, folder)
        same = _matches(shown, printed)
        if not same:
            wrong.append("\n".join([f"$ {command}", *printed]))
        lines += [f"$ {command}", *(shown if same else printed)]
    if wrong and UPDATE:
        old, new = block.text, "".join(f"{line}\n" for line in lines)
        page = block.page.read_text("utf-8")
        block.page.write_text(page.replace(f"```console\n{old}```", f"```console\n{new}```", 1), "utf-8", newline="\n")
        pytest.skip("updated")
    assert not wrong, "prints now:\n" + "\n".join(wrong)


@pytest.mark.parametrize("block", MANIFESTS, ids=[block.name for block in MANIFESTS])
def test_a_manifest_is_read(block: Block) -> None:
    assert manifest.read(block.text.encode(), "osaid.yaml").statements


def test_every_page_is_looked_at() -> None:
    assert {page.name for page in PAGES} >= {"README.md", "manifest.md", "decisions.md", "assessment.md"}
    assert CONSOLE
    assert MANIFESTS


@pytest.mark.parametrize("page", LINKED, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_relative_link_leads_to_a_file_and_a_section_of_it(page: Path) -> None:
    text = _FENCE.sub("", page.read_text("utf-8"))
    missing = []
    for link in _LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, section = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (section and target.suffix == ".md" and section not in _sections(target)):
            missing.append(link)
    assert missing == []


@cache
def _sections(page: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ +(.+)$", _FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        (["a"], ["a"], True),
        (["a"], ["b"], False),
        (["a", "..."], ["a"], True),
        (["a", "...", "d"], ["a", "b", "c", "d"], True),
        (["a", "...", "d"], ["a", "d", "e"], False),
        (["...", "d", "..."], ["a", "d", "e"], True),
        (["a."], ["ab"], False),
    ],
)
def test_an_ellipsis_stands_for_any_number_of_lines(shown: list[str], printed: list[str], same: bool) -> None:
    assert _matches(shown, printed) is same


def test_the_same_description_in_yaml_turtle_and_json_ld_is_the_same_graph() -> None:
    page = ROOT / "docs" / "manifest.md"
    last = {block.language: block.text for block in BLOCKS if block.page == page}
    graphs = []
    for reader, language in ((manifest, "yaml"), (turtle, "turtle"), (jsonld, "json")):
        graph = Graph()
        for statement in reader.read(last[language].encode(), "x").statements:
            graph.add(statement.triple)
        graphs.append(graph)
    assert len(graphs[0]) > 10
    assert isomorphic(graphs[0], graphs[1])
    assert isomorphic(graphs[0], graphs[2])
