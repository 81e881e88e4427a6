"""What the server shows of releases with judgements is what ``check`` and ``lineage`` show of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import httpx
import pytest
from corpora import ROOT

from osaid_graph.assessment.artifact_gaps import artifact_of
from osaid_graph.assessment.assess import assess
from osaid_graph.corpus.assess import assess as assess_corpus
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.graph.load import load
from osaid_graph.identity import short
from osaid_graph.model import Assessment
from osaid_graph.reports.words import open_parts
from osaid_graph.server.comparison import compared
from osaid_graph.server.found import Met
from osaid_graph.server.limits import Limits
from osaid_graph.server.site import Site

from .conftest import serving

pytestmark = pytest.mark.usefixtures("loopback_only")

DAY = datetime.date(2026, 11, 23)
NAMES = ("pythia-12b", "t5-11b", "bloom-176b")


def documents(name: str) -> list[str]:
    return [str(ROOT / "data" / folder / f"{name}.yaml") for folder in ("releases", "reviews/osi-2024")]


@cache
def checked(name: str) -> Assessment:
    return assess(load(documents(name)), today=DAY)


@contextmanager
def served(folder: Path, inputs: list[str]) -> Iterator[Site]:
    build(folder, inputs, jobs=1)
    engine = DuckDB(1 << 30, threads=1)
    assess_corpus(Corpus.open(folder), engine, today=DAY)
    engine.close()
    site = Site.of(Corpus.open(folder))
    yield site
    site.close()


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return releases with their reviews."""
    folder = tmp_path_factory.mktemp("reviewed") / "corpus"
    with served(folder, [each for name in NAMES for each in documents(name)]) as site:
        yield site


def shown(site: Site, name: str) -> dict[str, Met]:
    found = site.found(checked(name).subject)
    return {each.requirement.id: each for _, group in found.clauses for each in group}


@pytest.mark.parametrize("name", NAMES)
def test_a_release_is_called_what_reports_call_it(reviewed: Site, name: str) -> None:
    assert reviewed.found(checked(name).subject).subject.label == checked(name).subject_label
    labels = {finding.focus: finding.focus_label for finding in checked(name).findings}
    nodes = [each.focus for met in shown(reviewed, name).values() for broken in met.broken for each in broken.findings]
    assert {each.iri: each.label for each in nodes} == {iri: labels[iri] for iri in {each.iri for each in nodes}}


@pytest.mark.parametrize("name", NAMES)
def test_judgements_and_what_they_cover_are_those_of_the_report(reviewed: Site, name: str) -> None:
    met, results = shown(reviewed, name), {each.requirement.id: each for each in checked(name).results}
    assert {id_: each.because for id_, each in met.items()} == {id_: each.because for id_, each in results.items()}
    for id_, result in results.items():
        said = {(each.outcome, each.by, each.date, each.reason, each.counted) for each in result.judgements}
        assert {(each.outcome, each.by, each.date, each.reason, each.counts) for each in met[id_].judged} == said


@pytest.mark.parametrize("name", NAMES)
def test_parts_in_which_a_requirement_is_open_are_those_of_the_report(reviewed: Site, name: str) -> None:
    parts = {id_: each.parts for id_, each in shown(reviewed, name).items() if each.parts}
    assert parts == open_parts(checked(name))


def test_a_whole_that_a_judgement_leaves_open_is_not_shown_to_be_open_in_its_parts(tmp_path: Path) -> None:
    release = documents("bloom-176b")[0]
    judgement = tmp_path / "judged.yaml"
    judgement.write_text(
        "system: {id: bigscience/bloom}\njudgements:\n- {requirement: freedoms-terms, outcome: not-met, reason: r, "
        "by: {name: Ada}, date: 2024-11-02, definition: 1.0-rc1}\n"
    )
    with served(tmp_path / "corpus", [release, str(judgement)]) as site:
        met = shown(site, "bloom-176b")
    assert (met["freedoms-terms"].outcome, met["freedoms-terms"].parts) == ("not-met", ())
    assert [each.counts for each in met["freedoms-terms"].judged] == [True]
    assert met["code-complete-train"].parts == ("code-hyperparameter-search",)


