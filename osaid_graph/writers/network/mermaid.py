"""Mermaid flowcharts (https://mermaid.js.org/syntax/flowchart.html), which GitHub draws in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from osaid_graph.errors import printable
from osaid_graph.writers.lineage_signs import NODES
from osaid_graph.writers.material import Material
from osaid_graph.writers.network.graph import network
from osaid_graph.writers.network.signs import gaps, link, look
from osaid_graph.writers.network.xml import ids
from osaid_graph.writers.svg import INK, ORANGE, VERMILLION

if TYPE_CHECKING:
    import networkx as nx

NAME, TITLE, SUFFIX, ASSESSED = "mermaid", "Mermaid flowchart", ".mmd", "shows"

#: What Mermaid draws unless its page is configured otherwise (``maxEdges``, ``maxTextSize``); GitHub's is not.
MAX_EDGES, MAX_TEXT = 500, 50_000
_ARROWS = {"component": "-->", "training": "==>", "evaluation": "-.->", "derivation": "-->"}
#: What means nothing to Mermaid, nor to the Markdown that it reads in labels, wherever it stands.
_SAFE = re.compile(r"[^\W_]|[ /,.:()+-]")
#: What would start a list in Markdown, which Mermaid refuses to draw.
_LIST = re.compile(r"([+-]|\d+[.)])(?=\s|$)")
#: Two of these start a formula, even as entity codes; a word joiner between them prevents it.
_FORMULA = re.compile(r"\$(?=\$)")
_NOT_IN_LINK = re.compile(r'[\s"<>\\`;^{|}]')


def write(material: Material) -> str:
    """Return the lineage as a Mermaid flowchart: all of it, and a comment where Mermaid's limits are passed.

    In labels everything but letters, digits and harmless marks is written as an entity code (``#35;``);
    characters that do not print as escapes that can be seen. Only addresses of the web become links.

    Raises:
        NothingToAssessError: There is no node.
    """
    graph = network(material, ())
    text = "\n".join(_lines(graph)) + "\n"
    if graph.number_of_edges() <= MAX_EDGES and len(text) <= MAX_TEXT:
        return text
    size = f"{graph.number_of_edges():,} edges, {len(text):,} characters"
    return f"%% {size}: more than Mermaid draws by default (maxEdges {MAX_EDGES}, maxTextSize {MAX_TEXT:,})\n{text}"


def _lines(graph: nx.MultiDiGraph) -> Iterator[str]:
    id_of = ids(graph)
    yield "flowchart LR"
    for node, said in graph.nodes(data=True):
        marks = gaps(said)
        label = _label(said["label"]) + (f"<br/>{_label(marks)}" if marks else "")
        opening, closing = ("(", ")") if look(said) == "data" else ("[", "]")
        yield f'  {id_of[node]}{opening}"{label}"{closing}:::{look(said)}'
    for source, target, key, said in graph.edges(keys=True, data=True):
        yield f"  {id_of[source]} {_ARROWS[said['kind']]}|{key}| {id_of[target]}"
    for node, said in graph.nodes(data=True):
        if link(said):
            yield f'  click {id_of[node]} href "{_NOT_IN_LINK.sub(_percent, printable(link(said)))}"'
    yield from _styles(graph, id_of)


def _styles(graph: nx.MultiDiGraph, id_of: dict[str, str]) -> Iterator[str]:
    looks = {look(said) for _, said in graph.nodes(data=True)}
    for kind, (fill, stroke, _, dash, _) in NODES.items():
        if kind in looks:
            dashes = "" if dash == "none" else f",stroke-dasharray:{dash}"
            yield f"  classDef {kind} fill:{fill},stroke:{stroke},color:{INK}{dashes}"
    marked = {"notMet": (VERMILLION, "not_met"), "notEvidenced": (ORANGE, "not_evidenced")}
    done: set[str] = set()
    for name, (colour, count) in marked.items():
        those = [id_of[node] for node, said in graph.nodes(data=True) if said.get(count) and node not in done]
        done.update(node for node, said in graph.nodes(data=True) if said.get(count))
        if those:
            yield f"  classDef {name} stroke:{colour},stroke-width:3px"
            yield f"  class {','.join(those)} {name}"


def _label(text: str) -> str:
    line = _FORMULA.sub("$\u2060", printable(text).strip())
    start = _LIST.match(line)
    mark = start.end() - 1 if start else -1
    return "".join(c if _SAFE.match(c) and at != mark else f"#{ord(c)};" for at, c in enumerate(line)) or "#160;"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())
