"""A lineage as an SVG picture: the subject at the left, what it was built from towards the right, gaps marked.

A gap is told by colour, by a glyph and by its number; the kind of a node by shape and tint; the kind of an edge by
colour and width, and where it is a particular derivation by its name. Pointing at anything shows it in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from osaid_graph.writers.layers import Layout, Link, layered
from osaid_graph.writers.lineage_signs import BADGE, DASHES, EDGES, NODES, NOT_EVIDENCED, NOT_MET, arrows, badge, legend
from osaid_graph.writers.picture import Edge, EdgeKind, Node, Picture
from osaid_graph.writers.svg import (
    INK,
    MUTED,
    ORANGE,
    PAPER,
    VERMILLION,
    document,
    element,
    escaped,
    fitted,
    number,
    width_of,
    words,
)

_SIZE, _LINE, _PAD = 13.0, 15.0, 10.0
_ROOM, _NARROWEST = 172.0, 70.0
_GAP, _COLUMN_GAP, _NAME_SIZE = 8.0, 50.0, 11.0
#: How far an edge that closes a cycle runs below the others, and how far an arrow ends before its box.
_SHIFT, _TIP = 6.0, 3.0
#: How far an edge runs level before a box, so that its arrow is seen.
_ARROW = 9.0
_MARGIN, _HEAD, _FOOT = 24.0, 74.0, 56.0

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Box:
    """A node with its text as lines, and the room it takes."""

    node: Node
    lines: tuple[str, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the boxes of a layer start, how wide they are, and how far edges run level before it."""

    left: float
    width: float
    approach: float

    @property
    def right(self) -> float:
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The boxes, the columns and the layout on one sheet."""

    boxes: dict[str, _Box]
    columns: tuple[_Column, ...]
    layout: Layout
    top: float

    def y(self, place: float) -> float:
        return self.top + place

    def column(self, id_: str) -> _Column:
        return self.columns[self.layout.layer[id_]]


def render(picture: Picture, *, within_page: bool = False, addresses: Mapping[str, str] | None = None) -> str:
    """Return the picture as an SVG document that needs nothing from outside itself.

    Args:
        picture: What is drawn.
        within_page: Leave title and description to the page that holds the picture, and tell it what is what:
            ``data-node`` is the number of a node, counted from 0, ``data-from`` and ``data-to`` those of the ends of
            an edge.
        addresses: Where the box of a node leads, by its id.
    """
    numbers = {node.id: at for at, node in enumerate(picture.nodes)} if within_page else {}
    boxes = {node.id: _box(node) for node in picture.nodes}
    joined = _joined(picture.edges)
    layout = layered({id_: box.height for id_, box in boxes.items()}, list(joined), _GAP)
    head = _MARGIN if within_page else _HEAD
    sheet = _Sheet(boxes, _columns(boxes, layout, picture.edges), layout, head)
    cyclic = bool(layout.returning) or any(source == target for source, target in joined)
    signs, signs_width = legend(picture, cyclic=cyclic)
    right = max((column.right for column in sheet.columns), default=0.0)
    height = head + layout.extent + _FOOT
    drawn = (
        _drawn(sheet, box, numbers, subject=at == 0 and picture.has_subject) for at, box in enumerate(boxes.values())
    )
    linked = (_linked(box, (addresses or {}).get(id_)) for id_, box in zip(boxes, drawn, strict=True))
    parts = [
        *arrows(picture),
        *([] if within_page else _title(picture, max(right, signs_width) - _MARGIN)),
        *_edges(sheet, joined, numbers),
        *linked,
        *_names(sheet, joined),
        element("g", "".join(signs), transform=f"translate({number(_MARGIN)} {number(height - 24)})"),
    ]
    width = max(right, signs_width + _MARGIN, 360.0) + _MARGIN
    return document(width, height, picture.title, picture.description, parts, has_links=bool(addresses))


def _title(picture: Picture, room: float) -> Iterator[str]:
    yield words(_MARGIN, 32, picture.title, font_size=18, font_weight="bold")
    for at, line in enumerate(fitted(picture.description, 12, room, 2)):
        yield words(_MARGIN, 50 + 14 * at, line, font_size=12, fill=MUTED)


def _joined(edges: Sequence[Edge]) -> dict[Link, tuple[Edge, ...]]:
    """Return the edges by the nodes they join: what joins the same two the same way is drawn as one line."""
    found: dict[Link, list[Edge]] = defaultdict(list)
    for edge in edges:
        found[edge.source, edge.target].append(edge)
    return {link: tuple(group) for link, group in found.items()}


def _box(node: Node) -> _Box:
    marks = bool(node.not_met) + bool(node.not_evidenced)
    lines = fitted(node.label, _SIZE, _ROOM - marks * (BADGE + 4), 2) or ["(no name)"]
    text = max(width_of(line, _SIZE) for line in lines)
    return _Box(node, tuple(lines), text + 2 * _PAD + marks * (BADGE + 4), len(lines) * _LINE + 11)


def _columns(boxes: dict[str, _Box], layout: Layout, edges: Sequence[Edge]) -> tuple[_Column, ...]:
    """Return the columns; before one with named edges these run level under their names."""
    count = max(layout.layer.values(), default=-1) + 1
    widths, approaches = [_NARROWEST] * count, [_ARROW] * count
    for edge in edges:
        if _name_of(edge):
            layer = layout.layer[edge.target]
            approaches[layer] = max(approaches[layer], width_of(_name_of(edge), _NAME_SIZE) + 2 * _PAD)
    for id_, box in boxes.items():
        widths[layout.layer[id_]] = max(widths[layout.layer[id_]], box.width)
    columns: list[_Column] = []
    for width, approach in zip(widths, approaches, strict=True):
        left = columns[-1].right + _COLUMN_GAP + approach if columns else _MARGIN
        columns.append(_Column(left, width, approach))
    return tuple(columns)


def _name_of(edge: Edge) -> str:
    """Return what is written beside an edge: the derivations that say more than that it is one."""
    return edge.label if edge.kind == "derivation" and edge.label.lstrip("^") != "derivedFrom" else ""


def _edges(sheet: _Sheet, joined: dict[Link, tuple[Edge, ...]], numbers: dict[str, int]) -> Iterator[str]:
    order = list(EDGES)
    for link, group in sorted(joined.items(), key=lambda item: _rank(order, item[1])):
        kind = max((edge.kind for edge in group), key=order.index)
        colour, width, _ = EDGES[kind]
        names = ", ".join(dict.fromkeys(edge.label for edge in group))
        source, target = (sheet.boxes[id_].node.label for id_ in link)
        attributes: dict[str, str | float] = {"marker-end": f"url(#arrow-{kind})"}
        if kind in DASHES:
            attributes["stroke-dasharray"] = DASHES[kind]
        if link in sheet.layout.returning or link[0] == link[1]:
            attributes["stroke-dasharray"] = "5 4"
        if numbers:
            attributes |= {"data-from": str(numbers[link[0]]), "data-to": str(numbers[link[1]])}
        title = element("title", escaped(f"{source} {names} {target}"))
        yield element("path", title, d=_path(sheet, link), fill="none", stroke=colour, stroke_width=width, **attributes)


def _rank(order: list[EdgeKind], group: tuple[Edge, ...]) -> int:
    return max(order.index(edge.kind) for edge in group)


def _path(sheet: _Sheet, link: Link) -> str:
    """Return the curve of an edge: level through every column it passes, turned round where it closes a cycle."""
    source, target = link
    if source == target:
        x, y = sheet.column(source).right, sheet.y(sheet.layout.place[source])
        return _curve("M", (x, y - 5)) + _curve("C", (x + 26, y - 16), (x + 26, y + 16), (x + _TIP, y + 6))
    back = link in sheet.layout.returning
    upper, route = (target if back else source), sheet.layout.routes[link]
    points: list[_Point] = []
    bends: list[bool] = []
    for at, place in enumerate(route):
        column = sheet.columns[sheet.layout.layer[upper] + at]
        y = sheet.y(place) + (_SHIFT if back else 0)
        if at:
            points += [(column.left - column.approach, y), (column.left, y)]
            bends += [True, False]
        if at < len(route) - 1:
            points.append((column.right, y))
            bends += [False] if at else []
    if back:
        points.reverse()
        bends.reverse()
    points[-1] = (points[-1][0] + (_TIP if back else -_TIP), points[-1][1])
    text = _curve("M", points[0])
    for (x0, y0), (x1, y1), bent in zip(points, points[1:], bends, strict=False):
        middle = (x0 + x1) / 2
        text += _curve("C", (middle, y0), (middle, y1), (x1, y1)) if bent else _curve("L", (x1, y1))
    return text


def _curve(command: str, *points: _Point) -> str:
    return command + " ".join(f"{number(x)},{number(y)}" for x, y in points)


def _names(sheet: _Sheet, joined: dict[Link, tuple[Edge, ...]]) -> Iterator[str]:
    """Yield the names of particular derivations, once where several lead to the same node."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for link, group in joined.items():
        for edge in group:
            if _name_of(edge) and link not in sheet.layout.returning and link[0] != link[1]:
                found[link[1]][edge.label] = None
    for target, names in found.items():
        line = next(iter(names)) + (f" +{len(names) - 1}" if len(names) > 1 else "")
        x, y = sheet.column(target).left - _PAD, sheet.y(sheet.layout.place[target]) - 5
        halo: dict[str, str | float] = {"paint-order": "stroke", "stroke": PAPER, "stroke-width": 3}
        yield words(x, y, line, font_size=_NAME_SIZE, font_style="italic", text_anchor="end", fill=MUTED, **halo)


