"""Names that lead nowhere: what is referred to and described by no source. Question 23 of the lineage.

Some are placeholders, which name nothing. For others something that is described has nearly the same name: it is
offered, and never taken for what was meant, because two organisations may well give two things one name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from osaid_graph.identity import placeholder
from osaid_graph.lineage.index import Lineage, via
from osaid_graph.lineage.reached import kind_name

#: What can be said of a name that leads nowhere, the first that holds.
PLACEHOLDER, VERSIONED, CASE, ORGANISATION, UNKNOWN = "placeholder", "versioned", "case", "organisation", "unknown"
#: How many referrers and candidates a row names.
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Dangling:
    """A name that is referred to and described nowhere.

    Attributes:
        node: The IRI it stands for.
        label: The name.
        kind: The name of the class that what refers to it gives it.
        finding: ``placeholder`` if it names nothing, ``versioned`` if versions of it are described, ``case`` if
            something described differs from it in upper and lower case only, ``organisation`` if only in whose it is,
            else ``unknown``.
        why: Why it is a placeholder.
        referrers: How many artefacts refer to it.
        referred_by: The first of them by IRI, at most five.
        over: The kinds of edges by which they do.
        candidates: How many described artefacts it may stand for.
        candidate: The first of these by use, at most five.
    """

    node: str
    label: str
    kind: str
    finding: str
    why: str
    referrers: int
    referred_by: tuple[str, ...]
    over: tuple[str, ...]
    candidates: int
    candidate: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How many names lead nowhere for one reason.

    Attributes:
        kind: The class of what they are taken for.
        finding: What can be said of them.
        names: How many there are.
        references: How many references there are to them.
    """

    kind: str
    finding: str
    names: int
    references: int


def dangling(lineage: Lineage) -> tuple[Dangling, ...]:
    """Return what is referred to and described nowhere, what most refer to first, then by IRI."""
    described = lineage.columns.described
    names = [number for number in range(len(lineage)) if not described[number]]
    nearby = _Nearby(lineage, names)
    rows = [_row(lineage, nearby, number) for number in names]
    return tuple(sorted(rows, key=lambda row: (-row.referrers, row.node)))


def counted(rows: tuple[Dangling, ...]) -> tuple[Found, ...]:
    """Count names that lead nowhere by class and by what can be said of them."""
    names: Counter[tuple[str, str]] = Counter()
    references: Counter[tuple[str, str]] = Counter()
    for row in rows:
        names[row.kind, row.finding] += 1
        references[row.kind, row.finding] += row.referrers
    return tuple(Found(*key, names[key], references[key]) for key in sorted(names))


class _Nearby:
    """The described artefacts with nearly the name of one that is not."""

    def __init__(self, lineage: Lineage, names: list[int]) -> None:
        self.lineage = lineage
        iris = lineage.columns.iris
        folded = {iris[number].casefold() for number in names}
        tails = {_tail(iris[number]) for number in names}
        wholes = {iris[number] for number in names}
        self.by_case: dict[str, list[int]] = {}
        self.by_tail: dict[str, list[int]] = {}
        self.versions: dict[str, list[int]] = {}
        for number in range(len(lineage)):
            if not lineage.columns.described[number]:
                continue
            iri = iris[number]
            if (same := iri.casefold()) in folded:
                self.by_case.setdefault(same, []).append(number)
            if (tail := _tail(iri)) in tails:
                self.by_tail.setdefault(tail, []).append(number)
            for whole in {lineage.columns.versions.get(number, ""), iri.partition("#")[0]} & wholes:
                self.versions.setdefault(whole, []).append(number)

    def of(self, number: int) -> tuple[str, list[int]]:
        """Return what can be said of a name and the described artefacts it may stand for, the most used first."""
        iri = self.lineage.iri(number)
        if iri in self.versions:
            return VERSIONED, self._ordered(self.versions[iri])
        if same := self._alike(number, self.by_case.get(iri.casefold(), [])):
            return CASE, self._ordered(same)
        if same := self._alike(number, self.by_tail.get(_tail(iri), [])):
            return ORGANISATION, self._ordered(same)
        return UNKNOWN, []

    def _alike(self, number: int, found: list[int]) -> list[int]:
        kind = self.lineage.kind(number)
        return [each for each in found if kind is None or self.lineage.kind(each) == kind]

    def _ordered(self, found: list[int]) -> list[int]:
        down = self.lineage.down.offsets
        return sorted(found, key=lambda each: (down[each] - down[each + 1], self.lineage.iri(each)))


def _tail(iri: str) -> str:
    """Return the last part of an IRI, without its version and case: what is left without the organisation."""
    return iri.partition("#")[0].rstrip("/").replace(":", "/").rpartition("/")[2].casefold()


def _row(lineage: Lineage, nearby: _Nearby, number: int) -> Dangling:
    why = placeholder(lineage.iri(number))
    finding, found = (PLACEHOLDER, []) if why else nearby.of(number)
    referrers = sorted({lineage.iri(source) for source, _ in lineage.down.ends(number)})
    return Dangling(
        node=lineage.iri(number),
        label=lineage.label(number),
        kind=kind_name(lineage, number),
        finding=finding,
        why=why,
        referrers=len(referrers),
        referred_by=tuple(referrers[:SHOWN]),
        over=tuple(_over(lineage, number)),
        candidates=len(found),
        candidate=tuple(lineage.iri(each) for each in found[:SHOWN]),
    )


def _over(lineage: Lineage, number: int) -> Iterator[str]:
    yield from (via(kind) for kind in sorted({kind for _, kind in lineage.down.ends(number)}))
