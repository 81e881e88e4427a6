"""A plan makes what its queries share once, leaves out what cannot be, and is SQL that every engine reads."""

from __future__ import annotations

import pytest
from compiled_shapes import by_engine, compiled, store
from rdflib import RDF, RDFS, Graph, URIRef
from shape_graphs import EX

from osaid_graph.compiler.compile import compile_shapes, predicates_of
from osaid_graph.compiler.explain import explain
from osaid_graph.compiler.plan import Plan
from osaid_graph.compiler.run import make_shared, run
from osaid_graph.engines import Engine
from osaid_graph.engines.dialect import to_spark
from osaid_graph.term_ids import iri_id
from osaid_graph.validation.definition import rulebook, shapes, versions
from osaid_graph.vocab import token

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def _graph(text: str) -> Graph:
    return Graph().parse(data=HEAD + text, format="turtle")


def _compiled(text: str, *, without: tuple[URIRef, ...] = (RDFS.subClassOf,), dialect: str = "duckdb") -> Plan:
    absent = {str(iri) for iri in without}
    return compile_shapes(
        _graph(text),
        lambda iri: None if iri in absent else f"p_{iri.replace('#', '/').rpartition('/')[2]}",
        dialect=dialect,
    )


def test_what_two_queries_read_is_made_once_and_what_one_reads_is_written_into_it() -> None:
    plan = _compiled(
        "ex:s sh:targetClass ex:C ; sh:not [ sh:path ex:p ; sh:minCount 1 ] ."
        "ex:t sh:targetClass ex:C ; sh:not [ sh:path ex:q ; sh:minCount 1 ] ."
    )
    (shared,) = plan.shared
    ids = iri_id(str(EX.C))
    assert (shared.name, shared.columns) == ("shape_1_C", ("node",))
    assert shared.sql == f"SELECT r.subject AS node FROM p_type AS r WHERE r.object = {ids}"
    assert [statement.sql for statement in plan.statements] == [
        f"SELECT f.node AS focus, f.node AS value FROM {shared.name} AS f LEFT JOIN "
        f"(SELECT DISTINCT r.subject AS node FROM p_{name} AS r) AS m1 ON m1.node = f.node WHERE NOT m1.node IS NULL"
        for name in ("p", "q")
    ]


def test_where_nothing_has_a_property_what_follows_from_that_is_not_asked() -> None:
    text = (
        "ex:s sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:class ex:D ; sh:maxCount 1 ] ."
        "ex:t sh:targetSubjectsOf ex:p ; sh:class ex:D . ex:u a sh:PropertyShape ; sh:targetClass ex:C ; sh:path ex:p ;"
        " sh:minCount 1 ."
    )
    (only,) = _compiled(text, without=(EX.p, RDFS.subClassOf)).statements
    assert only.sql == (
        "SELECT f.node AS focus, CAST(NULL AS BIGINT) AS value FROM "
        f"(SELECT r.subject AS node FROM p_type AS r WHERE r.object = {iri_id(str(EX.C))}) AS f"
    )
    left = _compiled(text, without=(RDF.type, RDFS.subClassOf)).statements
    assert [each.shape for each in left] == [EX.t]


def test_the_properties_of_a_plan_are_those_that_the_shapes_name() -> None:
    text = (
        "ex:s sh:targetSubjectsOf ex:a ; sh:or ( [ sh:path ( ex:b [ sh:inversePath ex:c ] ) ; sh:equals ex:d ]"
        " [ sh:not [ sh:class ex:C ] ] [ sh:path ex:e ; sh:qualifiedMinCount 1 ;"
        " sh:qualifiedValueShape [ sh:property [ sh:path ex:f ; sh:lessThan ex:g ] ] ] ) ."
    )
    expected = sorted([*(str(EX[name]) for name in "abcdefg"), str(RDF.type), str(RDFS.subClassOf)])
    assert list(predicates_of(_graph(text))) == expected
    assert list(_compiled(text).predicates) == expected


@pytest.mark.parametrize("version", versions())
def test_the_shipped_rules_compile_to_what_means_the_same_in_spark(version: str) -> None:
    plan = compile_shapes(rulebook(version).shapes, lambda iri: f"p_{token(iri)}")
    assert len(plan.statements) > 140
    for text in (*(each.sql for each in plan.shared), *(each.sql for each in plan.statements)):
        to_spark(text)  # raises where Spark would do otherwise


def test_a_plan_is_written_in_the_dialect_that_is_asked_for() -> None:
    text = "ex:s sh:targetClass ex:C ; sh:pattern 'a.c' ."
    (ours,), (spark,) = (_compiled(text, dialect=dialect).statements for dialect in ("duckdb", "spark"))
    assert "REGEXP_MATCHES(t.value, 'a[^\\n]c')" in ours.sql
    assert "t.value RLIKE 'a[^\\\\n]c'" in spark.sql


