"""What the commands that ask and answer share: values of parameters, and the width of a table."""

from __future__ import annotations

import shutil
import sys
from typing import Any

import click

from osaid_graph.errors import UsageError


def set_option(function: Any) -> Any:
    """Add ``--set`` to a command."""
    return click.option(
        "--set",
        "-p",
        "given",
        multiple=True,
        metavar="NAME=VALUE",
        help="Give a parameter its value; a node by its IRI, Hub id, short name or label.",
    )(function)


def set_values(given: tuple[str, ...]) -> dict[str, str]:
    """Return the values that ``--set`` gives, by name.

    Raises:
        UsageError: A name has no value, or two.
    """
    values: dict[str, str] = {}
    for each in given:
        name, equals, value = each.lstrip("?$").partition("=")
        if not equals or not name:
            raise UsageError(f"--set {each!r} gives no value", "write --set NAME=VALUE")
        if name in values:
            raise UsageError(f"--set {name} is given twice", "give one value")
        values[name] = value
    return values


def answer_width(output: str | None) -> int | None:
    """Return the columns of the terminal that an answer is shown on; None where it goes anywhere else."""
    on_terminal = output in (None, "-") and sys.stdout is not None and sys.stdout.isatty()
    return shutil.get_terminal_size().columns if on_terminal else None
