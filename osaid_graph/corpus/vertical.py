"""Graphs as a table for each property (vertical partitioning: Abadi et al., VLDB 2007).

A step that looks at a property reads that table and no other statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rdflib import URIRef

from osaid_graph.corpus.ids import Ids


class Vertical:
    """A graph in an engine: for each of its properties a table of two columns, ``subject`` and ``object``.

    No table holds a row twice. The name of a table is that of the graph with the last part of the property's IRI, and
    its id where that is not enough: ``facts_trainedOn``.

    Args:
        name: The name of the graph; the view of all its statements has it.
        properties: The properties it may have statements of.
        ids: The ids of the corpus.
    """

    def __init__(self, name: str, properties: Iterable[URIRef], ids: Ids) -> None:
        self.name = name
        self.ids = ids
        self.tables: Mapping[URIRef, str] = _named(name, sorted(set(properties)), ids)

    def __contains__(self, prop: object) -> bool:
        return prop in self.tables

    def __getitem__(self, prop: URIRef) -> str:
        """Return the name of the table of a property.

        Raises:
            KeyError: The graph keeps no statements of it.
        """
        return self.tables[prop]

    def select(self, properties: Iterable[URIRef] | None = None) -> str:
        """Return the query for the statements of some properties, of all if None."""
        asked = self.tables if properties is None else [prop for prop in properties if prop in self.tables]
        found = [f"SELECT subject, {self.ids(prop)} AS predicate, object FROM {self.tables[prop]}" for prop in asked]
        return " UNION ALL ".join(found) or NO_STATEMENTS


#: A query that gives no statement.
NO_STATEMENTS = (
    "SELECT CAST(NULL AS BIGINT) AS subject, CAST(NULL AS BIGINT) AS predicate, CAST(NULL AS BIGINT) AS object "
    "WHERE FALSE"
)


def _named(name: str, properties: Iterable[URIRef], ids: Ids) -> dict[URIRef, str]:
    found: dict[URIRef, str] = {}
    taken = {f"{name}_terms"}  # of what ids stand for
    for prop in properties:
        last = re.sub(r"\W", "_", re.split(r"[#/:]", str(prop))[-1], flags=re.ASCII)
        table = f"{name}_{last}"
        if table.casefold() in taken:  # names of tables are the same in upper and lower case
            table = f"{table}_{ids(prop):x}"
        taken.add(table.casefold())
        found[prop] = table
    return found
