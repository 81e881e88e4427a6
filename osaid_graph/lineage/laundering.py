"""Where terms lose what the terms upstream ask for: the first edge that drops an obligation. Question 12.

An obligation is followed down from its origin as long as the terms on the way state it; the first artefact that does
not state it drops it. What is made from that inherits the loss, and is counted, not told again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from osaid_graph.lineage.flow import Fact, flow, origins
from osaid_graph.lineage.index import Lineage, via
from osaid_graph.lineage.obligations import DEFAULT, DROPPED, SILENT, STATED, UNKNOWN, standing
from osaid_graph.lineage.transfer import Stance, passes, route, stance
from osaid_graph.terms.obligations import Obligation


@dataclass(frozen=True, slots=True)
class Dropped:
    """An edge at which an obligation is lost.

    Attributes:
        node: The artefact whose terms no longer state it: its IRI, or ``_:label``.
        label: What that is called.
        terms: The terms stated for it.
        via: The kind of the edge.
        source: The IRI of what it was made from, where it was still stated.
        source_terms: The terms stated for that.
        obligation: The kind of the obligation.
        license: The licence it is from.
        origin: The IRI of an artefact with that licence it came from: ``source``, if that is one, else one further up.
        origins: From how many artefacts it came.
        standing: ``dropped``, or ``silent`` where no usable terms are stated.
        firm: Whether it comes under the policy ``permissive`` too.
        descendants: How many artefacts were directly made from this one.
    """

    node: str
    label: str
    terms: tuple[str, ...]
    via: str
    source: str
    source_terms: tuple[str, ...]
    obligation: str
    license: str
    origin: str
    origins: int
    standing: str
    firm: bool
    descendants: int


@dataclass(frozen=True, slots=True)
class DropCount:
    """How many edges lose an obligation of a kind, from which licence to which terms."""

    obligation: str
    license: str
    terms: str
    standing: str
    edges: int


def dropped(lineage: Lineage, policy: str = DEFAULT, *, silent: bool = False) -> tuple[Dropped, ...]:
    """Return every edge at which an obligation is lost, those with most descendants first, then by IRI.

    Args:
        lineage: Where to look.
        policy: ``cautious`` or ``permissive``.
        silent: Whether to tell, too, of artefacts without usable terms.

    Raises:
        UsageError: There is no such policy.
    """
    under = stance(policy)
    held = _stated(lineage, under)
    firm = held if under == "permissive" else _stated(lineage, "permissive")
    wanted = (DROPPED, SILENT) if silent else (DROPPED,)
    rows: list[Dropped] = []
    for made, used, prop in lineage.arrows():
        if made == used or used not in held:
            continue
        way = route(lineage, made, used, prop)
        lost: dict[Obligation, list[int]] = {}
        for origin, obligation in held[used]:
            if origin != made and passes(way, obligation, under):
                lost.setdefault(obligation, []).append(origin)
        for obligation, came in sorted(lost.items()):
            how = standing(lineage, made, obligation)
            if how in wanted:
                sure = passes(way, obligation, "permissive") and any(
                    (each, obligation) in firm.get(used, ()) for each in came
                )
                rows.append(_row(lineage, made, used, prop, obligation, came, how, sure))
    return tuple(sorted(rows, key=lambda row: (-row.descendants, row.node, row.source, row.obligation, row.license)))


def counted(rows: tuple[Dropped, ...]) -> tuple[DropCount, ...]:
    """Count the edges that lose obligations by kind, licence and the terms that follow, the most first."""
    counts = Counter((row.obligation, row.license, ", ".join(row.terms), row.standing) for row in rows)
    return tuple(DropCount(*key, counts[key]) for key in sorted(counts, key=lambda key: (-counts[key], key)))


def _stated(lineage: Lineage, policy: Stance) -> dict[int, set[Fact]]:
    """Return for every artefact the obligations that it, and all on some way down to it, state or may state."""
    cache: dict[tuple[tuple[str, ...], Obligation], bool] = {}

    def goes_on(number: int, obligation: Obligation) -> bool:
        if obligation.begins:
            return standing(lineage, number, obligation) == STATED
        key = lineage.licenses(number), obligation
        if key not in cache:
            cache[key] = standing(lineage, number, obligation) in (STATED, UNKNOWN)
        return cache[key]

    own = {number: frozenset(found) for number, found in origins(lineage)}
    came = flow(lineage, policy, goes_on)
    return {
        number: {fact for fact in facts if fact[0] == number or goes_on(number, fact[1])}
        for number, facts in came.items()
        if number in own or any(goes_on(number, fact[1]) for fact in facts)
    }


def _row(
    lineage: Lineage, made: int, used: int, prop: int, obligation: Obligation, came: list[int], how: str, firm: bool
) -> Dropped:
    down = lineage.down.offsets
    return Dropped(
        node=lineage.iri(made),
        label=lineage.label(made),
        terms=lineage.licenses(made),
        via=via(prop),
        source=lineage.iri(used),
        source_terms=lineage.licenses(used),
        obligation=obligation.kind,
        license=obligation.license,
        origin=lineage.iri(used if used in came else min(came)),
        origins=len(came),
        standing=how,
        firm=firm,
        descendants=down[made + 1] - down[made],
    )
