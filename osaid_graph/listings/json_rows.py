"""Rows of JSON lines: an object a line, with what is none put aside; and plain lists, an address a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final, NoReturn

from osaid_graph.engines import BETWEEN
from osaid_graph.listings.columns import Column, Values
from osaid_graph.listings.files import ListingFile
from osaid_graph.listings.lines import MOST_ROWS, Aside, Batch, blocks, is_utf8, text_of

#: Lines from which it is told which columns a file has.
SAMPLE: Final = 1_000
#: What the one column of a plain list is called.
PLACE: Final = "location"


def plain(file: ListingFile, aside: Aside, read: Callable[[int], None] | None = None) -> Iterator[Batch]:
    """Yield the lines of a plain list that are not empty, in one column.

    Raises:
        InputError: The file cannot be read.
    """
    for found in _lines(file, aside, read):
        if found:
            numbers, texts = zip(*found, strict=True)
            yield numbers, [[text.strip() for text in texts]]


def objects(
    file: ListingFile, aside: Aside, read: Callable[[int], None] | None = None
) -> Iterator[list[tuple[int, dict[str, Any]]]]:
    """Yield the objects of a file of JSON lines, some at a time, each with its line.

    Raises:
        InputError: The file cannot be read.
    """
    for found in _lines(file, aside, read):
        for start in range(0, len(found), MOST_ROWS):
            part = found[start : start + MOST_ROWS]
            yield _together(part) or list(_one_by_one(part, aside))


def _lines(file: ListingFile, aside: Aside, read: Callable[[int], None] | None) -> Iterator[list[tuple[int, str]]]:
    """Yield the lines of a file that are not empty, block by block, each with its number."""
    number = 1
    for block in blocks(file, read):
        text, whole = text_of(block)
        found = list(enumerate(text.removesuffix("\n").split("\n"), number))
        number += len(found)
        if not whole:
            for line, _ in (each for each in found if not is_utf8(each[1])):
                aside.put(line, "not UTF-8")
            found = [each for each in found if is_utf8(each[1])]
        yield [each for each in found if each[1] and not each[1].isspace()]


def _together(found: list[tuple[int, str]]) -> list[tuple[int, dict[str, Any]]]:
    """Return the objects of lines that are all one; nothing where some are not.

    Decoding many lines at once takes a third of the time. What stands between them is made of all of them, so that no
    line can hold it, and quoted, so that no text that a line leaves open can swallow it.
    """
    texts = [text for _, text in found]
    between = hashlib.blake2b("\n".join(texts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    try:
        values = _DECODE("[" + f',"{between}",'.join(texts) + "]")
    except (ValueError, RecursionError):
        return []
    rows = values[::2]
    all_rows = len(rows) == len(found) and all(isinstance(row, dict) for row in rows)
    if not all_rows or any(value != between for value in values[1::2]):
        return []
    return [(number, row) for (number, _), row in zip(found, rows, strict=True)]


def _one_by_one(found: list[tuple[int, str]], aside: Aside) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in found:
        try:
            value = _DECODE(line)
        except (ValueError, RecursionError) as error:
            aside.put(number, f"no JSON: {error.msg if isinstance(error, json.JSONDecodeError) else error}")
            continue
        if isinstance(value, dict):
            yield number, value
        else:
            aside.put(number, f"JSON, but no object: {_KINDS[type(value)]}")


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


_DECODE: Final = json.JSONDecoder(parse_constant=_no_number).decode
_KINDS: Final[dict[type, str]] = {
    list: "a list",
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}


def columns(file: ListingFile, aside: Aside | None = None) -> tuple[Column, ...]:
    """Return the columns that the first lines of a file of JSON lines have, fields of objects after these.

    Args:
        file: The file.
        aside: Where to count what is no JSON among these lines; None for nowhere.

    Raises:
        InputError: The file cannot be read.
    """
    found: dict[tuple[str, ...], set[Values]] = {}
    for _, value in islice((each for some in objects(file, aside or Aside()) for each in some), SAMPLE):
        for path, values in _leaves(value, ()):
            found.setdefault(path, set()).update([values] if values else [])
    return tuple(Column(path, _one(kinds)) for path, kinds in found.items())


def _leaves(value: dict[str, Any], before: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Values | None]]:
    """Yield the paths to what is no object, and what it is; None for null."""
    for key, inner in value.items():
        path = (*before, key)
        if isinstance(inner, dict):
            yield from _leaves(inner, path)
        elif inner is None:
            yield path, None
        elif isinstance(inner, list):
            yield path, "list" if all(isinstance(item, str | None) for item in inner) else "other"
        else:
            yield path, "other" if isinstance(inner, bool) else "text" if isinstance(inner, str) else "number"


def _one(kinds: set[Values]) -> Values:
    """Return what the values of a column are: texts, where some are numbers or lists."""
    if not kinds:
        return "text"
    return next(iter(kinds)) if len(kinds) == 1 else "other" if "other" in kinds else "text"


def cell(value: dict[str, Any], path: tuple[str, ...]) -> str | None:
    """Return a value of an object as the text of a cell; what is not there, or null, is None."""
    found: Any = value
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    if isinstance(found, list):
        return BETWEEN.join(_text(item) for item in found if item is not None)
    return None if found is None else _text(found)


def _text(value: Any) -> str:
    """Return a value as text; half of a character, which JSON can escape, is a replacement character."""
    if isinstance(value, str):
        return value if is_utf8(value) else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return repr(value) if type(value) is int or type(value) is float else json.dumps(value)
