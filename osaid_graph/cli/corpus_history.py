"""``osaid-graph corpus history``: when which source said what."""

from __future__ import annotations

import click

from osaid_graph.cli.corpus_rows import opened, rows_option, show
from osaid_graph.cli.output import output_option
from osaid_graph.cli.progress import working

_EPILOG = """\b
Examples:
  osaid-graph corpus history mine
  osaid-graph corpus history mine cards/README.md
  osaid-graph corpus history mine bigscience/bloom
  osaid-graph corpus history mine https://huggingface.co/bigscience/bloom#parameters -F json
"""


@click.command(name="history", short_help="Tell when which source said what.", epilog=_EPILOG)
@click.argument("folder", metavar="DIR")
@click.argument("node", metavar="[NAME]", required=False)
@rows_option
@output_option
def command(folder: str, node: str | None, format_name: str, output: str | None) -> None:
    """Tell when which source of the corpus DIR said what.

    Without NAME it lists the versions of all documents: when each came and ended, and how many statements it added and
    removed. NAME is that of a document, of which it lists these; or an IRI or a Hub id: it lists what was ever said of
    that node, by whom, since when, and until when.
    """
    from osaid_graph.corpus.history import DocumentVersion, Said, said_of, versions

    with opened(folder) as (corpus, engine), working(label="looking"):
        found = versions(engine, node)
        said = said_of(corpus, engine, node) if node is not None and not found else None
    if said is None:
        show(found, DocumentVersion, format_name, output)
    else:
        show(said, Said, format_name, output)
