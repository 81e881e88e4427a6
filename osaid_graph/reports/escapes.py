"""What JSON and Turtle hold of an input's text, so written that no input can steer a terminal it is shown on."""

from __future__ import annotations

import json
from collections.abc import Callable


def escaped_json(text: str) -> str:
    r"""Return JSON with what does not print in its strings as escapes (RFC 8259, section 7); it reads back the same.

    >>> print(escaped_json('"a\x9b\u202eb"'))
    "a\u009b\u202eb"
    """
    return _escaped(text, lambda character: json.dumps(character)[1:-1])


def escaped_turtle(text: str) -> str:
    r"""Return Turtle with what does not print as numeric escapes (RDF 1.1 Turtle, section 6.4); it reads back the same.

    >>> print(escaped_turtle('<urn:a> <urn:b> "c\x1b\U000e0001" .'))
    <urn:a> <urn:b> "c\u001B\U000E0001" .
    """
    return _escaped(text, lambda c: f"\\u{ord(c):04X}" if ord(c) <= 0xFFFF else f"\\U{ord(c):08X}")


def _escaped(text: str, escape: Callable[[str], str]) -> str:
    return "".join(c if c.isprintable() or c in "\n\t" else escape(c) for c in text)
