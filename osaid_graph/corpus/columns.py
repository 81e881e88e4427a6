"""The columns of the tables that every step of a columnar assessment reads or writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from osaid_graph.engines import Type

#: Statements: ids of terms (:mod:`osaid_graph.term_ids`).
STATEMENTS: Final[Mapping[str, Type]] = {"subject": "BIGINT", "predicate": "BIGINT", "object": "BIGINT"}
#: What ids stand for: ``iri``, ``blank`` or ``literal``; the datatype of a literal is a whole IRI, its language a tag.
TERMS: Final[Mapping[str, Type]] = {
    "id": "BIGINT",
    "kind": "VARCHAR",
    "value": "VARCHAR",
    "datatype": "VARCHAR",
    "language": "VARCHAR",
}
#: The statements of one property.
LINKS: Final[Mapping[str, Type]] = {"subject": "BIGINT", "object": "BIGINT"}
#: A query for statements of one property that gives none.
NO_LINKS: Final = "SELECT CAST(NULL AS BIGINT) AS subject, CAST(NULL AS BIGINT) AS object WHERE FALSE"
