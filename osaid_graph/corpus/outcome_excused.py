"""Which subjects are excused from what binds machine learning alone (:mod:`osaid_graph.assessment.binding`)."""

from __future__ import annotations

from typing import Final

from rdflib import RDF

from osaid_graph.assessment.binding import TRAINED, TRAINING
from osaid_graph.corpus.subjects import ASSESSED
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.vocab import CODE, OSAID

#: The table of subjects that are excused: ``subject``.
EXCUSED: Final = "excused"


def make_excused(engine: Engine, whole: Vertical) -> int:
    """Make the table of systems that are rule-based and have nothing that only training gives; return their number."""
    ids, types = whole.ids, whole.select((RDF.type,))
    techniques, rule_based = whole.select((OSAID.technique,)), ids(CODE["rule-based"])
    engine.table(
        "rule_based",
        f"SELECT subject FROM {ASSESSED} WHERE subject IN (SELECT subject FROM ({techniques}) AS t "
        f"WHERE object = {rule_based}) AND subject NOT IN (SELECT subject FROM ({techniques}) AS t "
        f"WHERE object <> {rule_based}) AND subject NOT IN (SELECT subject FROM ({types}) AS kinds "
        f"WHERE {ids.among('object', (OSAID.Model, OSAID.Parameters))})",
    )
    training = f"SELECT subject FROM ({whole.select((OSAID.codeRole,))}) AS roles WHERE {ids.among('object', TRAINING)}"
    code = f"SELECT subject, object FROM ({whole.select((OSAID.hasCode,))}) AS code WHERE object IN ({training})"
    silent = f"SELECT subject FROM ({types}) AS kinds WHERE object = {ids(OSAID.NotApplicable)}"
    trained = (
        f"SELECT subject FROM (SELECT subject, object FROM ({whole.select(TRAINED)}) AS made UNION ALL {code}) AS had "
        f"WHERE subject IN (SELECT subject FROM rule_based) AND object NOT IN ({silent})"
    )
    count = engine.table(EXCUSED, f"SELECT subject FROM rule_based WHERE subject NOT IN ({trained})")
    engine.drop("rule_based")
    return count
