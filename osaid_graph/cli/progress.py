"""A progress bar on standard error, for what takes more than a second, where a person can see it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def reading_progress(quiet: bool = False, label: str = "reading") -> Iterator[Callable[[int, int], None] | None]:
    """Yield what is told how many bytes of how many have been read; None where nobody looks or ``quiet`` is wished.

    ``label`` says what is done, if not that: then it is told how many things of how many.

    The bar appears with the first bytes and is gone before anything else is written.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bar: list[click._termui_impl.ProgressBar[int]] = []

    def told(read: int, whole: int) -> None:
        if not bar:
            bar.append(click.progressbar(length=whole, label=label, file=sys.stderr))
            bar[0].__enter__()
        bar[0].update(read - bar[0].pos)

    try:
        yield told
    finally:
        if bar:
            bar[0].__exit__(None, None, None)
