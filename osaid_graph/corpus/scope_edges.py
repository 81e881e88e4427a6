"""The edges that a scope follows, as one table for all subjects (:mod:`osaid_graph.lineage.edges`).

An edge is followed from a node in certain modes, and its target is reached in one. Modes are bits, so that one row
serves several. The rank of an edge tells what it is: its property, and whether it is followed from object to subject;
among edges of one rank from one node the place tells which comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rdflib import RDF, URIRef

from osaid_graph.corpus.fixpoint import fixpoint
from osaid_graph.corpus.subjects import ASSESSED, DESCRIBED
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.lineage.edges import ELEMENTS, OWNERS, STAGES, components, derivations
from osaid_graph.vocab import OSAID

#: The modes of :data:`osaid_graph.lineage.scope.Mode` as bits.
ENTRY, STAGE, PART, CONTEXT = 1, 2, 4, 8
#: The table of edges: ``node``, ``modes``, ``rank``, ``place``, ``target``, ``leads`` (the mode of the target).
EDGES: Final = "scope_edges"
#: The table of what ranks stand for: ``rank``, ``predicate``, ``inverse``.
RANKS: Final = "scope_ranks"
#: The ranks of edges to wholes and to owners start here; those from wholes to what they hand down in between.
_HANDED, _WHOLES, _OWNERS = 1_000, 2_000, 3_000


def make_edges(engine: Engine, facts: Vertical) -> int:
    """Make the tables of edges and of their ranks, for the scopes of the table ``subjects``; return how many edges."""
    edges = _Edges(engine, facts)
    edges.make_ranks()
    edges.make_nodes()
    edges.make_forward()
    queries = (edges.forward(), edges.wholes(), edges.owners())
    engine.table("unplaced_edges", " UNION ALL ".join(queries))
    count = _place(engine)
    engine.drop("unplaced_edges", "forward_edges", "stages", "passed", "passed_wholes")
    return count


def _place(engine: Engine) -> int:
    """Make the table of edges with their places; texts are compared only where a node has several edges of a rank."""
    engine.table("tied", "SELECT node, rank FROM unplaced_edges GROUP BY node, rank HAVING COUNT(*) > 1")
    of_edge = "FROM tied WHERE tied.node = edges.node AND tied.rank = edges.rank"
    order = "DENSE_RANK() OVER (PARTITION BY edges.node, edges.rank ORDER BY terms.value, terms.id)"
    count = engine.table(
        EDGES,
        "SELECT node, modes, rank, CAST(0 AS BIGINT) AS place, target, leads FROM unplaced_edges AS edges "
        f"WHERE NOT EXISTS (SELECT 1 {of_edge}) UNION ALL "
        f"SELECT edges.node, edges.modes, edges.rank, {order} AS place, edges.target, edges.leads "
        "FROM unplaced_edges AS edges JOIN terms ON terms.id = edges.target "
        f"WHERE EXISTS (SELECT 1 {of_edge})",
    )
    engine.drop("tied")
    return count


class _Edges:
    """Writes the queries for edges; each gives ``node``, ``modes``, ``rank``, ``target`` and ``leads``."""

    def __init__(self, engine: Engine, facts: Vertical) -> None:
        self.engine, self.facts = engine, facts
        self.ways: dict[int, tuple[Sequence[URIRef], bool]] = {
            0: ((*components(), OSAID.trainedOn, *derivations()), False),
            _HANDED: ((*ELEMENTS, OSAID.trainedOn, *derivations()), False),
            _WHOLES: (components(), True),
            _OWNERS: (OWNERS, True),
        }

    def make_ranks(self) -> None:
        """Make the table of what ranks stand for."""
        rows = [
            (first + at, self.facts.ids(prop), inverse)
            for first, (properties, inverse) in self.ways.items()
            for at, prop in enumerate(properties)
        ]
        self.engine.values(RANKS, {"rank": "INTEGER", "predicate": "BIGINT", "inverse": "BOOLEAN"}, rows)

    def make_nodes(self) -> None:
        """Make the tables of nodes that are stages of training, that may be bases or wholes of such, and of wholes."""
        kinds, has_part = self.facts.select((RDF.type,)), self.facts.select((OSAID.hasComponent,))
        of_stages = self.facts.ids.among("object", STAGES)
        self.engine.table("stages", f"SELECT DISTINCT subject FROM ({kinds}) AS kinds WHERE {of_stages}")
        fixpoint(
            self.engine,
            "passed",
            ("node",),
            f"SELECT subject AS node FROM {ASSESSED} "
            f"UNION SELECT object AS node FROM ({self.facts.select((OSAID.derivedFrom,))}) AS bases "
            f"WHERE object IN (SELECT subject FROM {DESCRIBED}) "
            f"UNION SELECT subject AS node FROM ({self.facts.select(OWNERS)}) AS owners "
            f"WHERE object IN (SELECT subject FROM stages) AND subject IN (SELECT subject FROM {DESCRIBED})",
            lambda last: (
                f"SELECT DISTINCT parts.subject AS node FROM {last} AS last JOIN ({has_part}) AS parts "
                "ON parts.object = last.node "
                "WHERE NOT EXISTS (SELECT 1 FROM passed AS known WHERE known.node = parts.subject)"
            ),
        )
        self.engine.table(
            "passed_wholes",
            f"SELECT DISTINCT subject FROM ({has_part}) AS parts WHERE object IN (SELECT node FROM passed)",
        )

    def make_forward(self) -> None:
        """Make the table of edges from product to source: ``node``, ``rank``, ``target``.

        Those from a node to what it consists of, was trained on and derives from have each target once; those that
        hold for the elements of a whole have a row for each property.
        """
        kinds, parts = self.facts.select((RDF.type,)), self.facts.select((OSAID.hasComponent,))
        data = f"SELECT subject FROM ({kinds}) AS kinds WHERE object = {self.facts.ids(OSAID.Dataset)}"
        sole = (
            f"SELECT subject FROM ({parts}) AS parts WHERE object IN (SELECT subject FROM {DESCRIBED}) "
            "GROUP BY subject HAVING COUNT(*) = 1"
        )
        self.engine.table(
            "forward_edges",
            f"SELECT subject AS node, MIN(rank) AS rank, object AS target FROM ({self._ranked(0)}) AS ranked "
            f"WHERE object >= 0 AND NOT (subject IN ({data}) AND object IN (SELECT subject FROM {DESCRIBED})) "
            "GROUP BY subject, object UNION ALL "
            f"SELECT subject AS node, rank, object AS target FROM ({self._ranked(_HANDED)}) AS ranked "
            "WHERE object >= 0 AND subject IN (SELECT subject FROM passed_wholes) "
            f"AND (rank < {_HANDED + len(ELEMENTS)} OR subject IN ({sole}))",
        )

    def forward(self) -> str:
        """Return the query for edges from product to source; a base that is a released stage is reached as both."""
        bases = [
            f"rank BETWEEN {first + properties.index(derivations()[0])} AND {first + len(properties) - 1}"
            for first, (properties, inverse) in self.ways.items()
            if not inverse
        ]
        base = f"({' OR '.join(bases)})"
        modes = f"CASE WHEN rank < {_HANDED} THEN {ENTRY | STAGE | PART} ELSE {CONTEXT} END AS modes"
        described, stages = f"target IN (SELECT subject FROM {DESCRIBED})", "target IN (SELECT subject FROM stages)"
        leads = f"CASE WHEN {base} AND {described} THEN {ENTRY} WHEN {base} AND {stages} THEN {STAGE} ELSE {PART} END"
        return (
            f"SELECT node, {modes}, rank, target, {leads} AS leads FROM forward_edges UNION ALL "
            f"SELECT node, {modes}, rank, target, {STAGE} AS leads FROM forward_edges "
            f"WHERE {base} AND {described} AND {stages}"
        )

    def wholes(self) -> str:
        """Return the query for the systems and models that bases and wholes are components of."""
        return (
            f"SELECT object AS node, {ENTRY | CONTEXT} AS modes, rank, subject AS target, {CONTEXT} AS leads "
            f"FROM ({self._ranked(_WHOLES)}) AS ranked WHERE object IN (SELECT node FROM passed)"
        )

    def owners(self) -> str:
        """Return the query for the parameters that a stage of training is a stage of."""
        return (
            f"SELECT ranked.object AS node, {STAGE} AS modes, ranked.rank, ranked.subject AS target, "
            f"CASE WHEN described.subject IS NULL THEN {PART} ELSE {ENTRY} END AS leads "
            f"FROM ({self._ranked(_OWNERS)}) AS ranked LEFT JOIN {DESCRIBED} AS described "
            "ON described.subject = ranked.subject WHERE ranked.object IN (SELECT subject FROM stages)"
        )

    def _ranked(self, first: int) -> str:
        """Return the query for the statements of the properties of a way, with their ranks."""
        each = (
            f"SELECT subject, CAST({rank} AS INTEGER) AS rank, object FROM ({self.facts.select((prop,))}) AS edges"
            for rank, prop in enumerate(self.ways[first][0], first)
        )
        return " UNION ALL ".join(each)
