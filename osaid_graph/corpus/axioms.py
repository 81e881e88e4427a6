"""What is said of the vocabulary itself is left out of a corpus (:mod:`osaid_graph.graph.axioms`).

One document would otherwise change what every other is taken to mean.
"""

from __future__ import annotations

from typing import Final

from rdflib import RDFS

from osaid_graph.corpus.ids import Ids
from osaid_graph.engines import Engine
from osaid_graph.graph.axioms import vocabulary_terms

#: The table of the statements that are left.
_LEFT: Final = "said_without_axioms"


def leave_out_axioms(engine: Engine, ids: Ids) -> None:
    """Let ``said`` be without what is said of the vocabulary."""
    axiom = is_axiom(ids)
    if engine.rows(f"SELECT 1 FROM said WHERE {axiom} LIMIT 1"):  # which is rare
        engine.table(_LEFT, f"SELECT subject, predicate, object FROM said WHERE NOT {axiom}")
        engine.view("said", f"SELECT subject, predicate, object FROM {_LEFT}")


def is_axiom(ids: Ids) -> str:
    """Return the condition that a statement orders classes, or is about a term of the vocabulary."""
    return f"({ids.among('predicate', (RDFS.subClassOf,))} OR {ids.among('subject', vocabulary_terms())})"
