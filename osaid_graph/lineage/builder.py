"""Builds a :class:`~osaid_graph.lineage.index.Lineage` from edges and facts, given in any order."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Iterable, Iterator

from rdflib import URIRef

from osaid_graph.lineage.edges import derivations
from osaid_graph.lineage.index import CLASSES, NO_DAY, Adjacency, Columns, Lineage, properties
from osaid_graph.vocab import OSAID


def earlier(known: int, text: str) -> int:
    """Return the earlier of a day of ``Columns.issued`` and what a text says; what is no day is passed over.

    >>> earlier(NO_DAY, "2024-05-01T12:00:00Z"), earlier(738_000, "soon")
    (739007, 738000)
    """
    try:
        day = datetime.date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return known
    return day if known == NO_DAY else min(day, known)


class LineageBuilder:
    """Takes artefacts and edges as they are found.

    An edge stated twice is one edge with both sources; where a particular derivation of the same two artefacts is
    stated, the general ``osaid:derivedFrom`` beside it is dropped.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._classes = bytearray()
        self._described = bytearray()
        self._issued = array("i")
        self._licenses: dict[int, tuple[str, ...]] = {}
        self._terms: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._withdrawn: dict[int, str] = {}
        self._labels: dict[int, str] = {}
        self._versions: dict[int, str] = {}
        self._aliases: dict[str, int] = {}
        self._arrows: dict[tuple[int, int, int], tuple[str, ...] | None] = {}
        self._properties = {prop: number for number, prop in enumerate(properties())}
        self._class_numbers = {kind: number for number, kind in enumerate(CLASSES)}

    def node(self, iri: str, kind: URIRef | None = None, *, described: bool = False) -> int:
        """Return the number of an artefact, which is added if it is new; a class that is told later is taken then."""
        number = self._numbers.get(iri)
        if number is None:
            number = self._numbers[iri] = len(self._numbers)
            self._classes.append(0)
            self._described.append(0)
            self._issued.append(NO_DAY)
        if kind is not None and (described or not self._classes[number]):
            self._classes[number] = self._class_numbers[kind]
        if described:
            self._described[number] = 1
        return number

    def alias(self, iri: str, number: int) -> None:
        """Take the IRI of a part for another name of an artefact."""
        self._aliases[iri] = number

    def issue(self, number: int, text: str) -> None:
        """Note the day of publication, an ``xsd:date`` or ``xsd:dateTime``; the earliest of several counts.

        What is no day of the calendar is passed over: rules and readers tell of it.
        """
        self._issued[number] = earlier(self._issued[number], text)

    def license(self, number: int, terms: Iterable[str]) -> None:
        """Note stated terms, beside those that are known."""
        found = tuple(sorted({*self._licenses.get(number, ()), *terms}))
        if found:
            self._licenses[number] = self._terms.setdefault(found, found)

    def withdraw(self, number: int, day: str) -> None:
        """Note that an artefact was withdrawn, and when."""
        self._withdrawn[number] = day

    def call(self, number: int, label: str) -> None:
        """Note what an artefact is called."""
        self._labels[number] = label

    def version_of(self, number: int, iri: str) -> None:
        """Note what an artefact is a version of."""
        self._versions[number] = iri

    def edge(self, source: int, target: int, prop: URIRef, said_by: tuple[str, ...] | None) -> None:
        """Add an edge, stated by whom; None for the documents that :meth:`finish` is told."""
        arrow = (source, target, self._properties[prop])
        known = self._arrows.get(arrow)
        self._arrows[arrow] = tuple(dict.fromkeys((*known, *(said_by or ())))) if known else said_by

    def finish(self, source: tuple[str, ...] = ()) -> Lineage:
        """Return the lineage; ``source`` states the edges that were added without a word who does."""
        arrows = sorted(self._kept())
        said_by = {at: said for at, arrow in enumerate(arrows) if (said := self._arrows[arrow]) is not None}
        columns = Columns(
            iris=tuple(self._numbers),
            classes=bytes(self._classes),
            described=bytes(self._described),
            issued=self._issued,
            licenses=self._licenses,
            withdrawn=self._withdrawn,
            labels=self._labels,
            versions=self._versions,
            aliases=self._aliases,
        )
        numbers = {**self._aliases, **self._numbers} if self._aliases else self._numbers
        return Lineage(columns, Adjacency.of(len(self._numbers), arrows), said_by, source, numbers)

    def _kept(self) -> Iterator[tuple[int, int, int]]:
        general = self._properties[OSAID.derivedFrom]
        particular = {self._properties[prop] for prop in derivations()} - {general}
        told = {(source, target) for source, target, kind in self._arrows if kind in particular}
        for source, target, kind in self._arrows:
            if kind != general or (source, target) not in told:
                yield source, target, kind
