"""What a reader makes of one document: statements with their places and sources. All of it immutable."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.identity import Kind
from osaid_graph.model import Triple
from osaid_graph.sources import Repair, Unread


@dataclass(frozen=True, slots=True)
class StatedSource:
    """Who a description says a statement comes from: a URL, optionally with title and retrieval date (ISO 8601)."""

    url: str
    title: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One triple as a reader found it, where it stands, and the source it is attributed to.

    ``graph`` is the named graph of quad formats; ``source`` the attribution of formats that name it per statement;
    ``field`` the path of keys that leads to what says it, in formats of which a person would look it up by that.
    """

    triple: Triple
    line: int | None = None
    source: StatedSource | None = None
    graph: URIRef | None = None
    field: str = ""


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
class Unnamed:
    """A node that a document describes without saying which thing in the world it is, as a card in a repository does.

    The node has an IRI made from the document (:func:`osaid_graph.identity.unnamed`); whoever reads the document along
    with others, or knows where it was found, gives it the right one. ``title`` is what the document calls it.
    """

    node: URIRef
    kind: Kind
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one document: its statements in order, and the other documents it asks for.

    ``short`` are the nodes that a remedy cannot add a key to before they are written as a block; ``unread`` is what the
    document says and we do not model, ``repairs`` what was put right while it was read.
    """

    statements: tuple[Statement, ...]
    imports: tuple[tuple[str, int | None], ...] = ()
    short: tuple[ShortForm, ...] = ()
    unread: tuple[Unread, ...] = ()
    repairs: tuple[Repair, ...] = ()
    unnamed: tuple[Unnamed, ...] = ()
