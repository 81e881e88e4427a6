"""SPARQL over a corpus: the answers are those over the same documents read into memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from asked_queries import DAY, ROOT, answer_of, example, store_of, values
from corpora import model, turtle

from osaid_graph.corpus import sparql_index
from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.build import build
from osaid_graph.corpus.layout import DERIVED
from osaid_graph.corpus.lineage_index import lineage_of_corpus
from osaid_graph.corpus.manifest import Manifest, Part
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.reports import lacking
from osaid_graph.corpus.sparql_index import folder_of, has_findings, index_of, without_findings
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import InputError, UsageError
from osaid_graph.query.library import named_queries, named_query
from osaid_graph.query.on_disk import StoredNames, open_read_only
from osaid_graph.query.run import ask
from osaid_graph.query.terms import Row
from osaid_graph.validation.definition import definition


def asked_by(name: str) -> tuple[tuple[str, ...], bool]:
    """Return the files that the example of a query asks about, and whether what is found in them too."""
    query = named_query(name)
    return example(query)[0], query.needs_findings


@dataclass(frozen=True)
class Indexed:
    """A corpus of some files with its index."""

    corpus: Corpus
    store: ox.Store


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Indexed]:
    """Gives the corpus of what the example of a query asks about, which is built when it is asked for first."""

    @cache
    def made(inputs: tuple[str, ...], assessed: bool) -> Indexed:
        folder = tmp_path_factory.mktemp("corpus")
        build(folder, [str(ROOT / name) for name in inputs], jobs=1)
        if assessed:
            assess_(folder)
        corpus = Corpus.open(folder)
        return Indexed(corpus, open_read_only(folder_of(corpus, index_of(corpus))))

    return lambda name: made(*asked_by(name))


def assess_(folder: Path, terms: str | None = None) -> None:
    engine = DuckDB(1 << 29, threads=1)
    try:
        assess(Corpus.open(folder), engine, terms=terms, today=DAY)
    finally:
        engine.close()


def unnamed(rows: tuple[Row, ...]) -> Counter[tuple[str, ...]]:
    """Return rows without the labels of blank nodes, which are others in a corpus."""
    return Counter(tuple("_:" if isinstance(term, ox.BlankNode) else str(term) for term in row) for row in rows)


@pytest.mark.parametrize("name", named_queries())
def test_a_named_query_has_the_answer_it_has_in_memory(name: str, indexed: Callable[[str], Indexed]) -> None:
    found = ask(indexed(name).store, named_query(name).text, values(name)[1])
    expected = answer_of(name)
    assert found.columns == expected.columns
    assert unnamed(found.rows) == unnamed(expected.rows)
    assert set(map(str, found.triples)) == set(map(str, expected.triples))


def _statements(store: ox.Store) -> Counter[tuple[str, ...]]:
    return unnamed(tuple((quad.subject, quad.predicate, quad.object, quad.graph_name) for quad in store))


@pytest.mark.parametrize("name", ["upstream", "withheld", "lineage-diff", "who-says"])
def test_every_statement_is_one_in_memory_and_the_other_way_round(name: str, indexed: Callable[[str], Indexed]) -> None:
    inputs, assessed = asked_by(name)
    assert not assessed
    found = _statements(indexed(name).store)
    assert found == _statements(store_of(inputs, assessed=False))
    assert sum(found.values()) > 6_000


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("acme/tuned", "https://huggingface.co/acme/tuned"),
        ("Tuned", "https://huggingface.co/acme/tuned"),
        ("webmix@1", "https://huggingface.co/datasets/acme/webmix#1"),
        ("our crawl", "urn:osaid:name:our-crawl"),
    ],
)
def test_a_node_is_found_by_what_it_is_called(text: str, iri: str, indexed: Callable[[str], Indexed]) -> None:
    asked = indexed("upstream")
    names = StoredNames(asked.store, lambda: lineage_of_corpus(Corpus.open(asked.corpus.folder)))
    assert names.find(text) == iri


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A corpus of one model, with an index."""
    build(tmp_path / "corpus", turtle(tmp_path / "said", a=model("a", r"The \"A\"\\ of\nthese")), jobs=1)
    index_of(Corpus.open(tmp_path / "corpus"))
    yield tmp_path / "corpus"


def titles(folder: Path) -> list[str]:
    corpus = Corpus.open(folder)
    store = open_read_only(folder_of(corpus, index_of(corpus)))
    rows = ask(store, "SELECT ?t { ?x a osaid:Model ; dcterms:title ?t } ORDER BY ?t").rows
    return [row[0].value for row in rows if row[0] is not None]


def indexes(folder: Path) -> list[str]:
    return [part.path for part in Corpus.open(folder).parts(DERIVED)]


def test_texts_are_what_they_were(folder: Path) -> None:
    assert titles(folder) == ['The "A"\\ of\nthese']


def test_it_is_made_once_and_again_when_something_else_is_said(folder: Path) -> None:
    assert titles(folder) and indexes(folder) == ["derived/000001"]
    corpus = Corpus.open(folder)
    before = open_read_only(folder_of(corpus, index_of(corpus)))
    build(folder, turtle(folder.parent / "said", a=model("a", "B")), jobs=1)
    assert titles(folder) == ["B"] and indexes(folder) == ["derived/000002"]
    assert ask(before, 'ASK { ?x dcterms:title ?t FILTER(STRSTARTS(?t, "The")) }').truth  # open, and still there


