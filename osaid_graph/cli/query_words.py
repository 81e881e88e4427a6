"""What ``osaid-graph query`` tells of its queries: the list, and one explained."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from osaid_graph.errors import printable
from osaid_graph.query.library import NamedQuery, Parameter, named_queries, named_query

_WIDTH = 100


def listing() -> str:
    """Return the names of all queries that are shipped, each with its summary."""
    queries = [named_query(name) for name in named_queries()]
    width = max(len(query.name) for query in queries)
    lines = [f"{query.name:<{width}}  {query.summary}" for query in queries]
    lines += ["", "osaid-graph query NAME explains one, osaid-graph query NAME INPUT... asks it."]
    return "".join(f"{line}\n" for line in lines)


def explanation(query: NamedQuery) -> str:
    """Return what a query asks, what it takes and gives, how to run it, and its SPARQL."""
    return "".join(f"{printable(line)}\n" for line in _explanation(query))


def _explanation(query: NamedQuery) -> Iterator[str]:
    yield f"{query.name}: {query.summary}" if query.summary else query.name
    if query.description:
        yield ""
        yield from textwrap.wrap(query.description, _WIDTH)
    yield from parameter_lines(query.parameters)
    if query.columns:
        yield ""
        yield "Columns:"
        yield from rows(list(query.columns))
    if query.needs_findings:
        yield ""
        yield "The releases are assessed first."
    if query.example:
        yield ""
        yield "Example:"
        yield f"  osaid-graph query {query.name} {query.example}"
    if query.command:
        yield ""
        yield "From the lineage alone, however large:"
        yield f"  osaid-graph {query.command} INPUT..."
    yield ""
    yield from query.sparql.splitlines()


def parameter_lines(parameters: Iterable[Parameter]) -> Iterator[str]:
    """Yield the lines that tell of parameters, after an empty one; none where there are none."""
    told = []
    for parameter in parameters:
        default = f" (default: {parameter.default})" if parameter.default else ""
        optional = " (may be left out)" if parameter.default == "" else ""
        told.append((f"{parameter.name}  {parameter.kind}", f"{parameter.words}{default}{optional}"))
    if told:
        yield ""
        yield "Parameters (--set NAME=VALUE):"
        yield from rows(told)


def rows(told: list[tuple[str, str]]) -> Iterator[str]:
    """Yield names with words for each beside them, the words below each other."""
    width = max(len(name) for name, _ in told)
    for name, words in told:
        head = f"  {name:<{width}}  "
        yield from textwrap.wrap(words, _WIDTH, initial_indent=head, subsequent_indent=" " * len(head)) or [
            head.rstrip()
        ]
