"""What can be asked: the graphs of the store, the ways of entailment, and dumps that are streamed into it."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from asked_queries import DAY, ROOT

from osaid_graph.assessment.survey import survey
from osaid_graph.errors import UsageError
from osaid_graph.graph.load import load, load_apart
from osaid_graph.query.run import ask
from osaid_graph.query.store import Entailment, build, names

FAMILY = str(ROOT / "tests" / "fixtures" / "lineage" / "family.ttl")
CARD, PAPER = (str(ROOT / "tests" / "fixtures" / "query" / name) for name in ("card.ttl", "paper.ttl"))
RECORDS = [
    {"id": "acme/base", "pipeline_tag": "text-generation", "tags": ["license:llama2", "dataset:acme/webmix"]},
    {
        "id": "acme/tuned",
        "library_name": "peft",
        "tags": ["license:mit", "base_model:finetune:acme/base", "base_model:acme/base"],
    },
    {
        "id": "acme/lost",
        "library_name": "peft",
        "tags": ["base_model:finetune:acme/gone", "base_model:acme/gone", "license:other"],
    },
]


def truth(store: ox.Store, pattern: str) -> bool:
    return ask(store, f"ASK {{ {pattern} }}").truth


def test_what_is_concluded_and_entailed_is_asked_with_what_is_stated() -> None:
    store = build(load([FAMILY]))
    assert truth(store, "hub:acme\\/base osaid:sourceOf ?tuned . ?tuned osaid:fineTunedFrom hub:acme\\/base")
    assert truth(store, "data:acme\\/books osaid:approval code:not-approved ; osaid:concludedLicense spdx:CC-BY-NC-4.0")
    assert truth(store, "<urn:osaid:name:our-crawl> a osaid:UnresolvedReference")


def test_each_source_has_a_graph_with_what_it_says_and_no_more() -> None:
    store = build(load([CARD, PAPER]))
    days = "GRAPH ?g { hub:acme\\/atlas dcterms:issued ?day } ?g rdfs:label ?name"
    rows = ask(store, f"SELECT ?day ?name {{ {days} }} ORDER BY ?day").rows
    assert [row[0].value for row in rows if row[0]] == ["2024-04-20", "2024-05-01"]
    assert not truth(store, "GRAPH ?g { hub:acme\\/atlas a osaid:Artifact }")


def test_labels_of_requirements_can_be_asked() -> None:
    store = build(load([CARD]))
    ont = "GRAPH <https://w3id.org/osaid-graph/ont>"
    assert truth(store, f'{ont} {{ req:params-terms rdfs:label "terms of the parameters"@en }}')
    assert truth(store, f"{ont} {{ osaid:fineTunedFrom rdfs:subPropertyOf osaid:derivedFrom }}")
    assert not truth(store, "req:params-terms rdfs:label ?label")


@pytest.mark.parametrize(
    ("entailment", "stated", "derived", "closed"), [("none", 1, 0, 0), ("check", 1, 1, 0), ("owl-rl", 1, 1, 1)]
)
def test_entailment_adds_what_its_name_says(entailment: Entailment, stated: int, derived: int, closed: int) -> None:
    store = build(load([CARD]), entailment=entailment)
    assert truth(store, "hub:acme\\/atlas a osaid:Model") == bool(stated)
    assert truth(store, "hub:acme\\/atlas a osaid:Artifact ; osaid:approval code:approved") == bool(derived)
    assert truth(store, "hub:acme\\/atlas owl:sameAs hub:acme\\/atlas") == bool(closed)


def test_findings_are_there_where_they_are_asked_for() -> None:
    release = load([str(ROOT / "data" / "releases" / "pythia-12b.yaml")])
    pattern = (
        "?found a sh:ValidationResult ; sh:focusNode ?node ; osaid:requirement ?r ; osaid:outcome code:not-evidenced"
    )
    assert not truth(build(release), pattern)
    assert truth(build(release, assessments=[each.assessment for each in survey(release, today=DAY)]), pattern)


def test_every_outermost_subject_is_assessed() -> None:
    found = [each.assessment for each in survey(load([FAMILY]), today=DAY)]
    ends = ["adapter", "merged", "orphan", "quant", "stray"]
    assert [each.subject for each in found] == [f"https://huggingface.co/acme/{name}" for name in ends]


def dump(folder: Path) -> str:
    file = folder / "models.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), "utf-8")
    return str(file)


@pytest.mark.parametrize("entailment", ["none", "check"])
def test_a_dump_that_is_streamed_says_what_it_says_read_as_a_whole(tmp_path: Path, entailment: Entailment) -> None:
    release, dumps = load_apart([dump(tmp_path)])
    assert len(dumps) == 1
    streamed = build(release, dumps, entailment=entailment)
    whole = tmp_path / "models.json"
    whole.write_text(json.dumps(RECORDS), "utf-8")
    at_once = build(load([str(whole)]), entailment=entailment)
    assert _statements(streamed) == _statements(at_once)


def _statements(store: ox.Store) -> set[str]:
    """Return the statements of the default graph, without the provenance of the sources and names of blank nodes."""
    skipped = ("urn:osaid:source:",)
    found = (quad for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return {
        str(quad.triple)
        for quad in found
        if not isinstance(quad.subject, ox.BlankNode)
        and not isinstance(quad.object, ox.BlankNode)
        and not str(quad.subject).strip("<").startswith(skipped)
    }


def test_a_dump_has_a_graph_and_a_record_as_a_source(tmp_path: Path) -> None:
    release, dumps = load_apart([dump(tmp_path)])
    store = build(release, dumps)
    assert truth(store, "GRAPH ?g { hub:acme\\/tuned a osaid:Model } ?g a osaid:SourceDocument ; osaid:sha256 ?digest")
    assert truth(store, "hub:acme\\/gone a osaid:UnresolvedReference")


def test_what_a_description_says_counts_for_a_dump(tmp_path: Path) -> None:
    card = tmp_path / "gone.ttl"
    card.write_text(
        "@prefix osaid: <https://w3id.org/osaid-graph/ont#> .\n"
        '<https://huggingface.co/acme/gone> a osaid:Model ; osaid:license "MIT" .\n',
        "utf-8",
    )
    release, dumps = load_apart([dump(tmp_path), str(card)])
    store = build(release, dumps)
    assert not truth(store, "hub:acme\\/gone a osaid:UnresolvedReference")
    assert truth(store, "hub:acme\\/gone osaid:approval ?approval")


def test_owl_rl_is_not_for_dumps(tmp_path: Path) -> None:
    release, dumps = load_apart([dump(tmp_path)])
    with pytest.raises(UsageError, match="owl-rl is not for inputs of many descriptions"):
        build(release, dumps, entailment="owl-rl")


def test_reading_a_dump_tells_how_far_it_is(tmp_path: Path) -> None:
    release, dumps = load_apart([dump(tmp_path)])
    told: list[tuple[int, int]] = []
    build(release, dumps, progress=lambda read, whole: told.append((read, whole)))
    assert told[-1] == (dumps[0].size, dumps[0].size)


def test_nodes_have_their_titles_for_names() -> None:
    found = names(build(load([FAMILY])))
    assert found.find("Bench, test split") == "https://huggingface.co/datasets/acme/bench-split"
    assert found.find("Bench, test split") == found.find("bench-split")
    assert found.find("webmix@2") == "https://huggingface.co/datasets/acme/webmix#2"
