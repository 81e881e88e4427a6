"""YAML text as a tree in which every value knows its line, read from the parser's events.

Nothing is constructed: tags have no effect because all but the core ones are refused, scalars stay the text they
were written as (so ``version: 1.10`` is ``1.10`` and ``language: no`` is ``no``), and anchors share one node, so
that an alias costs nothing until it is walked. YAML 1.1 and 1.2 differ in what plain scalars mean; here it is the
key that decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.readers.limits import MAX_BYTES, MAX_DEPTH, MAX_NODES
from osaid_graph.readers.tree import Mapping, Scalar, Sequence, Value, children

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!")
# YAML 1.2, production 1 (c-printable): what a document may hold as it is.
_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Line breaks in YAML 1.1 alone. They would be counted as lines that no editor shows; a scalar folds them anyway.
_OLD_BREAKS = str.maketrans("\x85\u2028\u2029", "   ")
_TOO_DEEP = (f"nested deeper than {MAX_DEPTH} levels", "flatten it")
# What an escape can bring into a text although no text may hold it: NUL, and halves of characters.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def parse(text: str) -> Value | None:
    """Return the tree of a YAML document, or None where it is empty.

    Raises:
        InputError: Not YAML, more than one document, a duplicate key, a key that is no text, a tag, an unknown or
            self-containing anchor, or one of the limits of :mod:`osaid_graph.readers.limits` exceeded.
    """
    wrong = _NOT_PRINTABLE.search(text)
    if wrong:
        found = f"a control character, U+{ord(wrong.group()):04X}"
        raise InputError(f"not valid YAML: {found}", "delete it", line=text.count("\n", 0, wrong.start()) + 1)
    try:
        return _Builder().build(yaml.parse(text.translate(_OLD_BREAKS), Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        problem = " ".join(part for part in (error.context, error.problem) if part)
        if "nesting depth" in problem:  # libyaml looks ahead, so its own limit may be met before ours is counted
            raise InputError(*_TOO_DEEP, line=_line(error, text)) from None
        raise InputError(
            f"not valid YAML: {shortened(problem, 120)}",
            "indent with spaces, and quote texts that hold ': ' or start with a special character",
            line=_line(error, text),
        ) from None
    except yaml.YAMLError as error:
        raise InputError(f"not valid YAML: {shortened(' '.join(str(error).split()), 120)}", "mend it") from None


def _line(error: yaml.MarkedYAMLError, text: str) -> int | None:
    """Return the line to mend: where the problem shows, or what was never closed if that is the end of the text."""
    mark, start = error.problem_mark or error.context_mark, error.context_mark
    if mark is None:
        return None
    last = text.rstrip().count("\n")
    if mark.line <= last:
        return int(mark.line) + 1
    return int(start.line if start is not None and start.line <= last else last) + 1


class _Builder:
    """Builds the tree from events with an explicit stack: nesting costs no recursion here or in the C parser."""

    def __init__(self) -> None:
        self.anchors: dict[str, Value] = {}
        self.open: list[tuple[Value, Scalar | None]] = []
        self.root: Value | None = None
        self.documents = 0
        self.values = 0
        self.aliased = False

    def build(self, events: Iterator[yaml.Event]) -> Value | None:
        for event in events:
            line = event.start_mark.line + 1 if event.start_mark else 1
            column = event.start_mark.column if event.start_mark else 0
            match event:
                case yaml.ScalarEvent():
                    self._refuse_tag(event.tag, line)
                    if event.style == '"' and _NO_TEXT.search(event.value):
                        raise InputError("an escape for a character that no text holds", "delete it", line=line)
                    self._place(Scalar(event.value, line, column, not event.style), event.anchor)
                case yaml.SequenceStartEvent():
                    self._refuse_tag(event.tag, line)
                    self._enter(Sequence(line, column), event.anchor)
                case yaml.MappingStartEvent():
                    self._refuse_tag(event.tag, line)
                    self._enter(Mapping(line, column), event.anchor)
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    self.open.pop()
                case yaml.AliasEvent():
                    self.aliased = True
                    self._place(self._anchored(event.anchor, line), None, line)
                case yaml.DocumentStartEvent():
                    self.documents += 1
                    if self.documents > 1:
                        raise InputError("more than one YAML document ('---')", "keep one per file", line=line)
        if self.root is not None and self.aliased:
            _check_expanded_size(self.root)
        return None if isinstance(self.root, Scalar) and self.root.is_null else self.root

    def _refuse_tag(self, tag: str | None, line: int) -> None:
        if tag is not None and tag not in _CORE_TAGS:
            raise InputError(f"YAML tag {shortened(tag)!r} is not accepted", "write the plain value", line=line)

    def _anchored(self, name: str | None, line: int) -> Value:
        value = self.anchors.get(name or "")
        if value is None:
            shown = shortened(name or "")
            raise InputError(f"YAML alias *{shown} has no anchor &{shown} before it", "write the value", line=line)
        if any(value is container for container, _ in self.open):
            raise InputError(f"YAML alias *{shortened(name or '')} contains itself", "write the value out", line=line)
        return value

    def _enter(self, value: Sequence | Mapping, anchor: str | None) -> None:
        self._place(value, anchor)
        self.open.append((value, None))
        if len(self.open) > MAX_DEPTH:
            raise InputError(*_TOO_DEEP, line=value.line)

    def _place(self, value: Value, anchor: str | None, line: int | None = None) -> None:
        self.values += 1
        if self.values > MAX_NODES:
            raise InputError(f"more than {MAX_NODES:,} values", "split the file; use imports", line=line or value.line)
        if anchor is not None:
            self.anchors[anchor] = value
        if not self.open:
            self.root = value
            return
        container, key = self.open[-1]
        match container:
            case Sequence():
                container.items.append(value)
            case Mapping() if key is None:
                self.open[-1] = (container, self._key(container, value, line))
            case Mapping() if key is not None:
                container.values[key.text] = value
                container.keys[key.text] = key
                self.open[-1] = (container, None)

    def _key(self, container: Mapping, value: Value, line: int | None) -> Scalar:
        if not isinstance(value, Scalar):
            raise InputError("a key must be a plain word", "write <key>: <value>", line=line or value.line)
        if value.text == "<<":
            raise InputError("YAML merge keys (<<) are not accepted", "write the keys out", line=value.line)
        if value.text in container.values:
            first = container.keys[value.text].line
            raise InputError(
                f"duplicate key {shortened(value.text)!r} (first on line {first})",
                "keep one of them; several values of one key are a list",
                line=line or value.line,
            )
        return value if line is None else Scalar(value.text, line, value.column, value.plain)


def _check_expanded_size(tree: Value) -> None:
    """Refuse trees whose aliases expand beyond ``MAX_NODES`` values, ``MAX_BYTES`` of text or ``MAX_DEPTH`` levels.

    Sizes are summed once per node, children first, so the check itself is linear in the text.
    """
    sizes: dict[int, tuple[int, int, int]] = {}
    stack: list[tuple[Value, bool]] = [(tree, False)]
    while stack:
        value, ready = stack.pop()
        inside = children(value)
        if not ready:
            if id(value) not in sizes:
                stack.append((value, True))
                stack.extend((child, False) for child in inside)
            continue
        inner = [sizes[id(child)] for child in inside]
        values = 1 + sum(size[0] for size in inner)
        text = sum(size[1] for size in inner) + (len(value.text) if isinstance(value, Scalar) else 0)
        depth = 0 if isinstance(value, Scalar) else 1 + max((size[2] for size in inner), default=0)
        sizes[id(value)] = (values, text, depth)
        for found, limit, what in (
            (values, MAX_NODES, "values"),
            (text, MAX_BYTES, "characters"),
            (depth, MAX_DEPTH, "levels"),
        ):
            if found > limit:
                message = f"YAML aliases expand to more than {limit:,} {what}"
                raise InputError(message, "write the values out", line=value.line)
