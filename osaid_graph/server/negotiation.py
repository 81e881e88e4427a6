"""Which of the media types that there are a client would rather have (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

_RANGE: Final = re.compile(r"\s*([\w!#$&^.+*-]+/[\w!#$&^.+*-]+)\s*(;.*)?\Z")
_QUALITY: Final = re.compile(r";\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?=;|\Z)", re.IGNORECASE)


def chosen(accept: str | None, offered: Sequence[str], aliases: Mapping[str, str] | None = None) -> str | None:
    """Return the media type to answer in; None where the client takes none of them.

    Args:
        accept: The value of the header field; None or empty where there is none: then the first is chosen.
        offered: What there is, the best first: of those that are wanted as much, the first is chosen.
        aliases: Other names of what there is.

    >>> chosen("text/turtle;q=0.5, application/ld+json", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    >>> chosen("text/*, */*;q=0.1", ["application/ld+json", "text/turtle"])
    'text/turtle'
    >>> chosen("image/png", ["text/turtle"]) is None
    True
    """
    if accept is None or not accept.strip():
        return offered[0]
    ranges = [each for part in accept.split(",") if (each := _range(part))]
    names = {media: [media, *(alias for alias, of in (aliases or {}).items() if of == media)] for media in offered}
    best, found = 0.0, None
    for media in offered:
        quality = max(_quality(name, ranges) for name in names[media])
        if quality > best:
            best, found = quality, media
    return found


def _range(part: str) -> tuple[str, float] | None:
    """Return a media range and its quality; None for what is none."""
    match = _RANGE.match(part)
    if match is None:
        return None
    quality = _QUALITY.search(match[2] or "")
    return match[1].casefold(), float(quality[1]) if quality else 1.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return how much a media type is wanted: as the most specific range that it is in says."""
    kind = media.partition("/")[0]
    for wanted in (media, f"{kind}/*", "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0
