"""Sessions of Apache Spark: a Java process beside this one that plans, and executors wherever its master has them."""

from __future__ import annotations

import re
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from logging import CRITICAL, getLogger
from pathlib import Path
from typing import Final

from osaid_graph.errors import EngineError, UsageError

#: What sessions are started with, unless the caller says otherwise. Spark's own files, spark-defaults.conf among them,
#: say the rest: credentials of object stores, the memory of executors.
_STARTED_WITH: Final = {
    "spark.app.name": "osaid-graph",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.catalogImplementation": "in-memory",
    # without a file of checksums beside each file: what is written may be read by anyone
    "spark.hadoop.fs.file.impl": "org.apache.hadoop.fs.RawLocalFileSystem",
    "spark.hadoop.fs.AbstractFileSystem.file.impl": "org.apache.hadoop.fs.local.RawLocalFs",
}
#: On one machine nothing needs to be reached from others.
_ON_ONE_MACHINE: Final = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
#: What every session works with, so that results do not depend on how Spark is set up.
_WORKS_WITH: Final = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "false",
    "spark.sql.adaptive.enabled": "true",
    # partitions of the size that is advised, not as many as there are cores: most tables of a plan are small
    "spark.sql.adaptive.coalescePartitions.parallelismFirst": "false",
    # a table of rows from Python is one partition
    "spark.sql.leafNodeDefaultParallelism": "1",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.legacy.storeAnalyzedPlanForView": "false",
}
#: Seconds that the Java process has to end by itself.
_PATIENCE: Final = 30
#: How Spark says that its Java process has too little memory to start with.
_LEAST: Final = re.compile(r"INVALID_DRIVER_MEMORY\S* .*must be at least (?P<bytes>\d+)")
#: Loggers of pyspark that write every error to the terminal, which is told otherwise here.
_LOGGERS: Final = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")


class Session:
    """A running Spark.

    In a program that runs Spark already, as one started by spark-submit or a notebook does, it is a session of that
    Spark, which goes on when this one is closed.

    Args:
        master: Where executors are: ``local[*]``, ``spark://host:7077``, ``yarn``, ``k8s://...``; empty where
            spark-submit or spark-defaults.conf say it.
        memory: The most that the Java process may use, in bytes; None for what Spark's files say.
        settings: Settings of Spark, by their names; they go before those made here.
        log: The file that Spark's log goes to; None for none that is kept.

    Attributes:
        spark: The session of pyspark.

    Raises:
        UsageError: pyspark or Java is missing, or the master is none.
        EngineError: Spark did not start.
    """

    def __init__(
        self, master: str, memory: int | None = None, settings: Mapping[str, str] | None = None, log: Path | None = None
    ) -> None:
        with _quiet():
            try:
                self._core, self._sql = import_module("pyspark"), import_module("pyspark.sql")
            except ImportError:
                hint = "install it with: pip install 'osaid-graph[spark]'"
                raise UsageError("the engine spark needs pyspark", hint) from None
        for name in _LOGGERS:
            getLogger(name).setLevel(CRITICAL)
        chosen = dict(_STARTED_WITH) | (_ON_ONE_MACHINE if master.startswith("local") else {})
        if master:
            chosen["spark.master"] = master
        if memory:
            chosen["spark.driver.memory"] = f"{memory // (1 << 20)}m"
        chosen |= settings or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._interrupted = signal.getsignal(signal.SIGINT)
        running = self._core.SparkContext._active_spark_context
        if running is not None and master not in {"", running.master}:
            raise UsageError(f"Spark runs already, on {running.master}", "name that master, or none")
        self._own = running is None
        with tempfile.TemporaryDirectory(prefix="osaid-graph-") as folder:
            path = log or Path(folder, "spark.log")
            try:
                if self._own:
                    self._start(chosen, path)
                self.spark = self._sql.SparkSession(self._core.SparkContext._active_spark_context).newSession()
            except Exception as error:  # whatever pyspark or py4j raise: told in one line
                told = _words(error)
                self.close()
                text = path.read_text("utf-8", "replace") if path.exists() else ""
                raise _not_started(told, text, chosen.get("spark.master", "")) from None
        for name, value in _WORKS_WITH.items():
            self.spark.conf.set(name, value)
        for name, value in (settings or {}).items():
            with suppress(self._core.errors.PySparkException):  # some settings only a start can make
                self.spark.conf.set(name, value)

    def _start(self, settings: Mapping[str, str], log: Path) -> None:
        """Start the Java process, if there is none, and Spark in it."""
        conf = self._core.SparkConf(loadDefaults=False)
        for name, value in settings.items():
            conf.set(name, value)
        context = self._core.SparkContext
        with log.open("ab") as file, _quiet():
            if context._gateway is None:
                gateway = import_module("pyspark.java_gateway")
                started = gateway.launch_gateway(conf, popen_kwargs={"stdout": file, "stderr": file})
                context._gateway, context._jvm, self._process = started, started.jvm, started.proc
            context(conf=conf)

    def close(self) -> None:
        """End the session, and Spark with it if that was started for it."""
        if self._own:
            context = self._core.SparkContext._active_spark_context
            if context is not None:
                with _quiet(), suppress(Exception):  # it may have died before
                    self._sql.SparkSession(context).stop()
            self._end()

    def _end(self) -> None:
        """End the Java process that was started here, and take Ctrl-C back from pyspark."""
        if self._process is not None:
            context, process = self._core.SparkContext, self._process
            with suppress(Exception):  # there may be nobody to talk to
                context._gateway.shutdown()
            context._gateway = context._jvm = None
            if process.stdin is not None:
                process.stdin.close()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            self._process = None
        with suppress(ValueError):  # only the main thread may
            signal.signal(signal.SIGINT, self._interrupted)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pyspark's warnings, of versions of pandas for example, from whoever did not ask for them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _words(error: Exception) -> str:
    """Return what an error says; its kind alone where py4j would ask a Java process that has ended for it."""
    try:
        return str(error)
    except Exception:  # whatever py4j makes of asking a process that is gone: the first error is what is told
        return type(error).__name__


def _not_started(told: str, log: str, master: str) -> UsageError | EngineError:
    if "JAVA_HOME is not set" in log or "UnsupportedClassVersionError" in log or "/bin/java: No such file" in log:
        hint = "install Java 17 or newer, and set JAVA_HOME where it is not found"
        return UsageError("the engine spark needs Java 17 or newer", hint)
    text = f"{told}\n{log}"
    if "Could not parse Master URL" in text or "Invalid master" in text or "Master must either be" in text:
        hint = "for example local[*], spark://host:7077, yarn or k8s://https://host:443"
        return UsageError(f"no Spark master can be {master!r}", hint)
    if (least := _LEAST.search(text)) is not None:
        words = f"out of memory: Spark needs at least {-(-int(least['bytes']) >> 20):,} MiB"
        return EngineError(words, "give it more memory")
    if "All masters are unresponsive" in text:
        return EngineError(
            f"no Spark answers at {master}", "check the address, and that its version is that of pyspark"
        )
    lines = [line.strip() for line in text.splitlines() if "Exception" in line or "ERROR" in line or "Error:" in line]
    return EngineError(f"Spark did not start: {(lines[0] if lines else told)[:300]}", "see its log: give a file for it")
