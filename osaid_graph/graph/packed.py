"""Files that may be compressed with gzip, read piece by piece with memory that does not grow with them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from osaid_graph.errors import InputError
from osaid_graph.readers.limits import MAX_EMPTY_LINES, MAX_LINE

_MAGIC: Final = b"\x1f\x8b"
_GZIP: Final = 16 + zlib.MAX_WBITS
_PIECE: Final = 1 << 18
#: Bytes that are decompressed at once: what is behind a member is copied for each, and they can be tiny.
_FED: Final = 1 << 12
_AGAIN: Final = "fetch the file again"


def is_packed(data: bytes) -> bool:
    """Tell by the first bytes of a file whether it is compressed with gzip."""
    return data.startswith(_MAGIC)


def unpacked(data: bytes, most: int) -> bytes:
    """Return at most the first ``most`` bytes of what the start of a compressed file holds.

    Raises:
        InputError: It is not gzip. An end that is missing is no error: ``data`` need not be the whole file.
    """
    try:
        return zlib.decompressobj(_GZIP).decompress(data, most)
    except zlib.error as error:
        raise _broken(error) from None


def content(data: bytes, most: int) -> bytes:
    """Return what a compressed file holds, cut after ``most`` bytes.

    Raises:
        InputError: It is not gzip, or ends too early.
    """
    import io

    found, size = [], 0
    for piece in pieces(io.BytesIO(data), lambda read: None):
        found.append(piece)
        size += len(piece)
        if size >= most:
            break
    return b"".join(found)[:most]


def pieces(file: BinaryIO, seen: Callable[[bytes], None]) -> Iterator[bytes]:
    """Yield the content of a file, decompressed where it is compressed; ``seen`` gets the bytes as they are read.

    Raises:
        InputError: It starts like gzip and is not, or ends too early.
    """
    piece = _next(file, seen)
    if not is_packed(piece):
        while piece:
            yield piece
            piece = _next(file, seen)
        return
    unpacker = zlib.decompressobj(_GZIP)
    while piece:
        for start in range(0, len(piece), _FED):
            fed = piece[start : start + _FED]
            while fed:
                if unpacker.eof:  # another member may follow, or padding
                    fed = fed.lstrip(b"\0")
                    if not fed:
                        break
                    unpacker = zlib.decompressobj(_GZIP)
                try:
                    found = unpacker.decompress(fed, _PIECE)
                except zlib.error as error:
                    raise _broken(error) from None
                if found:
                    yield found
                fed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        piece = _next(file, seen)
    if not unpacker.eof:
        raise InputError("the gzip file ends too early", _AGAIN)


def lines(file: BinaryIO, seen: Callable[[bytes], None]) -> Iterator[bytes]:
    """Yield the lines of a file, without their ends.

    Raises:
        InputError: A line is longer than :data:`~osaid_graph.readers.limits.MAX_LINE`, too many are empty, or the
            file is broken gzip; with the line.
    """
    number, empty, size, open_ = 1, 0, 0, []
    try:
        for piece in pieces(file, seen):
            first, *others = piece.split(b"\n")
            open_.append(first)
            size += len(first)
            if others:
                yield b"".join(open_)
                yield from others[:-1]
                number += len(others)
                open_, size = [others[-1]], len(others[-1])
                empty += piece.count(b"\n\n")
            if size > MAX_LINE:
                hint = "a dump has one record a line: this is no dump"
                raise InputError(f"a line longer than {MAX_LINE // (1024 * 1024)} MiB", hint)
            if empty > MAX_EMPTY_LINES:
                raise InputError(f"more than {MAX_EMPTY_LINES:,} empty lines", "remove them")
    except InputError as error:
        error.line = number
        raise
    yield b"".join(open_)


def _next(file: BinaryIO, seen: Callable[[bytes], None]) -> bytes:
    piece = file.read(_PIECE)
    seen(piece)
    return piece


def _broken(error: zlib.error) -> InputError:
    return InputError(f"not valid gzip: {error}", _AGAIN)
