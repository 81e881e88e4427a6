"""Parameters written into the text of a query: the same answers as the engine gives that sets them itself."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from asked_queries import answer_of, values
from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_graph.errors import UsageError
from osaid_graph.query.library import named_queries, named_query
from osaid_graph.query.run import ask
from osaid_graph.query.substitution import NO_COLUMN, substituted
from osaid_graph.query.terms import PREFIXES, XSD, Term

EX = "http://example.org/"
PREFIX = f"PREFIX e: <{EX}>\n"


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    for source, target in ("ab", "bc", "cd", "xb"):
        found.add(ox.Quad(node(source), node("p"), node(target), node("g")))
        found.add(ox.Quad(node(source), node("p"), node(target)))
    found.add(ox.Quad(node("a"), node("name"), ox.Literal("a")))
    return found


@pytest.mark.parametrize("name", named_queries())
def test_a_named_query_with_its_values_in_its_text_has_the_same_answer(name: str) -> None:
    asked, bound = values(name)
    text = substituted(named_query(name).sparql, bound)
    found = ask(asked, text)
    assert (found.columns, found.rows, found.triples) == (
        answer_of(name).columns,
        answer_of(name).rows,
        answer_of(name).triples,
    )


#: Where a parameter can stand, with ?n for it; each selects ?n, as every query has to.
PLACES = [
    "SELECT ?n ?u { ?n e:p+ ?u } ORDER BY ?n ?u",
    "SELECT ?n ?u { ?u e:p ?n } ORDER BY DESC(?n) ?u",
    "SELECT ?n ?u { ?u e:p e:b FILTER(?u != ?n) }",
    "SELECT ?n ?u { ?u e:p e:b FILTER NOT EXISTS { ?n e:p ?y FILTER(?u = ?n) } } ORDER BY ?u",
    "SELECT ?n ?u { ?u e:p e:b MINUS { ?u e:p e:b FILTER(?u = ?n) } } ORDER BY ?u",
    "SELECT ?n ?u { { ?n e:p ?u } UNION { ?u e:p ?n } } ORDER BY ?u",
    "SELECT $n ?u { $n e:p ?u }",
    "SELECT ?n ?u ?bound { ?n e:p ?u BIND(BOUND(?n) AS ?bound) }",
    "SELECT ?n (BOUND(?n) && ?n = ?n AS ?same) { ?n e:p ?u }",
    "SELECT DISTINCT ?n { ?n e:p ?u }",
    "SELECT ?n (COUNT(*) AS ?c) { ?n e:p+ ?u } GROUP BY ?n",
    "SELECT ?n (COUNT(DISTINCT ?n) AS ?c) { ?n e:p+ ?u } GROUP BY ?n ORDER BY ?n",
    "SELECT ?n ?u (COUNT(?n) AS ?c) { ?n e:p+ ?u } GROUP BY ?n ?u HAVING(MIN(?n) = ?n) ORDER BY ASC(?n) ?u LIMIT 5",
    "SELECT ?n ?u { ?n e:p ?u { SELECT ?n (COUNT(*) AS ?c) { ?n e:p+ ?y } GROUP BY ?n } FILTER(?c = 2) }",
    "SELECT ?n ?u { ?n e:p ?u { SELECT ?n { ?n e:p+ ?y } } }",
    "SELECT ?n ?u { ?n e:p ?u { SELECT ?u { ?n e:p ?u } } } ORDER BY ?u  # another ?n",
    "SELECT ?n ?u { ?n e:p ?u { SELECT * { ?n e:p ?u } } } ORDER BY ?u",
    "SELECT ?n ?u { GRAPH e:g { ?n e:p ?u } GRAPH ?g { ?u e:p ?v } OPTIONAL { ?v e:p ?w FILTER(?w != ?n) } }",
    'SELECT ?n ?u { ?n e:p ?u BIND("?n" AS ?text) } # ?n',
    "SELECT ?n ?u { ?n e:p ?u . ?u ?q ?v } GROUP BY ?u ?n ORDER BY (?n) DESC(?u)",
    "SELECT ?n ?u { ?n e:p ?u } ORDER BY STR(?n) xsd:string(?n) ?u",
    "ASK { ?n e:p e:b }",
    "CONSTRUCT { ?u e:q ?n } WHERE { ?n e:p ?u }",
    "DESCRIBE ?n",
    "DESCRIBE ?n ?u { ?n e:p ?u }",
]


@pytest.mark.parametrize("query", PLACES)
@pytest.mark.parametrize("value", ["a", "b", "nowhere"])
def test_a_value_has_the_same_answer_in_the_text_as_set_by_the_engine(store: ox.Store, query: str, value: str) -> None:
    set_by_the_engine = ask(store, PREFIX + query, {"n": node(value)})
    found = ask(store, substituted(PREFIX + query, {"n": node(value)}))
    columns = tuple(column for column in found.columns if not column.startswith(NO_COLUMN))
    assert columns == set_by_the_engine.columns
    assert len(found.rows) == len(set_by_the_engine.rows)
    if columns:
        assert found.rows == set_by_the_engine.rows
    assert (found.truth, set(found.triples)) == (set_by_the_engine.truth, set(set_by_the_engine.triples))


@settings(max_examples=50)
@given(st.text(max_size=12), st.sampled_from(["", "fr", "integer"]))
def test_no_value_is_read_as_sparql(text: str, kind: str) -> None:
    value: Term = ox.Literal(text, language="fr") if kind == "fr" else ox.Literal(text)
    if kind == "integer":
        value = ox.Literal(text, datatype=ox.NamedNode(f"{XSD}integer"))
    store = ox.Store()
    store.add(ox.Quad(node("s"), node("name"), value))
    query = PREFIX + "SELECT ?text ?s { ?s e:name ?text FILTER(SAMETERM(?text, ?text)) }"
    try:
        written = substituted(query, {"text": value})
    except UsageError as error:
        assert "holds an escape" in error.message
        return
    assert ask(store, written).rows == ((node("s"),),)


def test_what_some_engines_read_as_an_escaped_character_is_not_sent() -> None:
    query = PREFIX + "SELECT ?text ?s { ?s e:name ?text }"
    with pytest.raises(UsageError) as raised:
        substituted(query, {"text": ox.Literal("\\u0022 } DROP ALL")})
    assert raised.value.message == "text: '\\\\u0022 } DROP ALL' holds an escape"


def test_prefixes_that_are_used_are_declared_and_no_others() -> None:
    text = substituted("PREFIX prov: <http://elsewhere/>\nSELECT ?x { ?x osaid:trainedOn hub:a ; prov:used ?y }", {})
    assert text == (
        f"PREFIX osaid: <{PREFIXES['osaid']}>\nPREFIX hub: <{PREFIXES['hub']}>\n"
        "PREFIX prov: <http://elsewhere/>\nSELECT ?x { ?x osaid:trainedOn hub:a ; prov:used ?y }"
    )


def test_a_text_reads_as_a_person_would_have_written_it() -> None:
    text = substituted(PREFIX + "SELECT DISTINCT ?n ?u WHERE {\n  ?n e:p ?u .\n}\nORDER BY ?n ?u\n", {"n": node("a")})
    assert text == PREFIX + f"SELECT DISTINCT ?u WHERE {{\n  <{EX}a> e:p ?u .\n}}\nORDER BY ?u\n"
    text = substituted(PREFIX + "SELECT ?n (COUNT(*) AS ?c) { ?n e:p ?u } GROUP BY ?n", {"n": node("a")})
    assert text == PREFIX + f"SELECT (COUNT(*) AS ?c) {{ <{EX}a> e:p ?u }} GROUP BY (<{EX}a>) "


@pytest.mark.parametrize(
    ("query", "value", "message", "hint"),
    [
        ("SELECT ?u { ?n e:p ?u }", node("a"), "the parameter ?n is not in SELECT", "write SELECT ?n ..."),
        (
            "SELECT ?n ?u { ?n e:p ?u BIND(?u AS ?n) }",
            node("a"),
            "the parameter ?n is set inside the query",
            "give the variable there another name",
        ),
        (
            "SELECT ?n ?u { VALUES (?u ?n) { (e:a e:b) } }",
            node("a"),
            "the parameter ?n is set inside the query",
            "give the variable there another name",
        ),
        ("SELECT ?n ?u { ?u ?n e:b }", ox.Literal("p"), 'no query with ?n = "p": not SPARQL, told at column 21', ""),
        (
            "SELECT ?n ?u { ?u e:p ?n }",
            ox.BlankNode("b"),
            "n: a blank node has no name elsewhere",
            "give a node that has an IRI",
        ),
    ],
)
def test_where_no_value_can_stand_is_told(query: str, value: Term, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        substituted(PREFIX + query, {"n": value})
    assert raised.value.message == message
    assert raised.value.hint.startswith(hint)
