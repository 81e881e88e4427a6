"""Engines to test: DuckDB, and Spark where pyspark and Java are. It starts slowly: one serves all tests."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB

_MEMORY = 1 << 30
#: What makes Java start faster and work slower: good for little work.
_QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every attempt to reach a network fail the test; Spark is beside this process, on the same machine."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "localhost", "::1"}:
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(scope="session")
def needs_spark() -> None:
    """Skip a test where there is no Spark to run it."""
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: pip install -e '.[spark]'")
    if shutil.which("java") is None:
        pytest.skip("there is no Java")


@pytest.fixture(scope="session")
def spark_home(needs_spark: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of Spark where workers may write: it is pyspark's own in all else."""
    home = tmp_path_factory.mktemp("spark")
    package = find_spec("pyspark")
    assert package is not None and package.origin is not None
    for name in ("bin", "jars", "python", "sbin"):
        (home / name).symlink_to(Path(package.origin).parent / name)
    return home


@pytest.fixture(scope="session")
def spark_conf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of settings of Spark for little work, in a process and workers of its own."""
    folder = tmp_path_factory.mktemp("conf")
    lines = (f"spark.{process}.extraJavaOptions {_QUICK}\n" for process in ("driver", "executor"))
    (folder / "spark-defaults.conf").write_text("".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="session")
def spark_here(needs_spark: None) -> Iterator[Engine]:
    """Return Spark on two cores of this machine."""
    from osaid_graph.engines.spark import Spark

    quick = {"spark.driver.extraJavaOptions": _QUICK}
    engine = Spark("local[2]", memory=_MEMORY, partitions=4, settings=quick)
    yield engine
    engine.close()


@pytest.fixture(params=["duckdb", "spark"], scope="module")
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Return each engine in turn, one for all tests of a module."""
    if request.param == "spark":
        yield request.getfixturevalue("spark_here")
        return
    engine = DuckDB(_MEMORY, threads=2)
    yield engine
    engine.close()
