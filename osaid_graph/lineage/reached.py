"""What an artefact was made from, and what was made from it, each with a shortest path that shows it.

Questions 1, 2 and 4 of the lineage: the provenance closure with a witness for each member, and the blast radius.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.walk import Hop, Walk, downstream_of, upstream_of
from osaid_graph.vocab import token


@dataclass(frozen=True, slots=True)
class Reached:
    """An artefact that was reached.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class (``Dataset``), empty for a name that nothing tells more of.
        described: Whether a source describes it, or it is only referred to.
        distance: How many edges away it is on a shortest path.
        path: That path, the start first.
    """

    node: str
    label: str
    kind: str
    described: bool
    distance: int
    path: tuple[Hop, ...]


def upstream(lineage: Lineage, node: str, following: Iterable[URIRef] | None = None) -> tuple[Reached, ...]:
    """Return all that an artefact was made from, the nearest first.

    Args:
        lineage: Where to look.
        node: What a person calls the artefact (:meth:`~osaid_graph.lineage.index.Lineage.find`).
        following: The properties to follow; if None, all that lead to what something was made from, which leaves out
            data that was used only to validate or to evaluate.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    return reached(lineage, upstream_of(lineage, lineage.find(node), following=following))


def downstream(lineage: Lineage, node: str, following: Iterable[URIRef] | None = None) -> tuple[Reached, ...]:
    """Return all that was made from an artefact, the nearest first; see :func:`upstream`.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    return reached(lineage, downstream_of(lineage, lineage.find(node), following=following))


def reached(lineage: Lineage, walk: Walk) -> tuple[Reached, ...]:
    """Return what a walk reached, in its order, without where it began.

    Raises:
        InputError: The paths have too many steps together.
    """
    paths = walk.paths(lineage)
    return tuple(
        Reached(
            lineage.iri(number),
            lineage.label(number),
            kind_name(lineage, number),
            bool(lineage.columns.described[number]),
            walk.depths[number],
            paths[number],
        )
        for number, (before, _) in walk.arrivals.items()
        if before >= 0
    )


def kind_name(lineage: Lineage, number: int) -> str:
    """Return the name of the class of an artefact, empty where it has none."""
    kind = lineage.kind(number)
    return token(kind) if kind is not None else ""
