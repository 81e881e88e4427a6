"""How deep and how wide the lineage of a corpus is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from osaid_graph.corpus.stats_graph import ARTEFACTS, MADE_FROM
from osaid_graph.engines import Engine
from osaid_graph.lineage.condensation import condensed

#: Edges that are few enough for Python.
SMALL: Final = 200_000
#: What part of the edges a round must settle for a next one to be worth it.
_WORTH: Final = Fraction(1, 16)
#: Depths below this stand alone in :func:`bands`.
_ALONE: Final = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """How many edges artefacts have, those that have one at least.

    Attributes:
        artefacts: How many artefacts have one.
        median: The median (the lower of two in the middle).
        p99: The least number that 99 of 100 have at most.
        most: The greatest.
    """

    artefacts: int
    median: int
    p99: int
    most: int


@dataclass(frozen=True, slots=True)
class LineageShape:
    """The shape of a lineage: ``trainedOn`` and ``derivedFrom`` with all that are narrower.

    Attributes:
        artefacts: How many artefacts there are.
        edges: How many pairs of an artefact and one it was made from.
        dangling: How many of these lead to what no source describes.
        circular: How many artefacts stand on a circle.
        depths: How many artefacts have the longest chain above them of so many generations, by this number; a circle
            counts as one artefact.
        parents: How many each was made from.
        children: How many were made from each.
    """

    artefacts: int
    edges: int
    dangling: int
    circular: int
    depths: dict[int, int]
    parents: Spread
    children: Spread


@dataclass(frozen=True, slots=True)
class Band:
    """How many artefacts have so many generations above them, from the first number to the last."""

    first: int
    last: int
    artefacts: int

    @property
    def label(self) -> str:
        """The numbers: ``7``, or ``20-39``."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def bands(depths: Mapping[int, int], most: int) -> tuple[Band, ...]:
    """Return depths one by one if they are ``most`` at most, else from 10 on in bands that double.

    >>> [band.label for band in bands({0: 5, 1: 2}, 4)], [band.label for band in bands({0: 5, 25: 1}, 4)][8:]
    (['0', '1'], ['8', '9', '10-19', '20-39'])
    """
    deepest = max(depths, default=0)
    found, first = [], 0
    while first <= deepest:
        last = first if deepest < most or first < _ALONE else 2 * first - 1
        found.append(Band(first, last, sum(count for depth, count in depths.items() if first <= depth <= last)))
        first = last + 1
    return tuple(found)


def lineage_shape(engine: Engine, small: int = SMALL) -> LineageShape:
    """Return the shape of the lineage in the tables of :func:`~osaid_graph.corpus.stats_graph.make_artefacts`.

    Args:
        engine: Where the tables are.
        small: How many edges are few enough for Python.
    """
    dangling = f"SELECT COUNT(*) FROM {MADE_FROM} WHERE object IN (SELECT node FROM {ARTEFACTS} WHERE NOT described)"
    depths, circular = _Depths(engine, small).count()
    return LineageShape(
        artefacts=_number(engine, f"SELECT COUNT(*) FROM {ARTEFACTS}"),
        edges=_number(engine, f"SELECT COUNT(*) FROM {MADE_FROM}"),
        dangling=_number(engine, dangling),
        circular=circular,
        depths=depths,
        parents=_spread(engine, "subject"),
        children=_spread(engine, "object"),
    )


def _number(engine: Engine, select: str) -> int:
    return int(engine.rows(select)[0][0])


def _spread(engine: Engine, end: str) -> Spread:
    counts = f"SELECT {end}, COUNT(*) AS edges FROM {MADE_FROM} WHERE subject <> object GROUP BY {end}"
    rows = engine.rows(f"SELECT edges, COUNT(*) FROM ({counts}) AS counts GROUP BY edges ORDER BY edges")
    if not rows:
        return Spread(0, 0, 0, 0)
    whole = sum(count for _, count in rows)
    return Spread(whole, _at(rows, Fraction(1, 2)), _at(rows, Fraction(99, 100)), rows[-1][0])


def _at(rows: list[tuple[int, int]], part: Fraction) -> int:
    """Return the least number that a part of all has at most (the nearest rank)."""
    rank, passed = ceil(part * sum(count for _, count in rows)), 0
    for number, count in rows:
        passed += count
        if passed >= rank:
            return number
    return rows[-1][0]


