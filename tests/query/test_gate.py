"""What is refused before a query runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osaid_graph.errors import UsageError
from osaid_graph.query.gate import checked
from osaid_graph.query.tokens import tokens

SERVICES = [
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { service SILENT ?where { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o OPTIONAL { SERVICE ?s { ?a ?b ?c } } }",
    "SELECT * { { SELECT ?s { SERVICE <http://example.org/> { ?s ?p ?o } } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://example.org/> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o MINUS { SERVICE <http://example.org/> { ?s ?p ?o } } }",
    "SELECT * { SERVICE<http://example.org/>{ ?s ?p ?o } }",
    "SELECT * { SERVICE\n# a comment\n<http://example.org/> { ?s ?p ?o } }",
    r"SELECT * { SERV\u0049CE <http://example.org/> { ?s ?p ?o } }",
    "PREFIX : <http://example.org/> SELECT * { SERVICE:a { ?s ?p ?o } }",
    "PREFIX : <http://example.org/> SELECT * { SERVICESILENT:a { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://example.org/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://example.org/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 'it\\'s' SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { FILTER(?a<?b) SERVICE <http://example.org/> { ?s ?p ?o } FILTER(?c>?d) }",
]


@pytest.mark.parametrize("text", SERVICES)
def test_a_service_is_refused_wherever_it_stands(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        checked(text)
    assert raised.value.message == "SERVICE asks another server"
    assert raised.value.hint == "nothing is fetched: give what the service would say as a further INPUT"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE <http://example.org/> { }' }",
        'SELECT * { ?s ?p """a "SERVICE" \n { """ }',
        "SELECT * { ?s ?p ?o } # SERVICE <http://example.org/> { }",
        "SELECT * { ?SERVICE <http://example.org/SERVICE> ?o }",
        "PREFIX service: <http://example.org/> SELECT * { GRAPH service:a { ?s service:b ?o } }",
    ],
)
def test_the_word_in_a_text_a_name_or_a_comment_is_no_service(text: str) -> None:
    assert checked(text) == "select"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT"),
        ("# a comment\nPREFIX a: <a:>\nDELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("load <http://example.org/>", "LOAD"),
        ("BASE <a:> WITH <b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH"),
        ("DROP ALL", "DROP"),
    ],
)
def test_an_update_is_refused(text: str, word: str) -> None:
    with pytest.raises(UsageError) as raised:
        checked(text)
    assert raised.value.message == f"an update ({word}), no query"
    assert raised.value.hint == "queries only read: change the description itself, and ask again"


def test_an_update_behind_a_query_is_no_sparql() -> None:
    with pytest.raises(UsageError, match="not SPARQL"):
        checked("SELECT * { ?s ?p ?o } ; DROP ALL")


@pytest.mark.parametrize("what", ["FROM <http://example.org/g>", "FROM NAMED osaid:g", "FROM<http://example.org/g>"])
def test_a_graph_that_is_not_there_is_told_and_not_fetched(what: str) -> None:
    with pytest.raises(UsageError) as raised:
        checked(f"SELECT *\n{what}\n{{ ?s ?p ?o }}", "q.rq", {"http://example.org/other"})
    assert raised.value.message.startswith("FROM names no graph of the inputs: http")
    assert raised.value.hint.startswith("nothing is fetched: ")
    assert raised.value.line == 2


def test_a_graph_that_is_there_passes() -> None:
    assert checked("ASK FROM <http://example.org/g> { ?s ?p ?o }", "", {"http://example.org/g"}) == "ask"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "q.rq: an empty query", "write SELECT, ASK or CONSTRUCT and a pattern"),
        (
            "SELEKT ?x { ?x a ?y }",
            "q.rq:1: not SPARQL at column 1: 'SELEKT'",
            "a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE, after its prefixes",
        ),
        (
            "SELECT ?x {\n  ?x a ?kind FLITER(?kind) }",
            "q.rq:2: not SPARQL at column 14: 'FLITER' is no word of SPARQL",
            "did you mean FILTER? a variable starts with ?, a name has a prefix: osaid:trainedOn",
        ),
        ("SELECT ?x {\n  ?x a ?y", "q.rq:1: not SPARQL at column 11: '{' is not closed", "close it with '}'"),
        (
            "SELECT ?x { ?x a ?y ) }",
            "q.rq:1: not SPARQL at column 21: ')' where '}' is to come",
            "'{' of line 1, column 11 is still open",
        ),
        (
            "SELECT ?x { ?x a ?y } }",
            "q.rq:1: not SPARQL at column 23: '}' closes nothing",
            "take it out, or open what it closes",
        ),
        (
            "SELECT ?x { ?x a 'y }",
            "q.rq:1: not SPARQL at column 18: a text that does not end",
            "close it on the same line, or write it between three quotes",
        ),
        (
            "SELECT ?x {\n  ?x a ?y ?z }",
            "q.rq:2: not SPARQL, told at column 15",
            "given up at the arrow: ?x a ?y ?z }-->",
        ),
        (
            "SELECT ?x { ?y a ?z } GROUP BY ?y",
            "q.rq:1: not SPARQL, told at column 34",
            "a variable in SELECT stands nowhere in the pattern, or is not grouped by; given up at the arrow: "
            "SELECT ?x { ?y a ?z } GROUP BY ?y-->",
        ),
    ],
)
def test_what_is_no_sparql_is_told_with_line_and_column(text: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        checked(text, "q.rq")
    assert (str(raised.value), raised.value.hint) == (message, hint)


def test_a_prefix_that_nothing_declares_is_told_with_those_that_are_known() -> None:
    with pytest.raises(UsageError) as raised:
        checked("SELECT ?x {\n ?x osiad:license ?y }", "q.rq")
    assert str(raised.value) == "q.rq:2: no prefix 'osiad:' at column 5"
    assert raised.value.hint.startswith("did you mean osaid:? known without a declaration: osaid: code: req: rule:")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("PREFIX x: <a:> SELECT ?s { ?s x:b ?o }", "select"),
        ("BASE <a:b> ASK { ?s <c> ?o }", "ask"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "construct"),
        ("DESCRIBE <a:b>", "construct"),
    ],
)
def test_the_form_of_a_query_is_told(text: str, form: str) -> None:
    assert checked(text) == form


@given(st.text(alphabet="SERVICE<>{}?a:b'\"\\#\n ._@1^", max_size=40))
def test_tokens_are_the_text_without_blanks_and_comments(text: str) -> None:
    found = tokens(text)
    lines = text.split("\n")
    for token in found:
        assert "\n".join(lines[token.line - 1 :])[token.column - 1 :].startswith(token.text)
    assert not [token for token in found if not token.text.strip()]


@given(st.text(alphabet="SERVICE<>{}?a:b'\"\\#\n ._@1^()", max_size=60))
def test_no_text_whatever_breaks_the_gate(text: str) -> None:
    for query in (text, f"SELECT * {{ {text} }}"):
        try:
            checked(query, "", set())
        except UsageError as error:
            assert error.message
            assert "\n" not in error.message + error.hint


DEEP = {
    "parentheses": f"SELECT * {{ BIND({'(' * 100_000}1{')' * 100_000} AS ?x) }}",
    "groups": f"SELECT * {{ {'{' * 20_000}{'}' * 20_000} }}",
    "calls": f"SELECT * {{ BIND({'STR(' * 1_000}1{')' * 1_000} AS ?x) }}",
}
LONG = {
    "denials": f"SELECT * {{ BIND({'!' * 50_000}true AS ?x) }}",
    "sums": f"SELECT * {{ BIND({'1+' * 50_000}1 AS ?x) }}",
    "unions": f"SELECT * {{ {'{} UNION ' * 10_000}{{}} }}",
    "after values": f"SELECT * {{ VALUES ?x {{ 1 }} BIND({'!' * 50_000}true AS ?y) }}",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_brackets_too_deep_for_the_engine_are_refused_before_it_ends_the_process(text: str) -> None:
    with pytest.raises(UsageError, match="more than 100 brackets within each other at column"):
        checked(text)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_chain_too_long_for_the_engine_is_refused_before_it_ends_the_process(text: str) -> None:
    with pytest.raises(UsageError, match="a query of more than 5,000 words and signs"):
        checked(text)


@pytest.mark.parametrize(
    "text", ["SELECT * { VALUES (?x ?y) { %s } }", "SELECT * { FILTER(?x IN (%s)) BIND(1 AS ?x) }"]
)
def test_values_may_be_as_many_as_one_likes(text: str) -> None:
    row, sign = ("(1 2)", " ") if "VALUES" in text else ("<urn:a>", ",")
    assert checked(text % sign.join([row] * 6_000)) == "select"


def test_planning_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("osaid_graph.query.gate._PLANNING", 0.01)
    with pytest.raises(UsageError, match=r"the query is not planned after 0\.01 s"):
        checked(f"SELECT * {{ {'?s ?p ?o . ' * 120} }}")
