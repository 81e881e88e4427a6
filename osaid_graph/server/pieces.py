"""Answers that are handed over piece by piece, and counted for as long as their clients have not taken them."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

#: Bytes of an answer that are handed over at a time: no more of it waits for a client that reads slowly.
_PIECE: Final = 1 << 16


class Held:
    """Counts the bytes of answers that have not been taken.

    Args:
        most: How many there may be.
    """

    def __init__(self, most: int) -> None:
        self.most, self.bytes = most, 0

    def has_room(self, size: int) -> bool:
        """Tell whether an answer of a size may be held, too."""
        return self.bytes + size <= self.most


class Pieces(Response):
    """An answer of known size, sent in pieces.

    Args:
        body: The answer.
        media: Its media type.
        headers: More headers.
        held: Counts it until it is taken, or its client is given up.
    """

    def __init__(self, body: bytes, media: str, headers: dict[str, str], held: Held) -> None:
        super().__init__(body, 200, headers, media)
        self.held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        size = len(self.body)
        self.held.bytes += size
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            for start in range(0, size, _PIECE):
                piece = bytes(self.body[start : start + _PIECE])
                await send({"type": "http.response.body", "body": piece, "more_body": start + _PIECE < size})
            if not size:
                await send({"type": "http.response.body", "body": b""})
        finally:
            self.held.bytes -= size
