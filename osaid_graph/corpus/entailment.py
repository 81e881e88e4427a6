"""The fixed entailment of a check, set by set (:func:`osaid_graph.graph.ontology.entail`)."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef

from osaid_graph.corpus.ids import Ids
from osaid_graph.engines import Engine
from osaid_graph.graph.ontology import broader_classes, implications, implying

#: The table of classes with those that follow: ``kind``, ``broader``.
BROADER = "broader_classes"


class Stated:
    """Statements in a table, and what follows from them.

    Args:
        engine: Where the table is.
        name: Its name.
        ids: The ids of the corpus.
    """

    def __init__(self, engine: Engine, name: str, ids: Ids) -> None:
        self.name, self.ids, self._engine = name, ids, engine
        self._present = {row[0] for row in engine.rows(f"SELECT DISTINCT predicate FROM {name}")}

    def properties(self) -> frozenset[URIRef]:
        """Return the properties that are stated; they need the table ``terms``."""
        if not self._present:
            return frozenset()
        ids = ", ".join(map(str, self._present))
        return frozenset(URIRef(iri) for (iri,) in self._engine.rows(f"SELECT value FROM terms WHERE id IN ({ids})"))

    def entailed(self, prop: URIRef) -> str:
        """Return the query for ``subject`` and ``object`` of a property, stated or implied by another, not each once.

        It is empty where there are none: no statement is of such a property.
        """
        same = [other for other, turned in implying(prop) if not turned]
        turned = [other for other, turned in implying(prop) if turned]
        return " UNION ALL ".join(
            f"SELECT {ends} FROM {self.name} WHERE {condition}{self.ids.among('predicate', found)}"
            for ends, condition, properties in (
                ("subject, object", "", same),
                ("object AS subject, subject AS object", "object >= 0 AND ", turned),
            )
            if (found := [each for each in properties if self.ids(each) in self._present])
        )


def following(properties: Iterable[URIRef]) -> frozenset[URIRef]:
    """Return properties with all of which statements follow from theirs."""
    stated = frozenset(properties)
    return stated | {implied for prop in stated for implied, _ in implications().get(prop, ())}


def make_broader(engine: Engine, classes: Iterable[URIRef], ids: Ids) -> None:
    """Make the table of which of some classes follow from which."""
    asked = frozenset(classes)
    rows = [
        (ids(kind), ids(wider)) for kind, broader in broader_classes().items() for wider in broader if wider in asked
    ]
    engine.values(BROADER, {"kind": "BIGINT", "broader": "BIGINT"}, rows)


def with_broader(classes: str) -> str:
    """Return the query for the classes of nodes in a table, with those that follow, each once.

    Args:
        classes: The query for ``subject`` and ``object``, which is its class.
    """
    return (
        f"SELECT subject, object FROM ({classes}) AS stated "
        f"UNION SELECT stated.subject, wider.broader AS object FROM ({classes}) AS stated "
        f"JOIN {BROADER} AS wider ON wider.kind = stated.object"
    )
