"""What a reader makes of one document: statements with their places and sources. All of it immutable."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.model import Triple


@dataclass(frozen=True, slots=True)
class StatedSource:
    """Who a description says a statement comes from: a URL, optionally with title and retrieval date (ISO 8601)."""

    url: str
    title: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One triple as a reader found it, where it stands, and the source it is attributed to.

    ``graph`` is the named graph of quad formats; ``source`` the attribution of formats that name it per statement.
    """

    triple: Triple
    line: int | None = None
    source: StatedSource | None = None
    graph: URIRef | None = None


@dataclass(frozen=True, slots=True)
class ShortForm:
    """How a node of which an address or a text is all that is written stands in a manifest.

    ``lead`` is the key that it is the value of (``data-information``), empty in a list; ``key`` and ``value`` say the
    same in a block.
    """

    node: IdentifiedNode
    lead: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one document: its statements in order, and the other documents it asks for.

    ``short`` are the nodes that a remedy cannot add a key to before they are written as a block.
    """

    statements: tuple[Statement, ...]
    imports: tuple[tuple[str, int | None], ...] = ()
    short: tuple[ShortForm, ...] = ()
