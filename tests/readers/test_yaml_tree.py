"""YAML as a tree with lines: what is kept as written, what is refused and where, and that nothing else ever escapes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_graph.errors import InputError
from osaid_graph.readers import yaml_tree
from osaid_graph.readers.limits import MAX_DEPTH, MAX_NODES
from osaid_graph.readers.tree import Mapping, Scalar, Sequence, Value
from osaid_graph.readers.yaml_tree import parse

FUZZ = settings(max_examples=300)


def _plain(value: Value | None) -> object:
    match value:
        case Scalar():
            return value.text
        case Sequence():
            return [_plain(item) for item in value.items]
        case Mapping():
            return {key: _plain(item) for key, item in value.values.items()}
    return None


def _block(text: str) -> Mapping:
    tree = parse(text)
    assert isinstance(tree, Mapping)
    return tree


def _refused(text: str) -> InputError:
    with pytest.raises(InputError) as raised:
        parse(text)
    assert raised.value.hint, raised.value
    assert "\n" not in raised.value.message
    return raised.value


# -- what is read ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["1.10", "no", "0o17", "2024-01-01", "1e3", "true", "12:30:00", "0x1F", "="])
def test_a_plain_scalar_stays_as_written(written: str) -> None:
    assert _plain(parse(f"a: {written}\n")) == {"a": written}


def test_every_value_and_key_knows_its_line() -> None:
    tree = _block("a: 1\n\nb:\n  - x\n  - {c: y,\n     d: z}\n")
    items = tree.values["b"]
    assert isinstance(items, Sequence)
    inner = items.items[1]
    assert isinstance(inner, Mapping)
    assert [tree.keys["a"].line, tree.values["a"].line, tree.keys["b"].line, items.line] == [1, 1, 3, 4]
    assert [items.items[0].line, inner.line, inner.keys["d"].line, inner.values["d"].line] == [4, 5, 6, 6]


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", "---\n", "~", "null\n"])
def test_a_document_without_a_value_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(("written", "null"), [("~", True), ("", True), ("null", True), ('"~"', False), ("''", False)])
def test_a_quoted_null_is_a_text(written: str, null: bool) -> None:
    value = _block(f"a: {written}\n").values["a"]
    assert isinstance(value, Scalar)
    assert value.is_null is null


def test_an_alias_is_the_node_of_its_anchor() -> None:
    tree = _block("a: &x [1, 2]\nb: *x\n")
    assert tree.values["b"] is tree.values["a"]


def test_an_alias_as_a_key_knows_its_own_line() -> None:
    tree = _block("a: &x key\n*x : 2\n")
    assert tree.keys["key"].line == 2


@pytest.mark.parametrize("break_", ["\x85", "\u2028", "\u2029"])
def test_a_line_break_of_yaml_1_1_alone_counts_no_line(break_: str) -> None:
    tree = _block(f"a: one{break_}two\nb: 3\n")
    assert _plain(tree) == {"a": "one two", "b": "3"}
    assert tree.keys["b"].line == 2


def test_the_string_tag_and_the_non_specific_tag_have_no_effect() -> None:
    assert _plain(parse("a: !!str 1\nb: ! 2\nc: !!map {d: !!seq [3]}\n")) == {"a": "1", "b": "2", "c": {"d": ["3"]}}


# -- what is refused, and where --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "not valid YAML"),
        ("a: 1\nb: 'never closed\n\n\n\n", 2, "found unexpected end of stream"),
        ("a: 1\nb: [1,\n\n\n", 2, "not valid YAML"),
        ("a: b: c\n", 1, "mapping values are not allowed"),
        ("a: |\n  x\n y\n", 3, "not valid YAML"),
        ("a: 1\n\tb: 2\n", 2, "not valid YAML"),
        ("a: 1\nb: @c\n", 2, "cannot start any token"),
        ("a: 1\n---\nb: 2\n", 2, "more than one YAML document"),
        ("a: 1\n...\nb: 2\n", 3, "not valid YAML"),
        ("a: 1\nb: 2\na: 3\n", 3, "duplicate key 'a' (first on line 1)"),
        ("x: {a: 1,\n    a: 2}\n", 2, "duplicate key 'a' (first on line 1)"),
        ("a: 1\n? [b, c]\n: 2\n", 2, "a key must be a plain word"),
        ("a: &x {b: 1}\n<<: *x\n", 2, "merge keys"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "is not accepted"),
        ("a: 1\nb: !!int 3\n", 2, "YAML tag 'tag:yaml.org,2002:int' is not accepted"),
        ("a: 1\nb: *nowhere\n", 2, "YAML alias *nowhere has no anchor &nowhere before it"),
        ("a: &x [1,\n *x]\n", 2, "YAML alias *x contains itself"),
        ("a: 1\nb: \x1b[31mred\n", 2, "a control character, U+001B"),
        ("a: 1\n\nb: \x07\n", 3, "a control character, U+0007"),
        ("a: \ud83d\n", 1, "a control character, U+D83D"),
        ('a: 1\nb: "\\0"\n', 2, "an escape for a character that no text holds"),
    ],
)
def test_what_is_no_manifest_is_refused_at_its_line(text: str, line: int, words: str) -> None:
    error = _refused(text)
    assert words in error.message
    assert error.line == line


def test_a_hostile_tag_does_not_reach_the_message_raw() -> None:
    assert "\x1b" not in _refused("a: !%1B[31m x\n").message


def test_nesting_to_the_limit_is_read_and_one_deeper_is_refused() -> None:
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None
    assert _refused("\n" + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).message == "nested deeper than 64 levels"


@pytest.mark.parametrize("text", ["[" * 200_000, "{a: " * 100_000, "- " * 100_000], ids=lambda t: t[:4])
def test_bottomless_nesting_is_refused_at_once(text: str) -> None:
    before = time.perf_counter()
    assert "nested deeper" in _refused(text).message
    assert time.perf_counter() - before < 5


def test_nesting_through_aliases_counts() -> None:
    levels = "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, MAX_DEPTH + 1))
    assert "levels" in _refused("a0: &a0 [x]\n" + levels).message


def test_the_laughs_of_a_billion_are_refused() -> None:
    laughs = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    before = time.perf_counter()
    error = _refused("a0: &a0 [lol]\n" + laughs)
    assert error.message == "YAML aliases expand to more than 1,000,000 values"
    assert error.line == 7
    assert time.perf_counter() - before < 5


def test_a_long_text_repeated_by_aliases_is_refused() -> None:
    text = f"a: &a {'x' * 1_000_000}\nb: [{', '.join(['*a'] * 100)}]\n"
    assert "characters" in _refused(text).message


def test_more_values_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "MAX_NODES", 10)
    assert parse("[1, 2, 3, 4, 5, 6, 7, 8, 9]") is not None
    assert "more than 10 values" in _refused("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]").message
    assert MAX_NODES == 1_000_000


def test_a_list_of_a_hundred_thousand_is_read_in_seconds() -> None:
    before = time.perf_counter()
    tree = parse("".join(f"- acme/d{number}\n" for number in range(100_000)))
    assert isinstance(tree, Sequence)
    assert len(tree.items) == 100_000
    assert time.perf_counter() - before < 5


# -- whatever the text -----------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    ["a", "b: ", ": ", "- ", "[", "]", "{", "}", ", ", "\n", "  ", "\t", "&x ", "*x", "!t ", "|", ">", "'", '"', "#",
     "---\n", "...\n", "%YAML 1.2\n", "<<", "? ", "\\", "~", "@", "`", "\x00", "\x1b", "\u2028", "\ufeff", "é", "😀"]
)  # fmt: skip


@FUZZ
@given(st.one_of(st.text(), st.lists(_PIECES, max_size=40).map("".join)))
def test_any_text_gives_a_tree_or_an_input_error(text: str) -> None:
    try:
        parse(text)
    except InputError as error:
        assert error.line is None or 1 <= error.line <= text.count("\n") + 1


_SCALARS = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)
_TREES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_SCALARS, inner, max_size=4), max_leaves=20
)


def _flow(tree: object) -> str:
    if isinstance(tree, list):
        return "[" + ", ".join(map(_flow, tree)) + "]"
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in tree.items()) + "}"
    return str(tree)


@FUZZ
@given(_TREES)
def test_a_tree_that_is_written_is_read_as_it_was(tree: object) -> None:
    assert _plain(parse(_flow(tree) + "\n")) == (None if tree == "null" else tree)
