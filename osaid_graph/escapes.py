"""What JSON, Turtle and XML hold of an input's text, so written that no input can steer a terminal or break a file."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from typing import Final

#: What XML 1.0 (section 2.2) does not allow in a document.
ILLEGAL_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped_json(text: str) -> str:
    r"""Return JSON with what does not print in its strings as escapes (RFC 8259, section 7); it reads back the same.

    >>> print(escaped_json('"a\x7f\u202e\U000e0041b"'))
    "a\u007f\u202e\udb40\udc41b"
    """
    return _escaped(text, _units)


def escaped_turtle(text: str) -> str:
    r"""Return Turtle with what does not print as numeric escapes (RDF 1.1 Turtle, section 6.4); it reads back the same.

    >>> print(escaped_turtle('<urn:a> <urn:b> "c\x1b\U000e0001" .'))
    <urn:a> <urn:b> "c\u001B\U000E0001" .
    """
    return _escaped(text, lambda c: f"\\u{ord(c):04X}" if ord(c) <= 0xFFFF else f"\\U{ord(c):08X}")


def _units(character: str) -> str:
    """Return the escapes of the UTF-16 code units of a character; ``json.dumps`` would leave DEL as it is."""
    return "".join(
        f"\\u{unit:04x}" for (unit,) in struct.iter_unpack(">H", character.encode("utf-16-be", "surrogatepass"))
    )


def _escaped(text: str, escape: Callable[[str], str]) -> str:
    return "".join(c if c.isprintable() or c in "\n\t" else escape(c) for c in text)
