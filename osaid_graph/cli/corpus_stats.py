"""``osaid-graph corpus stats``: a corpus in numbers."""

from __future__ import annotations

from pathlib import Path

import click

from osaid_graph.cli.answers import answer_width
from osaid_graph.cli.corpus_rows import opened
from osaid_graph.cli.output import check_output, color_option, output_option, real, report_option, use_color, write
from osaid_graph.cli.progress import working
from osaid_graph.errors import UsageError

_EPILOG = """\b
Examples:
  osaid-graph corpus stats hub
  osaid-graph corpus stats hub --plot hub.svg
  osaid-graph corpus stats hub -F json -o hub.json
"""


@click.command(name="stats", short_help="Count what is in it, and draw that.", epilog=_EPILOG)
@click.argument("folder", metavar="DIR")
@report_option("text", "json")
@output_option
@click.option("--plot", metavar="FILE", help="Draw it as a page of SVG too.")
@color_option
def command(folder: str, report: str, output: str | None, plot: str | None, color: str) -> None:
    """Count what the corpus DIR holds: documents and nodes, stated terms, generations of lineage, requirements met.

    Counts of requirements are those of the last assessment. --plot draws all of it in four panels.
    """
    check_output(output, [folder])
    if plot is not None:
        check_output(plot, [folder])
        if _place(plot) == _place(output or "-"):
            raise UsageError(f"{plot}: asked for twice", "choose another place with --plot")
    from osaid_graph.corpus.stats import stats
    from osaid_graph.reports import RenderOptions
    from osaid_graph.reports.corpus_stats import render

    with opened(folder) as (corpus, engine), working(label="counting"):
        found = stats(corpus, engine)
    painted = use_color(color) and (color == "always" or output in (None, "-"))
    content = render(found, report, RenderOptions(painted), answer_width(output))
    if plot is not None:
        from osaid_graph.writers.corpus_picture import render as drawn

        write(drawn(found), plot, "--plot")
    write(content, output)


def _place(output: str) -> Path | None:
    """Return where an output goes; None for standard output."""
    return None if output == "-" else real(output)
