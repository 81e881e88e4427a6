"""``osaid-graph check``: assess a release."""

from __future__ import annotations

import logging
import sys

import click

from osaid_graph.cli.assessed import definition_option, subject_option, terms_option
from osaid_graph.cli.baseline import baseline_option, compared
from osaid_graph.cli.day import day_of
from osaid_graph.cli.output import check_output, color_option, output_option, report_option, use_color, write
from osaid_graph.cli.progress import reading_progress


@click.command(name="check", epilog="Example: osaid-graph check data/releases/bloom-176b.yaml")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@subject_option()
@terms_option
@definition_option
@click.option(
    "--from",
    "format_name",
    metavar="FORMAT",
    help="Read every input in this format instead of detecting it: osaid.yaml, turtle, n-quads, json-ld, "
    "rdf-xml, hf-model-card, hf-dataset-card, hub-list, croissant, spdx3, cyclonedx, mot, osai-index, "
    "data-provenance, ro-crate, codemeta, citation-cff, prov-json, prov-n, mldcat-ap, fair4ml or "
    "license-file.",
)
@report_option(
    "text",
    "json",
    "turtle",
    "sarif",
    "junit",
    "markdown",
    "html",
    "csv",
    "badge",
    more="what each is for: docs/reports.md",
)
@output_option
@click.option("--quiet", "-q", is_flag=True, help="Text report: the verdict alone.")
@click.option(
    "--verbose",
    "-v",
    is_flag=True,
    help="Text report: every finding, however many share a rule, and every field that was not read.",
)
@color_option
@click.option("--date", metavar="YYYY-MM-DD", help="Date of the assessment (default: today, or SOURCE_DATE_EPOCH).")
@baseline_option
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if gaps were found.")
@click.pass_context
def command(
    ctx: click.Context,
    inputs: tuple[str, ...],
    subject: str | None,
    terms: str | None,
    version: str | None,
    format_name: str | None,
    report: str,
    output: str | None,
    quiet: bool,
    verbose: bool,
    color: str,
    date: str | None,
    baseline: str | None,
    exit_zero: bool,
) -> int:
    """Assess the release that the INPUTs describe together.

    An INPUT is a file in any known format (a model card, osaid.yaml, Croissant, SPDX, CycloneDX, RDF, ...), a folder of
    such files, or - for standard input. ID=FILE tells what a file describes that does not say so itself. Instead of
    these, INPUT may be a corpus, in which --subject names the release.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    from osaid_graph.assessment.assess import assess
    from osaid_graph.cli.contents import telling_contents
    from osaid_graph.cli.release import read_release
    from osaid_graph.reports import RenderOptions, render
    from osaid_graph.standing import Standing
    from osaid_graph.validation.definition import DEFAULT_VERSION

    day = day_of(date)
    with reading_progress(quiet) as progress:
        release = read_release(inputs, format_name, subject, progress)
    with telling_contents(release):
        assessment = assess(
            release,
            subject=subject,
            terms=terms,
            version=version or DEFAULT_VERSION,
            today=day,
            notify=_tell if sys.stderr.isatty() and not quiet else None,
        )
    assessment = compared(assessment, baseline)
    check_output(output, (source.name for source in assessment.inputs))
    options = RenderOptions(
        color=use_color(color) and (color == "always" or output in (None, "-")), verbose=verbose, quiet=quiet
    )
    write(render(assessment, report, options), output)
    return 1 if Standing(assessment).fails and not exit_zero else 0


def _tell(sentence: str) -> None:
    click.echo(sentence, err=True)
