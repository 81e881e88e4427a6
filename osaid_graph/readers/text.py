"""Bytes to text, the same way in every reader."""

from __future__ import annotations

from osaid_graph.errors import InputError


def decode(data: bytes) -> str:
    """Return the text of a UTF-8 document, with or without a byte order mark.

    Raises:
        InputError: Bytes that are not UTF-8 (with their line), or NUL bytes, which no text format holds.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("the text is UTF-16", "save it as UTF-8")
    nul = data.find(b"\0")
    if nul >= 0:
        raise InputError("not a text: it holds NUL bytes", "give a description, not the data", line=_line(data, nul))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}",
            "save it as UTF-8",
            line=_line(data, error.start),
        ) from None


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