def test_two_compilations_give_one_plan() -> None:
    graph = shapes()
    assert compile_shapes(graph, lambda iri: token(iri)) == compile_shapes(graph, lambda iri: token(iri))


def test_names_of_relations_are_quoted_where_they_need_to_be() -> None:
    plan = compile_shapes(
        _graph(
            "ex:s sh:targetObjectsOf ex:p ; sh:closed true ; sh:equals ex:p ; sh:minLength 1 ; sh:targetNode ex:n ."
        ),
        lambda iri: "table of p",
        terms="all terms",
        statements="all statements",
        prefix="my shape",
    )
    whole = " ".join([*(each.sql for each in plan.shared), *(each.sql for each in plan.statements)])
    assert '"table of p"' in whole and '"all terms"' in whole and '"all statements"' in whole
    for name in ("table of p", "all terms", "all statements", "my shape"):
        assert f" {name}" not in whole


def test_classes_below_one_another_are_found_in_steps(engine: Engine) -> None:
    data = _graph("ex:a a ex:C1 . ex:b a ex:C9 . ex:c a ex:Other .")
    for number in range(9):
        data.add((EX[f"C{number + 1}"], RDFS.subClassOf, EX[f"C{number}"]))
    data.add((EX.C0, RDFS.subClassOf, EX.C9))  # a circle
    found = by_engine(
        engine,
        data,
        _graph("ex:s sh:targetSubjectsOf <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ; sh:class ex:C0 ."),
    )
    assert [each.focus for each in found] == ["<https://example.org/c>"]


def test_a_path_of_any_length_is_followed_to_its_end(engine: Engine) -> None:
    data = Graph()
    for number in range(40):
        data.add((EX[f"n{number}"], EX.p, EX[f"n{number + 1}"]))
    shape = "ex:s a sh:PropertyShape ; sh:targetNode ex:n0 ; sh:path [ sh:oneOrMorePath ex:p ] ; sh:maxCount {} ."
    assert not by_engine(engine, data, _graph(shape.format(40)))
    assert by_engine(engine, data, _graph(shape.format(39))).total() == 1


def test_a_focus_that_is_a_literal_makes_no_result_of_a_run(engine: Engine) -> None:
    store(engine, _graph("ex:a ex:p 'text', ex:b ."))
    plan = compiled(engine, _graph("ex:s sh:targetObjectsOf ex:p ; sh:nodeKind sh:BlankNode ."))
    assert run(plan, engine, "results", token) == 1
    assert engine.rows("SELECT focus, value FROM results") == [(iri_id(str(EX.b)), None)]


def test_a_target_that_the_data_does_not_have_is_looked_at(engine: Engine) -> None:
    shape = "ex:s sh:targetNode 'long text', 'ab', 7 ; sh:minLength 3 ; sh:datatype xsd:string ."
    found = by_engine(engine, _graph("ex:a ex:p ex:b ."), _graph(shape))
    assert sorted((each.component.removesuffix("ConstraintComponent"), each.value[:4]) for each in found) == [
        ("Datatype", '"7"^'),
        ("MinLength", '"7"^'),
        ("MinLength", '"ab"'),
    ]


def test_an_engine_is_given_duckdbs_dialect_alone(engine: Engine) -> None:
    with pytest.raises(ValueError, match="DuckDB's dialect"):
        make_shared(_compiled("ex:s sh:targetClass ex:C ; sh:class ex:D .", dialect="spark"), engine)


def test_shapes_are_shown_a_constraint_a_line() -> None:
    text = (
        "ex:s sh:targetClass ex:C ; sh:targetSubjectsOf ex:p ; sh:severity sh:Warning ; sh:closed true ;"
        " sh:property [ sh:path ( ex:p [ sh:zeroOrOnePath ex:q ] ) ; sh:minCount 1 ; sh:pattern 'x' ;"
        " sh:in ( ex:a 1 ) ] ; sh:or ( [ sh:nodeKind sh:IRI ] [ sh:deactivated true ] ) ."
        "ex:t sh:targetNode ex:a ; sh:minInclusive 5 ."
    )
    graph = _graph(text)
    assert explain(graph) == (
        "ex:s (sh:Warning) on instances of ex:C or subjects of ex:p\n"
        "  or\n"
        "    nodeKind (iri)\n"
        "  |\n"
        "    deactivated\n"
        "  property\n"
        "    ex:p/ex:q?\n"
        "      minCount 1\n"
        "      pattern 'x'\n"
        '      in (ex:a "1"^^xsd:integer)\n'
        "  closed but\n"
        "\n"
        "ex:t (sh:Violation) on ex:a\n"
        '  minInclusive "5"^^xsd:integer\n'
    )
