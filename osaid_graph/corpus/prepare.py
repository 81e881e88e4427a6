"""From what is said to the facts: what a check does to a graph before terms are concluded, set by set.

The facts are those of :func:`osaid_graph.assessment.assess.prepare` that are looked at: entailment, the edges that
activities stand for, and classes for what is referred to.
"""

from __future__ import annotations

from rdflib import RDF, RDFS

from osaid_graph.corpus.axioms import leave_out_axioms
from osaid_graph.corpus.columns import NO_LINKS
from osaid_graph.corpus.entailment import BROADER, Stated, following, make_broader, with_broader
from osaid_graph.corpus.made_terms import MadeTerms
from osaid_graph.corpus.prepare_references import GIVEN, LABELS, References, label_unresolved
from osaid_graph.corpus.relevant import Relevant
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.graph.activities import EDGES
from osaid_graph.vocab import OSAID

#: The edges that activities stand for: statements.
_EXPANDED = "activity_edges"
_STATED = "stated"
#: Properties of which the steps of an assessment add statements.
_ADDED = (
    *(edge for _, _, edge in EDGES),
    *(RDFS.label, OSAID.approval, OSAID.grants, OSAID.restricts, OSAID.leavesUndecided, OSAID.concludedLicense),
    OSAID.circular,
)


def prepare(engine: Engine, relevant: Relevant, made: MadeTerms) -> Vertical:
    """Make the graph ``facts`` of the tables ``said`` and ``terms``; ``said`` loses what it says of the vocabulary.

    Args:
        engine: Where the tables are.
        relevant: What will be looked at.
        made: Where terms go that are new.
    """
    ids = made.ids
    leave_out_axioms(engine, ids)
    said = Stated(engine, "said", ids)
    stated = _with_activities(engine, said)
    properties = relevant.properties
    if relevant.everything:
        properties |= following({*said.properties(), *_ADDED})
    facts = Vertical("facts", properties, ids)
    for prop, table in facts.tables.items():
        links = stated.entailed(prop)
        if not links:
            engine.view(table, NO_LINKS)
        elif prop != RDF.type:
            engine.table(table, f"SELECT DISTINCT subject, object FROM ({links}) AS links")
    make_broader(engine, relevant.classes, ids)
    engine.table("classes", with_broader(said.entailed(RDF.type) or NO_LINKS))
    References(engine, facts, "classes", None if stated is said else _EXPANDED).resolve()
    given = with_broader(f"SELECT subject, object FROM {GIVEN}")
    engine.table(facts[RDF.type], f"SELECT subject, object FROM classes UNION {given}")
    if RDFS.label in facts:
        label_unresolved(engine, made)
        labels = said.entailed(RDFS.label) or NO_LINKS
        engine.table(facts[RDFS.label], f"{labels} UNION SELECT subject, object FROM {LABELS}")
    made.add(properties | relevant.classes)
    engine.view(facts.name, facts.select())
    engine.drop(_STATED, _EXPANDED, "classes", "unresolved", BROADER, GIVEN, LABELS)
    return facts


def _with_activities(engine: Engine, said: Stated) -> Stated:
    """Return what is said with the edges that activities stand for, which have a table of their own."""
    ids, queries = said.ids, []
    for made_by, used, edge in EDGES:
        products, values = said.entailed(made_by), said.entailed(used)
        if products and values:
            queries.append(
                f"SELECT products.subject, {ids(edge)} AS predicate, used.object FROM ({products}) AS products "
                f"JOIN ({values}) AS used ON used.subject = products.object"
            )
    if not queries or not engine.table(_EXPANDED, " UNION ALL ".join(queries)):
        return said
    tables = (f"SELECT subject, predicate, object FROM {name}" for name in (said.name, _EXPANDED))
    engine.view(_STATED, " UNION ALL ".join(tables))
    return Stated(engine, _STATED, ids)
