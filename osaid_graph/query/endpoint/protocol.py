"""One query over HTTP (SPARQL 1.1 Protocol, section 2.1), and in one line what went wrong where something did."""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from typing import Any, Final
from urllib.parse import urlencode, urljoin, urlsplit

from osaid_graph import __version__
from osaid_graph.errors import InputError, UsageError
from osaid_graph.identity import shortened
from osaid_graph.query.apart import Apart
from osaid_graph.query.endpoint.address import Endpoint, checked_address, origin
from osaid_graph.query.endpoint.refusals import refusal
from osaid_graph.query.run import QueryTimeout

_FORM: Final = "application/x-www-form-urlencoded"
#: Characters of an address that every server takes (RFC 9110, section 4.1, asks for 8,000).
_LONGEST_ADDRESS: Final = 8_000
#: Addresses within an endpoint that it may send on to, one after the other.
_STEPS: Final = 3
_MOVED: Final = (301, 302, 307, 308)
_NO_POST: Final = (405, 501)
#: Bytes read at a time, and of an answer that tells what went wrong.
_PIECE, _MESSAGE = 64 * 1024, 64 * 1024


@dataclass(frozen=True, slots=True)
class Received:
    """What an endpoint answered: the media type without parameters, the body, the headers."""

    media_type: str
    body: bytes
    headers: Message = field(default_factory=Message)


def send(endpoint: Endpoint, text: str, accept: str, named_graphs: tuple[str, ...] = ()) -> Received:
    """Send a query and return what is answered.

    It is sent with POST as a form (section 2.1.2), and with GET (section 2.1.1) where the endpoint takes no POST and
    the query is short. An address that the endpoint sends on to is asked if it is of the same scheme, host and port.

    Args:
        endpoint: Who is asked.
        text: The query.
        accept: The formats that can be read, as the header ``Accept`` names them.
        named_graphs: The named graphs to ask about.

    Raises:
        InputError: It cannot be reached, refuses, answers with more than it may or breaks off.
        QueryTimeout: It takes too long.
    """
    parameters = [("query", text)]
    parameters += [("default-graph-uri", graph) for graph in endpoint.default_graphs]
    parameters += [("named-graph-uri", graph) for graph in named_graphs]
    exchange = _Exchange(endpoint, urlencode(parameters), accept)
    try:
        if Apart(exchange.run).finished(endpoint.timeout):
            return exchange.received
    except TimeoutError:  # of one step of the connection, which has the same limit
        pass
    exchange.given_up = True
    hint = "give it more with --timeout SECONDS, or ask for less"
    raise QueryTimeout(f"no whole answer after {endpoint.timeout:g} s", hint, source=endpoint.url)


class _AsAnswered(urllib.request.HTTPErrorProcessor):
    """Leaves every status to the one who asked: nothing is followed or raised."""

    def http_response(
        self, request: urllib.request.Request, response: http.client.HTTPResponse
    ) -> http.client.HTTPResponse:
        return response

    https_response = http_response


