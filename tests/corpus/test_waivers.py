"""A corpus does not look at waivers, because no outcome depends on them; a release out of it has them again."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from osaid_graph.assessment.assess import assess as assess_one
from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.assessed import attach_assessment
from osaid_graph.corpus.build import build
from osaid_graph.corpus.extract import release_of
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.graph.load import load
from osaid_graph.standing import Standing

MANIFEST = """\
system: {id: acme/atlas, name: Atlas}
parameters: {license: llama2, location: https://huggingface.co/acme/atlas, derived-from: [{fine-tuned: acme/base}]}
training-data: [{id: acme/web, availability: public}]
"""
BASE = """\
model: {id: acme/base, name: Base}
waivers: [{requirement: params-terms, reason: a base, until: 2027-01-31}]
"""
WAIVERS = """\
waivers:
  - {requirement: params-terms, reason: r, until: 2027-01-31}
  - {requirement: data-info-cleaning, on: acme/web, reason: r, until: 2027-01-31, by: Ada}
"""
#: What a waiver without its reason is in a corpus: somebody else's mistake, which stops nobody.
BROKEN = """\
@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
<https://huggingface.co/acme/other> a osaid:AISystem ; osaid:gapWaiver [ a osaid:GapWaiver ] .
"""
SUBJECT = "https://huggingface.co/acme/atlas"


def known(tmp_path: Path, name: str, *documents: str) -> tuple[list[Any], Path]:
    """Return the outcomes and findings of a corpus of documents."""
    folder = tmp_path / name
    folder.mkdir()
    files = []
    for number, text in enumerate(documents):
        file = folder / f"{number}.{'ttl' if text.startswith('@') else 'yaml'}"
        file.write_text(text, "utf-8")
        files.append(str(file))
    build(folder / "corpus", files, jobs=1)
    engine = DuckDB(1 << 29, threads=1)
    try:
        corpus = Corpus.open(folder / "corpus")
        assess(corpus, engine)
        corpus = Corpus.open(folder / "corpus")
        corpus.attach(engine)
        attach_assessment(engine, corpus)
        rows = [sorted(engine.rows(f"SELECT * FROM {table}"), key=repr) for table in ("outcomes", "findings")]
    finally:
        engine.close()
    return rows, folder / "corpus"


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Any], list[Any], Path]:
    folder = tmp_path_factory.mktemp("corpora")
    plain, _ = known(folder, "plain", MANIFEST, BASE.partition("waivers")[0], BROKEN.partition(";")[0] + ".")
    waived, corpus = known(folder, "waived", MANIFEST + WAIVERS, BASE, BROKEN)
    return plain, waived, corpus


def test_the_outcomes_and_findings_of_a_corpus_are_the_same_with_waivers(
    corpora: tuple[list[Any], list[Any], Path],
) -> None:
    plain, waived, _ = corpora
    assert all(len(rows) > 2 for rows in plain)
    assert waived == plain


def test_a_release_out_of_a_corpus_comes_out_as_its_documents_do(
    corpora: tuple[list[Any], list[Any], Path], tmp_path: Path
) -> None:
    (tmp_path / "osaid.yaml").write_text(MANIFEST + WAIVERS, "utf-8")
    (tmp_path / "base.yaml").write_text(BASE, "utf-8")
    day = datetime.date(2026, 11, 23)
    names = [str(tmp_path / name) for name in ("osaid.yaml", "base.yaml")]
    one = assess_one(load(names), subject=SUBJECT, today=day)
    out = assess_one(release_of(Corpus.open(corpora[2]), SUBJECT), subject=SUBJECT, today=day)
    assert [(r.requirement.id, r.outcome) for r in out.results] == [(r.requirement.id, r.outcome) for r in one.results]
    told = [sorted((w.of, w.on, w.by, w.standing, w.because, w.findings) for w in each.waivers) for each in (one, out)]
    assert [(of, standing) for of, _, _, standing, _, _ in told[0]] == [
        ("data-info-cleaning", "active"),
        ("params-terms", "active"),
        ("params-terms", "ignored"),
    ]
    assert told[1] == told[0]
    assert Standing(out).failing == Standing(one).failing


def test_a_waiver_that_is_wrong_is_set_aside_where_it_is_in_a_corpus(
    corpora: tuple[list[Any], list[Any], Path],
) -> None:
    other = "https://huggingface.co/acme/other"
    assessment = assess_one(release_of(Corpus.open(corpora[2]), other), subject=other)
    assert assessment.waivers == ()
    assert [note.text for note in assessment.notes] == ["set aside: a waiver has no requirement"]
