"""Which endpoint is asked, about which graphs, as whom, and within which limits."""

from __future__ import annotations

import base64
import ipaddress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, urlsplit

from osaid_graph.errors import InputError, UsageError
from osaid_graph.identity import checked_iri, shortened

#: Bytes of an answer, and seconds until it is there.
MAX_SIZE: Final = 256 * 1024 * 1024
TIMEOUT: Final = 60.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint of SPARQL.

    Attributes:
        url: Its address, http or https.
        default_graphs: What is asked as the default graph (``default-graph-uri``, section 2.1.4 of the protocol); if
            empty, what the endpoint takes for it, which is one of its own or all of its graphs.
        named_graphs: The named graphs (``named-graph-uri``); None for those of the sources that the default graph
            tells of and the vocabulary, where ``default_graphs`` are given, else for what the endpoint has.
        authorization: The header that says who asks; empty for nobody.
        timeout: Seconds that an answer may take, from the first byte to the last; None for ever.
        max_size: Bytes that an answer may have.
    """

    url: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] | None = None
    authorization: str = field(default="", repr=False)
    timeout: float | None = TIMEOUT
    max_size: int = MAX_SIZE


def checked_address(url: str) -> str:
    """Return the address of an endpoint, if it can be one.

    Raises:
        UsageError: It is no http(s) address, or holds a password or a fragment.
    """
    hint = "write it as https://host/path"
    try:
        parts = urlsplit(checked_iri(url))
        _ = parts.port  # raises where it is none
    except (InputError, ValueError) as error:
        raise UsageError(f"no address of an endpoint: {shortened(url)!r}: {error}", hint) from None
    if parts.scheme.casefold() not in ("http", "https") or not parts.hostname or not url.isascii():
        raise UsageError(f"no address of an endpoint: {shortened(url)!r}", hint)
    if parts.username is not None or parts.password is not None:
        hint = "leave it out there; set OSAID_GRAPH_ENDPOINT_USER and OSAID_GRAPH_ENDPOINT_PASSWORD"
        raise UsageError("the address of an endpoint holds a name or a password", hint)
    if parts.fragment:
        raise UsageError(f"the address of an endpoint has a fragment: #{shortened(parts.fragment)}", "leave it out")
    return url


def checked_graph(iri: str) -> str:
    """Return the name of a graph, if it can be one.

    Raises:
        UsageError: It is no absolute IRI.
    """
    try:
        return checked_iri(iri)
    except InputError as error:
        raise UsageError(f"no name of a graph: {error}", "write an absolute IRI") from None


def origin(url: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port of an address (RFC 6454, section 4)."""
    parts = urlsplit(url)
    scheme = parts.scheme.casefold()
    return scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(scheme)


def authorization(url: str, user: str = "", password: str = "", token: str = "") -> str:
    """Return the header that says who asks (RFC 7617 for a name with a password, RFC 6750 for a token).

    Raises:
        UsageError: Both are given, or half of one, or they would go over the net for all to read.
    """
    if token and (user or password):
        raise UsageError("both a token and a name with a password for the endpoint", "give one")
    if bool(user) != bool(password):
        raise UsageError("a name without a password for the endpoint, or the other way round", "give both")
    if not token and not user:
        return ""
    parts = urlsplit(url)
    if parts.scheme.casefold() != "https" and not _is_this_machine(parts):
        raise UsageError("a password or token goes to an endpoint over https alone", "write https://...")
    if ":" in user or not (token + user + password).isprintable():
        raise UsageError("the name for the endpoint holds a colon, or a sign that does not print", "check it")
    if token:
        if not token.isascii() or " " in token:
            raise UsageError("the token for the endpoint holds what none can (RFC 6750)", "check it")
        return f"Bearer {token}"
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def _is_this_machine(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
