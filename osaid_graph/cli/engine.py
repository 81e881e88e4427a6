"""The engine that a command lets work over tables, and the options that choose it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    from osaid_graph.engines import Engine


def engine_options(memory: int) -> Callable[[Any], Any]:
    """Return a decorator that adds the options of :func:`started`, with so many MiB of memory where none is given."""
    options = (
        click.option(
            "--engine",
            "engine_name",
            type=click.Choice(["duckdb", "spark"]),
            default="duckdb",
            show_default=True,
            help="What runs the queries over tables: DuckDB on this machine, or Apache Spark, on a cluster too.",
        ),
        click.option("--master", metavar="URL", help="Spark: where the cluster is (default: local[*], this machine)."),
        click.option(
            "--conf", multiple=True, metavar="NAME=VALUE", help="Spark: a setting of it; may be given several times."
        ),
        click.option("--spark-log", metavar="FILE", help="Spark: keep its log here."),
        click.option(
            "--spill", metavar="DIR|URL", help="Folder of temporary files; on a cluster all of it must reach it."
        ),
        click.option(
            "--memory",
            type=click.IntRange(256),
            default=memory,
            show_default=True,
            metavar="MIB",
            help="Memory to work in.",
        ),
    )

    def add(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def started(
    name: str, master: str | None, spill: str | None, memory: int, conf: Sequence[str] = (), log: str | None = None
) -> Engine:
    """Return the engine that was asked for; ``memory`` is in MiB.

    Raises:
        UsageError: Something was given to an engine that takes it not, a library is missing, or the folder for
            temporary files is not there.
        EngineError: It does not start.
    """
    if name != "spark":
        for option, value in (("--master", master), ("--conf", conf), ("--spark-log", log)):
            if value:
                raise UsageError(f"{option} is for Spark", "add --engine spark")
        _check_spill(spill)
        from osaid_graph.engines.duckdb import DuckDB

        return DuckDB(memory << 20, spill=Path(spill) if spill else None)
    settings = dict(_setting(each) for each in conf)
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ  # by spark-submit, which says where the cluster is
    chosen = master or ("" if submitted else "local[*]")
    from osaid_graph.engines.places import is_url
    from osaid_graph.engines.spark import Spark

    if chosen.startswith("local") and not is_url(spill or ""):
        _check_spill(spill)
    return Spark(
        chosen,
        spill=spill,
        memory=None if submitted else memory << 20,
        settings=settings,
        log=Path(log) if log else None,
    )


def _check_spill(spill: str | None) -> None:
    """Refuse a folder of this machine for temporary files that is none, before any work is done.

    Raises:
        UsageError: It is not there, or cannot be written to.
    """
    if spill is None:
        return
    folder = Path(spill)
    try:
        if not folder.exists():
            raise UsageError(f"--spill {spill}: no such folder", "make it first, or name another")
        if not folder.is_dir():
            raise UsageError(f"--spill {spill}: a file, not a folder", "name a folder for temporary files")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise UsageError(f"--spill {spill}: cannot be written to", "mend its permissions, or name another")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"--spill {spill}: {why}", "name a folder for temporary files") from None


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.startswith("spark."):
        raise UsageError(f"--conf {text}: no setting of Spark", "write --conf spark.executor.memory=8g")
    return name, value
