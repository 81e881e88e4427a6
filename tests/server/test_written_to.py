"""A corpus that is written to while it is served: what is told is of the state that is served, or is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx
import pytest
from corpora import turtle

from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.server.limits import Limits
from osaid_graph.server.site import Site

from .conftest import got, serving

pytestmark = pytest.mark.usefixtures("loopback_only")

M = "https://example.org/m"
READ = [("/", {}), ("/release", {"node": M}), ("/api/release", {"node": M}), ("/lineage", {"node": M})]
WORKED_OUT = [("/report", {"node": M, "format": "csv"}), ("/api/plan", {"unit": "node"})]


def corpus_of(folder: Path, inputs: list[str]) -> Corpus:
    build(folder, inputs, jobs=1)
    engine = DuckDB(1 << 30, threads=1)
    assess(Corpus.open(folder), engine)
    engine.close()
    return Corpus.open(folder)


def test_what_is_served_is_one_state_of_the_corpus(tmp_path: Path) -> None:
    first = turtle(tmp_path / "in", a="ex:m a :Model ; :trainedOn ex:d . ex:d a :Dataset .")
    corpus = corpus_of(tmp_path / "corpus", first)
    site = Site.of(corpus)
    with serving(site, Limits()) as url, httpx.Client(base_url=url, timeout=60) as client:
        assert got(client, "/api/plan").status_code == 200  # kept from now on
        corpus_of(tmp_path / "corpus", turtle(tmp_path / "more", b="ex:m :trainedOn ex:e . ex:e a :Dataset ."))
        assert [client.get(path, params=given).status_code for path, given in READ] == [200] * len(READ)
        assert client.get("/api/lineage", params={"node": M}).json()["number"] == 1
        assert client.get("/api/plan").status_code == 200
        for path, given in WORKED_OUT:
            response = got(client, path, **given)
            assert response.status_code == 503
            assert "somebody has written to what is served" in response.text
    site.close()


def test_files_that_are_gone_are_told_without_their_names(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path / "corpus", turtle(tmp_path / "in", a="ex:m a :Model ."))
    site = Site.of(corpus)
    with serving(site, Limits()) as url, httpx.Client(base_url=url, timeout=60) as client:
        for file in (corpus.folder / site.tables.part.path).rglob("*.parquet"):
            file.unlink()
        for path, given in READ:
            response = client.get(path, params=given)
            assert response.status_code == 503 and "what is served cannot be read" in response.text
            assert str(tmp_path) not in response.text
            kind = response.headers["content-type"]
            assert kind == ("application/problem+json" if path.startswith("/api") else "text/plain; charset=utf-8")
    site.close()


def test_a_corpus_that_is_gone_is_told_without_its_name(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    corpus = corpus_of(tmp_path / "corpus", turtle(tmp_path / "in", a="ex:m a :Model ."))
    site = Site.of(corpus)
    with serving(site, Limits()) as url, httpx.Client(base_url=url, timeout=60) as client:
        shutil.rmtree(corpus.folder)
        asked = {"query": "ASK {}"}
        for path, given in (*READ, *WORKED_OUT, ("/sparql", asked), ("/ask.csv", asked), ("/ask", asked)):
            response = got(client, path, **given)
            assert (path, response.status_code) == (path, 200 if path == "/ask" else 503)
            assert "what is served cannot be read" in response.text and str(tmp_path) not in response.text
    site.close()
    assert capfd.readouterr().err == ""


def test_a_corpus_may_be_called_as_an_option_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    site = Site.of(corpus_of(Path("--output=x"), turtle(tmp_path / "in", a="ex:m a :Model .")))
    with serving(site, Limits()) as url, httpx.Client(base_url=url, timeout=60) as client:
        response = client.get("/report", params={"node": M, "format": "badge"})
        assert response.status_code == 200 and response.text.startswith("<svg")
        assert got(client, "/api/plan").status_code == 200
    assert sorted(each.name for each in tmp_path.iterdir()) == ["--output=x", "in"]
    site.close()
