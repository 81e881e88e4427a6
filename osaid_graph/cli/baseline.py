"""``--baseline``: a former report, against which only new gaps fail the run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osaid_graph.errors import InputError

if TYPE_CHECKING:
    from osaid_graph.model import Assessment


def baseline_option(function: Any) -> Any:
    """Add ``--baseline`` to a command."""
    return click.option(
        "--baseline",
        metavar="FILE",
        help="A former report (check -F json -o FILE): gaps that it has are shown as known, and only new ones make "
        "the exit code 1. No outcome changes.",
    )(function)


def compared(assessment: Assessment, name: str | None) -> Assessment:
    """Return an assessment beside the report of a file; as it is where none is named.

    Raises:
        InputError: The file cannot be read, is no such report, or cannot be compared.
    """
    if name is None:
        return assessment
    from osaid_graph.assessment.baseline import MAX_BYTES, with_baseline

    try:
        with Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no file can have that name"
        hint = "write a report with osaid-graph check -F json -o FILE, and name it with --baseline"
        raise InputError(f"cannot be read: {why}", hint, source=name) from None
    return with_baseline(assessment, data, name)
