"""``osaid-graph plan``: what to document or relicense first."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from osaid_graph.cli.assessed import definition_option, terms_option
from osaid_graph.cli.day import day_of
from osaid_graph.cli.output import check_output, color_option, output_option, report_option, use_color, write
from osaid_graph.cli.progress import reading_progress, working
from osaid_graph.cli.reading import read_lineage
from osaid_graph.cli.release import corpus_among
from osaid_graph.errors import UsageError, printable

if TYPE_CHECKING:
    from osaid_graph.assessment.assess import Examination
    from osaid_graph.graph.dump import Dump
    from osaid_graph.graph.release import Release
    from osaid_graph.lineage.index import Lineage
    from osaid_graph.planning.backlog import Backlog
    from osaid_graph.planning.price_list import PriceList
    from osaid_graph.planning.priorities import Priorities
    from osaid_graph.plans import FrontierPlan, Kind, StatementPlan, Unit

#: Bytes that the tables of a corpus may take.
_MEMORY = 1 << 30
#: Corners of the frontier shown as text unless asked otherwise.
_TOP = 20
_KINDS = ("documentation", "contradiction", "disclosure", "release", "relicensing", "judgement")
_EXAMPLES = """\b
Examples:
  osaid-graph plan osaid.yaml
  osaid-graph plan osaid.yaml --patch > fill-in.diff; patch -p1 < fill-in.diff
  osaid-graph plan data/releases --only documentation
  osaid-graph plan models.jsonl.gz datasets.jsonl.gz --gaps license --budget 100
  osaid-graph plan hub --gaps findings --top 5
"""


class _Number(click.ParamType):  # type: ignore[type-arg]
    """A number above zero: 2, 0.5 or 1/3."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        try:
            number = Fraction(str(value)) if len(str(value)) <= 30 and "e" not in str(value) else Fraction(0)
        except (ValueError, ZeroDivisionError):
            number = Fraction(0)
        if number <= 0:
            self.fail(f"{value!r} is no number above zero, such as 2, 0.5 or 1/3", param, ctx)
        return number


