"""Notes on the input: what will not do what its author means is told, and changes no outcome."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.model import Assessment
from osaid_graph.reports import render

Notes = Callable[[str], list[tuple[int | None, str]]]
SYSTEM = "system: {id: nimbus/x, name: X}\n"


def told(assessment: Assessment) -> list[tuple[int | None, str]]:
    return [(note.location.line, note.text) for note in assessment.notes]


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    """Return a function that gives the line and the text of each note on a manifest."""

    def of(text: str) -> list[tuple[int | None, str]]:
        (tmp_path / "osaid.yaml").write_text(text, "utf-8")
        return told(assess(load([str(tmp_path / "osaid.yaml")])))

    return of


def test_datasets_that_nothing_refers_to_are_one_note(notes: Notes) -> None:
    unused = "datasets:\n  - id: nimbus/a\n  - {id: nimbus/b, version: '1.0'}\n"
    used = "  - {id: nimbus/c, derived-from: nimbus/d}\n  - id: nimbus/d\n"
    assert notes(SYSTEM + "training-data: [nimbus/c]\n" + unused + used) == [
        (4, "nimbus/a, nimbus/b@1.0: described here, but nothing refers to it; name it under training-data")
    ]


def test_a_dataset_of_a_file_that_is_imported_may_be_for_others(notes: Notes, tmp_path: Path) -> None:
    (tmp_path / "shared.yaml").write_text("datasets:\n  - id: nimbus/a\n", "utf-8")
    assert notes("imports: [shared.yaml]\n" + SYSTEM) == []


def test_an_address_without_its_scheme_is_noted(notes: Notes) -> None:
    assert notes(SYSTEM + "parameters: {location: huggingface.co/acme/x, license: Apache-2.0}\n") == [
        (2, "huggingface.co/acme/x looks like an address; write https://huggingface.co/acme/x")
    ]


@pytest.mark.parametrize("said", ["on request", "and/or both", "https://acme.example/x", "CC-BY-4.0/x", "acme/x"])
def test_what_is_no_address_without_its_scheme_is_not_noted(notes: Notes, said: str) -> None:
    assert notes(SYSTEM + f"parameters: {{location: {said}}}\n") == []


def test_addresses_for_examples_are_noted_once_a_document(notes: Notes) -> None:
    text = SYSTEM + (
        "code:\n  - {roles: [training], repository: https://example.org/atlas/train, license: MIT}\n"
        "  - {roles: [inference], repository: https://www.example.com/atlas/serve, license: MIT}\n"
    )
    assert notes(text) == [(3, "example.org is a host for examples: https://example.org/atlas/train proves nothing")]


def test_the_addresses_of_an_example_may_be_for_examples(notes: Notes) -> None:
    text = "system: {id: https://example.org/x}\nparameters: {location: https://example.org/x/weights}\n"
    assert notes(text) == []


def test_turtle_is_noted_as_well(turtle: Callable[[str], Release]) -> None:
    release = turtle("<https://acme.example/s> a :AISystem ; :location <https://example.net/s> .")
    assert [text for _, text in told(assess(release))] == [
        "example.net is a host for examples: https://example.net/s proves nothing"
    ]


def test_the_text_report_shows_a_note_on_one_line_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "osaid.yaml"
    file.write_text(SYSTEM + "parameters: {location: huggingface.co/acme/x}\n", "utf-8")
    report = render(assess(load([str(file)])), "text")
    assert (
        "notes on the input, which change no outcome:\n"
        f"  {file}:2: huggingface.co/acme/x looks like an address; write https://huggingface.co/acme/x\n\n"
    ) in report
