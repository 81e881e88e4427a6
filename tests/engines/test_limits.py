"""What is told when memory or disk run out, when a store cannot be reached, and how a query is left."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import EngineError, InputError, OsaidError, UsageError

#: What Spark 4.3 says: the beginnings of what it raises, with the words that tell one thing from another.
SAID = {
    "memory": (
        "An error occurred while calling o395.getResult.\n: org.apache.spark.SparkException: Exception thrown in "
        "awaitResult: \nCaused by: org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 30.0 "  # noqa: E501
        "failed 1 times: java.lang.OutOfMemoryError: Java heap space\n",
        EngineError("Spark ran out of memory"),
    ),
    "result": (
        "Job aborted due to stage failure: Total size of serialized results of 9 tasks (1100.0 MiB) is bigger than "
        "spark.driver.maxResultSize (1024.0 MiB)",
        EngineError("Spark ran out of memory"),
    ),
    "disk": (
        "Caused by: java.io.IOException: No space left on device",
        EngineError("no space left on a disk of Spark"),
    ),
    "page": (
        "Caused by: org.apache.spark.SparkException: [FAILED_READ_FILE.NO_HINT] Encountered error while reading file "
        "s3a://hub/a%20b/part-0.parquet.  SQLSTATE: KD001\nCaused by: java.io.IOException: FAILED_TO_UNCOMPRESS(5)",
        InputError("damaged, or no Parquet file", source="s3a://hub/a b/part-0.parquet"),
    ),
    "library": (
        "java.lang.RuntimeException: java.lang.ClassNotFoundException: Class org.apache.hadoop.fs.s3a.S3AFileSystem not found",  # noqa: E501
        UsageError("Spark knows no file system for s3a:"),
    ),
    "scheme": (
        'org.apache.hadoop.fs.UnsupportedFileSystemException: No FileSystem for scheme "xyz"',
        UsageError("Spark knows no file system for xyz:"),
    ),
    "refused": (
        "An error occurred while calling o381.parquet.\n: java.net.ConnectException: Call From vm/127.0.0.1 to host:1 failed\n"  # noqa: E501
        "\tat java.base/x\nCaused by: java.net.ConnectException: Connection refused\n\t... 1 more",
        EngineError("Spark failed: java.net.ConnectException: Connection refused"),
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_what_spark_raises_is_told_in_a_line(case: str) -> None:
    protocol = pytest.importorskip("py4j.protocol", reason="pyspark is not installed")
    from osaid_graph.engines.faults import told_of_spark

    class Raised(protocol.Py4JJavaError):  # type: ignore[name-defined,misc]
        def __init__(self) -> None: ...

        def __str__(self) -> str:
            return SAID[case][0]

    expected = SAID[case][1]
    with pytest.raises(OsaidError) as raised, told_of_spark():
        raise Raised
    assert type(raised.value) is type(expected)
    assert (raised.value.message, raised.value.source) == (expected.message, expected.source)
    assert raised.value.hint


def test_a_spark_that_died_is_told_in_a_line() -> None:
    pytest.importorskip("py4j.protocol", reason="pyspark is not installed")
    from osaid_graph.engines.faults import told_of_spark

    with pytest.raises(EngineError, match="Spark's Java process has ended"), told_of_spark():
        raise ConnectionRefusedError(111, "Connection refused")


def test_too_little_memory_is_told() -> None:
    engine = DuckDB(64 << 20, threads=1)
    with pytest.raises(EngineError, match="out of memory: DuckDB had 64 MiB"):
        engine.rows("SELECT length(string_agg(repeat('x', 100) || range::VARCHAR, ',')) FROM range(3000000)")
    assert engine.rows("SELECT 1") == [(1,)]
    engine.close()


def test_too_little_disk_for_temporary_files_is_told() -> None:
    engine = DuckDB(64 << 20, threads=1)
    engine.connection.execute("SET max_temp_directory_size = '1MB'")
    with pytest.raises(EngineError, match="no space left on the disk for temporary files"):
        engine.table("big", "SELECT range AS a, md5(range::VARCHAR) AS b FROM range(3000000) ORDER BY b")
    engine.close()


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    engine = DuckDB(1 << 27)
    with pytest.raises(EngineError, match=r"nowhere/out\.parquet"):
        engine.write("SELECT 1 AS a", tmp_path / "nowhere" / "out.parquet")
    engine.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full: it takes no byte, as a full disk")
def test_a_full_disk_is_told() -> None:
    engine = DuckDB(1 << 27)
    with pytest.raises(EngineError, match="no space left on the disk"):
        engine.write("SELECT range AS a FROM range(100000)", Path("/dev/full"))
    engine.close()


def test_ctrl_c_leaves_a_query_at_once() -> None:
    code = """
    import signal
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what was started in the background ignores it
    from osaid_graph.engines.duckdb import DuckDB
    engine = DuckDB(1 << 28, threads=2)
    print("begun", flush=True)
    try:
        engine.rows("SELECT sum(hash(a.range * b.range) % 7) FROM range(10000000) a, range(1000000) b")
    except KeyboardInterrupt:
        print(engine.rows("SELECT 1"))
        engine.close()
    """
    with subprocess.Popen(
        [sys.executable, "-c", "\n".join(line[4:] for line in code.splitlines())], stdout=-1, text=True
    ) as left:
        assert left.stdout is not None
        assert left.stdout.readline() == "begun\n"
        time.sleep(0.5)
        began = time.monotonic()
        left.send_signal(signal.SIGINT)
        assert left.communicate(timeout=60)[0] == "[(1,)]\n"
        assert time.monotonic() - began < 20
    assert left.returncode == 0


def test_a_file_is_not_called_damaged_because_memory_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb

    engine = DuckDB(1 << 28)
    engine._paths["a.parquet"] = None

    def full(sql: str, values: object = None) -> list[tuple[object, ...]]:
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate")

    monkeypatch.setattr(engine, "_in_thread", full)
    with pytest.raises(EngineError, match="out of memory"):
        engine._damaged()
    engine.close()
