"""``osaid-graph corpus``: many releases, kept in a folder, assessed together and followed over time."""

from __future__ import annotations

import click

from osaid_graph.cli import Commands


class _Corpus(Commands):
    modules = {  # noqa: RUF012 - declared in the base
        "build": "osaid_graph.cli.corpus_build",
        "assess": "osaid_graph.cli.corpus_assess",
        "index": "osaid_graph.cli.corpus_index",
        "stats": "osaid_graph.cli.corpus_stats",
        "history": "osaid_graph.cli.corpus_history",
        "rejects": "osaid_graph.cli.corpus_rejects",
        "verify": "osaid_graph.cli.corpus_verify",
    }


_EPILOG = """\b
Examples:
  osaid-graph corpus build mine data/releases
  osaid-graph corpus assess mine
  osaid-graph check mine --subject bigscience/bloom
"""


@click.group(name="corpus", cls=_Corpus, short_help="Keep, assess and follow many releases.", epilog=_EPILOG)
def command() -> None:
    """Keep what many documents say in a folder of open tables, assess all of it together, and follow it over time.

    docs/corpus.md says how the folder is laid out, and how to read it with DuckDB, Polars, pandas or Spark.
    """
