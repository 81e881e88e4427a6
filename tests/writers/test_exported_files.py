"""Exports of a clean release and of a family, byte for byte. ``OSAID_GRAPH_UPDATE_GOLDEN=1`` rewrites the files."""

from __future__ import annotations

import pytest
from exported import BOREALIS, FAMILY, assert_golden, material

from osaid_graph.writers import writer

WRITTEN = {
    "borealis.svg": ("svg", BOREALIS),
    "borealis.dot": ("dot", BOREALIS),
    "borealis.mmd": ("mermaid", BOREALIS),
    "borealis.graphml": ("graphml", BOREALIS),
    "borealis.gexf": ("gexf", BOREALIS),
    "borealis.cyjs": ("cytoscape", BOREALIS),
    "borealis.node-link.json": ("node-link", BOREALIS),
    "borealis.nodes.csv": ("nodes-csv", BOREALIS),
    "borealis.edges.csv": ("edges-csv", BOREALIS),
    "family.svg": ("svg", FAMILY),
    "family.mmd": ("mermaid", FAMILY),
    "family.edges.csv": ("edges-csv", FAMILY),
}


@pytest.mark.parametrize("file", WRITTEN)
def test_the_export_is_what_it_was(file: str) -> None:
    name, sample = WRITTEN[file]
    content = writer(name).write(material(sample))
    assert isinstance(content, str)
    assert_golden(file, content)
