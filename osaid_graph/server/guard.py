"""What every request has to pass, and what every answer says to the browser that shows it."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from osaid_graph.server.limits import Limits

#: Content Security Policy Level 3: nothing from elsewhere, and scripts and styles from files of this server alone.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: What every answer says.
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "private, no-cache",  # a proxy that knows who may ask must not tell it to others
}


class SecurityHeaders:
    """Adds the headers of security to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, sent)


class Strangers:
    """Refuses what a browser asks for on behalf of a page of somebody else's, but for following a link to a page.

    Such a page could not read the answer, but tell how long it takes, and have work done (Fetch Metadata Request
    Headers, section 2.3). Who is no browser does not send these headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and _is_of_a_stranger(scope):
            text = "error: a page of another site asks\nhelp: open the address by itself\n"
            await PlainTextResponse(text, 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_of_a_stranger(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return False
    told = (scope["method"], headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest"))
    return told != ("GET", "navigate", "document")


class TooLarge(Exception):
    """The body of a request has more bytes than are taken."""


class Bodies:
    """Refuses bodies that are too large or too slow, whatever their headers say."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app, self.limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limits, size, whole, started = self.limits, 0, False, False
        end: float | None = None  # it begins when the body is asked for: what is done before takes none of its time

        async def received() -> Message:
            nonlocal size, whole, end
            if whole:
                return await receive()  # that the client is gone; for that, there is time
            now = asyncio.get_running_loop().time()
            end = now + limits.arrival if end is None else end
            message = await asyncio.wait_for(receive(), max(0.0, end - now))
            size += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if size > limits.body:
                raise TooLarge
            return message

        async def sent(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        headers = dict(scope["headers"])
        declared = headers.get(b"content-length", b"")
        if declared and b"transfer-encoding" in headers:  # who reads the one ends the body elsewhere than who the other
            text = "error: a body with two lengths, Content-Length and Transfer-Encoding\nhelp: send one of them\n"
            await PlainTextResponse(text, 400, {"Connection": "close"})(scope, receive, send)  # RFC 9112, section 6.1
            return
        try:
            if declared.isdigit() and int(declared) > limits.body:
                raise TooLarge
            await self.app(scope, received, sent)
        except TooLarge:
            if started:
                raise
            text = f"error: a body of more than {limits.body:,} bytes\n"
            await PlainTextResponse(text, 413, {"Connection": "close"})(scope, receive, send)
        except TimeoutError:
            if started or whole:
                raise
            text = f"error: the body did not arrive within {limits.arrival:g} s\n"
            await PlainTextResponse(text, 408, {"Connection": "close"})(scope, receive, send)
