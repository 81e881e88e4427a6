"""The lineage as numbers: which nodes count as one artefact, which edges join them, and how a person names them."""

from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lineage_graphs import described
from rdflib import URIRef

from osaid_graph.assessment.assess import prepare
from osaid_graph.errors import UsageError
from osaid_graph.graph.load import load_apart
from osaid_graph.lineage.artifacts import lineage_of
from osaid_graph.lineage.builder import LineageBuilder
from osaid_graph.lineage.index import Lineage, via
from osaid_graph.lineage.reached import downstream, upstream
from osaid_graph.lineage.walk import downstream_of, upstream_of
from osaid_graph.vocab import OSAID

FIXTURES = Path(__file__).parent.parent / "fixtures"


def read(*inputs: str | Path) -> Lineage:
    """Return the lineage of inputs."""
    release, dumps = load_apart([str(each) for each in inputs])
    return lineage_of(prepare(release), release, dumps)


def edges(lineage: Lineage) -> set[tuple[str, str, str]]:
    """Return the edges in words."""
    return {(lineage.label(a), via(kind), lineage.label(b)) for a, b, kind in lineage.arrows()}


def test_parameters_count_as_one_with_the_model_they_belong_to() -> None:
    lineage = lineage_of(
        described("ex:m a :Model ; :hasParameters ex:p . ex:p a :Parameters ; :trainedOn ex:d . ex:d a :Dataset .")
    )
    assert edges(lineage) == {("example.org/m", "osaid:trainedOn", "example.org/d")}
    assert lineage.find("https://example.org/p") == lineage.find("https://example.org/m")


def test_parameters_of_a_model_in_a_system_belong_to_the_model() -> None:
    lineage = lineage_of(
        described(
            "ex:s a :AISystem ; :hasModel ex:m ; :hasParameters ex:p . ex:m a :Model ; :hasParameters ex:p ."
            " ex:p a :Parameters ; :fineTunedFrom ex:b . ex:b a :Model ."
        )
    )
    assert edges(lineage) == {
        ("example.org/s", "osaid:hasModel", "example.org/m"),
        ("example.org/m", "osaid:fineTunedFrom", "example.org/b"),
    }


def test_parameters_that_two_models_share_are_an_artefact_of_their_own() -> None:
    lineage = lineage_of(
        described(
            "ex:a a :Model ; :hasParameters ex:p . ex:b a :Model ; :hasParameters ex:p . ex:p a :Parameters ;"
            " :trainedOn ex:d . ex:d a :Dataset ."
        )
    )
    assert edges(lineage) == {
        ("example.org/a", "osaid:hasParameters", "example.org/p"),
        ("example.org/b", "osaid:hasParameters", "example.org/p"),
        ("example.org/p", "osaid:trainedOn", "example.org/d"),
    }


def test_a_checkpoint_that_another_model_starts_from_is_the_model_it_is_of() -> None:
    lineage = lineage_of(
        described(
            "ex:a a :Model ; :hasParameters ex:p . ex:p a :Parameters ; :hasCheckpoint ex:c . ex:c a :Checkpoint ."
            " ex:b a :Model ; :fineTunedFrom ex:c ."
        )
    )
    assert edges(lineage) == {("example.org/b", "osaid:fineTunedFrom", "example.org/a")}


def test_a_particular_derivation_stands_for_the_general_one() -> None:
    lineage = lineage_of(described("ex:d a :Dataset ; :derivedFrom ex:c ; :filteredFrom ex:c . ex:c a :Dataset ."))
    assert edges(lineage) == {("example.org/d", "osaid:filteredFrom", "example.org/c")}


def test_silences_are_no_artefacts() -> None:
    lineage = lineage_of(described("ex:m a :Model ; :trainedOn [ a :NotDisclosed ] ."))
    assert len(lineage) == 1 and not edges(lineage)


def test_code_and_documents_are_no_lineage() -> None:
    lineage = lineage_of(described("ex:m a :Model ; :hasCode ex:c . ex:c a :Code ."))
    assert len(lineage) == 1


def test_a_self_loop_stays_and_a_loop_within_an_artefact_does_not() -> None:
    lineage = lineage_of(
        described(
            "ex:d a :Dataset ; :derivedFrom ex:d . ex:m a :Model ; :hasParameters ex:p ; :derivedFrom ex:p ."
            " ex:p a :Parameters ."
        )
    )
    assert edges(lineage) == {("example.org/d", "osaid:derivedFrom", "example.org/d")}


def test_who_states_an_edge_is_kept_from_whichever_end_it_is_stated(tmp_path: Path) -> None:
    head = f"@prefix : <{OSAID}> . @prefix ex: <https://example.org/> . "
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text(head + "ex:m a :Model ; :trainedOn ex:d .")
    two.write_text(head + "ex:d a :Dataset ; :usedToTrain ex:m .")
    assert read(one, two).sources(0) == (str(one), str(two))