@click.command(name="plan", short_help="Show what to document or relicense first.", epilog=_EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--subject", multiple=True, metavar="NODE", help="Not for a corpus: plan for NODE alone; repeatable.")
@click.option(
    "--patch", is_flag=True, help="One release, no corpus: print the statements as a patch of its osaid.yaml."
)
@click.option("--unit", type=click.Choice(["statement", "node"]), help="What counts as one piece of effort.")
@click.option("--costs", metavar="FILE", help="CSV with node or requirement, and cost: the effort of each, if not 1.")
@click.option("--weights", metavar="FILE", help="CSV with node and weight: what freeing a release is worth, if not 1.")
@click.option(
    "--only",
    type=click.Choice(_KINDS),
    multiple=True,
    help="Not for a corpus: count this kind of effort alone; repeatable.",
)
@click.option(
    "--gaps",
    metavar="KIND,...",
    help="What to close: findings, what the assessments find; or license, described, issued or withdrawn, what the "
    "statements themselves leave out (default: findings; for lists of the Hub and a corpus, license).",
)
@click.option("--budget", type=_Number(), help="The best plan that costs no more, in the place of the frontier.")
@click.option("--price", type=_Number(), help="The best plan where a freed release is worth this effort.")
@click.option(
    "--top", type=click.IntRange(1), metavar="N", help="Many releases: corners of the frontier shown (text: 20)."
)
@terms_option
@definition_option
@report_option("text", "json", "csv")
@output_option
@click.option("--verbose", "-v", is_flag=True, help="Text: every statement of each plan.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar.")
@color_option
@click.option("--date", metavar="YYYY-MM-DD", help="Date of the assessment (default: today, or SOURCE_DATE_EPOCH).")
def command(
    inputs: tuple[str, ...],
    subject: tuple[str, ...],
    patch: bool,
    unit: str | None,
    costs: str | None,
    weights: str | None,
    only: tuple[str, ...],
    gaps: str | None,
    budget: Fraction | None,
    price: Fraction | None,
    top: int | None,
    terms: str | None,
    version: str | None,
    report: str,
    output: str | None,
    verbose: bool,
    quiet: bool,
    color: str,
    date: str | None,
) -> int:
    """Show what to fix first so that most releases have no gap left that a machine can decide.

    For many releases this is the frontier: for each effort on it, no plan frees more releases. A gap that several
    releases share, such as an upstream dataset without provenance, is paid once.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    from osaid_graph.graph.load import load_apart
    from osaid_graph.planning.backlog import of_assessments, of_lineage
    from osaid_graph.planning.priorities import Priorities
    from osaid_graph.reports import RenderOptions, statements
    from osaid_graph.reports.plan import render

    if budget is not None and price is not None:
        raise UsageError("a budget and a price are two questions", "give --budget or --price")
    cost, weight = _prices(costs, weights)
    corpus = corpus_among(inputs)
    release, dumps = load_apart(() if corpus else inputs)
    names = [*(source.name for source in release.sources), *(dump.name for dump in dumps), *filter(None, (corpus,))]
    options = RenderOptions(use_color(color) and (color == "always" or output in (None, "-")), verbose=verbose)
    lists = next((dump.name for dump in dumps), "")
    criteria = _criteria(gaps, lists, is_corpus=corpus is not None)
    if corpus is not None and (patch or only or subject):
        raise _not_of_a_corpus(corpus, criteria)
    if criteria:
        if patch or only or subject:
            raise UsageError("a plan on the lineage has no statements", "leave out --patch, --only and --subject")
        if terms or version or date or unit == "statement":
            hint = "leave out --terms, --definition, --date and --unit statement"
            if corpus:
                hint += "; --gaps findings plans for what its assessment found"
            raise UsageError("a plan on the lineage assesses nothing", hint)
        backlog = of_lineage(_lineage(release, dumps, corpus, quiet), criteria)
        unit = "node"
    elif corpus is not None:
        if date:
            hint = f"osaid-graph corpus assess {corpus} --date {date} comes first; leave out --date here"
            raise UsageError(f"{corpus}: a plan counts what was found on the day of the assessment", hint)
        backlog = _of_corpus(corpus, "node" if unit == "node" else "statement", terms, version, cost is None, quiet)
    else:
        frontier = any((budget, price, unit, costs, weights, only))
        if patch and (frontier or top or report != "text"):
            hint = "leave out --patch, or all of --budget, --price, --unit, --costs, --weights, --only, --top and -F"
            raise UsageError("a patch has every statement, and is no report", hint)
        for_many = report == "csv" or frontier
        examinations = _assessments(release, subject, terms, version, date, quiet)
        if len(examinations) == 1 and (patch or not for_many):
            if top:
                hint = "leave out --top, or plan for several releases; --unit statement has the frontier of one, too"
                raise UsageError("--top: a plan of one release has every statement, and no corners", hint)
            with working(quiet, "planning"):
                plan = _statements(inputs, examinations[0], terms, version, date)
            check_output(output, names)
            write(plan.patch if patch else statements.render(plan, report, options), output)
            return 0
        if patch:
            raise UsageError(f"{len(examinations)} releases are described", "choose one with --subject for a patch")
        backlog = of_assessments(examinations, "node" if unit == "node" else "statement", _kinds(only))
    check_output(output, [*names, *filter(None, (costs, weights))])
    for file, prices in ((costs, cost), (weights, weight)):
        _tell_unused(file, prices.unused(backlog) if prices else (), quiet)
    priorities = Priorities(
        backlog,
        "node" if unit == "node" else "statement",
        cost.cost if cost else None,
        weight.weight if weight else None,
    )
    with working(quiet, "planning"):
        planned = _plan(priorities, budget, price, top, report)
    write(render(planned, report, options), output)
    return 0


def _criteria(gaps: str | None, lists: str, *, is_corpus: bool) -> tuple[str, ...]:
    """Return the criteria that are gaps where they are not met; none where the gaps are what assessments find.

    Args:
        gaps: As of ``--gaps``.
        lists: The name of an input that is a list of many descriptions; empty where there is none.
        is_corpus: Whether the input is a corpus.
    """
    usual = "license" if lists or is_corpus else "findings"
    words = tuple(word.strip() for word in (gaps or usual).split(","))
    if "findings" not in words:
        _check(words, findings_too=not lists)
        return words
    if len(words) > 1:
        raise UsageError(f"--gaps {gaps}: findings stand alone", "choose the one or the other")
    if lists:
        hint = "--gaps license; or build a corpus of them, assess it, and name that"
        raise UsageError("many descriptions are not assessed at once", hint, source=lists)
    return ()


def _check(criteria: Sequence[str], *, findings_too: bool) -> None:
    """Refuse what is no criterion, with all that there are, and ``findings`` where that may be asked for."""
    from osaid_graph.lineage.gaps import criterion

    for name in criteria:
        try:
            criterion(name)
        except UsageError as error:
            other = "; or findings, what the assessment found" if findings_too else ""
            raise UsageError(error.message, f"{error.hint}{other}") from None


def _not_of_a_corpus(corpus: str, criteria: Sequence[str]) -> UsageError:
    """Return what is wrong with options for one release where a corpus is planned for."""
    counted = ""
    if criteria:
        counted = f", and counts what the lineage leaves out ({', '.join(criteria)}) unless --gaps findings"
    return UsageError(
        f"{corpus}: a plan of a corpus is for all its releases{counted}",
        "leave out --patch, --only and --subject; to plan one release, name its documents in the place of the corpus",
    )


def _lineage(release: Release, dumps: list[Dump], corpus: str | None, quiet: bool) -> Lineage:
    from osaid_graph.assessment.assess import prepare
    from osaid_graph.lineage.artifacts import lineage_of

    with reading_progress(quiet) as progress:
        if corpus is not None:
            return read_lineage([corpus], None, progress).lineage
        return lineage_of(prepare(release), release, dumps, progress)


def _of_corpus(folder: str, unit: Unit, terms: str | None, version: str | None, together: bool, quiet: bool) -> Backlog:
    from osaid_graph.corpus.open import Corpus
    from osaid_graph.corpus.reports import as_assessed
    from osaid_graph.engines.duckdb import DuckDB
    from osaid_graph.planning.of_corpus import of_corpus

    corpus = Corpus.open(folder)
    asked, _ = as_assessed(corpus, terms, version)
    engine = DuckDB(_MEMORY)
    try:
        corpus.attach(engine)
        with working(quiet, "counting gaps"):
            return of_corpus(engine, corpus, asked, unit, together=together)
    finally:
        engine.close()


def _assessments(
    release: Release, subject: tuple[str, ...], terms: str | None, version: str | None, date: str | None, quiet: bool
) -> tuple[Examination, ...]:
    from osaid_graph.assessment.survey import survey
    from osaid_graph.cli.contents import telling_contents
    from osaid_graph.validation.definition import DEFAULT_VERSION

    with telling_contents(release), reading_progress(quiet, "assessing") as progress:
        return survey(
            release,
            subject or None,
            terms=terms,
            version=version or DEFAULT_VERSION,
            today=day_of(date),
            progress=progress,
        )


def _statements(
    inputs: tuple[str, ...], before: Examination, terms: str | None, version: str | None, date: str | None
) -> StatementPlan:
    from osaid_graph.planning.statements import Assessing, plan_statements
    from osaid_graph.validation.definition import DEFAULT_VERSION

    if "-" in inputs:
        raise UsageError("what is read once cannot be assessed twice", "name a file in the place of -")
    assessing = Assessing(inputs, before.assessment.subject, terms, version or DEFAULT_VERSION, day_of(date))
    return plan_statements(assessing, before).plan


def _kinds(only: tuple[str, ...]) -> list[Kind]:
    from osaid_graph.plans import KINDS

    return [kind for kind in KINDS if kind in only]


def _prices(costs: str | None, weights: str | None) -> tuple[PriceList | None, PriceList | None]:
    """Read the files of prices, before the work that they are for."""
    from osaid_graph.planning.price_list import read_prices
    from osaid_graph.validation.definition import requirements
    from osaid_graph.validation.requirements import declared

    known = set(declared(requirements())) if costs else set()
    return (
        read_prices(costs, "cost", known.__contains__) if costs else None,
        read_prices(weights, "weight") if weights else None,
    )


def _tell_unused(file: str | None, unused: Sequence[str], quiet: bool) -> None:
    if unused and not quiet:
        from osaid_graph.identity import short

        shown = ", ".join(map(short, unused[:3])) + (", ..." if len(unused) > 3 else "")
        rows = f"{len(unused):,} row{'s name' if len(unused) > 1 else ' names'} nothing that this plan has"
        click.echo(printable(f"{file}: {rows}: {shown} (of a dataset of the Hub: datasets/org/name)"), err=True)


def _plan(
    priorities: Priorities, budget: Fraction | None, price: Fraction | None, top: int | None, report: str
) -> FrontierPlan:
    if budget is not None:
        return priorities.plan([priorities.within(budget)])
    if price is not None:
        return priorities.plan([priorities.at(price)])
    most = top or (_TOP if report == "text" else None)
    return priorities.plan(priorities.corners(most))
