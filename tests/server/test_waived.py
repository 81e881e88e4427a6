"""Waivers are shown with the releases that ``check`` shows them with, and as it does."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from osaid_graph.assessment.assess import assess as assess_one
from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.build import build
from osaid_graph.corpus.extract import release_of
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.reports import tolerated
from osaid_graph.server.limits import Limits
from osaid_graph.server.site import Site
from osaid_graph.sources import Location
from osaid_graph.tolerated import Waiver

from .conftest import serving

pytestmark = pytest.mark.usefixtures("loopback_only")

DAY = datetime.date(2026, 11, 23)
DOCUMENTS = {
    "atlas.yaml": """\
system: {id: acme/atlas-system, name: Atlas}
parameters: {license: llama2, location: https://huggingface.co/acme/atlas, derived-from: [{fine-tuned: acme/base}]}
training-data: [{id: acme/web, availability: public}]
waivers:
  - {requirement: params-terms, reason: <b>soon</b>, until: 2027-01-31}
  - {requirement: params-terms, reason: late, until: 2026-01-31}
  - {requirement: data-info-cleaning, on: acme/web, reason: r, until: 2027-01-31, by: Ada}
  - {requirement: params-term, reason: misspelt, until: 2027-01-31}
  - {requirement: code-training.absent, reason: r, until: 2027-01-31}
  - {requirement: freedoms-terms, reason: a whole, until: 2027-01-31}
""",
    "base.yaml": """\
model: {id: acme/base, name: Base}
waivers: [{requirement: params-terms, reason: a base, until: 2027-01-31}]
""",
    "other.ttl": """\
@prefix osaid: <https://w3id.org/osaid-graph/ont#> . @prefix req: <https://w3id.org/osaid-graph/requirement#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://huggingface.co/acme/atlas-system> osaid:gapWaiver [ a osaid:GapWaiver ; osaid:waivesGapOf req:params-terms ;
  rdfs:comment "of somebody else" ; osaid:waivedUntil "2027-01-31"^^xsd:date ] .
<https://huggingface.co/acme/whole> a osaid:AISystem ; osaid:hasModel <https://huggingface.co/acme/part> ;
  osaid:gapWaiver [ a osaid:GapWaiver ; osaid:waivesGapOf req:params-terms ;
  rdfs:comment "of the whole" ; osaid:waivedUntil "2027-01-31"^^xsd:date ] .
<https://huggingface.co/acme/part> a osaid:Model .
[] a osaid:GapWaiver ; osaid:waivesGapOf req:params-terms ; rdfs:comment "of nothing" ;
  osaid:waivedUntil "2027-01-31"^^xsd:date .
""",
    "wrong.ttl": """@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
<https://huggingface.co/acme/broken> a osaid:AISystem ; osaid:gapWaiver [ a osaid:GapWaiver ] .
""",
    "none.ttl": """@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
<https://huggingface.co/acme/none> a osaid:AISystem .
""",
}


@pytest.fixture(scope="module")
def waiving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return releases with waivers that act, have expired, match nothing, or are of somebody else's."""
    folder = tmp_path_factory.mktemp("waiving")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, "utf-8")
    build(folder / "corpus", [str(folder / name) for name in DOCUMENTS], jobs=1)
    engine = DuckDB(1 << 30, threads=1)
    assess(Corpus.open(folder / "corpus"), engine, today=DAY)
    engine.close()
    site = Site.of(Corpus.open(folder / "corpus"))
    yield site
    site.close()


def without_line(waiver: Waiver) -> Waiver:
    """Return a waiver as the server knows it: in which document it stands, and not where in that."""
    return replace(waiver, location=Location(waiver.location.source) if waiver.location else None)


def test_every_release_has_the_waivers_that_check_finds_in_its_words(waiving: Site) -> None:
    subjects = [iri for (iri,) in waiving.tables.rows("SELECT iri FROM outcomes ORDER BY iri")]
    assert len(subjects) == 5
    for subject in subjects:
        checked = assess_one(release_of(waiving.corpus, subject), subject=subject, today=DAY)
        words = sorted(
            # the server knows what all of the corpus calls a release, check what the documents it read do
            tolerated.described(without_line(each)).replace("it is of acme/atlas-system]", "it is of Atlas]")
            for each in checked.waivers
        )
        assert sorted(each.words for each in waiving.found(subject).waivers) == words, subject


def test_waivers_that_act_have_expired_or_do_not_count_are_told_apart(waiving: Site) -> None:
    found = waiving.found("https://huggingface.co/acme/atlas-system").waivers
    told = {each.reason: (each.of, each.counts, each.expired) for each in found}
    assert told["<b>soon</b>"] == ("params-terms", True, False)
    assert told["late"] == ("params-terms", True, True)
    assert told["a base"] == ("params-terms", False, False)
    assert told["of somebody else"] == ("params-terms", False, False)
    assert {each.reason: each.idle for each in found}["misspelt"].endswith("did you mean params-terms?")


def test_page_and_api_show_waivers_and_only_where_there_are_some(waiving: Site) -> None:
    with serving(waiving, Limits()) as url:
        page = httpx.get(f"{url}/release", params={"node": "acme/atlas-system"}).text
        data = httpx.get(f"{url}/api/release", params={"node": "acme/atlas-system"}).json()
        none = httpx.get(f"{url}/release", params={"node": "acme/none"}).text
        broken = httpx.get(f"{url}/api/release", params={"node": "acme/broken"}).json()
    assert '<h2 id="waivers-of-gaps">Waivers of gaps</h2>\n<p>They change no outcome.</p>' in page
    assert "waived until 2027-01-31: &lt;b&gt;soon&lt;/b&gt;" in page
    assert "waiver expired, it was until 2026-01-31: late" in page
    assert "Waivers of gaps" not in none and broken["waivers"] == []
    late = next(each for each in data["waivers"] if each["reason"] == "late")
    assert (late["of"], late["until"], late["expired"], late["counts"]) == ("params-terms", "2026-01-31", True, True)


def test_more_waivers_than_are_read_are_told(waiving: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    subject = "https://huggingface.co/acme/atlas-system"
    assert not waiving.found(subject).more_waivers
    monkeypatch.setattr("osaid_graph.server.waived._MOST", 1)
    assert waiving.found(subject).more_waivers
    with serving(waiving, Limits()) as url:
        text = httpx.get(f"{url}/release", params={"node": subject}).text
        assert "There are more: the full report has all of them." in text
        assert httpx.get(f"{url}/api/release", params={"node": subject}).json()["more_waivers"] is True
