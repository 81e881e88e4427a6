"""A corpus at a URL: what it holds is read through Hadoop's file systems, and one writer holds it at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from osaid_graph.corpus.build import build
from osaid_graph.corpus.layout import MANIFEST
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.remote import LOCK, RemoteCorpus
from osaid_graph.corpus.verify import verify
from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.engines.places import Url
from osaid_graph.engines.spark import Spark
from osaid_graph.errors import InputError, UsageError
from osaid_graph.resources import root


@pytest.fixture
def spark(spark_here: Engine) -> Spark:
    assert isinstance(spark_here, Spark)
    return spark_here


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "corpus"
    build(folder, [str(root() / "data" / "releases" / "bloom-176b.yaml")], jobs=1)
    return folder


@pytest.fixture
def corpus(built: Path, tmp_path: Path) -> Path:
    """Return a corpus in a folder with a name that URLs, patterns and Parquet give a meaning to."""
    import shutil

    return Path(shutil.copytree(built, tmp_path / "property=a b+[1]"))


def test_small_files_are_read_written_and_replaced(spark: Spark, tmp_path: Path) -> None:
    place = f"file:{tmp_path}/one/two"
    assert spark.store.read(place) is None
    assert spark.store.create(place, b"\x00\xff")
    assert not spark.store.create(place, b"other")
    assert spark.store.read(place) == b"\x00\xff"
    spark.store.replace(place, b"other")
    assert (tmp_path / "one" / "two").read_bytes() == b"other"
    assert spark.store.sizes(f"file:{tmp_path}") == {"one/two": 5}
    assert spark.store.sizes(f"file:{tmp_path}/nothing") == {}
    spark.store.delete(f"file:{tmp_path}/one")
    spark.store.delete(f"file:{tmp_path}/nothing")
    assert list(tmp_path.iterdir()) == []


def test_a_scheme_without_a_library_is_told(spark: Spark) -> None:
    with pytest.raises(UsageError, match="Spark knows no file system for s3a:"):
        RemoteCorpus.at("s3a://bucket/hub", spark)


def test_tables_at_a_url_are_those_on_disk(spark: Spark, corpus: Path) -> None:
    here = DuckDB(1 << 28)
    Corpus.open(corpus).attach(here)
    RemoteCorpus.at(f"file:{corpus}/", spark).attach(spark)
    for query in ("SELECT * FROM said ORDER BY 1, 2, 3", "SELECT * FROM terms ORDER BY id"):
        assert spark.rows(query) == here.rows(query) != []
    here.close()


def test_a_part_belongs_to_a_corpus_at_a_url_once_it_is_committed(spark: Spark, corpus: Path) -> None:
    for number in (1, 2):
        remote = RemoteCorpus.at(f"file:{corpus}", spark)
        with remote.writing() as writer:
            path = writer.next_path("assessments")
            assert path == f"assessments/{number:06d}"
            spark.write(f"SELECT {number} AS a UNION ALL SELECT 9 ORDER BY a", writer.stage(path) / "some.parquet")
            spark.write("SELECT 1 AS a WHERE 1 = 2", writer.stage(path) / "none.parquet")
            assert not Corpus.open(corpus).parts("assessments")[number - 1 :]
            writer.say(path, {"number": number})
            writer.commit(drop=[part.path for part in remote.parts("assessments")])
    (part,) = Corpus.open(corpus).parts("assessments")
    assert part.path == "assessments/000002" and part.facts == {"number": 2}
    assert sorted(file.rows or 0 for file in part.files) == [0, 2]
    assert verify(corpus).damaged == ()
    assert (corpus / "assessments" / "000001").is_dir()
    with RemoteCorpus.at(f"file:{corpus}", spark).writing():
        assert not (corpus / "assessments" / "000001").exists()
    assert not (corpus / LOCK).exists()


def test_one_writer_holds_a_corpus_at_a_url(spark: Spark, corpus: Path) -> None:
    first, second = (RemoteCorpus.at(f"file:{corpus}", spark) for _ in range(2))
    with first.writing(), pytest.raises(InputError) as raised, second.writing():
        pytest.fail("two writers at once")
    assert raised.value.message.startswith("another process writes this corpus: process ")
    assert raised.value.hint == f"wait for it to end; if it was stopped, delete file:{corpus}/{LOCK}"


def test_a_corpus_that_has_changed_since_it_was_opened_is_not_written_to(spark: Spark, corpus: Path) -> None:
    remote = RemoteCorpus.at(f"file:{corpus}", spark)
    build(corpus, [str(root() / "data" / "releases" / "olmo-7b.yaml")], jobs=1)
    with pytest.raises(InputError, match="another process has changed the corpus"), remote.writing():
        pytest.fail("an older state was written to")
    assert not (corpus / LOCK).exists()


def test_a_damaged_corpus_at_a_url_is_told_with_the_file(spark: Spark, corpus: Path) -> None:
    (terms,) = corpus.glob("segments/*/terms.parquet")
    size = terms.stat().st_size
    terms.write_bytes(terms.read_bytes()[:100])
    with pytest.raises(InputError, match=f"the corpus is damaged: 100 bytes, not {size:,}") as raised:
        RemoteCorpus.at(f"file:{corpus}", spark)
    assert raised.value.source == f"file:{corpus}/{terms.relative_to(corpus)}"
    terms.unlink()
    with pytest.raises(InputError, match="no such file"):
        RemoteCorpus.at(f"file:{corpus}", spark)
    (corpus / MANIFEST).unlink()
    with pytest.raises(InputError, match=f"not a corpus: there is no {MANIFEST}"):
        RemoteCorpus.at(f"file:{corpus}", spark)


def test_a_corpus_at_a_url_is_for_spark() -> None:
    engine = DuckDB(1 << 28)
    with pytest.raises(UsageError, match="s3a://bucket/hub: a corpus at a URL is for Spark"):
        RemoteCorpus.at("s3a://bucket/hub", engine)
    engine.close()


def test_urls_are_put_together_as_paths() -> None:
    assert str(Url("s3a://bucket/hub/") / "segments" / "000001") == "s3a://bucket/hub/segments/000001"
