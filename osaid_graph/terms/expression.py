"""Licence expressions as a small tree, after the annex "SPDX license expressions" of SPDX 3.0.1.

Which identifiers exist is the catalogue's business; here an identifier is any run of words, so that a full
name may stand in an expression. Length and depth are limited: no text can exhaust the stack or the clock.
That is why this reads expressions itself: the ``license-expression`` library recurses without a limit, and
on some malformed texts stops only at an ``assert``, which ``python -O`` removes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

#: Longest expression read, in characters.
MAX_LENGTH = 2000
#: Deepest nesting of parentheses read.
MAX_DEPTH = 25

_TOKEN = re.compile(r"[()]|[^()\s]+")
_OPERATORS = ("AND", "OR", "WITH")


class ExpressionError(ValueError):
    """A text is not a licence expression, or one beyond the limits; the message says which, as a clause."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One licence: an identifier (with its ``+`` for "or later") and the exception it carries, if any."""

    id: str
    exception: str = ""

    def __str__(self) -> str:
        return f"{self.id} WITH {self.exception}" if self.exception else self.id


@dataclass(frozen=True, slots=True)
class Compound:
    """Two or more expressions joined by one operator; an operand never has the same operator."""

    operator: Literal["AND", "OR"]
    operands: tuple[Node, ...]

    def __str__(self) -> str:
        # AND binds tighter, so only an OR inside an AND needs parentheses.
        parts = (
            f"({part})" if isinstance(part, Compound) and self.operator == "AND" else str(part)
            for part in self.operands
        )
        return f" {self.operator} ".join(parts)


Node = Leaf | Compound


def join(operator: Literal["AND", "OR"], parts: tuple[Node, ...]) -> Compound:
    """Join ``parts``, lifting operands of a part that has the same operator."""
    operands: list[Node] = []
    for part in parts:
        operands.extend(part.operands if isinstance(part, Compound) and part.operator == operator else (part,))
    return Compound(operator, tuple(operands))


def parse(text: str) -> Node:
    """Return the tree of a licence expression; identifiers are as written, not looked up.

    Raises:
        ExpressionError: ``text`` is not an expression, or longer or deeper than the limits.
    """
    check_text(text)
    reader = _Reader(_TOKEN.findall(text))
    node = reader.alternatives(0)
    if reader.token is not None:
        raise ExpressionError("it is not a licence expression")
    return node


def check_text(text: str) -> None:
    """Refuse a text that cannot be a licence statement whatever it says.

    Raises:
        ExpressionError: It is longer than :data:`MAX_LENGTH` or holds control characters.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"it is longer than {MAX_LENGTH} characters")
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in "\t\n\r" for character in text):
        raise ExpressionError("it holds control characters")


class _Reader:
    """A recursive-descent reader of one expression; ``OR`` binds loosest, ``WITH`` tightest."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._next = 0

    @property
    def token(self) -> str | None:
        """The next token, operators in upper case; None at the end."""
        if self._next == len(self._tokens):
            return None
        token = self._tokens[self._next]
        return token.upper() if token.upper() in _OPERATORS else token

    def alternatives(self, depth: int) -> Node:
        """Read ``x OR y OR ...``."""
        parts = [self._conjunction(depth)]
        while self._take("OR"):
            parts.append(self._conjunction(depth))
        return parts[0] if len(parts) == 1 else join("OR", tuple(parts))

    def _conjunction(self, depth: int) -> Node:
        parts = [self._factor(depth)]
        while self._take("AND"):
            parts.append(self._factor(depth))
        return parts[0] if len(parts) == 1 else join("AND", tuple(parts))

    def _factor(self, depth: int) -> Node:
        if not self._take("("):
            identifier = self._words()
            return Leaf(identifier, self._words()) if self._take("WITH") else Leaf(identifier)
        if depth == MAX_DEPTH:
            raise ExpressionError(f"it nests more than {MAX_DEPTH} parentheses")
        node = self.alternatives(depth + 1)
        if not self._take(")"):
            raise ExpressionError("a parenthesis is not closed")
        return node

    def _words(self) -> str:
        """Read one identifier: the words up to the next operator or parenthesis."""
        words = []
        while (token := self.token) is not None and token not in ("(", ")", *_OPERATORS):
            words.append(token)
            self._next += 1
        if not words:
            raise ExpressionError("it is not a licence expression" if self._tokens else "it is empty")
        return " ".join(words)

    def _take(self, expected: str) -> bool:
        found = self.token == expected
        self._next += found
        return found
