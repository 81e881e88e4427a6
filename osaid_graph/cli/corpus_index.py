"""``osaid-graph corpus index``: derive what a corpus is asked by, before anybody asks."""

from __future__ import annotations

import click

from osaid_graph.cli.assessed import definition_option, terms_option
from osaid_graph.cli.corpus_rows import counted
from osaid_graph.cli.progress import reading_progress
from osaid_graph.cli.waiting import telling_whom

_EPILOG = """\b
Examples:
  osaid-graph corpus index hub
  osaid-graph corpus index hub --terms strict
  osaid-graph corpus index hub --findings
"""


@click.command(name="index", short_help="Derive what it is asked by: lineage and SPARQL.", epilog=_EPILOG)
@click.argument("folder", metavar="DIR")
@terms_option
@definition_option
@click.option(
    "--findings/--no-findings", default=None,
    help="Let SPARQL find what the last assessment found, or not (default: of up to 20,000 releases; as asked before).",
)  # fmt: skip
@click.option(
    "--wait", type=click.FloatRange(0), default=0, metavar="SECONDS", help="Wait so long for another that writes."
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what is wrong.")
def command(
    folder: str, terms: str | None, version: str | None, findings: bool | None, wait: float, quiet: bool
) -> None:
    """Derive from the corpus DIR the arrays of its lineage and the index that SPARQL runs on, and keep them in it.

    Commands that need one make it when they are first run after a change, so this is for a corpus that others only
    read, or to have it done beforehand. What there is of this state of the corpus is kept as it is, unless it is
    damaged: then it is made again.
    """
    from osaid_graph.corpus.layout import DERIVED
    from osaid_graph.corpus.lineage_index import lineage_of_corpus
    from osaid_graph.corpus.open import Corpus
    from osaid_graph.corpus.sparql_index import has_findings, index_of

    corpus = Corpus.open_to_make(folder, DERIVED, wait)
    with telling_whom(quiet), reading_progress(quiet, "deriving the lineage") as progress:
        lineage = lineage_of_corpus(corpus, wait=wait, progress=progress)
    with telling_whom(quiet), reading_progress(quiet, "making the index") as progress:
        part = index_of(corpus, terms, version, findings=findings, wait=wait, progress=progress)
    if not quiet:
        size = f"{counted(len(lineage), 'artefact')} and {counted(len(lineage.up), 'edge')}"
        click.echo(f"generation {corpus.generation}: lineage of {size}")
        said = f"{part.facts['statements']:,} statements{' with findings' if has_findings(part) else ''}"
        click.echo(f"SPARQL over {said}, terms policy {part.facts['policy']}: osaid-graph query --corpus {folder}")
