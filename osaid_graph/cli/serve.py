"""``osaid-graph serve``: pages, an API and a SPARQL endpoint over what INPUTs describe, or over a corpus."""

from __future__ import annotations

import logging
import re
import signal
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from osaid_graph.cli.corpus_aside import tell_aside
from osaid_graph.cli.progress import reading_progress
from osaid_graph.cli.reading import PATIENCE
from osaid_graph.cli.release import corpus_among
from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    from osaid_graph.corpus.open import Corpus

#: Addresses that only this machine reaches, and the names by which it may be asked for then.
_LOOPBACK = ("127.0.0.1", "::1", "localhost")

#: What a host may be asked for by: a name, all names within one, an address, or any name at all.
_NAME = re.compile(r"\*|(\*\.)?[\w-]+(\.[\w-]+)*\.?|\[[\da-fA-F:.]+\]")
#: The longest time of a query, in seconds, and the most memory, in megabytes.
_DAY, _TERABYTE = 86_400, 1 << 20

#: Bytes that assessing what inputs say may take.
_MEMORY = 1 << 30

_EPILOG = """\b
Examples:
  osaid-graph serve data/releases
  osaid-graph serve hub --port 8080
"""


@click.command(
    name="serve", short_help="Serve what the INPUTs say, or a corpus, to browsers and programs.", epilog=_EPILOG
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Listen at this address.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any that is free.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="A name of the host it may be asked for by, too.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=30, show_default=True, metavar="SECONDS", help="What a query gets."
)
@click.option(
    "--memory",
    type=click.IntRange(16, _TERABYTE),
    default=1024,
    show_default=True,
    metavar="MB",
    help="What a query may take.",
)
@click.option(
    "--rows", type=click.IntRange(1), default=100_000, show_default=True, help="How many rows a query may give."
)
@click.option("--queries", type=click.IntRange(1), default=2, show_default=True, help="How many queries run at once.")
@click.option("--terms", metavar="POLICY", help="Terms policy: strict, osd-conformant (default) or free-by-nature.")
@click.option(
    "--definition", "version", metavar="VERSION|DIR", help="Version of the definition, or the folder of a profile."
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what is wrong.")
def command(
    inputs: tuple[str, ...],
    host: str,
    port: int,
    names: tuple[str, ...],
    timeout: float,
    memory: int,
    rows: int,
    queries: int,
    terms: str | None,
    version: str | None,
    quiet: bool,
) -> None:
    """Serve what INPUTs describe together, or a corpus: read-only, to this machine alone unless --host says otherwise.

    Open the address that it tells in a browser. /api/openapi.json describes what programs can ask for; /sparql is an
    endpoint of the SPARQL 1.1 Protocol. Stop it with Ctrl-C or SIGTERM.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    if not timeout <= _DAY:  # nor is what is no number
        raise UsageError(f"--timeout {timeout:g}: a query gets {_DAY:,} seconds at most", "give it fewer")
    if not host.strip():  # the system takes it for every address that this machine has
        hint = "give it an address of this machine, or leave it away; 0.0.0.0 stands for all of them"
        raise UsageError(f"--host {host!r}: no address", hint)
    for name in names:
        if not _NAME.fullmatch(name):
            hint = "give a name such as example.org, or *.example.org for all names within it"
            raise UsageError(f"--name {name}: no name of a host", hint)
    try:
        from osaid_graph.server.app import application
        from osaid_graph.server.run import Listening
    except ModuleNotFoundError as error:
        hint = "install it with: pip install 'osaid-graph[serve]'"
        raise UsageError(f"a server needs {error.name}", hint) from None
    from osaid_graph.server.limits import MEGABYTE, Limits
    from osaid_graph.server.site import Site

    limits = Limits(seconds=timeout, memory=memory * MEGABYTE, rows=rows, running=queries)
    with _told_to_stop(), _corpus(inputs, terms, version, quiet) as corpus:
        with reading_progress(quiet, "making the index") as progress:
            site = Site.of(corpus, terms, version, wait=PATIENCE, progress=progress)
        listening = Listening(application(site, limits, (*_LOOPBACK, "[::1]", host, *names)), host, port, limits)
        with closing(site), suppress(KeyboardInterrupt):  # how it is stopped
            if not quiet:
                at = f"[{host}]" if ":" in host else host
                what = " ".join(inputs)
                click.echo(f"serving {what} at http://{at}:{listening.port}/ (Ctrl-C stops it)", err=True)
            listening.run()


@contextmanager
def _told_to_stop() -> Iterator[None]:
    """Have this process end as by Ctrl-C where it is told to in other ways, so that nothing of what it read is left."""

    def stopped(number: int, frame: object) -> NoReturn:
        raise KeyboardInterrupt

    names = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    usual = [name for name in names if signal.getsignal(name) == signal.SIG_DFL]  # nohup has the second ignored
    for name in usual:
        signal.signal(name, stopped)
    try:
        yield
    finally:
        for name in usual:
            signal.signal(name, signal.SIG_DFL)


@contextmanager
def _corpus(inputs: tuple[str, ...], terms: str | None, version: str | None, quiet: bool) -> Iterator[Corpus]:
    """Yield the corpus that is named, or one of what inputs say, which is assessed, and deleted at the end.

    Inputs that cannot be read are told, and the others served.
    """
    from osaid_graph.corpus.open import Corpus

    named = corpus_among(inputs)
    if named is not None:
        yield Corpus.open(named)
        return
    from osaid_graph.corpus.assess import assess
    from osaid_graph.corpus.build import build
    from osaid_graph.engines.duckdb import DuckDB
    from osaid_graph.validation.definition import DEFAULT_VERSION

    with tempfile.TemporaryDirectory(prefix="osaid-graph-") as name:
        folder = Path(name) / "corpus"
        with reading_progress(quiet) as progress:
            built = build(folder, inputs, progress=progress)
        tell_aside(built)
        engine = DuckDB(_MEMORY)
        try:
            with reading_progress(quiet, "assessing") as bar:
                steps = None if bar is None else lambda step, done, whole: bar(done, whole)
                assess(Corpus.open(folder), engine, terms=terms, version=version or DEFAULT_VERSION, progress=steps)
        finally:
            engine.close()
        yield Corpus.open(folder)
