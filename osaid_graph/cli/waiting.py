"""Commands that write to a corpus say whom they wait for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import click

from osaid_graph.errors import printable


class _OnStandardError(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        click.echo(f"note: {printable(record.getMessage())}", err=True)


@contextmanager
def telling_whom(quiet: bool = False) -> Iterator[None]:
    """Say on standard error, once, which other process is waited for, and how long at most; not if ``quiet``."""
    from osaid_graph.corpus.lock import LOGGER

    if quiet:
        yield
        return
    handler, level = _OnStandardError(), LOGGER.level
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    try:
        yield
    finally:
        LOGGER.setLevel(level)
        LOGGER.removeHandler(handler)
