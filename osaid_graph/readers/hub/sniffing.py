"""How the records of the Hub's API are told from other JSON, by the keys of the first."""

from __future__ import annotations

import json
import re
from typing import Final

_HEAD: Final = 64 * 1024
#: Keys that the Hub gives of every repository; a record has an id and at least two of them.
_KEYS: Final = frozenset(
    [
        "_id",
        "tags",
        "downloads",
        "likes",
        "gated",
        "private",
        "disabled",
        "createdAt",
        "lastModified",
        "author",
        "sha",
        "siblings",
        "cardData",
        "pipeline_tag",
        "library_name",
        "modelId",
        "downloadsAllTime",
        "trendingScore",
        "usedStorage",
    ]
)
#: Keys of other formats, which have more to say of a document that has them.
_OTHERS: Final = frozenset(("@context", "@graph", "@type", "bomFormat", "spdxVersion", "$schema", "framework"))
_TOKEN: Final = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"(\s*:)?)?|[{}\[\]]')


def is_record(data: bytes) -> bool:
    """Tell whether a document is JSON whose first object has the keys of the Hub's API."""
    return is_of_hub(_first_keys(data[:_HEAD]))


def is_of_hub(keys: frozenset[str]) -> bool:
    """Tell whether keys are those of a record."""
    return ("id" in keys or "modelId" in keys) and len(keys & _KEYS) >= 2 and not keys & _OTHERS


def is_lines(head: bytes) -> bool:
    """Tell from its first bytes whether a document is such records, a line each: more than one of them."""
    first, _, rest = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not first.startswith(b"{") or not rest.lstrip().startswith(b"{"):
        return False
    try:
        record = json.loads(first.decode("utf-8"))
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and is_of_hub(frozenset(record))


def _first_keys(head: bytes) -> frozenset[str]:
    """Return the keys of the first object of a JSON text, as far as the text goes: the rest may be cut off."""
    text = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if not text.startswith(("{", "[")):
        return frozenset()
    wanted = 1 if text.startswith("{") else 2
    depth, keys = 0, set()
    for token in _TOKEN.finditer(text):
        first = token.group()[0]
        if first in "{[":
            depth += 1
        elif first in "}]":
            depth -= 1
            if depth < wanted:
                break
        elif depth == wanted and token.group(2):
            keys.add(token.group(1))
    return frozenset(keys)
