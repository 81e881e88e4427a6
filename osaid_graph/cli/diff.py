"""``osaid-graph diff``: what changed in an assessment, and what caused it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from osaid_graph.cli.assessed import subject_option
from osaid_graph.cli.day import day_of
from osaid_graph.cli.output import check_output, color_option, output_option, report_option, use_color, write
from osaid_graph.cli.progress import reading_progress, working
from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    from osaid_graph.assessment.assess import Examination


_EXAMPLES = """\b
Examples:
  osaid-graph diff old.yaml new.yaml
  osaid-graph diff old.yaml new.yaml --with judgements.yaml
  osaid-graph diff --definition 1.0-rc1 --definition 1.0 osaid.yaml
  osaid-graph diff --terms strict --terms osd-conformant osaid.yaml
"""


@click.command(
    name="diff",
    short_help="Show what changed between two descriptions, and why.",
    epilog=_EXAMPLES,
)
@click.argument("inputs", nargs=-1, required=True, metavar="OLD NEW | INPUT...")
@click.option(
    "--with", "shared", multiple=True, metavar="FILE", help="Read FILE together with both, such as judgements."
)
@subject_option()
@click.option(
    "--definition",
    "chosen_versions",
    multiple=True,
    metavar="VERSION|DIR",
    help="Version of the definition, or folder of a profile; twice, to compare the two on one release.",
)
@click.option(
    "--terms",
    "policies",
    multiple=True,
    metavar="POLICY",
    help="Terms policy; twice, to compare the two on one release.",
)
@report_option("text", "json")
@output_option
@click.option("--quiet", "-q", is_flag=True, help="Text: the two verdicts alone.")
@color_option
@click.option("--date", metavar="YYYY-MM-DD", help="Date of the assessments (default: today, or SOURCE_DATE_EPOCH).")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if a requirement was lost.")
def command(
    inputs: tuple[str, ...],
    shared: tuple[str, ...],
    subject: str | None,
    chosen_versions: tuple[str, ...],
    policies: tuple[str, ...],
    report: str,
    output: str | None,
    quiet: bool,
    color: str,
    date: str | None,
    exit_zero: bool,
) -> int:
    """Compare two descriptions of a release: requirements gained and lost, and what caused each.

    With two of --definition, or two of --terms, the inputs are one release, compared under the one and the other.
    Either may be a corpus, in which --subject names the release.
    Exits with 1 if a requirement that binds came out worse, else with 0.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    from osaid_graph.assessment.assess import examine
    from osaid_graph.assessment.compare import compare
    from osaid_graph.cli.contents import telling_contents
    from osaid_graph.cli.release import read_release
    from osaid_graph.reports import RenderOptions
    from osaid_graph.reports.comparison import render
    from osaid_graph.validation.definition import DEFAULT_VERSION

    sides = _sides(inputs, len(chosen_versions), len(policies))
    both_versions = chosen_versions or (DEFAULT_VERSION,)
    both_policies: tuple[str | None, ...] = policies or (None,)
    day = day_of(date)

    def examined(side: tuple[str, ...], number: int) -> Examination:
        with reading_progress(quiet) as progress:
            release = read_release([*side, *shared], None, subject, progress)
        with telling_contents(release), working(quiet, "assessing"):
            return examine(
                release,
                subject=subject,
                version=both_versions[min(number, len(both_versions) - 1)],
                terms=both_policies[min(number, len(both_policies) - 1)],
                today=day,
            )

    old, new = (examined(side, number) for number, side in enumerate(sides))
    comparison = compare(old, new)
    check_output(output, (source.name for side in (comparison.old, comparison.new) for source in side.inputs))
    options = RenderOptions(color=use_color(color) and (color == "always" or output in (None, "-")), quiet=quiet)
    write(render(comparison, report, options), output)
    return 1 if comparison.has_losses and not exit_zero else 0


def _sides(inputs: tuple[str, ...], versions: int, policies: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the inputs of the older and of the newer side.

    Raises:
        UsageError: It cannot be told which two are to be compared.
    """
    if versions > 2 or policies > 2:
        raise UsageError("two can be compared, not more", "give --definition, or --terms, at most twice")
    if versions == 2 or policies == 2:
        return inputs, inputs
    if len(inputs) != 2:
        raise UsageError(
            f"two descriptions are compared, found {len(inputs)}",
            "name OLD and NEW, or one release with two of --definition or --terms; --with names what belongs to both",
        )
    return inputs[:1], inputs[1:]
