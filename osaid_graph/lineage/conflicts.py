"""Where what comes from upstream cannot all be kept: obligations at odds with each other or with terms. Question 11.

Three things are told, and nothing else:

- ``terms``: the terms of the artefact grant what an obligation that comes to it forbids them to: they are known, and do
  not state share-alike, same-licence, non-commercial use or use restrictions. Attribution and names can be given
  beside any terms.
- ``obligations``: share-alike comes from one side and a restriction from another that no licence states which the
  first side allows (GPL and CC-BY-NC merged): the artefact can have no terms at all that keep both.
- ``derivative``: something that may not be changed was, and passed on. A part of it unchanged is no derivative.

A conflict is one of stated terms. An author may have another licence by agreement.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from osaid_graph.lineage.edges import components
from osaid_graph.lineage.flow import flow, terms_at
from osaid_graph.lineage.index import Lineage, made_from, mask, properties
from osaid_graph.lineage.obligations import DEFAULT, DROPPED, coming_to, standing
from osaid_graph.lineage.transfer import stance
from osaid_graph.lineage.walk import Hop, Walk
from osaid_graph.terms.obligations import (
    NO_DERIVATIVES,
    NON_COMMERCIAL,
    SAME_LICENCE,
    SHARE_ALIKE,
    USE_RESTRICTIONS,
    Obligation,
    at_odds,
)
from osaid_graph.vocab import OSAID

TERMS, OBLIGATIONS, DERIVATIVE = "terms", "obligations", "derivative"
#: What terms that do not state it contradict.
RESTRICTIVE = (SHARE_ALIKE, SAME_LICENCE, NON_COMMERCIAL, USE_RESTRICTIONS)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two things at one artefact that cannot both be kept.

    Attributes:
        conflict: ``terms``, ``obligations`` or ``derivative``.
        obligation: The kind of the one obligation.
        license: The licence it is from.
        origin: The IRI of the artefact with that licence.
        other: The kind of the other obligation, empty where it is none.
        other_license: The licence that is from, or the terms of the artefact.
        other_origin: The IRI of the artefact with it.
        firm: Whether all of it comes under the policy ``permissive`` too.
        path: A shortest path from the artefact up to the one origin.
        other_path: And to the other.
    """

    conflict: str
    obligation: str
    license: str
    origin: str
    other: str
    other_license: str
    other_origin: str
    firm: bool
    path: tuple[Hop, ...]
    other_path: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Arising:
    """An artefact at which obligations are first at odds: not yet at anything it was made from.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        terms: The terms stated for it.
        license: The licence that asks for share-alike.
        other: The kind of the obligation at odds with that.
        other_license: The licence that is from.
        descendants: How many artefacts were directly made from it.
    """

    node: str
    label: str
    terms: tuple[str, ...]
    license: str
    other: str
    other_license: str
    descendants: int


@dataclass(frozen=True, slots=True)
class ArisingCount:
    """At how many artefacts two licences are first at odds."""

    license: str
    other: str
    other_license: str
    artefacts: int


def conflicts(lineage: Lineage, node: str, policy: str = DEFAULT) -> tuple[Conflict, ...]:
    """Return what cannot all be kept at an artefact: firm ones first, then by what it is and the licences.

    Args:
        lineage: Where to look.
        node: What a person calls the artefact.
        policy: ``cautious`` or ``permissive`` (:mod:`osaid_graph.lineage.transfer`).

    Raises:
        UsageError: There is no such artefact, several could be meant, or there is no such policy.
    """
    number = lineage.find(node)
    coming = coming_to(lineage, number, stance(policy))
    rows: list[Conflict] = []
    for origin, obligation, firm, walked in coming:
        if origin == number:
            continue
        if obligation.kind == NO_DERIVATIVES and _changed(walked, origin):
            rows.append(_single(lineage, DERIVATIVE, number, origin, obligation, firm, walked))
        elif obligation.kind in RESTRICTIVE and standing(lineage, number, obligation) == DROPPED:
            rows.append(_single(lineage, TERMS, number, origin, obligation, firm, walked))
    for one, other in combinations(coming, 2):
        if at_odds(one[1], other[1]):
            first, second = (one, other) if one[1].kind == SHARE_ALIKE else (other, one)
            rows.append(_double(lineage, first, second))
    order = (DERIVATIVE, OBLIGATIONS, TERMS)
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                not row.firm,
                order.index(row.conflict),
                row.license,
                row.origin,
                row.obligation,
                row.other_license,
                row.other_origin,
            ),
        )
    )


