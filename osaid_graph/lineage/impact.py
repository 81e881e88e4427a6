"""What falls with an artefact that was withdrawn, or that nothing documents: its blast radius, split in several ways.

Questions 4 and 5 of the lineage.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from osaid_graph.lineage.index import Lineage, made_from, mask, via
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import Hop, Walk, walk

#: Published on or after the day, before it, or not known.
BEFORE, AFTER, UNKNOWN = "before", "after", "unknown"
#: The ways an impact is split, in the order they are told.
SPLITS: Final = ("kind", "first", "last", "only", "published", "distance")


@dataclass(frozen=True, slots=True)
class Affected:
    """An artefact that was made from what is asked about.

    Edges are named as they are stated, from what was made: ``osaid:trainedOn`` first means that the artefact asked
    about was trained on.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        start: The IRI of the nearest of the artefacts asked about.
        distance: How many edges away that is.
        first: The kinds of edges by which some path to it leaves the artefacts asked about.
        last: The kinds of edges by which some path arrives.
        only: The kinds of edges of which, one kind alone, some path consists.
        issued: The day it was published, ISO 8601, empty where nobody says.
        published: Whether that was ``before`` the day in question, or on it or ``after``; ``unknown`` without a day.
        path: A shortest path, the artefact asked about first.
    """

    node: str
    label: str
    kind: str
    start: str
    distance: int
    first: tuple[str, ...]
    last: tuple[str, ...]
    only: tuple[str, ...]
    issued: str
    published: str
    path: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many affected artefacts share a value; those that have several values are counted with each."""

    split: str
    value: str
    artefacts: int


@dataclass(frozen=True, slots=True)
class Impact:
    """What falls with some artefacts.

    Attributes:
        starts: The IRIs of the artefacts asked about. What one of them was made from another is not counted again.
        affected: All that was made from them, the nearest first.
        tallies: How many there are in all, and by every way to split them (:data:`SPLITS`).
    """

    starts: tuple[str, ...]
    affected: tuple[Affected, ...]
    tallies: tuple[Tally, ...]


def impact(
    lineage: Lineage,
    nodes: str | Iterable[str],
    *,
    following: Iterable[URIRef] | None = None,
    day: datetime.date | None = None,
) -> Impact:
    """Return what was made from one or several artefacts.

    Args:
        lineage: Where to look.
        nodes: What a person calls them.
        following: The properties to follow; if None, all that lead to what something was made from.
        day: What publication is compared with; if None, the day that the artefact at the start of the path was
            withdrawn.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
        InputError: The paths have too many steps together.
    """
    starts = list(dict.fromkeys(map(lineage.find, [nodes] if isinstance(nodes, str) else nodes)))
    follows = tuple(made_from() if following is None else following)
    walked = walk(lineage.down, starts, follows, inverse=True)
    kinds = _Kinds(lineage, starts, walked, follows)
    beginnings, paths = _beginnings(walked), walked.paths(lineage)
    rows = tuple(
        _affected(lineage, paths[number], kinds, number, beginnings[number], day)
        for number, (before, _) in walked.arrivals.items()
        if before >= 0
    )
    return Impact(tuple(map(lineage.iri, starts)), rows, tuple(_tallies(rows)))


class _Kinds:
    """The kinds of edges on the paths to what was reached."""

    def __init__(self, lineage: Lineage, starts: list[int], walked: Walk, following: tuple[URIRef, ...]) -> None:
        self.lineage, self.walked, self.follows = lineage, walked, mask(following)
        self.first: dict[int, set[int]] = {}
        self.only: dict[int, set[int]] = {}
        by_kind: dict[int, set[int]] = {}
        for start in starts:
            for target, kind in lineage.down.ends(start):
                if self.follows[kind]:
                    by_kind.setdefault(kind, set()).add(target)
        properties_of = {mask((prop,)).index(1): prop for prop in following}
        for kind, targets in sorted(by_kind.items()):
            for number in walk(lineage.down, sorted(targets), following).arrivals:
                self.first.setdefault(number, set()).add(kind)
            for number in walk(lineage.down, sorted(targets), (properties_of[kind],)).arrivals:
                self.only.setdefault(number, set()).add(kind)

    def last(self, number: int) -> set[int]:
        ends = self.lineage.up.ends(number)
        return {kind for source, kind in ends if self.follows[kind] and source in self.walked.arrivals}


def _beginnings(walked: Walk) -> dict[int, int]:
    """Return for what was reached where its shortest path begins."""
    found: dict[int, int] = {}
    for number, (before, _) in walked.arrivals.items():
        found[number] = found[before] if before >= 0 else number
    return found


def _affected(
    lineage: Lineage, path: tuple[Hop, ...], kinds: _Kinds, number: int, start: int, day: datetime.date | None
) -> Affected:
    issued = lineage.issued(number)
    return Affected(
        node=lineage.iri(number),
        label=lineage.label(number),
        kind=kind_name(lineage, number),
        start=lineage.iri(start),
        distance=len(path) - 1,
        first=_named(kinds.first[number]),
        last=_named(kinds.last(number)),
        only=_named(kinds.only.get(number, ())),
        issued=issued.isoformat() if issued else "",
        published=_published(issued, day or withdrawal(lineage.columns.withdrawn, start)),
        path=path,
    )


def withdrawal(withdrawn: Mapping[int, str], number: int) -> datetime.date | None:
    """Return the day an artefact was withdrawn; None where it was not, or no day is told."""
    try:
        return datetime.date.fromisoformat(withdrawn.get(number, "")[:10])
    except ValueError:
        return None


def _published(issued: datetime.date | None, day: datetime.date | None) -> str:
    if issued is None or day is None:
        return UNKNOWN
    return BEFORE if issued < day else AFTER


def _named(kinds: Iterable[int]) -> tuple[str, ...]:
    return tuple(via(kind) for kind in sorted(kinds))


def _tallies(rows: tuple[Affected, ...]) -> Iterable[Tally]:
    yield Tally("all", "", len(rows))
    for split in SPLITS:
        counts: Counter[str | int] = Counter()
        for row in rows:
            value = getattr(row, split)
            counts.update(value if isinstance(value, tuple) else (value,))
        order = sorted(counts) if split == "distance" else sorted(counts, key=lambda each: (-counts[each], each))
        yield from (Tally(split, str(value), counts[value]) for value in order)
