"""Rows of CSV and TSV (RFC 4180), with what is no row of the table put aside."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from osaid_graph.errors import InputError
from osaid_graph.listings.files import ListingFile
from osaid_graph.listings.lines import MOST_ROWS, Aside, Batch, blocks, is_utf8, text_of
from osaid_graph.tables import arrow

#: What may stand between the cells of a file that ends in .csv.
DELIMITERS: Final = (",", ";", "\t", "|")
#: Characters of a cell.
_LONGEST_CELL: Final = 16 << 20
#: A row, and the line that it starts on.
Row = tuple[int, list[str]]


def header(file: ListingFile, names: Sequence[str] | None) -> tuple[list[str], str]:
    """Return the names of the columns of a file and what stands between its cells.

    Args:
        file: A file of CSV or TSV.
        names: What the columns are called where the file has no line of names.

    Raises:
        InputError: It cannot be read, or has no first line; two columns have one name.
    """
    text = text_of(next(blocks(file), b""))[0].lstrip("\r\n")
    if not text:
        raise InputError("the file is empty", "its first line has the names of the columns", source=file.name)
    if file.form == "tsv":
        found, delimiter = _cells(text.partition("\n")[0].rstrip("\r")), "\t"
    else:
        first = {each: next(csv.reader(io.StringIO(text, newline=""), delimiter=each), []) for each in DELIMITERS}
        delimiter = max(DELIMITERS, key=lambda each: len(first[each]))
        found = first[delimiter]
    shown = [name.strip() or f"column {number}" for number, name in enumerate(names or found, 1)]
    twice = next((name for name in shown if sum(name.casefold() == other.casefold() for other in shown) > 1), None)
    if twice is not None:
        raise InputError(f"two columns are called {twice!r}", "give each a name of its own", source=file.name, line=1)
    return shown, delimiter


def batches(
    file: ListingFile,
    wanted: Sequence[str | None],
    names: Sequence[str] | None,
    aside: Aside,
    read: Callable[[int], None] | None = None,
) -> Iterator[Batch]:
    """Yield the rows of a file, some at a time, those that do not fit put aside.

    Args:
        file: A file of CSV or TSV.
        wanted: The columns that are wanted; None for one that the file does not have.
        names: What the columns are called where the file has no line of names.
        aside: Where to count what is put aside.
        read: As of :func:`~osaid_graph.listings.lines.blocks`.

    Raises:
        InputError: The file cannot be read.
    """
    shown, delimiter = header(file, names)
    table = _Table(shown, delimiter, [None if name is None else shown.index(name) for name in wanted], aside)
    found = _tsv(file, table, read) if file.form == "tsv" else _csv(file, table, read)
    if names is None:
        table.skip = 1
    yield from found


@dataclass(slots=True)
class _Table:
    """What a file's rows are like, and which cells of them are wanted; ``skip`` rows are names, not rows."""

    names: list[str]
    delimiter: str
    at: list[int | None]
    aside: Aside
    skip: int = 0

    def batch(self, records: Iterable[Row]) -> Iterator[Batch]:
        """Yield the batch of some records: none where there is no row among them."""
        lines: list[int] = []
        kept: list[list[str]] = []
        width = len(self.names)
        for line, cells in records:
            if self.skip:
                self.skip -= 1
            elif len(cells) == width:
                lines.append(line)
                kept.append(cells)
            else:
                self.aside.put(line, f"{len(cells)} cell{'s' if len(cells) != 1 else ''} where the table has {width}")
        if kept:
            columns = list(zip(*kept, strict=True))
            yield lines, [None if number is None else columns[number] for number in self.at]


def _tsv(file: ListingFile, table: _Table, read: Callable[[int], None] | None) -> Iterator[Batch]:
    """Yield rows in which nothing is quoted, but whole cells by those who write TSV as they write CSV."""
    number = 0
    for block in blocks(file, read):
        text, whole = text_of(block)
        found = text.removesuffix("\n").split("\n")
        for start in range(0, len(found), MOST_ROWS):
            part = found[start : start + MOST_ROWS]
            yield from table.batch(_tsv_rows(part, number + start + 1, whole, table.aside))
        number += len(found)


def _tsv_rows(found: list[str], first: int, whole: bool, aside: Aside) -> Iterator[Row]:
    for number, line in enumerate(found, first):
        if not whole and not is_utf8(line):
            aside.put(number, "not UTF-8")
        elif line := line.removesuffix("\r"):
            yield number, _cells(line)


