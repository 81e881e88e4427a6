"""A document as fields that remember whether they were asked for, so that nothing is passed over in silence.

A reader takes what it understands from a :class:`Field`; whatever it never asked for is what the document says and we
do not model, which :meth:`Fields.unread` lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Self

from osaid_graph.readers.place import below
from osaid_graph.readers.tree import Mapping, Scalar, Sequence, Value
from osaid_graph.sources import Unread

#: Texts of a scalar that is no value.
_EMPTY = frozenset(("", "~", "null"))


class Field:
    """A value in a document and the path that leads to it: ``components[3].licenses[0].license.id``."""

    __slots__ = ("_read", "line", "path", "value")

    def __init__(self, value: Value, path: str, line: int, read: set[int]) -> None:
        self.value = value
        self.path = path
        self.line = line
        self._read = read

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.path or '.'} on line {self.line}>"

    def get(self, *keys: str) -> Field | None:
        """Return the field that keys lead to, one below the other; None where one is missing or null."""
        found: Field = self
        for key in keys:
            value = found.value.values.get(key) if isinstance(found.value, Mapping) else None
            if value is None or (isinstance(value, Scalar) and value.is_null):
                return None
            assert isinstance(found.value, Mapping)  # noqa: S101 - for the type checker: it had the key
            path = below(found.path, key)
            found = Field(value, path, found.value.keys[key].line, self._read)
        return found

    def first(self, *keys: str) -> Field | None:
        """Return the first of several spellings of a key that is there."""
        return next((found for key in keys if (found := self.get(key)) is not None), None)

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def keys(self) -> tuple[str, ...]:
        """Return the keys of a block, in order; none of anything else."""
        return tuple(self.value.values) if isinstance(self.value, Mapping) else ()

    def items(self) -> Iterator[tuple[str, Field]]:
        """Yield the entries of a block that have a value."""
        for key in self.keys():
            found = self.get(key)
            if found is not None:
                yield key, found

    def each(self, *keys: str) -> Iterator[Field]:
        """Yield the entries of the list that keys lead to; the one value itself where it is no list."""
        found = self.get(*keys)
        if found is None:
            return
        if not isinstance(found.value, Sequence):
            yield found
            return
        for number, item in enumerate(found.value.items):
            if not (isinstance(item, Scalar) and item.is_null):
                yield Field(item, f"{found.path}[{number}]", item.line, self._read)

    @property
    def is_text(self) -> bool:
        """Whether it is a scalar: a text, a number, true or false."""
        return isinstance(self.value, Scalar)

    @property
    def is_block(self) -> bool:
        """Whether it is a block of keys."""
        return isinstance(self.value, Mapping)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.value, Sequence)

    def text(self, *keys: str) -> str:
        """Return the text that keys lead to, without white space around it; empty for anything else. It is read."""
        found = self.get(*keys)
        if found is None or not isinstance(found.value, Scalar):
            return ""
        found.read()
        return found.value.text.strip()

    def peek(self, *keys: str) -> str:
        """Return the text that keys lead to as :meth:`text` does, without reading it; to see what something is."""
        found = self.get(*keys)
        return found.value.text.strip() if found is not None and isinstance(found.value, Scalar) else ""

    def flag(self, *keys: str) -> bool | None:
        """Return the truth that keys lead to; None for anything else, which then stays unread."""
        found = self.get(*keys)
        if found is None or not isinstance(found.value, Scalar):
            return None
        word = found.value.text.strip().casefold()
        if word not in ("true", "false"):
            return None
        found.read()
        return word == "true"

    def read(self) -> Self:
        """Count the value, and all in it, as read; for what says how to read rather than something of its own."""
        self._read.add(id(self.value))
        return self


class Fields(Field):
    """A whole document."""

    __slots__ = ()

    def __init__(self, value: Value) -> None:
        super().__init__(value, "", value.line, set())

    def unread(self, alike: Collection[str] = ()) -> tuple[Unread, ...]:
        """Return what was never asked for: the outermost paths, ``[]`` for every place in a list, with their counts.

        A count is of values that say something: empty texts, empty blocks and nulls say nothing. ``alike`` are the
        paths of blocks that are lists in all but notation, their keys being names that the author gave.
        """
        found: dict[str, Unread] = {}
        stack: list[tuple[Value, str, int]] = [(self.value, "", self.value.line)]
        while stack:
            value, path, line = stack.pop()
            if id(value) in self._read:
                continue
            if not self._touched(value):
                count = _leaves(value)
                if count:
                    before = found.get(path)
                    found[path] = Unread(
                        path or ".", count + (before.count if before else 0), before.line if before else line
                    )
                continue
            if isinstance(value, Mapping):
                inner = [
                    (each, f"{path}[]" if path in alike else below(path, key), value.keys[key].line)
                    for key, each in value.values.items()
                ]
            else:
                inner = [(each, f"{path}[]", each.line) for each in value.items] if isinstance(value, Sequence) else []
            stack.extend(reversed(inner))
        return tuple(found.values())

    def _touched(self, value: Value) -> bool:
        """Tell whether anything in a value was read."""
        stack = [value]
        while stack:
            each = stack.pop()
            if id(each) in self._read:
                return True
            match each:
                case Mapping():
                    stack.extend(each.values.values())
                case Sequence():
                    stack.extend(each.items)
        return False


def _leaves(value: Value) -> int:
    """Return how many values in a value say something."""
    count, stack = 0, [value]
    while stack:
        each = stack.pop()
        match each:
            case Mapping():
                stack.extend(each.values.values())
            case Sequence():
                stack.extend(each.items)
            case Scalar():
                count += each.text.strip().casefold() not in _EMPTY
    return count
