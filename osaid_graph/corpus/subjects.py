"""Which nodes of a corpus are assessed: every release that is described, once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rdflib import RDF

from osaid_graph.corpus.fixpoint import fixpoint
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.lineage.condensation import condensed
from osaid_graph.lineage.edges import SUBJECTS
from osaid_graph.vocab import OSAID

#: The table of all systems, models and parameters: ``subject`` and ``kind``, the word for the first class it has.
DESCRIBED: Final = "described"
#: The table of those that are assessed.
ASSESSED: Final = "subjects"
#: The words for what may be assessed, in the order in which they are chosen (:mod:`osaid_graph.assessment.subject`).
KINDS: Final = ("system", "model", "parameters")


def make_subjects(engine: Engine, facts: Vertical) -> int:
    """Make the tables ``described`` and ``subjects``, and return how many subjects there are.

    A subject is a system, model or parameters that is no component of another, whatever else was made from it. Of
    those that are components of each other, in a circle that nothing else has as a component, all are.
    """
    make_described(engine, facts)
    engine.table(
        "inner_parts",
        f"SELECT edges.subject, edges.object FROM ({facts.select((OSAID.hasComponent,))}) AS edges "
        f"JOIN {DESCRIBED} AS wholes ON wholes.subject = edges.subject "
        f"JOIN {DESCRIBED} AS parts ON parts.subject = edges.object WHERE edges.subject <> edges.object",
    )
    engine.table(
        "outermost",
        f"SELECT subject FROM {DESCRIBED} AS all_of_them "
        "WHERE NOT EXISTS (SELECT 1 FROM inner_parts AS edges WHERE edges.object = all_of_them.subject)",
    )
    engine.values("in_circles", {"subject": "BIGINT"}, _in_circles(engine))
    count = engine.table(
        ASSESSED,
        f"SELECT subject, kind FROM {DESCRIBED} WHERE subject IN (SELECT subject FROM outermost) "
        "OR subject IN (SELECT subject FROM in_circles)",
    )
    engine.drop("inner_parts", "outermost", "in_circles")
    return count


def make_described(engine: Engine, facts: Vertical) -> None:
    """Make the table ``described``."""
    ids = [facts.ids(kind) for kind in SUBJECTS]
    first = " ".join(f"WHEN MIN(CASE object {_cases(ids)} END) = {at} THEN '{word}'" for at, word in enumerate(KINDS))
    engine.table(
        DESCRIBED,
        f"SELECT subject, CASE {first} END AS kind FROM ({facts.select((RDF.type,))}) AS kinds "
        f"WHERE {facts.ids.among('object', SUBJECTS)} GROUP BY subject",
    )


def _cases(ids: Iterable[int]) -> str:
    return " ".join(f"WHEN {id_} THEN {at}" for at, id_ in enumerate(ids))


def _in_circles(engine: Engine) -> list[tuple[int]]:
    """Return the members of circles that are part of nothing outside: what no way leads to from the outermost."""
    fixpoint(
        engine,
        "within",
        ("subject",),
        "SELECT subject FROM outermost",
        lambda last: (
            f"SELECT DISTINCT edges.object AS subject FROM {last} AS last "
            "JOIN inner_parts AS edges ON edges.subject = last.subject "
            "WHERE NOT EXISTS (SELECT 1 FROM within AS known WHERE known.subject = edges.object)"
        ),
    )
    arcs: dict[int, list[int]] = {}
    for start, end in engine.rows(
        "SELECT subject, object FROM inner_parts AS edges "
        "WHERE NOT EXISTS (SELECT 1 FROM within WHERE within.subject = edges.subject)"
    ):
        arcs.setdefault(start, []).append(end)
    engine.drop("within")
    circles = condensed(arcs)
    entered = {end for ends in circles.arcs for end in ends}
    return [(node,) for unit, nodes in enumerate(circles.members) if unit not in entered for node in nodes]
