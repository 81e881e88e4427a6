"""Texts of listings, line by line: unpacked, in UTF-8, with the number of each line."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from osaid_graph.errors import InputError
from osaid_graph.listings.files import ListingFile
from osaid_graph.tables import arrow

#: Bytes of a line, of which a listing has millions. What is longer is no row of a table.
LONGEST_LINE: Final = 64 << 20
#: Lines put aside that are shown of a file.
SHOWN: Final = 5
#: Rows that are held as objects of Python at a time: few, so that its collector of garbage finds little to look at.
MOST_ROWS: Final = 4_096
#: Lines on which rows start, and the cells of these, a column each: None for one that the file does not have.
Batch = tuple[Sequence[int], list[Any]]
_BLOCK: Final = 1 << 20
_UTF8_MARK: Final = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Aside:
    """What could not be read of a file: how many records, and of the first ones the line and why."""

    count: int = 0
    first: list[tuple[int, str]] = field(default_factory=list)

    def put(self, line: int, why: str) -> None:
        """Count a record that starts on a line."""
        self.count += 1
        # a quote is found to be open before what it swallowed is read
        if len(self.first) < SHOWN or line < self.first[-1][0]:
            self.first = sorted([*self.first, (line, why)])[:SHOWN]


@contextmanager
def _opened(file: ListingFile) -> Iterator[Any]:
    """Open a file for the bytes that it holds, unpacked."""
    if file.packing == "zstd":
        with arrow().input_stream(str(file.path), compression="zstd") as stream:
            yield stream
    else:
        with file.path.open("rb") as raw:
            yield gzip.GzipFile(fileobj=raw) if file.packing else raw


def blocks(file: ListingFile, read: Callable[[int], None] | None = None) -> Iterator[bytes]:
    """Yield the bytes of a file in blocks of whole lines; the last line may have no end.

    Args:
        file: The file.
        read: Told how many bytes of the file as it is, packed or not, were read since it was told before.

    Raises:
        InputError: It cannot be read or unpacked, or a line is too long.
    """
    rest, done = b"", 0
    try:
        with _opened(file) as stream:
            while block := stream.read(_BLOCK):
                done += len(block)
                if read and not file.packing:
                    read(len(block))
                if not rest and done == len(block):
                    block = block.removeprefix(_UTF8_MARK)
                end = block.rfind(b"\n") + 1
                if end:
                    yield rest + block[:end]
                    rest = block[end:]
                else:
                    rest += block
                if len(rest) > LONGEST_LINE:
                    found = f"a line is longer than {LONGEST_LINE >> 20} MiB"
                    raise InputError(found, "a listing has a line a row", source=file.name)
    except (OSError, EOFError, zlib.error) as error:  # gzip.BadGzipFile and what Arrow raises are OSError
        why = getattr(error, "strerror", None) or (str(error).splitlines() or [repr(error)])[0]
        if not file.packing:
            raise InputError(f"cannot be read: {why}", "check its permissions", source=file.name) from None
        what = f"the file is damaged or cut off after {done:,} bytes of what it holds: {why}"
        raise InputError(what, "fetch it again, and compare its digest", source=file.name) from None
    if read and file.packing:
        read(file.bytes)
    if rest:
        yield rest


def text_of(block: bytes) -> tuple[str, bool]:
    """Return a block as text, and whether all of it is UTF-8; bytes that are none become halves of characters."""
    try:
        return block.decode("utf-8"), True
    except UnicodeDecodeError:
        return block.decode("utf-8", "surrogateescape"), False


def is_utf8(text: str) -> bool:
    """Tell whether a part of such a text was UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
