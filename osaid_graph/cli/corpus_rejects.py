"""``osaid-graph corpus rejects``: what could not be read, and why."""

from __future__ import annotations

import click

from osaid_graph.cli.corpus_rows import opened, rows_option, show
from osaid_graph.cli.output import output_option
from osaid_graph.cli.progress import working


@click.command(
    name="rejects",
    short_help="List what could not be read.",
    epilog="Example: osaid-graph corpus rejects hub -F csv -o rejects.csv",
)
@click.argument("folder", metavar="DIR")
@rows_option
@output_option
def command(folder: str, format_name: str, output: str | None) -> None:
    """List what could not be read of the documents of the corpus DIR: where it stands, why, and how it starts."""
    from osaid_graph.corpus.history import Reject, rejects

    with opened(folder) as (_, engine), working(label="looking"):
        found = rejects(engine)
    show(found, Reject, format_name, output)
