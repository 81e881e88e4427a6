"""Which gaps stand in the way of which release: a gap at an artefact holds for all that was made from it.

Questions 7 and 8 of the lineage. A gap is anything that somebody may want to be closed before what was made from an
artefact counts as documented: :mod:`osaid_graph.lineage.gaps` finds some, and any other mapping serves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rdflib import URIRef

from osaid_graph.lineage.condensation import strong_components
from osaid_graph.lineage.index import Lineage, made_from, mask
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import Hop, walk

#: The criteria that artefacts do not meet.
Gaps = Mapping[int, tuple[str, ...]]


def releases_of(lineage: Lineage) -> list[int]:
    """Return the systems, models and parameters that a source describes: what a gap can stand in the way of."""
    described = lineage.columns.described
    return [number for number in range(len(lineage)) if described[number] and lineage.is_trained(number)]


def blockers(
    lineage: Lineage, gaps: Gaps, releases: Iterable[int] | None = None, following: Iterable[URIRef] | None = None
) -> dict[int, tuple[int, ...]]:
    """Return for each release that is blocked its blockers: the gaps at it, and at all it was made from, in order.

    Linear in the edges and in the size of what is returned: sets of blockers are shared by all releases that have the
    same ones, and the members of a circle have all of its blockers.

    Args:
        lineage: Where to look.
        gaps: The artefacts that are not as they should be.
        releases: What to ask of; :func:`releases_of` the lineage if None. One without blockers is left out.
        following: The properties that hand a gap on; those that lead to what something was made from if None.
    """
    wanted = releases_of(lineage) if releases is None else releases
    above = _handed_on(lineage, gaps, tuple(made_from() if following is None else following))
    return {release: found for release in wanted if (found := above[release])}


def _handed_on(lineage: Lineage, gaps: Gaps, following: tuple[URIRef, ...]) -> list[tuple[int, ...]]:
    """Return for every artefact the gaps at or above it, equal ones as one object."""
    follows, up = mask(following), lineage.up
    offsets, targets, kinds = up.offsets, up.targets, up.kinds
    above: list[tuple[int, ...]] = [()] * len(lineage)
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    for component in strong_components(up, follows, range(len(lineage))):
        own = [member for member in component if member in gaps]
        # by identity first: most parts share the very set of the part before
        parts = {
            id(above[targets[at]]): above[targets[at]]
            for member in component
            for at in range(offsets[member], offsets[member + 1])
            if follows[kinds[at]]
        }
        sets = [part for part in parts.values() if part]
        if not sets and not own:
            continue
        if len(sets) == 1 and not own:
            found = sets[0]
        else:
            found = tuple(sorted({*own, *(gap for part in sets for gap in part)}))
            found = known.setdefault(found, found)
        for member in component:
            above[member] = found
    return above


@dataclass(frozen=True, slots=True)
class Blocker:
    """A gap by what it stands in the way of.

    Attributes:
        node: The artefact it is at: its IRI, or ``_:label``.
        label: What that is called.
        kind: The name of its class.
        criteria: What it does not meet.
        alone: How many releases it alone blocks: those that would be free without it.
        releases: How many it blocks in all.
    """

    node: str
    label: str
    kind: str
    criteria: tuple[str, ...]
    alone: int
    releases: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """A release by what blocks it.

    Attributes:
        node: The release: its IRI, or ``_:label``.
        label: What it is called.
        blockers: The IRIs of the artefacts with a gap at or above it.
        own: Whether it has a gap itself.
        sole: The one blocker, where there is no other.
    """

    node: str
    label: str
    blockers: tuple[str, ...]
    own: bool
    sole: str


@dataclass(frozen=True, slots=True)
class Witness:
    """A blocker of a release, with what shows it.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        criteria: What is open at it.
        distance: How many edges away it is.
        path: A shortest path, the release first.
    """

    node: str
    label: str
    criteria: tuple[str, ...]
    distance: int
    path: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """How many releases are blocked.

    Attributes:
        releases: How many releases were looked at.
        blocked: How many of them are blocked.
        by_one: How many are blocked by one gap alone.
        by_own_only: How many are blocked by a gap of their own, and by no other.
    """

    releases: int
    blocked: int
    by_one: int
    by_own_only: int


@dataclass(frozen=True)
class Blockers:
    """What blocks the releases of a lineage.

    Attributes:
        lineage: Where was looked.
        gaps: The artefacts with a gap.
        asked: How many releases were asked of.
        of: The blockers of each that is blocked, by numbers.
        following: The properties that hand a gap on.
    """

    lineage: Lineage
    gaps: Gaps
    asked: int
    of: Mapping[int, tuple[int, ...]]
    following: tuple[URIRef, ...]

    @classmethod
    def find(
        cls,
        lineage: Lineage,
        gaps: Gaps,
        releases: Sequence[int] | None = None,
        following: Iterable[URIRef] | None = None,
    ) -> Blockers:
        """Find what blocks the releases of a lineage; the arguments are those of :func:`blockers`."""
        wanted = releases_of(lineage) if releases is None else list(dict.fromkeys(releases))
        follows = tuple(made_from() if following is None else following)
        return cls(lineage, gaps, len(wanted), blockers(lineage, gaps, wanted, follows), follows)

    def totals(self) -> Totals:
        """Count releases by how they are blocked."""
        alone = sum(len(found) == 1 for found in self.of.values())
        own = sum(found == (release,) for release, found in self.of.items())
        return Totals(self.asked, len(self.of), alone, own)

    @cached_property
    def _counted(self) -> tuple[Counter[int], Counter[int]]:
        alone: Counter[int] = Counter()
        sets = Counter(self.of.values())
        each: Counter[int] = Counter()
        for found, times in sets.items():
            for gap in found:
                each[gap] += times
            if len(found) == 1:
                alone[found[0]] += times
        return alone, each

    def top(self, limit: int | None = None, *, inherited: bool = False) -> tuple[Blocker, ...]:
        """Return the gaps that block a release, those first that alone block most, then those that block most.

        Args:
            limit: How many; all if None.
            inherited: Only gaps that block something else than the artefact they are at.
        """
        alone, each = self._counted
        gaps = [gap for gap in each if not inherited or each[gap] > (gap in self.of)]
        gaps.sort(key=lambda gap: (-alone[gap], -each[gap], self.lineage.iri(gap)))
        return tuple(self._blocker(gap, alone[gap], each[gap]) for gap in gaps[:limit])

    def _blocker(self, gap: int, alone: int, releases: int) -> Blocker:
        line = self.lineage
        return Blocker(line.iri(gap), line.label(gap), kind_name(line, gap), tuple(self.gaps[gap]), alone, releases)

    def sole(self) -> tuple[Blocked, ...]:
        """Return the releases that one gap alone blocks, in the order of their IRIs."""
        return self._sorted([release for release, found in self.of.items() if len(found) == 1])

    def rows(self) -> tuple[Blocked, ...]:
        """Return every release that is blocked: those with the fewest blockers first, then by IRI."""
        return self._sorted(self.of)

    def _sorted(self, releases: Iterable[int]) -> tuple[Blocked, ...]:
        order = sorted(releases, key=lambda release: (len(self.of[release]), self.lineage.iri(release)))
        return tuple(self._blocked(release, self.of[release]) for release in order)

    def _blocked(self, release: int, found: tuple[int, ...]) -> Blocked:
        line = self.lineage
        names = tuple(line.iri(gap) for gap in found)
        return Blocked(
            line.iri(release), line.label(release), names, release in self.gaps, names[0] if len(names) == 1 else ""
        )

    def witnesses(self, release: int) -> tuple[Witness, ...]:
        """Return the blockers of a release, the nearest first, each with a shortest path from the release to it."""
        line = self.lineage
        walked = walk(line.up, [release], self.following)
        wanted = set(self.of.get(release, ()))
        return tuple(
            Witness(line.iri(gap), line.label(gap), tuple(self.gaps[gap]), walked.depths[gap], walked.path(line, gap))
            for gap in walked.arrivals
            if gap in wanted
        )
