"""Breadth-first walks over a lineage: what is reached, over how few edges, and along which of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import short
from osaid_graph.lineage.index import Adjacency, Lineage, made_from, mask, via

#: Steps that the paths to all that was reached may have together. Real lineages have some hundred thousand; a chain
#: drawn to do harm has half the square of its length, which no memory holds.
MOST_STEPS: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Hop:
    """A step of a path: the node arrived at and the edge taken (``osaid:trainedOn``; empty for the start)."""

    node: str
    via: str


def path_in_words(path: Iterable[Hop]) -> str:
    """Return a path as a person reads it, with the arrows from what was made to what it was made from.

    >>> path_in_words((Hop("urn:x:model", ""), Hop("urn:x:data", "osaid:trainedOn")))
    'urn:x:model -trainedOn-> urn:x:data'
    """
    said = ""
    for hop in path:
        edge = hop.via.replace("osaid:", "")
        arrow = f" <-{edge[1:]}- " if edge.startswith("^") else f" -{edge}-> " if edge else ""
        said += arrow + _name(hop.node)
    return said


@lru_cache(maxsize=65_536)
def _name(iri: str) -> str:
    """Return the short name of an artefact, which stands on many paths."""
    return short(iri)


@dataclass(frozen=True, slots=True)
class Walk:
    """What was reached from where.

    Attributes:
        arrivals: For every artefact reached, in the order it was, the one before it on a shortest path and the number
            of the property of the edge; the starts have (-1, -1).
        depths: How many edges away each is.
        inverse: Whether the walk went from what was used to what was made from it.
    """

    arrivals: dict[int, tuple[int, int]]
    depths: dict[int, int]
    inverse: bool

    def steps(self, number: int) -> list[tuple[int, int]]:
        """Return a shortest path to an artefact from the nearest start: artefacts, each with the property before it."""
        found = [(number, self.arrivals[number][1])]
        before = self.arrivals[number][0]
        while before >= 0:
            found.append((before, self.arrivals[before][1]))
            before = self.arrivals[before][0]
        return found[::-1]

    def path(self, lineage: Lineage, number: int) -> tuple[Hop, ...]:
        """Return a shortest path to an artefact in words."""
        return tuple(
            Hop(lineage.iri(node), via(kind, inverse=self.inverse) if kind >= 0 else "")
            for node, kind in self.steps(number)
        )

    def paths(self, lineage: Lineage) -> dict[int, tuple[Hop, ...]]:
        """Return a shortest path in words to each artefact, in the order they were reached.

        Raises:
            InputError: Together they have more than :data:`MOST_STEPS` steps.
        """
        check_steps(sum(self.depths.values()))
        found: dict[int, tuple[Hop, ...]] = {}
        for number, (before, kind) in self.arrivals.items():
            edge = via(kind, inverse=self.inverse) if kind >= 0 else ""
            found[number] = (*found.get(before, ()), Hop(lineage.iri(number), edge))
        return found


def check_steps(steps: int) -> None:
    """Refuse what would take more memory than there is.

    Raises:
        InputError: ``steps`` are more than :data:`MOST_STEPS`.
    """
    if steps > MOST_STEPS:
        raise InputError(
            f"the paths have {steps:,} steps together, more than {MOST_STEPS:,}",
            "ask about a nearer artefact, follow fewer edges (--via), or show fewer of them (lineage --depth)",
        )


def walk(
    adjacency: Adjacency,
    starts: Iterable[int],
    following: Iterable[URIRef] | None = None,
    *,
    inverse: bool = False,
    within: Callable[[int], bool] | None = None,
) -> Walk:
    """Walk from some artefacts to all that can be reached, nearest first; cycles end where they began.

    Of several shortest paths the one over the lowest numbers is kept, so that the same lineage gives the same paths.

    Args:
        adjacency: The edges, of one direction.
        starts: Where to begin.
        following: The properties to follow; those that lead to what something was made from if None.
        inverse: Whether ``adjacency`` leads from what was used to what was made from it, for the names of the edges.
        within: The artefacts that may be entered; all if None.
    """
    follows = mask(tuple(made_from() if following is None else following))
    offsets, targets, kinds = adjacency.offsets, adjacency.targets, adjacency.kinds
    order = list(dict.fromkeys(starts))
    arrivals, depths = dict.fromkeys(order, (-1, -1)), dict.fromkeys(order, 0)
    for node in order:  # grows while it is walked over
        depth = depths[node] + 1
        for at in range(offsets[node], offsets[node + 1]):
            target = targets[at]
            if target in arrivals or not follows[kinds[at]] or (within is not None and not within(target)):
                continue
            arrivals[target] = node, kinds[at]
            depths[target] = depth
            order.append(target)
    return Walk(arrivals, depths, inverse)


def upstream_of(lineage: Lineage, *starts: int, following: Iterable[URIRef] | None = None) -> Walk:
    """Walk from artefacts to all they were made from."""
    return walk(lineage.up, starts, following)


def downstream_of(lineage: Lineage, *starts: int, following: Iterable[URIRef] | None = None) -> Walk:
    """Walk from artefacts to all that was made from them."""
    return walk(lineage.down, starts, following, inverse=True)


def successors(adjacency: Adjacency, following: Iterable[URIRef] | None = None) -> Callable[[int], Iterator[int]]:
    """Return a function from an artefact to the other ends of its edges with some properties, each once, in order."""
    follows = mask(tuple(made_from() if following is None else following))

    def ends(number: int) -> Iterator[int]:
        yield from dict.fromkeys(end for end, kind in adjacency.ends(number) if follows[kind])

    return ends
