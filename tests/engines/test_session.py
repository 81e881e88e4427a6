"""How Spark is started, kept quiet and ended, and what is told when it cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import pytest

from osaid_graph.engines import Engine
from osaid_graph.errors import EngineError, OsaidError, UsageError


def run(code: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program of Python in a process of its own, where Spark can be started again."""
    told = "from osaid_graph.engines.spark import Spark\nfrom osaid_graph.errors import OsaidError\n"
    return subprocess.run(
        [sys.executable, "-c", told + textwrap.dedent(code)],
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        timeout=240,
    )


TELL = """
try:
    Spark({master!r})
except OsaidError as error:
    print(f"{{type(error).__name__}}: {{error}} | {{error.hint}}")
"""


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    from osaid_graph.engines.session import Session

    with pytest.raises(UsageError) as raised:
        Session("local[1]")
    assert raised.value.message == "the engine spark needs pyspark"
    assert raised.value.hint == "install it with: pip install 'osaid-graph[spark]'"


@pytest.mark.usefixtures("needs_spark")
def test_without_java_it_is_named() -> None:
    ran = run(TELL.format(master="local[1]"), JAVA_HOME="/nowhere")
    assert ran.stdout == (
        "UsageError: the engine spark needs Java 17 or newer | "
        "install Java 17 or newer, and set JAVA_HOME where it is not found\n"
    )
    assert ran.stderr == ""


@pytest.mark.usefixtures("needs_spark")
def test_what_is_no_master_is_told() -> None:
    ran = run(TELL.format(master="nonsense"))
    assert ran.stdout == (
        "UsageError: no Spark master can be 'nonsense' | "
        "for example local[*], spark://host:7077, yarn or k8s://https://host:443\n"
    )
    assert ran.stderr == ""


@pytest.mark.usefixtures("needs_spark")
def test_too_little_memory_to_start_with_is_told() -> None:
    ran = run(TELL.replace("Spark({master!r})", "Spark('local[1]', memory=300 << 20)").format())
    assert ran.stdout == "EngineError: out of memory: Spark needs at least 450 MiB | give it more memory\n"
    assert ran.stderr == ""


def test_why_spark_did_not_start_is_told_though_its_process_has_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("pyspark")
    from osaid_graph.engines.session import Session

    class Gone(Exception):
        def __str__(self) -> str:  # as py4j's errors, which ask the Java process for their text
            raise ConnectionRefusedError(111, "Connection refused")

    def start(self: Session, settings: object, log: Path) -> None:
        log.write_text("ERROR SparkContext: All masters are unresponsive! Giving up.\n", "utf-8")
        raise Gone

    monkeypatch.setattr(Session, "_start", start)
    monkeypatch.setattr("pyspark.SparkContext._active_spark_context", None)
    with pytest.raises(EngineError, match="no Spark answers at spark://nohost:7077"):
        Session("spark://nohost:7077", log=tmp_path / "spark.log")


def test_another_spark_in_the_same_program_is_joined_not_ended(spark_here: Engine) -> None:
    from osaid_graph.engines.spark import Spark

    second = Spark("")
    second.table("only_here", "SELECT 1 AS a")
    with pytest.raises(Exception, match="only_here"):
        spark_here.rows("SELECT a FROM only_here")
    second.close()
    assert spark_here.rows("SELECT 1") == [(1,)]
    with pytest.raises(UsageError, match=r"Spark runs already, on local\[2\]"):
        Spark("local[1]")


@pytest.mark.usefixtures("needs_spark")
def test_several_worker_processes_run_a_plan_quietly_and_leave_nothing(
    tmp_path: Path, spark_home: Path, spark_conf: Path
) -> None:
    code = f"""
    engine = Spark("local-cluster[2,1,1024]", spill={str(tmp_path / "spill")!r}, memory=1 << 30, partitions=4)
    engine.values("edges", {{"a": "BIGINT", "b": "BIGINT"}}, ((n, n + 1) for n in range(20_000)))
    engine.table("reached_0", "SELECT a, b FROM edges WHERE a % 5000 = 0")
    for number in range(1, 4):
        engine.table(f"reached_{{number}}", f"SELECT r.a, e.b FROM reached_{{number - 1}} r JOIN edges e ON e.a = r.b")
    engine.write("SELECT a, sum(b) AS b FROM edges GROUP BY a ORDER BY a", {str(tmp_path / "out")!r})
    print(engine.rows("SELECT a, b FROM reached_3 ORDER BY a"))
    print(engine._spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size())
    engine.close()
    """
    ran = run(code, SPARK_HOME=str(spark_home), SPARK_CONF_DIR=str(spark_conf))
    assert ran.stderr == ""
    assert ran.stdout == "[(0, 4), (5000, 5004), (10000, 10004), (15000, 15004)]\n3\n"
    assert list((tmp_path / "spill").iterdir()) == []
    assert all(file.suffix == ".parquet" for file in (tmp_path / "out").iterdir())


@pytest.mark.usefixtures("spark_here")
def test_the_files_of_a_table_go_with_it(tmp_path: Path) -> None:
    from osaid_graph.engines.spark import Spark

    engine = Spark("", spill=str(tmp_path))
    engine.values("kept", {"a": "BIGINT"}, ((n,) for n in range(10_001)))  # smaller ones are held
    (folder,) = tmp_path.iterdir()
    assert len(list(folder.iterdir())) == 1
    engine.table("kept", "SELECT a FROM kept")
    engine.view("kept", "SELECT 2 AS a")
    assert list(folder.iterdir()) == []
    engine.close()
    assert list(tmp_path.iterdir()) == []


def test_a_plan_does_not_grow_with_the_rounds_of_an_iteration(spark_here: Engine) -> None:
    from osaid_graph.engines.spark import Spark

    assert isinstance(spark_here, Spark)
    spark_here.table("turn_0", "SELECT 1 AS a")
    lengths = []
    for number in range(1, 6):
        spark_here.table(f"turn_{number}", f"SELECT max(a) + 1 AS a FROM turn_{number - 1}")
        plan = spark_here._spark.table(f"turn_{number}")._jdf.queryExecution().analyzed().toString()
        lengths.append(len(plan.splitlines()))
    assert len(set(lengths)) == 1
    assert spark_here.rows("SELECT a FROM turn_5") == [(6,)]


def test_a_cluster_needs_a_folder_in_common(monkeypatch: pytest.MonkeyPatch) -> None:
    from osaid_graph.engines import spark

    class Elsewhere:
        spark = SimpleNamespace(sparkContext=SimpleNamespace(master="spark://host:7077"))

        def __init__(self, *arguments: object) -> None: ...

        def close(self) -> None: ...

    monkeypatch.setattr(spark, "Session", Elsewhere)
    with pytest.raises(OsaidError) as raised:
        spark.Spark("spark://host:7077")
    assert raised.value.message == "no folder for the tables of a plan on spark://host:7077"
