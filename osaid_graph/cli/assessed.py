"""What the commands that assess share: which node, under which terms policy, against which version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def subject_option(what: str = "What to assess") -> Callable[[Any], Any]:
    """Return a decorator that adds ``--subject`` to a command; ``what`` begins its help."""
    return click.option(
        "--subject",
        metavar="NODE",
        help=f"{what}: system, model, parameters, an IRI or a Hub id (default: the outermost described).",
    )


def terms_option(function: Any) -> Any:
    """Add ``--terms`` to a command."""
    return click.option(
        "--terms",
        metavar="POLICY",
        help="Terms policy: strict, osd-conformant or free-by-nature (default: as the version says).",
    )(function)


def definition_option(function: Any) -> Any:
    """Add ``--definition`` to a command."""
    return click.option(
        "--definition",
        "version",
        metavar="VERSION|DIR",
        help="Version of the definition, 1.0-rc1 (default) or 1.0, or the folder of a profile of your own.",
    )(function)
