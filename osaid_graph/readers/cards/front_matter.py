"""The YAML at the head of a Markdown file, between two lines ``---``, as the Hugging Face Hub and others write it.

What people leave broken there is put right where that is safe, and told: a closing line that was forgotten, tabs, a key
that stands twice. Where the whole is no YAML, each key of the first level is read by itself, so that one broken value
does not take the licence with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.readers import yaml_tree
from osaid_graph.readers.tree import Mapping, Scalar, Sequence, Value
from osaid_graph.sources import Repair

#: Keys of the first level that are read one by one where the whole is not valid YAML.
MAX_KEYS = 1_000
_KEY = re.compile(r"(?:[A-Za-z_][\w-]*|\"[\w -]+\"|'[\w -]+')[ \t]*:(?=\s|$)")
_HEADING = re.compile(r"#{1,6} \S")
_INDENT = re.compile(r"^[ ]*\t[ \t]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys at the head of a file, what was put right in them, and the number of lines up to the body."""

    tree: Mapping
    repairs: tuple[Repair, ...] = ()
    length: int = 0


def front_matter(lines: list[str]) -> FrontMatter:
    """Return the front matter of a file; empty, of no length, where it has none.

    Raises:
        InputError: It is not YAML and nothing in it can be read by itself, or it is no block of keys.
    """
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines) or lines[start].rstrip() != "---":
        return FrontMatter(Mapping(1, 0))
    end = next((number for number in range(start + 1, len(lines)) if lines[number].rstrip() == "---"), None)
    early = _heading_before(lines, start + 1, end)
    if end is not None and (early is None or _parsed(lines, start, end) is not None):
        return _second(lines, start, end) or _read(lines, start, end, end + 1)
    if early is None:
        early = next((n for n in range(start + 1, len(lines)) if not lines[n].strip()), len(lines))
    tree = _parsed(lines, start, early)
    if not isinstance(tree, Mapping):
        if end is not None:
            return _read(lines, start, end, end + 1)
        # A rule at the head of a text is three hyphens too.
        return _read(lines, start, early, early) if _keys(lines, start, early) else FrontMatter(Mapping(1, 0))
    told = Repair(f"the front matter has no closing '---': taken to end before line {early + 1}", start + 1)
    return FrontMatter(tree, (told,), early)


def _second(lines: list[str], start: int, end: int) -> FrontMatter | None:
    """Return the front matter that stands right behind an empty one, as a tool that fills in templates writes it."""
    if any(line.strip() not in ("", "{}") for line in lines[start + 1 : end]):
        return None
    close = next((number for number in range(end + 1, len(lines)) if lines[number].rstrip() == "---"), None)
    if close is None or end + 1 == close or not _KEY.match(lines[end + 1]):
        return None
    tree = _parsed(lines, end, close)
    if not isinstance(tree, Mapping):
        return None
    told = Repair("an empty front matter stands before the one that says something: the second is read", start + 1)
    return FrontMatter(tree, (told,), close + 1)


def _heading_before(lines: list[str], start: int, end: int | None) -> int | None:
    """Return the first heading of Markdown behind which no key of YAML follows before ``end``."""
    found = None
    for number in range(start, len(lines) if end is None else end):
        if found is None and _HEADING.match(lines[number]):
            found = number
        elif found is not None and end is not None and _KEY.match(lines[number]):
            found = None
    return found


def _keys(lines: list[str], start: int, end: int) -> list[int]:
    return [number for number in range(start + 1, end) if _KEY.match(lines[number])]


def _text(lines: list[str], start: int, end: int) -> str:
    """Return a part of the lines at its own line numbers: those before it are empty."""
    return "\n" * (start + 1) + "\n".join(lines[start + 1 : end]) + "\n"


def _parsed(lines: list[str], start: int, end: int) -> Value | None:
    try:
        return yaml_tree.parse(_text(lines, start, end))
    except InputError:
        return None


def _read(lines: list[str], start: int, end: int, length: int) -> FrontMatter:
    """Return the front matter between two lines, mended where it has to be."""
    try:
        tree = yaml_tree.parse(_text(lines, start, end))
    except InputError as error:
        return _mended(lines, start, end, length, error)
    if tree is None:
        return FrontMatter(Mapping(start + 1, 0), (), length)
    if not isinstance(tree, Mapping):
        raise InputError("the front matter is no block of keys", "write <key>: <value> lines in it", line=tree.line)
    return FrontMatter(tree, (), length)


def _mended(lines: list[str], start: int, end: int, length: int, error: InputError) -> FrontMatter:
    keys = _keys(lines, start, end)
    if not keys or len(keys) > MAX_KEYS:
        raise InputError(f"front matter: {error.message}", error.hint, line=error.line)
    tree = Mapping(start + 1, 0)
    repairs: list[Repair] = []
    for first, behind in pairwise([*keys, end]):
        text = "\n".join(lines[first:behind]) + "\n"
        spaced = _INDENT.sub(lambda match: match.group().replace("\t", "  "), text)
        try:
            found = yaml_tree.parse(text)
        except InputError as problem:
            try:
                found = yaml_tree.parse(spaced) if spaced != text else None
            except InputError:
                found = None
            if not isinstance(found, Mapping):
                name = lines[first].partition(":")[0].strip()
                line = first + (problem.line or 1)
                told = f"{shortened(problem.message, 160)}: {name!r} of the front matter left out"
                repairs.append(Repair(told, line, name))
                continue
            repairs.append(Repair("tabs in the front matter taken for two spaces each", first + 1))
        if isinstance(found, Mapping):
            _add(tree, _moved(found, first, {}), repairs)
    if not tree.values:
        raise InputError(f"front matter: {error.message}", error.hint, line=error.line)
    return FrontMatter(tree, tuple(repairs), length)


def _add(tree: Mapping, found: Value, repairs: list[Repair]) -> None:
    """Add a block's keys to the tree; of a key that stands twice, the first stays."""
    if not isinstance(found, Mapping):
        return
    for key, value in found.values.items():
        if key in tree.values:
            first, line = tree.keys[key].line, found.keys[key].line
            repairs.append(Repair(f"duplicate key {key!r} (first on line {first}): the first is kept", line, key))
        else:
            tree.values[key] = value
            tree.keys[key] = found.keys[key]


def _moved(value: Value, by: int, done: dict[int, Value]) -> Value:
    """Return a copy of a value, a number of lines further down; nodes that are shared stay so."""
    known = done.get(id(value))
    if known is not None:
        return known
    moved: Value
    match value:
        case Scalar():
            moved = Scalar(value.text, value.line + by, value.column, value.plain)
        case Sequence():
            moved = Sequence(value.line + by, value.column, [_moved(item, by, done) for item in value.items])
        case Mapping():
            moved = Mapping(
                value.line + by,
                value.column,
                {key: _moved(item, by, done) for key, item in value.values.items()},
                {key: Scalar(item.text, item.line + by, item.column, item.plain) for key, item in value.keys.items()},
            )
    done[id(value)] = moved
    return moved
