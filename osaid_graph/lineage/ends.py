"""Where a lineage begins and ends, what stands alone, and which data nobody uses.

Question 22: tests of degrees. An edge of an artefact to itself tells of no other, so it does not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from rdflib import URIRef

from osaid_graph.errors import UsageError
from osaid_graph.lineage.index import Adjacency, Lineage, is_data, is_trained, made_from, mask, properties
from osaid_graph.lineage.reached import kind_name

Role = Literal["root", "sink", "orphan", "unused", "between"]
#: Every role, in the order in which they are told.
ROLES: Final[tuple[Role, ...]] = get_args(Role)
#: The role by whether anything is upstream, and anything downstream.
_ROLE_OF: Final[dict[tuple[bool, bool], Role]] = {
    (False, True): "root",
    (True, False): "sink",
    (False, False): "orphan",
    (True, True): "between",
}


@dataclass(frozen=True, slots=True)
class End:
    """An artefact at an end of the lineage.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        described: Whether a source describes it, or it is only referred to.
        upstream: How many artefacts it was made from directly.
        downstream: How many were made from it directly.
    """

    node: str
    label: str
    kind: str
    described: bool
    upstream: int
    downstream: int


@dataclass(frozen=True, slots=True)
class RoleCount:
    """How many artefacts have a role.

    Attributes:
        role: The role: root, sink, orphan, unused or between.
        artefacts: How many artefacts have it.
        trained: How many of them are systems, models or parameters.
        data: How many are datasets.
        described: How many of them a source describes.
    """

    role: Role
    artefacts: int
    trained: int
    data: int
    described: int


def ends(
    lineage: Lineage, role: str, limit: int | None = None, following: Collection[URIRef] | None = None
) -> tuple[End, ...]:
    """Return the artefacts that have a role, those that the most was made from first, then those made from the most.

    A ``root`` was made from nothing that is told, and something was made from it; a ``sink`` was made from something,
    and nothing from it; an ``orphan`` is neither; all others are ``between``. Data are ``unused`` if no edge of
    whatever property leads to them, one to data used only to validate or to evaluate included.

    Args:
        lineage: The lineage.
        role: One of :data:`ROLES`.
        limit: How many to return at most; all if None.
        following: The properties to follow; those that lead to what something was made from if None.

    Raises:
        UsageError: There is no such role.
    """
    if role not in ROLES:
        raise UsageError(f"there is no role {role!r} in a lineage", f"choose one of {', '.join(ROLES)}")
    found = (each for each in _degrees(lineage, following) if role in each[3])
    ranked = sorted(found, key=lambda each: (-each[2], -each[1], lineage.iri(each[0])))
    return tuple(
        End(
            lineage.iri(number),
            lineage.label(number),
            kind_name(lineage, number),
            bool(lineage.columns.described[number]),
            upstream,
            downstream,
        )
        for number, upstream, downstream, _ in ranked[:limit]
    )


def roles(lineage: Lineage, following: Collection[URIRef] | None = None) -> tuple[RoleCount, ...]:
    """Return how many artefacts have each role; see :func:`ends`. Linear."""
    classes, described = lineage.columns.classes, lineage.columns.described
    counts = Counter(
        (role, classes[number], described[number])
        for number, _, _, found in _degrees(lineage, following)
        for role in found
    )
    return tuple(
        RoleCount(
            role,
            sum(count for (each, _, _), count in counts.items() if each == role),
            sum(count for (each, kind, _), count in counts.items() if each == role and is_trained(kind)),
            sum(count for (each, kind, _), count in counts.items() if each == role and is_data(kind)),
            sum(count for (each, _, known), count in counts.items() if each == role and known),
        )
        for role in ROLES
    )


def _degrees(
    lineage: Lineage, following: Collection[URIRef] | None
) -> Iterator[tuple[int, int, int, tuple[Role, ...]]]:
    """Yield each artefact with its degrees upstream and downstream, and its roles."""
    follows = mask(tuple(made_from() if following is None else following))
    above, below = degrees(lineage.up, follows), degrees(lineage.down, follows)
    users = degrees(lineage.down, mask(properties()))
    classes = lineage.columns.classes
    for number, (upstream, downstream) in enumerate(zip(above, below, strict=True)):
        role = _ROLE_OF[upstream > 0, downstream > 0]
        unused = not users[number] and is_data(classes[number])
        yield number, upstream, downstream, (role, "unused") if unused else (role,)


def degrees(adjacency: Adjacency, follows: bytes) -> list[int]:
    """Return how many others each artefact has an edge to, by the properties to follow."""
    found = []
    offsets, targets, kinds = adjacency.offsets, adjacency.targets, adjacency.kinds
    for number in range(len(offsets) - 1):
        first, last = offsets[number], offsets[number + 1]
        found.append(
            len({targets[at] for at in range(first, last) if follows[kinds[at]]} - {number}) if first < last else 0
        )
    return found
