"""GraphML 1.0 (http://graphml.graphdrawing.org/specification.html) with the attributes extension."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from osaid_graph.writers.material import Material
from osaid_graph.writers.network.graph import EDGE_ATTRIBUTES, network
from osaid_graph.writers.network.nodes import ATTRIBUTES, COUNTED
from osaid_graph.writers.network.xml import escaped, ids, occurring

if TYPE_CHECKING:
    import networkx as nx

NAME, TITLE, SUFFIX, ASSESSED = "graphml", "GraphML 1.0", ".graphml", "shows"

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def write(material: Material) -> str:
    """Return the lineage as a GraphML document.

    Ids are name tokens (``n1``, ``e1``), as the schema asks; the IRI of a node is its attribute ``iri``.

    Raises:
        NothingToAssessError: There is no node.
    """
    return "\n".join(_lines(network(material))) + "\n"


def _lines(graph: nx.MultiDiGraph) -> Iterator[str]:
    id_of = ids(graph)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<graphml xmlns="{_NAMESPACE}">'
    attributes = {
        "graph": list(graph.graph),
        "node": occurring(ATTRIBUTES, (said for _, said in graph.nodes(data=True))),
        "edge": occurring(EDGE_ATTRIBUTES, (said for _, _, said in graph.edges(data=True))),
    }
    for domain, names in attributes.items():
        for name in names:
            kind = "int" if name in COUNTED else "string"
            yield f'  <key id="{domain}-{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>'
    yield '  <graph id="lineage" edgedefault="directed">'
    yield from _data("graph", graph.graph, "    ")
    for node, said in graph.nodes(data=True):
        yield f'    <node id="{id_of[node]}">'
        yield from _data("node", said, "      ")
        yield "    </node>"
    for at, (source, target, said) in enumerate(graph.edges(data=True), 1):
        yield f'    <edge id="e{at}" source="{id_of[source]}" target="{id_of[target]}">'
        yield from _data("edge", said, "      ")
        yield "    </edge>"
    yield "  </graph>"
    yield "</graphml>"


def _data(domain: str, said: dict[str, object], indent: str) -> Iterator[str]:
    for name, value in said.items():
        yield f'{indent}<data key="{domain}-{name}">{escaped(value)}</data>'
