"""The scopes of all subjects at once: the same nodes, reached in the same way, as one by one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from corpus_tables import ID_OF, every_subject, tables_of, terms_of
from hypothesis import given, settings
from hypothesis import strategies as st
from lineage_graphs import EX, described, names, node, related
from rdflib import RDF, Graph, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.assessment.assess import MAX_IN_SCOPE, prepare
from osaid_graph.corpus.scope import make_scope
from osaid_graph.corpus.subjects import make_described, make_subjects
from osaid_graph.engines import Engine
from osaid_graph.graph.load import load
from osaid_graph.lineage.edges import OWNERS, Edge, components, derivations
from osaid_graph.lineage.scope import Scope, scope
from osaid_graph.vocab import OSAID

ROOT = Path(__file__).parent.parent.parent
RELEASES = ROOT / "data" / "releases"
FIXTURES = ROOT / "tests" / "fixtures"
PROPERTIES = (RDF.type, OSAID.trainedOn, *components(), *derivations(), *OWNERS, OSAID.scope)

Reached = dict[IdentifiedNode, tuple[int, IdentifiedNode | None, Edge | None, bool, bool]]


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
    engine: Engine,
    graph: Graph,
    subjects: Iterable[IdentifiedNode] | None = None,
    *,
    together: int = 1_000,
    most: int = MAX_IN_SCOPE,
) -> dict[IdentifiedNode, Reached]:
    """Return what the engine finds in scope of some subjects, of those of a corpus if None."""
    terms = terms_of(engine, graph)
    facts = tables_of(engine, "facts", graph, PROPERTIES)
    if subjects is None:
        make_subjects(engine, facts)
    else:
        make_described(engine, facts)
        engine.values("subjects", {"subject": "BIGINT", "kind": "VARCHAR"}, [(ID_OF(each), "") for each in subjects])
    count = make_scope(engine, facts, together=together, most=most)
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


def test_the_scopes_of_all_releases_together_are_those_of_each(engine: Engine) -> None:
    graph = prepare(load([str(RELEASES), str(FIXTURES / "lineage" / "family.ttl")]))
    subjects = every_subject(graph)
    found = scopes(engine, graph, subjects, together=20)
    assert len(subjects) == 50 and set(found) == set(subjects)
    for subject in subjects:
        assert found[subject] == reached(scope(graph, subject)), subject


def test_a_long_walk_among_short_ones_is_traced_to_its_end(engine: Engine) -> None:
    graph = Graph()
    for number in range(60):
        graph.add((node(number), RDF.type, OSAID.Parameters))
        graph.add((node(number), OSAID.derivedFrom, node(number + 1)))
    for number in range(100, 160):
        graph.add((node(number), RDF.type, OSAID.Model))
    found = scopes(engine, graph)
    assert len(found) == 120
    assert found[node(0)] == reached(scope(graph, node(0)))
    assert found[node(0)][node(60)][0] == 60
    assert set(found[node(100)]) == {node(100)}


# -- which are assessed ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("ex:s a :AISystem ; :hasModel ex:m . ex:m a :Model ; :hasParameters ex:p . ex:p a :Parameters .", "s"),
        ("ex:m a :Model ; :fineTunedFrom ex:b . ex:b a :Model .", "m b"),
        ("ex:m a :Model ; :trainedOn ex:d . ex:d a :Dataset ; :derivedFrom ex:t . ex:t a :Model .", "m t"),
        ("ex:m a :Model ; :hasModel ex:m .", "m"),
        ("ex:d a :Dataset ; :hasComponent ex:m . ex:m a :Model .", "m"),
        ("ex:a a :Model ; :hasModel ex:b . ex:b a :Model ; :hasModel ex:a ; :hasParameters ex:p .", "a b"),
        ("ex:s a :AISystem ; :hasModel ex:a . ex:a a :Model ; :hasModel ex:b . ex:b a :Model ; :hasModel ex:a .", "s"),
        ("ex:m a :Model ; :fineTunedFrom ex:gone .", "m"),
    ],
    ids=["element", "base", "teacher", "itself", "part of data", "circle", "circle within", "unresolved"],
)
def test_what_is_part_of_no_other_is_assessed(engine: Engine, text: str, subjects: str) -> None:
    assert names(scopes(engine, described(text))) == set(subjects.split())


def test_the_kind_of_a_subject_is_the_first_that_it_is(engine: Engine) -> None:
    graph = described("ex:a a :Parameters , :AISystem . ex:b a :Model , :Parameters . ex:c a :Parameters .")
    make_subjects(engine, tables_of(engine, "facts", graph, PROPERTIES))
    assert dict(engine.rows("SELECT subject, kind FROM subjects")) == {
        ID_OF(URIRef(EX + name)): kind for name, kind in (("a", "system"), ("b", "model"), ("c", "parameters"))
    }


# -- kept aside --------------------------------------------------------------------------------------------------


def aside(engine: Engine) -> dict[str, str]:
    rows = engine.rows("SELECT aside.subject, aside.reason, terms.value FROM aside JOIN terms ON terms.id = subject")
    return {value.removeprefix(EX): reason for _, reason, value in rows}


def test_a_subject_with_too_many_nodes_in_scope_is_kept_aside_and_the_rest_goes_on(engine: Engine) -> None:
    graph = described("""
        ex:large a :Parameters ; :trainedOn ex:d1 , ex:d2 , ex:d3 . ex:deep a :Parameters ; :trainedOn ex:d0 .
        ex:d0 a :Dataset ; :subsetOf ex:d1 . ex:d1 a :Dataset ; :subsetOf ex:d2 . ex:d2 a :Dataset ; :subsetOf ex:d3 .
        ex:right a :Parameters ; :trainedOn ex:d1 . ex:small a :Parameters . ex:d3 a :Dataset .
        ex:passing a :Parameters ; :trainedOn ex:d1 . ex:whole a :AISystem ; :hasParameters ex:passing .
    """)
    parameters = [URIRef(EX + name) for name in ("large", "deep", "right", "small", "passing")]
    found = scopes(engine, graph, parameters, most=4)
    assert names(found) == {"large", "right", "small", "passing"}
    assert all(len([each for each in nodes.values() if each[4]]) <= 4 for nodes in found.values())
    reason = "more than 4 nodes are in scope: describe shards or pages of a dataset as one dataset"
    assert aside(engine) == {"deep": reason}
    assert found == {subject: reached(scope(graph, subject)) for subject in found}
