"""N-Quads: a statement a line, graphs, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import XSD, BNode, Literal, URIRef

from osaid_graph.errors import InputError
from osaid_graph.readers.rdf import nquads, turtle
from osaid_graph.reading import Reading, Statement

S, P, V, G = (URIRef(f"http://e/{name}") for name in "spvg")


def _read(text: str) -> Reading:
    return nquads.read(text.encode(), "osaid.nq")


def test_every_statement_has_its_line_and_graph() -> None:
    text = f'# a comment\n{S.n3()} {P.n3()} {V.n3()} {G.n3()} .\n\n  {S.n3()} {P.n3()} "x"@en . # said\n'
    assert _read(text).statements == (
        Statement((S, P, V), 2, graph=G),
        Statement((S, P, Literal("x", lang="en")), 4),
    )


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_counts_once(ending: str) -> None:
    lines = [f'{S.n3()} {P.n3()} "{number}" .' for number in range(3)]
    assert [s.line for s in _read(ending.join(lines)).statements] == [1, 2, 3]


def test_a_line_separator_in_a_literal_ends_no_line() -> None:
    text = f'{S.n3()} {P.n3()} "a\u2028b\x85c" .\n{S.n3()} {P.n3()} "d" .\n'
    assert [(str(s.triple[2]), s.line) for s in _read(text).statements] == [("a\u2028b\x85c", 1), ("d", 2)]


def test_escapes_are_undone() -> None:
    (statement,) = _read(f'{S.n3()} {P.n3()} "a\\n\\t\\"\\u00e9\\U0001F600" .').statements
    assert statement.triple[2] == Literal('a\n\t"é😀')


def test_blank_nodes_are_those_of_turtle() -> None:
    quads = _read('_:x <http://e/q> "1" .\n<http://e/s> <http://e/p> _:x <http://e/g> .\n')
    triples = turtle.read(b'<http://e/s> <http://e/p> [ <http://e/q> "1" ] .', "x.ttl")
    assert {s.triple for s in quads.statements} == {s.triple for s in triples.statements}


def test_a_graph_without_a_name_of_its_own_is_the_default_graph() -> None:
    (statement,) = _read(f"{S.n3()} {P.n3()} _:o _:g .").statements
    assert statement.graph is None
    assert isinstance(statement.triple[2], BNode)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("<http://e/s> <http://e/p> .", "not an N-Quads statement"),
        ('<http://e/s> <http://e/p> "open .', "not an N-Quads statement"),
        ("<http://e/s> <http://e/p> <http://e/o> <http://e/g>", "not an N-Quads statement"),
        ("<http://e/s> <http://e/p> <http://e/o> <http://e/g> <http://e/h> .", "not an N-Quads statement"),
        ('"s" <http://e/p> <http://e/o> .', "not an N-Quads statement"),
        ("<http://e/s> _:p <http://e/o> .", "not an N-Quads statement"),
        ("@prefix : <http://e/> .", "not an N-Quads statement"),
        ("<http://e/s> <http://e/p> <http://e/a b> .", "not an N-Quads statement"),
        ("<http://e/s> <http://e/p> <relative> .", "not an N-Quads statement"),
        ("<http://e/s> <http://e/p> <http://e/a\\u0020b> .", "invalid IRI 'http://e/a b'"),
        ("<http://e/s> <http://e/p> <http://e/o> <http://e/\\u202Eg> .", "invalid IRI"),
        ("<http://e/s> <http://e/p> <https:///o> .", "it names no host"),
        ('<http://e/s> <http://e/p> "\\uDC00" .', "a character that no text holds"),
        (f'<http://e/s> <http://e/p> "1E999999999"^^<{XSD.decimal}> .', "not an xsd:decimal: '1E999999999'"),
    ],
)
def test_what_is_no_statement_is_refused_at_its_line(line: str, words: str) -> None:
    with pytest.raises(InputError) as raised:
        _read(f"{S.n3()} {P.n3()} {V.n3()} .\n\n{line}\n{S.n3()} {P.n3()} {V.n3()} .\n")
    assert words in raised.value.message
    assert raised.value.line == 3
    assert raised.value.hint


def test_a_long_line_is_shown_in_part() -> None:
    with pytest.raises(InputError) as raised:
        _read("x" * 1_000_000)
    assert len(raised.value.message) < 120


_PIECES = st.sampled_from(
    [
        "<http://e/s> ",
        "<",
        ">",
        '"',
        "\\",
        "\\u00",
        '"x"',
        "@en ",
        "^^",
        "_:b ",
        "_:",
        " . ",
        "\n",
        "#",
        " ",
        "\x1b",
        "é",
    ]
)


@settings(max_examples=300)
@given(st.one_of(st.text(st.characters(exclude_characters="\0", codec="utf-8")), st.lists(_PIECES).map("".join)))
def test_any_text_is_taken_or_refused_with_its_line(text: str) -> None:
    try:
        reading = _read(text)
    except InputError as error:
        assert error.line is not None
    else:
        assert all(term.n3() for statement in reading.statements for term in statement.triple)
