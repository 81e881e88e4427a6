"""What two artefacts have in common upstream, and which artefact is the nearest kin of one.

Questions 15 and 16: common and most recent common ancestors, and the similarity of what two things were made from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from osaid_graph.lineage.condensation import condensed_lineage
from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import Hop, downstream_of, successors, upstream_of

#: Kin that are listed if nobody says how many.
SHOWN: Final = 20
#: In which line another artefact stands, by whether it is upstream and whether it is downstream.
_LINES: Final = {
    (False, False): "",
    (True, False): "upstream",
    (False, True): "downstream",
    (True, True): "both",
}


@dataclass(frozen=True, slots=True)
class Common:
    """An artefact that two were both made from.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        latest: Whether none of the other common ones was made from it: a most recent (lowest) common ancestor.
        left_distance: How many edges away it is from the first.
        right_distance: How many from the second.
        left_path: A shortest path from the first.
        right_path: A shortest path from the second.
    """

    node: str
    label: str
    kind: str
    latest: bool
    left_distance: int
    right_distance: int
    left_path: tuple[Hop, ...]
    right_path: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Kinship:
    """How much of what two artefacts were made from is the same.

    Attributes:
        similarity: Shared ancestors of all (Jaccard 1901); 0 where neither has any.
        shared: How many ancestors both have.
        left_only: How many only the first has.
        right_only: How many only the second has.
        data_similarity: The same of the datasets among them.
        shared_data: How many datasets both have.
        left_only_data: How many only the first has.
        right_only_data: How many only the second has.
    """

    similarity: float
    shared: int
    left_only: int
    right_only: int
    data_similarity: float
    shared_data: int
    left_only_data: int
    right_only_data: int


@dataclass(frozen=True, slots=True)
class Kin:
    """An artefact that shares what another was made from.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        similarity: Shared ancestors of all ancestors of both.
        shared: How many both have.
        own: How many only this one has.
        missing: How many only the other has.
        line: ``upstream`` where the other was made from this one, ``downstream`` where it is the other way, ``both``
            on a cycle, else empty.
    """

    node: str
    label: str
    kind: str
    similarity: float
    shared: int
    own: int
    missing: int
    line: str


def common_ancestors(
    lineage: Lineage, left: str, right: str, following: Collection[URIRef] | None = None
) -> tuple[Common, ...]:
    """Return what two artefacts were both made from, the most recent first, then the nearest.

    An artefact counts among its own ancestors here: of a model and its base, the base is the most recent. What is on
    one cycle is of one age: its members are all the most recent, or none is. Linear in what is upstream.

    Args:
        lineage: Where to look.
        left: What a person calls the first artefact.
        right: What a person calls the second.
        following: The properties to follow; those that lead to what something was made from if None.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    one, two = (upstream_of(lineage, lineage.find(each), following=following) for each in (left, right))
    both = [number for number in one.arrivals if number in two.arrivals]
    graph = condensed_lineage(lineage, both, following)
    # What is upstream of a common ancestor is common too, so one step tells whether another was made from it.
    older = {end for ends in graph.arcs for end in ends}
    rows = (
        Common(
            lineage.iri(number),
            lineage.label(number),
            kind_name(lineage, number),
            graph.unit.get(number) not in older,
            one.depths[number],
            two.depths[number],
            one.path(lineage, number),
            two.path(lineage, number),
        )
        for number in both
    )
    return tuple(
        sorted(
            rows, key=lambda row: (not row.latest, row.left_distance + row.right_distance, row.left_distance, row.node)
        )
    )


def kinship(lineage: Lineage, left: str, right: str, following: Collection[URIRef] | None = None) -> Kinship:
    """Return how much of what two artefacts were made from is the same; neither counts among its own ancestors.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    one, two = (_ancestors(lineage, lineage.find(each), following) for each in (left, right))
    data_one, data_two = (set(filter(lineage.is_data, each)) for each in (one, two))
    shared, shared_data = len(one & two), len(data_one & data_two)
    return Kinship(
        _jaccard(shared, len(one), len(two)),
        shared,
        len(one) - shared,
        len(two) - shared,
        _jaccard(shared_data, len(data_one), len(data_two)),
        shared_data,
        len(data_one) - shared_data,
        len(data_two) - shared_data,
    )


def nearest_kin(
    lineage: Lineage,
    node: str,
    limit: int = SHOWN,
    *,
    by_data: bool = False,
    following: Collection[URIRef] | None = None,
) -> tuple[Kin, ...]:
    """Return the artefacts that share the most of what one was made from, the most alike first. Exact.

    Only what shares an ancestor is looked at: all that is downstream of one. What shares many is compared first, and
    what shares too few to be among the nearest, however few ancestors it had besides, is never compared.

    Args:
        lineage: Where to look.
        node: What a person calls the artefact.
        limit: How many to return at most; of those that are equally alike the first by IRI.
        by_data: Whether only datasets among the ancestors count.
        following: As for :func:`common_ancestors`.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    start = lineage.find(node)
    counts: Callable[[int], bool] = lineage.is_data if by_data else lambda _: True
    mine = set(filter(counts, _ancestors(lineage, start, following)))
    above = upstream_of(lineage, start, following=following).arrivals
    below = downstream_of(lineage, start, following=following).arrivals
    shared = Counter(each for ancestor in mine for each in _below(lineage, ancestor, following))
    del shared[start]

    def size(number: int) -> int:
        return sum(map(counts, _ancestors(lineage, number, following)))

    return tuple(
        _kin(lineage, number, shared[number], theirs, len(mine), _LINES[number in above, number in below])
        for _, _, number, theirs in _most_alike(lineage, shared, len(mine), size, limit)
    )


def _kin(lineage: Lineage, number: int, shared: int, theirs: int, mine: int, line: str) -> Kin:
    return Kin(
        lineage.iri(number),
        lineage.label(number),
        kind_name(lineage, number),
        _jaccard(shared, theirs, mine),
        shared,
        theirs - shared,
        mine - shared,
        line,
    )


def _most_alike(
    lineage: Lineage, shared: Counter[int], mine: int, size: Callable[[int], int], limit: int
) -> list[tuple[float, str, int, int]]:
    """Return the nearest of what shares ancestors: similarity, negative, IRI, number, and how many ancestors it has."""
    found: list[tuple[float, str, int, int]] = []
    for number, both in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if len(found) >= limit:
            found = sorted(found)[:limit]
            if not found or both / mine < -found[-1][0]:
                break
        theirs = size(number)
        found.append((-_jaccard(both, theirs, mine), lineage.iri(number), number, theirs))
    return sorted(found)[:limit]


def _recent_first(row: Common) -> tuple[bool, int, int, str]:
    return not row.latest, row.left_distance + row.right_distance, row.left_distance, row.node


def _jaccard(shared: int, left: int, right: int) -> float:
    """Return the share of what is shared by two sets of some sizes among all of both."""
    return shared / (left + right - shared) if shared else 0.0


def _ancestors(lineage: Lineage, number: int, following: Collection[URIRef] | None) -> set[int]:
    return set(upstream_of(lineage, number, following=following).arrivals) - {number}


def _below(lineage: Lineage, number: int, following: Collection[URIRef] | None) -> Iterator[int]:
    """Yield what was made from an artefact, without itself."""
    ends = successors(lineage.down, following)
    seen = {number}
    waiting = [number]
    for each in waiting:  # grows while it is walked over
        for end in ends(each):
            if end not in seen:
                seen.add(end)
                waiting.append(end)
                yield end
