"""What changed between two lineages: two versions of one release, or two snapshots of a hub. Question 17.

Artefacts are the same that have the same IRI. One without an IRI is the same as the one of that name in the other
lineage; of several with one name, those that are the same word for word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from osaid_graph.errors import UsageError
from osaid_graph.lineage.index import Lineage, via
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import upstream_of

#: What a change is of, in the order changes are told.
WHAT = ("artefact", "edge", "kind", "described", "terms", "issued", "withdrawn")
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is not the same in two lineages.

    Attributes:
        what: An ``artefact``, an ``edge``, or a fact of an artefact that is in both: its ``kind``, whether it is
            ``described``, its ``terms``, the days it was ``issued`` and ``withdrawn``.
        change: Whether it was ``added``, ``removed`` or ``changed``.
        node: The IRI of the artefact, or of the one that was made.
        label: What that is called.
        via: The kind of the edge.
        target: The IRI of what it leads to.
        before: What the fact was.
        after: What it is now.
    """

    what: str
    change: str
    node: str
    label: str
    via: str = ""
    target: str = ""
    before: str = ""
    after: str = ""


def difference(before: Lineage, after: Lineage, node: str | None = None) -> tuple[Change, ...]:
    """Return what changed from one lineage to another: artefacts, edges, then facts; each by IRI.

    Args:
        before: The earlier one.
        after: The later one.
        node: What a person calls an artefact: only that and what it was made from is compared. All if None.

    Raises:
        UsageError: The artefact is in neither lineage, or several could be meant.
    """
    old, new = _Part(before), _Part(after)
    if node is not None:
        _narrow(node, old, new)
    changes = [*_artefacts(old, new), *_edges(old, new), *_facts(old, new)]
    place = {what: at for at, what in enumerate(WHAT)}
    return tuple(sorted(changes, key=lambda each: (place[each.what], each.node, each.via, each.target, each.change)))


class _Part:
    """The artefacts of a lineage that are compared, by names that hold in both."""

    def __init__(self, lineage: Lineage) -> None:
        self.lineage = lineage
        self.keys = _keys(lineage)
        self.numbers = {key: number for number, key in enumerate(self.keys)}

    def narrow(self, number: int | None) -> None:
        """Keep an artefact and what it was made from; nothing if it is not there."""
        kept = upstream_of(self.lineage, number).arrivals if number is not None else {}
        self.numbers = {self.keys[each]: each for each in kept}

    def edges(self) -> set[tuple[str, int, str]]:
        """Return the edges that leave the artefacts that are compared."""
        keys, up = self.keys, self.lineage.up
        return {
            (key, up.kinds[at], keys[up.targets[at]])
            for key, number in self.numbers.items()
            for at in range(up.offsets[number], up.offsets[number + 1])
        }

    def stated(self, number: int) -> tuple[int, int, tuple[str, ...], int, str | None]:
        """Return what is known of an artefact, as the columns have it."""
        columns = self.lineage.columns
        terms, withdrawn = columns.licenses.get(number, ()), columns.withdrawn.get(number)
        return columns.classes[number], columns.described[number], terms, columns.issued[number], withdrawn

    def facts(self, number: int) -> tuple[str, str, str, str, str]:
        """Return what is known of an artefact in words, in the order of :data:`WHAT`."""
        line = self.lineage
        issued, withdrawn = line.issued(number), line.columns.withdrawn.get(number)
        return (
            kind_name(line, number),
            "yes" if line.columns.described[number] else "no",
            ", ".join(line.licenses(number)),
            issued.isoformat() if issued else "",
            "" if withdrawn is None else withdrawn or "yes",
        )


def _keys(lineage: Lineage) -> list[str]:
    """Return the name of each artefact that holds in another lineage too."""
    named = Counter(lineage.label(number) for number in range(len(lineage)) if lineage.iri(number).startswith("_:"))
    return [
        f"_:{lineage.label(number)}" if iri.startswith("_:") and named[lineage.label(number)] == 1 else iri
        for number, iri in enumerate(lineage.columns.iris)
    ]


def _narrow(node: str, old: _Part, new: _Part) -> None:
    found: list[int | None] = []
    missing: UsageError | None = None
    for part in (old, new):
        try:
            found.append(part.lineage.find(node))
        except UsageError as error:
            missing = error
            found.append(None)
    if missing is not None and found == [None, None]:
        raise missing
    # what is found in one only by a short name may have its full one in the other
    sides = list(zip((old, new), found, strict=True))
    for part, number in sides:
        other = next((each.keys[at] for each, at in sides if at is not None), "")
        part.narrow(number if number is not None else part.numbers.get(other))


def _artefacts(old: _Part, new: _Part) -> Iterator[Change]:
    for change, part, other in ((REMOVED, old, new), (ADDED, new, old)):
        for key, number in part.numbers.items():
            if key not in other.numbers:
                yield Change("artefact", change, key, part.lineage.label(number))


def _edges(old: _Part, new: _Part) -> Iterator[Change]:
    before, after = old.edges(), new.edges()
    for change, part, gone in ((REMOVED, old, before - after), (ADDED, new, after - before)):
        for source, kind, target in gone:
            yield Change("edge", change, source, part.lineage.label(part.numbers[source]), via(kind), target)


def _facts(old: _Part, new: _Part) -> Iterator[Change]:
    for key, number in new.numbers.items():
        was = old.numbers.get(key)
        if was is None or old.stated(was) == new.stated(number):
            continue
        pairs = zip(WHAT[2:], old.facts(was), new.facts(number), strict=True)
        for what, before, after in pairs:
            if before != after:
                change = ADDED if not before else REMOVED if not after else CHANGED
                yield Change(what, change, key, new.lineage.label(number), before=before, after=after)
