"""Edits of a manifest as a person makes them: in the text, where the tree of the reader says the entry stands.

Only block style is edited (one entry a line, nested by indentation); what stands in one line is replaced whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from osaid_graph.readers.tree import Mapping, Scalar, Sequence, Value
from osaid_graph.readers.yaml_tree import parse

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, or an item of a list: its first line and the line after its last, counted from 0."""

    path: Path
    value: Value
    first: int
    end: int
    column: int


class ManifestText:
    """The text of a manifest, edited in place."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()

    def __str__(self) -> str:
        return "\n".join(self.lines) + "\n"

    # -- finding -----------------------------------------------------------------------------------------------

    def entries(self) -> Iterator[Entry]:
        """Yield every entry in block style, containers before what they hold."""
        tree = parse(str(self))
        assert isinstance(tree, Mapping)
        waiting: list[tuple[Path, Value]] = [((), tree)]
        while waiting:
            path, container = waiting.pop(0)
            for step, value, line, column in self._children(container):
                entry = Entry((*path, step), value, line - 1, self._end(line - 1, column), column)
                yield entry
                waiting.append((entry.path, value))

    def _children(self, container: Value) -> Iterator[tuple[str | int, Value, int, int]]:
        if isinstance(container, Scalar) or self.lines[container.line - 1][container.column :].startswith(("{", "[")):
            return
        if isinstance(container, Mapping):
            for name, value in container.values.items():
                key = container.keys[name]
                yield name, value, key.line, key.column
        else:
            for number, value in enumerate(container.items):
                yield number, value, value.line, container.column

    def _end(self, first: int, column: int) -> int:
        """Return the line after an entry: the last line below ``first`` that is indented deeper, plus one."""
        end = first + 1
        for number in range(first + 1, len(self.lines)):
            line = self.lines[number]
            indent = len(line) - len(line.lstrip())
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            if indent <= column:
                break
            end = number + 1
        return end

    def at(self, path: Path) -> Entry:
        """Return the entry at a path."""
        return next(entry for entry in self.entries() if entry.path == path)

    def named(self, names: str) -> Entry:
        """Return the entry at a path of keys and names of list items, written ``datasets/crawl/scope``."""
        path: Path = ()
        for name in names.split("/"):
            children = [entry for entry in self.entries() if entry.path[:-1] == path]
            found = [entry for entry in children if entry.path[-1] == name or name in _names(entry.value)]
            assert len(found) == 1, f"{name!r} of {names!r} names {len(found)} entries"
            path = found[0].path
        return self.at(path)

    def stated_on(self, line: int) -> Entry:
        """Return the statement on a line, counted from 1: the widest entry that starts there with its value."""
        return next(e for e in self.entries() if e.first == line - 1 == e.value.line - 1)

    def block_at(self, line: int) -> Path:
        """Return the path of the block of keys that starts on a line, counted from 1."""
        return next(e.path for e in self.entries() if isinstance(e.value, Mapping) and e.value.line == line)

    # -- editing -----------------------------------------------------------------------------------------------

    def delete(self, entry: Entry) -> None:
        """Take an entry away, and the list or block it leaves empty."""
        siblings = [other for other in self.entries() if other.path[:-1] == entry.path[:-1]]
        if len(siblings) == 1 and len(entry.path) > 1:
            self.delete(self.at(entry.path[:-1]))
            return
        assert isinstance(entry.path[-1], int) or self.lines[entry.first][: entry.column].isspace() or not entry.column
        del self.lines[entry.first : entry.end]

    def replace(self, entry: Entry, text: str) -> None:
        """Put ``text``, written from the margin, in the place of an entry."""
        self.lines[entry.first : entry.end] = _indented(text, entry.column)

    def add(self, path: Path, text: str) -> None:
        """Put ``text``, written from the margin, at the end of the block or list at a path; () is the whole file."""
        if not path:
            self.lines.extend(text.splitlines())
            return
        holder = self.at(path)
        assert isinstance(holder.value, (Mapping, Sequence)), f"{path} holds a text"
        self.lines[holder.end : holder.end] = _indented(text, holder.value.column)

    # -- remedies ----------------------------------------------------------------------------------------------

    def paste(self, block: Path, text: str, *, instead: bool) -> None:
        """Put the keys of ``text`` at the end of a block.

        Args:
            block: The path of the block.
            text: Keys and values, written from the margin.
            instead: Let keys of the block that ``text`` has as well give way; else there may be none.
        """
        said = parse(text)
        assert isinstance(said, Mapping)
        there = [e for e in self.entries() if e.path[:-1] == block and e.path[-1] in said.values]
        assert instead or not there, f"{[e.path for e in there]} would be there twice"
        if not there:
            self.add(block, text)
            return
        self.replace(there[0], text)
        for other in reversed(there[1:]):
            grown = len(text.splitlines()) - (there[0].end - there[0].first)
            assert other.first > there[0].first
            del self.lines[other.first + grown : other.end + grown]

    def paste_under(self, key: str, text: str, *, instead: bool) -> None:
        """Put a snippet under a top-level key: items into its list, keys into its block.

        Args:
            key: The top-level key, which need not be there.
            text: Items or keys, written from the margin.
            instead: Let what stands there give way, as far as the snippet says something else.
        """
        present = [entry for entry in self.entries() if entry.path == (key,)]
        said = parse(text)
        if not present:
            self.add((), f"{key}:\n" + "\n".join(_indented(text, 2)))
        elif isinstance(said, Mapping) and isinstance(present[0].value, Mapping):
            self.paste((key,), text, instead=instead)
        elif isinstance(said, Sequence) and isinstance(present[0].value, Sequence):
            self.add((key,), text)
        else:
            assert instead, f"{key} would be there twice"
            self.replace(present[0], f"{key}:\n" + "\n".join(_indented(text, 2)))


def _indented(text: str, column: int) -> list[str]:
    return [" " * column + line if line else line for line in text.splitlines()]


def _names(value: Value) -> set[str]:
    """Return what an item of a list may be called: its roles, and the last part of its id, document or reference."""
    if isinstance(value, Scalar):
        return {value.text.rpartition("/")[2]}
    if isinstance(value, Sequence):
        return set()
    names = {value.values[key] for key in ("id", "document", "ref") if key in value.values}
    roles = value.values.get("roles")
    found = {name.text.rpartition("/")[2] for name in names if isinstance(name, Scalar)}
    return found | (
        {role.text for role in roles.items if isinstance(role, Scalar)} if isinstance(roles, Sequence) else set()
    )
