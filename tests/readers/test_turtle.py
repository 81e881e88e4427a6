"""Turtle and TriG with lines: this pins the internals of rdflib's parser that the reader relies on."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from osaid_graph.errors import InputError
from osaid_graph.readers.limits import MAX_DEPTH
from osaid_graph.readers.rdf import turtle
from osaid_graph.reading import Reading

ROOT = Path(__file__).parent.parent.parent
E = "http://e/"
PREFIX = "@prefix : <http://e/> .\n"


def _read(text: str) -> Reading:
    return turtle.read(text.encode(), "osaid.ttl")


def _lines(text: str) -> list[tuple[str, int | None]]:
    """The local name or text of every object, with the line of its triple."""
    return [(str(s.triple[2]).removeprefix(E), s.line) for s in _read(text).statements]


def _refused(text: str) -> InputError:
    with pytest.raises(InputError) as raised:
        _read(text)
    assert raised.value.hint, raised.value
    assert "\n" not in raised.value.message
    return raised.value


# -- lines -----------------------------------------------------------------------------------------------------------


def test_a_triple_stands_where_its_object_starts() -> None:
    assert _lines(PREFIX + ":s :p :a ,\n :b ;\n\n :q\n   :c\n .\n:s2\n :p\n :d .\n") == [
        ("a", 2),
        ("b", 3),
        ("c", 6),
        ("d", 10),
    ]


def test_comments_and_blank_lines_count() -> None:
    assert _lines("# one\n\n" + PREFIX + "# two\n:s :p # three\n  :a . # four\n:s :p :b .") == [("a", 6), ("b", 7)]


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_a_long_literal_stands_where_it_starts_and_what_follows_counts_its_lines(quotes: str) -> None:
    text = PREFIX + f":s :p {quotes}one\ntwo\n\nfour{quotes} ,\n :a .\n:s :q :b ."
    assert _lines(text) == [("one\ntwo\n\nfour", 2), ("a", 6), ("b", 7)]


def test_a_literal_on_a_line_of_its_own_does_not_shift_the_rest() -> None:
    assert _lines(PREFIX + ':s\n:p\n"x"\n;\n:q\n1\n.\n:s :r :a .') == [("x", 4), ("1", 7), ("a", 9)]


def test_the_triples_of_a_blank_node_have_their_own_lines() -> None:
    statements = _read(PREFIX + ":s :p [\n :q :a ;\n :r [ :t\n :b ]\n ] ;\n :u :c .\n").statements
    found = {(str(s.triple[1]).removeprefix(E), s.line) for s in statements}
    assert found == {("q", 3), ("t", 5), ("r", 4), ("p", 2), ("u", 7)}


def test_a_blank_node_as_subject_has_lines() -> None:
    assert _lines(PREFIX + "[ :p :a ;\n :q :b ]\n :r :c .\n[] :t\n :d .") == [("a", 2), ("b", 3), ("c", 4), ("d", 6)]


def test_the_cells_of_a_collection_stand_where_it_starts() -> None:
    statements = _read(PREFIX + ":s :p\n (\n :a\n ( :b ) ) .\n:s :q :c .").statements
    lines = [(s.line, s.triple[1]) for s in statements]
    assert [line for line, predicate in lines if predicate == RDF.first] == [5, 3, 3]
    assert [line for line, _ in lines][-2:] == [3, 6]


def test_the_lines_of_windows_and_of_old_macs_count_once() -> None:
    text = PREFIX + ":s :p :a ;\n :q '''x\ny''' .\n:s :r :b .\n"
    for ending in ("\r\n", "\r"):
        reading = turtle.read(text.replace("\n", ending).encode(), "osaid.ttl")
        assert reading.statements == _read(text).statements


def test_the_lines_of_the_ontology_are_those_of_its_terms() -> None:
    text = (ROOT / "ontology" / "osaid.ttl").read_text("utf-8")
    lines = text.split("\n")
    labels = [s for s in _read(text).statements if s.triple[1] == rdflib.RDFS.label]
    assert len(labels) > 100
    assert all(f'"{s.triple[2]}"' in lines[s.line - 1] for s in labels if s.line is not None)


# -- graphs and terms ------------------------------------------------------------------------------------------------


def test_the_graphs_of_trig_stay_apart() -> None:
    text = (
        PREFIX + ":s :p :a .\n:g {\n :s :p :b .\n :s :p :c }\nGRAPH :h { :s :p :d }\n{ :s :p :e }\n_:x { :s :p :f }\n"
    )
    assert [(s.line, s.graph, str(s.triple[2])[-1]) for s in _read(text).statements] == [
        (2, None, "a"),
        (4, URIRef(E + "g"), "b"),
        (5, URIRef(E + "g"), "c"),
        (6, URIRef(E + "h"), "d"),
        (7, None, "e"),
        (8, None, "f"),
    ]


def test_relative_iris_are_resolved_against_the_name_of_the_file_alone() -> None:
    reading = turtle.read(b"<#a> <b> <c d.ttl> .".replace(b" d", b"d"), "/some folder/osaid.ttl")
    assert [str(term) for term in reading.statements[0].triple] == [
        "file:///some%20folder/osaid.ttl#a",
        "file:///some%20folder/b",
        "file:///some%20folder/cd.ttl",
    ]


def test_pages_of_the_hub_have_one_spelling() -> None:
    (statement,) = _read("<http://hf.co/acme/atlas/tree/main> <http://e/p> <https://huggingface.co/a/b/> .").statements
    assert [str(statement.triple[0]), str(statement.triple[2])] == [
        "https://huggingface.co/acme/atlas",
        "https://huggingface.co/a/b",
    ]


@pytest.mark.parametrize(
    ("written", "literal"),
    [
        ("'x'", Literal("x")),
        ("'x'@en-GB", Literal("x", lang="en-GB")),
        ("true", Literal(True)),
        ("'1'^^xsd:boolean", Literal(True)),
        ("042", Literal("42", datatype=XSD.integer)),
        ("4.20", Literal("4.20", datatype=XSD.decimal)),
        ("1e3", Literal("1e3", datatype=XSD.double)),
        ("'2024-02-30'^^xsd:date", Literal("2024-02-30", datatype=XSD.date)),
    ],
)
def test_literals_have_the_form_rdflib_gives_them(written: str, literal: Literal) -> None:
    (statement,) = _read(PREFIX + f"@prefix xsd: <{XSD}> . :s :p {written} .").statements
    assert statement.triple[2] == literal
    assert rdflib.NORMALIZE_LITERALS is True


def test_every_triple_is_the_one_rdflib_reads() -> None:
    for path in sorted([*(ROOT / "shapes").glob("*.ttl"), ROOT / "ontology" / "osaid.ttl"]):
        mine, theirs = Graph(), Graph().parse(path, format="turtle")
        for statement in _read(path.read_text("utf-8")).statements:
            mine.add(statement.triple)
        # What is said twice in blank nodes is one node here, so the graphs are compared without them.
        assert {t for t in mine if not any(isinstance(x, BNode) for x in t)} == {
            t for t in theirs if not any(isinstance(x, BNode) for x in t)
        }


def test_every_quad_is_the_one_rdflib_reads() -> None:
    text = PREFIX + ":s :p [ :q :a ] .\n:g { :s :p ( 1 2 ) , [ :q :b ] }\n"
    mine, theirs = Dataset(), Dataset()
    for statement in _read(text).statements:
        (mine.default_graph if statement.graph is None else mine.graph(statement.graph)).add(statement.triple)
    theirs.parse(data=text, format="trig")
    for name in (URIRef(E + "g"), mine.default_graph.identifier):
        assert isomorphic(mine.graph(name), theirs.graph(name))


# -- blank nodes -----------------------------------------------------------------------------------------------------


def test_a_blank_node_is_known_by_what_is_said_of_it_wherever_it_is_said() -> None:
    one = _read(PREFIX + ":s :p [ :q :a ; :r [ :t 1 ] ] .").statements[-1].triple[2]
    other = _read(PREFIX + "_:z :r _:y . _:z :q :a .\n_:y :t 1 . :s2 :p _:z .").statements[-1].triple[2]
    assert isinstance(one, BNode)
    assert one == other


def test_blank_nodes_of_which_nothing_is_said_are_those_of_their_document_alone() -> None:
    first, again = _read(PREFIX + ":s :p _:a , _:b ."), _read(PREFIX + ":s :p _:a , _:b .")
    other = _read(PREFIX + ":s :p _:a , _:b . # another document")
    values = {statement.triple[2] for statement in first.statements}
    assert len(values) == 2
    assert values == {statement.triple[2] for statement in again.statements}
    assert not values & {statement.triple[2] for statement in other.statements}


def test_blank_nodes_in_a_circle_stay_apart_from_those_of_another_document() -> None:
    text = PREFIX + "_:a :p _:b . _:b :p _:a ; :q "
    first, other = _read(text + "1 ."), _read(text + "2 .")
    nodes = [{term for s in r.statements for term in s.triple if isinstance(term, BNode)} for r in (first, other)]
    assert [len(found) for found in nodes] == [2, 2]
    assert not nodes[0] & nodes[1]


def test_a_chain_of_blank_nodes_of_any_length_is_read() -> None:
    chain = PREFIX + "".join(f"_:n{number} :p _:n{number + 1} .\n" for number in range(3_000))
    assert len({statement.triple for statement in _read(chain).statements}) == 3_000


# -- what is refused, and where --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (":s :p :a\n:s :p :b .\n", 3, "at ':s :p :b .'"),
        (":s :p :a ;\n\n :q .\n:s :r :b .\n", 4, "objectList expected"),
        (":s :p :a .\n:s x:y :a .\n", 3, 'Prefix "x:" not bound'),
        (":s :p :a .\n:s :p 'open\n", 3, "newline found in string literal"),
        (":s :p :a .\n:s :p '''open\n\n\n", 3, "unterminated string literal"),
        (":s :p :a .\n\n:s :p :b\n\n\n", 4, "in what starts there and does not end"),
        (":s :p :a .\n:s :p [ :q\n :b .\n", 4, "at '.'"),
        (":s :p :a .\n:s :p (\n :b\n", 3, "in what starts there and does not end"),
        (":g {\n :s :p :a .\n\n", 3, "needed '}', found end"),
        (":s :p :a .\n}\n", 3, "expected directive or statement"),
        (":s :p '\\q' .\n", 2, "bad escape"),
        (":s :p '\\uD83D' .\n", 2, "an escape for a character that no text holds"),
        (":s :p '\\u0000' .\n", 2, "an escape for a character that no text holds"),
        ("\n:s :p <http://e/a b> .\n", 3, "invalid IRI 'http://e/a b': character ' '"),
        (":s :p :a ;\n :q <http://e/a\n> .\n", 3, "invalid IRI"),
        (":s :p 'x'^^<http://e/{}> .\n", 2, "character '{'"),
        ("<http://e/{}> { :s :p :a }\n", 2, "character '{'"),
        (":s :p <http:///a> .\n", 2, "it names no host"),
        (":s :p\n '1E999999999'^^<http://www.w3.org/2001/XMLSchema#decimal> .", 3, "not an xsd:decimal: '1E999999999'"),
        ("'text' :p :a .\n", 2, "a subject must be an IRI or a blank node, found 'text'"),
        (":s 'text' :a .\n", 2, "a predicate must be an IRI, found 'text'"),
        (":s _:p :a .\n", 2, "a predicate must be an IRI, found a blank node"),
        (":s :p ?x .\n", 2, "a variable is no Turtle"),
        (":s => :a .\n", 2, "Turtle syntax error"),
        (":s :p :a .\n\n:s .\n", 4, "a subject of which nothing is said, at ':s .'"),
        (":s!:p :q :a .\n", 2, "Turtle syntax error"),
        (f":s :p {'9' * 5000} .\n", 2, "Turtle syntax error"),
        ("@prefix x <http://e/> .\n", 2, "expected qname after @prefix"),
    ],
)
def test_what_is_no_turtle_is_refused_at_its_line(text: str, line: int, words: str) -> None:
    error = _refused(PREFIX + text)
    assert words in error.message
    assert error.line == line


def test_a_syntax_error_far_down_is_at_its_line() -> None:
    good = "".join(f":s\n :p '''{number}\n''' ;\n :q [ :r\n 'x' ] .\n" for number in range(400))
    assert _refused(PREFIX + good + ":s :p .\n").line == 2 + 400 * 5


@pytest.mark.parametrize("opening", ["[ :p ", "( ", "[", "( [ :q "])
def test_nesting_has_a_limit(opening: str) -> None:
    assert "nested deeper than 64 levels" in _refused(PREFIX + "\n\n:s :p " + opening * 100_000).message
    assert "nested deeper than 64 levels" in _refused(PREFIX + "\n\n" + opening * 100_000).message
    inside = ":s :p " + "[ :q " * MAX_DEPTH + ":a" + " ]" * MAX_DEPTH + " ."
    assert len(_read(PREFIX + inside).statements) == MAX_DEPTH + 1


def test_an_entity_bomb_in_an_xml_literal_does_no_harm() -> None:
    bomb = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    xml = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{bomb}]><x>&j;</x>'
    before = time.perf_counter()
    (statement,) = _read(PREFIX + f":s :p '''{xml}'''^^<{RDF.XMLLiteral}> .").statements
    assert len(statement.triple[2]) < 1_000
    assert time.perf_counter() - before < 5


# -- whatever the text -----------------------------------------------------------------------------------------------

SEED = PREFIX + ':s :p :a , "x"@en , 1.5 ;\n :q [ :r ( 1 "two" ) ] .\n:g { :s a :C . }\n_:b :p """l\nm""" .\n'
_PIECES = st.sampled_from(
    [
        ":s ",
        ":p ",
        "a ",
        "<http://e/x> ",
        "<",
        ">",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        ". ",
        "; ",
        ", ",
        '"',
        "'''",
        "^^",
        "@en ",
        "@prefix ",
        "@base ",
        "PREFIX ",
        "GRAPH ",
        "_:x ",
        "1",
        "-",
        "e5",
        "true ",
        "\\u00",
        "\\U0010FFFF",
        "#",
        "\n",
        "?x ",
        "=>",
        "!",
        "=",
        "@forAll ",
        "@keywords ",
        "is ",
        "of ",
        "\x1b",
        "\u202e",
        "😀",
        "%",
        "\\",
    ]
)


def _takes_or_refuses(text: str) -> None:
    try:
        reading = _read(text)
    except InputError as error:
        assert error.line is not None
        assert 1 <= error.line <= text.count("\n") + text.count("\r") + 1
    else:
        for statement in reading.statements:
            assert all(term.n3() for term in statement.triple)
            assert statement.line is not None


@settings(max_examples=300)
@given(
    st.one_of(st.text(alphabet=st.characters(exclude_characters="\0", codec="utf-8")), st.lists(_PIECES).map("".join))
)
def test_any_text_is_taken_or_refused_with_its_line(text: str) -> None:
    _takes_or_refuses(PREFIX + text)


@settings(max_examples=300)
@given(st.data())
def test_any_damaged_document_is_taken_or_refused_with_its_line(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SEED)))
    end = data.draw(st.integers(start, min(len(SEED), start + 10)))
    _takes_or_refuses(SEED[:start] + data.draw(st.lists(_PIECES, max_size=3).map("".join)) + SEED[end:])


@pytest.mark.parametrize(
    ("text", "unknown", "meant"),
    [
        ("<http://e/d> osaid:labeling [ a osaid:NotDisclosd ] .", "osaid:NotDisclosd", "osaid:NotDisclosed"),
        ("<http://e/d> osaid:labelling 'none' .", "osaid:labelling", "osaid:labeling"),
        ("<http://e/d> osaid:availability code:publik .", "code:publik", "code:public"),
    ],
)
def test_a_misspelt_term_is_refused_with_the_nearest(text: str, unknown: str, meant: str) -> None:
    prefixes = (
        "@prefix osaid: <https://w3id.org/osaid-graph/ont#> .\n@prefix code: <https://w3id.org/osaid-graph/code#> .\n"
    )
    with pytest.raises(InputError) as caught:
        turtle.read((prefixes + text).encode(), "a.ttl")
    assert caught.value.message == f"unknown term {unknown}"
    assert f"did you mean {meant}?" in caught.value.hint
    assert caught.value.line == 3
