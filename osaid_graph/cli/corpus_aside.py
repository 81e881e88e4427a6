"""What could not be read when a corpus was built, as whoever builds one says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from osaid_graph.errors import printable

if TYPE_CHECKING:
    from osaid_graph.corpus.build import Built


def tell_aside(built: Built) -> None:
    """Say on standard error what a build set aside, with its reasons, and how much it passed over."""
    for line in _aside(built):
        click.echo(line, err=True)


def _aside(built: Built) -> list[str]:
    """Return what could not be read, in lines."""
    lines = []
    for reject in built.first:
        place = reject.source if reject.line is None else f"{reject.source}:{reject.line}"
        lines.append(f"{click.style('set aside', fg='yellow')}: {printable(f'{place}: {reject.reason}')}")
    if built.rejects > len(built.first):
        lines.append(f"  and {built.rejects - len(built.first):,} more")
    if built.passed:
        what = "a file that looks" if built.passed == 1 else f"{built.passed:,} files that look"
        lines.append(f"passed over: {what} like a description")
    return lines
