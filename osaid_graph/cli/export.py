"""``osaid-graph export``: a release in another format, and what that format could not carry."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import click

from osaid_graph.cli.assessed import definition_option, subject_option, terms_option
from osaid_graph.cli.day import day_of
from osaid_graph.cli.output import check_output, is_stream, output_option, write
from osaid_graph.cli.progress import reading_progress, working
from osaid_graph.cli.reading import from_option
from osaid_graph.errors import UsageError, printable

_EXAMPLES = """\b
Examples:
  osaid-graph export --list
  osaid-graph export osaid.yaml --to html -o lineage.html
  osaid-graph export osaid.yaml --to dot | dot -Tpdf -o lineage.pdf
"""


@click.command(
    name="export",
    short_help="Write a release in another format, and say what is lost.",
    epilog=_EXAMPLES,
)
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option("--to", "target", metavar="FORMAT", help="Format to write; --list names them.")
@click.option("--list", "listed", is_flag=True, help="List the formats that can be written.")
@subject_option("What it is about")
@terms_option
@definition_option
@from_option
@output_option
@click.option("--force", is_flag=True, help="Replace FILE if it is there; never an input.")
@click.option("--quiet", "-q", is_flag=True, help="Do not tell what the format could not carry.")
@click.option("--date", metavar="YYYY-MM-DD", help="Date of the assessment (default: today, or SOURCE_DATE_EPOCH).")
def command(
    inputs: tuple[str, ...],
    target: str | None,
    listed: bool,
    subject: str | None,
    terms: str | None,
    version: str | None,
    read_as: str | None,
    output: str | None,
    force: bool,
    quiet: bool,
    date: str | None,
) -> int:
    """Write what the INPUTs say together in another format: RDF, a bill of materials, a graph, a picture, a table.

    An INPUT is what it is for check; of a corpus, --subject names the release. What the format cannot carry is told on
    standard error.
    """
    from osaid_graph.writers import writer

    if listed or not (inputs or target):
        click.echo(_listing(), nl=False)
        return 0
    if not inputs or target is None:
        missing = "an INPUT" if target else "a format"
        hint = (
            f"name what to export: osaid-graph export INPUT... --to {target}"
            if target
            else "name one with --to; osaid-graph export --list names them"
        )
        raise UsageError(f"{missing} is missing", hint)
    chosen = writer(target)
    _check_target(output, inputs, force=force)

    logging.getLogger("rdflib").setLevel(logging.ERROR)
    from osaid_graph.cli.contents import telling_contents
    from osaid_graph.cli.losses import told
    from osaid_graph.cli.release import read_release
    from osaid_graph.validation.definition import DEFAULT_VERSION
    from osaid_graph.writers.material import Material, add_examination

    day = day_of(date)
    with reading_progress(quiet) as progress:
        release = read_release(inputs, read_as, subject, progress)
    check_output(output, (source.name for source in release.sources))
    material = Material(release, choice=subject or "")
    with telling_contents(release):
        reason = add_examination(
            material,
            chosen.ASSESSED,
            subject,
            terms=terms,
            version=version or DEFAULT_VERSION,
            today=day,
            notify=_tell if sys.stderr.isatty() and not quiet else None,
        )
    with working(quiet, "writing"):
        content = chosen.write(material)
    write(content, output)
    if not quiet:
        for line in (*([reason] if reason else []), *told(material, chosen.TITLE)):
            click.echo(printable(line), err=True)
    return 0


def _listing() -> str:
    """Return the formats that can be written, a line each: the word for ``--to``, the suffix, the title."""
    from osaid_graph.writers import WRITERS, writer

    rows = [(each.NAME, each.SUFFIX, each.TITLE) for each in map(writer, WRITERS)]
    words, suffixes = (max((len(row[at]) for row in rows), default=0) for at in (0, 1))
    return "".join(f"{name:<{words}}  {suffix:<{suffixes}}  {title}\n" for name, suffix, title in rows)


def _check_target(output: str | None, inputs: tuple[str, ...], *, force: bool) -> None:
    """Refuse what is not to be written, before any work is done.

    Raises:
        UsageError: The file is an input, or it is there and ``--force`` is not given.
    """
    if output is None or output == "-":
        return
    check_output(output, [name for given in inputs for name in (given, given.partition("=")[2]) if name])
    if Path(output).exists() and not is_stream(output) and not force:
        raise UsageError(f"{output}: is there already", "replace it with --force, or choose another place")


def _tell(sentence: str) -> None:
    click.echo(sentence, err=True)
