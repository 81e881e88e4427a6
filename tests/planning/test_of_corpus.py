"""A plan for a corpus, from its tables: the frontier that the assessments of its releases, one by one, give."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from corpora import ROOT, turtle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osaid_graph.assessment.survey import survey
from osaid_graph.cli import cli
from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import UsageError
from osaid_graph.graph.load import load
from osaid_graph.planning.backlog import Backlog, of_assessments
from osaid_graph.planning.of_corpus import of_corpus
from osaid_graph.planning.priorities import Priorities
from osaid_graph.plans import Kind, Unit
from osaid_graph.validation.definition import definition

RELEASES = [str(ROOT / "data" / "releases" / f"{name}.yaml") for name in ("pythia-12b", "olmo-7b", "amber-7b")]


#: What the assessment of one release alone tells apart, and what it is here.
TOLD: dict[Kind, Kind] = {"contradiction": "documentation", "disclosure": "release"}


def corpus_of(folder: Path, inputs: list[str]) -> Corpus:
    assert not build(folder, inputs, jobs=1).rejects
    engine = DuckDB(1 << 30, threads=1)
    assess(Corpus.open(folder), engine)
    engine.close()
    return Corpus.open(folder)


def backlog(corpus: Corpus, unit: Unit, *, together: bool) -> Backlog:
    engine = DuckDB(1 << 28, threads=1)
    try:
        corpus.attach(engine)
        return of_corpus(engine, corpus, definition(), unit, together=together)
    finally:
        engine.close()


def frontier(found: Backlog, unit: Unit) -> list[tuple[int, int]]:
    return [(int(each.effort), each.releases) for each in Priorities(found, unit).frontier.corners]


def gaps(
    found: Backlog, unit: Unit = "statement"
) -> dict[str, set[tuple[str, tuple[str, ...], Kind, tuple[str, ...]]]]:
    """Return what each release waits for, without the names of what has no IRI, of kinds that tables tell apart.

    All there is to say of a node has no order of its own: it is told of each release in that of its gaps.
    """
    shown = {}
    for key in {key for keys in found.waiting.values() for key in keys}:
        task = found.task(key)
        on = "" if task.node.startswith("_:") else task.node
        what, requirements = tuple(task.what.split(", ")), task.requirements
        if unit == "node":
            what, requirements = tuple(sorted(what)), tuple(sorted(requirements))
        shown[key] = on, what, TOLD.get(task.kind, task.kind), requirements
    return {found.node(release): {shown[key] for key in keys} for release, keys in found.waiting.items()}


def kinds_of_its_own(found: Backlog) -> dict[str, Counter[Kind]]:
    """Return of what each release alone waits for how much is of which kind, of those that tables tell apart."""
    shared = Counter(key for keys in found.waiting.values() for key in keys)
    counted: dict[str, Counter[Kind]] = {}
    for release, keys in found.waiting.items():
        kinds = [found.task(key).kind for key in keys if shared[key] == 1]
        if kinds:
            counted[found.node(release)] = Counter(TOLD.get(kind, kind) for kind in kinds)
    return counted


def told_of_groups(found: Backlog) -> dict[str, Counter[Kind]]:
    """Return the kinds that the pieces which stand for several tell."""
    return {found.node(key[0]): Counter(dict(found.task(key).kinds)) for key in found.sizes if isinstance(key, tuple)}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus_of(tmp_path_factory.mktemp("plans") / "corpus", RELEASES)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    files = [str(ROOT / "data" / folder / "falcon-40b.yaml") for folder in ("releases", "reviews/osi-2024")]
    return corpus_of(tmp_path_factory.mktemp("reviewed") / "corpus", files)


@pytest.mark.parametrize("unit", ["statement", "node"])
def test_a_corpus_waits_for_what_its_releases_one_by_one_do(shipped: Corpus, unit: Unit) -> None:
    alone = of_assessments(survey(load(RELEASES)), unit)
    apart, together = (backlog(shipped, unit, together=each) for each in (False, True))
    assert frontier(apart, unit) == frontier(together, unit) == frontier(alone, unit)
    for found in (apart, together):
        planned = Priorities(found, unit).plan(())
        assert (planned.asked, planned.blocked, planned.blockers) == (
            alone.asked,
            len(alone.waiting),
            len({key for keys in alone.waiting.values() for key in keys}),
        )
    assert gaps(backlog(shipped, unit, together=False), unit) == gaps(alone, unit)


@pytest.mark.parametrize("unit", ["statement", "node"])
def test_what_a_release_alone_waits_for_is_counted_by_its_kinds(shipped: Corpus, unit: Unit) -> None:
    alone, together = of_assessments(survey(load(RELEASES)), unit), backlog(shipped, unit, together=True)
    assert told_of_groups(together) == kinds_of_its_own(alone)
    assert {key: sum(number for _, number in together.task(key).kinds) for key in together.sizes} == together.sizes


@pytest.mark.parametrize("unit", ["statement", "node"])
def test_no_piece_but_a_group_tells_several_kinds(shipped: Corpus, unit: Unit) -> None:
    for found in (backlog(shipped, unit, together=True), backlog(shipped, unit, together=False)):
        keys = {key for keys in found.waiting.values() for key in keys}
        assert {key for key in keys if found.task(key).kinds} == set(found.sizes)


@pytest.mark.parametrize("unit", ["statement", "node"])
def test_what_only_the_owner_can_change_is_told_whatever_else_a_node_lacks(tmp_path: Path, unit: Unit) -> None:
    terms = ":license <https://spdx.org/licenses/CC-BY-NC-4.0>"
    inputs = turtle(tmp_path / "in", a=f"ex:m a :Model ; :hasParameters ex:p . ex:p a :Parameters ; {terms} .")
    alone = of_assessments(survey(load(inputs)), unit)
    corpus = corpus_of(tmp_path / "corpus", inputs)
    assert gaps(backlog(corpus, unit, together=False), unit) == gaps(alone, unit)
    together = backlog(corpus, unit, together=True)
    assert [together.task(key).kind for keys in together.waiting.values() for key in keys] == ["relicensing"]


def test_what_was_judged_not_met_is_a_gap_and_what_was_judged_met_is_none(tmp_path: Path) -> None:
    judged = (
        "ex:j{0} a :Judgement ; :judges req:{1} ; :subject ex:m ; :outcome code:{2} ; :definition def:1.0-rc1 ; "
        "dcterms:date '2025-01-01' ; rdfs:comment 'read' ; prov:wasAttributedTo [ dcterms:title 'someone' ] . "
    )
    said = "ex:m a :Model ; :trainedOn ex:d . ex:d a :Dataset . "
    for at, (id_, outcome) in enumerate((("freedom-study-how", "met"), ("freedoms-manner", "not-met"))):
        said += judged.format(at, id_, outcome)
    inputs = turtle(tmp_path / "in", a=said)
    corpus, examinations = corpus_of(tmp_path / "corpus", inputs), survey(load(inputs))
    for unit in get_args(Unit):
        assert gaps(backlog(corpus, unit, together=False), unit) == gaps(of_assessments(examinations, unit), unit)
    found = backlog(corpus, "statement", together=False)
    tasks = [found.task(key) for keys in found.waiting.values() for key in keys]
    (task,) = [each for each in tasks if each.kind == "judgement"]
    assert (task.what, task.requirements) == ("freedoms-manner", ("freedoms-manner",))


def test_a_whole_that_was_judged_not_met_is_a_gap_if_none_of_its_parts_is_one(tmp_path: Path) -> None:
    judged = (
        "ex:j{0} a :Judgement ; :judges req:{1} ; :subject ex:m ; :outcome code:{2} ; :definition def:1.0-rc1 ; "
        "dcterms:date '2025-01-01' ; rdfs:comment 'read' ; prov:wasAttributedTo [ dcterms:title 'someone' ] . "
    )
    whole = "freedoms-whole-and-elements"
    asked = [id_ for id_, each in definition().requirements.items() if each.asks_for_something]
    said = [judged.format(at, id_, "not-met" if id_ == whole else "met") for at, id_ in enumerate(asked)]
    inputs = turtle(tmp_path / "in", a="ex:m a :Model . " + " ".join(said))
    examinations, corpus = survey(load(inputs)), corpus_of(tmp_path / "corpus", inputs)
    for unit in get_args(Unit):
        found = gaps(of_assessments(examinations, unit), unit)
        assert found == {"https://example.org/m": {("https://example.org/m", (whole,), "judgement", (whole,))}}
        assert gaps(backlog(corpus, unit, together=False), unit) == found


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(trained=st.lists(st.sets(st.integers(0, 4), max_size=4), min_size=1, max_size=5), seed=st.integers(0, 1 << 20))
def test_any_corpus_has_the_frontier_of_its_releases(
    tmp_path_factory: pytest.TempPathFactory, trained: list[set[int]], seed: int
) -> None:
    folder = tmp_path_factory.mktemp(f"any-{seed}")
    models = "".join(
        f"ex:m{at} a :Model {''.join(f'; :trainedOn ex:d{each} ' for each in sorted(data))}. "
        for at, data in enumerate(trained)
    )
    told = "".join(
        f"ex:d{each} a :Dataset " + ("; :license <https://spdx.org/licenses/MIT> . " if each % 2 else ". ")
        for each in range(5)
    )
    inputs = turtle(folder / "in", a=models + told)
    alone = of_assessments(survey(load(inputs)), "statement")
    corpus = corpus_of(folder / "corpus", inputs)
    found = backlog(corpus, "statement", together=True)
    assert frontier(found, "statement") == frontier(alone, "statement")
    assert told_of_groups(found) == kinds_of_its_own(alone)


# -- the command -------------------------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.stdout


def test_the_plan_of_a_corpus_is_shown(shipped: Corpus) -> None:
    text = run("plan", str(shipped.folder), "--gaps", "findings", "--quiet")
    assert text.startswith("3 of 3 releases are blocked by what was found; ")
    assert "(documentation" not in text and "statements that it alone waits for: " in text


def test_a_group_tells_the_kinds_of_what_is_in_it_and_any_other_piece_its_one(reviewed: Corpus) -> None:
    asked = ("plan", str(reviewed.folder), "--gaps", "findings", "--quiet")
    said = "38 statements that it alone waits for: 34 documentation, 3 release, 1 judgement, for 1 release, effort 38"
    assert said in " ".join(run(*asked).split())
    document = json.loads(run(*asked, "--format", "json"))
    (fix,) = document["points"][0]["fixes"]
    assert document["schema_version"] == "1.2"
    assert (fix["kind"], fix["kinds"]) == ("judgement", {"documentation": 34, "release": 3, "judgement": 1})
    (row,) = csv.DictReader(io.StringIO(run(*asked, "--format", "csv")))
    assert row["kinds"] == "34 documentation, 3 release, 1 judgement"


def test_a_piece_that_is_no_group_has_its_one_kind(reviewed: Corpus, tmp_path: Path) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text("requirement,cost\ndata-info-cleaning,5\n", "utf-8")
    asked = ("plan", str(reviewed.folder), "--gaps", "findings", "--costs", str(costs), "--quiet", "--format", "json")
    fixes = json.loads(run(*asked))["points"][0]["fixes"]
    assert len(fixes) == 38 and all(fix["kinds"] == {fix["kind"]: 1} for fix in fixes)


def test_costs_are_of_each_gap_by_itself(shipped: Corpus, tmp_path: Path) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text("requirement,cost\ndata-info-cleaning,5\n", "utf-8")
    text = run("plan", str(shipped.folder), "--gaps", "findings", "--costs", str(costs), "--quiet")
    assert "it alone waits for" not in text and "effort 5" in text


@pytest.mark.parametrize("more", [("--patch",), ("--only", "documentation"), ("--subject", "model")])
def test_what_is_of_one_release_is_refused_of_a_corpus(shipped: Corpus, more: tuple[str, ...]) -> None:
    said = "a plan of a corpus is for all its releases"
    with pytest.raises(UsageError, match=f"{said}$"):
        run("plan", str(shipped.folder), "--gaps", "findings", *more)
    lineage = r", and counts what the lineage leaves out \(license\) unless --gaps findings$"
    with pytest.raises(UsageError, match=said + lineage) as raised:
        run("plan", str(shipped.folder), *more)
    assert "to plan one release, name its documents" in raised.value.hint


def test_what_is_no_gap_of_a_corpus_has_findings_named_too(shipped: Corpus) -> None:
    with pytest.raises(UsageError, match="there is no criterion 'bla'") as raised:
        run("plan", str(shipped.folder), "--gaps", "bla")
    known = "criteria: license, described, issued, withdrawn"
    assert raised.value.hint == f"{known}; or findings, what the assessment found"


def test_another_day_than_that_of_the_assessment_is_refused(shipped: Corpus) -> None:
    with pytest.raises(UsageError, match="counts what was found on the day of the assessment"):
        run("plan", str(shipped.folder), "--gaps", "findings", "--date", "2026-11-24")


def test_what_is_of_an_assessment_is_refused_of_a_lineage_and_told_where_it_is_taken(shipped: Corpus) -> None:
    with pytest.raises(UsageError, match="a plan on the lineage assesses nothing") as raised:
        run("plan", str(shipped.folder), "--terms", "free-by-nature")
    assert raised.value.hint.endswith("--gaps findings plans for what its assessment found")


def test_a_corpus_that_was_assessed_against_a_profile_is_planned_for_by_its_folder(tmp_path: Path) -> None:
    build(tmp_path / "corpus", turtle(tmp_path / "in", a="ex:m a :Model ; :trainedOn ex:d . ex:d a :Dataset ."), jobs=1)
    profile, engine = str(ROOT / "data" / "profiles" / "osi-faq-2025"), DuckDB(1 << 28)
    assess(Corpus.open(tmp_path / "corpus"), engine, version=profile)
    engine.close()
    asked = ("plan", str(tmp_path / "corpus"), "--gaps", "findings")
    with pytest.raises(UsageError, match="it was assessed against the profile 'osi-faq-2025'"):
        run(*asked)
    assert run(*asked, "--definition", profile).startswith("1 of 1 releases are blocked by what was found; ")


def test_a_corpus_that_was_not_assessed_is_told(tmp_path: Path) -> None:
    build(tmp_path / "corpus", turtle(tmp_path / "in", a="ex:m a :Model ."), jobs=1)
    with pytest.raises(UsageError, match="it was not assessed"):
        run("plan", str(tmp_path / "corpus"), "--gaps", "findings")


def test_a_corpus_that_was_assessed_by_other_terms_is_told(shipped: Corpus) -> None:
    with pytest.raises(UsageError, match="by terms policy"):
        run("plan", str(shipped.folder), "--gaps", "findings", "--terms", "strict")
