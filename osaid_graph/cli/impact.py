"""``osaid-graph impact``: what falls with an artefact that was withdrawn, or that nothing documents."""

from __future__ import annotations

import logging

import click

from osaid_graph.cli.day import day_of
from osaid_graph.cli.edges import edges_of, via_option
from osaid_graph.cli.output import check_output, color_option, output_option, report_option, use_color, write
from osaid_graph.cli.progress import reading_progress, working
from osaid_graph.cli.reading import from_option, read_lineage

_EXAMPLES = """\b
Examples:
  osaid-graph impact common-crawl data/releases
  osaid-graph impact laion/laion400m models.jsonl.gz datasets.jsonl.gz --day 2023-12-20
  osaid-graph impact acme/books --also acme/crawl releases/ --format csv -o fallout.csv
"""


@click.command(name="impact", short_help="Show what falls with an artefact: its blast radius.", epilog=_EXAMPLES)
@click.argument("node", metavar="NODE")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--also", multiple=True, metavar="NODE", help="Another artefact that falls; repeatable.")
@click.option(
    "--day",
    metavar="YYYY-MM-DD",
    help="Tell what was published before this day from what came later (default: the day NODE was withdrawn).",
)
@via_option
@from_option
@report_option("text", "json", "csv", "tsv", "parquet", more="csv, tsv and parquet hold a row for each artefact")
@output_option
@click.option("--quiet", "-q", is_flag=True, help="Text: the number alone.")
@click.option("--verbose", "-v", is_flag=True, help="Text: list every artefact.")
@color_option
def command(
    node: str,
    inputs: tuple[str, ...],
    also: tuple[str, ...],
    day: str | None,
    via: str | None,
    read_as: str | None,
    report: str,
    output: str | None,
    quiet: bool,
    verbose: bool,
    color: str,
) -> int:
    """Show what was made from NODE, over any number of steps: what falls with it if it is withdrawn or undocumented.

    It is counted by kind, by the edges that lead there, by the day of publication and by distance; every artefact is
    listed with a shortest path. NODE is an IRI, a Hub id, a short name or a title.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    from osaid_graph.analyses.rows import answer_of
    from osaid_graph.lineage.impact import Affected, impact, withdrawal
    from osaid_graph.query.formats import chosen_format, written
    from osaid_graph.reports import RenderOptions
    from osaid_graph.reports.impact import Fallout, render

    following, compared = edges_of(via), day_of(day, "--day") if day is not None else None
    with reading_progress(quiet) as progress:
        read = read_lineage(inputs, read_as, progress)
    check_output(output, (name for name, _ in read.inputs))
    lineage = read.lineage
    with working(quiet, "following"):
        found = impact(lineage, (node, *also), following=following, day=compared)
    if report not in ("text", "json"):
        answer = answer_of(found.affected, Affected)
        write(written(answer, chosen_format(answer.form, report)), output)
        return 0
    labels = {start: lineage.label(lineage.numbers[start]) for start in found.starts}
    days = {withdrawal(lineage.columns.withdrawn, lineage.numbers[start]) for start in found.starts} - {None}
    told = str(compared or next(iter(days))) if compared or len(days) == 1 else "its withdrawal" if days else ""
    options = RenderOptions(
        color=use_color(color) and (color == "always" or output in (None, "-")), verbose=verbose, quiet=quiet
    )
    write(render(Fallout(found, labels, told, read.inputs), report, options), output)
    return 0
