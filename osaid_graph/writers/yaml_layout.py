"""YAML as a person would write it: blocks by key, short values in one line, long texts folded, comments where asked.

PyYAML decides what a plain scalar may be; the layout is ours, because PyYAML writes no comments. What is written here
is read back as the same text by every YAML 1.1 and 1.2 parser: whatever looks like a number, a date or a word of YAML
is quoted, unless it is given as :class:`Plain`.
"""

from __future__ import annotations

import io
import json
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

WIDTH = 118

# What YAML does not print as it is, or folds: control characters, old line breaks, halves of characters, marks.
_ESCAPED = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")
# YAML 1.2 knows numbers that 1.1 does not (0o17), and PyYAML's resolver not all of 1.1 (1e3).
_NUMBER = re.compile(r"[-+]?(0[xob][\da-fA-F_]+|[\d_]*\.?[\d_]+([eE][-+]?\d+)?\.?|\d+(:[0-5]?\d)+(\.\d*)?)")
# A colon that no space follows is part of a plain scalar in a flow mapping too; PyYAML's analysis is wary of any.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9_./:#@%+~=&-]*[A-Za-z0-9_/]")
_STRING = "tag:yaml.org,2002:str"


class Plain(str):
    """A word that is written as it is: a date, ``true``, ``null``."""


class Section(dict[str, "Yaml"]):
    """Keys that stand one a line, with comment lines after them."""

    def __init__(self) -> None:
        super().__init__()
        self.comments: list[str] = []


Yaml = str | list["Yaml"] | dict[str, "Yaml"]


def scalar(text: str, *, flow: bool = False) -> str:
    """Return a text in one line: plain where no YAML reader takes it for anything else, else in double quotes."""
    if isinstance(text, Plain) or _is_plain(text, flow):
        return str(text)
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


def comment(text: str, indent: int = 0, *, wrap: bool = True) -> list[str]:
    """Return a text as comment lines, whatever is in it; as one line unless ``wrap``."""
    shown = _ESCAPED.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
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
    line = f"{start} {_flow(value)}" if not isinstance(value, str) else f"{start} {scalar(value)}"
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


def _flow(value: Yaml) -> str:
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return "{" + ", ".join(f"{scalar(key, flow=True)}: {_flow(item)}" for key, item in value.items()) + "}"


def _can_fold(text: str) -> bool:
    """Tell whether a text can stand in a folded block: only single spaces, and nothing that needs an escape."""
    return " ".join(text.split(" ")) == text == " ".join(text.split()) and not _ESCAPED.search(text) and " " in text


def _folded(start: str, text: str, indent: int) -> Iterator[str]:
    yield f"{start} >-"
    width = max(40, WIDTH - indent - 2)
    for line in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False):
        yield " " * (indent + 2) + line


@cache
def _resolver() -> Any:
    return yaml.resolver.Resolver()


def _is_plain(text: str, flow: bool) -> bool:
    if _ESCAPED.search(text) or _resolver().resolve(yaml.ScalarNode, text, (True, False)) != _STRING:
        return False
    found = yaml.emitter.Emitter(io.StringIO(), allow_unicode=True).analyze_scalar(text)
    allowed = bool(found.allow_block_plain and (not flow or found.allow_flow_plain or _ADDRESS.fullmatch(text)))
    return allowed and not found.multiline and not _NUMBER.fullmatch(text)
