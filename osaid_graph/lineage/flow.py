"""Obligations as they flow down a lineage: the sets that come to every artefact, and the ways they take.

A data-flow problem (Kildall 1973) on the lattice of sets of obligations, each with its origin, ordered by inclusion.
What an edge does with a set (:mod:`osaid_graph.lineage.transfer`) distributes over the join, and sets only grow, so
the fixpoint is reached from any order of work, over circles too, and equals the join over all paths.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.transfer import Stance, passes, route
from osaid_graph.lineage.walk import Walk
from osaid_graph.terms.obligations import Obligation, Terms, terms_of

#: An obligation and the number of the artefact whose terms it is from.
Fact = tuple[int, Obligation]


def terms_at(lineage: Lineage, number: int) -> Terms:
    """Return what the terms stated for an artefact come to."""
    return terms_of(lineage.licenses(number))


def origins(lineage: Lineage) -> Iterator[tuple[int, tuple[Obligation, ...]]]:
    """Yield the artefacts whose terms oblige to something."""
    for number, texts in lineage.columns.licenses.items():
        if found := terms_of(texts).obligations:
            yield number, found


def flow(
    lineage: Lineage, policy: Stance, goes_on: Callable[[int, Obligation], bool] | None = None
) -> dict[int, set[Fact]]:
    """Return the obligations that come to every artefact that any come to, its own among them.

    Args:
        lineage: Where to look.
        policy: What edges hand on.
        goes_on: Tells of an artefact and an obligation that came to it whether it is handed on from there; always if
            None.
    """
    state = {number: {(number, each) for each in found} for number, found in origins(lineage)}
    waiting: deque[int] = deque(sorted(state))
    # what came since an artefact was last worked on; of what is its own, only that somebody uses goes anywhere
    fresh = {number: set(facts) for number, facts in state.items()}
    down = lineage.down
    while waiting:
        used = waiting.popleft()
        facts = fresh.pop(used)
        for made, prop in down.ends(used):
            way, held = route(lineage, made, used, prop), state.get(made, set())
            new = {fact for fact in facts if fact not in held and passes(way, fact[1], policy)}
            if not new:
                continue
            state.setdefault(made, set()).update(new)
            onward = new if goes_on is None else {fact for fact in new if goes_on(made, fact[1])}
            if not onward:
                continue
            if made not in fresh:
                waiting.append(made)
            fresh.setdefault(made, set()).update(onward)
    return state


def ways_up(lineage: Lineage, start: int, obligation: Obligation, policy: Stance) -> Walk:
    """Walk from an artefact up to all that hands an obligation of a sort down to it, the nearest first.

    Of the obligation only matters which routes hand it on.
    """
    arrivals, depths, order = {start: (-1, -1)}, {start: 0}, [start]
    for made in order:
        for used, prop in lineage.up.ends(made):
            if used not in arrivals and passes(route(lineage, made, used, prop), obligation, policy):
                arrivals[used], depths[used] = (made, prop), depths[made] + 1
                order.append(used)
    return Walk(arrivals, depths, inverse=False)
