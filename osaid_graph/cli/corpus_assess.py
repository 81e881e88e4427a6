"""``osaid-graph corpus assess``: assess all releases of a corpus, or what has changed of them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osaid_graph import __version__
from osaid_graph.cli.assessed import definition_option, terms_option
from osaid_graph.cli.day import day_of
from osaid_graph.cli.engine import engine_options, started
from osaid_graph.cli.output import check_output, output_option, write
from osaid_graph.cli.progress import reading_progress, working
from osaid_graph.cli.waiting import telling_whom
from osaid_graph.engines.places import is_url
from osaid_graph.errors import UsageError, printable

if TYPE_CHECKING:
    from osaid_graph.corpus.assess import Assessed, Progress
    from osaid_graph.corpus.kept_aside import KeptAside
    from osaid_graph.corpus.open import Corpus
    from osaid_graph.corpus.summary import RequirementCounts, Summary
    from osaid_graph.engines import Engine

_EPILOG = """\b
Examples:
  osaid-graph corpus assess hub
  osaid-graph corpus assess hub -F csv -o outcomes.csv
  osaid-graph corpus assess hub --table findings -F parquet -o findings.parquet
  osaid-graph corpus assess s3a://bucket/hub --engine spark --master spark://host:7077
One release of it in full: osaid-graph check hub --subject ORG/NAME
"""
#: MiB that an engine may use where nothing else is said.
_MEMORY = 3072
_SHOWN = 12
#: The version of the keys of the summary as JSON, to which keys are only added.
SCHEMA_VERSION = "1.0"


@click.command(name="assess", short_help="Assess all releases, or what changed of them.", epilog=_EPILOG)
@click.argument("folder", metavar="DIR")
@terms_option
@definition_option
@click.option("--date", metavar="YYYY-MM-DD", help="Date of the assessment (default: today, or SOURCE_DATE_EPOCH).")
@click.option("--full", is_flag=True, help="Assess all releases, also those that nothing has changed for.")
@engine_options(_MEMORY)
@click.option(
    "--wait", type=click.FloatRange(0), default=0, metavar="SECONDS", help="Wait so long for another that writes."
)
@click.option(
    "--format", "-F", "form", type=click.Choice(["text", "json", "csv", "parquet"]), default="text", show_default=True,
    help="A summary as text or JSON, or a table as CSV or Parquet.",
)  # fmt: skip
@click.option(
    "--table", type=click.Choice(["outcomes", "findings", "aside"]),
    help="Which table to write as CSV or Parquet (default: outcomes).",
)  # fmt: skip
@output_option
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what is wrong.")
def command(
    folder: str,
    terms: str | None,
    version: str | None,
    date: str | None,
    full: bool,
    engine_name: str,
    master: str | None,
    conf: tuple[str, ...],
    spark_log: str | None,
    spill: str | None,
    memory: int,
    wait: float,
    form: str,
    table: str | None,
    output: str | None,
    quiet: bool,
) -> None:
    """Assess all releases that the corpus DIR describes, and keep what was found in it.

    A release is a system, a model or parameters that is no part of another. What was assessed before is assessed again
    where what has changed since concerns it; the results are those of an assessment of all. For Spark, DIR may be a URL
    that the cluster can reach.
    """
    if is_url(folder) and form in ("csv", "parquet"):
        raise UsageError(
            f"a table of {folder} as {form} is not written",
            "read its own tables, which are Parquet files, or leave -F out",
        )
    if table is not None and form not in ("csv", "parquet"):
        raise UsageError(f"--table {table} is for CSV or Parquet", "add -F csv or -F parquet")
    if form == "parquet" and output in (None, "-"):
        raise UsageError("a table as parquet is for a file", "name one with --output")
    check_output(output, [] if is_url(folder) else [folder])
    from osaid_graph.corpus.assess import assess
    from osaid_graph.corpus.layout import ASSESSMENTS, SEGMENTS
    from osaid_graph.corpus.open import Corpus
    from osaid_graph.corpus.remote import RemoteCorpus
    from osaid_graph.engines.duckdb import DuckDB
    from osaid_graph.validation.definition import DEFAULT_VERSION

    read = (SEGMENTS, ASSESSMENTS)
    corpus = None
    if not is_url(folder):
        corpus = Corpus.open_to_make(folder, ASSESSMENTS, wait) if full else Corpus.open(folder, read)
    text = ""
    engine = started(engine_name, master, spill or _spill(folder, engine_name), memory, conf, spark_log)
    try:
        with telling_whom(quiet), _steps(quiet) as progress:
            done = assess(
                corpus or RemoteCorpus.at(folder, engine), engine, terms=terms, version=version or DEFAULT_VERSION,
                today=day_of(date), anew=full, wait=wait, progress=progress,
            )  # fmt: skip
        if corpus is None:
            with working(quiet, "summing up"):
                text = _summary(RemoteCorpus.at(folder, engine), engine, done, form)
    finally:
        engine.close()
    if corpus is not None:
        engine = DuckDB(memory << 20)
        try:
            with working(quiet, "summing up"):
                text = _told(Corpus.open(folder, read), engine, done, form, table or "outcomes", output)
        finally:
            engine.close()
    if text and (not quiet or output is not None):
        write(text, output)


def _told(corpus: Corpus, engine: Engine, done: Assessed, form: str, table: str, output: str | None) -> str:
    """Return what is to be told; nothing where a table was written to a file."""
    corpus.attach(engine)
    if form == "csv" and output in (None, "-"):
        with tempfile.TemporaryDirectory(prefix="osaid-graph-") as aside:
            _write_table(corpus, engine, table, form, f"{aside}/{table}.csv")
            return Path(aside, f"{table}.csv").read_bytes().decode("utf-8")
    if form in ("csv", "parquet") and output is not None:
        _write_table(corpus, engine, table, form, output)
        return ""
    return _summary(corpus, engine, done, form)


def _spill(folder: str, engine_name: str) -> str | None:
    """Return where Spark's tables go in between of a corpus at a URL, whose place a cluster can reach; else None."""
    return f"{folder.rstrip('/')}/.spill" if is_url(folder) and engine_name == "spark" else None


