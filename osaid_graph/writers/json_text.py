"""JSON as a text that a person reads: indented, in its own characters but for those that do not show."""

from __future__ import annotations

import json
import re
import struct

#: Control and formatting characters, which disguise what a line says, and halves of characters, which have no UTF-8.
_HIDDEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def as_json(value: object) -> str:
    r"""Return a value as JSON, ended by a line end; what does not show is written as an escape.

    >>> as_json({"name": "a\u202eb"})
    '{\n  "name": "a\\u202eb"\n}\n'
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _HIDDEN.sub(_escaped, text) + "\n"


def _escaped(match: re.Match[str]) -> str:
    """Return the escapes of the UTF-16 code units of a character (RFC 8259, section 7)."""
    units = struct.iter_unpack(">H", match.group().encode("utf-16-be", "surrogatepass"))
    return "".join(f"\\u{unit:04x}" for (unit,) in units)
