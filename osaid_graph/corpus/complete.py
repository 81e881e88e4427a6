"""What is transitive, for every node at once (:func:`osaid_graph.lineage.completion.complete`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rdflib import RDF, URIRef

from osaid_graph.corpus.fixpoint import fixpoint
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.graph.references import COMPONENTS
from osaid_graph.lineage.edges import ELEMENTS, SUBJECTS, derivations
from osaid_graph.vocab import OSAID

#: The table of what is derived: statements.
DERIVED: Final = "derived_statements"


class Completion:
    """Derives what a system, model or parameters has of its parts, and of what it is a part of.

    Args:
        engine: Where the tables of the facts are.
        facts: The facts.
    """

    def __init__(self, engine: Engine, facts: Vertical) -> None:
        self.engine, self.facts, self.ids = engine, facts, facts.ids

    def derive(self) -> None:
        """Make the table of what is derived, not each once; circles in the lineage are not among it."""
        kinds = self.ids.among("object", SUBJECTS)
        self.engine.table("subjects", f"SELECT DISTINCT subject FROM {self.facts[RDF.type]} WHERE {kinds}")
        self._classes()
        self._closures()
        edges = "SELECT subject, predicate, object FROM component_edges"
        self.engine.table(DERIVED, f"{edges} UNION ALL {self._from_parts()} UNION ALL {self._from_wholes()}")
        self.engine.drop("subjects", "component_edges", "parts", "wholes")

    def _classes(self) -> None:
        """Make the table of the edges to components that their classes tell: ``hasCode`` to what is code."""
        properties = " ".join(f"WHEN {self.ids(kind)} THEN {self.ids(prop)}" for prop, kind in COMPONENTS.items())
        kinds = self.ids.among("kinds.object", COMPONENTS.values())
        self.engine.table(
            "component_edges",
            f"SELECT parts.subject, CASE kinds.object {properties} END AS predicate, parts.object "
            f"FROM {self.facts[OSAID.hasComponent]} AS parts JOIN {self.facts[RDF.type]} AS kinds "
            f"ON kinds.subject = parts.object WHERE {kinds} "
            f"EXCEPT SELECT subject, predicate, object FROM ({self.facts.select(COMPONENTS)}) AS stated",
        )

    def _closures(self) -> None:
        """Make the tables of all parts and all wholes of each subject, over any number of steps; it is none of them."""
        for name, start, end in (("parts", "subject", "object"), ("wholes", "object", "subject")):
            self._closure(name, start, end)

    def _closure(self, name: str, start: str, end: str) -> None:
        edges = self.facts[OSAID.hasComponent]
        fixpoint(
            self.engine,
            name,
            ("subject", "node"),
            f"SELECT {start} AS subject, {end} AS node FROM {edges} "
            f"WHERE object >= 0 AND object <> subject AND {start} IN (SELECT subject FROM subjects)",
            lambda last: (
                f"SELECT DISTINCT last.subject, edges.{end} AS node FROM {last} AS last JOIN {edges} AS edges "
                f"ON edges.{start} = last.node WHERE edges.object >= 0 AND edges.{end} <> last.subject "
                f"AND NOT EXISTS (SELECT 1 FROM {name} AS found "
                f"WHERE found.subject = last.subject AND found.node = edges.{end})"
            ),
        )

    def _from_parts(self) -> str:
        """Return the query for what subjects have because a part of theirs does."""
        bases = f"SELECT subject, predicate, object FROM ({self.facts.select(derivations())}) AS derived "
        carried = (
            f"{self._own((*ELEMENTS, OSAID.hasParameters, OSAID.trainedOn))} UNION ALL "
            f"{bases} WHERE subject IN (SELECT subject FROM subjects)"
        )
        return _handed("parts", carried)

    def _from_wholes(self) -> str:
        """Return the query for what subjects have because what they are an element of does.

        See :func:`osaid_graph.lineage.edges.handed_down`.
        """
        facts = self.facts
        sole = (
            f"SELECT edges.subject FROM {facts[OSAID.hasComponent]} AS edges JOIN subjects "
            "ON subjects.subject = edges.object GROUP BY edges.subject HAVING COUNT(*) = 1"
        )
        made_from = facts.select((OSAID.trainedOn, *derivations()))
        settings = (
            f"SELECT code.subject, settings.predicate, settings.object FROM ({self._own((OSAID.hasCode,))}) AS code "
            f"JOIN ({self._own((OSAID.hasConfiguration,))}) AS settings ON settings.subject = code.object"
        )
        carried = (
            f"SELECT subject, predicate, object FROM ({self._own(ELEMENTS)}) AS elements WHERE object >= 0 UNION ALL "
            f"SELECT subject, predicate, object FROM ({made_from}) AS made_from WHERE object >= 0 "
            f"AND subject IN ({sole}) UNION ALL {settings}"
        )
        return _handed("wholes", carried)

    def _own(self, properties: Iterable[URIRef]) -> str:
        """Return the query for statements of some properties, with the edges that classes tell."""
        edges = (
            f"SELECT subject, predicate, object FROM component_edges WHERE {self.ids.among('predicate', properties)}"
        )
        return f"{self.facts.select(properties)} UNION ALL {edges}"


def _handed(pairs: str, carried: str) -> str:
    return (
        f"SELECT pairs.subject, carried.predicate, carried.object FROM {pairs} AS pairs "
        f"JOIN ({carried}) AS carried ON carried.subject = pairs.node"
    )
