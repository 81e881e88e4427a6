"""The heads of queries, and the values of their parameters."""

from __future__ import annotations

import pytest
from asked_queries import ROOT

from osaid_graph.errors import UsageError
from osaid_graph.graph.lookup import Names
from osaid_graph.query.library import NamedQuery, named_queries, read_query
from osaid_graph.query.parameters import bindings

BODY = "SELECT ?node ?day ?x { ?node ?p ?x ; ?q ?day } ORDER BY ?x\n"
NODES = Names([("https://huggingface.co/bigscience/bloom", "BLOOM")])


def head(*lines: str) -> NamedQuery:
    return read_query("".join(f"#+ {line}\n" for line in lines) + BODY, "mine", "q.rq")


def test_a_head_is_read() -> None:
    query = head(
        "summary: What it is",
        "description: A first line",
        "description: and a second.",
        "question: 1, 5",
        "param: node node the node",
        "param: day date the day",
        "default: day 2024-01-01",
        "column: x a value",
        "needs: findings",
        "example: a.ttl --set node=bloom",
        "command: impact {node} --day {day}",
    )
    assert (query.summary, query.description, query.questions) == ("What it is", "A first line and a second.", (1, 5))
    assert [(each.name, each.kind, each.words, each.default) for each in query.parameters] == [
        ("node", "node", "the node", None),
        ("day", "date", "the day", "2024-01-01"),
    ]
    assert (query.columns, query.needs_findings, query.form) == ((("x", "a value"),), True, "select")
    assert query.sparql == BODY
    assert query.from_lineage({"node": "a b", "day": "2024-01-01"}, ["c.ttl"]) == (
        "osaid-graph impact 'a b' --day 2024-01-01 c.ttl"
    )


def test_a_query_needs_no_head() -> None:
    assert read_query(BODY, "mine").parameters == ()


@pytest.mark.parametrize(
    ("lines", "message", "hint"),
    [
        (["sumary: x"], "q.rq:1: no key 'sumary' of a query's head", "did you mean summary?"),
        (
            ["no colon"],
            "q.rq:1: a line of the head without a key",
            "write #+ key: value; keys: summary, question, needs",
        ),
        (["summary: a", "summary: b"], "q.rq:2: summary is given twice", "keep one"),
        (["question: 28"], "q.rq:1: no question '28'", "questions are numbers from 1 to 27"),
        (["question: two"], "q.rq:1: no question 'two'", "questions are numbers from 1 to 27"),
        (["command: impact {who}"], "q.rq:1: command 'who' is no parameter", "add a param who, or leave it out"),
        (["needs: luck"], "q.rq:1: a query cannot need 'luck'", "needs: findings, or leave it out"),
        (["param: who node x"], "q.rq:1: param 'who' is no variable of the query", "use ?who, or leave it out"),
        (["param: node nod x"], "q.rq:1: parameter 'node' is of no known type: 'nod'", "did you mean node? types: "),
        (["param: node node", "param: node text"], "q.rq:2: param 'node' is given twice", "keep one"),
        (["param: ?node node"], "q.rq:1: param '?node' is no name of a variable", "write #+ param: name ..."),
        (["default: day 2"], "q.rq:1: a default of 'day', which is no parameter", "add a param"),
        (["column: y words"], "q.rq:1: column 'y' is no variable of the query", "use ?y, or leave it out"),
    ],
)
def test_what_is_wrong_in_a_head_is_told_with_its_line(lines: list[str], message: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        head(*lines)
    assert str(raised.value) == message
    assert raised.value.hint.startswith(hint)


def parameter(kind: str, value: str) -> str:
    query = head(f"param: node {kind} what it is")
    return str(bindings(query, {"node": value}, lambda: NODES)["node"])


XSD = "http://www.w3.org/2001/XMLSchema#"
OSAID = "https://w3id.org/osaid-graph/ont#"


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("node", "bloom", "<https://huggingface.co/bigscience/bloom>"),
        ("date", "2024-02-29", f'"2024-02-29"^^<{XSD}date>'),
        ("integer", "-7", f'"-7"^^<{XSD}integer>'),
        ("text", '" } DROP ALL', '"\\" } DROP ALL"'),
        ("licence", "apache 2.0", "<https://spdx.org/licenses/Apache-2.0>"),
        ("property", "trainedOn", f"<{OSAID}trainedOn>"),
        ("property", "osaid:mergedFrom", f"<{OSAID}mergedFrom>"),
        ("property", f"<{OSAID}license>", f"<{OSAID}license>"),
    ],
)
def test_a_value_becomes_a_term_of_its_type(kind: str, value: str, term: str) -> None:
    assert parameter(kind, value) == term


@pytest.mark.parametrize(
    ("kind", "value", "message", "hint"),
    [
        ("date", "2024-02-30", "node: '2024-02-30' is not a date", "write it as YYYY-MM-DD"),
        ("date", "20240229", "node: '20240229' is not a date", "write it as YYYY-MM-DD"),
        ("integer", "7.5", "node: '7.5' is not an integer", "write digits"),
        ("licence", "Apach-2.0", "node: 'Apach-2.0' is not a licence", "did you mean Apache-2.0"),
        ("property", "traindOn", "node: 'traindOn' is not a property", "did you mean trainedOn"),
        ("property", "Model", "node: 'Model' is not a property", ""),
        ("node", "blom", "no node 'blom' here", "did you mean bigscience/bloom?"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_with_what_is_meant(kind: str, value: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        parameter(kind, value)
    assert raised.value.message == message
    assert raised.value.hint.startswith(hint)


def test_the_guide_is_what_the_heads_say() -> None:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("generate_query_guide", ROOT / "tools" / "generate_query_guide.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "data" / "queries" / "README.md").read_text("utf-8") == module.guide()
    assert len(named_queries()) >= 30
