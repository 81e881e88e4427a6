"""What a corpus gives to an engine is what its inputs say."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.graph.load import load
from osaid_graph.model import Term
from osaid_graph.term_ids import term_id

ROOT = Path(__file__).parent.parent.parent
MEETING = ROOT / "tests" / "fixtures" / "meeting"


def test_said_are_the_statements_of_all_documents_by_ids(tmp_path: Path) -> None:
    build(tmp_path / "corpus", [str(MEETING)])
    engine = DuckDB(1 << 28)
    Corpus.open(tmp_path / "corpus").attach(engine)
    graph = load([str(MEETING)]).graph
    expected = {tuple(term_id(cast(Term, term)) for term in triple) for triple in graph}
    assert set(engine.rows("SELECT * FROM said")) == expected
    assert dict(engine.rows("SELECT id, value FROM terms")) == {
        term_id(cast(Term, term)): str(term) for triple in graph for term in triple
    }
    engine.close()
