"""The exports of PROV-O: TriG and JSON-LD hold every statement, in the graph of who says it, and give it back."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pyoxigraph
import pytest
from exported import BOREALIS, EXPORTED, FAMILY, ROOT, WORKSHOP, assert_golden, hostile, written
from rdflib import PROV, RDF, Graph, URIRef
from rdflib.namespace import DCTERMS

from osaid_graph.assessment.assess import assess, prepare
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.readers import detect
from osaid_graph.vocab import OSAID
from osaid_graph.writers import writer
from osaid_graph.writers.material import Material

FORMATS = {"prov-trig": pyoxigraph.RdfFormat.TRIG, "prov-jsonld": pyoxigraph.RdfFormat.JSON_LD}
READERS = {"prov-trig": "turtle", "prov-jsonld": "json-ld"}
BOTH = pytest.mark.parametrize("name", FORMATS)
EACH = pytest.mark.parametrize("path", EXPORTED, ids=lambda path: path.stem)


@BOTH
@EACH
def test_what_was_carried_is_what_is_read_back_and_nothing_is_lost(path: Path, name: str) -> None:
    exported, text = written(path, name)
    data = text.encode()
    found = detect(data, f"a{writer(name).SUFFIX}")
    assert READERS[name] == found.NAME
    reading = found.read(data, "a")
    assert {each.triple for each in reading.statements if each.graph is not None} == exported.carried
    assert exported.losses() == ()
    assert (reading.unread, reading.repairs) == ((), ())


@BOTH
@EACH
def test_every_statement_is_read_back_with_who_says_it(path: Path, name: str, tmp_path: Path) -> None:
    exported, text = written(path, name)
    first, second = exported.release, _read(text, tmp_path / f"copy{writer(name).SUFFIX}")
    for triple, _ in first.claims():
        assert set(second.attributed_to(triple)) == set(first.attributed_to(triple)), triple


@EACH
def test_both_are_valid_for_a_strict_parser_which_finds_the_same_dataset(path: Path) -> None:
    quads = {
        each: pyoxigraph.Dataset(pyoxigraph.parse(written(path, each)[1], format=FORMATS[each])) for each in FORMATS
    }
    for dataset in quads.values():
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    assert quads["prov-trig"] == quads["prov-jsonld"]
    assert len(quads["prov-trig"]) > 0


@BOTH
def test_what_is_read_back_is_assessed_alike(name: str, tmp_path: Path) -> None:
    exported, text = written(WORKSHOP, name)
    second = _read(text, tmp_path / f"copy{writer(name).SUFFIX}")
    before, after = assess(exported.release), assess(second)
    assert [(r.requirement.id, r.outcome) for r in after.results] == [
        (r.requirement.id, r.outcome) for r in before.results
    ]
    assert [finding.id for finding in after.findings] == [finding.id for finding in before.findings]


@BOTH
@pytest.mark.parametrize("path", [BOREALIS, WORKSHOP], ids=lambda path: path.stem)
def test_the_export_is_what_it_was(path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert_golden(f"{path.stem}.{name}{writer(name).SUFFIX}", written(path.relative_to(ROOT), name)[1])


@BOTH
def test_names_that_mean_harm_are_texts_and_nothing_in_the_file_steers_a_terminal(name: str) -> None:
    exported = hostile()
    text = str(writer(name).write(exported))
    reading = detect(text.encode(), f"a{writer(name).SUFFIX}").read(text.encode(), "a")
    assert {each.triple for each in reading.statements if each.graph is not None} == exported.carried
    assert [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"] == []


def test_json_ld_names_no_context_by_address_and_no_prefix_that_is_a_scheme_of_the_data(tmp_path: Path) -> None:
    file = tmp_path / "odd.ttl"
    file.write_text(
        "@prefix osaid: <https://w3id.org/osaid-graph/ont#> .\n"
        "<code:a-name> a osaid:Code ; osaid:codeRole <https://w3id.org/osaid-graph/code#training> .",
        "utf-8",
    )
    exported = Material(load([str(file)]))
    document = json.loads(str(writer("prov-jsonld").write(exported)))
    assert all(isinstance(value, float | str) for value in document["@context"].values())
    assert "code" not in document["@context"]
    assert "osaid" in document["@context"]
    text = json.dumps(document).encode()
    read = detect(text, "a.jsonld").read(text, "a")
    assert {each.triple for each in read.statements if each.graph is not None} == exported.carried


def test_a_bundle_says_in_the_terms_of_prov_what_follows_from_our_words() -> None:
    graph = _carried(WORKSHOP)
    w = "https://workshop.example/"
    said = {
        (f"{w}mix", PROV.wasDerivedFrom, f"{w}pile"),
        (f"{w}chat", PROV.wasDerivedFrom, f"{w}pile"),  # told from the other end
        (f"{w}mix", PROV.wasGeneratedBy, f"{w}cleaning"),
        (f"{w}training", PROV.used, f"{w}train.py"),
        (f"{w}weights", PROV.wasInfluencedBy, f"{w}mix"),
        (f"{w}atlas", PROV.wasAttributedTo, f"{w}guild"),
        (f"{w}training", RDF.type, PROV.Activity),
        (f"{w}atlas", RDF.type, PROV.Entity),
    }
    assert {(URIRef(s), p, URIRef(o)) for s, p, o in said} <= set(graph)


def test_nothing_follows_for_a_blank_node_which_is_known_by_what_is_said_of_it() -> None:
    graph = _carried(WORKSHOP)
    judgement = graph.value(predicate=RDF.type, object=OSAID.Judgement)
    assert set(graph.objects(judgement, RDF.type)) == {OSAID.Judgement}


def test_a_circle_of_derivation_is_told_in_our_words_alone() -> None:
    graph = _carried(FAMILY)
    d = "https://huggingface.co/datasets/acme/"
    for source, target in (("round-a", "round-b"), ("round-b", "round-a"), ("selfie", "selfie")):
        assert (URIRef(d + source), OSAID.derivedFrom, URIRef(d + target)) in graph
        assert (URIRef(d + source), PROV.wasDerivedFrom, URIRef(d + target)) not in graph
    assert (URIRef(d + "mixture"), PROV.wasDerivedFrom, URIRef(d + "books")) in graph


def test_what_is_said_in_prov_follows_from_what_was_stated() -> None:
    for path in (BOREALIS, FAMILY):
        exported, _ = written(path, "prov-trig")
        attributed = {(s, p, o) for s, p, o in exported.carried if p == PROV.wasAttributedTo}
        assert exported.carried - attributed <= set(prepare(exported.release))
        assert {(s, DCTERMS.publisher, o) for s, _, o in attributed} <= set(exported.release.graph)


def _carried(path: Path) -> Graph:
    graph = Graph()
    for triple in written(path, "prov-trig")[0].carried:
        graph.add(triple)
    return graph


def _read(text: str, copy: Path) -> Release:
    copy.write_text(text, "utf-8")
    return load([str(copy)])
