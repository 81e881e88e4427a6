"""A corpus assessed by several worker processes of Spark: what is found is what DuckDB finds in one."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from pyarrow import parquet

from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.assessed import ASIDE, FINDINGS, OUTCOMES, RESULTS, RULES, SCOPES
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.verify import verify
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.resources import root

RELEASES = root() / "data" / "releases"


def rows_of(part: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table of an assessment, a file or a folder of files, without the number of the part."""
    rows = parquet.read_table(part / f"{table}.parquet").drop_columns("part" if table == OUTCOMES else []).to_pylist()
    return sorted(rows, key=repr)


def test_workers_of_spark_find_what_duckdb_finds(spark_home: Path, spark_conf: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    build(corpus, [str(RELEASES / f"{name}.yaml") for name in ("bloom-176b", "olmo-7b")], jobs=1)
    shutil.copytree(corpus, tmp_path / "other")
    engine = DuckDB(1 << 30, threads=2)
    assess(Corpus.open(corpus), engine, today=datetime.date(2026, 11, 23))
    engine.close()
    where = (tmp_path / "other").as_uri()
    words = ["corpus", "assess", where, "--engine", "spark", "--master", "local-cluster[2,1,1024]", "--memory", "1024"]
    ran = subprocess.run(
        [sys.executable, "-m", "osaid_graph", *words, "--date", "2026-11-23", "--quiet"],
        env={**os.environ, "SPARK_HOME": str(spark_home), "SPARK_CONF_DIR": str(spark_conf)},
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert len(list(spark_home.glob("work/app-*/*"))) == 2, "there were not two workers"
    for table in (OUTCOMES, FINDINGS, RESULTS, RULES, SCOPES, ASIDE):
        found, other = (rows_of(each / "assessments" / "000001", table) for each in (corpus, tmp_path / "other"))
        assert found == other, table
        assert found or table == ASIDE
    assert not verify(tmp_path / "other").damaged
