"""YAML as laid out: whatever is written is read back as the same text, by this reader and by PyYAML's own."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from random_manifests import ODD_TEXTS

from osaid_graph.readers.tree import Mapping, Scalar, Sequence
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.writers.yaml_layout import WIDTH, Section, comment, entry, section
from osaid_graph.writers.yaml_text import Word

TEXTS = st.one_of(
    st.sampled_from(ODD_TEXTS), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
)


def _values(lines: list[str]) -> Mapping:
    tree = parse("\n".join(lines) + "\n")
    assert isinstance(tree, Mapping)
    return tree


@given(TEXTS)
def test_a_text_is_read_back_as_it_was_wherever_it_stands(text: str) -> None:
    lines = [*entry("alone", text), *entry("listed", [text, "x"]), *entry("mapped", {"value": text})]
    assert yaml.safe_load("\n".join(lines)) == {"alone": text, "listed": [text, "x"], "mapped": {"value": text}}
    tree = _values(lines).values
    listed, mapped = tree["listed"], tree["mapped"]
    assert isinstance(listed, Sequence)
    assert isinstance(mapped, Mapping)
    found = (tree["alone"], listed.items[0], mapped.values["value"])
    assert [value.text for value in found if isinstance(value, Scalar)] == [text] * 3


@given(TEXTS)
def test_a_comment_is_never_anything_else(text: str) -> None:
    lines = [*entry("a", "b"), *comment(text, 2), *comment(text, wrap=False)]
    assert yaml.safe_load("\n".join(lines)) == {"a": "b"}


def test_what_fits_stands_in_one_line_and_the_rest_below_its_key() -> None:
    block = Section()
    block["id"] = "a/b"
    block["on"] = Word("2024-01-01")
    block["list"] = ["x" * 60, "y" * 60]
    block.comments.append("a remark")
    assert entry("datasets", [block]) == [
        "datasets:",
        "  - id: a/b",
        '    "on": 2024-01-01',
        "    list:",
        "      - " + "x" * 60,
        "      - " + "y" * 60,
        "    # a remark",
    ]
    assert entry("parameters", Section()) == ["parameters: {}"]
    assert section(block)[0] == "id: a/b"


@pytest.mark.parametrize("text", ["word " * 60, "x" * 300, "a: b " * 60, "# " * 80])
def test_a_long_text_keeps_its_words(text: str) -> None:
    words = " ".join(text.split())
    lines = entry("key", words, 4)
    assert yaml.safe_load("\n".join(lines)) == {"key": words}
    assert len(lines) == 1 or max(map(len, lines)) <= WIDTH
