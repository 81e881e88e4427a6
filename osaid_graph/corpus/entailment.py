"""The fixed entailment of a check, set by set (:func:`osaid_graph.graph.ontology.entail`)."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef

from osaid_graph.corpus.ids import Ids
from osaid_graph.engines import Engine
from osaid_graph.graph.ontology import broader_classes, implying

#: The table of classes with those that follow: ``kind``, ``broader``.
BROADER = "broader_classes"


def entailed(prop: URIRef, stated: str, ids: Ids) -> str:
    """Return the query for ``subject`` and ``object`` of a property, stated or implied by another, not each once.

    Args:
        prop: The property.
        stated: The name of a table of statements.
        ids: The ids of the corpus.
    """
    same = [prop, *(other for other, turned in implying(prop) if not turned)]
    turned = [other for other, turned in implying(prop) if turned]
    query = f"SELECT subject, object FROM {stated} WHERE {ids.among('predicate', same)}"
    if turned:
        query += (
            f" UNION ALL SELECT object AS subject, subject AS object FROM {stated} "
            f"WHERE object >= 0 AND {ids.among('predicate', turned)}"
        )
    return query


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
