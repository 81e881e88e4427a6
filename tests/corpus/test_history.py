"""The memory of a corpus: which version of a document said what, and from when to when."""

from __future__ import annotations

import datetime
import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpora import model, rows, turtle

from osaid_graph.cli import cli
from osaid_graph.corpus.build import build
from osaid_graph.corpus.history import DocumentVersion, Said, said_of, versions
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import UsageError

NODE = "https://example.org/m"
TITLE, LICENSE = "http://purl.org/dc/terms/title", "https://w3id.org/osaid-graph/ont#license"


def day(number: int) -> datetime.datetime:
    return datetime.datetime(2026, 1, number, tzinfo=datetime.UTC)


def moment(number: int) -> str:
    return f"2026-01-{number:02}T00:00:00Z"


def history(folder: Path) -> tuple[DocumentVersion, ...]:
    engine = DuckDB(1 << 28)
    Corpus.open(folder).attach(engine)
    found = versions(engine)
    engine.close()
    return found


def ever_said(folder: Path, node: str = NODE) -> tuple[Said, ...]:
    engine = DuckDB(1 << 28)
    corpus = Corpus.open(folder)
    corpus.attach(engine)
    try:
        return said_of(corpus, engine, node)
    finally:
        engine.close()


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two documents over five days: one is changed twice, taken away, and comes back."""
    tmp_path = tmp_path_factory.mktemp("followed")
    folder = tmp_path / "corpus"
    terms = 'ex:m :license "MIT", "Apache-2.0" .\n'
    (b,) = turtle(tmp_path, b='ex:m :license "MIT" .\n')
    build(folder, [*turtle(tmp_path, a=model("m", "M") + terms), b], time=day(1))
    build(folder, turtle(tmp_path, a=model("m", "Em") + terms), time=day(2))
    (a,) = turtle(tmp_path, a=model("m", "Em") + 'ex:m :license "MIT" .\n')
    build(folder, [a], time=day(3))
    build(folder, [], remove=[a], time=day(4))
    build(folder, [a], time=day(5))
    return folder


def test_versions_tell_when_they_came_and_went_and_what_they_changed(followed: Path) -> None:
    found = [
        (Path(each.document).name, each.generation, each.since, each.until, each.statements, each.added, each.removed)
        for each in history(followed)
    ]
    assert found == [
        ("a.ttl", 1, moment(1), moment(2), 4, 4, 0),
        ("a.ttl", 2, moment(2), moment(3), 4, 1, 1),
        ("a.ttl", 3, moment(3), moment(4), 3, 0, 1),
        ("a.ttl", 5, moment(5), "", 3, 3, 0),
        ("b.ttl", 1, moment(1), "", 1, 1, 0),
    ]


def test_a_statement_lasts_as_long_as_one_version_after_the_other_makes_it(followed: Path) -> None:
    found = [
        (each.property, each.value, Path(each.source).name, each.line, each.since, each.until)
        for each in ever_said(followed)
        if each.property in (TITLE, LICENSE)
    ]
    assert found == [
        (TITLE, "M", "a.ttl", 5, moment(1), moment(2)),
        (TITLE, "Em", "a.ttl", 5, moment(2), moment(4)),
        (TITLE, "Em", "a.ttl", 5, moment(5), ""),
        (LICENSE, "Apache-2.0", "a.ttl", 6, moment(1), moment(3)),
        (LICENSE, "MIT", "a.ttl", 6, moment(1), moment(4)),
        (LICENSE, "MIT", "b.ttl", 5, moment(1), ""),
        (LICENSE, "MIT", "a.ttl", 6, moment(5), ""),
    ]


def test_what_is_said_now_is_that_of_sources_that_did_not_end(followed: Path) -> None:
    corpus = Corpus.open(followed)
    live = "SELECT DISTINCT generation FROM sources ORDER BY generation"
    assert rows(corpus, live) == [(1,), (5,)]
    assert rows(corpus, "SELECT count(*) FROM said") == [(4,)]
    assert rows(corpus, "SELECT count(*) FROM statements_ever") == [(15,)]


def test_silences_and_stated_sources_are_told_by_what_they_say(tmp_path: Path) -> None:
    manifest = tmp_path / "osaid.yaml"
    manifest.write_text(
        "system: {id: https://example.org/m, name: M}\n"
        "parameters:\n  license: {value: MIT, source: https://example.org/paper}\n"
        "  checkpoints: {not-disclosed: never saved}\n",
        "utf-8",
    )
    build(tmp_path / "corpus", [str(manifest)], time=day(1))
    found = {(each.value, each.source) for each in ever_said(tmp_path / "corpus", f"{NODE}#parameters")}
    assert ("MIT", "https://example.org/paper") in found
    assert ("not disclosed: never saved", str(manifest)) in found


def test_the_command_lists_both(followed: Path) -> None:
    def listed(*arguments: str) -> list[dict[str, str]]:
        ran = CliRunner().invoke(cli, ["corpus", "history", str(followed), *arguments, "-F", "json"])
        bindings = json.loads(ran.stdout)["results"]["bindings"]
        return [{name: cell["value"] for name, cell in row.items()} for row in bindings]

    assert [row["generation"] for row in listed()] == ["1", "2", "3", "5", "1"]
    assert {row["until"] for row in listed(NODE)} == {"", moment(2), moment(3), moment(4)}


@pytest.mark.parametrize(
    ("node", "hint"),
    [
        ("acme/x", "write an IRI or a Hub id; osaid-graph corpus history DIR lists the documents"),
        ("no such", "write an IRI or a Hub id; osaid-graph corpus history DIR lists the documents"),
        ("Emm", "did you mean https://example.org/m?"),
    ],
)
def test_a_node_of_which_nothing_was_ever_said_is_told_with_what_is_like_it(
    followed: Path, node: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        ever_said(followed, node)
    assert (caught.value.message, caught.value.hint) == (f"no document and no node {node!r} in {followed}", hint)


def test_the_name_of_a_document_gives_its_versions_and_one_that_is_like_it_is_offered(followed: Path) -> None:
    with closing(DuckDB(1 << 28)) as engine:
        corpus = Corpus.open(followed)
        corpus.attach(engine)
        name = versions(engine)[-1].document
        assert [(Path(each.document).name, each.generation) for each in versions(engine, name)] == [("b.ttl", 1)]
        with pytest.raises(UsageError) as caught:
            said_of(corpus, engine, name.replace("b.ttl", "bb.ttl"))
        assert name in caught.value.hint
