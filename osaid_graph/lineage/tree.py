"""A lineage as a tree to read: every artefact once with what lies behind it, and its other places as references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from rdflib import URIRef

from osaid_graph.lineage.index import Adjacency, Lineage, made_from, mask, via
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import Walk, check_steps, walk

#: How an artefact stands in a tree: in full; by name alone, because it is shown in full elsewhere, or because it closes
#: a circle; in full, with what lies behind it left out because it is too far.
State = Literal["", "shown", "circle", "cut"]
_SHOWN: Final[State] = "shown"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of an artefact in a tree.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class, empty where nothing tells it.
        described: Whether a source describes it.
        via: The edges that lead here from the place above (``osaid:trainedOn``), none at the root.
        rails: For each level above, but the root, whether the place there has others below it; then for this one.
        state: How it stands here.
        licenses: The terms that are stated for it, as they stand.
        issued: The day it was published (ISO 8601), empty where nobody says.
        withdrawn: The day it was withdrawn, ``yes`` where no day is told, empty where it was not.
        gaps: What is open at it, by requirement or criterion.
    """

    node: str
    label: str
    kind: str
    described: bool
    via: tuple[str, ...]
    rails: tuple[bool, ...]
    state: State
    licenses: tuple[str, ...]
    issued: str
    withdrawn: str
    gaps: tuple[str, ...]


def tree(
    lineage: Lineage,
    node: str,
    *,
    down: bool = False,
    following: Iterable[URIRef] | None = None,
    depth: int | None = None,
    gaps: Mapping[int, tuple[str, ...]] | None = None,
) -> Iterator[Place]:
    """Yield the places of the tree above, or below, an artefact, from the root on, each before what lies behind it.

    An artefact is shown in full where a shortest path leads to it; so a path from the root down the tree is the
    shortest there is.

    Args:
        lineage: Where to look.
        node: What a person calls the artefact.
        down: Show what was made from it instead of what it was made from.
        following: The properties to follow, as of :func:`osaid_graph.lineage.walk.walk`.
        depth: How many edges to go at most; None for all.
        gaps: What is open at artefacts, by number.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
        InputError: The tree is too deep for what it holds: its rails have too many steps together.
    """
    start = lineage.find(node)
    follows = tuple(made_from() if following is None else following)
    adjacency = lineage.down if down else lineage.up
    reached = walk(adjacency, (start,), follows, inverse=down)
    check_steps(sum(far for far in reached.depths.values() if depth is None or far <= depth))
    return _Tree(lineage, adjacency, reached, follows, depth, gaps or {}).places(start)


class _Tree:
    def __init__(
        self,
        lineage: Lineage,
        adjacency: Adjacency,
        walk: Walk,
        follows: tuple[URIRef, ...],
        depth: int | None,
        gaps: Mapping[int, tuple[str, ...]],
    ) -> None:
        self.lineage, self.adjacency, self.walk = lineage, adjacency, walk
        self.follows, self.depth, self.gaps = mask(follows), depth, gaps

    def places(self, start: int) -> Iterator[Place]:
        waiting: list[tuple[int, int, tuple[int, ...], tuple[bool, ...]]] = [(start, -1, (), ())]
        while waiting:
            number, above, kinds, rails = waiting.pop()
            state = self._state(number, above)
            yield self._place(number, kinds, rails, state)
            if state == "":
                ends = list(self._ends(number).items())
                children = [(end, number, tuple(k), (*rails, at < len(ends) - 1)) for at, (end, k) in enumerate(ends)]
                waiting.extend(reversed(children))

    def _ends(self, number: int) -> dict[int, list[int]]:
        """Return the artefacts one edge away with the properties that lead there, the most particular first."""
        found: dict[int, list[int]] = {}
        for end, kind in self.adjacency.ends(number):
            if self.follows[kind]:
                found.setdefault(end, []).append(kind)
        return found

    def _state(self, number: int, above: int) -> State:
        before = self.walk.arrivals[number][0]
        if before != above:
            return "circle" if above == number or self._is_above(number, above) else _SHOWN
        if self.depth is not None and self.walk.depths[number] >= self.depth and self._ends(number):
            return "cut"
        return ""

    def _is_above(self, number: int, place: int) -> bool:
        """Tell whether an artefact lies on the way from the root to a place."""
        while place >= 0:
            if place == number:
                return True
            place = self.walk.arrivals[place][0]
        return False

    def _place(self, number: int, kinds: tuple[int, ...], rails: tuple[bool, ...], state: State) -> Place:
        lineage, columns = self.lineage, self.lineage.columns
        issued = lineage.issued(number)
        withdrawn = columns.withdrawn.get(number)
        return Place(
            lineage.iri(number),
            lineage.label(number),
            kind_name(lineage, number),
            bool(columns.described[number]),
            tuple(via(kind, inverse=self.walk.inverse) for kind in kinds),
            rails,
            state,
            lineage.licenses(number),
            issued.isoformat() if issued else "",
            "" if withdrawn is None else withdrawn or "yes",
            self.gaps.get(number, ()),
        )
