"""A licence file among the inputs is held against the terms that they state."""

from __future__ import annotations

from pathlib import Path

import pytest

from osaid_graph.assessment.license_texts import license_notes
from osaid_graph.graph.load import load

APACHE = "\n          Apache License\n    Version 2.0, January 2004\n  http://www.apache.org/licenses/\n"


def notes(folder: Path, terms: str, text: str) -> list[tuple[int | None, str]]:
    stated = f"parameters: {{license: {terms}}}\n" if terms else ""
    (folder / "osaid.yaml").write_text(f"system: {{id: https://a.example/atlas}}\n{stated}", "utf-8")
    (folder / "LICENSE").write_text(text, "utf-8")
    return [(note.location.line, note.text) for note in license_notes(load([str(folder)]))]


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        ("Apache-2.0", APACHE),
        ("apache license 2.0", APACHE),
        ("MIT", "Some words of ours\n\nSPDX-License-Identifier: MIT\n"),
        ("llama2", "LLAMA 2 COMMUNITY LICENSE AGREEMENT\n\nLlama 2 Version Release Date: July 18, 2023\n"),
        ("MIT", "Terms of our own, of a name that nobody knows\n"),
        ("MIT", "GNU GENERAL PUBLIC LICENSE\n"),
    ],
)
def test_a_text_that_is_what_is_stated_or_is_not_known_needs_no_note(tmp_path: Path, terms: str, text: str) -> None:
    assert notes(tmp_path, terms, text) == []


def test_a_text_that_no_input_states_is_told_with_what_they_state(tmp_path: Path) -> None:
    assert notes(tmp_path, "llama2", APACHE) == [
        (2, "the text calls itself Apache-2.0, and the inputs state llama2: say what it covers, with a license key")
    ]


def test_a_text_beside_a_description_without_terms_is_told(tmp_path: Path) -> None:
    ((line, text),) = notes(tmp_path, "", "MIT License\n\nCopyright 2026\n")
    assert (line, text) == (
        1,
        "the text calls itself MIT, and no input states the terms of anything: say what it covers, with a license key",
    )
