"""JSON text as a tree in which every value knows its line.

Python's parser decides what is JSON and says what is wrong; a second walk over the tokens, which by then are known to
be well-formed, builds the tree with an explicit stack.
"""

from __future__ import annotations

import json
import re
from typing import Any

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.readers.limits import MAX_DEPTH, MAX_NODES
from osaid_graph.readers.tree import Mapping, Scalar, Sequence, Value

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+|\n')
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
#: What Python's parser says, by its start -> what to do about it.
_MEND = {
    "Expecting value": "a text in double quotes, a number, true, false, null, [ or { belongs there",
    "Expecting property name": "write the key in double quotes, and no comma after the last entry",
    "Expecting ',' delimiter": "put a comma between two entries, or close what is open before it",
    "Expecting ':' delimiter": "put a colon between key and value",
    "Illegal trailing comma": "write no comma after the last entry",
    "Extra data": "a file holds one value: put several into an array, or remove what follows the first",
    "Unterminated string": "close the text with a double quote",
    "Invalid control character": "write a line break in a text as \\n, a tab as \\t",
    "Invalid \\": "write a backslash in a text as two",
    "": "write what JSON allows at this place",
}
TOO_DEEP = (f"JSON is nested deeper than {MAX_DEPTH} levels", "flatten it")


def parse(text: str) -> Value:
    """Return the tree of a JSON document. Numbers and words stay the text they were written as.

    Raises:
        InputError: Not JSON, a duplicate key, an escape for what no text holds, or one of the limits of
            :mod:`osaid_graph.readers.limits` exceeded; with the line.
    """
    check(text)
    return _Builder(text).build()


def check(text: str) -> None:
    """Refuse a text that is not JSON.

    Raises:
        InputError: It is none, with the line.
    """
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        hint = next((help_ for start, help_ in _MEND.items() if error.msg.startswith(start)), _MEND[""])
        raise InputError(f"not valid JSON at column {error.colno}: {error.msg}", hint, line=error.lineno) from None
    except RecursionError:
        raise InputError(*TOO_DEEP) from None


def plain(value: Value) -> Any:
    """Return a tree as the values that Python's parser gives, for what works on these; keys stay in their order."""
    match value:
        case Mapping():
            return {key: plain(inner) for key, inner in value.values.items()}
        case Sequence():
            return [plain(item) for item in value.items]
    if not value.plain:
        return value.text
    try:
        return json.loads(value.text)
    except ValueError:  # a number of more digits than Python reads
        raise InputError("not valid JSON: a number of too many digits", "write it as a text", line=value.line) from None


class _Builder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.line, self.start = 1, 0
        self.open: list[tuple[Mapping | Sequence, Scalar | None]] = []
        self.root: Value | None = None
        self.values = 0

    def build(self) -> Value:
        for match in _TOKEN.finditer(self.text):
            written = match.group()
            first = written[0]
            if first == "\n":
                self.line, self.start = self.line + 1, match.end()
            elif first == "{":
                self._enter(Mapping(self.line, match.start() - self.start))
            elif first == "[":
                self._enter(Sequence(self.line, match.start() - self.start))
            elif first in "}]":
                self.open.pop()
            elif first not in ",:":
                self._scalar(written, match.start() - self.start)
        if self.root is None:
            raise InputError("the file is empty", "describe something in it")
        return self.root

    def _scalar(self, written: str, column: int) -> None:
        quoted = written.startswith('"')
        text = json.loads(written, strict=False) if quoted else written
        if quoted and _NO_TEXT.search(text):
            raise InputError("an escape for a character that no text holds", "delete it", line=self.line)
        scalar = Scalar(text, self.line, column, not quoted)
        if self.open:
            container, key = self.open[-1]
            if isinstance(container, Mapping) and key is None:
                self._key(container, scalar)
                return
        self._place(scalar)

    def _key(self, container: Mapping, key: Scalar) -> None:
        if key.text in container.values:
            first = container.keys[key.text].line
            raise InputError(
                f"duplicate key {shortened(key.text)!r} (first on line {first})",
                "keep one; several values are an array",
                line=key.line,
            )
        self.open[-1] = (container, key)

    def _enter(self, value: Mapping | Sequence) -> None:
        self._place(value)
        self.open.append((value, None))
        if len(self.open) > MAX_DEPTH:
            raise InputError(*TOO_DEEP, line=value.line)

    def _place(self, value: Value) -> None:
        self.values += 1
        if self.values > MAX_NODES:
            raise InputError(f"more than {MAX_NODES:,} values", "split the file", line=value.line)
        if not self.open:
            self.root = value
            return
        container, key = self.open[-1]
        if isinstance(container, Sequence):
            container.items.append(value)
        elif key is not None:
            container.values[key.text] = value
            container.keys[key.text] = key
            self.open[-1] = (container, None)
