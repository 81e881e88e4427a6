"""How the server and the processes of queries talk: a length of four bytes, and so many bytes."""

from __future__ import annotations

import asyncio
import json
import struct
from typing import IO, Any, Final

_LENGTH: Final = struct.Struct(">I")


def framed(data: bytes) -> bytes:
    """Return bytes as a frame."""
    return _LENGTH.pack(len(data)) + data


def framed_json(value: Any) -> bytes:
    """Return a value of JSON as a frame."""
    return framed(json.dumps(value).encode())


def read(stream: IO[bytes]) -> bytes | None:
    """Return the next frame; None at the end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    return stream.read(_LENGTH.unpack(head)[0])


async def received(stream: asyncio.StreamReader) -> bytes:
    """Return the next frame.

    Raises:
        asyncio.IncompleteReadError: The other side ended.
    """
    return await stream.readexactly(_LENGTH.unpack(await stream.readexactly(_LENGTH.size))[0])
