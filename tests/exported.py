"""What the tests of writers export: releases, a family, and one whose every name is hostile."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

from osaid_graph.assessment.assess import examine
from osaid_graph.graph.load import load
from osaid_graph.writers.material import Material

ROOT = Path(__file__).parent.parent
DAY = datetime.date(2026, 11, 23)
BOREALIS = "tests/fixtures/releases/borealis.yaml"
FAMILY = "tests/fixtures/lineage/family.ttl"
HOSTILE = "tests/fixtures/releases/hostile-names.ttl"
RELEASES = tuple(str(path.relative_to(ROOT)) for path in sorted((ROOT / "data" / "releases").glob("*.yaml")))
#: Everything there is to export.
SAMPLES = (*RELEASES, BOREALIS, FAMILY, HOSTILE)
#: What has one node that is assessed if nobody says which.
ASSESSED = (*RELEASES, BOREALIS, HOSTILE)


@cache
def _loaded(name: str, assessed: bool) -> Material:
    release = load([str(ROOT / name)])
    return Material(release, examine(release, today=DAY) if assessed else None)


def material(name: str, *, assessed: bool | None = None) -> Material:
    """Return a sample with an empty ledger, assessed if it has one node that would be."""
    loaded = _loaded(name, name in ASSESSED if assessed is None else assessed)
    return Material(loaded.release, loaded.examination)


def described(text: str, folder: Path, *, assessed: bool = False) -> Material:
    """Return what Turtle says; the prefix of the ontology is ``o:``."""
    path = folder / "described.ttl"
    path.write_text(f"@prefix o: <https://w3id.org/osaid-graph/ont#> .\n{text}", "utf-8")
    release = load([str(path)])
    return Material(release, examine(release, today=DAY) if assessed else None)
