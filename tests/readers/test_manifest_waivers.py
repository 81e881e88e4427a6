"""The waivers of the manifest: what they write, what they refuse, and that they come back as they were written."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from osaid_graph.errors import InputError
from osaid_graph.graph.load import load
from osaid_graph.readers.manifest import reader
from osaid_graph.readers.rdf import jsonld
from osaid_graph.vocab import OSAID
from osaid_graph.writers import manifest

HEAD = "system: {id: acme/atlas, name: Atlas}\n"
GOOD = "requirement: params-terms, reason: r, until: 2027-01-31"


def graph_of(text: str) -> Graph:
    graph = Graph()
    for statement in reader.read(text.encode(), "osaid.yaml").statements:
        graph.add(statement.triple)
    return graph


def test_a_waiver_is_a_node_of_the_release_with_all_it_says() -> None:
    found = graph_of(HEAD + "waivers: [{requirement: code-license.unstated, on: 'https://a.example/n', reason: why,\n"
                     "  until: 2027-01-31, by: {name: Ada, affiliation: Acme}}]\n")  # fmt: skip
    expected = Graph().parse(
        data="""
@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://huggingface.co/acme/atlas> a osaid:AISystem ; <http://purl.org/dc/terms/title> "Atlas" ; osaid:gapWaiver [
    a osaid:GapWaiver ; osaid:waivesGapOf <https://w3id.org/osaid-graph/rule#code-license.unstated> ;
    osaid:waivesGapAt <https://a.example/n> ; rdfs:comment "why" ;
    osaid:waivedUntil "2027-01-31"^^<http://www.w3.org/2001/XMLSchema#date> ;
    <http://www.w3.org/ns/prov#wasAttributedTo> [ a <http://www.w3.org/ns/prov#Agent> ;
        <http://xmlns.com/foaf/0.1/name> "Ada" ; osaid:affiliation "Acme" ] ] .
""",
        format="turtle",
    )
    assert isomorphic(found, expected)


def test_the_long_form_in_json_ld_is_the_same_graph() -> None:
    text = """{"@context": "https://w3id.org/osaid-graph/context.jsonld", "@type": "AISystem",
    "id": "https://huggingface.co/acme/atlas", "name": "Atlas", "waivers": [{"@type": "GapWaiver",
    "requirement": "params-terms", "on": "https://a.example/n", "reason": "r", "until": "2027-01-31"}]}"""
    graph = Graph()
    for statement in jsonld.read(text.encode(), "x").statements:
        graph.add(statement.triple)
    assert isomorphic(graph, graph_of(f"{HEAD}waivers: [{{{GOOD}, on: 'https://a.example/n'}}]\n"))


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("acme/web", "https://huggingface.co/datasets/acme/web"),
        ("acme/base", "https://huggingface.co/acme/base"),
        ("our crawl", "urn:osaid:name:our-crawl"),
    ],
)
def test_a_short_name_is_what_the_file_mentions_by_it(name: str, iri: str) -> None:
    text = (
        f"{HEAD}parameters: {{derived-from: [{{fine-tuned: acme/base}}]}}\ntraining-data: [acme/web]\n"
        f"waivers: [{{{GOOD}, on: {name}}}]\n"
    )
    assert f"<{iri}>" in {node.n3() for node in graph_of(text).objects(None, OSAID.waivesGapAt)}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("x", "a waiver must be a block of keys, found a text"),
        ("{reason: r, until: 2027-01-31}", "a waiver has no 'requirement'"),
        ("{requirement: params-terms, until: 2027-01-31}", "a waiver has no 'reason'"),
        ("{requirement: params-terms, reason: r}", "a waiver has no 'until'"),
        ("{requirement: params-terms, reason: '', until: 2027-01-31}", "'reason' has no value"),
        ("{requirement: params-terms, reason: r, until: soon}", "'until' is not a date: 'soon'"),
        ("{requirement: a b, reason: r, until: 2027-01-31}", "'requirement' is no id: 'a b'"),
        (f"{{{GOOD}, on: acme/web}}", "'on' names nothing in this file: 'acme/web'"),
        (f"{{{GOOD}, forever: true}}", "unknown key 'forever' in a waiver"),
    ],
)
def test_what_a_waiver_lacks_is_told_with_its_line(entry: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        reader.read(f"{HEAD}waivers:\n  - {entry}\n".encode(), "osaid.yaml")
    assert (raised.value.message, raised.value.line, bool(raised.value.hint)) == (message, 3, True)


def test_waivers_without_a_release_are_refused() -> None:
    with pytest.raises(InputError, match="'waivers' belongs to no release"):
        reader.read(f"datasets: [{{id: acme/web}}]\nwaivers: [{{{GOOD}}}]\n".encode(), "osaid.yaml")


def test_a_manifest_that_is_written_has_the_waivers_that_were_read(tmp_path: Path) -> None:
    file = tmp_path / "osaid.yaml"
    text = (
        f"{HEAD}source: https://a.example/card\ntraining-data: [acme/web]\n"
        f"waivers:\n  - {{{GOOD}, by: Ada}}\n  - {{{GOOD}, on: acme/web, by: {{name: Ada, id: 'https://a.example/ada'}}}}\n"
    )
    file.write_text(text, "utf-8")
    release = load([str(file)])
    subject = next(iter(release.graph.subjects(OSAID.gapWaiver)))
    written = manifest.write(release, subject)  # type: ignore[arg-type]
    assert written.left_over == ()
    assert isomorphic(graph_of(written.text), graph_of(text))
