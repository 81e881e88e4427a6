"""The shipped rules, compiled, give what pySHACL gives: on every fixture of a rule and on every shipped release."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from compiled_shapes import compiled, plain, store
from rdflib import RDFS, Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.assessment.assess import prepare
from osaid_graph.compiler.compile import compile_shapes
from osaid_graph.compiler.plan import Plan
from osaid_graph.compiler.run import drop_shared, make_shared, run
from osaid_graph.engines import Engine
from osaid_graph.graph.conclusions import conclude
from osaid_graph.graph.load import load
from osaid_graph.graph.ontology import entail, ontology
from osaid_graph.lineage.completion import complete
from osaid_graph.term_ids import term_id
from osaid_graph.terms import policy
from osaid_graph.validation.definition import rulebook, shapes
from osaid_graph.validation.rules import rules_of, targeted
from osaid_graph.validation.validate import validate
from osaid_graph.vocab import token

ROOT = Path(__file__).resolve().parents[2]
#: Rule, focus, value (empty where there is none) and constraint component.
Row = tuple[str, str, str, str]


@cache
def fixtures() -> Graph:
    """Return all fixtures in one graph, each with nodes of its own, and the classes above one another."""
    whole = Graph()
    for number, path in enumerate(sorted((ROOT / "tests" / "fixtures" / "rules").glob("*/*.ttl"))):
        for subject, predicate, value in Graph().parse(path, format="turtle"):
            whole.add((_apart(subject, number), predicate, _apart(value, number)))
    for triple in ontology().triples((None, RDFS.subClassOf, None)):
        whole.add(triple)
    entail(whole)
    return whole


@cache
def releases() -> Graph:
    """Return all shipped releases in one graph, as they are assessed."""
    whole = Graph()
    for path in sorted((ROOT / "data" / "releases").glob("*.yaml")):
        graph = prepare(load([str(path)]))
        conclude(graph, policy())
        complete(graph)
        whole += graph
    return whole


GRAPHS = {"fixtures": fixtures, "releases": releases}


def _apart(node: Node, number: int) -> Node:
    return URIRef(f"{node}-{number}") if isinstance(node, URIRef) and "example.org" in node else node


def _by_statements(plan: Plan, engine: Engine, graph: Graph) -> Counter[Row]:
    known = {term_id(term): plain(term) for triple in graph for term in triple}  # type: ignore[arg-type]
    make_shared(plan, engine)
    found: Counter[Row] = Counter()
    for statement in plan.statements:
        for focus, value, *_ in engine.rows(statement.sql):
            said = "" if statement.about_focus or value is None else known[value]
            found[token(statement.shape), known[focus], said, token(statement.component)] += 1
    drop_shared(plan, engine)
    return found


@pytest.mark.parametrize("name", GRAPHS)
def test_compiled_rules_find_what_pyshacl_finds(name: str, engine: Engine) -> None:
    graph = GRAPHS[name]()
    store(engine, graph)
    expected = Counter(
        (each.rule, plain(each.focus), "" if each.value is None else plain(each.value), token(each.component))
        for each in validate(graph, shapes())
    )
    assert _by_statements(compiled(engine, shapes()), engine, graph) == expected
    assert len({rule for rule, *_ in expected}) > {"fixtures": 150, "releases": 20}[name]


def test_a_run_makes_one_relation_of_all_results(engine: Engine) -> None:
    store(engine, releases())
    plan = compiled(engine, shapes())
    by_statements = _by_statements(plan, engine, releases())
    total = run(plan, engine, "results", token)
    known = {term_id(term): plain(term) for triple in releases() for term in triple}  # type: ignore[arg-type]
    rows = engine.rows("SELECT rule, focus, value FROM results")
    found = Counter((rule, known[focus], "" if value is None else known[value]) for rule, focus, value in rows)
    assert total == len(rows) == by_statements.total()
    assert found == _without_component(by_statements)


def _without_component(rows: Counter[Row]) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for (rule, focus, value, _), times in rows.items():
        found[rule, focus, value] += times
    return found


def test_a_run_leaves_out_the_results_of_shapes_without_a_name(engine: Engine) -> None:
    store(engine, releases())
    kept = rules_of(shapes())[0]

    def called(shape: IdentifiedNode) -> str | None:
        return "kept" if shape == kept else None

    run(compiled(engine, shapes()), engine, "results", called)
    assert {rule for (rule,) in engine.rows("SELECT DISTINCT rule FROM results")} <= {"kept"}


def test_shapes_that_find_nothing_make_an_empty_relation(engine: Engine) -> None:
    store(engine, Graph())
    assert run(compiled(engine, shapes()), engine, "results", token) == 0
    assert engine.rows("SELECT rule, focus, value FROM results") == []


@pytest.mark.parametrize("folder", sorted((ROOT / "data" / "profiles").iterdir()), ids=lambda folder: folder.name)
def test_shipped_profiles_can_be_compiled(folder: Path) -> None:
    book = rulebook(str(folder))
    compiled_shapes = {statement.shape for statement in compile_shapes(book.shapes, lambda iri: token(iri)).statements}
    assert targeted(book.shapes) == compiled_shapes
