"""More keys in a block of a manifest: where they go, and that every other byte stays."""

from __future__ import annotations

import pytest

from osaid_graph.errors import InputError
from osaid_graph.writers.keyed import Path, add_keys, blocks_at, entry_called, replace_text
from osaid_graph.writers.yaml_text import Word

TODO = {"scope": Word("TODO")}
NOTE = {"scope": "what it covers"}
ITEMS = "a:\n  - b: c\n    # of b\n{}  - d: e\n"
FOLDED = "a:\n- b: |\n    text\n    more\n{}"


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("a:\n  b: c\n", ("a",), "a:\n  b: c\n  scope: TODO  # what it covers\n"),
        ("a:\n  b: c", ("a",), "a:\n  b: c\n  scope: TODO  # what it covers"),
        ("a:\r\n  b: c\r\nd: e\r\n", ("a",), "a:\r\n  b: c\r\n  scope: TODO  # what it covers\r\nd: e\r\n"),
        ("a:\n  b: c\n\n# of d\nd: e\n", ("a",), "a:\n  b: c\n  scope: TODO  # what it covers\n\n# of d\nd: e\n"),
        (
            "a:\n  - b: c\n    # of b\n  - d: e\n",
            ("a", 0),
            "a:\n  - b: c\n    # of b\n    scope: TODO  # what it covers\n  - d: e\n",
        ),
        (
            "a:\n- b: |\n    text\n    more\n",
            ("a", 0),
            "a:\n- b: |\n    text\n    more\n  scope: TODO  # what it covers\n",
        ),
        ("a: {b: c}\n", ("a",), "a: {b: c, scope: TODO}\n"),
        ("a: {}\n", ("a",), "a: {scope: TODO}\n"),
        ("a: [{b: '}'}, {c: d}]\n", ("a", 0), "a: [{b: '}', scope: TODO}, {c: d}]\n"),
        ("a: b\n", (), "a: b\nscope: TODO  # what it covers\n"),
        ("", (), "scope: TODO  # what it covers\n"),
        ("# only a comment\n", (), "# only a comment\nscope: TODO  # what it covers\n"),
    ],
)
def test_keys_come_last_in_the_style_of_the_block(before: str, path: Path, after: str) -> None:
    assert add_keys(before.encode(), path, TODO, NOTE).decode() == after


def test_a_short_form_is_written_as_a_block() -> None:
    short = ("document", "https://example.org/a")
    data = add_keys(b"x: [https://example.org/a]\n", ("x", 0), TODO, short=short)
    assert data == b"x: [{document: https://example.org/a, scope: TODO}]\n"


def test_a_key_that_is_there_is_not_written_twice() -> None:
    with pytest.raises(InputError, match="no place for more keys") as raised:
        add_keys(b"a:\n  scope: b\n", ("a",), TODO)
    assert raised.value.line == 2


def test_a_block_that_an_alias_shares_is_left_alone() -> None:
    with pytest.raises(InputError, match="no place for more keys"):
        add_keys(b"a: &x\n  b: c\nd: *x\n", ("a",), TODO)


def test_one_value_is_replaced_and_its_quotes_with_it() -> None:
    assert replace_text(b'a: {value: "other", source: x}\n', 1, "other", "TODO") == b"a: {value: TODO, source: x}\n"
    with pytest.raises(InputError, match="no value 'other'"):
        replace_text(b"a: [other, other]\n", 1, "other", "TODO")


def test_blocks_are_found_by_the_line_they_start_on_and_entries_by_their_id() -> None:
    data = b"a:\n  - id: x\n    b: {c: d}\n  - id: y\n"
    assert blocks_at(data, 2) == [("a", 0), ("a", 0, "id")]
    assert entry_called(data, "a", "y") == ("a", 1)
    assert entry_called(data, "a", "z") is entry_called(data, "b", "x") is None
