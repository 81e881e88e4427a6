"""The network of a release: which nodes, which edges by which property, and what is entered as carried."""

from __future__ import annotations

from pathlib import Path

import pytest
from exported import BOREALIS, FAMILY, ROOT, SAMPLES, described, material
from hypothesis import given, settings
from lineage_graphs import Arcs, directed, drawn
from rdflib import RDF, BNode, URIRef

from osaid_graph.errors import NothingToAssessError
from osaid_graph.graph.release import Release
from osaid_graph.vocab import OSAID
from osaid_graph.writers.material import Material
from osaid_graph.writers.network.graph import network
from osaid_graph.writers.network.nodes import ATTRIBUTES

HUB = "https://huggingface.co/"


def edges(found: Material) -> set[tuple[str, str, str, str]]:
    short = {
        node: node.removeprefix(HUB).replace("datasets/acme/", "d:").replace("acme/", "m:") for node in network(found)
    }
    return {
        (short[source], said["property"].removeprefix("osaid:"), short[target], said["kind"])
        for source, target, said in network(found).edges(data=True)
    }


def test_the_family_has_the_edges_that_were_drawn() -> None:
    found = edges(material(FAMILY))
    assert len(found) == 37
    assert {
        each for each in found if each[0] in ("m:merged#parameters", "d:webmix#2", "d:selfie", "m:base#parameters")
    } == {
        ("m:merged#parameters", "mergedFrom", "m:tuned", "derivation"),
        ("m:merged#parameters", "mergedFrom", "m:sibling", "derivation"),
        ("d:webmix#2", "filteredFrom", "d:crawl", "derivation"),
        ("d:webmix#2", "derivedFrom", "d:webmix#1", "derivation"),
        ("d:selfie", "derivedFrom", "d:selfie", "derivation"),
        ("m:base#parameters", "trainedOn", "d:webmix#2", "training"),
        ("m:base#parameters", "trainedOn", "d:books", "training"),
        ("m:base#parameters", "evaluatedOn", "d:bench", "evaluation"),
    }
    assert ("m:merged", "hasParameters", "m:merged#parameters", "component") in found
    assert {
        ("d:round-a", "derivedFrom", "d:round-b", "derivation"),
        ("d:round-b", "derivedFrom", "d:round-a", "derivation"),
    } < found


def test_a_dataset_that_nobody_uses_is_a_node() -> None:
    assert f"{HUB}datasets/acme/shelf" in network(material(FAMILY))


def test_an_edge_stated_from_its_other_end_is_turned(tmp_path: Path) -> None:
    found = described(
        "<urn:x:d> a o:Dataset ; o:usedToTrain <urn:x:m> ; o:sourceOf <urn:x:e> . <urn:x:m> a o:Model .", tmp_path
    )
    assert edges(found) == {
        ("urn:x:m", "trainedOn", "urn:x:d", "training"),
        ("urn:x:e", "derivedFrom", "urn:x:d", "derivation"),
    }
    network(found)
    assert [loss for loss in found.losses() if loss.predicate != RDF.type] == []


def test_a_broader_property_is_an_edge_only_if_it_was_stated_as_well(tmp_path: Path) -> None:
    one = described("<urn:x:a> a o:Dataset ; o:filteredFrom <urn:x:b> .", tmp_path)
    assert edges(one) == {("urn:x:a", "filteredFrom", "urn:x:b", "derivation")}
    both = described("<urn:x:a> a o:Dataset ; o:filteredFrom <urn:x:b> . <urn:x:b> o:sourceOf <urn:x:a> .", tmp_path)
    assert edges(both) == {
        ("urn:x:a", "filteredFrom", "urn:x:b", "derivation"),
        ("urn:x:a", "derivedFrom", "urn:x:b", "derivation"),
    }


def test_what_an_activity_used_is_an_edge_of_what_it_made(tmp_path: Path) -> None:
    found = described("<urn:x:p> a o:Parameters ; o:trainedBy [ a o:Training ; o:usedDataset <urn:x:d> ] .", tmp_path)
    assert edges(found) == {("urn:x:p", "trainedOn", "urn:x:d", "training")}
    assert OSAID.trainedBy in {loss.predicate for loss in found.losses()}


def test_a_silence_is_a_node_in_words(tmp_path: Path) -> None:
    said = '[ a o:NotDisclosed ; <http://www.w3.org/2000/01/rdf-schema#comment> "a trade secret" ]'
    found = described(f"<urn:x:p> a o:Parameters ; o:hasCode {said} ; o:license {said} .", tmp_path)
    graph = network(found)
    (silent,) = [node for node in graph if node.startswith("_:")]
    assert graph.nodes[silent] == {"label": "not disclosed", "kind": "NotDisclosed", "comment": "a trade secret"}
    assert graph.nodes["urn:x:p"]["license"] == "not disclosed: a trade secret"
    assert found.losses() == ()


def test_gaps_are_counted_on_what_was_assessed_and_on_nothing_else() -> None:
    graph = network(material(BOREALIS))
    assert graph.graph["subject"] == "https://example.org/borealis"
    assert graph.nodes["https://example.org/borealis"]["not_met"] == 0
    assert "not_met" not in graph.nodes["https://example.org/data/held-out"]
    bare = network(material(BOREALIS, assessed=False))
    assert bare.graph == {}
    assert not any("not_met" in said for _, said in bare.nodes(data=True))


def test_the_subject_comes_first_and_blank_nodes_last() -> None:
    nodes = list(network(material(ROOT / "data" / "releases" / "deepseek-r1.yaml")))
    assert nodes[0] == "https://huggingface.co/deepseek-ai/DeepSeek-R1"
    blank = [node.startswith("_:") for node in nodes]
    assert blank == sorted(blank)


def test_nothing_described_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(NothingToAssessError, match="nothing to export"):
        network(described('<urn:x:a> <http://purl.org/dc/terms/title> "a" .', tmp_path))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_only_what_is_in_the_graph_is_entered_as_carried(path: Path) -> None:
    found = material(path)
    graph = network(found)
    assert all(triple in found.graph for triple in found.carried)
    for _, said in graph.nodes(data=True):
        assert list(said) == [each for each in ATTRIBUTES if each in said]
        assert all(value != "" for value in said.values())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_without_room_for_what_is_stated_it_is_lost(path: Path) -> None:
    narrow, wide = material(path), material(path)
    network(narrow, ())
    network(wide)
    assert narrow.carried < wide.carried
    assert OSAID.license not in {predicate for _, predicate, _ in narrow.carried}


@settings(max_examples=40)
@given(directed())
def test_every_arc_of_any_graph_is_one_edge(arcs: Arcs) -> None:
    release = Release()
    release.graph += drawn(8, arcs)
    graph = network(Material(release))
    found = {(int(source[-3:]), int(target[-3:])) for source, target in graph.edges()}
    assert found == set(arcs)
    assert graph.number_of_edges() == len(arcs)
    assert len(graph) == 8
    assert not any(isinstance(node, (URIRef, BNode)) for node in graph)
