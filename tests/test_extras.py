"""Without a library that only some commands need, each command answers, or names the extra that brings it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from corpora import ROOT, model, turtle

from osaid_graph.cli import EXTRAS

#: Runs commands one after the other where one library cannot be imported, and prints how each ended.
RUN = """
import sys

library, commands = sys.argv[1:]

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == library:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
from osaid_graph import cli

for command in commands.split("|"):
    print("$", command, file=sys.stderr)
    sys.argv[1:] = command.split()
    try:
        cli.main()
    except SystemExit as ended:
        print("=", ended.code, file=sys.stderr)
"""
#: Commands that need an extra, by what each may need; ``CORPUS`` is assessed, ``NEW`` is not there.
COMMANDS = (
    "corpus build NEW DOCUMENT",
    "corpus assess CORPUS --full",
    "corpus assess CORPUS --engine spark --full",
    "corpus assess CORPUS -F csv",
    "corpus index CORPUS",
    "corpus history CORPUS -F parquet -o OUT",
    "lineage https://example.org/a CORPUS",
    "query circles --corpus CORPUS",
    "query circles DOCUMENT -F parquet -o OUT",
    "manifest LISTING",
    "manifest LISTING --engine spark",
)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A corpus that is built and assessed, but not indexed, and the document it was built from."""
    from osaid_graph.corpus.assess import assess
    from osaid_graph.corpus.build import build
    from osaid_graph.corpus.open import Corpus
    from osaid_graph.engines.duckdb import DuckDB

    folder = tmp_path_factory.mktemp("extras")
    (document,) = turtle(folder, a=model("a", "A"))
    build(folder / "corpus", [document])
    engine = DuckDB(1 << 28, threads=1)
    assess(Corpus.open(folder / "corpus"), engine)
    engine.close()
    listing = ROOT / "data" / "listings" / "example.csv"
    names = {"CORPUS": folder / "corpus", "NEW": folder / "new", "DOCUMENT": document, "OUT": folder / "out"}
    return {**{name: str(path) for name, path in names.items()}, "LISTING": str(listing)}


def test_each_extra_is_one_that_brings_the_library() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for library, extra in EXTRAS.items():
        assert any(re.split(r"[^\w-]", each)[0] == library for each in extras[extra]), library


@pytest.mark.parametrize("library", ["duckdb", "filelock", "numpy", "pandas", "pyarrow", "pyspark", "sqlglot"])
def test_a_library_that_is_missing_is_told_with_the_extra_that_brings_it(
    library: str, places: dict[str, str], tmp_path: Path
) -> None:
    chosen = [
        each for each in COMMANDS if "spark" not in each or library in ("pyspark", "sqlglot")
    ]  # else Spark starts
    commands = [" ".join(places.get(word, word) for word in each.split()) for each in chosen]
    ran = subprocess.run(
        [sys.executable, "-c", RUN, library, "|".join(commands)],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=tmp_path,
    )
    ended = [each.splitlines() for each in ran.stderr.split("$ ")[1:]]
    assert [lines[0] for lines in ended] == commands, ran.stderr
    missing = 0
    for command, *lines in ended:
        assert lines[-1] in ("= 0", "= 1", "= 2"), (command, lines)
        if lines[-1] == "= 2":
            missing += 1
            error, hint = lines[-3:-1]
            assert error.endswith(f"needs {library}") or "pandas" in error, (command, lines)
            assert re.fullmatch(r"help: install it with: pip install 'osaid-graph\[(corpus|tables|spark)\]'", hint)
    assert missing or library == "pandas"  # which notebooks alone need
