"""Markdown from data: text that cannot break out of where it stands, and the few forms that the pages need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

#: A code span of the data's own, in single backticks.
_SPAN = re.compile(r"`[^`\n]+`")
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$#]")
_CHARACTER_REFERENCE = re.compile(r"&(?=#?\w+;)")
_NOT_A_SLUG = re.compile(r"[^\w\- ]")


def prose(text: str, links: Mapping[str, str] | None = None) -> str:
    """Return text of the data as one line of Markdown that shows it as it is.

    Code spans in single backticks are kept as such. Nothing else has a meaning: no table, link, emphasis or HTML can
    begin or end in it.

    Args:
        text: What is to be read.
        links: Words, such as the ids of requirements, and where each leads.
    """
    text = " ".join(text.split())
    parts, end = [], 0
    for span in _SPAN.finditer(text):
        parts += [_linked(text[end : span.start()], links or {}), code(span[0][1:-1])]
        end = span.end()
    return "".join([*parts, _linked(text[end:], links or {})])


def _linked(text: str, links: Mapping[str, str]) -> str:
    if not links:
        return _literal(text)
    known = "|".join(re.escape(word) for word in sorted(links, key=len, reverse=True))
    pieces = re.split(rf"(?<![\w.-])({known})(?![\w-])", text)
    return "".join(link(code(piece), links[piece]) if piece in links else _literal(piece) for piece in pieces)


def _literal(text: str) -> str:
    """Return text with a backslash before whatever Markdown would take for its own."""
    return _SPECIAL.sub(_escape, _CHARACTER_REFERENCE.sub("&amp;", text))


def _escape(found: re.Match[str]) -> str:
    return {"<": "&lt;", ">": "&gt;"}.get(found[0], "\\" + found[0])


def code(text: str) -> str:
    """Return text as a code span, in a table too: a pipe there needs a backslash, which is not shown.

    A pipe behind a backslash of its own cannot be written so; it is given as HTML.
    """
    text = " ".join(text.split())
    if "\\|" in text:
        return "<code>" + "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in text) + "</code>"
    text = text.replace("|", "\\|")
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""


def fenced(language: str, text: str) -> str:
    """Return text as a fenced block, with a fence longer than any in it."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`{3,}", text)), default=0))
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def link(text: str, target: str) -> str:
    """Return a link; ``text`` is Markdown."""
    return f"[{text}]({target})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; the cells are Markdown of one line each."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def slug(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return _NOT_A_SLUG.sub("", heading.casefold()).replace(" ", "-")


def page(*blocks: str) -> str:
    """Return a page of blocks with a blank line between them; empty blocks are left out."""
    return "\n\n".join(block for block in blocks if block) + "\n"
