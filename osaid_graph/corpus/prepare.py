"""From what is said to the facts: what a check does to a graph before terms are concluded, set by set.

The facts are those of :func:`osaid_graph.assessment.assess.prepare` that are looked at: entailment, the edges that
activities stand for, and classes for what is referred to.
"""

from __future__ import annotations

from rdflib import RDF, RDFS

from osaid_graph.corpus.entailment import BROADER, entailed, make_broader, with_broader
from osaid_graph.corpus.ids import Ids
from osaid_graph.corpus.made_terms import MadeTerms
from osaid_graph.corpus.prepare_references import GIVEN, LABELS, References, label_unresolved
from osaid_graph.corpus.relevant import Relevant
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.graph.activities import EDGES

#: The edges that activities stand for: statements.
_EXPANDED = "activity_edges"
_STATED = "stated"


def prepare(engine: Engine, relevant: Relevant, made: MadeTerms) -> Vertical:
    """Make the graph ``facts`` of the tables ``said`` and ``terms``.

    Args:
        engine: Where the tables are.
        relevant: What will be looked at.
        made: Where terms go that are new.
    """
    ids = made.ids
    facts = Vertical("facts", relevant.properties, ids)
    expanded = _expand_activities(engine, ids)
    both = f"SELECT subject, predicate, object FROM said UNION ALL SELECT subject, predicate, object FROM {_EXPANDED}"
    engine.view(_STATED, both if expanded else "SELECT subject, predicate, object FROM said")
    for prop in set(facts.tables) - {RDF.type, RDFS.label}:
        engine.table(facts[prop], f"SELECT DISTINCT subject, object FROM ({entailed(prop, _STATED, ids)}) AS found")
    make_broader(engine, relevant.classes, ids)
    engine.table("classes", with_broader(entailed(RDF.type, "said", ids)))
    References(engine, facts, "classes", _EXPANDED if expanded else None).resolve()
    engine.table(facts[RDF.type], f"SELECT subject, object FROM classes UNION {with_broader(f'SELECT * FROM {GIVEN}')}")
    if RDFS.label in facts:
        label_unresolved(engine, made)
        labels = entailed(RDFS.label, "said", ids)
        engine.table(facts[RDFS.label], f"{labels} UNION SELECT subject, object FROM {LABELS}")
    made.add(relevant.properties | relevant.classes)
    engine.view(facts.name, facts.select())
    engine.drop(_STATED, _EXPANDED, "classes", "unresolved", BROADER, GIVEN, LABELS)
    return facts


def _expand_activities(engine: Engine, ids: Ids) -> int:
    """Make the table of the edges that activities stand for; return how many there are."""
    queries = []
    for made_by, used, edge in EDGES:
        products, values = entailed(made_by, "said", ids), entailed(used, "said", ids)
        queries.append(
            f"SELECT products.subject, {ids(edge)} AS predicate, used.object FROM ({products}) AS products "
            f"JOIN ({values}) AS used ON used.subject = products.object WHERE products.object >= 0"
        )
    return engine.table(_EXPANDED, " UNION ALL ".join(queries))
