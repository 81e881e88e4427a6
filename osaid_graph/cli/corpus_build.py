"""``osaid-graph corpus build``: read many documents into a corpus, or read again what has changed of them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from osaid_graph.cli.corpus_aside import tell_aside
from osaid_graph.cli.corpus_rows import counted
from osaid_graph.cli.day import fixed_time
from osaid_graph.cli.progress import reading_progress
from osaid_graph.cli.reading import from_option
from osaid_graph.cli.waiting import telling_whom
from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    from osaid_graph.corpus.build import Built

_EPILOG = """\b
Examples:
  osaid-graph corpus build hub models.jsonl.gz datasets.jsonl.gz
  osaid-graph corpus build mine data/releases cards/
  osaid-graph corpus build mine --remove cards/old
"""


@click.command(name="build", short_help="Read documents into a corpus, or what changed of them.", epilog=_EPILOG)
@click.argument("folder", metavar="DIR")
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option("--remove", multiple=True, metavar="INPUT", help="What this file or folder said ends. May be repeated.")
@from_option
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="What ids are made with in a new corpus (default: 0).")
@click.option("--jobs", "-j", type=click.IntRange(1, 256), help="How many processes read (default: one a processor).")
@click.option(
    "--wait", type=click.FloatRange(0), default=0, metavar="SECONDS", help="Wait so long for another that writes."
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what is wrong.")
def command(
    folder: str,
    inputs: tuple[str, ...],
    remove: tuple[str, ...],
    read_as: str | None,
    seed: int | None,
    jobs: int | None,
    wait: float,
    quiet: bool,
) -> None:
    """Read what INPUTs say into the corpus DIR, which is begun where there is none.

    An INPUT is a file as check reads it, a list of the Hub, or a folder: with all folders in it, the files of each
    read together. What was read before and has not changed is not read again; what has changed takes the place of what
    was said before, which stays in the history. What cannot be read is set aside and told.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    if not inputs and not remove:
        raise UsageError(
            "nothing to read or to remove", f"name files or folders: osaid-graph corpus build {folder} INPUT..."
        )
    from osaid_graph.corpus.build import build

    with telling_whom(quiet), reading_progress(quiet, "building") as progress:
        built = build(
            folder,
            inputs,
            remove=remove,
            format_name=read_as,
            seed=seed,
            jobs=jobs,
            wait=wait,
            time=fixed_time(),
            progress=progress,
        )
    if not quiet:
        for line in _told(built):
            click.echo(line)
    tell_aside(built)


def _told(built: Built) -> list[str]:
    """Return what a build did, in lines."""
    if not built.changed:
        return [f"generation {built.generation}: nothing has changed in {counted(built.unchanged, 'document')}"]
    new, ended = built.documents - built.changed_documents, built.ended - built.changed_documents
    parts = []
    if new:
        said = counted(built.statements - built.changed_statements, "statement")
        parts.append(f"{counted(new, 'document')} with {said} added")
    if built.changed_documents:
        said = counted(built.changed_statements, "statement")
        parts.append(f"{counted(built.changed_documents, 'document')} changed ({said})")
    if ended:
        parts.append(f"{counted(ended, 'document')} ended")
    if built.unchanged:
        parts.append(f"{built.unchanged:,} unchanged")
    return [f"generation {built.generation}: {', '.join(parts) or 'nothing more is said, and nothing less'}"]
