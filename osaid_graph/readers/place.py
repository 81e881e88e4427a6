"""Where in a document something stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from rdflib import URIRef

from osaid_graph.identity import shortened

#: Characters of one key, and of all keys above, that a path shows: every value repeats the path of what it is in.
_MAX_KEY, _MAX_PATH = 200, 1_000


def below(path: str, key: str) -> str:
    """Return the path of a key in a block; what would make it longer than anybody reads is cut off.

    >>> below("", "model"), below("model", "name")
    ('model', 'model.name')
    """
    if len(path) > _MAX_PATH:
        return path
    return f"{path}.{shortened(key, _MAX_KEY)}" if path else shortened(key, _MAX_KEY)


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
