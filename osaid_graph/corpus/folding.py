"""Which nodes of a corpus count as one artefact with another, set by set (:mod:`osaid_graph.lineage.artifacts`).

Parameters and their stages count as one with the one system or model that they belong to: of a model and the system
around it with the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rdflib import RDF, URIRef

from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.lineage.artifacts import FOLDED as PARTS
from osaid_graph.lineage.artifacts import WHOLES
from osaid_graph.vocab import OSAID

#: The table of nodes that count as one artefact with another: ``node``, ``whole``.
FOLDED: Final = "folded"


def make_folded(engine: Engine, facts: Vertical) -> int:
    """Make the table ``folded``, each node once, and return the number of its rows.

    Args:
        engine: Where the facts are.
        facts: The facts: of classes, and of what has which components.
    """
    engine.table(
        "around",
        f"SELECT DISTINCT object AS node, subject AS whole FROM {facts[OSAID.hasComponent]} AS parts "
        f"WHERE {_of_class(facts, 'object', PARTS)} AND NOT {_of_class(facts, 'object', WHOLES)}",
    )
    outer = (
        f"SELECT 1 FROM around AS other JOIN {facts[OSAID.hasComponent]} AS parts ON parts.object = other.whole "
        "WHERE other.node = own.node AND parts.subject = own.whole"
    )
    engine.table(
        "folds",
        f"SELECT node, MIN(whole) AS whole FROM around AS own WHERE NOT EXISTS ({outer}) "
        "GROUP BY node HAVING COUNT(*) = 1",
    )
    chained = engine.rows(
        "SELECT node, whole FROM folds WHERE whole IN (SELECT node FROM folds) "
        "UNION SELECT node, whole FROM folds WHERE node IN (SELECT whole FROM folds)"
    )
    engine.values("folded_further", {"node": "BIGINT", "whole": "BIGINT"}, sorted(_ends(dict(chained)).items()))
    count = engine.table(
        FOLDED,
        "SELECT folds.node, COALESCE(further.whole, folds.whole) AS whole FROM folds "
        "LEFT JOIN folded_further AS further ON further.node = folds.node",
    )
    engine.drop("around", "folds", "folded_further")
    return count


def _of_class(facts: Vertical, node: str, kinds: Sequence[URIRef]) -> str:
    types, among = facts[RDF.type], facts.ids.among("object", kinds)
    return f"{node} IN (SELECT subject FROM {types} WHERE {among})"


def _ends(steps: dict[int, int]) -> dict[int, int]:
    """Return where nodes lead, step by step; a circle ends where it closes."""
    found = {}
    for start in steps:
        node, seen = start, set[int]()
        while node not in seen and node in steps:
            seen.add(node)
            node = steps[node]
        found[start] = node
    return found
