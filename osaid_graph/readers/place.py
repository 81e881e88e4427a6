"""Where in a document something stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from rdflib import URIRef


class Place(Protocol):
    """Anything that knows its line and the path of keys that leads to it; :class:`~.fields.Field` does."""

    @property
    def line(self) -> int | None:
        """The line, counted from 1; None where it is not known."""

    @property
    def path(self) -> str:
        """The path of keys, empty where there is none."""


@dataclass(frozen=True, slots=True)
class At:
    """A place that is not a field, such as a heading of a card."""

    line: int | None = None
    path: str = ""
    graph: URIRef | None = None
