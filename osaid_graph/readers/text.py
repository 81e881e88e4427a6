"""Bytes to text, the same way in every reader."""

from __future__ import annotations

import re
from bisect import bisect_left

from osaid_graph.errors import InputError


def decode(data: bytes) -> str:
    """Return the text of a UTF-8 document, with or without a byte order mark, its lines ended by line feeds.

    One ending everywhere makes a line number mean the same in every reader, and a checkout on Windows say the same.

    Raises:
        InputError: Bytes that are not UTF-8 (with their line), or NUL bytes, which no text format holds.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("the text is UTF-16 or UTF-32, not UTF-8", "save it as UTF-8", line=1)
    nul = data.find(b"\0")
    if nul >= 0:
        raise InputError("not a text: it holds a NUL byte", "give a description, not the data", line=_line(data, nul))
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}",
            "save it as UTF-8",
            line=_line(data, error.start),
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def has_front_matter(data: bytes) -> bool:
    """Tell whether a document starts with a block of YAML between two lines of ``---``, as a card in Markdown does."""
    lines = data[: 1 << 20].removeprefix(b"\xef\xbb\xbf").lstrip().splitlines()
    return bool(lines) and lines[0].rstrip() == b"---" and any(line.rstrip() == b"---" for line in lines[1:])


def _line(data: bytes, offset: int) -> int:
    before = data[:offset]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1


class Lines:
    """Finds the line of an offset in a text, in the time of a binary search."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def at(self, offset: int) -> int:
        """Return the line, counted from 1, that the character at ``offset`` stands in."""
        return bisect_left(self._ends, offset) + 1
