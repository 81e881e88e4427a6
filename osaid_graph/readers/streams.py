"""What a format offers whose documents hold many descriptions, one a line: reading them one after the other."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from osaid_graph.identity import Kind
from osaid_graph.reading import Statement
from osaid_graph.sources import Repair


@dataclass(frozen=True, slots=True)
class Record:
    """What one line says: the IRI of what it describes (empty where it has none that can be used), and the statements.

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


class Link(NamedTuple):
    """A record, what it is of (None where it does not tell), and the IRIs of all it was made from, in order."""

    id: str
    kind: Kind | None
    sources: tuple[str, ...]


class Stream(Protocol):
    """Reads lines of one format; they come without their ends, and nothing of one line is kept for the next."""

    def links(self, lines: Iterable[bytes]) -> Iterator[Link]:
        """Yield what each record is of and was made from."""

    def records(
        self, lines: Iterable[bytes], assume: Kind | None = None, wanted: Container[str] | None = None
    ) -> Iterator[Record]:
        """Yield what each record says, of those ``wanted`` where that is given."""

    def is_lines(self, head: bytes) -> bool:
        """Tell from its first bytes whether a document is lines of this format."""
