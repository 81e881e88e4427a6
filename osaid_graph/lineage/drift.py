"""How terms change along the edges of a lineage: kept, changed, dropped or added, and from which to which.

What the literature calls licence drift or mutation. The unit is an edge; a child of several parents is counted with
each. Only what both ends state can be said to change, so shares are of those edges, as published figures are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from osaid_graph.errors import UsageError
from osaid_graph.lineage.edges import derivations
from osaid_graph.lineage.gaps import unusable
from osaid_graph.lineage.index import Lineage, mask, via
from osaid_graph.terms import normalise

#: What became of the terms over an edge.
KEPT, CHANGED, DROPPED, ADDED, NEITHER = "kept", "changed", "dropped", "added", "neither"
TRANSITIONS: Final = (KEPT, CHANGED, DROPPED, ADDED, NEITHER)
#: What counts as stated: whatever stands there, or only what names a licence of the catalogue.
STATED, USABLE = "stated", "usable"


@dataclass(frozen=True, slots=True)
class Transition:
    """How many edges of a kind there are over which the same became of the terms.

    Attributes:
        via: The kind of the edges; empty for all.
        transition: Whether the terms were ``kept``, ``changed``, ``dropped`` or ``added``, or stated on neither end.
        edges: How many.
        share: Of those with which such an edge can be compared: ``kept`` and ``changed`` of the edges with terms on
            both ends; ``dropped`` of those with terms where they come from; ``added`` and ``neither`` of those
            without.
    """

    via: str
    transition: str
    edges: int
    share: float


@dataclass(frozen=True, slots=True)
class Pair:
    """How many edges lead from some terms to others."""

    before: str
    after: str
    transition: str
    edges: int


@dataclass(frozen=True, slots=True)
class Drift:
    """How terms change along edges: by what became of them, over all and over each kind of edge, and by pair."""

    transitions: tuple[Transition, ...]
    pairs: tuple[Pair, ...]


def drift(
    lineage: Lineage,
    following: Iterable[URIRef] | None = None,
    *,
    between: str = "models",
    counting: str = STATED,
) -> Drift:
    """Count what becomes of terms along the edges of a lineage; those from an artefact to itself are left out.

    Args:
        lineage: Where to look.
        following: The properties of the edges; if None, ``osaid:derivedFrom`` and those below it.
        between: ``models`` (systems, models, parameters on both ends), ``data``, or ``all``.
        counting: What counts as terms: ``stated``, whatever stands there, as published studies of tags count; or
            ``usable``, what names a licence that the catalogue knows, compared by what it names.

    Raises:
        UsageError: There is no such choice.
    """
    wanted, terms = _ends(lineage, between), _terms(lineage, counting)
    follows = mask(tuple(derivations() if following is None else following))
    counts: Counter[tuple[int, str]] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for made, used, prop in lineage.arrows():
        if not follows[prop] or made == used or not (wanted(made) and wanted(used)):
            continue
        before, after = terms(used), terms(made)
        counts[prop, _became(before, after)] += 1
        pairs[before, after] += 1
    found = sorted({prop for prop, _ in counts})
    whole: Counter[str] = Counter()
    for (_, transition), edges in counts.items():
        whole[transition] += edges
    rows = list(_transitions("", whole))
    for prop in found if len(found) > 1 else ():
        rows.extend(_transitions(via(prop), Counter({each: counts[prop, each] for each in TRANSITIONS})))
    order = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    return Drift(tuple(rows), tuple(Pair(*pair, _became(*pair), pairs[pair]) for pair in order))


def _became(before: str, after: str) -> str:
    if before and after:
        return KEPT if before == after else CHANGED
    return DROPPED if before else ADDED if after else NEITHER


def _transitions(name: str, counts: Counter[str]) -> Iterator[Transition]:
    both = counts[KEPT] + counts[CHANGED]
    of = {KEPT: both, CHANGED: both, DROPPED: both + counts[DROPPED]}
    without = counts[ADDED] + counts[NEITHER]
    for transition in TRANSITIONS:
        whole = of.get(transition, without)
        yield Transition(name, transition, counts[transition], counts[transition] / whole if whole else 0.0)


def _ends(lineage: Lineage, between: str) -> Callable[[int], bool]:
    choices: dict[str, Callable[[int], bool]] = {
        "models": lineage.is_trained,
        "data": lineage.is_data,
        "all": lambda _: True,
    }
    if between not in choices:
        raise UsageError(f"there are no edges between {between!r}", f"choices: {', '.join(choices)}")
    return choices[between]


def _terms(lineage: Lineage, counting: str) -> Callable[[int], str]:
    if counting not in (STATED, USABLE):
        raise UsageError(f"terms cannot be counted by {counting!r}", f"choices: {STATED}, {USABLE}")
    known: dict[tuple[str, ...], str] = {(): ""}

    def shown(number: int) -> str:
        texts = lineage.licenses(number)
        if texts not in known:
            if counting == STATED:
                known[texts] = ", ".join(text for text in texts if text)
            else:
                names = (normalise(text) for text in texts if not unusable((text,)))
                known[texts] = ", ".join(sorted({name for name in names if name is not None}))
        return known[texts]

    return shown
