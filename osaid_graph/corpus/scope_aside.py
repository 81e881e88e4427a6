"""Subjects that cannot be assessed with all others: kept aside, each with the reason, while the rest goes on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from rdflib import OWL, RDF, RDFS, URIRef

from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.graph.ontology import ontology

#: The table of subjects that have no scope and no outcomes: ``subject``, ``reason``.
ASIDE: Final = "aside"
OWN_CLASSES: Final = (
    "a class is defined among what it was built from (rdfs:subClassOf); a corpus knows those of the ontology alone: "
    "use osaid-graph check"
)


def too_large(most: int) -> str:
    """Return the reason for a subject with more nodes in scope than are assessed."""
    return f"more than {most:,} nodes are in scope: describe shards or pages of a dataset as one dataset"


def make_aside(engine: Engine, facts: Vertical, large: Mapping[int, str]) -> None:
    """Make the table ``aside``, of the subjects of ``large`` and of some that are taken from the table ``scope`` here.

    What a class means that somebody defines lies further away than the neighbours of a node. So a subject is kept aside
    if a node in scope, or a neighbour of one, is of a class that is not of the ontology and is said to be a sub-class.

    Args:
        engine: Where the tables are.
        facts: The graph that scope was taken from.
        large: The reasons of subjects that are not in ``scope``.
    """
    engine.values("aside_large", {"subject": "BIGINT", "reason": "VARCHAR"}, sorted(large.items()))
    engine.table("own_classes", _own_classes(facts))
    if not engine.rows("SELECT 1 FROM own_classes LIMIT 1"):
        engine.table(ASIDE, "SELECT subject, reason FROM aside_large")
    else:
        typed = (
            f"SELECT subject AS node FROM ({facts.select((RDF.type,))}) AS kinds "
            "WHERE object IN (SELECT subject FROM own_classes)"
        )
        engine.table("own_instances", typed)
        near = (
            f"SELECT subject FROM ({facts.select()}) AS facts WHERE object IN (SELECT node FROM own_instances) "
            "UNION SELECT node FROM own_instances"
        )
        engine.table("own_subjects", f"SELECT DISTINCT subject FROM scope WHERE counted AND node IN ({near})")
        engine.table(
            ASIDE,
            "SELECT subject, reason FROM aside_large UNION ALL "
            f"SELECT subject, '{OWN_CLASSES}' AS reason FROM own_subjects",
        )
        engine.table("scope", "SELECT * FROM scope WHERE subject NOT IN (SELECT subject FROM own_subjects)")
    engine.drop("aside_large", "own_classes", "own_instances", "own_subjects")


def _own_classes(facts: Vertical) -> str:
    """Return the query for classes that are defined in the data."""
    known = facts.ids.among("subject", _classes_of_ontology())
    below = facts.select((RDFS.subClassOf,))
    return f"SELECT DISTINCT subject FROM ({below}) AS below WHERE NOT {known}"


@cache
def _classes_of_ontology() -> frozenset[URIRef]:
    """Return the classes of the ontology and of the vocabularies it is aligned to."""
    graph = ontology()
    below = {each for pair in graph.subject_objects(RDFS.subClassOf) for each in pair}
    found = {*graph.subjects(RDF.type, OWL.Class), *below}
    return frozenset(each for each in found if isinstance(each, URIRef))
