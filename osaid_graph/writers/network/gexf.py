"""GEXF 1.3 (https://gexf.net/), the format of Gephi."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from osaid_graph.writers.material import Material
from osaid_graph.writers.network.graph import EDGE_ATTRIBUTES, network
from osaid_graph.writers.network.nodes import ATTRIBUTES, COUNTED
from osaid_graph.writers.network.xml import escaped, occurring

if TYPE_CHECKING:
    import networkx as nx

NAME, TITLE, SUFFIX, ASSESSED = "gexf", "GEXF 1.3", ".gexf", "shows"


def write(material: Material) -> str:
    """Return the lineage as a GEXF document.

    Ids of nodes are their IRIs; ``label`` is the label of a node and the property of an edge, which is its ``kind``
    as well, since parallel edges must differ in it.

    Raises:
        NothingToAssessError: There is no node.
    """
    return "\n".join(_lines(network(material))) + "\n"


def _lines(graph: nx.MultiDiGraph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield "  <meta>"
    yield "    <creator>osaid-graph</creator>"
    if graph.graph:
        said = "; ".join(f"{key}: {value}" for key, value in graph.graph.items())
        yield f"    <description>{escaped(said)}</description>"
    yield "  </meta>"
    yield '  <graph defaultedgetype="directed" mode="static">'
    names = [each for each in ATTRIBUTES if each != "label"]
    yield from _declared("node", occurring(names, (said for _, said in graph.nodes(data=True))))
    yield from _declared("edge", occurring(EDGE_ATTRIBUTES, (said for _, _, said in graph.edges(data=True))))
    yield "    <nodes>"
    for node, said in graph.nodes(data=True):
        yield f'      <node id="{escaped(node)}" label="{escaped(said["label"])}">'
        yield from _values({key: value for key, value in said.items() if key != "label"})
        yield "      </node>"
    yield "    </nodes>"
    yield "    <edges>"
    for at, (source, target, said) in enumerate(graph.edges(data=True), 1):
        ends = f'source="{escaped(source)}" target="{escaped(target)}"'
        yield f'      <edge id="e{at}" {ends} kind="{said["property"]}" label="{said["property"]}">'
        yield from _values(said)
        yield "      </edge>"
    yield "    </edges>"
    yield "  </graph>"
    yield "</gexf>"


def _declared(domain: str, names: list[str]) -> Iterator[str]:
    if names:
        yield f'    <attributes class="{domain}">'
        for name in names:
            kind = "integer" if name in COUNTED else "string"
            yield f'      <attribute id="{domain}-{name}" title="{name}" type="{kind}"/>'
        yield "    </attributes>"


def _values(said: dict[str, object]) -> Iterator[str]:
    domain = "edge" if "property" in said else "node"
    yield "        <attvalues>"
    for name, value in said.items():
        yield f'          <attvalue for="{domain}-{name}" value="{escaped(value)}"/>'
    yield "        </attvalues>"