def test_who_judged_stands_beside_what_was_judged(reviewed: Site) -> None:
    with serving(reviewed, Limits()) as url:
        text = httpx.get(f"{url}/release", params={"node": "pythia-12b"}).text
    assert "Covered by the judgement on freedoms-whole-and-elements." in text
    assert "by <b>Open Source Initiative</b>, 2024-10-22" in text
    assert "judged against other versions, which does not count: 1" in text
    left, right = (reviewed.found(name) for name in ("pythia-12b", "bigscience/bloom"))
    lines = compared(left, right, reviewed.tables.requirements)
    because = {line.requirement.id: side.because for line in lines if (side := line.sides[0])}
    assert because["freedoms-whole-and-elements"] == "judged by Open Source Initiative"
    assert because["freedoms-manner"] == "covered by the judgement on freedoms-whole-and-elements"


@pytest.mark.parametrize("name", NAMES)
def test_the_full_report_finds_what_the_page_shows(reviewed: Site, name: str) -> None:
    patient = Limits(seconds=600)  # a report is written with less haste than all else that a machine has to do
    asked = {"node": short(checked(name).subject), "format": "json"}
    with serving(reviewed, patient) as url:
        report = httpx.get(f"{url}/report", params=asked, timeout=patient.seconds).json()
    assert {each["id"]: each["outcome"] for each in report["requirements"]} == {
        id_: each.outcome for id_, each in shown(reviewed, name).items()
    }


def test_of_a_name_that_is_no_release_the_nearest_is_told(reviewed: Site) -> None:
    with serving(reviewed, Limits()) as url:
        for address in ("/release?node=", "/lineage?node=", "/compare?a=pythia-12b&b=", "/report?format=csv&node="):
            response = httpx.get(f"{url}{address}blom")
            assert response.status_code == 404 and "id you mean bigscience/bloom?" in response.text, address


def test_a_requirement_tells_in_which_of_its_parts_it_is_open(reviewed: Site) -> None:
    met = shown(reviewed, "bloom-176b")
    assert met["code-complete-train"].parts == ("code-hyperparameter-search",)
    assert set(met["freedoms-terms"].parts) == {
        "freedom-use-any-purpose",
        "freedom-modify-any-purpose",
        "freedom-share-any-purpose",
    }
    assert met["params-terms"].parts == met["scope-uniform"].parts == ()


def test_numbers_at_the_nodes_of_a_lineage_count_what_assessments_find_on_them_and_their_parts(reviewed: Site) -> None:
    lineage, found = reviewed.lineage, dict[int, set[tuple[str, str]]]()
    for result in (result for name in NAMES for result in checked(name).results if result.requirement.binding):
        for finding in result.findings:
            if finding.outcome in ("not-met", "not-evidenced"):
                found.setdefault(artifact_of(lineage, finding), set()).add((finding.rule, finding.outcome))
    expected = {
        lineage.iri(node): tuple(sum(outcome == word for _, outcome in each) for word in ("not-met", "not-evidenced"))
        for node, each in found.items()
    }
    walks = [reviewed.relatives.kin(name, "down") for name in ("common-crawl", "https://www.gutenberg.org/")]
    walks.append(reviewed.relatives.kin("pythia-12b", "up"))
    nodes = {each.iri: each for walk in walks if walk for level in walk.levels for each in level.shown}
    assert expected["https://huggingface.co/bigscience/bloom"] == (4, 3)
    assert {iri: (each.not_met, each.not_evidenced) for iri, each in nodes.items()} == {
        iri: expected.get(iri, (0, 0)) for iri in nodes
    }
