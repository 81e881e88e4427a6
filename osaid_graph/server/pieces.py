"""Answers that are handed over piece by piece, and counted for as long as their clients have not taken them."""

from __future__ import annotations

from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from osaid_graph.server.limits import Limits

#: Bytes of an answer that are handed over at a time: no more of it waits for a client that reads slowly. An answer that
#: is no larger is not counted.
_PIECE: Final = 1 << 16


class Pieces:
    """Hands answers over in pieces, and refuses one that is too large, or for which there is no room.

    Args:
        app: What answers.
        limits: How many bytes an answer may have, and all of them together that have not been taken.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app, self.limits = app, limits
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head: Message | None = None
        refused = False

        async def sent(message: Message) -> None:
            nonlocal head, refused
            if message["type"] == "http.response.start":
                head = message  # told once it is known how much follows
                return
            body, more = message.get("body", b""), message.get("more_body", False)
            if head is not None:
                start, head = head, None
                refusal = self._refusal(len(body))
                if refusal is not None:
                    refused = True
                    await refusal(scope, receive, send)
                    return
                await send(start)
            if not refused:
                await self._hand_over(body, more, send)

        await self.app(scope, receive, sent)

    def _refusal(self, size: int) -> PlainTextResponse | None:
        limits = self.limits
        if size > limits.answer:
            text = f"error: an answer of {size:,} bytes, more than {limits.answer:,}\nhelp: ask for less\n"
            return PlainTextResponse(text, 500)
        if size > _PIECE and self._held + size > limits.held:
            text = "error: too many answers wait for their clients\nhelp: ask again\n"
            return PlainTextResponse(text, 503, {"Retry-After": "5"})
        return None

    async def _hand_over(self, body: bytes, more: bool, send: Send) -> None:
        size = len(body)
        counted = size if size > _PIECE else 0
        self._held += counted
        try:
            for start in range(0, size, _PIECE):
                piece = bytes(body[start : start + _PIECE])
                await send({"type": "http.response.body", "body": piece, "more_body": more or start + _PIECE < size})
            if not size:
                await send({"type": "http.response.body", "body": b"", "more_body": more})
        finally:
            self._held -= counted
