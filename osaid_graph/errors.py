"""The errors a person can cause and mend; each is one line of what is wrong and one of what to do."""

from __future__ import annotations

from typing import ClassVar


class OsaidError(Exception):
    """A problem with what was asked for or given, not with this program.

    Args:
        message: What was found, in one line, and what was expected.
        hint: What to do next, in one line; may be empty.
        source: The input concerned, as the user named it.
        line: The line of ``source``, counted from 1.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, message: str, hint: str = "", *, source: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.source = source
        self.line = line

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{place}: {self.message}" if place else self.message


class UsageError(OsaidError):
    """The command or function was asked for something that does not exist (exit code 2)."""

    exit_code = 2


class InputError(OsaidError):
    """An input cannot be read, or says something that cannot be understood (exit code 3)."""


class EngineError(OsaidError):
    """What runs queries over tables ran out of memory or disk, or lost what it needs (exit code 3)."""


class NothingToAssessError(OsaidError):
    """The inputs were read, but hold no system, model or parameters (exit code 3): never a pass."""


class ResourceError(OsaidError):
    """The package was installed without its ontology, shapes or data (exit code 70: an installation fault)."""

    exit_code = 70


def printable(text: str) -> str:
    r"""Return ``text`` with what does not print made visible, so that no input can steer a terminal.

    >>> print(printable("a\x1b[31m\tb"))
    a\x1b[31m  b
    """
    if text.isprintable():  # nearly all are, and may be long
        return text
    return "".join(c if c.isprintable() else ("  " if c == "\t" else c.encode("unicode_escape").decode()) for c in text)
