"""What ``osaid-graph query`` takes to ask an endpoint: its address, graphs and limits, and who asks."""

from __future__ import annotations

import functools
import netrc
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    from osaid_graph.query.endpoint.address import Endpoint
    from osaid_graph.query.endpoint.ask import Question
    from osaid_graph.query.library import NamedQuery

#: Bytes.
MEGABYTE = 1_000_000
#: Options that say how INPUTs are read and what is made of them.
_OF_INPUTS = {
    "corpus": "--corpus",
    "memory": "--memory",
    "entail": "--entail",
    "with_findings": "--assess",
    "subject": "--subject",
    "read_as": "--from",
    "terms": "--terms",
    "version": "--definition",
    "date": "--date",
}

#: Options that say how an endpoint is asked.
_OF_ENDPOINT = {
    "default_graphs": "--default-graph",
    "named_graphs": "--named-graph",
    "max_size": "--max-size",
    "netrc_file": "--netrc",
}


@dataclass(frozen=True, slots=True)
class EndpointOptions:
    """What the options say of an endpoint; ``url`` is empty where none is asked."""

    url: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    max_size: int
    netrc: str | None


def endpoint_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for an endpoint to a command, which gets them as ``at``."""

    @functools.wraps(function)
    def with_options(
        *arguments: Any,
        endpoint: str | None,
        default_graphs: tuple[str, ...],
        named_graphs: tuple[str, ...],
        max_size: int,
        netrc_file: str | None,
        **options: Any,
    ) -> Any:
        at = EndpointOptions(endpoint or "", default_graphs, named_graphs, max_size, netrc_file)
        return function(*arguments, at=at, **options)

    for option in (
        click.option(
            "--netrc",
            "netrc_file",
            metavar="FILE",
            help="Ask the endpoint as whom FILE says (as curl and ftp read it).",
        ),
        click.option(
            "--max-size",
            type=click.IntRange(min=1),
            default=256,
            show_default=True,
            metavar="MB",
            help="Largest answer of an endpoint.",
        ),
        click.option(
            "--named-graph", "named_graphs", multiple=True, metavar="IRI", help="Graph of the endpoint for GRAPH."
        ),
        click.option(
            "--default-graph",
            "default_graphs",
            multiple=True,
            metavar="IRI",
            help="Graph of the endpoint that is asked outside of GRAPH; with --dump, what that is called.",
        ),
        click.option("--endpoint", metavar="URL", help="Ask a SPARQL 1.1 endpoint instead of INPUTs."),
    ):
        with_options = option(with_options)
    return with_options


def refuse_inputs(context: click.Context, inputs: tuple[str, ...]) -> None:
    """Refuse what says how to read INPUTs where an endpoint is asked, which has what was loaded into it.

    Raises:
        UsageError: There is such an option, or an INPUT.
    """
    if inputs:
        raise UsageError(f"both --endpoint and the INPUT {inputs[0]!r}", "give one; an endpoint has what was loaded")
    _refuse(context, _OF_INPUTS, "INPUTs, not for an endpoint", "load what osaid-graph query --dump writes with it")


def refuse_endpoint(context: click.Context, *, dump: bool) -> None:
    """Refuse what says how an endpoint is asked where none is; the default graph of a dump may have a name.

    Raises:
        UsageError: There is such an option.
    """
    names = {name: option for name, option in _OF_ENDPOINT.items() if not (dump and name == "default_graphs")}
    _refuse(context, names, "an endpoint", "name one with --endpoint, or leave it out")


def _refuse(context: click.Context, names: dict[str, str], whose: str, hint: str) -> None:
    for name, option in names.items():
        if context.get_parameter_source(name) not in (ParameterSource.DEFAULT, None):
            raise UsageError(f"{option} is for {whose}", hint)


def endpoint_of(options: EndpointOptions, timeout: float) -> Endpoint:
    """Return the endpoint that options name.

    Raises:
        UsageError: It has no such address, a graph no such name, or who asks is told wrongly.
    """
    from osaid_graph.query.endpoint.address import Endpoint, authorization, checked_address, checked_graph

    if not timeout >= 0:
        raise UsageError(f"a timeout of {timeout:g} s", "give seconds, 0 or more")
    url = checked_address(options.url)
    user, password = _from_netrc(options.netrc, url) if options.netrc is not None else ("", "")
    told = {name: os.environ.get(f"OSAID_GRAPH_ENDPOINT_{name}", "") for name in ("USER", "PASSWORD", "TOKEN")}
    if options.netrc is None:
        user, password = told["USER"], told["PASSWORD"]
    elif any(told.values()):
        raise UsageError("both --netrc and OSAID_GRAPH_ENDPOINT_... say who asks", "leave one out")
    return Endpoint(
        url,
        tuple(map(checked_graph, options.default_graphs)),
        tuple(map(checked_graph, options.named_graphs)) or None,
        authorization(url, user, password, told["TOKEN"]),
        timeout if 0 < timeout <= threading.TIMEOUT_MAX else None,
        options.max_size * MEGABYTE,
    )


def dump_graph(options: EndpointOptions) -> str | None:
    """Return what the default graph is called in a dump; None for no name.

    Raises:
        UsageError: There are two names, or it is no IRI.
    """
    from osaid_graph.query.endpoint.address import checked_graph

    if len(options.default_graphs) > 1:
        raise UsageError("--default-graph is given twice", "give one: a dump has one default graph")
    return next(map(checked_graph, options.default_graphs), None)


def _from_netrc(file: str, url: str) -> tuple[str, str]:
    """Return the name and the password that a file has for the host of an address."""
    hint = "see the manual page netrc(5)"
    try:
        found = netrc.netrc(file).authenticators(urlsplit(url).hostname or "")
    except netrc.NetrcParseError as error:
        raise UsageError(f"{file}:{error.lineno}: no netrc: {error.msg}", hint) from None
    except UnicodeDecodeError:
        raise UsageError(f"{file}: no netrc: not a text", hint) from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}", hint) from None
    if found is None or not found[0] or not found[2]:
        raise UsageError(
            f"{file}: no login and password for {urlsplit(url).hostname}", "add them, or leave --netrc out"
        )
    return found[0], found[2]


def asked_of(endpoint: Endpoint, query: NamedQuery, values: dict[str, str], source: str) -> Question:
    """Return a query with the values of its parameters, in which an endpoint has found the nodes."""
    from osaid_graph.query.endpoint.ask import EndpointNames, question
    from osaid_graph.query.parameters import bindings

    return question(endpoint, query.sparql, bindings(query, values, lambda: EndpointNames(endpoint)), source)


def as_sent(endpoint: Endpoint, asked: Question) -> str:
    """Return a query as it is sent, in SPARQL: where to and about which graphs stands in comments before it."""
    lines = [f"# {endpoint.url}"]
    lines += [f"# default-graph-uri: {graph}" for graph in endpoint.default_graphs]
    lines += [f"# named-graph-uri: {graph}" for graph in asked.named_graphs]
    return "\n".join([*lines, asked.text.rstrip(), ""])