def _changed(walked: Walk, origin: int) -> bool:
    """Tell whether a path has an edge over which something is changed, not only taken out of it or put into a whole."""
    unchanged = {OSAID.subsetOf, *components()}
    return any(properties()[prop] not in unchanged for _, prop in walked.steps(origin) if prop >= 0)


def _single(
    lineage: Lineage, what: str, number: int, origin: int, obligation: Obligation, firm: bool, walked: Walk
) -> Conflict:
    return Conflict(
        conflict=what,
        obligation=obligation.kind,
        license=obligation.license,
        origin=lineage.iri(origin),
        other="",
        other_license=" AND ".join(terms_at(lineage, number).licenses) if what == TERMS else "",
        other_origin=lineage.iri(number),
        firm=firm,
        path=walked.path(lineage, origin),
        other_path=(),
    )


_Coming = tuple[int, Obligation, bool, Walk]


def _double(lineage: Lineage, one: _Coming, other: _Coming) -> Conflict:
    return Conflict(
        conflict=OBLIGATIONS,
        obligation=one[1].kind,
        license=one[1].license,
        origin=lineage.iri(one[0]),
        other=other[1].kind,
        other_license=other[1].license,
        other_origin=lineage.iri(other[0]),
        firm=one[2] and other[2],
        path=one[3].path(lineage, one[0]),
        other_path=other[3].path(lineage, other[0]),
    )


def arising(lineage: Lineage, policy: str = DEFAULT) -> tuple[Arising, ...]:
    """Return the artefacts at which obligations are first at odds, those with most descendants first, then by IRI.

    Raises:
        UsageError: There is no such policy.
    """
    state = flow(lineage, stance(policy))
    pairs: dict[frozenset[Obligation], frozenset[tuple[Obligation, Obligation]]] = {}
    at: dict[int, frozenset[tuple[Obligation, Obligation]]] = {}
    for number, facts in state.items():
        met = frozenset(obligation for _, obligation in facts)
        if met not in pairs:
            pairs[met] = _pairs(met)
        if pairs[met]:
            at[number] = pairs[met]
    follows, down = mask(made_from()), lineage.down.offsets
    rows: list[Arising] = []
    for number, found in at.items():
        above = {end for end, kind in lineage.up.ends(number) if follows[kind] and end != number}
        for alike, other in found.difference(*(at.get(each, frozenset()) for each in above)):
            rows.append(
                Arising(
                    lineage.iri(number),
                    lineage.label(number),
                    lineage.licenses(number),
                    alike.license,
                    other.kind,
                    other.license,
                    down[number + 1] - down[number],
                )
            )
    return tuple(sorted(rows, key=lambda row: (-row.descendants, row.node, row.license, row.other, row.other_license)))


def counted(rows: tuple[Arising, ...]) -> tuple[ArisingCount, ...]:
    """Count where obligations are first at odds by the two licences, the most first."""
    counts = Counter((row.license, row.other, row.other_license) for row in rows)
    return tuple(ArisingCount(*key, counts[key]) for key in sorted(counts, key=lambda key: (-counts[key], key)))


def _pairs(met: frozenset[Obligation]) -> frozenset[tuple[Obligation, Obligation]]:
    found = set()
    for one, other in combinations(sorted(met), 2):
        if at_odds(one, other):
            found.add((one, other) if one.kind == SHARE_ALIKE else (other, one))
    return frozenset(found)
