"""What follows along the lineage is there for every node, and no more."""

from __future__ import annotations

import pytest
from lineage_graphs import EX, described, names
from rdflib import Graph, Literal, URIRef

from osaid_graph.lineage.completion import complete
from osaid_graph.vocab import OSAID

RELEASE = """
ex:system a :AISystem ; :hasModel ex:left , ex:right ; :hasCode ex:serve ; :hasDataInformation ex:sheet .
ex:left a :Model ; :hasParameters ex:weights ; :hasCode ex:train .
ex:right a :Model ; :hasCode ex:other ; :trainedOn ex:other-data .
ex:weights a :Parameters ; :trainedOn ex:data ; :fineTunedFrom ex:base .
ex:train a :Code ; :hasConfiguration ex:settings . ex:settings a :Configuration .
ex:serve a :Code . ex:other a :Code . ex:sheet a :DataInformation .
ex:data a :Dataset . ex:other-data a :Dataset .
ex:base a :Model ; :hasCode ex:base-code ; :trainedOn ex:base-data . ex:base-code a :Code . ex:base-data a :Dataset .
"""


@pytest.fixture
def graph() -> Graph:
    graph = described(RELEASE)
    complete(graph)
    return graph


def has(graph: Graph, name: str, predicate: URIRef) -> set[str]:
    return names(graph.objects(URIRef(EX + name), predicate))


def test_a_system_has_what_its_parts_have(graph: Graph) -> None:
    assert has(graph, "system", OSAID.hasCode) == {"serve", "train", "other"}
    assert has(graph, "system", OSAID.hasConfiguration) == {"settings"}
    assert has(graph, "system", OSAID.hasParameters) == {"weights"}
    assert has(graph, "system", OSAID.trainedOn) == {"data", "other-data"}
    assert has(graph, "system", OSAID.fineTunedFrom) == {"base"}
    assert has(graph, "system", OSAID.derivedFrom) == {"base"}


def test_a_part_has_the_elements_of_its_wholes_and_not_those_of_its_siblings(graph: Graph) -> None:
    assert has(graph, "left", OSAID.hasCode) == {"serve", "train"}
    assert has(graph, "right", OSAID.hasCode) == {"serve", "other"}
    assert has(graph, "weights", OSAID.hasCode) == {"serve", "train"}
    assert has(graph, "weights", OSAID.hasDataInformation) == {"sheet"}
    assert has(graph, "weights", OSAID.hasConfiguration) == {"settings"}
    assert has(graph, "right", OSAID.hasConfiguration) == set()
    assert has(graph, "right", OSAID.trainedOn) == {"other-data"}


def test_nothing_is_taken_from_a_base(graph: Graph) -> None:
    assert has(graph, "base", OSAID.hasCode) == {"base-code"}
    assert "base-data" not in has(graph, "system", OSAID.trainedOn)


def test_circles_are_marked(graph: Graph) -> None:
    assert not set(graph.subjects(OSAID.circular, None))
    graph = described("ex:a a :Dataset ; :subsetOf ex:b . ex:b a :Dataset ; :derivedFrom ex:a .")
    complete(graph)
    assert names(graph.subjects(OSAID.circular, Literal(True))) == {"a", "b"}


def test_parts_of_each_other_do_not_loop() -> None:
    graph = described("""
        ex:a a :AISystem ; :hasComponent ex:b ; :hasCode ex:x . ex:b a :Model ; :hasComponent ex:a ; :hasCode ex:y .
        ex:x a :Code . ex:y a :Code .
    """)
    complete(graph)
    assert has(graph, "a", OSAID.hasCode) == has(graph, "b", OSAID.hasCode) == {"x", "y"}


def test_a_component_is_what_its_class_says() -> None:
    graph = described("ex:s a :AISystem ; :hasComponent ex:c . ex:c a :Code .")
    complete(graph)
    assert has(graph, "s", OSAID.hasCode) == {"c"}
