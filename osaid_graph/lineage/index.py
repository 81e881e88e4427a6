"""The lineage of everything that was read, as numbers: one for each artefact, its edges in arrays of them.

A graph of RDF answers what is said of a node. Questions about ways through the whole lineage (what is upstream, what
falls with a node, what all ways pass) walk a million edges, and want arrays: the edges of node ``n`` are the positions
``offsets[n]`` to ``offsets[n + 1]`` of one array of targets (compressed sparse row). The arrays hold plain integers, so
any sequence of them serves, one mapped from a file too.

An artefact is a system, model or dataset, or what is known only by a name. Parameters and their stages are counted as
one artefact with the one system or model they belong to, because the literature and the Hub count so: the way from a
model to its data is one step, not two.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final, NamedTuple

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.graph.lookup import Names
from osaid_graph.identity import Kind, resolve, short
from osaid_graph.lineage.edges import components, derivations
from osaid_graph.vocab import OSAID, token

#: Classes of artefacts by number; the first stands for what no source gives a class.
CLASSES: Final = (None, OSAID.AISystem, OSAID.Model, OSAID.Parameters, OSAID.Checkpoint, OSAID.Dataset)
#: Day 0 of the column ``issued``: no date is known.
NO_DAY: Final = 0


@cache
def properties() -> tuple[URIRef, ...]:
    """Return the properties that edges have, in the order of their numbers: the specific before the general."""
    return (OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn, *derivations(), *components())


@cache
def mask(following: Iterable[URIRef]) -> bytes:
    """Return for each number of a property whether it is among ``following``.

    >>> sum(mask((OSAID.trainedOn,)))
    1
    """
    wanted = frozenset(following)
    return bytes(prop in wanted for prop in properties())


@cache
def made_from() -> tuple[URIRef, ...]:
    """Return the properties that lead to what something was made from: all but data used to measure it only."""
    return (OSAID.trainedOn, *derivations(), *components())


def is_data(number: int) -> bool:
    """Tell whether a class, by its number, is that of datasets."""
    return CLASSES[number] == OSAID.Dataset


def is_trained(number: int) -> bool:
    """Tell whether a class, by its number, is that of systems, models or parameters."""
    return number in (1, 2, 3, 4)


class Arrow(NamedTuple):
    """An edge by numbers: the artefact that was made, the one it was made from, the property."""

    source: int
    target: int
    property: int


class Adjacency:
    """The edges of every artefact in one direction.

    Attributes:
        offsets: For each artefact where its edges start in the other two; one more for the end.
        targets: The other ends.
        kinds: The numbers of the properties, a byte each.
    """

    __slots__ = ("kinds", "offsets", "targets")

    def __init__(self, offsets: Sequence[int], targets: Sequence[int], kinds: Sequence[int]) -> None:
        self.offsets, self.targets, self.kinds = offsets, targets, kinds

    @classmethod
    def of(cls, count: int, arrows: Sequence[tuple[int, int, int]]) -> Adjacency:
        """Return the edges of ``count`` artefacts from (end they leave, other end, property), sorted."""
        from array import array

        offsets = array("q", bytes(8 * (count + 1)))
        for start, _, _ in arrows:
            offsets[start + 1] += 1
        for number in range(count):
            offsets[number + 1] += offsets[number]
        return cls(offsets, array("q", (end for _, end, _ in arrows)), bytes(kind for _, _, kind in arrows))

    def __len__(self) -> int:
        return len(self.targets)

    def ends(self, number: int) -> Iterator[tuple[int, int]]:
        """Yield the other end and the property of each edge of an artefact."""
        first, last = self.offsets[number], self.offsets[number + 1]
        yield from zip(self.targets[first:last], self.kinds[first:last], strict=True)


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of artefacts, a column each; what is rare stands in a mapping.

    Attributes:
        iris: The IRI of each, or ``_:label``.
        classes: The number of the class of each in :data:`CLASSES`.
        described: For each whether a source describes it; if not, it is only referred to.
        issued: The day each was published as a proleptic Gregorian ordinal, :data:`NO_DAY` where nobody says.
        licenses: The terms stated for each, as they stand, where there are any.
        withdrawn: The day each was withdrawn, or an empty text where only that it was is said.
        labels: What each is called, where that is not :func:`osaid_graph.identity.short` of its IRI.
        versions: The IRI of what each is a version of.
        aliases: IRIs of parts that count as one artefact with another, and its number.
    """

    iris: Sequence[str]
    classes: Sequence[int]
    described: Sequence[int]
    issued: Sequence[int]
    licenses: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    withdrawn: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)
    versions: Mapping[int, str] = field(default_factory=dict)
    aliases: Mapping[str, int] = field(default_factory=dict)


