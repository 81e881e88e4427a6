"""One more entry in a list of a manifest, and every other byte of the file kept.

The text is edited where the tree of the reader says that the list stands. A place is a proposal only: the new text is
parsed, and must hold exactly what the old one held plus the entry. So comments, quotes and odd layouts can at worst
lead to a refusal, never to a changed description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from osaid_graph.errors import InputError
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Mapping as Block
from osaid_graph.readers.tree import Scalar, Sequence, Value
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.writers.yaml_text import Written, block, flow, scalar

_LINE_END = re.compile(r"\r\n|\r|\n")
_DASH = re.compile(r" *(?=-(?:\s|$))")
_END_MARK = re.compile(r"\.\.\.(?:\s|$)")
#: Closing brackets tried, from the last one back; those of comments and texts behind the list come first.
_BRACKETS_TRIED = 20


@dataclass(frozen=True, slots=True)
class Edited:
    """The new content of a file, and the line on which the new entry starts, counted from 1."""

    data: bytes
    line: int


def add_entry(data: bytes, key: str, entry: Mapping[str, Written]) -> Edited:
    """Return a manifest with one more entry under a top-level key that holds a list.

    The entry comes last, in the style of the list: block or flow, indented like the others. A missing key is appended
    at the end; one without entries gets a list in block style; a single block of keys becomes a list of two. What is
    inserted has the line ending of the first line. An empty file becomes one with the key alone.

    Raises:
        InputError: The file is no manifest (not UTF-8, not YAML, no block of keys), the key holds a text, or the list
            is shared by an alias, so that no place for the entry leaves the rest as it is.
    """
    tree = parse(decode(data))
    if tree is not None and not isinstance(tree, Block):
        raise InputError("a manifest is a block of keys", "start with system:", line=tree.line)
    text = _Text(data.decode("utf-8"), tree, key, entry)
    expected = _with_entry(tree, key, entry)
    for proposal in text.proposals():
        line = _line_of_entry(proposal, key, expected)
        if line is not None:
            return Edited(proposal.encode("utf-8"), line)
    line = tree.keys[key].line if isinstance(tree, Block) and key in tree.keys else None
    found = f"no place under {key!r} for one more entry that leaves the rest as it is"
    raise InputError(
        found, f"write {key}: as a list of its own, each entry from a line that starts with '- '", line=line
    )


# -- what the text must hold ------------------------------------------------------------------------------------


def plain(value: Value) -> object:
    """Return what a value says without its places; line ends behind a text are none of it."""
    match value:
        case Scalar():
            return None if value.is_null else value.text.rstrip("\n")
        case Sequence():
            return [plain(item) for item in value.items]
        case Block():
            return {key: plain(item) for key, item in value.values.items()}


def _with_entry(tree: Block | None, key: str, entry: Mapping[str, Written]) -> dict[str, object]:
    values = {name: plain(value) for name, value in tree.values.items()} if tree else {}
    before = values.get(key)
    entries = before if isinstance(before, list) else [] if before is None else [before]
    return {**values, key: [*entries, _same(entry)]}


def _same(entry: Written) -> object:
    """Return an entry as :func:`plain` returns what is read of it."""
    if isinstance(entry, str):
        return entry.rstrip("\n")
    if isinstance(entry, Mapping):
        return {key: _same(value) for key, value in entry.items()}
    return [_same(value) for value in entry]


def _line_of_entry(text: str, key: str, expected: dict[str, object]) -> int | None:
    """Return the line of the new entry if the text holds what it must, else None."""
    try:
        tree = parse(decode(text.encode("utf-8")))
    except InputError:
        return None
    if not isinstance(tree, Block) or plain(tree) != expected:
        return None
    entries = tree.values[key]
    return entries.items[-1].line if isinstance(entries, Sequence) else None


# -- where the entry may go -------------------------------------------------------------------------------------


class _Text:
    """The text of a manifest with its lines, their ends kept, and the places that the tree knows."""

    def __init__(self, text: str, tree: Block | None, key: str, entry: Mapping[str, Written]) -> None:
        self.mark = "\ufeff" if text.startswith("\ufeff") else ""
        self.text = text.removeprefix("\ufeff")
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        first = _LINE_END.search(self.text)
        self.newline = first.group() if first else "\n"
        self.tree = tree
        self.key = key
        self.entry = entry

    def proposals(self) -> Iterator[str]:
        """Yield new texts that may do, the best first."""
        for changed in self._changed():
            yield self.mark + changed

    def _changed(self) -> Iterator[str]:
        if self.tree is None or self.key not in self.tree.values:
            yield from self._key_appended()
            return
        value = self.tree.values[self.key]
        start, end = self._offset(value.line, value.column), self._end_of_value()
        match value:
            case Sequence() if value.items:
                if not self._at(start, "["):
                    yield from self._block_list(value, end)
                yield from self._closing(start, end, "]", flow(self.entry))
            case Block():
                yield from self._closing(start, end, "}", flow(self.entry) + "]", start)
                yield from self._block_made_list(value, end)
            case Sequence() | Scalar(text="" | "~" | "null" | "Null" | "NULL"):
                yield from self._empty_list(value, start, end)

    # -- block style

    def _item(self, indent: int) -> str:
        """Return the lines of the entry as an item of a list in block style, each ended."""
        first, *rest = block(self.entry)
        pad = " " * indent
        return "".join(f"{line}{self.newline}" for line in (f"{pad}- {first}", *(f"{pad}  {line}" for line in rest)))

    def _key_appended(self) -> Iterator[str]:
        if self.tree is not None and self._at(self._offset(self.tree.line, self.tree.column), "{"):
            start = self._offset(self.tree.line, self.tree.column)
            yield from self._closing(start, len(self.text), "}", f"{scalar(self.key)}: [{flow(self.entry)}]")
            return
        indent = self.tree.column if self.tree else 0
        lines = f"{' ' * indent}{scalar(self.key)}:{self.newline}{self._item(indent + 2)}"
        end = self._end_of_document()
        written = _LINE_END.split(self.text[:end])
        airy = any(not line.strip() for line in _LINE_END.split(self.text[:end].strip())[1:])
        closed = len(written) > 1 and not written[-2].strip()
        yield self._inserted(end, (self.newline if airy and not closed else "") + lines)

    def _block_list(self, value: Sequence, end: int) -> Iterator[str]:
        """Propose the places after the last entry: before the comments of the next key, or right before that key."""
        dash = next((d for n in range(value.line - 1, len(self.starts)) if (d := _DASH.match(self._line(n)))), None)
        if dash is None:
            return
        item, last = self._item(len(dash.group())), self._line_number(end)
        while last > value.line and self._is_space_between(last - 1):
            last -= 1
        yield self._inserted(self._start(last), item)
        yield self._inserted(end, item)

    def _is_space_between(self, number: int) -> bool:
        """Tell whether a line is blank or a comment at the margin of the keys, which belongs to what comes next."""
        line = self._line(number)
        content = line.lstrip(" ")
        margin = self.tree.column if self.tree else 0
        return not line.strip() or (content.startswith("#") and len(line) - len(content) <= margin)

    def _block_made_list(self, value: Block, end: int) -> Iterator[str]:
        """Propose the single block of keys as the first of two entries."""
        first, last = value.line - 1, self._line_number(end)
        while last > first + 1 and self._is_space_between(last - 1):
            last -= 1
        lines = [self._line(number) for number in range(first, last)]
        moved = [f"  {line}" if line.strip() else line for line in lines]
        moved[0] = f"{' ' * value.column}- {lines[0][value.column :]}"
        whole, place = self.text, self._start(last)
        self.text = whole[: self._start(first)] + "".join(moved) + whole[place:]
        yield self._inserted(len(self.text) - len(whole) + place, self._item(value.column))
        self.text = whole

    def _empty_list(self, value: Sequence | Scalar, start: int, end: int) -> Iterator[str]:
        """Propose a list in block style in place of the empty one, else an entry inside its brackets."""
        stop = self.text.find("]", start, end) + 1 if isinstance(value, Sequence) else start + len(value.text)
        key = self.tree.keys[self.key].column if self.tree else 0
        head, tail = self.text[:start], self.text[stop:]
        if stop > start or isinstance(value, Scalar):
            line_end = _LINE_END.search(tail)
            behind, below = (tail[: line_end.start()], tail[line_end.end() :]) if line_end else (tail, "")
            item = self._item(key + 2)
            if "#" not in self.text[start:stop]:
                line = head.rstrip(" \t") + (behind if behind.strip() else "")
                yield line + self.newline + (item if line_end else item.removesuffix(self.newline)) + below
        yield from self._closing(start, end, "]", flow(self.entry))
        yield f"{head}{'' if head.endswith(' ') else ' '}[{flow(self.entry)}]{tail}"

    # -- flow style

    def _closing(self, start: int, end: int, bracket: str, added: str, opened: int | None = None) -> Iterator[str]:
        """Propose to write before a closing bracket, or after it where a list is opened around what it closes.

        Args:
            start: Where the value starts.
            end: Where it has ended at the latest.
            bracket: What closes it.
            added: What to write.
            opened: Where to open a list around the value, so that ``added`` follows the value.
        """
        place = end
        for _ in range(_BRACKETS_TRIED):
            place = self.text.rfind(bracket, start, place)
            if place < 0:
                return
            if opened is not None:
                inner = self.text[opened : place + 1]
                yield f"{self.text[:opened]}[{inner}, {added}{self.text[place + 1 :]}"
                continue
            for where in dict.fromkeys((len(self.text[:place].rstrip()), place)):
                for comma in ("",) if self.text[where - 1] in "[{" else (", ", " "):
                    yield self.text[:where] + comma + added + self.text[where:]

    # -- places

    def _at(self, offset: int, sign: str) -> bool:
        return self.text.startswith(sign, offset)

    def _offset(self, line: int, column: int) -> int:
        return self._start(line - 1) + column

    def _start(self, number: int) -> int:
        """Return where a line starts, counted from 0; the end of the text for the one after the last."""
        return self.starts[number] if number < len(self.starts) else len(self.text)

    def _line(self, number: int) -> str:
        """Return a line, counted from 0, with its end."""
        return self.text[self._start(number) : self._start(number + 1)]

    def _line_number(self, offset: int) -> int:
        """Return the number of the first line, counted from 0, that starts at or after an offset."""
        return next((number for number, start in enumerate(self.starts) if start >= offset), len(self.starts))

    def _end_of_document(self) -> int:
        """Return where the mark of the end of the document (``...``) stands, else the end of the text."""
        marks = (start for start in self.starts if _END_MARK.match(self.text, start))
        return next(marks, len(self.text))

    def _end_of_value(self) -> int:
        """Return where the key after ours starts, else the end of the document."""
        keys: list[Scalar] = sorted(self.tree.keys.values(), key=lambda k: (k.line, k.column)) if self.tree else []
        ours = next(number for number, key in enumerate(keys) if key.text == self.key)
        if ours + 1 == len(keys):
            return self._end_of_document()
        following = keys[ours + 1]
        start, key = self._start(following.line - 1), self._offset(following.line, following.column)
        return key if self.text[start:key].strip() else start

    def _inserted(self, offset: int, lines: str) -> str:
        """Return the text with whole lines inserted; a text without a final line end stays without."""
        before, after = self.text[:offset], self.text[offset:]
        if before and not _LINE_END.fullmatch(before[-1]):
            return before + self.newline + lines.removesuffix(self.newline) + after
        return before + lines + after
