"""What the tests of writers export: the shipped releases, a clean one, a family, and one with activities and agents."""

from __future__ import annotations

from pathlib import Path

from osaid_graph.graph.load import load
from osaid_graph.writers.material import Material

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
BOREALIS = FIXTURES / "releases" / "borealis.yaml"
FAMILY = FIXTURES / "lineage" / "family.ttl"
WORKSHOP = FIXTURES / "lineage" / "workshop.ttl"
EXPORTED = [*sorted((ROOT / "data" / "releases").glob("*.yaml")), BOREALIS, FAMILY, WORKSHOP]


def material(path: Path) -> Material:
    """Return a release as writers take it."""
    return Material(load([str(path)]))
