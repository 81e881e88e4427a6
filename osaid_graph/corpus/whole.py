"""The whole graph that the rules run on: the facts, what terms come to, and what is transitive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import XSD, Literal, URIRef

from osaid_graph.corpus.circles import Circles
from osaid_graph.corpus.complete import DERIVED, Completion
from osaid_graph.corpus.conclude import TABLES as OF_TERMS
from osaid_graph.corpus.conclude import conclude
from osaid_graph.corpus.ids import Ids
from osaid_graph.corpus.made_terms import MadeTerms
from osaid_graph.corpus.prepare import prepare
from osaid_graph.corpus.relevant import Relevant
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.terms import Policy
from osaid_graph.vocab import OSAID

_TRUE = Literal(True, datatype=XSD.boolean)
_CIRCULAR = "circular_nodes"


@dataclass(frozen=True, slots=True)
class Graphs:
    """The two graphs of an assessment: scope is taken from the ``facts``, and rules run on the ``whole``."""

    facts: Vertical
    whole: Vertical


def make_graphs(engine: Engine, relevant: Relevant, policy: Policy, seed: int = 0) -> Graphs:
    """Make the graphs ``facts`` and ``whole``, and the view ``whole_terms``, of the tables ``said`` and ``terms``.

    Args:
        engine: Where the tables are.
        relevant: What will be looked at.
        policy: What counts as approved terms.
        seed: The seed of the corpus's ids.
    """
    ids = Ids(seed)
    made = MadeTerms(engine, ids)
    facts = prepare(engine, relevant, made)
    additions = [conclude(engine, facts, policy, made), _completed(engine, facts, made)]
    whole = Vertical("whole", facts.tables, ids)
    for prop in whole.tables:
        _add(engine, facts, whole, prop, [each[prop] for each in additions if prop in each])
    engine.view(whole.name, whole.select())
    made.finish()
    engine.drop(DERIVED, _CIRCULAR, *OF_TERMS)
    return Graphs(facts, whole)


def _completed(engine: Engine, facts: Vertical, made: MadeTerms) -> dict[URIRef, str]:
    """Return the queries for what is transitive: by property, ``subject`` and ``object``, not each once."""
    ids = facts.ids
    Completion(engine, facts).derive()
    found = {row[0] for row in engine.rows(f"SELECT DISTINCT predicate FROM {DERIVED}")}
    derived = {
        prop: f"SELECT subject, object FROM {DERIVED} WHERE predicate = {ids(prop)}"
        for prop in facts.tables
        if ids(prop) in found
    }
    derivations = [f"SELECT subject, object FROM {facts[OSAID.derivedFrom]}"]
    derivations += [derived[OSAID.derivedFrom]] if OSAID.derivedFrom in derived else []
    edges = " UNION ALL ".join(derivations)
    engine.view("derivation_edges", f"SELECT subject, object FROM ({edges}) AS edges WHERE object >= 0")
    Circles(engine).find("derivation_edges", _CIRCULAR)
    made.add((OSAID.circular, _TRUE))
    engine.drop("derivation_edges")
    return derived | {OSAID.circular: f"SELECT subject, {ids(_TRUE)} AS object FROM {_CIRCULAR}"}


def _add(engine: Engine, facts: Vertical, whole: Vertical, prop: URIRef, additions: Sequence[str]) -> None:
    """Make the table of a property in the whole graph: the facts, and what is new, each once."""
    stated, new = f"SELECT subject, object FROM {facts[prop]}", f"new_{whole[prop]}"
    count = 0
    if additions:
        count = engine.table(
            new,
            f"SELECT DISTINCT subject, object FROM ({' UNION ALL '.join(additions)}) AS added "
            f"WHERE NOT EXISTS (SELECT 1 FROM {facts[prop]} AS known "
            "WHERE known.subject = added.subject AND known.object = added.object)",
        )
    engine.view(whole[prop], f"{stated} UNION ALL SELECT subject, object FROM {new}" if count else stated)
