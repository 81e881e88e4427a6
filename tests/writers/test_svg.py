"""Text is made to fit a picture and to be harmless in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osaid_graph.writers.svg import element, escaped, fitted, number, width_of


@given(st.text(), st.floats(min_value=20, max_value=300), st.integers(min_value=1, max_value=3))
def test_fitted_text_keeps_to_its_room_and_lines(text: str, room: float, lines: int) -> None:
    found = fitted(text, 12, room, lines)
    assert len(found) <= lines
    assert all(width_of(line, 12) <= room for line in found)
    assert bool(found) == bool(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Pile", ["The Pile"]),
        ("Datasheet for the Pile", ["Datasheet for", "the Pile"]),
        ("EleutherAI/gpt-neox@v1.0-arguments", ["EleutherAI/gpt-", "neox@v1.0-arg…"]),
        ("one two three four five six seven eight", ["one two three", "four five six…"]),
    ],
)
def test_text_breaks_at_blanks_and_marks_and_says_where_it_was_cut(text: str, expected: list[str]) -> None:
    assert fitted(text, 12, 95, 2) == expected


def test_what_xml_does_not_allow_is_replaced() -> None:
    assert escaped("a\x00<b>\ud800 &\n c") == "a\ufffd&lt;b&gt;\ufffd &amp; c"


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (1.25, "1.2"), (-0.01, "0"), (33.96, "34")])
def test_numbers_are_short(value: float, text: str) -> None:
    assert number(value) == text


def test_an_attribute_cannot_be_broken_out_of() -> None:
    assert element("g", id='"><x') == "<g id='\"&gt;&lt;x'/>"
