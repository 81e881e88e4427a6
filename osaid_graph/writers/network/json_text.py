"""JSON as every format of this folder has it: indented, names readable, nothing that steers a terminal."""

from __future__ import annotations

import json
import struct


def json_text(value: object) -> str:
    """Return JSON (RFC 8259) in two columns of indentation; what does not print is written as escapes."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "".join(c if c.isprintable() or c == "\n" else _units(c) for c in text) + "\n"


def _units(character: str) -> str:
    """Return the escapes of the UTF-16 code units of a character (RFC 8259, section 7)."""
    data = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{unit:04x}" for (unit,) in struct.iter_unpack(">H", data))
