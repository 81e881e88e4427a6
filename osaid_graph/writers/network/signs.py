"""How nodes and edges look in diagram languages: as in our own pictures, with gaps told in words as well."""

from __future__ import annotations

from collections.abc import Mapping

from osaid_graph.writers.lineage_signs import EDGES, NODES, NOT_EVIDENCED, NOT_MET
from osaid_graph.writers.network.nodes import Value
from osaid_graph.writers.picture import NodeKind
from osaid_graph.writers.svg import ORANGE, VERMILLION

#: Look -> the classes that have it; the first that fits a node counts.
_LOOKS: Mapping[NodeKind, frozenset[str]] = {
    "silence": frozenset({"NotDisclosed", "NotApplicable"}),
    "release": frozenset({"AISystem", "Model", "Parameters", "Checkpoint", "OptimizerState"}),
    "data": frozenset({"Dataset"}),
    "code": frozenset({"Code", "Configuration", "Architecture"}),
    "document": frozenset({"Document", "DataInformation"}),
}
#: Kind of edge -> colour and width.
STROKES: Mapping[str, tuple[str, float]] = {kind: (colour, width) for kind, (colour, width, _) in EDGES.items()}


def look(attributes: Mapping[str, Value]) -> NodeKind:
    """Return how a node is drawn, by its classes."""
    classes = set(str(attributes.get("kind", "")).split("; "))
    return next((kind for kind, those in _LOOKS.items() if not those.isdisjoint(classes)), "other")


def gaps(attributes: Mapping[str, Value]) -> str:
    """Return the counts of findings of a node as our pictures mark them, ``× 2 ? 1``; empty for none."""  # noqa: RUF002
    counts = ((NOT_MET, attributes.get("not_met")), (NOT_EVIDENCED, attributes.get("not_evidenced")))
    return " ".join(f"{glyph} {count}" for glyph, count in counts if count)


def border(attributes: Mapping[str, Value]) -> tuple[str, float]:
    """Return colour and width of the border of a node: those of its gaps, where it has some."""
    if attributes.get("not_met"):
        return VERMILLION, 2.4
    if attributes.get("not_evidenced"):
        return ORANGE, 2.4
    return NODES[look(attributes)][1], 1


def link(attributes: Mapping[str, Value]) -> str:
    """Return where a node may lead whoever clicks on it: its IRI if that is of the web, else nothing."""
    iri = str(attributes.get("iri", ""))
    return iri if iri.casefold().startswith(("https://", "http://")) else ""
