"""Every analysis by name: what it gives of the family is kept, and its parameters and columns are told."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from osaid_graph.analyses.catalogue import Analysis, Context, analyses, analysis
from osaid_graph.analyses.run import run
from osaid_graph.assessment.assess import prepare
from osaid_graph.errors import UsageError
from osaid_graph.graph.load import load_apart
from osaid_graph.lineage.artifacts import lineage_of
from osaid_graph.lineage.gaps import gaps
from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.stored import open_stored, save
from osaid_graph.query.formats import written
from osaid_graph.query.library import QUESTIONS

FAMILY = Path(__file__).parent.parent / "fixtures" / "lineage" / "family.ttl"
EXPECTED = Path(__file__).parent / "expected"
#: What the analyses are asked of the family.
VALUES: Mapping[str, Mapping[str, str]] = {
    "upstream": {"node": "merged"},
    "downstream": {"node": "books"},
    "impact": {"node": "books"},
    "ways": {"node": "merged"},
    "routes": {"node": "merged", "origin": "crawl"},
    "upstream-as-of": {"node": "tuned", "day": "2023-04-15"},
    "separators": {"node": "merged", "origin": "crawl"},
    "levels": {"node": "merged"},
    "gateways": {"node": "adapter"},
    "confidence": {"node": "stray"},
    "common-ancestors": {"left": "tuned", "right": "sibling"},
    "kinship": {"left": "tuned", "right": "sibling"},
    "nearest-kin": {"node": "tuned"},
    "gaps-behind": {"node": "merged"},
    "completeness": {"node": "base"},
    "completeness-by-fact": {"node": "base"},
    "completeness-sample": {"size": "5"},
    "difference": {"before": "", "node": "quant"},
    "obligations": {"node": "sibling"},
    "unknown-terms": {"node": "sibling"},
    "conflicts": {"node": "sibling"},
    "contaminated-by": {"benchmark": "bench"},
}


def read() -> Context:
    release, dumps = load_apart([str(FAMILY)])
    graph = prepare(release)
    lineage = lineage_of(graph, release, dumps)
    return Context(lineage, graph, lambda kinds: gaps(lineage, (kinds or "license,described").split(",")), earlier)


def earlier(path: str) -> Lineage:
    """Return the family before the chat data and its statements were there."""
    release, _ = load_apart([str(FAMILY)])
    for triple in list(release.graph):
        if "acme/chat" in f"{triple[0]} {triple[2]}":
            release.graph.remove(triple)
    return lineage_of(prepare(release), release)


@pytest.fixture(scope="module")
def context() -> Context:
    return read()


@pytest.fixture(scope="module")
def of_stored(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """What the analyses look at, with the lineage out of a folder."""
    context = read()
    folder = tmp_path_factory.mktemp("lineage")
    save(context.lineage, folder)
    lineage = open_stored(folder)
    return replace(
        context, lineage=lineage, gaps=lambda kinds: gaps(lineage, (kinds or "license,described").split(","))
    )


@pytest.mark.parametrize("name", list(analyses()))
def test_what_it_gives_of_a_lineage_that_was_stored_is_the_same(name: str, of_stored: Context) -> None:
    found = written(run(analysis(name), of_stored, VALUES.get(name, {})), "tsv")
    assert found == (EXPECTED / f"{name}.tsv").read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", list(analyses()))
def test_what_it_gives_of_the_family_is_kept(name: str, context: Context) -> None:
    found = written(run(analysis(name), context, VALUES.get(name, {})), "tsv")
    golden = EXPECTED / f"{name}.tsv"
    if os.environ.get("OSAID_GRAPH_UPDATE_GOLDEN"):
        golden.write_text(str(found), "utf-8", newline="\n")
    assert found == golden.read_bytes().decode("utf-8")


def test_every_kept_answer_is_of_an_analysis() -> None:
    assert {path.stem for path in EXPECTED.iterdir()} == set(analyses())


@pytest.mark.parametrize("asked", analyses().values(), ids=lambda asked: asked.name)
def test_every_column_is_told_in_words(asked: Analysis) -> None:
    assert [name for name, words in asked.columns if not words or "`" in words] == []


@pytest.mark.parametrize("asked", analyses().values(), ids=lambda asked: asked.name)
def test_it_answers_questions_that_there_are(asked: Analysis) -> None:
    assert asked.questions and set(asked.questions) <= set(QUESTIONS)


def test_an_unknown_analysis_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError) as error:
        analysis("gateway")
    assert (str(error.value), error.value.hint) == ("no analysis 'gateway'", "did you mean gateways?")


def test_a_parameter_that_is_missing_is_told_with_what_it_is_for(context: Context) -> None:
    with pytest.raises(UsageError) as error:
        run(analysis("routes"), context, {"node": "merged"})
    assert str(error.value) == "routes needs the parameter 'origin'"
    assert error.value.hint == "add --set origin=ORG/NAME: the artefact upstream of it"


def test_a_parameter_of_the_wrong_kind_is_told(context: Context) -> None:
    with pytest.raises(UsageError, match="limit: 'many' is not an integer"):
        run(analysis("influence"), context, {"limit": "many"})


def test_a_node_that_is_not_there_is_answered_with_the_nearest(context: Context) -> None:
    with pytest.raises(UsageError) as error:
        run(analysis("gateways"), context, {"node": "acme/merge"})
    assert "acme/merged" in error.value.hint


@pytest.mark.parametrize("limit", ["0", "-1"])
def test_a_limit_below_one_is_refused_and_counts_nothing_from_the_end(limit: str) -> None:
    with pytest.raises(UsageError, match=f"limit: {limit} rows"):
        run(analysis("blockers"), read(), {"limit": limit})
