"""A release keeps what every document says, where, and who says it, through any format and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Literal, URIRef

from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.model import Triple
from osaid_graph.readers import reader
from osaid_graph.reading import StatedSource
from osaid_graph.sources import Location
from osaid_graph.vocab import OSAID

ROOT = Path(__file__).parent.parent.parent
RELEASES = sorted((ROOT / "data" / "releases").glob("*.yaml"))
HUB = "https://huggingface.co/"
WEB = URIRef(HUB + "datasets/acme/web")
MANIFEST = """source: https://a.example/card
system: {id: acme/atlas, name: Atlas, producer: Acme}
training-data:
  - id: acme/web
    license: {value: MIT, source: {url: https://a.example/paper, title: The paper, retrieved: 2024-05-01}}
    cleaning: {not-disclosed: on request, source: https://a.example/paper}
    derived-from: [common-crawl]
"""
OTHER = """@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
<https://huggingface.co/datasets/acme/web> osaid:license "Apache-2.0" , "MIT" ;
    osaid:scope [ a osaid:NotApplicable ] .
"""


def _release(**documents: str) -> Release:
    release = Release()
    for name, text in documents.items():
        _add(release, name.replace("_", "."), text)
    return release


def _add(release: Release, name: str, text: str, format_: str | None = None) -> None:
    suffixes = {"yaml": "osaid.yaml", "ttl": "turtle", "trig": "turtle", "nq": "n-quads"}
    chosen = reader(format_ or suffixes[name.rpartition(".")[2]])
    release.add(chosen.read(text.encode(), name), name, text.encode(), chosen.NAME)


def _said(release: Release) -> dict[Triple, set[str]]:
    """Every statement with who says it."""
    return {triple: set(release.attributed_to(triple)) for triple in cast(Iterable[Triple], release.graph)}


def _again(release: Release, format_: str) -> Release:
    suffix = {"trig": "trig", "nquads": "nq"}[format_]
    return _release(**{f"again_{suffix}": release.dataset().serialize(format=format_)})


def _survives(release: Release) -> None:
    said = _said(release)
    for format_ in ("trig", "nquads"):
        again = _said(_again(release, format_))
        assert {triple: again.get(triple) for triple in said} == said


# -- what every document says ----------------------------------------------------------------------------------------


def test_every_document_has_its_record() -> None:
    release = _release(a_yaml=MANIFEST, b_ttl=OTHER)
    assert [(s.name, s.format, s.sha256) for s in release.sources] == [
        ("a.yaml", "osaid.yaml", hashlib.sha256(MANIFEST.encode()).hexdigest()),
        ("b.ttl", "turtle", hashlib.sha256(OTHER.encode()).hexdigest()),
    ]


def test_a_statement_is_attributed_to_everyone_who_makes_it() -> None:
    release = _release(a_yaml=MANIFEST, b_ttl=OTHER)
    assert release.attributed_to((WEB, OSAID.license, Literal("MIT"))) == ("https://a.example/paper", "b.ttl")
    assert release.attributed_to((WEB, OSAID.license, Literal("Apache-2.0"))) == ("b.ttl",)
    assert release.attributed_to((WEB, RDF.type, OSAID.Dataset)) == ("https://a.example/card",)
    assert release.attributed_to((WEB, OSAID.license, Literal("0BSD"))) == ()


def test_a_statement_and_a_node_have_their_first_place() -> None:
    release = _release(b_ttl=OTHER, a_yaml=MANIFEST)
    assert release.location(WEB, OSAID.license, Literal("MIT")) == Location("b.ttl", 2)
    assert release.location(WEB, RDF.type, OSAID.Dataset) == Location("a.yaml", 4)
    assert release.location(WEB) == Location("b.ttl", 2)
    assert release.location(WEB, OSAID.license, Literal("0BSD")) == Location("b.ttl", 2)
    assert release.location(URIRef("https://commoncrawl.org/")) is None


def test_a_node_that_is_described_nowhere_is_placed_where_it_is_first_referred_to() -> None:
    release = _release(a_yaml=MANIFEST, c_yaml="datasets: [{id: acme/x,\n derived-from: common-crawl}]\n")
    assert release.mentioned(URIRef("https://commoncrawl.org/")) == Location("a.yaml", 7)
    assert release.mentioned(URIRef("http://e/nowhere")) is None


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_line_is_shown_as_it_is_counted(ending: str) -> None:
    text = "system: {id: acme/atlas,\n name: a\x0cb\u2028c\x85d\x1ce}\nmodel: {name: M}\n"
    text = text.replace("\x0c", "").replace("\x1c", "").replace("\n", ending)
    release = _release(a_yaml=text)
    place = release.location(URIRef(HUB + "acme/atlas"), OSAID.hasModel, URIRef(HUB + "acme/atlas#model"))
    assert place == Location("a.yaml", 3)
    assert release.line(place) == "model: {name: M}"
    assert release.line(Location("a.yaml", 5)) is None
    assert release.line(Location("a.yaml")) is None
    assert release.line(Location("b.yaml", 1)) is None


def test_the_same_document_twice_says_it_once() -> None:
    once, twice = _release(a_yaml=MANIFEST), _release(a_yaml=MANIFEST)
    _add(twice, "a.yaml", MANIFEST)
    assert _said(once) == _said(twice)


def test_the_nameless_nodes_of_two_documents_stay_two() -> None:
    text = "@prefix osaid: <https://w3id.org/osaid-graph/ont#> . <http://e/{}> osaid:trainedOn _:x .".format
    release = _release(a_ttl=text("a"), b_ttl=text("b"))
    assert len(set(release.graph.objects(None, OSAID.trainedOn))) == 2


# -- as a dataset ----------------------------------------------------------------------------------------------------


def test_a_source_document_is_a_named_graph_and_its_provenance_is_in_the_default_graph() -> None:
    release = _release(a_yaml=MANIFEST)
    dataset = release.dataset()
    document = release.sources[0].graph
    provenance = dataset.default_graph
    assert (document, RDF.type, OSAID.SourceDocument) in provenance
    assert (document, RDFS.label, Literal("a.yaml")) in provenance
    assert (document, OSAID.sha256, Literal(release.sources[0].sha256)) in provenance
    (paper,) = provenance.subjects(PROV.wasDerivedFrom, URIRef("https://a.example/paper"))
    assert isinstance(paper, URIRef)
    assert (paper, PROV.wasQuotedFrom, document) in provenance
    assert (paper, OSAID.retrieved, Literal("2024-05-01", datatype=XSD.date)) in provenance
    assert (URIRef("https://a.example/paper"), DCTERMS.title, Literal("The paper")) in provenance
    assert (WEB, OSAID.license, Literal("MIT")) in dataset.graph(paper)
    assert (WEB, OSAID.license, Literal("MIT")) not in dataset.graph(document)


def test_a_source_that_is_named_with_and_without_its_date_keeps_the_date() -> None:
    text = (
        "system: {id: acme/atlas}\ndatasets:\n"
        "  - {id: x, source: {url: https://a.example/paper, retrieved: 2024-05-01}}\n"
        "  - {id: y, source: https://a.example/paper}\n"
    )
    assert len(list(_release(a_yaml=text).dataset().default_graph.objects(None, OSAID.retrieved))) == 1


def test_a_dataset_read_back_says_the_same_and_names_the_same_sources() -> None:
    release = _release(a_yaml=MANIFEST, b_ttl=OTHER)
    _survives(release)
    for format_ in ("trig", "nquads"):
        again = _again(release, format_)
        assert set(again.attributed_to((WEB, OSAID.license, Literal("MIT")))) == {"https://a.example/paper", "b.ttl"}


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_a_shipped_release_read_back_says_the_same(path: Path) -> None:
    _survives(load([str(path)]))


def test_a_dataset_read_back_twice_says_the_same() -> None:
    release = _release(a_yaml=MANIFEST, b_ttl=OTHER)
    said, again = _said(release), _said(_again(_again(_again(release, "trig"), "nquads"), "trig"))
    assert {triple: again.get(triple) for triple in said} == said


def test_a_graph_of_no_known_source_speaks_for_itself() -> None:
    release = _release(a_trig="<http://e/g> { <http://e/s> <http://e/p> <http://e/o> }")
    triple = (URIRef("http://e/s"), URIRef("http://e/p"), URIRef("http://e/o"))
    assert release.attributed_to(triple) == ("http://e/g",)


def test_only_the_default_graph_says_whom_a_graph_speaks_for() -> None:
    release = _release(
        a_trig="@prefix prov: <http://www.w3.org/ns/prov#> . <http://e/g> { <http://e/s> <http://e/p> <http://e/o> }\n"
        "<http://e/h> { <http://e/g> prov:wasDerivedFrom <http://e/forged> }\n"
    )
    triple = (URIRef("http://e/s"), URIRef("http://e/p"), URIRef("http://e/o"))
    assert release.attributed_to(triple) == ("http://e/g",)


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), min_size=1).filter(str.strip)
_URLS = st.sampled_from(["https://a.example/1", "https://a.example/2", "https://hf.co/a/b/tree/main", "urn:x:y"])


@settings(max_examples=60)
@given(st.lists(st.tuples(_TEXTS, st.none() | _URLS, st.sampled_from(["value", "not-disclosed"])), min_size=1))
def test_any_text_from_any_source_survives(statements: list[tuple[str, str | None, str]]) -> None:
    said = [{kind: text, **({"source": url} if url else {})} for text, url, kind in statements]
    document = {"system": {"id": "acme/atlas"}, "datasets": {"id": "acme/web", "scope": said}}
    _survives(_release(a_yaml=json.dumps(document, ensure_ascii=False)))


def test_claims_are_the_statements_by_those_who_make_them() -> None:
    release = _release(a_yaml=MANIFEST, b_ttl=OTHER)
    licensed = [(str(triple[2]), source) for triple, source in release.claims() if triple[1] == OSAID.license]
    assert licensed == [("MIT", "https://a.example/paper"), ("MIT", ""), ("Apache-2.0", "")]
    assert set(release.claims()) == {
        (triple, source if source.startswith("https:") else "")
        for triple in cast(Iterable[Triple], release.graph)
        for source in release.attributed_to(triple)
    }


def test_what_is_known_of_a_source_comes_through_a_dataset() -> None:
    release = _release(a_yaml=MANIFEST)
    known = {"https://a.example/paper": (StatedSource("https://a.example/paper", "The paper", "2024-05-01"),)}
    assert release.source_records() == known
    assert _again(release, "trig").source_records() == known
