"""Impossible timelines: what was published before what it was made from. Question 19.

A hint, never a proof. What a description or a hub gives for a date is mostly the day a repository was opened: a model
may be moved, a dataset uploaded after it was used. PROV-CONSTRAINTS (W3C Recommendation 2013, section 6.1) has the
order that is asked for here: what is used was generated before what is made with it.

Where all on a path have a date, any two out of order have two neighbours out of order between them. So only pairs with
nothing dated between them are told: neighbours, and those between which all are undated. What was made from itself has
no place in time either: see :mod:`osaid_graph.lineage.circles`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rdflib import URIRef

from osaid_graph.lineage.index import NO_DAY, Lineage, made_from, mask
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import Hop, walk

#: Days that stand for "not known" somewhere, and where that is said.
DEFAULT_DATES: Final[Mapping[datetime.date, tuple[str, str]]] = MappingProxyType({
    datetime.date(2022, 3, 2): (
        "the Hugging Face Hub began to keep dates of creation on this day, and gives it for whatever is older",
        "https://huggingface.co/docs/huggingface_hub/package_reference/hf_api#huggingface_hub.hf_api.ModelInfo",
    )
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """Something with an earlier date than what it was made from.

    Attributes:
        node: What was made: its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        issued: Its date, ISO 8601.
        source: What it was made from.
        source_issued: The later date of that.
        days: By how many days.
        default: Which of the two dates is a default of the Hub that stands for "not known": ``node``, ``source``,
            both or neither.
        direct: Whether one edge leads from one to the other; if not, all between them are undated.
        path: A shortest path, what was made first.
    """

    node: str
    label: str
    kind: str
    issued: str
    source: str
    source_issued: str
    days: int
    default: tuple[str, ...]
    direct: bool
    path: tuple[Hop, ...]


def out_of_order(lineage: Lineage, following: Iterable[URIRef] | None = None) -> tuple[OutOfOrder, ...]:
    """Return what is dated before what it was made from: neighbours first, then the widest apart, then by IRI.

    Args:
        lineage: Where to look.
        following: The properties to follow; those that lead to what something was made from if None.
    """
    follows = tuple(made_from() if following is None else following)
    issued, up, mask_ = lineage.columns.issued, lineage.up, mask(follows)
    undated_above = {arrow.source for arrow in lineage.arrows() if mask_[arrow.property] and not issued[arrow.target]}
    rows: list[OutOfOrder] = []
    for number in range(len(lineage)):
        if issued[number] == NO_DAY or up.offsets[number] == up.offsets[number + 1]:
            continue
        late = any(mask_[kind] and issued[end] > issued[number] for end, kind in up.ends(number))
        if late or number in undated_above:
            rows.extend(_over_undated(lineage, number, follows))
    return tuple(sorted(rows, key=lambda row: (not row.direct, -row.days, row.node, row.source)))


def _over_undated(lineage: Lineage, number: int, following: tuple[URIRef, ...]) -> Iterable[OutOfOrder]:
    """Yield what is later than an artefact and reached over undated ones only."""
    issued, follows = lineage.columns.issued, mask(following)
    # the walk enters undated artefacts only; what they and the start lead to is looked at from there
    through = walk(lineage.up, [number], following, within=lambda each: issued[each] == NO_DAY)
    late: dict[int, tuple[int, int]] = {}
    for before in through.arrivals:
        for end, kind in lineage.up.ends(before):
            if follows[kind] and issued[end] > issued[number]:
                late.setdefault(end, (before, kind))
    for end, arrival in late.items():
        through.arrivals[end], through.depths[end] = arrival, through.depths[arrival[0]] + 1
        day, later = datetime.date.fromordinal(issued[number]), datetime.date.fromordinal(issued[end])
        yield OutOfOrder(
            lineage.iri(number),
            lineage.label(number),
            kind_name(lineage, number),
            day.isoformat(),
            lineage.iri(end),
            later.isoformat(),
            (later - day).days,
            tuple(word for word, each in (("node", day), ("source", later)) if each in DEFAULT_DATES),
            through.depths[end] == 1,
            through.path(lineage, end),
        )
