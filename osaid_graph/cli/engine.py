"""The engine that a command lets work over tables, and the options that choose it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    from osaid_graph.engines import Engine


def engine_options(memory: int) -> Callable[[Any], Any]:
    """Return a decorator that adds ``--engine``, ``--master``, ``--spill`` and ``--memory``, so many MiB by default."""
    options = (
        click.option(
            "--engine", "engine_name", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True
        ),
        click.option("--master", metavar="URL", help="Spark: where the cluster is (default: local[*], this machine)."),
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


def started(name: str, master: str | None, spill: str | None, memory: int) -> Engine:
    """Return the engine that was asked for; ``memory`` is in MiB.

    Raises:
        UsageError: A master was given to an engine that has none, or a library is missing.
        EngineError: It does not start.
    """
    if master and name != "spark":
        raise UsageError("--master is for Spark", "add --engine spark")
    if name == "spark":
        from osaid_graph.engines.spark import Spark

        return Spark(master or "local[*]", spill=spill, memory=memory << 20)
    from osaid_graph.engines.duckdb import DuckDB

    return DuckDB(memory << 20, spill=Path(spill) if spill else None)
