"""``osaid-graph lineage``: what an artefact was made from, or what was made from it."""

from __future__ import annotations

import logging

import click

from osaid_graph.cli.edges import edges_of, via_option
from osaid_graph.cli.output import check_output, color_option, output_option, report_option, use_color, write
from osaid_graph.cli.progress import reading_progress
from osaid_graph.cli.reading import from_option, gaps_option, open_points, read_lineage

_EXAMPLES = """\b
Examples:
  osaid-graph lineage bloom data/releases/bloom-176b.yaml
  osaid-graph lineage --down allenai/dolma@1.5 data/releases
  osaid-graph lineage mistralai/Mistral-7B-v0.1 models.jsonl.gz datasets.jsonl.gz
"""


@click.command(name="lineage", short_help="Show what an artefact was made from, gaps marked.", epilog=_EXAMPLES)
@click.argument("node", metavar="NODE")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--down", is_flag=True, help="Show what was made from it instead.")
@via_option
@gaps_option
@click.option("--depth", type=click.IntRange(min=1), metavar="N", help="Go at most N edges far (default: all).")
@from_option
@report_option("text", "json")
@output_option
@click.option("--quiet", "-q", is_flag=True, help="Text: the summary alone.")
@click.option("--verbose", "-v", is_flag=True, help="Text: name every gap.")
@color_option
def command(
    node: str,
    inputs: tuple[str, ...],
    down: bool,
    via: str | None,
    gaps: str | None,
    depth: int | None,
    read_as: str | None,
    report: str,
    output: str | None,
    quiet: bool,
    verbose: bool,
    color: str,
) -> int:
    """Show what NODE was made from, as the INPUTs tell together: models, data, and what these were made from.

    NODE is an IRI, a Hub id, a short name or a title. Every artefact stands once in full, where the shortest path leads
    to it. Parameters count as one with their model.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    from osaid_graph.lineage.tree import tree
    from osaid_graph.reports import RenderOptions
    from osaid_graph.reports.lineage import Ancestry, render

    following = edges_of(via)
    with reading_progress(quiet) as progress:
        read = read_lineage(inputs, read_as, progress)
    read.lineage.find(node)  # a name that nothing has is told before anything is assessed
    with reading_progress(quiet, "assessing") as progress:
        found, criteria = open_points(read, gaps, progress)
    places = list(tree(read.lineage, node, down=down, following=following, depth=depth, gaps=found))
    check_output(output, (name for name, _ in read.inputs))
    options = RenderOptions(
        color=use_color(color) and (color == "always" or output in (None, "-")), verbose=verbose, quiet=quiet
    )
    write(render(Ancestry(places, down, criteria, read.inputs), report, options), output)
    return 0
