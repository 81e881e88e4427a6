"""The terms that the rows of a listing name: each distinct text looked up once in the catalogue of licences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from osaid_graph.engines import BETWEEN
from osaid_graph.listings.kinds import words
from osaid_graph.listings.profile import Counted, Licences, Mix
from osaid_graph.terms import catalogue, normalise

Kind = Literal["known", "refused", "unknown", "none"]
#: Different texts that are looked up; those with most rows.
MOST_LOOKED_UP: Final = 100_000
_OPERATORS: Final = ("AND", "OR", "WITH")


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What a text in the column of licences is; ``spdx`` is empty but for the known."""

    words: str
    rows: int
    kind: Kind
    spdx: str = ""


def look_up(text: str, rows: int) -> LookedUp:
    """Return what a text says of the terms; items of a list apply together.

    >>> look_up("apache license 2.0", 1).spdx, look_up(f"mit{BETWEEN}Apache-2.0", 1).spdx
    ('Apache-2.0', 'MIT AND Apache-2.0')
    >>> look_up("other", 1).kind, look_up("None", 1).kind, look_up("NONE", 1).kind
    ('unknown', 'none', 'refused')
    """
    parts = [part.strip() for part in text.split(BETWEEN)]
    kinds = [(part, _kind(part)) for part in dict.fromkeys(parts)]
    said = [(part, kind) for part, kind in kinds if kind != "none"]
    found = {kind for _, kind in said}
    if not said:
        return LookedUp(text, rows, "none")
    if "refused" in found:
        return LookedUp(text, rows, "refused")
    if "unknown" in found:
        return LookedUp(text, rows, "unknown")
    spdx = normalise(" AND ".join(f"({normalise(part)})" for part, _ in said))
    return LookedUp(text, rows, "known", spdx) if spdx else LookedUp(text, rows, "unknown")


def _kind(text: str) -> Kind:
    known = catalogue()
    token = known.token(text)
    if not text or (text.lower() == "none" and text != "NONE"):  # what Python writes where nothing is
        return "none"
    if token is not None:
        return "refused" if token.kind == "no-terms" else "unknown"
    if text.lower() in words():
        return "none"
    expression = normalise(text)
    if expression is None:
        return "unknown"
    names = re.sub(r"WITH \S+", "", expression).replace("(", " ").replace(")", " ").split()
    ids = [name for name in names if name not in _OPERATORS]
    return "known" if all(known.license(name) or known.license(name.removesuffix("+")) for name in ids) else "unknown"


def summary(found: Sequence[LookedUp], all_rows: int, top: int) -> Licences:
    """Return the licences of all rows.

    Args:
        found: What was looked up.
        all_rows: The rows of the listing.
        top: How many values are named.
    """
    counts = Counter[Kind]()
    for each in found:
        counts[each.kind] += each.rows
    beyond = all_rows - sum(counts.values())
    return Licences(
        known=counts["known"],
        refused=counts["refused"],
        unknown=counts["unknown"] + beyond,
        none=counts["none"],
        spdx=mix(((each.spdx, each.rows) for each in found if each.kind == "known"), top),
        words=mix(((_shown(each.words), each.rows) for each in found if each.kind == "unknown"), top),
        not_looked_up=beyond,
    )


def mix(pairs: Iterable[tuple[str, int]], top: int) -> Mix:
    """Return the values with most rows, those with as many in the order of the alphabet."""
    counts = Counter[str]()
    for value, rows in pairs:
        counts[value] += rows
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    named = tuple(Counted(value, rows) for value, rows in order[:top])
    return Mix(len(order), named, sum(rows for _, rows in order[top:]))


def _shown(text: str) -> str:
    return ", ".join(part.strip() for part in text.split(BETWEEN))
