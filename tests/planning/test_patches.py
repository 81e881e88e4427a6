"""Unified diffs: written and applied without losing a byte, and refused where they do not fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osaid_graph.errors import InputError
from osaid_graph.planning.patches import applied, parse_patch, unified

CONTENTS = st.lists(st.sampled_from(["a", "b", "", "c\\", "- d", "+ e", "é\r", "\\ f"]), max_size=8).map(
    lambda lines: "\n".join(lines).encode()
)


@given(CONTENTS, CONTENTS)
def test_a_difference_applied_is_the_new_content(old: bytes, new: bytes) -> None:
    text = unified("x.yaml", old, new)
    if old == new:
        assert text == ""
        return
    (patch,) = parse_patch(text, "patch")
    assert patch.name == "x.yaml"
    assert applied(patch, old, "x.yaml") == new


def test_a_new_file_has_no_name_and_is_made_from_nothing() -> None:
    (patch,) = parse_patch(unified("", b"", b"a: b\n"), "patch")
    assert patch.name == ""
    assert applied(patch, b"", "osaid.yaml") == b"a: b\n"


def test_several_files_and_words_between_them_are_understood() -> None:
    text = "diff --git a/x b/x\nindex 1..2\n" + unified("x", b"1\n", b"2\n") + unified("y/z", b"3\n", b"3\n4\n")
    assert [patch.name for patch in parse_patch(text, "patch")] == ["x", "y/z"]


def test_what_does_not_fit_is_refused_with_its_line() -> None:
    (patch,) = parse_patch(unified("x", b"1\n2\n3\n", b"1\n2\n4\n"), "patch")
    with pytest.raises(InputError, match="does not fit") as raised:
        applied(patch, b"1\nchanged\n3\n", "x")
    assert (raised.value.source, raised.value.line) == ("x", 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no unified diff"),
        ("hello\n", "no unified diff"),
        ("--- a/x\n+++ b/x\n", "no unified diff"),
        ("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n", "cut short"),
        ("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n?\n", "cut short"),
    ],
)
def test_what_is_no_patch_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_patch(text, "fill-in.diff")
