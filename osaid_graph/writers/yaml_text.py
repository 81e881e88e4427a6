"""Values as YAML, written so that any YAML reader takes them for the same text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

#: What is written: a text or a truth value, or lists and blocks of them.
Plain: TypeAlias = "str | bool | Sequence[Plain] | Mapping[str, Plain]"

# No indicator of YAML at its start, no ": " or " #" inside, none of the signs that end a value in a flow list.
_PLAIN = re.compile(r"[^\W_](?:[\w ./()+&@%~=;$*^-]|:(?=[\w/])|(?<=\S)#)*", re.DOTALL)
# What readers of YAML 1.1 or 1.2 take for something other than a text: booleans, nothing, numbers, times.
_OTHER_THAN_TEXT = re.compile(
    r"y|yes|n|no|true|false|on|off|null|nan|inf|[\d.][\d_.:]*(?:e[+-]?\d*)?|0[xob][\da-f_]*", re.IGNORECASE
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SHORT = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"}


def scalar(text: str) -> str:
    """Return ``text`` as a YAML scalar for block and flow style: plain where that is safe, else in double quotes.

    Dates stay plain, as people write them.

    >>> [scalar("Ada Reviewer"), scalar("1.0"), scalar("2026-10-01"), scalar("so: yes")]
    ['Ada Reviewer', '"1.0"', '2026-10-01', '"so: yes"']
    """
    if _DATE.fullmatch(text):
        return text
    plain = _PLAIN.fullmatch(text) and text.isprintable() and not text.endswith(" ")
    return text if plain and not _OTHER_THAN_TEXT.fullmatch(text) else quoted(text)


def quoted(text: str) -> str:
    """Return ``text`` as a YAML scalar in double quotes, what does not print as escapes."""
    return '"' + "".join(_SHORT.get(c) or (c if c.isprintable() else _escape(c)) for c in text) + '"'


def flow(value: Plain) -> str:
    """Return a value in flow style, on one line.

    >>> flow({"by": {"name": "Ada"}, "evidence": ["https://example.org/a"]})
    '{by: {name: Ada}, evidence: [https://example.org/a]}'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(flow(item) for item in value) + "]"


def block(value: Mapping[str, Plain]) -> list[str]:
    """Return a mapping in block style, a key a line: blocks inside it in flow style, its lists an entry a line."""
    lines = []
    for key, item in value.items():
        if isinstance(item, (str, bool, Mapping)) or not item:
            lines.append(f"{scalar(key)}: {flow(item)}")
        else:
            lines.append(f"{scalar(key)}:")
            lines += [f"  - {flow(entry)}" for entry in item]
    return lines


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
