"""``osaid-graph corpus verify``: that all files of a corpus are what was written."""

from __future__ import annotations

import click

from osaid_graph.cli.progress import reading_progress
from osaid_graph.errors import printable


@click.command(
    name="verify",
    short_help="Check that all files are what was written.",
    epilog="Example: osaid-graph corpus verify hub",
)
@click.argument("folder", metavar="DIR")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what is wrong.")
def command(folder: str, quiet: bool) -> int:
    """Check that all files of the corpus DIR are there, and are what was written: by size and SHA-256.

    Exits with 3 and names the files if some are damaged, and tells what to do.
    """
    from osaid_graph.corpus.verify import verify

    with reading_progress(quiet, "verifying") as progress:
        verified = verify(folder, progress)
    for damage in verified.damaged:
        click.echo(f"{click.style('damaged', fg='red')}: {printable(f'{damage.path}: {damage.why}')}", err=True)
    for hint in dict.fromkeys(damage.hint for damage in verified.damaged):
        click.echo(f"{click.style('help', fg='green', bold=True)}: {printable(hint)}", err=True)
    if not quiet and not verified.damaged:
        click.echo(f"generation {verified.generation}: {verified.files:,} files, {verified.bytes:,} bytes, as written")
    return 3 if verified.damaged else 0
