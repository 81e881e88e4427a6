"""What an artefact owes to the terms of what it was made from, where from, and who left it out. Questions 10 and 12.

What is compared is what licences say with what licences say. Whether attribution was given, or an agreement handed
over, nobody can see in the metadata; that the terms of a descendant no longer ask for it can be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from osaid_graph.lineage.flow import terms_at, ways_up
from osaid_graph.lineage.gaps import unusable
from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.transfer import STANCES, Stance, stance
from osaid_graph.lineage.walk import Hop, Walk
from osaid_graph.terms.obligations import ATTRIBUTION, NAMING, Obligation

#: How the terms of an artefact stand to an obligation that comes to it.
STATED, DROPPED, SILENT, UNKNOWN = "stated", "dropped", "silent", "unknown"
DEFAULT: Final[Stance] = STANCES[0]


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation that comes to an artefact.

    Attributes:
        obligation: Its kind.
        license: The licence it is from.
        asks: What that asks.
        clause: Where the licence says so.
        source: Where its text is.
        origin: The IRI of the artefact with that licence.
        origin_label: What that is called.
        distance: How many edges away it is; 0 for the artefact's own terms.
        firm: Whether it comes under the policy ``permissive`` too; if not, the law is open.
        standing: Whether the terms of the artefact still ask for it (``stated``), or do not (``dropped``); ``silent``
            if no usable terms are stated, ``unknown`` if the obligations of those that are are not known.
        dropped_at: The first artefact on the path down from the origin whose terms do not state it.
        dropped_terms: The terms stated there.
        path: A shortest path from the artefact up to the origin.
    """

    obligation: str
    license: str
    asks: str
    clause: str
    source: str
    origin: str
    origin_label: str
    distance: int
    firm: bool
    standing: str
    dropped_at: str
    dropped_terms: tuple[str, ...]
    path: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """An artefact at or above another that may oblige to something, which nobody can tell."""

    node: str
    label: str
    kind: str
    terms: tuple[str, ...]
    why: str
    path: tuple[Hop, ...]


def owed(lineage: Lineage, node: str, policy: str = DEFAULT) -> tuple[Owed, ...]:
    """Return what an artefact owes: what is dropped first, then what nobody can tell, the rest by kind and distance.

    Args:
        lineage: Where to look.
        node: What a person calls the artefact.
        policy: ``cautious`` or ``permissive`` (:mod:`osaid_graph.lineage.transfer`).

    Raises:
        UsageError: There is no such artefact, several could be meant, or there is no such policy.
    """
    number = lineage.find(node)
    found = [_owed(lineage, number, *each) for each in coming_to(lineage, number, stance(policy))]
    return tuple(sorted(found, key=_urgency))


def _urgency(row: Owed) -> tuple[int, str, int, str, str]:
    order = (DROPPED, SILENT, UNKNOWN, STATED)
    return order.index(row.standing), row.obligation, row.distance, row.license, row.origin


def coming_to(lineage: Lineage, number: int, policy: Stance) -> list[tuple[int, Obligation, bool, Walk]]:
    """Return the obligations that come to an artefact: origin, obligation, whether firm, and the walk that found it."""
    walks: dict[tuple[bool, bool, Stance], Walk] = {}

    def ways(obligation: Obligation, under: Stance) -> Walk:
        key = obligation.results_free, obligation.outputs, under
        if key not in walks:
            walks[key] = ways_up(lineage, number, obligation, under)
        return walks[key]

    # whatever hands anything down is reached by what every route of the policy hands on
    widest = ways_up(lineage, number, Obligation("", "", "", "", "", outputs=True), policy)
    found: list[tuple[int, Obligation, bool, Walk]] = []
    for origin in widest.arrivals:
        for obligation in terms_at(lineage, origin).obligations:
            firm = ways(obligation, "permissive")
            taken = firm if origin in firm.arrivals else ways(obligation, policy)
            if origin in taken.arrivals:
                found.append((origin, obligation, taken is firm, taken))
    return found


def standing(lineage: Lineage, number: int, obligation: Obligation) -> str:
    """Return how the terms of an artefact, or its name, stand to an obligation that comes to it."""
    if obligation.kind == NAMING:
        name = lineage.label(number).rpartition("/")[2]
        begins = _letters(name).startswith(_letters(obligation.begins))
        return STATED if begins else DROPPED
    terms = terms_at(lineage, number)
    if terms.states(obligation):
        return STATED
    if not terms.stated:
        return SILENT
    return DROPPED if terms.known or obligation.met_by else UNKNOWN


def _letters(name: str) -> str:
    """Return a name as its words are compared: without case and what stands between words."""
    return "".join(character for character in name.casefold() if character.isalnum())


def first_drop(lineage: Lineage, path: list[int], obligation: Obligation) -> int | None:
    """Return the first artefact after the start of a path down that does not state an obligation; None if all do.

    One whose terms are not known is passed by.
    """
    for number in path[1:]:
        if standing(lineage, number, obligation) in (DROPPED, SILENT):
            return number
    return None


def _owed(lineage: Lineage, number: int, origin: int, obligation: Obligation, firm: bool, taken: Walk) -> Owed:
    down = [each for each, _ in taken.steps(origin)][::-1]
    dropped = first_drop(lineage, down, obligation)
    return Owed(
        obligation=obligation.kind,
        license=obligation.license,
        asks=obligation.asks,
        clause=obligation.clause,
        source=obligation.source,
        origin=lineage.iri(origin),
        origin_label=lineage.label(origin),
        distance=taken.depths[origin],
        firm=firm,
        standing=STATED if origin == number else standing(lineage, number, obligation),
        dropped_at=lineage.iri(dropped) if dropped is not None else "",
        dropped_terms=lineage.licenses(dropped) if dropped is not None else (),
        path=taken.path(lineage, origin),
    )


def unknown_terms(lineage: Lineage, node: str, policy: str = DEFAULT) -> tuple[Unknown, ...]:
    """Return the artefacts at and above one whose obligations nobody can tell, the nearest first. Question 13.

    Raises:
        UsageError: There is no such artefact, several could be meant, or there is no such policy.
    """
    start = lineage.find(node)
    walked = ways_up(lineage, start, Obligation(ATTRIBUTION, "", "", "", "", outputs=True), stance(policy))
    rows: list[Unknown] = []
    for number in walked.arrivals:
        why = not_known(lineage, number)
        if why:
            path = walked.path(lineage, number)
            kind, texts = kind_name(lineage, number), lineage.licenses(number)
            rows.append(Unknown(lineage.iri(number), lineage.label(number), kind, texts, why, path))
    return tuple(rows)


def not_known(lineage: Lineage, number: int) -> str:
    """Return why nobody can tell what the terms of an artefact oblige to, empty where that is known."""
    texts = lineage.licenses(number)
    terms = terms_at(lineage, number)
    if terms.known:
        return ""
    return unusable(texts) or "the text of a licence that is named was not read for what it obliges to"
