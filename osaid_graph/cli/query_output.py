"""Where the answer to a query goes: text or bytes, to a file or to standard output."""

from __future__ import annotations

import shutil
import sys

import click

from osaid_graph.cli.output import write
from osaid_graph.errors import UsageError


def refuse_binary(output: str | None) -> None:
    """Refuse to write bytes to a terminal.

    Raises:
        UsageError: That is where they would go.
    """
    if output in (None, "-") and sys.stdout is not None and sys.stdout.isatty():
        raise UsageError("parquet is no text for a terminal", "write it to a file with --output")


def width_for(output: str | None) -> int | None:
    """Return the columns of the terminal that an answer is shown on; None where it goes anywhere else."""
    if output in (None, "-") and sys.stdout is not None and sys.stdout.isatty():
        return shutil.get_terminal_size().columns
    return None