class Lineage:
    """Artefacts and what they were made from.

    Attributes:
        columns: What is known of each artefact.
        up: From what was made to what it was made from, in the order of the numbers.
        said_by: Who states an edge, by its position in ``up``, where that is not ``source``.
        source: Who states all other edges, empty for a lineage of none.

    Args:
        columns: As the attribute.
        up: As the attribute.
        said_by: As the attribute; nobody if None.
        source: As the attribute.
        numbers: As the attribute, where that is known already.
        down: As the attribute, where that is known already.
        names: As the attribute, where that is known already.
    """

    def __init__(
        self,
        columns: Columns,
        up: Adjacency,
        said_by: Mapping[int, tuple[str, ...]] | None = None,
        source: tuple[str, ...] = (),
        numbers: Mapping[str, int] | None = None,
        down: Adjacency | None = None,
        names: Names | None = None,
    ) -> None:
        self.columns = columns
        self.up = up
        self.said_by = said_by or {}
        self.source = source
        self._numbers, self._down, self._names = numbers, down, names

    def __len__(self) -> int:
        return len(self.columns.iris)

    @cached_property
    def down(self) -> Adjacency:
        """From what was used to what was made from it, in the order of the numbers."""
        if self._down is not None:
            return self._down
        turned = sorted((target, source, kind) for source, target, kind in self.arrows())
        return Adjacency.of(len(self), turned)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each IRI; those of parts lead to the artefact they count as one with."""
        if self._numbers is not None:
            return self._numbers
        return {**self.columns.aliases, **{iri: number for number, iri in enumerate(self.columns.iris)}}

    @cached_property
    def names(self) -> Names:
        """The artefacts by what a person may call them."""
        return self._names or Names(called(self.columns))

    def find(self, text: str) -> int:
        """Return the artefact a person means by an IRI, a Hub id, a short name or a title.

        Of several that have a name, one that is described goes before those that are only referred to.

        Raises:
            UsageError: There is none, or there are several; the nearest, or all that could be meant, are named.
        """
        number = self.named(text)
        return self.numbers[self.names.find(text)] if number is None else number

    def named(self, text: str) -> int | None:
        """Return the artefact that :meth:`find` does; None for none or several, without looking for the nearest."""
        number = self.numbers.get(text)
        if number is not None or not text.strip():
            return number
        found = self._standing_for(text) or {self.numbers[iri] for iri in self.names.candidates(text)}
        described = [each for each in found if self.columns.described[each]]
        return (described or list(found))[0] if len(found) == 1 or len(described) == 1 else None

    def _standing_for(self, text: str) -> set[int]:
        """Return the artefacts that a Hub id or a known name stands for, which needs no index of names."""
        kinds: tuple[Kind, ...] = ("models", "datasets")
        with suppress(InputError):
            return {self.numbers[iri] for kind in kinds if (iri := resolve(text, kind)) in self.numbers}
        return set()

    def iri(self, number: int) -> str:
        """Return the IRI of an artefact, or ``_:label``."""
        return self.columns.iris[number]

    def label(self, number: int) -> str:
        """Return what an artefact is called."""
        return self.columns.labels.get(number) or short(self.columns.iris[number])

    def kind(self, number: int) -> URIRef | None:
        """Return the class of an artefact; None for what is only referred to, by a name that tells nothing."""
        return CLASSES[self.columns.classes[number]]

    def is_data(self, number: int) -> bool:
        """Tell whether an artefact is a dataset."""
        return is_data(self.columns.classes[number])

    def is_trained(self, number: int) -> bool:
        """Tell whether an artefact is a system, a model or parameters."""
        return is_trained(self.columns.classes[number])

    def issued(self, number: int) -> datetime.date | None:
        """Return the day an artefact was published."""
        day = self.columns.issued[number]
        return datetime.date.fromordinal(day) if day != NO_DAY else None

    def licenses(self, number: int) -> tuple[str, ...]:
        """Return the terms that are stated for an artefact, as they stand."""
        return self.columns.licenses.get(number, ())

    def arrows(self) -> Iterator[Arrow]:
        """Yield every edge, in the order of ``up``."""
        up = self.up
        for source in range(len(self)):
            for at in range(up.offsets[source], up.offsets[source + 1]):
                yield Arrow(source, up.targets[at], up.kinds[at])

    def sources(self, position: int) -> tuple[str, ...]:
        """Return who states the edge at a position of ``up``: URLs, or names of documents."""
        return self.said_by.get(position, self.source)


def called(columns: Columns) -> Iterator[tuple[str, str]]:
    """Yield the IRI of each artefact with what it is called, and those of parts with an empty text."""
    labels = columns.labels
    yield from ((iri, labels.get(number) or short(iri)) for number, iri in enumerate(columns.iris))
    yield from ((iri, "") for iri in columns.aliases)


def via(kind: int, *, inverse: bool = False) -> str:
    """Return the property of a number as a SPARQL path: ``osaid:trainedOn``, or ``^osaid:trainedOn`` turned round.

    >>> via(0), via(0, inverse=True)
    ('osaid:trainedOn', '^osaid:trainedOn')
    """
    return f"{'^' if inverse else ''}osaid:{token(properties()[kind])}"
