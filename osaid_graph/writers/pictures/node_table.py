"""The table of the nodes of a picture: what each is, what it was made from, the way to it and its gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rdflib.term import IdentifiedNode

from osaid_graph.graph.labels import name
from osaid_graph.identity import shortened
from osaid_graph.lineage.edges import Edge as Step
from osaid_graph.model import Finding
from osaid_graph.vocab import token
from osaid_graph.writers.lineage_signs import NODES, NOT_EVIDENCED, NOT_MET
from osaid_graph.writers.material import Material
from osaid_graph.writers.network.nodes import Value, attributes_of
from osaid_graph.writers.network.signs import link
from osaid_graph.writers.picture import Edge, Node, Picture, shown
from osaid_graph.writers.svg import escaped

#: What is stated of a node and shown, in the words it is shown by.
_STATED = {"license": "licence", "issued": "issued", "availability": "availability", "withdrawn": "withdrawn"}
#: Characters of a name outside the row of its node, where it stands whole.
_LONG = 120
_GLYPHS = {"not-met": NOT_MET, "not-evidenced": NOT_EVIDENCED}


def node_table(material: Material, picture: Picture) -> str:
    """Return the table, a row for each node in the order of the picture, and enter what it says as carried.

    A row has the number of its node in ``data-node``, and in ``data-before`` that of the one before it on the way from
    the subject.
    """
    examination = material.examination
    assessed = examination is not None
    heads = ["Node", "What it is", "What is said of it", "Made from", *(["Way to it", "Gaps"] if assessed else [])]
    rows = "".join(_rows(material, picture))
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return f"<table>\n<thead>\n<tr>{columns}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _rows(material: Material, picture: Picture) -> Iterator[str]:
    terms = _terms(material)
    nodes = [terms[node.id] for node in picture.nodes]
    numbers = {node.id: at for at, node in enumerate(picture.nodes)}
    made_from: dict[str, list[Edge]] = defaultdict(list)
    for edge in picture.edges:
        made_from[edge.source].append(edge)
    labels = {node.id: node.label for node in picture.nodes}
    gaps = _gaps(material)
    for node, term, said in zip(picture.nodes, nodes, attributes_of(material, nodes, tuple(_STATED)), strict=True):
        cells = [
            _name(node, said),
            f"<td>{escaped(NODES[node.kind][4] if node.kind == 'other' else _kind(said))}</td>",
            f"<td>{_stated(said)}</td>",
            f"<td>{_list(_target(edge, numbers, labels) for edge in made_from[node.id])}</td>",
        ]
        before = ""
        if material.examination is not None:
            arrival = material.examination.scope.arrivals[term]
            before = f' data-before="{numbers[name(arrival[0])]}"' if arrival else ""
            cells.append(f'<td class="way">{escaped(_way(material, term))}</td>')
            cells.append(f'<td class="findings">{_list(map(_finding, gaps[node.id]))}</td>')
        at = numbers[node.id]
        yield f'<tr id="node-{at}" data-node="{at}"{before}>{"".join(cells)}</tr>\n'


def _terms(material: Material) -> dict[str, IdentifiedNode]:
    found = {*material.graph.subjects(), *material.graph.objects()}
    return {name(term): term for term in found if isinstance(term, IdentifiedNode)}


def _name(node: Node, said: Mapping[str, Value]) -> str:
    label = f'<span class="name">{escaped(node.label) or "(no name)"}</span>'
    iri = escaped(str(said.get("iri", "")))
    if not iri:
        return f'<th scope="row">{label}</th>'
    address = f'<a href="{_attribute(link(said))}" rel="noopener noreferrer">{iri}</a>' if link(said) else iri
    return f'<th scope="row">{label} <span class="iri">{address}</span></th>'


def _attribute(text: str) -> str:
    return escaped(text).replace('"', "&quot;").replace("'", "&#39;")


def _kind(said: Mapping[str, Value]) -> str:
    """Return the classes of a node in words: ``OptimizerState`` is an optimizer state."""
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in str(said.get("kind", "")).replace("AI", "Ai"))
    return words.replace("ai system", "AI system").replace(";  ", "; ").strip()


def _stated(said: Mapping[str, Value]) -> str:
    return _list(f"{word}: {escaped(str(said[key]))}" for key, word in _STATED.items() if key in said)


def _target(edge: Edge, numbers: Mapping[str, int], labels: Mapping[str, str]) -> str:
    label = escaped(shortened(labels[edge.target], _LONG))
    return f'{escaped(edge.label)} <a href="#node-{numbers[edge.target]}">{label}</a>'


def _list(items: Iterator[str] | map[str]) -> str:
    entries = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{entries}</ul>" if entries else ""


def _way(material: Material, term: IdentifiedNode) -> str:
    """Return a shortest way from the subject: the names of its nodes, between them the properties, each its own way."""
    if material.examination is None:
        return ""
    parts = []
    for edge, node in material.examination.scope.trace(term):
        parts += [*([_arrow(edge)] if edge else []), shortened(shown(material.graph, node), _LONG)]
    return " ".join(parts)


def _arrow(edge: Step) -> str:
    word = token(edge.predicate)
    return f"\N{LEFTWARDS ARROW}{word}\N{EM DASH}" if edge.inverse else f"\N{EM DASH}{word}\N{RIGHTWARDS ARROW}"


def _gaps(material: Material) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    if material.examination is not None:
        for finding in material.examination.assessment.findings:
            if finding.outcome in _GLYPHS:
                found[finding.focus].append(finding)
    return found


def _finding(finding: Finding) -> str:
    words = f"{_GLYPHS[finding.outcome]} {finding.outcome.replace('-', ' ')}"
    said = f"{escaped(finding.requirement)}: {escaped(finding.message)}"
    return f'<span class="{finding.outcome}">{words}</span> {said}'