def test_one_for_other_terms_stands_beside_it(folder: Path) -> None:
    corpus = Corpus.open(folder)
    strict = index_of(corpus, "strict")
    assert strict.facts["policy"] == "strict" and indexes(folder) == ["derived/000001", "derived/000002"]
    assert index_of(Corpus.open(folder), "strict").path == strict.path
    assert index_of(Corpus.open(folder)).path == "derived/000001"
    with pytest.raises(UsageError, match="there is no terms policy 'lax'"):
        index_of(corpus, "lax")


def test_what_was_found_is_in_it_when_the_corpus_was_assessed_by_the_same_terms(folder: Path) -> None:
    assert not has_findings(index_of(Corpus.open(folder)))
    assess_(folder, "strict")
    assert index_of(Corpus.open(folder)).path == "derived/000001"
    assert has_findings(index_of(Corpus.open(folder), "strict"))
    assess_(folder)
    part = index_of(Corpus.open(folder))
    assert has_findings(part)
    assert [each.path for each in Corpus.open(folder).parts(DERIVED)].count("derived/000001") == 0


def test_findings_are_in_it_if_somebody_asks_and_stay_as_was_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def part(findings: bool | None = None) -> Part:
        return index_of(Corpus.open(folder), findings=findings)

    with pytest.raises(UsageError, match="no findings to take in: it was not assessed"):
        part(findings=True)
    assert without_findings(Corpus.open(folder), part()) == (
        "it was not assessed",
        f"osaid-graph corpus assess {folder}",
    )
    assess_(folder)
    monkeypatch.setattr(sparql_index, "MOST_ASSESSED", 0)
    assert not has_findings(part())
    why, hint = without_findings(Corpus.open(folder), part())
    assert why == "the findings of 1 release are not in its index" and f"index {folder} --findings" in hint
    assert has_findings(part(findings=True)) and has_findings(part())
    taken_in = part().path
    assert part(findings=True).path == taken_in
    strict = index_of(Corpus.open(folder), "strict")
    assert without_findings(Corpus.open(folder), strict)[0] == (
        "it was assessed against 1.0-rc1 by terms policy osd-conformant, not against 1.0-rc1 by terms policy strict"
    )
    assert not has_findings(part(findings=False)) and not has_findings(part())
    assert has_findings(part(findings=True))
    build(folder, turtle(folder.parent / "said", a=model("a", "B")), jobs=1)
    assert not has_findings(part()) and part().facts["findings"] is True
    assert without_findings(Corpus.open(folder), part())[0] == "it says something else now than when it was assessed"


def test_nothing_can_be_written_into_it_and_nothing_in_it_changes(folder: Path) -> None:
    corpus = Corpus.open(folder)
    place = folder_of(corpus, index_of(corpus))
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    stores = [open_read_only(place) for _ in range(2)]
    assert all(ask(store, "ASK { ?x a osaid:Model }").truth for store in stores)
    with pytest.raises(RuntimeError):
        stores[0].add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c")))
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before


def test_a_file_of_it_that_is_damaged_or_gone_is_told(folder: Path) -> None:
    corpus = Corpus.open(folder)
    place = folder_of(corpus, index_of(corpus))
    file = sorted(place.glob("*.sst"))[0]
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(InputError, match=r"\.sst: the corpus is damaged: [\d,]+ bytes, not [\d,]+"):
        Corpus.open(folder)
    (place / "CURRENT").unlink()
    with pytest.raises(InputError) as raised:
        open_read_only(place)
    assert str(raised.value).startswith(f"{place}: the index cannot be opened: ")


def test_while_another_writes_it_is_told_that_it_cannot_be_made(folder: Path) -> None:
    corpus = Corpus.open(folder)
    with Corpus.open(folder).writing(), pytest.raises(InputError, match="another process writes this corpus"):
        index_of(corpus, "strict")


def test_what_was_found_by_a_profile_that_says_something_else_now_is_not_taken_in(tmp_path: Path) -> None:
    shipped = definition()
    facts = {"definition": shipped.id, "policy": "strict", "day": "2026-01-01", "judged": False, "requirements": []}
    facts |= {"subjects": 1, "aside": 0, "files": ["0" * 64]}
    part = Part("assessments/000001", 1, "2026-01-01T00:00:00Z", (), facts)
    corpus = Corpus(tmp_path, Manifest(generation=1, parts=(part,)))
    told = ("it was assessed against what the profile said before", "assess it again against that profile")
    assert lacking(corpus, shipped, "strict") == told
    facts["files"] = []
    assert lacking(corpus, shipped, "strict") is None


def test_one_that_waited_for_another_takes_what_that_made(tmp_path: Path) -> None:
    build(tmp_path / "corpus", turtle(tmp_path / "said", a=model("a", "A")), jobs=1)
    waiting, made = Corpus.open(tmp_path / "corpus"), Corpus.open(tmp_path / "corpus")
    assess_(tmp_path / "corpus")
    lineage_of_corpus(made)
    index = index_of(made)
    assert has_findings(index)
    lineage_of_corpus(waiting)
    assert index_of(waiting) == index
    paths = ["derived/000001", "derived/000002"]
    assert [part.path for part in Corpus.open(tmp_path / "corpus").parts(DERIVED)] == paths


def test_how_far_the_making_is_is_told(tmp_path: Path) -> None:
    build(tmp_path / "corpus", turtle(tmp_path / "said", a=model("a", "A")), jobs=1)
    told: list[tuple[int, int]] = []
    index_of(Corpus.open(tmp_path / "corpus"), progress=lambda done, whole: told.append((done, whole)))
    assert told == sorted(told) and told[0] == (0, 100) and told[-1] == (80, 100)
