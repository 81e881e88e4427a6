"""YAML as a person would write it: blocks by key, short values in one line, long texts folded, comments where asked.

The layout is ours, because PyYAML writes no comments; what stands on one line is that of :mod:`.yaml_text`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from osaid_graph.writers.yaml_text import ESCAPED, flow, scalar

WIDTH = 118


class Section(dict[str, "Yaml"]):
    """Keys that stand one a line, with comment lines after them."""

    def __init__(self) -> None:
        super().__init__()
        self.comments: list[str] = []


Yaml = str | list["Yaml"] | dict[str, "Yaml"]


def comment(text: str, indent: int = 0, *, wrap: bool = True) -> list[str]:
    """Return a text as comment lines, whatever is in it; as one line unless ``wrap``."""
    shown = ESCAPED.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    if not wrap:
        return [f"{' ' * indent}# {shown}"]
    lines = textwrap.wrap(shown, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
    return [f"{' ' * indent}# {lines[0]}", *(f"{' ' * indent}#   {line}" for line in lines[1:])] if lines else []


def entry(key: str, value: Yaml, indent: int = 0) -> list[str]:
    """Return the lines of a key and its value."""
    return list(_lines(f"{scalar(key)}:", value, indent))


def section(values: Section, indent: int = 0) -> list[str]:
    """Return the lines of a section: its keys, then its comments."""
    lines = [line for key, value in values.items() for line in entry(key, value, indent)]
    return lines + [line for text in values.comments for line in comment(text, indent)]


def _lines(head: str, value: Yaml, indent: int) -> Iterator[str]:
    start = " " * indent + head
    if isinstance(value, Section):
        yield from _section_lines(start, value, indent)
        return
    line = f"{start} {flow(value)}" if not isinstance(value, str) else f"{start} {scalar(value)}"
    if len(line) <= WIDTH and not _holds_section(value):
        yield line
    elif isinstance(value, str):
        yield from _folded(start, value, indent) if _can_fold(value) else [line]
    elif isinstance(value, list):
        yield start
        for item in value:
            yield from _lines("-", item, indent + 2)
    else:
        spread = Section()
        spread.update(value)
        yield from _section_lines(start, spread, indent)


def _section_lines(start: str, value: Section, indent: int) -> Iterator[str]:
    if not value:
        yield f"{start} {{}}"
        yield from (line for text in value.comments for line in comment(text, indent + 2))
        return
    inner = section(value, indent + 2)
    if start.endswith("-"):
        yield f"{start} {inner[0].lstrip()}"
        yield from inner[1:]
    else:
        yield start
        yield from inner


def _holds_section(value: Yaml) -> bool:
    return isinstance(value, list) and any(isinstance(item, Section) for item in value)


def _can_fold(text: str) -> bool:
    """Tell whether a text can stand in a folded block: only single spaces, and nothing that needs an escape."""
    return " ".join(text.split(" ")) == text == " ".join(text.split()) and not ESCAPED.search(text) and " " in text


def _folded(start: str, text: str, indent: int) -> Iterator[str]:
    yield f"{start} >-"
    width = max(40, WIDTH - indent - 2)
    for line in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False):
        yield " " * (indent + 2) + line
