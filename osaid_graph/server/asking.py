"""The page of queries: the named ones with their parameters, one's own, and what they give as a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from osaid_graph.errors import OsaidError
from osaid_graph.query.library import NamedQuery, named_queries, named_query
from osaid_graph.query.on_disk import StoredNames
from osaid_graph.query.parameters import bindings, complete
from osaid_graph.query.results import MEDIA_TYPES
from osaid_graph.query.substitution import substituted
from osaid_graph.server.nodes import called
from osaid_graph.server.pool import Pool, Query, Reply
from osaid_graph.server.site import Site

#: What answers can be downloaded as, by the ending of the address.
DOWNLOADS: Final = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "ttl": "text/turtle",
}
#: Rows of an answer that a page shows.
_ROWS: Final = 500


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
    """What came of asking: the query as it was sent, and the table, the text, or what was wrong."""

    sparql: str
    table: Table | None = None
    text: str = ""
    error: str = ""
    hint: str = ""


class Asking:
    """Asks named queries.

    Args:
        site: What is asked about.
        pool: Runs queries.
    """

    def __init__(self, site: Site, pool: Pool) -> None:
        self.site, self.pool = site, pool
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

    async def reply(self, sparql: str, media: str) -> Reply:
        """Return the answer to a query in a media type."""
        accepted: dict[str, str | None] = {
            form: media if media in media_types else None for form, media_types in MEDIA_TYPES.items()
        }
        return await self.pool.run(Query(sparql, accepted))

    async def asked(self, query: NamedQuery, given: Mapping[str, str]) -> Asked:
        """Ask a named query, and return its answer as a page shows it."""
        try:
            sparql = self.sparql(query, given)
        except OsaidError as error:
            return Asked("", error=error.message, hint=error.hint)
        media = DOWNLOADS["ttl" if query.form == "construct" else "json"]
        reply = await self.reply(sparql, media)
        if reply.error:
            return Asked(sparql, error=reply.message, hint=reply.hint)
        if query.form == "construct":
            return Asked(sparql, text=reply.body.decode())
        return Asked(sparql, table=_table(json.loads(reply.body)))


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
    return Cell(f"_:{term['value']}" if term["type"] == "bnode" else term["value"])