def _summary(corpus: Corpus, engine: Engine, done: Assessed, form: str) -> str:
    from osaid_graph.corpus.summary import summary

    found = summary(corpus, engine)
    return f"{json.dumps(_plain(done, found), indent=2)}\n" if form == "json" else _text(done, found)


@contextmanager
def _steps(quiet: bool) -> Iterator[Progress | None]:
    """Yield what is told of each step of an assessment; None where nobody looks."""
    with reading_progress(quiet, "assessing") as bar:
        if bar is None:
            yield None
            return
        show: Callable[[int, int], None] = bar
        yield lambda step, done, whole: show(done, whole)


def _write_table(corpus: Corpus, engine: Engine, table: str, form: str, output: str) -> None:
    """Write a table to a file that is replaced once it is complete."""
    from osaid_graph.corpus.tables_out import write_table

    target = Path(output).resolve()
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as aside:
            made = Path(aside) / target.name
            write_table(corpus, engine, table, form, made)
            made.replace(target)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror}", "choose another place") from None


def _plain(done: Assessed, found: Summary) -> dict[str, object]:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "osaid-graph", "version": __version__},
        "part": done.part,
        "assessed": done.subjects,
        "whole": done.whole,
        **asdict(found),
    }


def _text(done: Assessed, found: Summary) -> str:
    """Return an assessment as a summary for people."""
    how = "nothing has changed since" if not done.changed else f"{done.subjects:,} assessed"
    known = f", {found.subjects - done.subjects:,} known" if done.changed and not done.whole else ""
    releases = f"{found.subjects:,} release{'' if found.subjects == 1 else 's'}"
    lines = [
        f"{releases}{f' ({_listed(found.kinds)})' if found.kinds else ''}, assessed against {found.definition} "
        f"on {found.day}, terms policy {found.policy}",
        f"generation {found.generation}, {done.part}: {how}{known}",
        "",
    ]
    if found.subjects:
        lines += [f"{word:<24} {_share(count, found.subjects)}" for word, count in found.outcomes.items()]
    else:
        lines.append("no system, model or parameters is described: build descriptions of some into the corpus")
    worst = [each for each in sorted(found.requirements, key=lambda each: -each.unmet) if each.unmet][:_SHOWN]
    if worst:
        width = max(len(each.requirement) for each in worst)
        lines += ["", f"requirements that most releases leave open, of {len(found.requirements)}:"]
        lines += [f"{'':{width}}  {'not met':>10} {'no evidence':>12} {'to be judged':>12}"]
        lines += [_requirement(each, width) for each in worst]
    if found.set_aside:
        lines += ["", f"set aside: {found.set_aside:,}"]
        lines += [f"  {printable(_kept_aside(each))}" for each in found.aside[:_SHOWN]]
    return "\n".join(lines) + "\n"


def _kept_aside(each: KeptAside) -> str:
    """Return what was kept aside for a reason in a line; what has no IRI is told by its place alone."""
    place = each.document if each.line is None else f"{each.document}:{each.line}"
    name = "" if each.document and each.name.startswith("_:") else each.name
    more = f" (and {each.number - 1:,} more)" if each.number > 1 else ""
    return f"{': '.join(filter(None, (place, name, each.reason)))}{more}"


def _requirement(each: RequirementCounts, width: int) -> str:
    return f"{each.requirement:<{width}}  {each.not_met:>10,} {each.not_evidenced:>12,} {each.needs_judgement:>12,}"


def _listed(kinds: dict[str, int]) -> str:
    return ", ".join(
        f"{count:,} {kind}{'' if count == 1 or kind == 'parameters' else 's'}" for kind, count in kinds.items()
    )


def _share(count: int, whole: int) -> str:
    bar = "#" * round(40 * count / whole) if whole else ""
    return f"{count:>10,}  {count / whole if whole else 0:>6.1%}  {bar}".rstrip()
