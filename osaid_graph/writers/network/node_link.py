"""Node-link JSON, as networkx reads it (``node_link_graph``) and D3 draws it."""

from __future__ import annotations

from osaid_graph.writers.material import Material
from osaid_graph.writers.network.graph import network
from osaid_graph.writers.network.json_text import json_text

NAME, TITLE, SUFFIX, ASSESSED = "node-link", "node-link JSON of networkx", ".json", "shows"


def write(material: Material) -> str:
    """Return the lineage as node-link JSON; ``id`` of a node is its IRI, ``key`` of an edge the name of its property.

    The edges stand under ``edges``, the name that networkx expects by default from its version 3.6 on.

    Raises:
        NothingToAssessError: There is no node.
    """
    graph = network(material)
    document = {
        "directed": True,
        "multigraph": True,
        "graph": graph.graph,
        "nodes": [{"id": node, **said} for node, said in graph.nodes(data=True)],
        "edges": [
            {"source": source, "target": target, "key": key, **said}
            for source, target, key, said in graph.edges(keys=True, data=True)
        ],
    }
    return json_text(document)
