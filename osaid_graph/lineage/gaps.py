"""What descriptions leave open: artefacts that lack what the criteria ask for. Question 13, and the start of 7.

A gap is one of the metadata that was read, and no verdict: terms may stand in a file that nobody read, and a dataset
that no source here describes may be described elsewhere.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from osaid_graph.errors import UsageError
from osaid_graph.lineage.index import NO_DAY, Lineage
from osaid_graph.lineage.reached import kind_name
from osaid_graph.terms import catalogue, evaluate, policy


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is asked of an artefact.

    Attributes:
        name: What it is called.
        asks: What it asks, a clause.
        lacks: Tells whether an artefact does not meet it.
    """

    name: str
    asks: str
    lacks: Callable[[Lineage, int], bool]


@dataclass(frozen=True, slots=True)
class Gap:
    """An artefact with the criteria it does not meet.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        criteria: The names of the criteria.
        terms: The terms stated for it.
        why: Why they are not usable, where ``license`` is among the criteria.
    """

    node: str
    label: str
    kind: str
    criteria: tuple[str, ...]
    terms: tuple[str, ...]
    why: str


@cache
def unusable(terms: tuple[str, ...]) -> str:
    """Return why the terms that are stated for an artefact tell nobody what is granted; empty where one does.

    Usable is what names a licence that the catalogue knows, whatever that licence grants. ``other`` names none, and
    ``proprietary`` says that there is none.

    >>> unusable(("apache-2.0",)), unusable(())
    ('', 'no terms are stated')
    """
    reasons = []
    for text in terms:
        found = evaluate(text, "dataset", policy())
        if found.licenses:
            return ""
        token = catalogue().token(text)
        reasons.append(token.meaning if token is not None else found.reason)
    return "; ".join(dict.fromkeys(reasons)) or "no terms are stated"


#: The criteria that the columns of a lineage can answer.
CRITERIA: Final = (
    Criterion(
        "license",
        "terms are stated that name a licence of the catalogue",
        lambda lineage, number: bool(unusable(lineage.licenses(number))),
    ),
    Criterion(
        "described",
        "a source describes it, so that it is not only referred to",
        lambda lineage, number: not lineage.columns.described[number],
    ),
    Criterion(
        "issued",
        "the day it was published is stated",
        lambda lineage, number: lineage.columns.issued[number] == NO_DAY,
    ),
    Criterion(
        "withdrawn",
        "nobody says that it was withdrawn",
        lambda lineage, number: number in lineage.columns.withdrawn,
    ),
)


def gaps(
    lineage: Lineage, criteria: Iterable[str] = ("license",), among: Iterable[int] | None = None
) -> dict[int, tuple[str, ...]]:
    """Return the artefacts that do not meet some criteria, each with the names of those.

    Args:
        lineage: Where to look.
        criteria: Names of :data:`CRITERIA`.
        among: What to ask of; every artefact if None.

    Raises:
        UsageError: There is no such criterion.
    """
    chosen = [criterion(name) for name in dict.fromkeys(criteria)]
    found: dict[int, tuple[str, ...]] = {}
    for number in range(len(lineage)) if among is None else among:
        lacking = tuple([each.name for each in chosen if each.lacks(lineage, number)])
        if lacking:
            found[number] = lacking
    return found


def criterion(name: str) -> Criterion:
    """Return the criterion of a name.

    Raises:
        UsageError: There is none.
    """
    for each in CRITERIA:
        if each.name == name:
            return each
    names = [each.name for each in CRITERIA]
    near = difflib.get_close_matches(name.casefold(), names, n=1)
    guess = f"did you mean {near[0]}? " if near else ""
    raise UsageError(f"there is no criterion {name!r}", f"{guess}criteria: {', '.join(names)}")


def gap_rows(lineage: Lineage, criteria: Iterable[str] = ("license",)) -> tuple[Gap, ...]:
    """Return the artefacts that do not meet some criteria, those with most users first, then by IRI.

    Raises:
        UsageError: There is no such criterion.
    """
    found, down = gaps(lineage, criteria), lineage.down.offsets
    order = sorted(found, key=lambda number: (down[number] - down[number + 1], lineage.iri(number)))
    return tuple(
        Gap(
            lineage.iri(number),
            lineage.label(number),
            kind_name(lineage, number),
            found[number],
            lineage.licenses(number),
            unusable(lineage.licenses(number)) if "license" in found[number] else "",
        )
        for number in order
    )
