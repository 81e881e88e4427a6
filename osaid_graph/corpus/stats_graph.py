"""The artefacts of a corpus and the edges between them, as :mod:`osaid_graph.lineage.index` counts them, set by set.

They are those of :func:`osaid_graph.lineage.artifacts.lineage_of`: systems, models, datasets, and what lineage edges
lead to; parameters and their stages count as one with the one system or model they belong to.
"""

from __future__ import annotations

from typing import Final

from rdflib import RDF

from osaid_graph.corpus.folding import FOLDED, make_folded
from osaid_graph.corpus.ids import Ids
from osaid_graph.corpus.made_terms import MadeTerms
from osaid_graph.corpus.prepare import prepare
from osaid_graph.corpus.relevant import Relevant
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.graph.activities import EDGES
from osaid_graph.graph.references import COMPONENTS, DATA_DERIVATIONS, DATA_USE
from osaid_graph.lineage.edges import SUBJECTS, components, derivations
from osaid_graph.lineage.index import CLASSES
from osaid_graph.vocab import OSAID

#: The table of artefacts: ``node``, ``sort`` (one of the two below, or empty), ``described``.
ARTEFACTS: Final = "artefacts"
#: What is a system, a model or parameters, whatever else it is; and what is a dataset.
MODEL: Final = "model"
DATA: Final = "dataset"
#: The table of the edges from what was made to what it was made from, each once: ``subject``, ``object``.
MADE_FROM: Final = "made_from"
#: The table of nodes and their classes: ``node``, ``kind``; that of what is only referred to is told by the edge.
KINDS: Final = "node_kinds"
#: The table of nodes that no source describes: ``node``.
REFERRED: Final = "only_referred"


def make_artefacts(engine: Engine, seed: int) -> Vertical:
    """Make the tables of artefacts and edges of ``said`` and ``terms``, and return the facts that they are made of.

    Args:
        engine: Where the tables are.
        seed: The seed of the corpus's ids.
    """
    ids = Ids(seed)
    facts = prepare(engine, _looked_at(), MadeTerms(engine, ids))
    engine.table(REFERRED, _referred(facts))
    engine.table(KINDS, _kinds(facts))
    make_folded(engine, facts)
    silent = (
        f"SELECT subject FROM {facts[RDF.type]} WHERE {ids.among('object', (OSAID.NotDisclosed, OSAID.NotApplicable))}"
    )
    edges = (
        f"SELECT subject, object FROM ({facts.select((OSAID.trainedOn, OSAID.derivedFrom))}) AS stated "
        f"WHERE object >= 0 AND object NOT IN ({silent})"
    )
    engine.table(
        MADE_FROM,
        f"SELECT DISTINCT {_whole('starts', 'edges.subject')} AS subject, {_whole('ends', 'edges.object')} AS object "
        f"FROM ({edges}) AS edges LEFT JOIN {FOLDED} AS starts ON starts.node = edges.subject "
        f"LEFT JOIN {FOLDED} AS ends ON ends.node = edges.object "
        f"WHERE {_whole('starts', 'edges.subject')} <> {_whole('ends', 'edges.object')} "
        "OR edges.subject = edges.object",
    )
    engine.table(ARTEFACTS, _artefacts(ids))
    return facts


def _looked_at() -> Relevant:
    """Return what is looked at: references, edges, terms and classes."""
    properties = {
        *(RDF.type, OSAID.license, *DATA_USE, *DATA_DERIVATIONS, *COMPONENTS),
        *(edge for _, _, edge in EDGES),
        *components(),
        *derivations(),
    }
    return Relevant(frozenset(properties), frozenset(SUBJECTS) | {OSAID.Dataset})


def _referred(facts: Vertical) -> str:
    """Return the query for nodes that have a class only because an edge leads to them."""
    return (
        f"SELECT DISTINCT subject AS node FROM {facts[RDF.type]} AS kinds "
        f"WHERE object = {facts.ids(OSAID.UnresolvedReference)} "
        "OR NOT EXISTS (SELECT 1 FROM said WHERE said.subject = kinds.subject)"
    )


def _kinds(facts: Vertical) -> str:
    """Return the query for the classes of nodes; what is unresolved is data behind an edge to data, else a model."""
    ids, unresolved = facts.ids, facts.ids(OSAID.UnresolvedReference)
    data = facts.select((*DATA_USE, *DATA_DERIVATIONS))
    return (
        f"SELECT subject AS node, object AS kind FROM {facts[RDF.type]} WHERE object <> {unresolved} "
        f"UNION ALL SELECT subject AS node, CASE WHEN subject IN (SELECT object FROM ({data}) AS used) "
        f"THEN {ids(OSAID.Dataset)} ELSE {ids(OSAID.Model)} END AS kind "
        f"FROM {facts[RDF.type]} WHERE object = {unresolved}"
    )


def _artefacts(ids: Ids) -> str:
    """Return the query for artefacts: what has a class of artefacts, and the ends of edges."""
    kinds = ids.among("kinds.kind", [kind for kind in CLASSES if kind is not None])
    nodes = (
        f"SELECT {_whole('folded', 'kinds.node')} AS node, "
        f"CASE WHEN kinds.kind = {ids(OSAID.Dataset)} THEN 1 ELSE 2 END AS place FROM {KINDS} AS kinds "
        f"LEFT JOIN {FOLDED} AS folded ON folded.node = kinds.node WHERE {kinds} "
        f"UNION ALL SELECT subject AS node, 0 AS place FROM {MADE_FROM} "
        f"UNION ALL SELECT object AS node, 0 AS place FROM {MADE_FROM}"
    )
    return (
        f"SELECT node, CASE MAX(place) WHEN 2 THEN '{MODEL}' WHEN 1 THEN '{DATA}' ELSE '' END AS sort, "
        f"node NOT IN (SELECT node FROM {REFERRED}) AS described FROM ({nodes}) AS nodes GROUP BY node"
    )


def _whole(table: str, node: str) -> str:
    return f"COALESCE({table}.whole, {node})"
