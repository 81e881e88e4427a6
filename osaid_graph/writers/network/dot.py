"""The DOT language of Graphviz (https://graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from osaid_graph.errors import printable
from osaid_graph.writers.lineage_signs import NODES
from osaid_graph.writers.material import Material
from osaid_graph.writers.network.graph import network
from osaid_graph.writers.network.signs import STROKES, border, gaps, link, look
from osaid_graph.writers.svg import INK, number

if TYPE_CHECKING:
    import networkx as nx

NAME, TITLE, SUFFIX, ASSESSED = "dot", "Graphviz DOT", ".dot", "shows"

#: What Graphviz reads as a character in a label, whoever wrote it.
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LOOKS = {
    "release": "box",
    "data": "box",
    "code": "component",
    "document": "note",
    "silence": "box",
    "other": "box",
}


def write(material: Material) -> str:
    """Return the lineage as a DOT document.

    Ids of nodes are their IRIs. Labels have the counts of findings below the name; characters that do not print are
    written as escapes that can be seen. Only addresses of the web become links.

    Raises:
        NothingToAssessError: There is no node.
    """
    return "\n".join(_lines(network(material, ()))) + "\n"


def _lines(graph: nx.MultiDiGraph) -> Iterator[str]:
    yield "digraph lineage {"
    yield "  graph [rankdir=LR, fontname=Helvetica];"
    yield f"  node [shape=box, fontname=Helvetica, fontsize=11, fontcolor={_quoted(INK)}];"
    yield "  edge [fontname=Helvetica, fontsize=9];"
    for node, attributes in graph.nodes(data=True):
        kind = look(attributes)
        colour, width = border(attributes)
        marks = gaps(attributes)
        styles = ["filled", *(["rounded"] if kind == "data" else []), *(["dashed"] if kind == "silence" else [])]
        said = {
            "label": _text(attributes["label"]) + (rf"\n{marks}" if marks else ""),
            "tooltip": _text(attributes.get("iri", attributes["label"])),
            "class": kind,
            "shape": _LOOKS[kind],
            "style": ",".join(styles),
            "fillcolor": NODES[kind][0],
            "color": colour,
            "penwidth": number(width),
        }
        if link(attributes):
            said["URL"] = _address(link(attributes))
        yield f"  {_id(node)} [{_list(said)}];"
    for source, target, attributes in graph.edges(data=True):
        colour, width = STROKES[attributes["kind"]]
        said = {"label": attributes["property"], "color": colour, "penwidth": number(width)}
        if attributes["kind"] == "evaluation":
            said["style"] = "dotted"
        yield f"  {_id(source)} -> {_id(target)} [{_list(said)}];"
    yield "}"


def _list(attributes: dict[str, str]) -> str:
    return ", ".join(f"{key}={_quoted(value)}" for key, value in attributes.items())


def _id(node: str) -> str:
    """Return a node's id; a backslash, which no IRI may hold, as it is written in one."""
    return _quoted(printable(node.replace("\\", "%5C")))


def _address(iri: str) -> str:
    """Return an address for an attribute that Graphviz puts into SVG as it is, but for entities."""
    return printable(iri.replace("\\", "%5C")).replace("&", "&amp;")


def _text(text: object) -> str:
    """Return a text for an attribute in which a backslash and an entity stand for something else (escString)."""
    return _ENTITY.sub("&amp;", printable(str(text)).replace("\\", "\\\\"))


def _quoted(text: str) -> str:
    r"""Return an ID in double quotes, in which ``\"`` is the only escape; what is in it prints."""
    return '"' + text.replace('"', '\\"') + '"'
