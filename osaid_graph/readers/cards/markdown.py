"""Markdown as the sections between its headings, line by line.

Only what tells a heading from other text is looked at (CommonMark 0.31, sections 4.2, 4.3, 4.5 and 4.6): fences of code
and comments of HTML, in which nothing is a heading, and headings written with ``#`` or underlined. All else stays the
text it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened

#: Headings in one document.
MAX_HEADINGS = 20_000
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_COMMENT = re.compile("(<!--|-->)")
# People indent fences under the entries of lists, at any depth; the depth is not looked at.
_FENCE = re.compile(r"[ \t>]*(`{3,}+(?!.*`)|~{3,})")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
# What a line begins with that cannot be the words of an underlined heading.
_NO_WORDS = re.compile(r"\s*$| {4}|\t| {0,3}(?:[-*+>|#<]|\d+[.)]\s|={3,}|_{3,})")
_NOT_IN_NAMES = re.compile(r"[\W_]+")
_OPTIONAL = re.compile(r"\[\s*optional\s*\]|\(\s*optional\s*\)", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """A line of a section without the comments in it, and its number, counted from 1."""

    number: int
    text: str
    code: bool = False


@dataclass
class Section:
    """A heading, its own lines up to the next heading, and the sections below it.

    ``is_top`` tells the title of the whole document: the first heading, of the first level.
    """

    title: str
    level: int
    line: int
    parent: Section | None = None
    is_top: bool = False
    lines: list[Line] = field(default_factory=list)
    below: list[Section] = field(default_factory=list)

    @cached_property
    def name(self) -> str:
        """The title as one looks for it: its words in lower case, without marks, emoji and ``[optional]``."""
        return named(self.title)

    @cached_property
    def path(self) -> str:
        """The headings that lead here, that of the whole document left out: ``## Dataset Creation / Source Data``."""
        above = self.parent
        if above is None or above.is_top:
            return f"{'#' * self.level} {shortened(self.title, 200)}".strip()
        return f"{above.path} / {shortened(self.title, 200)}"

    def ancestors(self) -> Iterator[Section]:
        """Yield the sections it stands in, the innermost first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def text(self) -> str:
        """Return its own lines as one text, of which blank lines at both ends are cut off."""
        return "\n".join(line.text for line in self.lines).strip()


def named(text: str) -> str:
    """Return the words of a heading or label, so that spellings of one are equal.

    >>> named("**Finetuned from model [optional]:**"), named("Who are the annotators?")
    ('finetuned from model', 'who are the annotators')
    """
    return " ".join(_NOT_IN_NAMES.sub(" ", _OPTIONAL.sub(" ", text)).casefold().split())


def sections(lines: list[str], first: int = 1) -> list[Section]:
    """Return all sections in the order written; what stands before the first heading is one without a title.

    Args:
        lines: The lines of the Markdown.
        first: The number of the first of them.

    Raises:
        InputError: There are more than ``MAX_HEADINGS`` headings.
    """
    found = [Section("", 0, first)]
    fence = ""
    comment = False
    for number, written in enumerate(lines, first):
        if not fence:
            text, comment = _without_comments(written, comment)
            opening = _FENCE.match(text)
            if opening:
                fence = opening[1]
            elif _heading(text, number, found):
                continue
            found[-1].lines.append(Line(number, text, bool(opening)))
            continue
        found[-1].lines.append(Line(number, written, code=True))
        closing = written.strip(" \t>")
        if len(closing) >= len(fence) and not closing.strip(fence[0]):
            fence = ""
    return found


def _heading(text: str, number: int, found: list[Section]) -> bool:
    """Begin a section where a line is a heading or underlines one."""
    match = _HEADING.match(text)
    if match:
        title = text[match.end() :].strip()
        bare = title.rstrip("#")
        _begin(found, bare.rstrip() if not bare or bare[-1] in " \t" else title, len(match[1]), number)
        return True
    under = _UNDERLINE.match(text)
    lines = found[-1].lines
    if not under or not lines or lines[-1].code or _NO_WORDS.match(lines[-1].text):
        return False
    if len(lines) > 1 and not _NO_WORDS.match(lines[-2].text) and not lines[-2].code:
        return False  # a paragraph of several lines: almost always a rule that somebody forgot a blank line before
    words = lines.pop()
    _begin(found, words.text.strip(), 1 if under[1].startswith("=") else 2, words.number)
    return True


def _begin(found: list[Section], title: str, level: int, line: int) -> None:
    if len(found) > MAX_HEADINGS:
        raise InputError(f"more than {MAX_HEADINGS:,} headings", "split the file", line=line)
    above: Section | None = found[-1] if found[-1].level else None
    while above is not None and above.level >= level:
        above = above.parent
    section = Section(title, level, line, above, level == 1 and len(found) == 1)
    if above is not None:
        above.below.append(section)
    found.append(section)


def _without_comments(text: str, inside: bool) -> tuple[str, bool]:
    """Return a line without the comments in it, and whether one goes on behind it."""
    kept: list[str] = []
    for piece in _COMMENT.split(text):
        if piece == ("-->" if inside else "<!--"):
            inside = not inside
        elif not inside:
            kept.append(piece)
    return "".join(kept), inside
