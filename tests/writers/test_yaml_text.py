"""Values as YAML: what is written is read as the same text, whatever it holds."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from osaid_graph.readers.tree import Mapping, Scalar, Sequence, Value
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.writers.yaml_text import Word, Written, block, flow, quoted, scalar

_TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
_KEYS = st.from_regex(r"[a-z]{1,5}", fullmatch=True)


def _read(value: Value | None) -> object:
    match value:
        case Scalar():
            return None if value.is_null else value.text
        case Sequence():
            return [_read(item) for item in value.items]
        case Mapping():
            return {key: _read(item) for key, item in value.values.items()}
    return None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ada Müller", "Ada Müller"),
        ("https://example.org/a#b", "https://example.org/a#b"),
        ("https://example.org/?a=b", "https://example.org/?a=b"),
        ("1.0-rc1", "1.0-rc1"),
        ("1.0", '"1.0"'),
        ("12e45", '"12e45"'),
        ("2026-10-01", '"2026-10-01"'),
        (Word("2026-10-01"), "2026-10-01"),
        ("no", '"no"'),
        ("null", '"null"'),
        ("true", '"true"'),
        ("", '""'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("[a", '"[a"'),
        ("a, b", "a, b"),
        ('say "a\\b"', r'say "a\b"'),
        ("a\u202eb\x85\U000e0001", r'"a\u202eb\x85\U000e0001"'),
    ],
)
def test_a_text_is_quoted_where_it_must_be(text: str, written: str) -> None:
    assert scalar(text) == written


@given(_TEXTS)
def test_any_text_is_read_as_it_was_in_block_and_flow_style(text: str) -> None:
    for alone, inside in ((scalar(text), scalar(text, in_flow=True)), (quoted(text), quoted(text))):
        assert _read(parse(f"a: {alone}\nb: [{inside}, {{c: {inside}}}]\n")) == {
            "a": text,
            "b": [text, {"c": text}],
        }


@given(st.from_regex(r"[\w .:/#-]{1,12}", fullmatch=True))
def test_other_readers_take_it_for_a_text(text: str) -> None:
    assert yaml.safe_load(f"a: {scalar(text)}\nb: [{scalar(text, in_flow=True)}]") == {"a": text, "b": [text]}


@given(
    st.dictionaries(
        _KEYS,
        st.recursive(_TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3)),
        min_size=1,
    )
)
def test_any_value_is_read_as_it_was(value: dict[str, Written]) -> None:
    assert _read(parse(f"a: {flow(value)}")) == {"a": value}
    assert _read(parse("\n".join(block(value)))) == value


def test_truth_values_and_dates_are_words() -> None:
    assert block({"a": Word("true"), "b": [Word("2026-10-01")]}) == ["a: true", "b:", "  - 2026-10-01"]
