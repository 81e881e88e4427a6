"""Values as YAML on one line, written so that every YAML 1.1 and 1.2 reader takes them for the same text.

PyYAML decides what a plain scalar may be. Whatever looks like a number, a date or a word of YAML is quoted, unless it
is given as a :class:`Word`.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeAlias

import yaml

# What YAML does not print as it is, or folds: control characters, old line breaks, halves of characters, marks.
ESCAPED = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")
# YAML 1.2 knows numbers that 1.1 does not (0o17), and PyYAML's resolver not all of 1.1 (1e3).
_NUMBER = re.compile(r"[-+]?(0[xob][\da-fA-F_]+|[\d_]*\.?[\d_]+([eE][-+]?\d+)?\.?|\d+(:[0-5]?\d)+(\.\d*)?)")
# A colon that no space follows is part of a plain scalar in a flow mapping too; PyYAML's analysis is wary of any.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9_./:#@%+~=&-]*[A-Za-z0-9_/]")
_STRING = "tag:yaml.org,2002:str"


class Word(str):
    """A word that is written as it is: a date, ``true``, ``null``."""


#: What a person has to fill in; the reader takes it for not disclosed, so that what is forgotten is a gap.
TODO: Final = Word("TODO")
#: The identity of a dataset that nobody has named yet.
NEW_DATA: Final = "your-org/your-data"

#: What is written: a text or a word, or lists and blocks of them.
Written: TypeAlias = "str | Sequence[Written] | Mapping[str, Written]"


def scalar(text: str, *, in_flow: bool = False) -> str:
    """Return a text in one line: plain where no YAML reader takes it for anything else, else in double quotes.

    >>> [scalar("Ada Reviewer"), scalar("1.0"), scalar(Word("2026-10-01")), scalar("so: yes")]
    ['Ada Reviewer', '"1.0"', '2026-10-01', '"so: yes"']
    """
    if isinstance(text, Word) or _is_plain(text, in_flow):
        return str(text)
    return quoted(text)


def quoted(text: str) -> str:
    """Return a text in double quotes, what does not print as escapes."""
    return "".join(c if c.isprintable() else _escape(c) for c in json.dumps(text, ensure_ascii=False))


def flow(value: Written) -> str:
    """Return a value in flow style, on one line.

    >>> flow({"by": {"name": "Ada"}, "evidence": ["https://example.org/a"]})
    '{by: {name: Ada}, evidence: [https://example.org/a]}'
    """
    if isinstance(value, str):
        return scalar(value, in_flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key, in_flow=True)}: {flow(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(flow(item) for item in value) + "]"


def block(value: Mapping[str, Written]) -> list[str]:
    """Return a mapping in block style, a key a line: blocks inside it in flow style, its lists an entry a line."""
    lines = []
    for key, item in value.items():
        if isinstance(item, str):
            lines.append(f"{scalar(key)}: {scalar(item)}")
        elif isinstance(item, Mapping) or not item:
            lines.append(f"{scalar(key)}: {flow(item)}")
        else:
            lines.append(f"{scalar(key)}:")
            lines += [f"  - {flow(entry)}" for entry in item]
    return lines


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@cache
def _resolver() -> Any:
    return yaml.resolver.Resolver()


def _is_plain(text: str, in_flow: bool) -> bool:
    if not text.isprintable() or _resolver().resolve(yaml.ScalarNode, text, (True, False)) != _STRING:
        return False
    found = yaml.emitter.Emitter(io.StringIO(), allow_unicode=True).analyze_scalar(text)
    allowed = bool(found.allow_block_plain and (not in_flow or found.allow_flow_plain or _ADDRESS.fullmatch(text)))
    return allowed and not found.multiline and not _NUMBER.fullmatch(text)
