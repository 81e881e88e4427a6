"""Borealis, the release that leaves nothing open, and its edits: one gap for every rule."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from manifest_text import ManifestText

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.model import Assessment
from osaid_graph.validation.definition import DEFAULT_VERSION
from osaid_graph.vocab import CODE, OSAID

RELEASES = Path(__file__).parent / "fixtures" / "releases"
MAIN = "borealis.yaml"
GAP = "gap.ttl"
#: The manifest of the base that the remedy for a base described nowhere imports.
BASE = "base.yaml"
PREFIXES = (
    f"@prefix osaid: <{OSAID}> .\n@prefix code: <{CODE}> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
)

#: The documents of a release by name, the ones to name to ``check`` first.
Documents = dict[str, str]


@cache
def edits() -> dict[str, Any]:
    """Return ``edits.yaml``: for every rule, what to do to Borealis."""
    found = yaml.safe_load((RELEASES / "edits.yaml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def borealis() -> Documents:
    """Return the documents of Borealis."""
    names = (MAIN, "upstream/tundra.yaml")
    return {name: (RELEASES / name).read_text("utf-8") for name in names}


def edited(rule: str) -> Documents:
    """Return the documents of Borealis with the gap for a rule in them."""
    documents = borealis()
    text = ManifestText(documents[MAIN])
    for edit in edits()[rule]["edits"]:
        match edit:
            case {"delete": path}:
                text.delete(text.named(path))
            case {"replace": path, "text": put}:
                text.replace(text.named(path), put)
            case {"add": path, "text": put}:
                text.add(text.named(path).path, put)
            case {"turtle": put}:
                documents[GAP] = PREFIXES + put
            case _:
                raise AssertionError(f"unknown edit {edit}")
    documents[MAIN] = str(text)
    return documents


def loaded(documents: Documents, folder: Path) -> Release:
    """Write documents to a folder and load them as one release; BASE and those in sub-folders are to be imported."""
    for name, text in documents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return load([str(folder / name) for name in documents if "/" not in name and name != BASE])


def assessed(documents: Documents, folder: Path, version: str = DEFAULT_VERSION) -> Assessment:
    """Return the assessment of documents written to a folder."""
    return assess(loaded(documents, folder), version=version)


def version_of(rule: str) -> str:
    """Return the version of the definition in which a rule is tried: 1.0-RC1 but for what came later."""
    return str(edits()[rule].get("version", DEFAULT_VERSION))


def found(assessment: Assessment) -> list[tuple[str, str]]:
    """Return the rule and focus of every finding."""
    return sorted((finding.rule, finding.focus) for finding in assessment.findings)
