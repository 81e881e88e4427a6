"""What goes on, on standard error, for what takes more than a second, where a person can see it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

#: Seconds that nobody needs to be told about, and between two that are told.
_SECOND: Final = 1.0


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


@contextmanager
def working(quiet: bool = False, label: str = "working") -> Iterator[None]:
    """Tell what goes on and for how long, once that is more than a second; for what cannot tell how much is left.

    The line is gone before anything else is written. Where nobody looks, or ``quiet`` is wished, nothing is told.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    done, start, lines = threading.Event(), time.monotonic(), [""]

    def tell() -> None:
        while not done.wait(_SECOND):
            lines.append(f"{label} ... {time.monotonic() - start:.0f} s")
            click.echo(f"\r{lines[-1]}", nl=False, err=True)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
        if lines[-1]:
            click.echo(f"\r{' ' * len(lines[-1])}\r", nl=False, err=True)
