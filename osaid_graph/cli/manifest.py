"""``osaid-graph manifest``: profile a listing of training data, and say what it says of the data."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from osaid_graph.cli.day import day_of
from osaid_graph.cli.engine import engine_options, started
from osaid_graph.cli.output import check_output, color_option, output_option, report_option, use_color, write
from osaid_graph.cli.progress import reading_progress
from osaid_graph.cli.release import refuse_corpora
from osaid_graph.engines.places import is_url
from osaid_graph.errors import UsageError, printable

if TYPE_CHECKING:
    from osaid_graph.listings.columns import Role
    from osaid_graph.listings.profile import Profile
    from osaid_graph.listings.statements import Said

_EXAMPLES = """\b
Examples:
  osaid-graph manifest urls.parquet
  osaid-graph manifest shards/ --by source --column location=meta.url
  osaid-graph manifest urls.csv.gz --dataset acme/webmix -F yaml -o webmix.yaml
"""
#: Formats that hold statements about datasets, not the profile.
_STATEMENTS: Final = ("yaml", "turtle")
#: MiB that an engine may use where nothing else is said.
_MEMORY: Final = 1024


@click.command(name="manifest", short_help="Profile a listing of training data, a document a row.", epilog=_EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|DIR...")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="ROLE=NAME",
    help="Which column is the location, license, source, digest, bytes or date: metadata.url is a field.",
)
@click.option("--by", metavar="COLUMN", help="Tell rows apart by COLUMN (default: that of the source).")
@click.option("--base", metavar="ADDRESS", help="What paths in the listing are relative to; '' for nothing.")
@click.option("--names", metavar="A,B,...", help="What columns are called where CSV has no line of names.")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="Values named.")
@click.option("--approximate", is_flag=True, help="Estimate how many rows repeat others instead of counting them.")
@click.option("--no-digest", is_flag=True, help="Do not compute the SHA-256 of the files.")
@click.option("--dataset", default="", metavar="ID", help="yaml, turtle: what is listed (default: each source).")
@click.option("--availability", default="", metavar="WORD", help="yaml, turtle: open, public, obtainable, unshareable.")
@click.option("--address", default="", metavar="URL", help="yaml, turtle: where the listing itself can be obtained.")
@engine_options(_MEMORY)
@report_option(
    "text", "json", "csv", "parquet", *_STATEMENTS, more="csv, parquet: by dataset; yaml, turtle: statements"
)
@output_option
@click.option("--verbose", "-v", is_flag=True, help="Text: all values of a kind.")
@click.option("--quiet", "-q", is_flag=True, help="Text: the verdict alone; no progress bar.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if rows have no place.")
@color_option
@click.option("--date", metavar="YYYY-MM-DD", help="Date of the profile (default: today, or SOURCE_DATE_EPOCH).")
def command(
    inputs: tuple[str, ...],
    columns: tuple[str, ...],
    by: str | None,
    base: str | None,
    names: str | None,
    top: int,
    approximate: bool,
    no_digest: bool,
    dataset: str,
    availability: str,
    address: str,
    engine_name: str,
    master: str | None,
    conf: tuple[str, ...],
    spark_log: str | None,
    spill: str | None,
    memory: int,
    report: str,
    output: str | None,
    verbose: bool,
    quiet: bool,
    exit_zero: bool,
    color: str,
    date: str | None,
) -> int:
    """Profile a listing of training data: a table with a row for each document, page or shard.

    It tells how many rows say where to obtain what they list, under which terms it is, from which source, with which
    digest, and what repeats; as yaml or turtle, what that lets one say of the dataset, for check to read. Parquet, CSV,
    TSV and JSON lines are read, compressed texts and folders too.
    """
    from osaid_graph.listings.examine import Wishes, profile
    from osaid_graph.listings.statements import Said

    said = Said(dataset, availability, address)
    if report not in _STATEMENTS and said != Said():
        raise UsageError("--dataset, --availability and --address are for statements", "ask for -F yaml or -F turtle")
    refuse_corpora(inputs, "a profile is of listings", "name the listings of training data")
    check_output(output, inputs)
    wishes = Wishes(_roles(columns), by, base, _names(names), top, approximate, not no_digest)
    day = day_of(date)
    with ExitStack() as stack:
        counting = started(engine_name, master, spill, memory, conf, spark_log)
        stack.callback(counting.close)

        bar = stack.enter_context(ExitStack())

        def watch(what: str) -> Callable[[int, int], None] | None:
            bar.close()  # one bar at a time
            return bar.enter_context(reading_progress(quiet, what))

        place = Path(spill) if spill and not is_url(spill) else None
        found = profile(inputs, counting, engine_name, wishes=wishes, today=day, spill=place, watch=watch)
    if report in _STATEMENTS:
        content: str | bytes = _statements(found, said, report, quiet)
    else:
        from osaid_graph.reports import RenderOptions
        from osaid_graph.reports.listing import render

        painted = use_color(color) and (color == "always" or output in (None, "-"))
        content = render(found, report, RenderOptions(painted, verbose=verbose, quiet=quiet))
    write(content, output)
    return 0 if found.all_placed or exit_zero else 1


def _roles(columns: tuple[str, ...]) -> dict[Role, str]:
    """Return the columns that are given, by role."""
    from osaid_graph.listings.columns import ROLES

    found: dict[Role, str] = {}
    for given in columns:
        word, equals, name = given.partition("=")
        role = next((each for each in ROLES if each == word), None)
        if role is None or not equals:
            hint = f"write ROLE=NAME, ROLE one of: {', '.join(ROLES)}"
            raise UsageError(f"--column {given!r} gives no role its column", hint)
        if role in found:
            raise UsageError(f"--column {role} is given twice", "give one: a role has one column")
        found[role] = name
    if found.get("location") == "":
        raise UsageError("a listing has a column for the location", "name it: --column location=NAME")
    return found


def _names(names: str | None) -> tuple[str, ...] | None:
    if names is None:
        return None
    found = tuple(name.strip() for name in names.split(","))
    if not all(found):
        raise UsageError(f"--names {names!r} has an empty name", "write one for each column: --names url,license")
    return found


def _statements(profile: Profile, said: Said, report: str, quiet: bool) -> str:
    """Return what a profile lets one say of the data, and tell what it leaves out."""
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    from osaid_graph.listings.statements import statements, unsaid
    from osaid_graph.writers.said import as_manifest, as_turtle

    triples = statements(profile, said)
    if not quiet:
        for clause in unsaid(profile, said):
            click.echo(printable(f"in no statement: {clause}"), err=True)
        if not said.availability:
            hint = "whether the data is open, public, obtainable or unshareable is not stated: --availability says it"
            click.echo(hint, err=True)
    files = ", ".join(each.name for each in profile.inputs[:3]) + (", ..." if len(profile.inputs) > 3 else "")
    head = [f"Written by osaid-graph manifest {profile.tool_version} on {profile.date} from {files}."]
    return as_turtle(triples, head) if report == "turtle" else as_manifest(triples, head).text
