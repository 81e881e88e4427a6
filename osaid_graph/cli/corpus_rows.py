"""What the commands share that show rows of a corpus: opening it, and the formats of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from osaid_graph.cli.answers import answer_width
from osaid_graph.cli.output import check_output, write

if TYPE_CHECKING:
    from osaid_graph.corpus.open import Corpus
    from osaid_graph.engines import Engine

#: Bytes that asking a corpus may take; more is on disk meanwhile.
_MEMORY = 1 << 30


@contextmanager
def opened(folder: str) -> Iterator[tuple[Corpus, Engine]]:
    """Open a corpus, attached to an engine for as long as it is needed.

    Raises:
        InputError: There is none, or it is damaged.
    """
    from osaid_graph.corpus.open import Corpus
    from osaid_graph.engines.duckdb import DuckDB

    corpus = Corpus.open(folder)
    engine = DuckDB(_MEMORY)
    try:
        corpus.attach(engine)
        yield corpus, engine
    finally:
        engine.close()


def rows_option(function: Any) -> Any:
    """Add ``--format`` to a command that shows rows; its value is called ``format_name``."""
    return click.option(
        "--format",
        "-F",
        "format_name",
        type=click.Choice(["table", "csv", "tsv", "json", "parquet"]),
        default="table",
        show_default=True,
        help="Format of the answer.",
    )(function)


def show(rows: Iterable[Any], kind: type, format_name: str, output: str | None) -> None:
    """Write instances of a dataclass as a table, or in the format that is asked for."""
    from osaid_graph.analyses.rows import answer_of
    from osaid_graph.query.formats import chosen_format, written

    check_output(output, ())
    form = chosen_format("select", format_name)
    write(written(answer_of(rows, kind), form, answer_width(output)), output)


def counted(count: int, word: str) -> str:
    """Return how many of something there are: ``1 edge``, ``2,000 edges``."""
    return f"{count:,} {word}{'s' * (count != 1)}"
