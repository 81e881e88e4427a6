"""``osaid-graph query``: ask questions in SPARQL."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from osaid_graph.cli.answers import answer_width, set_option, set_values
from osaid_graph.cli.day import day_of
from osaid_graph.cli.output import check_output, output_option, write
from osaid_graph.cli.progress import reading_progress
from osaid_graph.cli.reading import from_option
from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from osaid_graph.query.library import NamedQuery
    from osaid_graph.query.store import Entailment

_EPILOG = """\b
Examples:
  osaid-graph query
  osaid-graph query upstream
  osaid-graph query upstream data/releases/bloom-176b.yaml --set node=bloom
  osaid-graph query --sparql 'SELECT ?x { ?x a osaid:Dataset } ORDER BY ?x' data/releases
  osaid-graph query -f mine.rq data/releases --set node=bloom --format json -o answer.json
"""


@click.command(name="query", short_help="Ask what the INPUTs say and what follows from it.", epilog=_EPILOG)
@click.argument("arguments", nargs=-1, metavar="[NAME] [INPUT]...")
@click.option(
    "--file",
    "-f",
    "file",
    metavar="FILE",
    help="Run the SPARQL query in FILE; its head (#+ param: ...) says what --set takes.",
)
@click.option("--sparql", metavar="TEXT", help="Run this SPARQL query instead of a named one.")
@set_option
@click.option(
    "--format",
    "-F",
    "format_name",
    type=click.Choice(["table", "csv", "tsv", "json", "parquet", "turtle", "ntriples"]),
    help="Format of the answer (default: table; turtle for CONSTRUCT).",
)
@output_option
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="Give a query up after so long; 0 for never.",
)
@click.option(
    "--entail",
    type=click.Choice(["none", "check", "owl-rl"]),
    default="check",
    show_default=True,
    help="What is added to the statements: nothing, what a check adds, or all of OWL 2 RL (slow).",
)
@click.option("--assess", "with_findings", is_flag=True, help="Assess what is described; ask about the findings too.")
@click.option("--subject", metavar="NODE", help="Of inputs of many descriptions, read this and its sources alone.")
@from_option
@click.option("--terms", metavar="POLICY", help="Terms policy: strict, osd-conformant (default) or free-by-nature.")
@click.option(
    "--definition", "version", metavar="VERSION|DIR", help="Version of the definition, or the folder of a profile."
)
@click.option("--date", metavar="YYYY-MM-DD", help="Day of the assessments (default: today, or SOURCE_DATE_EPOCH).")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar.")
def command(
    arguments: tuple[str, ...],
    file: str | None,
    sparql: str | None,
    given: tuple[str, ...],
    format_name: str | None,
    output: str | None,
    timeout: float,
    entail: Entailment,
    with_findings: bool,
    subject: str | None,
    read_as: str | None,
    terms: str | None,
    version: str | None,
    date: str | None,
    quiet: bool,
) -> int:
    """Ask in SPARQL what is said, by whom, and what was found.

    Asked is what the INPUTs say together, what follows from it, who says what, and what an assessment finds.
    NAME is a query that is shipped: without it they are listed, without INPUT it is explained. An INPUT is what check
    takes; one of many descriptions (a list of the Hub) is read whole.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    from osaid_graph.cli.query_words import explanation, listing

    if not arguments and file is None and sparql is None:
        write(listing(), output)
        return 0
    query, inputs = _chosen(arguments, file, sparql)
    if not inputs:
        write(explanation(query), output)
        return 0
    from osaid_graph.query.formats import chosen_format, written
    from osaid_graph.query.parameters import bindings, complete
    from osaid_graph.query.run import ask
    from osaid_graph.query.store import names

    values = complete(query, _declared(query, set_values(given), file or sparql))
    form = chosen_format(query.form, format_name)
    check_output(output, inputs)
    findings = with_findings or query.needs_findings
    store = _store(inputs, read_as, subject, entail, terms, version, (findings, date), quiet=quiet)
    bound = bindings(query, values, lambda: names(store))
    answer = ask(store, query.text, bound, timeout=timeout or None, source=file or "--sparql")
    write(written(answer, form, answer_width(output)), output)
    return 0


def _declared(query: NamedQuery, values: dict[str, str], own: str | None) -> dict[str, str]:
    """Return values of parameters; for a query of one's own, what is not declared at its head is told with how."""
    known = {parameter.name for parameter in query.parameters}
    for name in values if own is not None else ():
        if name not in known:
            hint = f"say what it is at the head of the query, such as #+ param: {name} node what it is for"
            raise UsageError(f"no parameter {name!r}", hint)
    return values


def _chosen(arguments: tuple[str, ...], file: str | None, sparql: str | None) -> tuple[NamedQuery, tuple[str, ...]]:
    """Return the query that is asked for, and the inputs."""
    from osaid_graph.query.library import named_queries, named_query, query_of_file, read_query

    if file is not None and sparql is not None:
        raise UsageError("both --file and --sparql", "give one query")
    if file is None and sparql is None:
        return named_query(arguments[0]), arguments[1:]
    if arguments and arguments[0] in named_queries():
        option = "--sparql" if file is None else "--file"
        raise UsageError(
            f"both the query {arguments[0]!r} and {option}",
            f"give one; for a file of that name write ./{arguments[0]}",
        )
    if not arguments:
        raise UsageError("no INPUT to ask about", "name a description: osaid-graph query --help")
    return (query_of_file(file) if file is not None else read_query(sparql or "", "the query", "--sparql")), arguments


def _store(
    inputs: tuple[str, ...],
    read_as: str | None,
    subject: str | None,
    entail: Entailment,
    terms: str | None,
    version: str | None,
    findings: tuple[bool, str | None],
    *,
    quiet: bool,
) -> ox.Store:
    """Read the inputs, assess what they describe where findings are asked for, and return what can be asked."""
    from osaid_graph.assessment.survey import survey
    from osaid_graph.graph.dump import read_dumps
    from osaid_graph.graph.load import load_apart
    from osaid_graph.query.store import build
    from osaid_graph.validation.definition import DEFAULT_VERSION

    with_findings, date = findings
    with reading_progress(quiet) as progress:
        release, dumps = load_apart(inputs, read_as)
        if subject is not None and dumps:
            read_dumps(dumps, release, subject, progress)
            dumps = []
        if dumps and with_findings:
            hint = "name one of them with --subject ORG/NAME: it is read with all that it was made from"
            raise UsageError("many descriptions are not assessed at once", hint, source=dumps[0].name)
        asked = version or DEFAULT_VERSION
        found = survey(release, terms=terms, version=asked, today=day_of(date)) if with_findings else ()
        return build(
            release,
            dumps,
            entailment=entail,
            terms=terms,
            version=version,
            assessments=[each.assessment for each in found],
            progress=progress,
        )
