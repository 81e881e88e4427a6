"""The documents that are read: what they are, the places in them, and what reading them left over."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in an input: its name as the user gave it and the line, counted from 1 (None where unknown).

    ``field`` is the path of keys that leads there, in formats that have such: ``components[3].licenses[0].license.id``.
    """

    source: str
    line: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """What a document says and we do not model: where (``[]`` is any place in a list), how many values, first line."""

    field: str
    count: int
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """What a reader put right in a document that breaks the rules of its format, in a sentence without a full stop."""

    text: str
    line: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One document that was read: its name as given, format, digest of its bytes and the graph it became.

    ``unread`` is what it says and we do not model, ``repairs`` what was put right while it was read.
    """

    name: str
    format: str
    sha256: str
    graph: URIRef
    unread: tuple[Unread, ...] = ()
    repairs: tuple[Repair, ...] = ()
