"""The nodes of a corpus and the lineage edges between them, as tables for whoever reads them with other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rdflib import RDF, URIRef

from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.lineage.edges import components, derivations
from osaid_graph.vocab import OSAID, token

#: The table of nodes: ``node``, ``class`` (the first of :data:`CLASSES` that it has), ``described`` (whether anything
#: is said of it, and not only about others that refer to it).
NODES: Final = "nodes"
#: The table of edges, each once: ``subject``, ``property`` (its IRI), ``object``. One that says more stands for the
#: general one.
EDGES: Final = "edges"
CLASSES: Final = (
    *(OSAID.AISystem, OSAID.Model, OSAID.Parameters, OSAID.Checkpoint, OSAID.OptimizerState, OSAID.Architecture),
    *(OSAID.Code, OSAID.Configuration, OSAID.Dataset, OSAID.DataInformation, OSAID.Document),
    OSAID.UnresolvedReference,
)
_DATA: Final = (OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn)
_GENERAL: Final = (OSAID.hasComponent, OSAID.derivedFrom)


def make_nodes(engine: Engine, facts: Vertical) -> None:
    """Make the tables ``nodes`` and ``edges`` of facts, and of what is ``said``."""
    ids = facts.ids
    order = " ".join(f"WHEN {ids(kind)} THEN {at}" for at, kind in enumerate(CLASSES))
    named = " ".join(f"WHEN {at} THEN '{token(kind)}'" for at, kind in enumerate(CLASSES))
    engine.table(
        NODES,
        f"SELECT kinds.node, CASE kinds.place {named} END AS class, described.subject IS NOT NULL AS described FROM "
        f"(SELECT subject AS node, MIN(CASE object {order} END) AS place FROM {facts[RDF.type]} "
        f"WHERE {ids.among('object', CLASSES)} GROUP BY subject) AS kinds "
        "LEFT JOIN (SELECT DISTINCT subject FROM said) AS described ON described.subject = kinds.node",
    )
    properties = (*components(), *_DATA, *derivations())
    called = " ".join(f"WHEN {ids(prop)} THEN '{prop}'" for prop in properties)
    data = (OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn)
    said = " UNION ALL ".join(
        [facts.select(data), *(_most_said(facts, each) for each in (components(), derivations()))]
    )
    engine.table(
        EDGES,
        f"SELECT subject, CASE predicate {called} END AS property, object FROM ({said}) AS edges "
        "WHERE edges.object >= 0",
    )


def _most_said(facts: Vertical, properties: Iterable[URIRef]) -> str:
    """Return the query for the edges of some properties, without a general one where another says more."""
    special = facts.select(prop for prop in properties if prop not in _GENERAL)
    general = facts.select(prop for prop in properties if prop in _GENERAL)
    return (
        f"SELECT subject, predicate, object FROM ({special}) AS special UNION ALL "
        f"SELECT subject, predicate, object FROM ({general}) AS general WHERE NOT EXISTS (SELECT 1 FROM ({special}) AS "
        "more WHERE more.subject = general.subject AND more.object = general.object)"
    )