def _cells(line: str) -> list[str]:
    cells = line.split("\t")
    if '"' in line:
        quoted = [len(cell) > 1 and cell[0] == cell[-1] == '"' for cell in cells]
        cells = [cell[1:-1].replace('""', '"') if q else cell for cell, q in zip(cells, quoted, strict=True)]
    return cells


def _csv(file: ListingFile, table: _Table, read: Callable[[int], None] | None) -> Iterator[Batch]:
    source = _Lines(blocks(file, read))
    with _long_cells():
        while source.more():
            quick = _quick(source.block, table) if not table.skip else None
            if quick is not None:
                lines = range(source.next, source.next + len(quick[0]))
                source.skip_block(len(lines))
                yield lines, quick
            else:
                records = _records(source, table)
                while some := list(islice(records, MOST_ROWS)):
                    yield from table.batch(some)


def _quick(block: bytes, table: _Table) -> list[Any] | None:
    """Return the columns of a block in which every line is a row and nothing is quoted; None where that is not so."""
    count = block.count(b"\n") + (not block.endswith(b"\n"))
    odd = b'"' in block or block.count(b"\r") != block.count(b"\r\n") or len(table.names) < 2
    empty = b"\n\n" in block or b"\n\r\n" in block or block.startswith((b"\n", b"\r\n"))
    if odd or empty:
        return None
    pa = arrow()
    from pyarrow import csv as arrow_csv

    keys = [str(number) for number in range(len(table.names))]
    wanted = sorted({str(number) for number in table.at if number is not None})
    try:
        found = arrow_csv.read_csv(
            pa.BufferReader(block),
            arrow_csv.ReadOptions(column_names=keys, block_size=len(block) + 1, use_threads=False),
            arrow_csv.ParseOptions(delimiter=table.delimiter, quote_char=False, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(keys, pa.string()), include_columns=wanted, strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:  # a row with too few or too many cells, or what is not UTF-8: told line by line
        return None
    if found.num_rows != count:
        return None
    return [None if number is None else found.column(str(number)).combine_chunks() for number in table.at]


def _records(source: _Lines, table: _Table) -> Iterator[Row]:
    """Yield the records of a block, to the end of the one that its last line belongs to."""
    while True:
        start = source.next
        reader = csv.reader(source, delimiter=table.delimiter, strict=True)
        try:
            for cells in reader:
                if not source.all_utf8 and not all(map(is_utf8, cells)):
                    table.aside.put(start, "not UTF-8")
                elif cells:
                    yield start, cells
                source.read_so_far.clear()
                if source.at_end():
                    return
                start = source.next
            return
        except csv.Error as error:
            table.aside.put(start, _why(str(error)))
            source.again_from_second()
            if source.at_end():
                return


class _Lines:
    """The lines of a file for a reader of CSV, which can be given again where a quote swallowed them."""

    def __init__(self, blocks_: Iterator[bytes]) -> None:
        self._blocks = blocks_
        self._lines = io.StringIO("")
        self._waiting: deque[str] = deque()
        #: The block whose lines are read next, if none of it was read.
        self.block = b""
        #: The lines of the record that is being read.
        self.read_so_far: list[str] = []
        #: The number of the line that is read next.
        self.next = 1
        #: Whether nothing so far was not UTF-8.
        self.all_utf8 = True

    def more(self) -> bool:
        """Take the next block, all lines of the one before having been read, and tell whether there is one."""
        self.block = next(self._blocks, b"")
        return bool(self.block)

    def skip_block(self, lines: int) -> None:
        """Take the lines of the block for read."""
        self.block = b""
        self.next += lines

    def at_end(self) -> bool:
        """Tell whether the lines of a block have been read."""
        if self._waiting or self.block:
            return False
        at = self._lines.tell()
        ended = not self._lines.read(1)
        self._lines.seek(at)
        return ended

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._lines.readline()
        while not line:
            text, whole = text_of(self.block or next(self._blocks))
            self.block = b""
            self.all_utf8 = self.all_utf8 and whole
            self._lines = io.StringIO(text, newline="")
            line = self._lines.readline()
        self.read_so_far.append(line)
        self.next += 1
        return line

    def again_from_second(self) -> None:
        """Give the lines of a record that is none again, but for the first."""
        self._waiting.extendleft(reversed(self.read_so_far[1:]))
        self.next -= len(self.read_so_far) - 1
        self.read_so_far.clear()


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be as long as the texts of documents are; the limit of the library is one for the whole process."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _why(error: str) -> str:
    if "unexpected end" in error:
        return "a quote that is opened and not closed"
    if "field larger" in error:
        return f"a cell of more than {_LONGEST_CELL >> 20} MiB, perhaps a quote that is not closed"
    if "expected after" in error:
        return "text behind a closing quote"
    return error