def _drawn(sheet: _Sheet, box: _Box, numbers: dict[str, int], *, subject: bool) -> str:
    """Return the box of a node, its text and its marks."""
    node = box.node
    left, width = sheet.column(node.id).left, sheet.column(node.id).width
    middle = sheet.y(sheet.layout.place[node.id])
    fill, border, corner, dash, _ = NODES[node.kind]
    gap = VERMILLION if node.not_met else ORANGE if node.not_evidenced else ""
    parts = [
        element("title", escaped(_told(node))),
        element(
            "rect",
            x=left,
            y=middle - box.height / 2,
            width=width,
            height=box.height,
            rx=corner,
            stroke_dasharray=dash,
            fill=INK if subject else fill,
            stroke=gap or (INK if subject else border),
            stroke_width=2.4 if gap else 1,
        ),
    ]
    first = middle - (len(box.lines) - 1) * _LINE / 2 + _SIZE * 0.35
    for at, line in enumerate(box.lines):
        colour = PAPER if subject else INK
        weight = "bold" if subject else "normal"
        y = first + at * _LINE
        parts.append(words(left + _PAD, y, line, font_size=_SIZE, fill=colour, font_weight=weight))
    x = left + width - 6
    for count, glyph in ((node.not_evidenced, NOT_EVIDENCED), (node.not_met, NOT_MET)):
        if count:
            x -= BADGE
            parts.append(badge(x, middle, glyph, str(count) if count < 100 else "99+"))
            x -= 4
    number_of_node = {"data-node": str(numbers[node.id])} if numbers else {}
    return element("g", "".join(parts), **number_of_node)


def _linked(drawn: str, address: str | None) -> str:
    """Return what is drawn as a link."""
    return drawn if address is None else f"<a href={quoteattr(address)}>{drawn}</a>"


def _told(node: Node) -> str:
    said = [node.label]
    if node.id != node.label and not node.id.startswith("_:"):
        said.append(f"({node.id})")
    if node.not_met:
        said.append(f"findings not met: {node.not_met}")
    if node.not_evidenced:
        said.append(f"findings not evidenced: {node.not_evidenced}")
    return " ".join(said)
