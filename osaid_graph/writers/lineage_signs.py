"""The signs of a picture of a lineage, and the row that says what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from osaid_graph.writers.picture import EdgeKind, NodeKind, Picture
from osaid_graph.writers.svg import BLUE, GREEN, INK, MUTED, ORANGE, PAPER, VERMILLION, element, number, width_of, words

#: Width of a mark that counts findings.
BADGE = 30.0
#: The glyphs of the two kinds of gap.
NOT_MET, NOT_EVIDENCED = "\N{MULTIPLICATION SIGN}", "?"

#: Kind of node -> fill, border, corner radius, dashes, name in the legend.
NODES: dict[NodeKind, tuple[str, str, float, str, str]] = {
    "release": ("#e9eef5", "#5d7187", 5, "none", "system, model, parameters"),
    "data": ("#e7f3ef", "#4f8f7f", 12, "none", "dataset"),
    "code": ("#f6f3ea", "#94854f", 0, "none", "code, settings"),
    "document": ("#f2eef6", "#82709b", 3, "none", "document"),
    "silence": ("#ffffff", "#7b8794", 3, "4 3", "not disclosed, not applicable"),
    "other": ("#f4f5f7", "#7b8794", 3, "none", "other"),
}
#: Kind of edge -> colour, width, name in the legend; the last drawn lie on top.
EDGES: dict[EdgeKind, tuple[str, float, str]] = {
    "component": ("#9aa5b1", 1.2, "has as a part"),
    "derivation": (GREEN, 1.4, "derived from"),
    "evaluation": (MUTED, 1.2, "validated, evaluated on"),
    "training": (BLUE, 2.4, "trained on"),
}
#: Kind of edge -> dashes, where it is no solid line.
DASHES: dict[EdgeKind, str] = {"evaluation": "2 3"}


def badge(x: float, middle: float, glyph: str, text: str) -> str:
    """Return a mark of the width of a badge: the glyph of the outcome and how many findings have it."""
    colour, ink = (VERMILLION, PAPER) if glyph == NOT_MET else (ORANGE, INK)
    return element("rect", x=x, y=middle - 8, width=BADGE, height=16, rx=8, fill=colour) + words(
        x + BADGE / 2,
        middle + 4,
        f"{glyph} {text}",
        font_size=12,
        font_weight="bold",
        text_anchor="middle",
        fill=ink,
    )


def arrows(picture: Picture) -> Iterator[str]:
    """Yield the definition of an arrowhead for each kind of edge that occurs, ``arrow-KIND``."""
    for kind, (colour, _, _) in EDGES.items():
        if all(edge.kind != kind for edge in picture.edges):
            continue
        arrow = element("path", d="M0,0 L8,4 L0,8 Z", fill=colour)
        box = {"viewBox": "0 0 8 8", "refX": "5", "refY": "4", "markerWidth": "8", "markerHeight": "8"}
        yield element("marker", arrow, id=f"arrow-{kind}", orient="auto", markerUnits="userSpaceOnUse", **box)


def legend(picture: Picture, *, cyclic: bool) -> tuple[list[str], float]:
    """Return a row that explains the signs that occur, and its width."""
    parts: list[str] = []
    x = 0.0

    def entry(sign: str, room: float, text: str) -> None:
        nonlocal x
        parts.append(element("g", sign + words(room + 6, 4, text, font_size=12), transform=f"translate({number(x)} 0)"))
        x += room + 6 + width_of(text, 12) + 16

    for kind, (fill, border, corner, dash, text) in NODES.items():
        if any(node.kind == kind for node in picture.nodes):
            box: dict[str, str | float] = {"rx": min(corner, 7), "stroke-dasharray": dash}
            entry(element("rect", y=-7, width=22, height=14, fill=fill, stroke=border, **box), 22, text)
    for name, (colour, width, text) in EDGES.items():
        if any(edge.kind == name for edge in picture.edges):
            dashes = {"stroke-dasharray": DASHES[name]} if name in DASHES else {}
            line = element("path", d="M0,0 L24,0", stroke=colour, stroke_width=width, **dashes)
            entry(line, 26, text)
    if cyclic:
        entry(element("path", d="M0,0 L24,0", stroke=MUTED, stroke_dasharray="5 4"), 26, "closes a cycle")
    if any(node.not_met for node in picture.nodes):
        entry(badge(0, 0, NOT_MET, "1"), BADGE, "findings not met")
    if any(node.not_evidenced for node in picture.nodes):
        entry(badge(0, 0, NOT_EVIDENCED, "1"), BADGE, "findings not evidenced")
    return parts, x
