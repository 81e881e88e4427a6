"""The page of queries: the named ones with their parameters, one's own, and what they give as a table."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from osaid_graph.errors import OsaidError
from osaid_graph.identity import shortened
from osaid_graph.query.library import NamedQuery, named_queries, named_query
from osaid_graph.query.on_disk import StoredNames
from osaid_graph.query.parameters import bindings, complete
from osaid_graph.query.results import MEDIA_TYPES
from osaid_graph.query.substitution import substituted
from osaid_graph.server.limits import TEXT
from osaid_graph.server.nodes import called
from osaid_graph.server.pool import Pool, Query, Reply
from osaid_graph.server.site import Site
from osaid_graph.server.turns import Lanes, Turns

#: What answers can be downloaded as, by the ending of the address.
DOWNLOADS: Final = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "ttl": "text/turtle",
}
#: What rows and graphs are asked for as, to be shown.
_ROWS_AS, _GRAPH_AS = DOWNLOADS["json"], DOWNLOADS["ttl"]
#: Rows of an answer that a page shows, and characters of a graph.
_ROWS: Final = 500
_GRAPH: Final = 200_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an answer: its text, and its IRI where it has one."""

    text: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as a page shows it: its columns, the first of its rows, and how many there are."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    number: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking.

    Attributes:
        sparql: The query as it was sent.
        table: The answer as a table.
        text: Or as a graph, in Turtle.
        is_cut: Whether that is its beginning alone.
        downloads: What it can be downloaded as.
        error: Or what was wrong.
        hint: What to do about that.
        kind: Which kind of error of a :class:`~osaid_graph.server.pool.Reply` that is; empty where nothing was run.
    """

    sparql: str
    table: Table | None = None
    text: str = ""
    is_cut: bool = False
    downloads: tuple[str, ...] = ()
    error: str = ""
    hint: str = ""
    kind: str = ""


class Asking:
    """Asks named queries, and any others.

    Args:
        site: What is asked about.
        pool: Runs queries.
        lanes: Among what they have to wait for their turn.
    """

    def __init__(self, site: Site, pool: Pool, lanes: Lanes) -> None:
        self.site, self.pool, self.lanes = site, pool, lanes
        self.names = StoredNames(site.nodes.store, lambda: site.lineage)

    def queries(self) -> tuple[NamedQuery, ...]:
        """Return the named queries."""
        return tuple(map(named_query, named_queries()))

    def sparql(self, query: NamedQuery, given: Mapping[str, str]) -> str:
        """Return a query with its values in it, as terms: no text of a value becomes a part of the query.

        Raises:
            UsageError: A value is missing, or is none of its kind.
        """
        return substituted(query.sparql, bindings(query, complete(query, given), lambda: self.names))

    async def reply(self, sparql: str, media: str, *, is_named: bool) -> Reply:
        """Return the answer to a query, a named one or any, in a media type."""
        accepted: dict[str, str | None] = {
            form: media if media in media_types else None for form, media_types in MEDIA_TYPES.items()
        }
        return await self.pool.run(Query(sparql, accepted), self._turns(is_named))

    async def asked(self, query: NamedQuery, given: Mapping[str, str]) -> Asked:
        """Ask a named query, and return its answer as a page shows it."""
        try:
            sparql = await asyncio.to_thread(self.sparql, query, given)  # it may have to look for a name
        except OsaidError as error:
            return Asked("", error=error.message, hint=error.hint)
        return await self.answered(sparql, is_named=True)

    async def answered(self, sparql: str, *, is_named: bool = False) -> Asked:
        """Ask any query, or a named one, and return its answer as a page shows it."""
        accepted: dict[str, str | None] = {**dict.fromkeys(MEDIA_TYPES, _ROWS_AS), "construct": _GRAPH_AS}
        reply = await self.pool.run(Query(sparql, accepted), self._turns(is_named))
        return await asyncio.to_thread(_shown, sparql, reply)  # it may be large, and others do not wait for that

    def _turns(self, is_named: bool) -> Turns:
        return self.lanes.named if is_named else self.lanes.anybody


def _shown(sparql: str, reply: Reply) -> Asked:
    """Return an answer as a page shows it: the beginning of what is large."""
    if reply.error:
        place = "" if reply.line is None else f"line {reply.line}: "
        return Asked(sparql, error=place + reply.message, hint=reply.hint, kind=reply.error)
    if reply.media == _GRAPH_AS:
        text = reply.body.decode()
        return Asked(sparql, text=shortened(text, _GRAPH), is_cut=len(text) > _GRAPH, downloads=("ttl",))
    answer = json.loads(reply.body)
    return Asked(sparql, _table(answer), downloads=("json",) if "boolean" in answer else ("csv", "tsv", "json"))


def _table(answer: dict[str, Any]) -> Table:
    if "boolean" in answer:
        return Table(("answer",), ((Cell("yes" if answer["boolean"] else "no"),),), 1)
    columns = tuple(answer["head"]["vars"])
    found = answer["results"]["bindings"]
    rows = tuple(tuple(_cell(row.get(column)) for column in columns) for row in found[:_ROWS])
    return Table(columns, rows, len(found))


def _cell(term: dict[str, str] | None) -> Cell:
    if term is None:
        return Cell("")
    if term["type"] == "uri":
        return Cell(called(term["value"]), term["value"])
    return Cell(shortened(f"_:{term['value']}" if term["type"] == "bnode" else term["value"], TEXT))
