"""JSON of Cytoscape.js (https://js.cytoscape.org/#notation/elements-json), which Cytoscape desktop opens as well."""

from __future__ import annotations

from osaid_graph.writers.material import Material
from osaid_graph.writers.network.graph import network
from osaid_graph.writers.network.json_text import json_text

NAME, TITLE, SUFFIX, ASSESSED = "cytoscape", "Cytoscape.js JSON", ".cyjs", "shows"


def write(material: Material) -> str:
    """Return the lineage as the elements of a Cytoscape.js graph.

    ``id`` of a node is its IRI, and so are ``value`` and ``name``, by which networkx knows it (``cytoscape_graph``).
    Ids of edges are ``e1``, ``e2``, since nodes and edges share one space of ids.

    Raises:
        NothingToAssessError: There is no node.
    """
    graph = network(material)
    nodes = [{"data": {"id": node, "value": node, "name": node, **said}} for node, said in graph.nodes(data=True)]
    edges = [
        {"data": {"id": f"e{at}", "source": source, "target": target, "key": key, **said}}
        for at, (source, target, key, said) in enumerate(graph.edges(keys=True, data=True), 1)
    ]
    document = {
        "format_version": "1.0",
        "generated_by": "osaid-graph",
        "target_cytoscapejs_version": "~3",
        "data": graph.graph,
        "directed": True,
        "multigraph": True,
        "elements": {"nodes": nodes, "edges": edges},
    }
    return json_text(document)
