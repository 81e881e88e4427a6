"""What the tests of assessments share: validation of what differs alone, and releases written in a few lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from local_validation import SHARED

from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.vocab import CODE, DEF, OSAID, REQ

PREFIXES = (
    f"@prefix : <{OSAID}> .\n@prefix code: <{CODE}> .\n@prefix req: <{REQ}> .\n@prefix def: <{DEF}> .\n"
    "@prefix ex: <https://example.org/> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n"
    "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n@prefix prov: <http://www.w3.org/ns/prov#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
)


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Validate only what differs from the graphs validated before."""
    monkeypatch.setattr("osaid_graph.assessment.assess.validate", SHARED.validate)


@pytest.fixture
def turtle(tmp_path: Path) -> Callable[[str], Release]:
    """Return a function that loads Turtle written with the usual prefixes and ``ex:``."""

    def read(text: str) -> Release:
        (tmp_path / "release.ttl").write_text(PREFIXES + text, "utf-8")
        return load([str(tmp_path / "release.ttl")])

    return read
