"""``osaid-graph analyze``: questions about a lineage that SPARQL cannot answer."""

from __future__ import annotations

import logging
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from osaid_graph.cli.answers import answer_width, set_option, set_values
from osaid_graph.cli.output import check_output, output_option, write
from osaid_graph.cli.progress import reading_progress, working
from osaid_graph.cli.reading import from_option, open_points, read_lineage

if TYPE_CHECKING:
    from rdflib import Graph

    from osaid_graph.analyses.catalogue import Analysis, Context
    from osaid_graph.cli.reading import ReadLineage
    from osaid_graph.corpus.open import Corpus
    from osaid_graph.lineage.index import Lineage

_WIDTH = 100
_EPILOG = """\b
Examples:
  osaid-graph analyze
  osaid-graph analyze gateways
  osaid-graph analyze gateways data/releases/olmo-7b.yaml --set node=olmo-7b
  osaid-graph analyze blockers models.jsonl.gz datasets.jsonl.gz --set gaps=license
"""


@click.command(name="analyze", short_help="Ask what SPARQL cannot answer of a lineage.", epilog=_EPILOG)
@click.argument("arguments", nargs=-1, metavar="[NAME] [INPUT]...")
@set_option
@click.option(
    "--format",
    "-F",
    "format_name",
    type=click.Choice(["table", "csv", "tsv", "json", "parquet"]),
    default="table",
    show_default=True,
    help="Format of the answer.",
)
@output_option
@from_option
@click.option("--quiet", "-q", is_flag=True, help="No progress bar.")
def command(
    arguments: tuple[str, ...],
    given: tuple[str, ...],
    format_name: str,
    output: str | None,
    read_as: str | None,
    quiet: bool,
) -> int:
    """Run an analysis of the lineage of the INPUTs.

    NAME is an analysis: without it they are listed, without INPUT it is explained. An INPUT is what check takes; one of
    many descriptions (a list of the Hub) is read whole.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    from osaid_graph.analyses.catalogue import analyses, analysis

    if not arguments:
        width = max(map(len, analyses()))
        lines = [f"{each.name:<{width}}  {each.summary}" for each in analyses().values()]
        lines += ["", "osaid-graph analyze NAME explains one, osaid-graph analyze NAME INPUT... runs it."]
        write("\n".join(lines) + "\n", output)
        return 0
    asked, inputs = analysis(arguments[0]), arguments[1:]
    if not inputs:
        write("\n".join(_explanation(asked)) + "\n", output)
        return 0
    from osaid_graph.analyses.run import run
    from osaid_graph.query.formats import chosen_format, written

    values, form = set_values(given), chosen_format("select", format_name)
    with reading_progress(quiet) as progress:
        read = read_lineage(inputs, read_as, progress)
    check_output(output, (name for name, _ in read.inputs))
    with working(quiet, "analysing"):
        answer = run(asked, _context(read, read_as, values.get("node") if asked.of_data else None), values)
    write(written(answer, form, answer_width(output)), output)
    return 0


def _context(read: ReadLineage, read_as: str | None, node: str | None) -> Context:
    """Return what an analysis looks at; of a corpus, ``node`` is what data information is wanted upstream of."""
    from osaid_graph.analyses.catalogue import Context

    return Context(
        read.lineage,
        read.graph if node is None or read.corpus is None else _said_upstream(read.corpus, read.lineage, node),
        lambda kinds: open_points(read, kinds or None)[0],
        lambda path: read_lineage([path], read_as, None).lineage,
    )


def _said_upstream(corpus: Corpus, lineage: Lineage, node: str) -> Graph:
    from osaid_graph.corpus.data_information import data_information
    from osaid_graph.lineage.walk import upstream_of

    found = upstream_of(lineage, lineage.find(node)).arrivals
    return data_information(corpus, (lineage.iri(number) for number in found if lineage.is_data(number)))


def _explanation(asked: Analysis) -> Iterator[str]:
    from osaid_graph.cli.query_words import parameter_lines, rows

    yield f"{asked.name}: {asked.summary}"
    if asked.note:
        yield ""
        yield from textwrap.wrap(asked.note, _WIDTH)
    yield from parameter_lines(asked.parameters)
    yield ""
    yield "Columns:"
    yield from rows(list(asked.columns))
    needed = "".join(f" --set {each.name}=..." for each in asked.parameters if each.default is None)
    yield ""
    yield "Run it:"
    yield f"  osaid-graph analyze {asked.name} INPUT...{needed}"
