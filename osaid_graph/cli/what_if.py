"""``osaid-graph what-if``: what an assessment would come to if something were stated."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import click

from osaid_graph.cli.assessed import definition_option, subject_option, terms_option
from osaid_graph.cli.day import day_of
from osaid_graph.cli.output import check_output, color_option, output_option, report_option, use_color, write
from osaid_graph.cli.progress import working
from osaid_graph.errors import InputError, UsageError

_EXAMPLES = """\b
Examples:
  osaid-graph what-if osaid.yaml
  osaid-graph what-if osaid.yaml --fix data-info-cleaning
  osaid-graph what-if osaid.yaml --state org/data cleaning "duplicates were removed"
  osaid-graph what-if osaid.yaml --patch fill-in.diff
  osaid-graph what-if osaid.yaml --edited draft.yaml
"""


@click.command(name="what-if", short_help="Show what would change if something were stated.", epilog=_EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--patch", metavar="FILE", help="With this patch of a manifest; what is TODO in it counts as filled in.")
@click.option("--edited", metavar="FILE", help="With this in the place of the manifest.")
@click.option(
    "--state",
    "stated",
    nargs=3,
    multiple=True,
    metavar="NODE KEY VALUE",
    help="With one more key; repeatable.",
)
@click.option(
    "--fix", "fixes", multiple=True, metavar="REQUIREMENT", help="With the statements that close its gaps; repeatable."
)
@subject_option()
@terms_option
@definition_option
@report_option("text", "json")
@output_option
@click.option("--quiet", "-q", is_flag=True, help="Text: the two verdicts alone.")
@color_option
@click.option("--date", metavar="YYYY-MM-DD", help="Date of the assessments (default: today, or SOURCE_DATE_EPOCH).")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if a requirement was lost.")
def command(
    inputs: tuple[str, ...],
    patch: str | None,
    edited: str | None,
    stated: tuple[tuple[str, str, str], ...],
    fixes: tuple[str, ...],
    subject: str | None,
    terms: str | None,
    version: str | None,
    report: str,
    output: str | None,
    quiet: bool,
    color: str,
    date: str | None,
    exit_zero: bool,
) -> int:
    """Compare a release as it is with what it would be; nothing is written.

    Without an option, with all statements of osaid-graph plan, each answered. Exits with 1 if a requirement that binds
    would come out worse.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    from osaid_graph.assessment.compare import compare
    from osaid_graph.cli.release import refuse_corpora
    from osaid_graph.planning.statements import Assessing
    from osaid_graph.planning.what_if import with_edited, with_fixes, with_patch, with_statement
    from osaid_graph.reports import RenderOptions
    from osaid_graph.reports.comparison import render
    from osaid_graph.reports.remaining import remaining
    from osaid_graph.validation.definition import DEFAULT_VERSION

    if sum(map(bool, (patch, edited, stated, fixes))) > 1:
        raise UsageError("one question at a time", "give one of --patch, --edited, --state and --fix")
    if "-" in inputs:
        raise UsageError("what is read once cannot be assessed twice", "name a file in the place of -")
    refuse_corpora(
        inputs,
        "what would be stated is tried in the documents of a release",
        f"name these: osaid-graph check {inputs[0]} --subject NODE -F json lists them as inputs",
    )
    assessing = Assessing(inputs, subject, terms, version or DEFAULT_VERSION, day_of(date))
    with working(quiet, "assessing"):
        before = assessing.examined()
        if patch is not None:
            files = with_patch(before, _content(patch), patch)
        elif edited is not None:
            files = with_edited(before, edited)
        elif stated:
            files = {}
            for node, key, value in stated:
                files = with_statement(before, files, node, key, value)
        else:
            files = with_fixes(assessing, before, fixes)
        comparison = compare(before, assessing.examined(files))
    read = [source.name for source in before.assessment.inputs]
    check_output(output, [*read, *(name for name in (patch, edited) if name and name != "-")])
    options = RenderOptions(color=use_color(color) and (color == "always" or output in (None, "-")), quiet=quiet)
    text = render(comparison, report, options)
    write(text + (remaining(comparison.new) if report == "text" and not quiet else ""), output)
    return 1 if comparison.has_losses and not exit_zero else 0


def _content(name: str) -> str:
    """Return the text of a patch."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("not UTF-8", "save it as UTF-8", source=name) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be read: {why}", "name a file", source=name) from None
