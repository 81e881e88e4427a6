"""The SPARQL 1.1 Protocol: queries by GET and by POST, and a description of the service. Updates are refused.

``query`` operation: section 2.1 of the protocol; the dataset of its parameters: section 2.1.4; errors: section 2.1.7.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from osaid_graph.query.results import ALIASES, MEDIA_TYPES
from osaid_graph.reports.words import plain
from osaid_graph.server.description import described
from osaid_graph.server.negotiation import chosen
from osaid_graph.server.pool import Pool, Query, Reply
from osaid_graph.server.turns import Turns

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_DATASET: Final = ("default-graph-uri", "named-graph-uri")
#: The status of each error of a query. An answer that is too large is no 413: that is for requests (RFC 9110, 15.5.14).
_STATUS: Final = {
    "busy": 503,
    "timeout": 503,
    "too large": 500,
    "refused": 400,
    "not acceptable": 406,
    "ended": 503,
    "written to": 503,
    "unread": 503,
}
#: Seconds after which to ask again where too many do (RFC 9110, section 10.2.3).
AGAIN: Final = 5
#: Seconds between two looks at whether the client is still there.
_LOOK: Final = 0.25
Answer = TypeVar("Answer")


@dataclass(eq=False)
class Refusal(Exception):
    """A request that cannot be answered: the status, what is wrong, and what to do."""

    status: int
    message: str
    hint: str = ""


class Endpoint:
    """Answers the requests to the endpoint.

    Args:
        pool: Runs the queries.
        turns: Among what they have to wait for their turn.
    """

    def __init__(self, pool: Pool, turns: Turns) -> None:
        self.pool, self.turns = pool, turns

    async def answer(self, request: Request) -> Response:
        """Answer a request."""
        try:
            parameters = await _parameters(request)
            if parameters is None:
                return described(request)
            query = _query(parameters, request.headers.get("accept"))
        except Refusal as refusal:
            return told(refusal)
        reply = await waited_for(request, self.pool.run(query, self.turns))
        return handed_over(reply, {"Vary": "Accept"})


async def waited_for(request: Request, work: Coroutine[Any, Any, Answer]) -> Answer:
    """Return what comes of some work, for as long as the client waits for it.

    Raises:
        ClientDisconnect: It does not wait any more; the work was cancelled.
    """
    running = asyncio.create_task(work)
    try:
        while not running.done():
            await asyncio.wait([running], timeout=_LOOK)
            if not running.done() and await request.is_disconnected():
                raise ClientDisconnect
    finally:
        if not running.done():
            running.cancel()
    return running.result()


def handed_over(reply: Reply, headers: dict[str, str]) -> Response:
    """Return an answer with the headers of one that there is, or why there is none."""
    return failed(reply) if reply.error else Response(reply.body, 200, headers, reply.media)


def told(refusal: Refusal) -> Response:
    """Return the answer that says why a request was refused."""
    lines = [f"error: {plain(refusal.message)}"] + ([f"help: {plain(refusal.hint)}"] if refusal.hint else [])
    return PlainTextResponse("\n".join(lines) + "\n", refusal.status)


async def _parameters(request: Request) -> list[tuple[str, str]] | None:
    """Return the parameters of a request; None where it asks for the description of the service.

    Raises:
        Refusal: It is no query of the protocol.
    """
    asked = _pairs(request.url.query.encode("ascii", "replace"))
    if request.method in ("GET", "HEAD"):
        return asked or None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind == _UPDATE:
        raise Refusal(403, "an update: this endpoint only reads")
    if kind == _FORM:
        return [*asked, *_pairs(await request.body())]
    if kind == _QUERY:
        if any(name == "query" for name, _ in asked):
            raise Refusal(400, "a query in the address and another one in the body", "send one")
        return [*asked, ("query", _text(await request.body()))]
    hint = f"send it as {_QUERY}, or as the parameter query of {_FORM}"
    raise Refusal(415, f"a query sent as {kind or 'nothing that is said'}", hint)


def _query(parameters: Sequence[tuple[str, str]], accept: str | None) -> Query:
    """Return the query that parameters say.

    Raises:
        Refusal: They say none, several, or an update.
    """
    names = [name for name, _ in parameters]
    if "update" in names:
        raise Refusal(403, "an update: this endpoint only reads")
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise Refusal(400, "no query" if not queries else f"{len(queries)} queries", "give one as the parameter query")
    default, named = ([value for key, value in parameters if key == name] for name in _DATASET)
    accepted: dict[str, str | None] = {form: chosen(accept, media, ALIASES) for form, media in MEDIA_TYPES.items()}
    return Query(queries[0], accepted, default, named)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    """Return the parameters of a form.

    Raises:
        Refusal: They are not UTF-8.
    """
    try:
        pairs = parse_qsl(encoded.decode("utf-8"), keep_blank_values=True, encoding="utf-8", errors="strict")
    except ValueError:
        raise Refusal(400, "not UTF-8", "encode the request in UTF-8") from None
    return [(name, value) for name, value in pairs]


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except ValueError:
        raise Refusal(400, "not UTF-8", "encode the query in UTF-8") from None


def failed(reply: Reply) -> Response:
    """Return the answer that says why a query was not answered."""
    if reply.error == "not acceptable":
        response = told(
            Refusal(406, "none of the media types that are asked for", f"ask for {', '.join(reply.offered)}")
        )
        response.headers["Vary"] = "Accept"
        return response
    place = "" if reply.line is None else f"line {reply.line}: "
    response = told(Refusal(_STATUS[reply.error], place + reply.message, reply.hint))
    if reply.error == "busy":
        response.headers["Retry-After"] = str(AGAIN)
    return response