class _Depths:
    """Counts artefacts by the longest chain above them.

    What all parents of are settled is settled, round by round. What circles keep from being settled, and the rest
    where it is small, is drawn together in Python, which takes a time and memory linear in that.
    """

    def __init__(self, engine: Engine, small: int) -> None:
        self.engine, self.small = engine, small
        self.depths: Counter[int] = Counter()

    def count(self) -> tuple[dict[int, int], int]:
        """Return how many artefacts have which depth, and how many stand on a circle."""
        engine = self.engine
        rootless = f"SELECT COUNT(*) FROM {ARTEFACTS} WHERE node NOT IN (SELECT subject FROM {MADE_FROM})"
        self.depths[0] = _number(engine, rootless)
        alone = (
            f"SELECT DISTINCT subject FROM {MADE_FROM} AS own WHERE subject = object AND NOT EXISTS "
            f"(SELECT 1 FROM {MADE_FROM} AS other WHERE other.subject = own.subject AND other.object <> own.subject)"
        )
        circular = {row[0] for row in engine.rows(f"SELECT DISTINCT subject FROM {MADE_FROM} WHERE subject = object")}
        self.depths[0] += len(engine.rows(alone))
        left = engine.table("left_0", f"SELECT subject, object FROM {MADE_FROM} WHERE subject <> object")
        engine.table("base_0", "SELECT subject AS node, 0 AS depth FROM left_0 WHERE FALSE")
        number, worth = 0, True
        while left > self.small and worth:
            before, left = left, self._settle(number)
            number, worth = number + 1, before - left > before * _WORTH
        circular |= self._rest(number)
        engine.drop(f"left_{number}", f"base_{number}")
        return dict(sorted((depth, count) for depth, count in self.depths.items() if count)), len(circular)

    def _settle(self, number: int) -> int:
        """Take away the edges to what is settled, and return how many are left.

        ``base`` holds the depth that settled parents give those that have others.
        """
        engine, edges, base = self.engine, f"left_{number}", f"base_{number}"
        ready = f"SELECT object FROM {edges} WHERE object NOT IN (SELECT subject FROM {edges})"
        engine.table(
            "raised",
            f"SELECT edges.subject AS node, MAX(COALESCE(known.depth, 0) + 1) AS depth FROM {edges} AS edges "
            f"LEFT JOIN {base} AS known ON known.node = edges.object WHERE edges.object IN ({ready}) "
            "GROUP BY edges.subject",
        )
        after = f"left_{number + 1}"
        left = engine.table(after, f"SELECT subject, object FROM {edges} WHERE object NOT IN ({ready})")
        both = f"SELECT node, depth FROM {base} UNION ALL SELECT node, depth FROM raised"
        engine.table("bases", f"SELECT node, MAX(depth) AS depth FROM ({both}) AS both_of_them GROUP BY node")
        waiting = f"SELECT subject FROM {after} UNION ALL SELECT object FROM {after}"
        done = f"SELECT depth, COUNT(*) FROM bases WHERE node NOT IN ({waiting}) GROUP BY depth"
        self.depths.update(dict(engine.rows(done)))
        engine.table(f"base_{number + 1}", f"SELECT node, depth FROM bases WHERE node IN ({waiting})")
        engine.drop(edges, base, "raised", "bases")
        return left

    def _rest(self, number: int) -> set[int]:
        """Count what is not settled, and return what of it stands on a circle of several."""
        base: Mapping[int, int] = dict(self.engine.rows(f"SELECT node, depth FROM base_{number}"))
        arcs: dict[int, list[int]] = {}
        for subject, object_ in self.engine.rows(f"SELECT subject, object FROM left_{number}"):
            arcs.setdefault(subject, []).append(object_)
        graph = condensed(arcs)
        found = [0] * len(graph.members)
        for unit in range(len(found) - 1, -1, -1):
            members = graph.members[unit]
            own = max(base.get(node, 0) for node in members)
            found[unit] = max((found[end] + 1 for end in graph.arcs[unit]), default=0)
            found[unit] = max(found[unit], own)
            # what has no parent at all was counted before
            self.depths[found[unit]] += sum(node in arcs or node in base for node in members)
        return {node for unit in graph.circular for node in graph.members[unit]}
