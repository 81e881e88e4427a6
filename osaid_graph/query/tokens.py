"""The tokens of SPARQL (SPARQL 1.1 Query Language, section 19.8), to see a word of a query apart from texts and names.

A character is in one token exactly, so a keyword inside a string, an IRI or a comment is none, and one outside of them
cannot hide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_NAME = r"[^\W\d_](?:[\w.\-\u00b7]*[\w\-\u00b7])?"
_LOCAL = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
_LOCAL_MORE = r"(?:[\w:.\-\u00b7]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
_TOKENS: Final = re.compile(
    rf"""
    (?P<space>\s+ | \#[^\n\r]*)
  | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
  | (?P<string>'''(?:'{{0,2}}(?:[^'\\]|\\.))*''' | \"""(?:"{{0,2}}(?:[^"\\]|\\.))*\"""
             | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*")
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:{_NAME}|_)?:(?:{_LOCAL}{_LOCAL_MORE}*)?)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>\w+)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind (``iri``, ``string``, ``variable``, ``name``, ``language``, ``number``, ``word``, ``mark``).

    ``start`` is where it starts in the text, in characters from 0; lines and columns are counted from 1.
    """

    kind: str
    text: str
    line: int
    column: int
    start: int

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Tell whether this is one of some keywords, in any case of letters."""
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str) -> list[Token]:
    """Return the tokens of a query, without blanks and comments; a character that starts none is a ``mark``."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    line, start = 1, 0
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup or "mark"
        if kind != "space":
            yield Token(kind, match.group(), line, match.start() - start + 1, match.start())
        if newlines := match.group().count("\n"):
            line += newlines
            start = match.start() + match.group().rindex("\n") + 1


def unescaped(text: str) -> str:
    r"""Return a query with the escapes for characters that may stand anywhere in one (section 19.2) replaced.

    >>> unescaped(r"SERV\u0049CE")
    'SERVICE'
    """

    def character(match: re.Match[str]) -> str:
        code = int(match.group(1) or match.group(2), 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match.group()

    return _ESCAPE.sub(character, text)
