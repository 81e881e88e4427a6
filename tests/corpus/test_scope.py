"""The scopes of all subjects at once: the same nodes, reached in the same way, as one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from corpus_tables import ID_OF, tables_of, terms_of
from hypothesis import given, settings
from hypothesis import strategies as st
from lineage_graphs import related
from rdflib import RDF, Graph, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.corpus.scope import make_scope
from osaid_graph.corpus.subjects import make_described, make_subjects
from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.lineage.edges import OWNERS, SUBJECTS, Edge, components, derivations
from osaid_graph.lineage.scope import Scope, scope
from osaid_graph.vocab import OSAID

ROOT = Path(__file__).parent.parent.parent
RELEASES = ROOT / "data" / "releases"
FIXTURES = ROOT / "tests" / "fixtures"
PROPERTIES = (RDF.type, OSAID.trainedOn, *components(), *derivations(), *OWNERS)

Reached = dict[IdentifiedNode, tuple[int, IdentifiedNode | None, Edge | None, bool, bool]]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    found = DuckDB(1 << 30, threads=1)
    yield found
    found.close()


def reached(found: Scope) -> Reached:
    """Return what a scope says of each node: distance, the node before, the edge, and what it is there."""
    return {
        each: (
            len(found.trace(each)) - 1,
            *((None, None) if arrival is None else arrival),
            each in found.entries,
            each not in found.contexts,
        )
        for each, arrival in found.arrivals.items()
    }


def scopes(
    engine: Engine, graph: Graph, subjects: Iterable[URIRef] | None = None, together: int = 1_000
) -> dict[IdentifiedNode, Reached]:
    """Return what the engine finds in scope of some subjects, of those of a corpus if None."""
    terms = terms_of(engine, graph)
    facts = tables_of(engine, "facts", graph, PROPERTIES)
    if subjects is None:
        make_subjects(engine, facts)
    else:
        make_described(engine, facts)
        engine.values("subjects", {"subject": "BIGINT", "kind": "VARCHAR"}, [(ID_OF(each), "") for each in subjects])
    count = make_scope(engine, facts, together=together)
    rows = engine.rows("SELECT subject, node, depth, previous, predicate, inverse, entry, counted FROM scope")
    assert len(rows) == count
    found: dict[IdentifiedNode, Reached] = {}
    for subject, at, depth, previous, predicate, inverse, entry, counted in rows:
        edge = None if predicate is None else Edge(terms[predicate], terms[at], inverse)  # type: ignore[arg-type]
        told = (depth, terms.get(previous), edge, entry, counted)
        of_subject = found.setdefault(terms[subject], {})  # type: ignore[arg-type]
        assert at not in of_subject
        of_subject[terms[at]] = told  # type: ignore[index, assignment]
    return found


def every_subject(graph: Graph) -> list[URIRef]:
    return sorted({each for kind in SUBJECTS for each in graph.subjects(RDF.type, kind)})  # type: ignore[type-var, arg-type]


# -- the same as one by one --------------------------------------------------------------------------------------


def beside(graphs: Iterable[Graph]) -> Graph:
    """Return graphs in one, the nodes of each with names of their own."""
    whole = Graph()
    for at, graph in enumerate(graphs):
        for subject, predicate, value in graph:
            own = value if predicate == RDF.type else URIRef(f"{value}-{at}")
            whole.add((URIRef(f"{subject}-{at}"), predicate, own))
    return whole


@settings(max_examples=10)
@given(st.lists(related(), min_size=8, max_size=8))
def test_any_scope_is_that_of_the_walk_from_one_subject(engine: Engine, graphs: list[Graph]) -> None:
    graph = beside(graphs)
    subjects = every_subject(graph)
    found = scopes(engine, graph, subjects, together=10)
    assert set(found) == set(subjects)
    for subject in subjects:
        assert found[subject] == reached(scope(graph, subject)), subject
