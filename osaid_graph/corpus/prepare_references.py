"""Classes for nodes that are referred to and have none, set by set (:mod:`osaid_graph.graph.references`)."""

from __future__ import annotations

from typing import Any, Final

from rdflib import Literal, URIRef

from osaid_graph.corpus.batches import batches, gather
from osaid_graph.corpus.columns import LINKS
from osaid_graph.corpus.fixpoint import fixpoint
from osaid_graph.corpus.made_terms import MadeTerms
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.graph.ontology import broader_classes, implying, turning
from osaid_graph.graph.references import COMPONENTS, DATA_DERIVATIONS, DATA_USE, INVERSES, TRAINED
from osaid_graph.identity import short
from osaid_graph.term_ids import FIRST_IRI
from osaid_graph.vocab import OSAID

#: The table of the classes given to nodes: ``subject``, ``object``.
GIVEN: Final = "given_classes"
#: The table of the labels of unresolved references: ``subject``, ``object``.
LABELS: Final = "unresolved_labels"
#: The terms of the ontology.
_OWN = frozenset(map(URIRef, dir(OSAID)))
#: What tells the class of the target of an edge: of several the lowest.
_EDGE, _FROM_MODEL, _FROM_DATA = range(3)


class References:
    """Gives a class to what is referred to and has none of the ontology.

    Args:
        engine: Where the tables are.
        facts: The facts, of which classes and labels are not looked at.
        classes: The name of the table of the classes that nodes have: ``subject``, ``object``.
        activities: The name of the table of the edges that activities stand for, if there are any.
    """

    def __init__(self, engine: Engine, facts: Vertical, classes: str, activities: str | None) -> None:
        self.engine, self.facts, self.ids = engine, facts, facts.ids
        self.classes, self.activities = classes, activities

    def resolve(self) -> None:
        """Make the table of the classes given, and that of the nodes that are ``unresolved``."""
        ids = self.ids
        own = _OWN | {kind for kind, broader in broader_classes().items() if not _OWN.isdisjoint(broader)}
        self.engine.view("own_classes", f"SELECT subject, object FROM {self.classes} WHERE {ids.among('object', own)}")
        self._components()
        self._unresolved()
        self._allowed()
        kinds = f"CASE place WHEN {_FROM_MODEL} THEN {ids(OSAID.Model)} ELSE {ids(OSAID.Dataset)} END"
        self.engine.table(
            GIVEN,
            "SELECT subject, object FROM component_classes UNION ALL "
            f"SELECT subject, {ids(OSAID.UnresolvedReference)} AS object FROM unresolved UNION ALL "
            f"SELECT subject, {kinds} AS object FROM allowed",
        )
        self.engine.drop("own_classes", "silent", "component_classes", "described", "open_edges", "allowed")

    def _components(self) -> None:
        """Make the table of the classes of components: what the edges that lead to them say."""
        edges = " UNION ALL ".join(
            f"SELECT object AS subject, {place} AS place FROM {self.facts[prop]} WHERE object >= 0"
            for place, prop in enumerate(COMPONENTS)
        )
        kinds = " ".join(f"WHEN {place} THEN {self.ids(kind)}" for place, kind in enumerate(COMPONENTS.values()))
        says_something = f"AND {_lacks('silent', 'edges.subject')}" if self._silent() else ""
        self.engine.table(
            "component_classes",
            f"SELECT subject, CASE MIN(place) {kinds} END AS object FROM ({edges}) AS edges "
            f"WHERE {_lacks('own_classes', 'edges.subject')} {says_something} GROUP BY subject",
        )

    def _silent(self) -> int:
        """Make the table of blank nodes that are components and of which nothing is said; return how many there are.

        An edge that is stated says something of its target, from the other end. So only those of activities lead to
        such a node: they are drawn after the first entailment.
        """
        if self.activities is None:
            return 0
        return self.engine.table(
            "silent",
            f"SELECT DISTINCT object AS subject FROM {self.activities} AS edges "
            f"WHERE edges.object >= 0 AND edges.object < {FIRST_IRI} AND {_lacks('said', 'edges.object')} "
            "AND NOT EXISTS (SELECT 1 FROM said WHERE said.object = edges.object "
            f"AND {self.ids.among('said.predicate', turning())})",
        )

    def _unresolved(self) -> None:
        """Make the tables of the lineage edges to nodes without a class, and of those of which nothing is said."""
        data = " UNION ALL ".join(
            f"SELECT subject, object FROM {self.facts[prop]}" for prop in (*DATA_USE, *DATA_DERIVATIONS)
        )
        edges = (
            f"SELECT subject, object, TRUE AS to_data FROM ({data}) AS used UNION ALL "
            f"SELECT subject, object, FALSE AS to_data FROM {self.facts[OSAID.derivedFrom]}"
        )
        self.engine.table(
            "open_edges",
            f"SELECT subject, object, to_data FROM ({edges}) AS edges WHERE object >= 0 "
            f"AND {_lacks('own_classes', 'edges.object')} AND {_lacks('component_classes', 'edges.object')}",
        )
        says = _OWN - INVERSES
        implied = {pair for prop in says for pair in implying(prop)}
        straight = {prop for prop, turned in implied if not turned}
        turned = {prop for prop, turned in implied if turned}
        self.engine.table(
            "described",
            f"SELECT subject FROM said WHERE {self.ids.among('predicate', straight)} "
            "AND subject IN (SELECT object FROM open_edges) UNION "
            f"SELECT object AS subject FROM said WHERE {self.ids.among('predicate', turned)} "
            "AND object IN (SELECT object FROM open_edges)",
        )
        self.engine.table(
            "unresolved",
            f"SELECT DISTINCT object AS subject FROM open_edges WHERE {_lacks('described', 'open_edges.object')}",
        )

    def _allowed(self) -> None:
        """Make the table of nodes that are described and get the class their edges allow; ``place`` is what told it.

        After the first round only edges from nodes that got theirs in the round before can tell more.
        """
        data, trained = self.ids(OSAID.Dataset), self.ids.among("object", TRAINED)
        edges = "SELECT subject, object, to_data FROM open_edges WHERE object IN (SELECT subject FROM described)"
        classes = " UNION ALL ".join(
            f"SELECT subject, object FROM {name}" for name in (self.classes, "component_classes")
        )
        had = (
            f"SELECT subject, MAX(CASE WHEN object = {data} THEN {_FROM_DATA} ELSE {_FROM_MODEL} END) AS place "
            f"FROM ({classes}) AS classes WHERE (object = {data} OR {trained}) "
            f"AND subject IN (SELECT subject FROM ({edges}) AS edges) GROUP BY subject"
        )
        fixpoint(
            self.engine,
            "allowed",
            ("subject", "place"),
            f"SELECT edges.object AS subject, MIN(CASE WHEN to_data THEN {_EDGE} ELSE place END) AS place "
            f"FROM ({edges}) AS edges LEFT JOIN ({had}) AS had ON had.subject = edges.subject "
            "WHERE to_data OR place IS NOT NULL GROUP BY edges.object",
            lambda last: (
                "SELECT edges.object AS subject, "
                f"MIN(CASE WHEN place = {_FROM_MODEL} THEN {_FROM_MODEL} ELSE {_FROM_DATA} END) AS place "
                f"FROM ({edges}) AS edges JOIN {last} AS last ON last.subject = edges.subject "
                f"WHERE {_lacks('allowed', 'edges.object')} GROUP BY edges.object"
            ),
        )


def label_unresolved(engine: Engine, made: MadeTerms) -> None:
    """Make the table of the labels of the nodes in the table ``unresolved``."""
    named = "(SELECT id, value FROM terms WHERE id IN (SELECT subject FROM unresolved)) AS named"
    gather(engine, LABELS, LINKS, (_labelled(rows, made) for rows in batches(engine, named, "id, value")))


def _labelled(rows: list[tuple[Any, ...]], made: MadeTerms) -> list[tuple[int, int]]:
    labels = {id_: Literal(short(value)) for id_, value in rows}
    made.add(labels.values())
    return [(id_, made.ids(label)) for id_, label in labels.items()]


def _lacks(table: str, node: str) -> str:
    """Return the condition that a node is no subject in a table."""
    return f"NOT EXISTS (SELECT 1 FROM {table} WHERE {table}.subject = {node})"
