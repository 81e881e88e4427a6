"""The lineage as it was on a day: what had been published by then, and what it was made from. Question 6.

The days are those of publication that sources state. What a dump calls the day of creation is the day of an upload.
"""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from osaid_graph.errors import UsageError
from osaid_graph.lineage.index import NO_DAY, Adjacency, Columns, Lineage
from osaid_graph.lineage.reached import Reached, reached
from osaid_graph.lineage.walk import walk


@dataclass(frozen=True, slots=True)
class AsOf:
    """A lineage as it was on a day.

    Attributes:
        lineage: What had been published by then, and the edges between.
        day: The day.
        kept: How many artefacts it has.
        undated: How many of all artefacts have no day.
        undated_kept: Whether these are in it.
        later: How many were published after the day.
        edges_left_out: How many edges lead to or from something that is not in it.
    """

    lineage: Lineage
    day: datetime.date
    kept: int
    undated: int
    undated_kept: bool
    later: int
    edges_left_out: int


@dataclass(frozen=True, slots=True)
class UpstreamAsOf:
    """What an artefact had been made from by a day.

    Attributes:
        day: The day.
        undated_kept: Whether artefacts without a day were followed.
        reached: What was found, the nearest first.
        undated: How many of these have no day, so that nobody can say whether they were there.
    """

    day: datetime.date
    undated_kept: bool
    reached: tuple[Reached, ...]
    undated: int


def as_of(lineage: Lineage, day: datetime.date, *, keep_undated: bool = True) -> AsOf:
    """Return the lineage of what was published on a day or before it.

    Args:
        lineage: The whole.
        day: The day.
        keep_undated: Whether what nobody dates is kept. To leave it out also cuts what is older and behind it.
    """
    issued, last = lineage.columns.issued, day.toordinal()
    kept = [number for number in range(len(lineage)) if _was_there(issued[number], last, keep_undated)]
    undated = sum(each == NO_DAY for each in issued)
    later = sum(each > last for each in issued)
    part = within(lineage, kept)
    return AsOf(part, day, len(kept), undated, keep_undated, later, len(lineage.up) - len(part.up))


def upstream_as_of(lineage: Lineage, node: str, day: datetime.date, *, keep_undated: bool = True) -> UpstreamAsOf:
    """Return what an artefact was made from, over what was published on a day or before it alone.

    Args:
        lineage: Where to look.
        node: What a person calls the artefact.
        day: The day.
        keep_undated: As of :func:`as_of`.

    Raises:
        UsageError: There is no such artefact, several could be meant, or it was not there on the day.
    """
    number, last, issued = lineage.find(node), day.toordinal(), lineage.columns.issued
    if issued[number] > last:
        shown = f"{lineage.label(number)} was published on {lineage.issued(number)}"
        raise UsageError(f"{shown}, so there is none of it on {day}", "choose that day or a later one")
    if issued[number] == NO_DAY and not keep_undated:
        raise UsageError(f"nobody says when {lineage.label(number)} was published", "keep what has no date")
    walked = walk(lineage.up, [number], within=lambda each: _was_there(issued[each], last, keep_undated))
    undated = sum(issued[each] == NO_DAY for each in walked.arrivals if each != number)
    return UpstreamAsOf(day, keep_undated, reached(lineage, walked), undated)


def _was_there(issued: int, last: int, keep_undated: bool) -> bool:
    return issued <= last if issued != NO_DAY else keep_undated


def within(lineage: Lineage, kept: Sequence[int]) -> Lineage:
    """Return the lineage of some of the artefacts, which are numbered anew in the order given, and of their edges."""
    columns, new = lineage.columns, {number: place for place, number in enumerate(kept)}
    up, said_by = lineage.up, dict[tuple[int, int, int], tuple[str, ...]]()
    arrows: list[tuple[int, int, int]] = []
    for source in kept:
        for at in range(up.offsets[source], up.offsets[source + 1]):
            target = new.get(up.targets[at])
            if target is not None:
                arrow = (new[source], target, up.kinds[at])
                arrows.append(arrow)
                if at in lineage.said_by:
                    said_by[arrow] = lineage.said_by[at]
    arrows.sort()
    part = Columns(
        iris=tuple([columns.iris[number] for number in kept]),
        classes=bytes([columns.classes[number] for number in kept]),
        described=bytes([columns.described[number] for number in kept]),
        issued=array("i", [columns.issued[number] for number in kept]),
        licenses={new[number]: terms for number, terms in columns.licenses.items() if number in new},
        withdrawn={new[number]: day for number, day in columns.withdrawn.items() if number in new},
        labels={new[number]: label for number, label in columns.labels.items() if number in new},
        versions={new[number]: iri for number, iri in columns.versions.items() if number in new},
        aliases={iri: new[number] for iri, number in columns.aliases.items() if number in new},
    )
    sources = {at: said_by[arrow] for at, arrow in enumerate(arrows) if arrow in said_by}
    return Lineage(part, Adjacency.of(len(kept), arrows), sources, lineage.source)
