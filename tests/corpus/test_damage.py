"""A file of a corpus that was changed, its size left: whatever command meets it ends in one line that names it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpora import ROOT

from osaid_graph import cli
from osaid_graph.cli.damage import told_of_damage
from osaid_graph.corpus.layout import MANIFEST
from osaid_graph.errors import InputError

STATEMENTS = "segments/000001/statements/property=any/part-0.parquet"
TERMS = "segments/000001/terms.parquet"
SOURCES = "segments/000001/sources.parquet"
OUTCOMES = "assessments/000001/outcomes.parquet"
IRIS = "derived/000001/lineage/iris-text.npy"
BLOOM = "bloom-176b"


def ran(*arguments: str) -> int:
    """Run a command as it is run in a shell, its output kept by whoever captures it; return the exit code."""
    result = CliRunner().invoke(cli.cli, arguments, standalone_mode=False)
    if isinstance(result.exception, Exception):
        return cli._told(result.exception)
    return result.return_value or 0


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus with all that is made of one."""
    folder = tmp_path_factory.mktemp("sound") / "corpus"
    for arguments in (
        ["build", str(folder), str(ROOT / "data" / "releases" / f"{BLOOM}.yaml")],
        ["assess", str(folder)],
    ):
        assert ran("corpus", *arguments) == 0
    assert ran("corpus", "index", str(folder)) == 0
    return folder


@pytest.fixture
def corpus(sound: Path, tmp_path: Path) -> Path:
    """A copy of that corpus, to be damaged."""
    return Path(shutil.copytree(sound, tmp_path / "corpus"))


def flip(file: Path, part: float = 0.3) -> None:
    """Change 200 bytes of a file, from some part of it on."""
    content = bytearray(file.read_bytes())
    start = max(0, min(int(len(content) * part), len(content) - 200))
    content[start : start + 200] = bytes(byte ^ 0xFF for byte in content[start : start + 200])
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("file", "command"),
    [
        (STATEMENTS, ["check", "DIR", "--subject", BLOOM]),
        (STATEMENTS, ["diff", "DIR", str(ROOT / "data" / "releases" / f"{BLOOM}.yaml"), "--subject", BLOOM]),
        (TERMS, ["corpus", "assess", "DIR", "--full"]),
        (TERMS, ["check", "DIR", "--subject", BLOOM]),
        (TERMS, ["corpus", "stats", "DIR"]),
        (SOURCES, ["check", "DIR", "--subject", BLOOM]),
        (OUTCOMES, ["corpus", "stats", "DIR"]),
        (IRIS, ["plan", "DIR"]),
        (IRIS, ["lineage", "bigscience/bloom", "DIR"]),
    ],
)
def test_a_file_of_other_bytes_is_named_by_whatever_command_meets_it(
    corpus: Path, file: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    flip(corpus / file)
    assert ran(*(str(corpus) if word == "DIR" else word for word in command)) == 3
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0] for line in told] == ["error", "help"]
    assert told[0].startswith(f"error: {corpus / file}: ") and "damaged" in told[0]


@pytest.mark.parametrize("file", [STATEMENTS, TERMS, SOURCES, OUTCOMES, IRIS])
def test_a_fault_over_a_damaged_corpus_is_told_as_its_damage(corpus: Path, file: str) -> None:
    flip(corpus / file)
    with (
        pytest.raises(InputError, match="the corpus is damaged: its content is not what was written") as told,
        told_of_damage(("check", "--quiet", "", str(corpus)), lambda error: False),
    ):
        raise KeyError(7)
    assert told.value.source == str(corpus / file)
    assert isinstance(told.value.__cause__, KeyError)


def test_a_fault_over_a_corpus_whose_manifest_is_damaged_names_that(corpus: Path) -> None:
    (corpus / MANIFEST).write_text("{", "utf-8")
    with (
        pytest.raises(InputError, match="the manifest is damaged"),
        told_of_damage((str(corpus),), lambda error: False),
    ):
        raise KeyError(7)


def test_a_fault_over_a_sound_corpus_or_over_none_stays_a_fault(corpus: Path, tmp_path: Path) -> None:
    for names in ((str(corpus),), (str(tmp_path),), ("none", "")):
        with pytest.raises(KeyError), told_of_damage(names, lambda error: False):
            raise KeyError(7)


@pytest.mark.parametrize("error", [MemoryError(), KeyboardInterrupt(), InputError("no such release")])
def test_what_is_no_fault_is_not_looked_into(corpus: Path, error: BaseException) -> None:
    flip(corpus / TERMS)
    with pytest.raises(type(error)) as raised, told_of_damage((str(corpus),), cli._is_told):
        raise error
    assert raised.value is error