def _opener() -> urllib.request.OpenerDirector:
    """Return what opens http and https, over the proxies of the environment, and nothing else."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        _AsAnswered,
    ):
        opener.add_handler(handler())
    return opener


class _Exchange:
    """A query on its way, and the answer."""

    def __init__(self, endpoint: Endpoint, form: str, accept: str) -> None:
        self.endpoint, self.form = endpoint, form
        self.headers = {"Accept": accept, "User-Agent": f"osaid-graph/{__version__}", "Accept-Encoding": "identity"}
        if endpoint.authorization:
            self.headers["Authorization"] = endpoint.authorization
        self.received = Received("", b"")
        self.given_up = False

    def run(self) -> None:
        try:
            self.received = self._asked()
        except (OSError, http.client.HTTPException) as error:
            if isinstance(reason := getattr(error, "reason", error), TimeoutError):
                raise reason from None
            raise self._failed(*_meaning(error)) from None

    def _asked(self) -> Received:
        address, posting = self.endpoint.url, True
        for _ in range(_STEPS):
            with self._opened(address, posting=posting) as response:
                if response.status in _MOVED:
                    address = self._further(address, response)
                elif response.status in _NO_POST and posting and self._fits(address):
                    posting = False
                else:
                    return self._read(response)
        raise self._failed(f"sends on more than {_STEPS} times", "give the address it leads to")

    def _opened(self, address: str, *, posting: bool) -> http.client.HTTPResponse:
        data = self.form.encode("ascii") if posting else None
        headers = {**self.headers, "Content-Type": _FORM} if posting else self.headers
        request = urllib.request.Request(address if posting else self._with_query(address), data, headers)  # noqa: S310
        opened: http.client.HTTPResponse = _opener().open(request, timeout=self.endpoint.timeout)
        return opened

    def _with_query(self, address: str) -> str:
        return f"{address}{'&' if urlsplit(address).query else '?'}{self.form}"

    def _fits(self, address: str) -> bool:
        return len(self._with_query(address)) <= _LONGEST_ADDRESS

    def _further(self, address: str, response: http.client.HTTPResponse) -> str:
        """Return where an endpoint sends on to, if that is within itself: a query and a password go nowhere else."""
        told = response.headers.get("Location", "")
        with suppress(ValueError, UsageError):  # what is no address is nowhere within it
            further = checked_address(urljoin(address, told).partition("#")[0])
            if origin(further) == origin(address):
                return further
        raise self._failed(f"sends on to {shortened(told)}", "ask there, if you trust it")

    def _read(self, response: http.client.HTTPResponse) -> Received:
        """Return the answer, if it is one, whole and not too large."""
        if response.status != 200:
            body = b""
            with suppress(OSError, http.client.HTTPException):  # what it says is not needed
                body = response.read(_MESSAGE)
            raise self._failed(*refusal(response.status, response.reason, response.headers, body))
        encoding = response.headers.get("Content-Encoding", "identity")
        if encoding.casefold() != "identity":
            raise self._failed(
                f"answers in an encoding that was not asked for: {shortened(encoding)}", "tell who runs it"
            )
        return Received(response.headers.get_content_type(), self._body(response), response.headers)

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        expected, limit = response.length, self.endpoint.max_size
        if expected is not None and expected > limit:
            raise self._too_large()
        body = bytearray()
        try:
            while not self.given_up and (piece := response.read1(_PIECE)):
                body += piece
                if len(body) > limit:
                    raise self._too_large()
            whole = expected is None or len(body) >= expected
        except (http.client.IncompleteRead, ConnectionError):
            whole = False
        if not whole:
            raise self._failed(f"the answer breaks off after {len(body):,} bytes", "ask again; it may have given up")
        return bytes(body)

    def _too_large(self) -> InputError:
        what = f"answers with more than {self.endpoint.max_size:,} bytes"
        return self._failed(what, "ask for less, or allow more with --max-size MB")

    def _failed(self, message: str, hint: str) -> InputError:
        return InputError(message, hint, source=self.endpoint.url)


def _meaning(error: Exception) -> tuple[str, str]:
    """Return what an error of the connection means, and what to do."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    for kind, message, hint in _MEANINGS:
        if isinstance(reason, kind):
            return message(reason), hint
    why = getattr(reason, "strerror", None) or reason
    return f"cannot be reached: {why}", "check the address, the network and the proxy"


#: The errors of a connection, the special before the general, what each means, and what to do.
_MEANINGS: Final[tuple[tuple[type[Exception], Callable[[Any], str], str], ...]] = (
    (
        ssl.SSLCertVerificationError,
        lambda error: f"its certificate is not trusted: {error.verify_message}",
        "check the address; a certificate of your own is trusted with SSL_CERT_FILE",
    ),
    (ssl.SSLError, lambda error: f"no secure connection: {error.reason}", "is it http, or another port?"),
    (ConnectionRefusedError, lambda error: "refuses connections", "does it run, and on this port?"),
    (socket.gaierror, lambda error: "no such host", "check the address and the network"),
    (
        ConnectionError,
        lambda error: "closes the connection without an answer",
        "ask again; is it an endpoint, and http or https?",
    ),
    (http.client.HTTPException, lambda error: "does not speak HTTP", "check the address: the port may be another's"),
)
