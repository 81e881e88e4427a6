"""Every circle of a lineage with a shortest cycle, against networkx."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from typing import Any

from hypothesis import given
from lineage_graphs import described, names
from numbered_lineages import EVALUATED, Drawn, arrows, d, family, numbered

from osaid_graph.lineage.circles import Circle, circles, circular
from osaid_graph.lineage.walk import Hop

nx: Any = import_module("networkx")  # its stubs are not complete


def test_the_circles_of_the_family() -> None:
    assert circles(family()) == (
        Circle(
            2,
            2,
            (d("round-a"), d("round-b")),
            (
                Hop(d("round-a"), ""),
                Hop(d("round-b"), "osaid:derivedFrom"),
                Hop(d("round-a"), "osaid:derivedFrom"),
            ),
        ),
        Circle(1, 1, (d("selfie"),), (Hop(d("selfie"), ""), Hop(d("selfie"), "osaid:derivedFrom"))),
    )


@given(arrows())
def test_circles_are_components_and_their_cycles_are_shortest(drawn: Drawn) -> None:
    graph = nx.DiGraph((f"urn:{source}", f"urn:{target}") for source, target, kind in drawn if kind != EVALUATED)
    shortest: dict[tuple[str, ...], int] = {}
    for members in nx.strongly_connected_components(graph):
        lengths = [len(cycle) for cycle in nx.simple_cycles(graph.subgraph(members))]
        if lengths:
            shortest[tuple(sorted(members))] = min(lengths)
    found = circles(numbered(drawn))
    assert {row.members: row.length for row in found} == shortest
    assert len(found) == len(shortest)
    assert [-row.size for row in found] == sorted(-row.size for row in found)
    for row in found:
        nodes = [hop.node for hop in row.path]
        assert nodes[0] == nodes[-1] and len(set(nodes)) == row.length == len(nodes) - 1
        assert set(nodes) <= set(row.members) and row.size == len(row.members)
        assert all(graph.has_edge(start, end) for start, end in pairwise(nodes))


def test_data_that_only_measure_make_no_circle() -> None:
    assert circles(numbered([(0, 1, EVALUATED), (1, 0, EVALUATED)])) == ()


def test_a_long_circle_needs_no_recursion() -> None:
    size = 3_000
    (found,) = circles(numbered([(number, (number + 1) % size, 0) for number in range(size)], size))
    assert (found.size, found.length) == (size, size)


def test_every_kind_of_derivation_makes_a_circle_and_nothing_else_does() -> None:
    graph = described("""
        ex:a a :Dataset ; :subsetOf ex:b . ex:b a :Dataset ; :filteredFrom ex:c . ex:c a :Dataset ; :derivedFrom ex:a .
        ex:loop a :Dataset ; :derivedFrom ex:loop .
        ex:into a :Dataset ; :derivedFrom ex:a .
        ex:m a :Model ; :fineTunedFrom ex:n . ex:n a :Model ; :mergedFrom ex:m .
        ex:p a :Parameters ; :trainedOn ex:made . ex:made a :Dataset ; :describes ex:p .
        ex:q a :Parameters ; <http://www.w3.org/ns/prov#wasDerivedFrom> ex:q .
    """)
    assert names(circular(graph)) == {"a", "b", "c", "loop", "m", "n"}


def test_synthetic_data_of_an_earlier_version_makes_a_circle() -> None:
    graph = described("""
        ex:model a :Model ; :trainedOn ex:talks . ex:talks a :Dataset ; :derivedFrom ex:model .
    """)
    assert circular(graph) == frozenset(), "training is no derivation; the data comes from the model, not from itself"
