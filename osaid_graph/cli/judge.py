"""``osaid-graph judge``: record a reviewer's judgement in a manifest, or in a file beside it."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from osaid_graph.cli.assessed import subject_option
from osaid_graph.cli.day import day_of
from osaid_graph.cli.output import write
from osaid_graph.errors import UsageError, printable

if TYPE_CHECKING:
    from osaid_graph.cli.recording import Recorded, Recording
    from osaid_graph.writers.judgement import Draft

_EXAMPLE = """\b
Example:
  osaid-graph judge osaid.yaml --requirement data-info-sufficient --outcome met \\
    --by "Ada Reviewer" --reason "rebuilt the corpus from the data sheet" \\
    --evidence https://example.org/replication --into judgements.yaml
"""


@click.command(name="judge", short_help="Record a reviewer's outcome for a requirement.", epilog=_EXAMPLE)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--requirement", metavar="ID", help="The requirement judged: osaid-graph explain lists them.")
@click.option("--outcome", type=click.Choice(["met", "not-met", "not-applicable"]), help="What the reviewer finds.")
@click.option("--reason", metavar="TEXT", help="Why.")
@click.option("--by", metavar="NAME", help="The reviewer.")
@click.option("--affiliation", metavar="TEXT", help="For whom the reviewer works.")
@click.option("--id", "reviewer", metavar="IRI", help="An IRI of the reviewer, such as an ORCID.")
@click.option(
    "--independent/--not-independent",
    default=None,
    help="Whether the reviewer is independent of the producer (default: asked on a terminal, else left unsaid).",
)
@click.option("--evidence", multiple=True, metavar="URL", help="What the judgement rests on; repeatable.")
@click.option(
    "--evidence-file",
    "evidence_files",
    multiple=True,
    nargs=2,
    metavar="URL FILE",
    help="The same, with the copy that was read: its SHA-256 is recorded.",
)
@click.option("--retrieved", metavar="YYYY-MM-DD", help="When the evidence was retrieved (default: the day of --date).")
@click.option("--date", metavar="YYYY-MM-DD", help="When it was judged (default: today, or SOURCE_DATE_EPOCH).")
@click.option(
    "--definition",
    "version",
    metavar="VERSION|DIR",
    help="Version judged against, 1.0-rc1 (default) or 1.0, or the folder of a profile of your own.",
)
@subject_option("What is judged")
@click.option("--into", metavar="FILE", help="The manifest to write into, made if needed (default: the first INPUT).")
@click.option("--dry-run", is_flag=True, help="Print the judgement and write nothing.")
def command(
    inputs: tuple[str, ...],
    requirement: str | None,
    outcome: str | None,
    reason: str | None,
    by: str | None,
    affiliation: str | None,
    reviewer: str | None,
    independent: bool | None,
    evidence: tuple[str, ...],
    evidence_files: tuple[tuple[str, str], ...],
    retrieved: str | None,
    date: str | None,
    version: str | None,
    subject: str | None,
    into: str | None,
    dry_run: bool,
) -> int:
    """Record a judgement: a reviewer's outcome for a requirement, with reason and evidence.

    The INPUTs describe the release, as for check. The judgement is added to the first of them that is an osaid.yaml,
    or to another file (--into); nothing else in that file changes. On a terminal, what is missing is asked for.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    from osaid_graph.cli.judgement_options import draft_of, evidence_of, missing, past_day
    from osaid_graph.cli.recording import Recording
    from osaid_graph.cli.release import refuse_corpora

    given = (*inputs, *([into] if into else []))
    hint = "name the documents of the release, and build the corpus again: it reads what has changed"
    refuse_corpora(given, "a judgement is written into a document", hint)

    today, day = day_of(None), past_day(date, "--date")
    seen = past_day(retrieved, "--retrieved") if retrieved is not None else day
    found = tuple(evidence_of(url, file, seen) for url, file in (*((url, None) for url in evidence), *evidence_files))
    draft = draft_of(day, requirement, outcome, reason, by, affiliation, reviewer, independent, found)
    asked = missing(draft)
    if asked and not _on_terminal():
        raise UsageError(f"missing: {', '.join(asked)}", "give them as options, or run this on a terminal to be asked")
    recording = Recording(inputs, into, subject, version, today, _tell if sys.stderr.isatty() else None)
    try:
        if asked:
            from osaid_graph.cli.judge_questions import ask

            draft = ask(recording, draft, seen)
        recorded = _checked(recording, draft, confirm=bool(asked) and not dry_run)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nnothing was written", err=True)
        raise click.Abort from None
    if dry_run:
        write(recorded.yaml, None)
        return 0
    recording.save(recorded)
    words = f"recorded: {draft.requirement} {draft.outcome} by {draft.by} in {recording.shown}:{recorded.line}"
    click.echo(f"{printable(words)}\n{recorded.verdict}{recorded.change}", err=True)
    return 0


def _on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _tell(sentence: str) -> None:
    click.echo(sentence, err=True)


def _checked(recording: Recording, draft: Draft, *, confirm: bool) -> Recorded:
    """Check a judgement as a whole, and have it confirmed where it was made of answers."""
    recorded = recording.check(replace(draft, definition=recording.before.definition.id))
    for sentence in recorded.warnings:
        click.echo(f"{click.style('warning', fg='yellow', bold=True)}: {printable(sentence)}", err=True)
    if confirm:
        click.echo(f"\n{recorded.yaml}\n{recorded.change}", err=True)
        click.confirm(f"Write this into {recording.shown}?", default=True, abort=True, err=True)
    return recorded
