"""The top-level keys of a JSON document, from its beginning alone, for telling formats apart cheaply."""

from __future__ import annotations

import json
import re

#: How much of a document is looked at.
HEAD = 1 << 18
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[{}\[\],:]|[^\s{}\[\],:"]+')


def top_level(data: bytes) -> dict[str, str]:
    """Return the keys of the outermost block that stand in the first quarter of a mebibyte, with their values.

    A value that is a text is given as that text, a list by the texts directly in it, one a line, anything else as "".
    What is not JSON gives what was found before it ceases to be, or nothing.
    """
    text = data[:HEAD].decode("utf-8-sig", "ignore")
    if not text.lstrip().startswith("{"):
        return {}
    found: dict[str, str] = {}
    depth, key, waiting = 0, "", ""
    inside = ""
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if mark in ("{", "["):
            depth += 1
            inside = mark if depth == 2 else inside
        elif mark in ("}", "]"):
            depth -= 1
            if depth == 0:
                break
        elif depth == 1 and mark == ":":
            key = waiting
            found.setdefault(key, "")
        elif depth == 1 and mark == ",":
            key = waiting = ""
        elif mark.startswith('"') and (depth == 1 or (depth == 2 and inside == "[")):
            word = _text(mark)
            if key:
                found[key] = f"{found[key]}\n{word}" if found[key] else word
            else:
                waiting = word
    return found


def _text(written: str) -> str:
    try:
        return str(json.loads(written, strict=False))
    except ValueError:
        return ""
