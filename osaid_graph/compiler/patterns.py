"""Regular expressions of ``sh:pattern`` in a form that DuckDB (RE2) and Spark (Java) read as the reference engine does.

The reference engine hands them to Python's ``re``. What the three read differently is spelt out (``.``, ``$``, classes
of characters, letters in either case), and what one of them lacks or nobody can spell out is refused: look-around,
references to groups, boundaries of words.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import Any, Final

#: Classes of characters of ``re`` on texts, as members of a class.
_CATEGORIES: Final = {
    "CATEGORY_DIGIT": r"\p{Nd}",
    "CATEGORY_WORD": r"\p{L}\p{N}_",
    "CATEGORY_SPACE": r"\t\n\x0b\f\r\x1c-\x1f\x{85}\p{Z}",
}
_NEGATED: Final = {name.replace("CATEGORY_", "CATEGORY_NOT_"): name for name in _CATEGORIES}
#: RE2 repeats no more than that, all repetitions inside one another taken together.
_MOST: Final = 1000
#: The last character that has another case (Adlam small letter sha).
_LAST_WITH_CASE: Final = 0x1E943
_SINGLE: Final = re.compile(r"[0-9A-Za-z]|\\x\{[0-9a-f]+\}")
_Part = tuple[Any, Any]


class NotPortable(ValueError):
    """An expression that not all engines read alike; the text says what of it."""


def portable(pattern: str, flags: str = "") -> str:
    r"""Return a pattern that finds in RE2 and Java what ``pattern`` finds in Python.

    Args:
        pattern: The pattern, which may match anywhere.
        flags: ``i`` for either case of letters; ``m`` where the pattern has neither ``^`` nor ``$``.

    Raises:
        NotPortable: There is no such pattern, or it is not a pattern at all.

    >>> print(portable("^a.b$"))
    ^a[^\n]b\n?\z
    >>> print(portable("ok", "i"))
    [Oo][Kk\x{212a}]
    """
    other = sorted(set(flags) - {"i", "m"})
    if other:
        raise NotPortable(f"the flag {other[0]!r}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            parsed = import_module("re._parser").parse(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise NotPortable(f"a mistake: {error}") from None
    if parsed.state.flags & ~re.UNICODE:
        raise NotPortable("flags inside the expression")
    return _Writer("i" in flags, "m" in flags).sequence(list(parsed), last=True)


class _Writer:
    def __init__(self, any_case: bool, lines: bool) -> None:
        self.any_case = any_case
        self.lines = lines
        self.times = 1  # how often what is written may be repeated by what is around it
        self.writers: dict[str, Callable[[Any, bool], str]] = {
            "LITERAL": lambda code, _: self._member((("LITERAL", code),), negated=False),
            "NOT_LITERAL": lambda code, _: self._member((("LITERAL", code),), negated=True),
            "ANY": lambda _, __: r"[^\n]",
            "IN": lambda members, _: self._in(members),
            "BRANCH": lambda parts, last: self._branch(parts[1], last),
            "SUBPATTERN": lambda parts, last: self._group(parts, last),
            "MAX_REPEAT": lambda parts, _: self._repeat(parts, ""),
            "MIN_REPEAT": lambda parts, _: self._repeat(parts, "?"),
            "AT": lambda place, last: self._at(str(place), last),
        }

    def sequence(self, parts: list[_Part], last: bool) -> str:
        """Write parts one after the other; ``last`` says that nothing follows them."""
        written = []
        for number, (kind, value) in enumerate(parts, 1):
            writer = self.writers.get(str(kind))
            if writer is None:
                raise NotPortable(f"{str(kind).lower().replace('_', ' ')}, which not all engines have")
            written.append(writer(value, last and number == len(parts)))
        return "".join(written)

    def _branch(self, branches: Iterable[Any], last: bool) -> str:
        return f"(?:{'|'.join(self.sequence(list(branch), last) for branch in branches)})"

    def _group(self, parts: tuple[Any, int, int, Any], last: bool) -> str:
        _, added, removed, inner = parts
        if added or removed:
            raise NotPortable("flags inside the expression")
        return f"(?:{self.sequence(list(inner), last)})"

    def _repeat(self, parts: tuple[int, Any, Any], lazy: str) -> str:
        least, most, inner = parts
        bounded = str(most) != "MAXREPEAT"
        outside, self.times = self.times, self.times * max(least, most if bounded else 1, 1)
        if self.times > _MOST:
            raise NotPortable(f"more than {_MOST} repetitions")
        repeated = self.sequence(list(inner), last=False)
        self.times = outside
        return f"(?:{repeated}){{{least},{most if bounded else ''}}}{lazy}"

    def _at(self, place: str, last: bool) -> str:
        if self.lines and place in ("AT_BEGINNING", "AT_END"):
            raise NotPortable("^ or $ of lines")
        if place in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
            return "^"
        if place == "AT_END_STRING":
            return r"\z"
        if place == "AT_END" and last:
            return r"\n?\z"
        raise NotPortable("$ before more" if place == "AT_END" else "boundaries of words")

    def _in(self, members: list[_Part]) -> str:
        negated = str(members[0][0]) == "NEGATE"
        inside = members[1:] if negated else members
        complement = _NEGATED.get(str(inside[0][1])) if len(inside) == 1 else None
        if complement:
            return self._member([("CATEGORY", complement)], not negated)
        return self._member(inside, negated)

    def _member(self, members: Iterable[_Part], negated: bool) -> str:
        inside = [self._inside(str(kind), value) for kind, value in members]
        text = "".join(inside)
        return text if not negated and _SINGLE.fullmatch(text) else f"[{'^' if negated else ''}{text}]"

    def _inside(self, kind: str, value: Any) -> str:
        if kind == "LITERAL":
            codes = _cases(value) if self.any_case else (value,)
            return "".join(_escaped(code) for code in codes)
        if kind == "RANGE":
            return self._range(*value)
        name = str(value)
        if name not in _CATEGORIES:
            raise NotPortable(f"all but {_NEGATED[name].removeprefix('CATEGORY_').lower()} characters among others")
        return _CATEGORIES[name]

    def _range(self, low: int, high: int) -> str:
        plain = f"{_escaped(low)}-{_escaped(high)}"
        if not self.any_case:
            return plain
        if high - low > _MOST:
            raise NotPortable(f"more than {_MOST} letters in either case")
        return plain + "".join(_escaped(code) for each in range(low, high + 1) for code in _cases(each) if code != each)


def _escaped(code: int) -> str:
    character = chr(code)
    return character if character.isascii() and character.isalnum() else f"\\x{{{code:x}}}"


@cache
def _cases(code: int) -> tuple[int, ...]:
    """Return all characters that ``re`` finds for one where case does not count, itself included."""
    found = re.findall(re.escape(chr(code)), _letters_with_case(), re.IGNORECASE)
    return tuple(sorted({code, *(ord(letter) for letter in found)}))


@cache
def _letters_with_case() -> str:
    letters = (chr(code) for code in range(_LAST_WITH_CASE + 1))
    return "".join(letter for letter in letters if letter.lower() != letter or letter.upper() != letter)
