"""The picture of a lineage: every node and edge is there, gaps are marked twice over, whatever the labels hold."""

from __future__ import annotations

import datetime
import re
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_graph.assessment.assess import assess, prepare
from osaid_graph.assessment.subject import choose
from osaid_graph.graph.load import load
from osaid_graph.lineage.scope import scope
from osaid_graph.writers.lineage_svg import render
from osaid_graph.writers.picture import Edge, Node, Picture, lineage_picture
from osaid_graph.writers.svg import VERMILLION

RELEASES = Path(__file__).resolve().parents[2] / "data" / "releases"
SVG = "{http://www.w3.org/2000/svg}"


@cache
def picture_of(name: str) -> Picture:
    release = load([str(RELEASES / f"{name}.yaml")])
    graph = prepare(release)
    assessment = assess(release, today=datetime.date(2026, 11, 24))
    return lineage_picture(graph, scope(graph, choose(graph, None)), assessment)


def parsed(picture: Picture) -> ET.Element:
    return ET.fromstring(render(picture))  # noqa: S314 - our own text


def boxes(root: ET.Element) -> dict[str, tuple[float, float, float, float]]:
    """Return the box of each node by the text shown on pointing at it."""
    found = {}
    for group in root.iter(f"{SVG}g"):
        title, rect = group.find(f"{SVG}title"), group.find(f"{SVG}rect")
        if title is not None and rect is not None:
            x, y, width, height = (float(rect.get(key, "nan")) for key in ("x", "y", "width", "height"))
            found[title.text or ""] = (x, y, x + width, y + height)
    return found


def told_edges(root: ET.Element) -> list[str]:
    return [title.text or "" for path in root.iter(f"{SVG}path") for title in path.iter(f"{SVG}title")]


def assert_no_boxes_overlap(root: ET.Element) -> None:
    for (_, one), (_, other) in combinations(boxes(root).items(), 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


def generated(count: int) -> Picture:
    nodes = tuple(Node(f"n{at}", f"data set {at} of a rather long name", "data", at % 3, at % 2) for at in range(count))
    pairs = [(at * 7 % at, at) for at in range(1, count)] + [(at * 31 % count, at * 17 % count) for at in range(count)]
    edges = tuple(Edge(f"n{a}", f"n{b}", "subsetOf", "derivation") for a, b in dict.fromkeys(pairs))
    return Picture("generated", "a graph", nodes, edges)


@pytest.mark.parametrize("picture", [generated(10), generated(200)], ids=["10", "200"])
def test_every_node_and_edge_is_drawn_and_no_boxes_overlap(picture: Picture) -> None:
    root = parsed(picture)
    assert len(boxes(root)) == len(picture.nodes)
    labels = {node.id: node.label for node in picture.nodes}
    expected = Counter(f"{labels[edge.source]} {edge.label} {labels[edge.target]}" for edge in picture.edges)
    assert Counter(told_edges(root)) == expected
    assert_no_boxes_overlap(root)


@pytest.mark.parametrize("name", ["pythia-12b", "deepseek-r1", "apertus-70b"])
def test_a_shipped_release_is_drawn_whole(name: str) -> None:
    picture = picture_of(name)
    root = parsed(picture)
    assert len(boxes(root)) == len(picture.nodes)
    assert len(told_edges(root)) == len({(edge.source, edge.target) for edge in picture.edges})
    assert_no_boxes_overlap(root)
    assert render(picture) == render(picture)


def test_pythia_shows_the_way_to_project_gutenberg_and_its_gap() -> None:
    picture = picture_of("pythia-12b")
    labels = {node.id: node for node in picture.nodes}
    named = {(labels[e.source].label, e.label, labels[e.target].label): e.kind for e in picture.edges}
    assert named["PG-19", "subsetOf", "Project Gutenberg"] == "derivation"
    assert named["Pythia-12B parameters", "trainedOn", "The Pile as Pythia saw it"] == "training"
    assert named["Pythia-12B", "hasParameters", "Pythia-12B parameters"] == "component"
    (gutenberg,) = [node for node in picture.nodes if node.label == "Project Gutenberg"]
    assert (gutenberg.kind, gutenberg.not_met, gutenberg.not_evidenced) == ("data", 0, 1)
    assert picture.nodes[0].label == "Pythia-12B"
    assert "assessed against Open Source AI Definition 1.0-RC1 on 2026-11-24" in picture.description


def test_what_is_refused_is_called_so() -> None:
    silent = {node.label for node in picture_of("deepseek-r1").nodes if node.kind == "silence"}
    assert "not disclosed (data-processing)" in silent
    assert not any("NotDisclosed" in label for label in silent)


def test_a_gap_is_marked_by_colour_glyph_and_number() -> None:
    nodes = (Node("s", "subject", "release"), Node("a", "worse", "data", 2, 3), Node("b", "fine", "data"))
    svg = render(Picture("t", "d", nodes, (Edge("s", "a", "trainedOn", "training"), Edge("s", "b", "x", "component"))))
    assert ">× 2</text>" in svg  # noqa: RUF001 - the glyph of what is not met
    assert ">? 3</text>" in svg
    assert re.findall(r"<title>(.*?)</title><rect [^>]*stroke=\"(#\w+)\"", svg)[1] == (
        "worse (a) findings not met: 2 findings not evidenced: 3",
        VERMILLION,
    )


def test_an_edge_that_closes_a_cycle_is_dashed_and_explained() -> None:
    nodes = (Node("s", "subject", "release"), Node("a", "one", "data"))
    edges = (Edge("s", "a", "trainedOn", "training"), Edge("a", "s", "derivedFrom", "derivation"))
    root = parsed(Picture("t", "d", nodes, edges))
    dashed = {
        title.text
        for path in root.iter(f"{SVG}path")
        for title in path.iter(f"{SVG}title")
        if path.get("stroke-dasharray")
    }
    assert dashed == {"one derivedFrom subject"}
    assert "closes a cycle" in [text.text for text in root.iter(f"{SVG}text")]


def test_a_node_that_derives_from_itself_has_a_loop() -> None:
    root = parsed(Picture("t", "d", (Node("s", "subject"),), (Edge("s", "s", "derivedFrom", "derivation"),)))
    assert told_edges(root) == ["subject derivedFrom subject"]


def test_what_joins_two_nodes_in_two_ways_is_one_line_that_names_both() -> None:
    nodes = (Node("s", "subject"), Node("a", "one"))
    edges = (Edge("s", "a", "hasModel", "component"), Edge("s", "a", "derivedFrom", "derivation"))
    assert told_edges(parsed(Picture("t", "d", nodes, edges))) == ["subject hasModel, derivedFrom one"]


@settings(deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=8))
def test_any_label_gives_a_well_formed_picture_without_links(labels: list[str]) -> None:
    nodes = tuple(Node(f"n{at}", label) for at, label in enumerate(labels))
    edges = tuple(Edge("n0", node.id, node.label, "derivation") for node in nodes[1:])
    svg = render(Picture(labels[0], labels[-1], nodes, edges))
    ET.fromstring(svg)  # noqa: S314 - our own text
    assert not re.search(r"<(script|image|foreignObject|a)\b|href=", svg)


def test_a_picture_names_and_describes_itself_on_its_own_background() -> None:
    root = parsed(generated(10))
    assert [root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")] == ["generated", "a graph"]
    background = root.find(f"{SVG}rect")
    assert background is not None and background.get("fill") == "#ffffff"
