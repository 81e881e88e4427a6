"""The artefacts of a corpus and their edges, set by set (:func:`osaid_graph.lineage.artifacts.lineage_of`).

Numbers are given in the order of the IRIs, blank nodes last, so that of several shortest paths the same one is found as
over the same descriptions read at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rdflib import DCTERMS, RDF, URIRef

from osaid_graph.corpus.folding import FOLDED, make_folded
from osaid_graph.corpus.named_sources import ATTRIBUTED, NAMED_SOURCES
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine, Type
from osaid_graph.graph.ontology import inverses
from osaid_graph.lineage.artifacts import END
from osaid_graph.lineage.edges import SUBJECTS, components, derivations
from osaid_graph.lineage.index import CLASSES, properties
from osaid_graph.vocab import OSAID

#: Artefacts: ``number``, ``id``, ``name`` (the IRI, or ``_:label``), ``class`` (its number), ``described``.
ARTEFACTS: Final = "artefacts"
#: Other nodes that count as one artefact with another: ``position``, ``name``, ``number``.
PARTS: Final = "artefact_parts"
#: What is said of artefacts, in the order in which it counts: ``position``, ``number``, ``property``, ``text``.
FACTS: Final = "artefact_facts"
#: Edges of artefacts by number, sorted, and numbered so: ``position``, ``source``, ``target``, ``kind``.
ARROWS: Final = "artefact_edges"
#: Who states each, in the order in which they are told: ``place``, ``position`` of the edge, ``name``.
SAID: Final = "artefact_edges_said"
#: The properties whose values stand in :data:`FACTS`, by the number that they have there.
OF_ARTEFACTS: Final = (OSAID.license, DCTERMS.issued, OSAID.withdrawn, DCTERMS.isVersionOf)
_OTHERS: Final = (
    "lineage_artefacts",
    "lineage_kinds",
    "lineage_edges",
    "lineage_nodes",
    FOLDED,
    "numbered_nodes",
    "placed_edges",
    "kept_edges",
    "classes_by_edges",
    "edge_ways",
)


class LineageTables:
    """Makes the tables of a lineage.

    Args:
        engine: To which the corpus is attached, with its facts.
        facts: The facts.
        terms: The table of the terms of these.
    """

    def __init__(self, engine: Engine, facts: Vertical, terms: str) -> None:
        self.engine, self.facts, self.terms, self.ids = engine, facts, terms, facts.ids

    def make(self) -> None:
        """Make all tables; those that are needed no more are dropped."""
        self._kinds()
        self._edges()
        self._nodes()
        make_folded(self.engine, self.facts)
        self._artefacts()
        self._arrows()
        self._classes()
        self._facts_of_artefacts()
        self._said()
        self.engine.drop(*_OTHERS)

    def _of_class(self, node: str, kinds: Sequence[URIRef]) -> str:
        types, among = self.facts[RDF.type], self.ids.among("t.object", kinds)
        return f"EXISTS (SELECT 1 FROM {types} AS t WHERE t.subject = {node} AND {among})"

    def _kinds(self) -> None:
        """Make the table of nodes that have a class of artefacts, with the number of the first."""
        known = [kind for kind in CLASSES if kind is not None]
        cases = " ".join(f"WHEN {self.ids(kind)} THEN {number}" for number, kind in enumerate(known, 1))
        self.engine.table(
            "lineage_kinds",
            f"SELECT subject AS node, MIN(CASE object {cases} END) AS class FROM {self.facts[RDF.type]} "
            f"WHERE {self.ids.among('object', known)} GROUP BY subject",
        )

    def _edges(self) -> None:
        """Make the table of edges between nodes; what says that nothing is said is the end of none."""
        silence = self._of_class("e.object", (OSAID.NotDisclosed, OSAID.NotApplicable))
        made_of = self._of_class("e.object", (*SUBJECTS, OSAID.Checkpoint, OSAID.Dataset))
        specific = " UNION ALL ".join(
            f"SELECT subject, object FROM {self.facts[prop]}" for prop in components() if prop != OSAID.hasComponent
        )
        general = f"NOT EXISTS (SELECT 1 FROM ({specific}) AS c WHERE c.subject = e.subject AND c.object = e.object)"
        selects = []
        for number, prop in enumerate(properties()):
            conditions = ["e.object >= 0", f"NOT {silence}"]
            conditions += [made_of] if prop in components() else []
            conditions += [general] if prop == OSAID.hasComponent else []
            selects.append(
                f"SELECT e.subject AS source, e.object AS target, {number} AS kind FROM {self.facts[prop]} AS e "
                f"WHERE {' AND '.join(conditions)}"
            )
        self.engine.table("lineage_edges", " UNION ALL ".join(selects))

    def _nodes(self) -> None:
        """Make the table of all nodes, numbered in their order."""
        nodes = "SELECT node FROM lineage_kinds"
        ends = "SELECT source AS node FROM lineage_edges UNION SELECT target AS node FROM lineage_edges"
        self.engine.table(
            "lineage_nodes",
            "SELECT n.node, t.value, t.kind = 'blank' AS blank, "
            "ROW_NUMBER() OVER (ORDER BY t.kind = 'blank', t.value) AS place "
            f"FROM ({nodes} UNION {ends}) AS n JOIN {self.terms} AS t ON t.id = n.node",
        )

    def _artefacts(self) -> None:
        """Make the table of artefacts, and that of the parts of each."""
        self.engine.table(
            "numbered_nodes",
            "SELECT n.node, n.value, n.blank, n.place, COALESCE(f.whole, n.node) AS whole "
            f"FROM lineage_nodes AS n LEFT JOIN {FOLDED} AS f ON f.node = n.node",
        )
        unresolved = self._of_class("w.whole", (OSAID.UnresolvedReference,))
        name = "CASE WHEN t.kind = 'blank' THEN '_:' || t.value ELSE t.value END"
        self.engine.table(
            "lineage_artefacts",
            f"SELECT ROW_NUMBER() OVER (ORDER BY w.place) - 1 AS number, w.whole AS id, {name} AS name, "
            f"COALESCE(k.class, 0) AS class, NOT {unresolved} AS described "
            "FROM (SELECT whole, MIN(place) AS place FROM numbered_nodes GROUP BY whole) AS w "
            f"JOIN {self.terms} AS t ON t.id = w.whole LEFT JOIN lineage_kinds AS k ON k.node = w.whole",
        )
        self.engine.table(
            PARTS,
            "SELECT n.place AS position, CASE WHEN n.blank THEN '_:' || n.value ELSE n.value END AS name, a.number "
            "FROM numbered_nodes AS n JOIN lineage_artefacts AS a ON a.id = n.whole WHERE n.node <> n.whole",
        )

    def _arrows(self) -> None:
        """Make the table of edges between artefacts: of several derivations of the same two the particular ones."""
        composing = ", ".join(str(properties().index(prop)) for prop in components())
        general = properties().index(OSAID.derivedFrom)
        particular = ", ".join(str(properties().index(prop)) for prop in derivations() if prop != OSAID.derivedFrom)
        self.engine.table(
            "placed_edges",
            "SELECT l.number AS source, r.number AS target, e.kind, e.source AS made, e.target AS used, "
            "ln.value AS made_value, rn.value AS used_value FROM lineage_edges AS e "
            "JOIN numbered_nodes AS ln ON ln.node = e.source JOIN numbered_nodes AS rn ON rn.node = e.target "
            f"JOIN lineage_artefacts AS l ON l.id = ln.whole JOIN lineage_artefacts AS r ON r.id = rn.whole "
            f"WHERE (rn.whole = rn.node OR e.kind NOT IN ({composing})) AND (ln.whole <> rn.whole "
            f"OR e.source = e.target OR (rn.whole = rn.node AND e.kind NOT IN ({composing})))",
        )
        told = (
            "SELECT 1 FROM placed_edges AS p "
            f"WHERE p.source = e.source AND p.target = e.target AND p.kind IN ({particular})"
        )
        self.engine.table(
            "kept_edges", f"SELECT * FROM placed_edges AS e WHERE e.kind <> {general} OR NOT EXISTS ({told})"
        )
        self.engine.table(
            ARROWS,
            "SELECT ROW_NUMBER() OVER (ORDER BY source, target, kind) - 1 AS position, source, target, kind "
            "FROM (SELECT DISTINCT source, target, kind FROM kept_edges) AS e",
        )

    def _classes(self) -> None:
        """Make the table of artefacts: what nothing gives a class has that of the ends of the first edge to it."""
        known = [(at, str(prop), END[prop]) for at, prop in enumerate(properties()) if prop in END]
        classes = " ".join(f"WHEN {at} THEN {CLASSES.index(kind)}" for at, _, kind in known)
        names = " ".join(f"WHEN {at} THEN '{prop}'" for at, prop, _ in known)
        kinds = ", ".join(str(at) for at, _, _ in known)
        self.engine.table(
            "classes_by_edges",
            f"SELECT target, CASE kind {classes} END AS class, ROW_NUMBER() OVER "
            f"(PARTITION BY target ORDER BY made_value, CASE kind {names} END, used_value) AS place "
            f"FROM placed_edges WHERE kind IN ({kinds}) "
            "AND target IN (SELECT number FROM lineage_artefacts WHERE class = 0)",
        )
        self.engine.table(
            ARTEFACTS,
            "SELECT a.number, a.id, a.name, COALESCE(c.class, a.class) AS class, a.described "
            "FROM lineage_artefacts AS a LEFT JOIN classes_by_edges AS c ON c.target = a.number AND c.place = 1",
        )

    def _facts_of_artefacts(self) -> None:
        """Make the table of terms, days and versions; terms that a blank node stands for are none."""
        said = " UNION ALL ".join(
            f"SELECT subject, object, {number} AS property FROM {self.facts[prop]}"
            for number, prop in enumerate(OF_ARTEFACTS)
        )
        self.engine.table(
            FACTS,
            "SELECT ROW_NUMBER() OVER (ORDER BY n.place, s.property, t.value) AS position, a.number, s.property, "
            f"t.value AS text FROM ({said}) AS s JOIN numbered_nodes AS n ON n.node = s.subject "
            f"JOIN {ARTEFACTS} AS a ON a.id = n.whole JOIN {self.terms} AS t ON t.id = s.object "
            "WHERE s.property <> 0 OR t.kind <> 'blank'",
        )

    def _said(self) -> None:
        """Make the table of who states each edge, from either of its ends."""
        ways = [
            (number, self.ids(each), turned, way)
            for number, prop in enumerate(properties())
            for way, (each, turned) in enumerate([(prop, False), *((each, True) for each in inverses(prop))])
        ]
        columns: dict[str, Type] = {"kind": "INTEGER", "predicate": "BIGINT", "turned": "BOOLEAN", "way": "INTEGER"}
        self.engine.values("edge_ways", columns, ways)
        order = "k.made_value, k.used_value, w.way, s.origin, s.document, t.sequence"
        self.engine.table(
            SAID,
            f"SELECT ROW_NUMBER() OVER (ORDER BY a.position, {order}) AS place, a.position, "
            f"{ATTRIBUTED} AS name FROM kept_edges AS k "
            f"JOIN {ARROWS} AS a ON a.source = k.source AND a.target = k.target AND a.kind = k.kind "
            "JOIN edge_ways AS w ON w.kind = k.kind JOIN statements AS t ON t.predicate = w.predicate "
            "AND t.subject = CASE WHEN w.turned THEN k.used ELSE k.made END "
            "AND t.object = CASE WHEN w.turned THEN k.made ELSE k.used END "
            f"JOIN {NAMED_SOURCES} AS s ON s.source = t.source",
        )
