"""Which subjects a judgement is on that names none: those of the document that holds it."""

from __future__ import annotations

from typing import Final

from rdflib import RDF

from osaid_graph.corpus.ids import Ids
from osaid_graph.engines import Engine
from osaid_graph.graph.ontology import narrower_classes
from osaid_graph.lineage.edges import SUBJECTS
from osaid_graph.vocab import OSAID

#: The table of them: ``judgement`` and ``subject``.
HOLDS: Final = "holds"


def make_holds(engine: Engine, ids: Ids) -> int:
    """Make the table ``holds`` of the live statements of a corpus, and return the number of its rows.

    Args:
        engine: Where the tables of a corpus are (:meth:`osaid_graph.corpus.open.Corpus.attach`).
        ids: The ids of the corpus.
    """
    kinds = ids.among("object", sorted({each for kind in SUBJECTS for each in narrower_classes(kind)}))
    place = "SELECT DISTINCT s.subject, sources.document FROM statements s JOIN sources ON sources.source = s.source"
    engine.table(
        "unnamed_judgements",
        f"{place} WHERE {ids.among('s.predicate', (OSAID.judges,))} AND s.subject NOT IN "
        f"(SELECT subject FROM statements WHERE {ids.among('predicate', (OSAID.subject,))})",
    )
    count = engine.table(
        HOLDS,
        "SELECT DISTINCT judgements.subject AS judgement, described.subject FROM unnamed_judgements AS judgements JOIN "
        f"({place} WHERE {ids.among('s.predicate', (RDF.type,))} AND {kinds}) AS described "
        "ON described.document = judgements.document",
    )
    engine.drop("unnamed_judgements")
    return count