def test_a_dump_gives_artefacts_edges_terms_and_days(tmp_path: Path) -> None:
    models, data = tmp_path / "models.jsonl.gz", tmp_path / "datasets.jsonl"
    records = [
        {
            "id": "acme/atlas",
            "tags": ["license:mit", "dataset:acme/web", "base_model:finetune:acme/base", "base_model:acme/base"],
            "createdAt": "2024-01-12T03:24:12.000Z",
            "pipeline_tag": "x",
        },
        {"id": "acme/base", "tags": ["region:us"], "pipeline_tag": "x"},
    ]
    models.write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode(), mtime=0))
    data.write_text('{"id": "acme/web", "tags": ["source_datasets:acme/crawl"], "description": "x"}\n')
    lineage = read(models, data)
    assert edges(lineage) == {
        ("acme/atlas", "osaid:trainedOn", "acme/web"),
        ("acme/atlas", "osaid:fineTunedFrom", "acme/base"),
        ("acme/web", "osaid:derivedFrom", "acme/crawl"),
    }
    atlas = lineage.find("atlas")
    assert lineage.licenses(atlas) == ("mit",)
    assert lineage.issued(atlas) == datetime.date(2024, 1, 12)
    assert [bool(lineage.columns.described[lineage.find(name)]) for name in ("base", "web", "crawl")] == [1, 1, 0]
    assert lineage.sources(0) == (str(models), str(data))


def test_of_two_of_one_name_the_one_that_is_described_is_meant(tmp_path: Path) -> None:
    models = tmp_path / "models.jsonl"
    models.write_text(
        '{"id": "acme/base", "tags": ["region:us"], "pipeline_tag": "x"}\n'
        '{"id": "acme/b", "tags": ["dataset:acme/base"], "pipeline_tag": "x"}\n'
        '{"id": "acme/c", "tags": [], "pipeline_tag": "x"}\n'
    )
    lineage = read(models)
    assert lineage.iri(lineage.find("acme/base")) == "https://huggingface.co/acme/base"


def test_a_name_that_nothing_has_is_answered_with_the_nearest() -> None:
    family = read(FIXTURES / "lineage" / "family.ttl")
    with pytest.raises(UsageError) as error:
        family.find("acme/mixtrue")
    assert (str(error.value), error.value.hint) == (
        "no node 'acme/mixtrue' here",
        "did you mean acme/mixture, acme/tuned, acme/merged, acme/webmix@1, acme/webmix@2?",
    )


def test_upstream_leaves_out_data_that_only_measured_it() -> None:
    family = read(FIXTURES / "lineage" / "family.ttl")
    assert [(r.label, r.distance) for r in upstream(family, "base")] == [
        ("Books", 1),
        ("Webmix 2", 1),
        ("Crawl", 2),
        ("Webmix 1", 2),
    ]
    crawl = next(each for each in upstream(family, "merged") if each.label == "Crawl")
    assert (crawl.label, [(hop.node.rpartition("/")[2], hop.via) for hop in crawl.path]) == (
        "Crawl",
        [
            ("merged", ""),
            ("sibling", "osaid:mergedFrom"),
            ("base", "osaid:fineTunedFrom"),
            ("webmix#2", "osaid:trainedOn"),
            ("crawl", "osaid:filteredFrom"),
        ],
    )


def test_downstream_follows_the_edges_turned_round() -> None:
    family = read(FIXTURES / "lineage" / "family.ttl")
    found = downstream(family, "chat")
    assert [(r.label, r.path[-1].via) for r in found] == [
        ("Tuned", "^osaid:trainedOn"),
        ("Merged", "^osaid:mergedFrom"),
        ("Quant", "^osaid:quantizedFrom"),
    ]


ARCS = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([0, 3, 4, 9])), max_size=40)


def drawn(arcs: set[tuple[int, int, int]]) -> Lineage:
    """Return a lineage of ten datasets."""
    from osaid_graph.lineage.index import properties

    builder = LineageBuilder()
    for number in range(10):
        builder.node(f"urn:x:{number}", OSAID.Dataset, described=True)
    for source, target, kind in sorted(arcs):
        builder.edge(source, target, properties()[kind], ())
    return builder.finish()


@given(ARCS)
def test_what_is_reached_and_how_far_is_what_networkx_says(arcs: set[tuple[int, int, int]]) -> None:
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(range(10))
    graph.add_edges_from((a, b) for a, b, _ in arcs)
    lineage = drawn(arcs)
    for node in range(10):
        assert upstream_of(lineage, node).depths == nx.single_source_shortest_path_length(graph, node)
        assert downstream_of(lineage, node).depths == nx.single_source_shortest_path_length(graph.reverse(), node)


@given(ARCS)
def test_a_path_is_made_of_edges_of_the_lineage(arcs: set[tuple[int, int, int]]) -> None:
    lineage = drawn(arcs)
    there = {(lineage.iri(a), lineage.iri(b), via(kind)) for a, b, kind in lineage.arrows()}
    for reached in upstream(lineage, "urn:x:0"):
        assert len(reached.path) == reached.distance + 1
        steps = zip(reached.path, reached.path[1:], strict=False)
        assert all((before.node, hop.node, hop.via) in there for before, hop in steps)


def test_the_properties_followed_can_be_chosen() -> None:
    family = read(FIXTURES / "lineage" / "family.ttl")
    only: tuple[URIRef, ...] = (OSAID.evaluatedOn,)
    assert [reached.label for reached in upstream(family, "tuned", only)] == ["Bench"]
