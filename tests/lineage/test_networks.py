"""A lineage as a graph of networkx."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import EVALUATED, Drawn, arrows, d, family, m, numbered

from osaid_graph.lineage.index import properties, via
from osaid_graph.lineage.networks import ancestry, descent, digraph

nx: Any = import_module("networkx")  # its stubs are not complete


def test_the_family_as_a_network() -> None:
    graph: Any = digraph(family())
    assert (len(graph), graph.number_of_edges()) == (23, 26)
    assert graph.nodes[d("books")] == {
        "label": "Books",
        "kind": "Dataset",
        "licenses": ("CC-BY-NC-4.0",),
        "issued": "2020-02-01",
        "described": True,
    }
    assert graph.nodes["urn:osaid:name:our-crawl"] == {
        "label": "our-crawl",
        "kind": "Dataset",
        "licenses": (),
        "issued": "",
        "described": False,
    }
    assert graph.edges[m("tuned"), m("base")] == {"properties": ("osaid:fineTunedFrom",)}
    assert not graph.has_edge(m("tuned"), d("bench"))
    assert digraph(family(), following=properties()).number_of_edges() == 29


def test_ancestry_and_descent() -> None:
    assert set(ancestry(family(), "base")) == {m("base"), *map(d, ("books", "crawl", "webmix#1", "webmix#2"))}
    assert set(descent(family(), "chat")) == {d("chat"), *map(m, ("tuned", "quant", "merged"))}
    assert set(descent(family(), "chat").edges) == {
        (m("tuned"), d("chat")),
        (m("quant"), m("tuned")),
        (m("merged"), m("tuned")),
    }


@given(arrows(), st.none() | st.sets(st.integers(0, 7)))
def test_nothing_is_lost_and_nothing_added(drawn: Drawn, nodes: set[int] | None) -> None:
    found: Any = digraph(numbered(drawn), nodes)
    inside = set(range(8)) if nodes is None else nodes
    assert list(found) == [f"urn:{number}" for number in sorted(inside)]
    told = {(source, target, name) for source, target, names in found.edges(data="properties") for name in names}
    assert told == {
        (f"urn:{source}", f"urn:{target}", via(kind))
        for source, target, kind in drawn
        if kind != EVALUATED and {source, target} <= inside
    }
