"""``osaid-graph query``: ask questions in SPARQL."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from osaid_graph.cli.answers import answer_width, set_option, set_values
from osaid_graph.cli.endpoint import (
    MEGABYTE,
    EndpointOptions,
    as_sent,
    asked_of,
    dump_graph,
    endpoint_of,
    endpoint_options,
    refuse_endpoint,
    refuse_inputs,
)
from osaid_graph.cli.output import check_output, output_option, write, write_by
from osaid_graph.cli.progress import working
from osaid_graph.cli.query_inputs import Inputs
from osaid_graph.cli.reading import from_option
from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from osaid_graph.query.library import NamedQuery
    from osaid_graph.query.run import Answer
    from osaid_graph.query.store import Entailment
    from osaid_graph.query.terms import Term

_EPILOG = """\b
Examples:
  osaid-graph query
  osaid-graph query upstream
  osaid-graph query upstream data/releases/bloom-176b.yaml --set node=bloom
  osaid-graph query --sparql 'SELECT ?x { ?x a osaid:Dataset } ORDER BY ?x' data/releases
  osaid-graph query -f mine.rq data/releases --set node=bloom --format json -o answer.json
  osaid-graph query upstream --corpus hub --set node=bigscience/bloom
  osaid-graph query upstream --endpoint https://host/sparql --set node=bigscience/bloom
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
@click.option("--corpus", metavar="DIR", help="Ask a corpus, by an index that is made in it once and kept.")
@click.option(
    "--memory",
    type=click.IntRange(min=0),
    default=4096,
    show_default=True,
    metavar="MB",
    help="Give a query up that takes more; 0 for all there is.",
)
@endpoint_options
@click.option("--explain", is_flag=True, help="Show the query with its values instead of asking it.")
@click.option("--dump", is_flag=True, help="Write all that can be asked of the INPUTs as N-Quads, for an endpoint.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar.")
@click.pass_context
def command(
    context: click.Context,
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
    corpus: str | None,
    memory: int,
    at: EndpointOptions,
    explain: bool,
    dump: bool,
    quiet: bool,
) -> int:
    """Ask in SPARQL what is said, by whom, and what was found.

    Asked is what the INPUTs say together, what follows from it, who says what, and what an assessment finds.
    NAME is a query that is shipped: without it they are listed, without INPUT it is explained. An INPUT is what check
    takes; one of many descriptions (a list of the Hub) is read whole, or is asked as a corpus. An endpoint is asked
    what was loaded into it: nothing is added there.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    inputs = Inputs(arguments, read_as, subject, entail, terms, version, with_findings, date, quiet, corpus)
    if not at.url:
        refuse_endpoint(context, dump=dump)
    if dump:
        return _dump(context, inputs, at, output)
    if not arguments and file is None and sparql is None:
        from osaid_graph.cli.query_words import listing

        write(listing(), output)
        return 0
    query, inputs.names = _chosen(arguments, file, sparql, here=not at.url and corpus is None)
    if at.url:
        refuse_inputs(context, inputs.names)
    else:
        inputs.find_corpus(context)
    if not at.url and not inputs.names:
        from osaid_graph.cli.query_words import explanation

        write(explanation(query), output)
        return 0
    from osaid_graph.query.formats import chosen_format, written
    from osaid_graph.query.parameters import complete

    values = complete(query, _declared(query, set_values(given), file or sparql))
    form = chosen_format(query.form, format_name)
    check_output(output, inputs.names)
    source = "" if file is None and sparql is None else file or "--sparql"
    asking = _Asking(query, values, source, timeout, memory)
    if explain:
        write(_as_sent(asking, inputs, at), output)
    else:
        write(written(_answer(asking, inputs, at), form, answer_width(output)), output)
    return 0


@dataclass(frozen=True, slots=True)
class _Asking:
    """A query, what was written for its parameters, where it stands, and the seconds and MB that it may take."""

    query: NamedQuery
    values: dict[str, str]
    source: str
    timeout: float
    memory: int


def _answer(asking: _Asking, inputs: Inputs, at: EndpointOptions) -> Answer:
    """Ask an endpoint if one is named, else the inputs."""
    if at.url:
        from osaid_graph.query.endpoint.ask import ask_endpoint

        endpoint = endpoint_of(at, asking.timeout)
        with working(inputs.quiet, "asking"):
            return ask_endpoint(endpoint, asked_of(endpoint, asking.query, asking.values, asking.source))
    from osaid_graph.query.run import QueryTimeout, QueryTooLarge, ask

    store, bound = _bound(asking, inputs)
    memory = asking.memory * MEGABYTE or None
    try:
        with working(inputs.quiet, "asking"):
            return ask(
                store, asking.query.text, bound, timeout=asking.timeout or None, memory=memory, source=asking.source
            )
    except (QueryTimeout, QueryTooLarge) as error:
        if command := asking.query.from_lineage(asking.values, inputs.names):
            error.hint = f"{command} answers it from the lineage; or {error.hint}"
        raise


def _as_sent(asking: _Asking, inputs: Inputs, at: EndpointOptions) -> str:
    """Return the query with its values, as an endpoint is sent it."""
    if at.url:
        endpoint = endpoint_of(at, asking.timeout)
        return as_sent(endpoint, asked_of(endpoint, asking.query, asking.values, asking.source))
    from osaid_graph.query.substitution import substituted

    return substituted(asking.query.sparql, _bound(asking, inputs)[1], asking.source).rstrip() + "\n"


def _bound(asking: _Asking, inputs: Inputs) -> tuple[ox.Store, dict[str, Term]]:
    """Return what can be asked about the inputs, and the values of parameters in it."""
    from osaid_graph.query.parameters import bindings

    store, names = inputs.opened(asking.query)
    return store, bindings(asking.query, asking.values, names)


def _dump(context: click.Context, inputs: Inputs, at: EndpointOptions, output: str | None) -> int:
    """Write all that can be asked about the inputs, for an endpoint."""
    if at.url:
        raise UsageError("both --endpoint and --dump", "write with --dump, load that, then ask with --endpoint")
    inputs.find_corpus(context)
    if not inputs.names:
        raise UsageError("no INPUT to write", "name a description: osaid-graph query --help")
    check_output(output, inputs.names)
    graph = dump_graph(at)
    if inputs.corpus and output in (None, "-"):
        raise UsageError("what can be asked of a corpus is for a file", "name one with --output")
    store, _ = inputs.opened()
    if inputs.corpus and output is not None:
        from osaid_graph.query.dump import write_n_quads

        with working(inputs.quiet, "writing"):
            write_by(lambda file: write_n_quads(store, file, graph), output)
    else:
        from osaid_graph.query.dump import n_quads

        with working(inputs.quiet, "writing"):
            lines = n_quads(store, graph)
        write(lines, output)
    return 0


def _declared(query: NamedQuery, values: dict[str, str], own: str | None) -> dict[str, str]:
    """Return values of parameters; for a query of one's own, what is not declared at its head is told with how."""
    known = {parameter.name for parameter in query.parameters}
    for name in values if own is not None else ():
        if name not in known:
            hint = f"say what it is at the head of the query, such as #+ param: {name} node what it is for"
            raise UsageError(f"no parameter {name!r}", hint)
    return values


def _chosen(
    arguments: tuple[str, ...], file: str | None, sparql: str | None, *, here: bool
) -> tuple[NamedQuery, tuple[str, ...]]:
    """Return the query that is asked for, and the inputs; ``here`` is whether these are asked, and no endpoint."""
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
    if not arguments and here:
        raise UsageError("no INPUT to ask about", "name a description: osaid-graph query --help")
    return (query_of_file(file) if file is not None else read_query(sparql or "", "the query", "--sparql")), arguments
