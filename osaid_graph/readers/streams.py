"""What a format offers whose documents hold many descriptions, one a line: reading them one after the other."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from rdflib import URIRef

from osaid_graph.identity import Kind
from osaid_graph.reading import Reading, Statement
from osaid_graph.sources import Repair, Unread


@dataclass(frozen=True, slots=True)
class Record:
    """What one line says: the IRI of what it describes (empty where it has none that can be used), and the statements.

    None of the statements is attributed to anybody else than the document.
    ``unread`` counts by field what is said and not modelled; ``assumed`` tells that the record does not say what it is
    of, so that it was taken for what the caller assumes.
    """

    id: str
    kind: Kind
    statements: tuple[Statement, ...]
    line: int
    unread: Mapping[str, int]
    repairs: tuple[Repair, ...] = ()
    assumed: bool = False

    @property
    def left_out(self) -> str:
        """Why it says nothing, where it has no IRI that can be used; empty where it has one."""
        return "" if self.id else "; ".join(repair.text for repair in self.repairs)


class Link(NamedTuple):
    """A record as the lineage needs it: what it is of (None where it does not tell), and what that was made from.

    ``edges`` are the properties and the IRIs they lead to, in order; ``licenses`` the stated terms as they stand;
    ``issued`` when it was published, as it stands, empty where that is not told.
    """

    id: str
    kind: Kind | None
    edges: tuple[tuple[URIRef, str], ...]
    licenses: tuple[str, ...] = ()
    issued: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The IRIs of all it was made from."""
        return tuple(iri for _, iri in self.edges)


class Stream(Protocol):
    """Reads lines of one format; they come without their ends, and nothing of one line is kept for the next."""

    def links(self, lines: Iterable[bytes], assume: Kind | None = None) -> Iterator[Link]:
        """Yield what each record is of and was made from; what does not tell what it is of is taken for ``assume``."""

    def records(
        self, lines: Iterable[bytes], assume: Kind | None = None, wanted: Container[str] | None = None
    ) -> Iterator[Record]:
        """Yield what each record says, of those ``wanted`` where that is given."""

    def record(self, line: bytes, number: int, assume: Kind | None = None) -> Record | None:
        """Return what one line says, by itself; None for an empty one.

        Raises:
            InputError: The line is no record, or does not tell what it is of and ``assume`` is None; with the line.
        """

    def assumed(self, name: str, counts: Mapping[Kind | None, int]) -> Kind | None:
        """Return what records are of that do not tell, by the name of their file and what the others are of."""


def reading_of(records: Iterable[Record]) -> Reading:
    """Return what records say together; what they leave unread is added up, and so is what was assumed of them."""
    statements: list[Statement] = []
    unread: dict[str, Unread] = {}
    repairs: list[Repair] = []
    assumed: list[Record] = []
    for record in records:
        statements.extend(record.statements)
        repairs.extend(record.repairs)
        if record.assumed and record.id:
            assumed.append(record)
        for field, count in record.unread.items():
            before = unread.get(field)
            total, line = (count + before.count, before.line) if before else (count, record.line)
            unread[field] = Unread(field, total, line)
    if assumed:
        first = assumed[0]
        which = f"{len(assumed):,} records do" if len(assumed) > 1 else "a record does"
        kinds = first.kind if len(assumed) > 1 else first.kind.removesuffix("s")
        a = "" if len(assumed) > 1 else "a "
        text = (
            f"{which} not tell whether of a model or of a dataset: taken for {a}{kinds}, as the file is of {first.kind}"
        )
        repairs.append(Repair(text, first.line))
    return Reading(tuple(statements), unread=tuple(unread.values()), repairs=tuple(repairs))
