"""Answers in each format, whatever the data hold."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from osaid_graph.errors import UsageError
from osaid_graph.query.formats import chosen_format, written
from osaid_graph.query.frames import to_arrow
from osaid_graph.query.run import Answer
from osaid_graph.query.terms import XSD, Row, Term

EX = "http://example.org/"


def typed(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))


def select(*rows: Row, columns: tuple[str, ...] = ("a", "b")) -> Answer:
    return Answer("select", columns, rows)


MIXED = select(
    (ox.NamedNode(EX + "x"), ox.Literal('a "text",\nof two lines\tand a tab')),
    (ox.BlankNode("b0"), ox.Literal("chat", language="fr")),
    (None, typed("-5", "integer")),
    (ox.NamedNode("https://w3id.org/osaid-graph/ont#trainedOn"), ox.Literal("=HYPERLINK(1)")),
)


def test_csv_has_the_line_ends_and_quotes_of_the_standard_and_shields_formulas() -> None:
    assert written(MIXED, "csv") == (
        "a,b\r\n"
        f'{EX}x,"a ""text"",\nof two lines\tand a tab"\r\n'
        "_:b0,chat\r\n"
        ",-5\r\n"
        "https://w3id.org/osaid-graph/ont#trainedOn,'=HYPERLINK(1)\r\n"
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_text_that_a_spreadsheet_takes_for_a_formula_has_an_apostrophe_in_csv_alone(text: str) -> None:
    answer = select((ox.Literal(text), None))
    assert list(csv.reader(io.StringIO(str(written(answer, "csv")))))[1][0].startswith("'")
    assert json.loads(written(answer, "json"))["results"]["bindings"] == [{"a": {"type": "literal", "value": text}}]


@pytest.mark.parametrize("number", ["-1.5", "+1", "-2E-3", "-.5"])
def test_a_number_below_zero_is_no_formula(number: str) -> None:
    assert written(select((typed(number, "double"), None)), "csv") == f"a,b\r\n{number},\r\n"


@pytest.mark.parametrize("text", ["=1+1", "-1+1", "@SUM(A1)", "-2-3"])
def test_a_datatype_does_not_let_a_formula_pass(text: str) -> None:
    assert written(select((typed(text, "integer"), None)), "csv") == f"a,b\r\n'{text},\r\n"


def test_tsv_has_terms_as_turtle_writes_them() -> None:
    assert written(MIXED, "tsv") == (
        "?a\t?b\n"
        f'<{EX}x>\t"a \\"text\\",\\nof two lines\\tand a tab"\n'
        '_:b0\t"chat"@fr\n'
        f'\t"-5"^^<{XSD}integer>\n'
        '<https://w3id.org/osaid-graph/ont#trainedOn>\t"=HYPERLINK(1)"\n'
    )


def test_json_is_the_w3c_format() -> None:
    document = json.loads(written(MIXED, "json"))
    assert document["head"] == {"vars": ["a", "b"]}
    assert document["results"]["bindings"][1:3] == [
        {"a": {"type": "bnode", "value": "b0"}, "b": {"type": "literal", "value": "chat", "xml:lang": "fr"}},
        {"b": {"type": "literal", "value": "-5", "datatype": f"{XSD}integer"}},
    ]
    assert json.loads(written(Answer("ask", truth=True), "json")) == {"head": {}, "boolean": True}


def test_a_table_is_aligned_with_numbers_to_the_right_and_iris_shortened() -> None:
    answer = select(
        (ox.NamedNode("https://huggingface.co/datasets/acme/webmix#2"), typed("10", "integer")),
        (ox.NamedNode("https://w3id.org/osaid-graph/code#met"), typed("9", "integer")),
    )
    assert written(answer, "table") == (
        "a                        b\n"
        "----------------------  --\n"
        "datasets/acme/webmix@2  10\n"
        "code:met                 9\n"
    )


def test_a_table_is_cut_to_the_terminal_alone() -> None:
    answer = select((ox.Literal("x" * 50), ox.Literal("short")))
    assert str(written(answer, "table", 30)).splitlines()[2] == "x" * 22 + "…  short"
    assert str(written(answer, "table")).splitlines()[2] == "x" * 50 + "  short"


def test_nothing_in_the_data_steers_a_terminal() -> None:
    answer = select((ox.Literal("a\x1b[31m\u202eb"), ox.Literal("c\x07")))
    for format_name in ("table", "csv", "tsv", "json"):
        text = str(written(answer, chosen_format("select", format_name)))
        assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_no_rows_and_truth_have_words() -> None:
    assert written(select(), "table") == "no rows (a, b)\n"
    assert written(Answer("ask", truth=True), "table") == "yes\n"
    assert written(Answer("ask"), "table") == "no\n"


@pytest.mark.parametrize(
    ("form", "asked", "message", "hint"),
    [
        ("construct", "csv", "CONSTRUCT gives a graph, which cannot be written as csv", "turtle, ntriples"),
        ("select", "turtle", "SELECT gives rows, which cannot be written as turtle", "table, csv, tsv, json, parquet"),
        ("ask", "tsv", "ASK gives a yes or no, which cannot be written as tsv", "table, json"),
    ],
)
def test_a_format_that_an_answer_cannot_have_is_told_with_those_it_can(
    form: str, asked: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as raised:
        chosen_format(form, asked)
    assert (raised.value.message, raised.value.hint) == (message, f"choose with --format: {hint}")


def test_graphs_are_sorted_and_blank_nodes_named_alike_each_time() -> None:
    def answer(label: str) -> Answer:
        one, blank = ox.NamedNode(EX + "one"), ox.BlankNode(label)
        title = ox.NamedNode("http://purl.org/dc/terms/title")
        found = [ox.Triple(one, title, blank), ox.Triple(blank, title, ox.Literal("b\x1b"))]
        return Answer("construct", triples=tuple(found if label == "x" else reversed(found)))

    for format_name in ("turtle", "ntriples"):
        text = written(answer("x"), chosen_format("construct", format_name))
        assert text == written(answer("zzz"), chosen_format("construct", format_name))
        assert "\\u001B" in str(text)


@pytest.mark.parametrize(
    ("terms", "kind", "values"),
    [
        ([typed("1", "integer"), None], "int64", [1, None]),
        ([typed("1.5", "decimal"), typed("2", "decimal")], "double", [1.5, 2.0]),
        ([typed("true", "boolean"), typed("0", "boolean")], "bool", [True, False]),
        ([typed("2024-05-01", "date")], "date32[day]", [datetime.date(2024, 5, 1)]),
        ([typed("1", "integer"), typed("1.5", "decimal")], "string", ["1", "1.5"]),
        ([typed("one", "integer")], "string", ["one"]),
        ([typed("9" * 30, "integer")], "string", ["9" * 30]),
        ([ox.NamedNode(EX), ox.BlankNode("b")], "string", [EX, "_:b"]),
        ([None], "string", [None]),
    ],
)
def test_a_column_has_a_type_where_its_values_share_one(
    terms: list[Term | None], kind: str, values: list[object]
) -> None:
    column = to_arrow(select(*((term,) for term in terms), columns=("a",))).column("a")
    assert (str(column.type), column.to_pylist()) == (kind, values)


def test_days_with_a_time_are_moments_in_one_zone() -> None:
    terms = [typed("2024-05-01T12:00:00Z", "dateTime"), typed("2024-05-01T12:00:00+02:00", "dateTime")]
    column = to_arrow(select(*((term,) for term in terms), columns=("a",))).column("a")
    assert str(column.type) == "timestamp[us, tz=UTC]"
    assert [each.hour for each in column.to_pylist()] == [12, 10]


def test_a_data_frame_has_types_that_know_what_is_missing() -> None:
    frame = select((typed("1", "integer"), ox.Literal("x")), (None, None)).to_pandas()
    assert str(frame["a"].dtype) == "Int64"
    assert frame["a"].tolist()[0] == 1
    assert frame["b"].isna().tolist() == [False, True]


def test_parquet_reads_back(tmp_path: Path) -> None:
    from pyarrow import parquet

    data = written(MIXED, "parquet")
    assert isinstance(data, bytes)
    (tmp_path / "a.parquet").write_bytes(data)
    assert parquet.read_table(tmp_path / "a.parquet").column("b").to_pylist()[1] == "chat"


def test_a_graph_is_no_data_frame() -> None:
    with pytest.raises(UsageError) as raised:
        Answer("construct").to_pandas()
    assert raised.value.message == "the answer to CONSTRUCT is no table"


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_exact_formats_read_back_what_was_there(rows: list[tuple[str, str]]) -> None:
    answer = select(*((ox.Literal(a), ox.Literal(b)) for a, b in rows))
    bindings = json.loads(written(answer, "json"))["results"]["bindings"]
    assert [(each["a"]["value"], each["b"]["value"]) for each in bindings] == rows
    tsv = ox.parse_query_results(str(written(answer, "tsv")), format=ox.QueryResultsFormat.TSV)
    assert isinstance(tsv, ox.QuerySolutions)
    assert [(each["a"].value, each["b"].value) for each in tsv] == rows
    assert len(list(csv.reader(io.StringIO(str(written(answer, "csv")), newline="")))) == len(rows) + 1
