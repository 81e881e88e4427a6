"""Keys written into a block of a manifest, or around what stands in its short form, every other byte kept.

As in :mod:`osaid_graph.writers.entries`, a place is a proposal only: the new text is parsed, and must hold exactly what
the old one held plus the keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osaid_graph.errors import InputError
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Mapping as Block
from osaid_graph.readers.tree import Scalar, Sequence, Value
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.writers.entries import plain
from osaid_graph.writers.yaml_text import Written, block, flow, scalar

#: The way to a value: keys, and numbers of items.
Path = tuple[str | int, ...]

_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMENT_FITS = 100


def blocks_at(data: bytes, line: int) -> list[Path]:
    """Return the ways to the blocks of keys and the items in short form that start on a line, the outer first."""
    tree = parse(decode(data))
    waiting: list[tuple[Path, Value]] = [((), tree)] if tree is not None else []
    found = []
    while waiting:
        path, value = waiting.pop(0)
        if path and value.line == line and not isinstance(value, Sequence):
            found.append(path)
        waiting.extend((each, child) for each, child in _inside(path, value))
    return found


def has_key(data: bytes, key: str) -> bool:
    """Tell whether a manifest has a top-level key."""
    tree = parse(decode(data))
    return isinstance(tree, Block) and key in tree.values


def entry_called(data: bytes, key: str, id_: str) -> Path | None:
    """Return the way to the block with an id in the list of a top-level key; None where there is none."""
    tree = parse(decode(data))
    entries = tree.values.get(key) if isinstance(tree, Block) else None
    for number, entry in enumerate(entries.items if isinstance(entries, Sequence) else []):
        said = entry.values.get("id") if isinstance(entry, Block) else None
        if isinstance(said, Scalar) and said.text == id_:
            return key, number
    return None


def add_keys(
    data: bytes,
    path: Path,
    keys: Mapping[str, Written],
    notes: Mapping[str, str] | None = None,
    *,
    short: tuple[str, str] | None = None,
) -> bytes:
    """Return a manifest with more keys in one of its blocks.

    Args:
        data: The manifest.
        path: The way to the block; empty for the whole.
        keys: The keys and their values. None may be there.
        notes: Comments for keys, written behind them where the block has a line for each.
        short: Where a text stands in the place of the block: the key that it is the value of in a block, and itself.

    Raises:
        InputError: There is no place for the keys that leaves the rest as it is.
    """
    text = data.decode("utf-8")
    tree = parse(decode(data))
    value = _at(tree, path) if tree is not None else Block(1, 0)
    expected = _expected(tree, path, keys, short)
    proposals: Iterator[str] = iter(())
    if isinstance(value, Block):
        proposals = _Places(text, value, path).proposals(keys, notes or {})
    elif isinstance(value, Scalar) and short is not None:
        proposals = _rewritten(text, value, {short[0]: short[1], **keys})
    for proposal in proposals:
        try:
            found = parse(decode(proposal.encode("utf-8")))
        except InputError:
            continue
        if found is not None and plain(found) == expected:
            return proposal.encode("utf-8")
    line = value.line if value is not None else None
    raise InputError("no place for more keys that leaves the rest as it is", "write each key on a line", line=line)


def replace_text(data: bytes, line: int, old: str, new: str) -> bytes:
    """Return a manifest with another text in the place of the one value ``old`` on a line.

    Raises:
        InputError: There is no such value, or several, or none that can be replaced alone.
    """
    tree = parse(decode(data))
    waiting: list[tuple[Path, Value]] = [((), tree)] if tree is not None else []
    found: list[tuple[Path, Scalar]] = []
    while waiting:
        path, value = waiting.pop(0)
        if isinstance(value, Scalar) and value.line == line and value.text == old:
            found.append((path, value))
        waiting.extend(_inside(path, value))
    if len(found) == 1 and tree is not None:
        path, value = found[0]
        text = data.decode("utf-8")
        start = _offset(text, value)
        expected = _put(plain(tree), path, new)
        for written in (old, f'"{old}"', f"'{old}'"):
            if text.startswith(written, start):
                changed = (text[:start] + new + text[start + len(written) :]).encode("utf-8")
                after = parse(decode(changed))
                if after is not None and plain(after) == expected:
                    return changed
    raise InputError(f"no value {old!r} that can be replaced alone", "write it on a line of its own", line=line)


# -- what the text must hold -------------------------------------------------------------------------------------


def _expected(tree: Value | None, path: Path, keys: Mapping[str, Written], short: tuple[str, str] | None) -> object:
    before = plain(tree) if tree is not None else {}
    here = before
    for step in path:
        here = here[step]  # type: ignore[index]
    written = {key: _written(value) for key, value in keys.items()}
    base = here if isinstance(here, dict) else {short[0]: short[1]} if short else {}
    return _put(before, path, {**base, **written})


def _written(value: Written) -> object:
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, Mapping):
        return {key: _written(item) for key, item in value.items()}
    return [_written(item) for item in value]


def _put(whole: object, path: Path, value: object) -> object:
    """Return a value with another in the place that a path leads to."""
    if not path:
        return value
    first, *rest = path
    if isinstance(whole, list) and isinstance(first, int):
        return [*whole[:first], _put(whole[first], tuple(rest), value), *whole[first + 1 :]]
    if not isinstance(whole, dict):
        raise LookupError(path)
    return {**whole, first: _put(whole[first], tuple(rest), value)}


# -- places ------------------------------------------------------------------------------------------------------


def _inside(path: Path, value: Value) -> Iterator[tuple[Path, Value]]:
    if isinstance(value, Block):
        yield from (((*path, key), child) for key, child in value.values.items())
    elif isinstance(value, Sequence):
        yield from (((*path, number), child) for number, child in enumerate(value.items))


def _at(tree: Value | None, path: Path) -> Value | None:
    value = tree
    for step in path:
        if isinstance(value, Block) and isinstance(step, str):
            value = value.values[step]
        elif isinstance(value, Sequence) and isinstance(step, int):
            value = value.items[step]
    return value


def _offset(text: str, value: Value) -> int:
    mark = 1 if text.startswith("\ufeff") else 0
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    return starts[value.line - 1] + value.column + (mark if value.line == 1 else 0)


def _rewritten(text: str, value: Scalar, keys: Mapping[str, Written]) -> Iterator[str]:
    start = _offset(text, value)
    for written in (value.text, f'"{value.text}"', f"'{value.text}'"):
        if text.startswith(written, start):
            yield text[:start] + flow(keys) + text[start + len(written) :]


class _Places:
    """Where keys may go into a block of a text."""

    def __init__(self, text: str, value: Block, path: Path) -> None:
        self.text, self.value, self.path = text, value, path
        self.lines = [*_LINE_END.split(text)]
        ends = [match.group() for match in _LINE_END.finditer(text)]
        self.newline = ends[0] if ends else "\n"
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def proposals(self, keys: Mapping[str, Written], notes: Mapping[str, str]) -> Iterator[str]:
        """Yield new texts that may do, the best first."""
        start = _offset(self.text, self.value)
        if self.text.startswith("{", start):
            yield from self._in_flow(start, keys)
            return
        pad = " " * self.value.column
        written = "".join(f"{pad}{line}{self.newline}" for line in _lines(keys, notes))
        for number in dict.fromkeys((self._after_last(), self._end())):
            place = self.starts[number] if number < len(self.starts) else len(self.text)
            before = self.text[:place]
            if before and not _LINE_END.fullmatch(before[-1]):
                yield before + self.newline + written.removesuffix(self.newline) + self.text[place:]
            else:
                yield before + written + self.text[place:]

    def _in_flow(self, start: int, keys: Mapping[str, Written]) -> Iterator[str]:
        inner = flow(keys)[1:-1]
        place = start
        while (place := self.text.find("}", place + 1)) >= 0:
            comma = "" if self.text[start + 1 : place].strip() == "" else ", "
            yield self.text[:place] + comma + inner + self.text[place:]

    def _end(self) -> int:
        """Return the number of the first line behind the block that is indented less, counted from 0."""
        for number in range(self.value.line, len(self.lines)):
            line = self.lines[number]
            content = line.lstrip(" ")
            if content and not content.startswith("#") and len(line) - len(content) < self.value.column:
                return number
        return len(self.lines) - (not self.lines[-1])

    def _after_last(self) -> int:
        """Return the same, without the blank lines and comments before it, which belong to what follows."""
        number = self._end()
        while number > self.value.line:
            line = self.lines[number - 1]
            content = line.lstrip(" ")
            if content and not (content.startswith("#") and len(line) - len(content) < max(self.value.column, 1)):
                break
            number -= 1
        return number


def _lines(keys: Mapping[str, Written], notes: Mapping[str, str]) -> Iterator[str]:
    for key, value in keys.items():
        if isinstance(value, Mapping):
            yield f"{scalar(key)}:"
            yield from (f"  {line}" for line in _lines(value, notes))
            continue
        first, *rest = block({key: value})
        note = f"{first}  # {notes[key]}" if key in notes and not rest else first
        yield note if len(note) <= _COMMENT_FITS else first
        yield from rest
