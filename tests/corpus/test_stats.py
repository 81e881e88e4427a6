"""What is told of a corpus in numbers is what its documents say, and is shown as it is."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from conftest import ROOT
from corpora import turtle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osaid_graph.assessment.assess import prepare
from osaid_graph.cli import cli
from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.build import build
from osaid_graph.corpus.columns import LINKS
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.stats import Stats, stats
from osaid_graph.corpus.stats_graph import ARTEFACTS, MADE_FROM
from osaid_graph.corpus.stats_licences import License
from osaid_graph.corpus.stats_lineage import Spread, bands, lineage_shape
from osaid_graph.corpus.stats_size import Nodes
from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import UsageError
from osaid_graph.graph.load import load
from osaid_graph.lineage.artifacts import lineage_of
from osaid_graph.lineage.condensation import condensed
from osaid_graph.lineage.edges import derivations
from osaid_graph.lineage.generations import generations
from osaid_graph.reports import RenderOptions
from osaid_graph.reports.corpus_stats import portions, render
from osaid_graph.vocab import OSAID
from osaid_graph.writers.corpus_picture import render as drawn

HOSTILE = "<script>alert(1)</script> & \\u001b[31m\\u202e"
SMALL = f"""
ex:a a :Model ; :license "apache-2.0", "{HOSTILE}" ; :hasParameters ex:a-p ; :trainedOn ex:d .
ex:a-p a :Parameters ; :license "apache-2.0" ; :fineTunedFrom ex:b-p .
ex:b a :Model ; :hasParameters ex:b-p .
ex:b-p a :Parameters ; :license "Apache License 2.0" ; :derivedFrom ex:gone ; :hasCheckpoint ex:b-c .
ex:b-c a :Checkpoint .
ex:c a :Model ; :license "other" ; :derivedFrom ex:c2 .
ex:c2 a :Model ; :license [ a :NotDisclosed ] ; :derivedFrom ex:c ; :distilledFrom ex:a .
ex:d a :Dataset ; :license "CC-BY-4.0", <https://spdx.org/licenses/ODbL-1.0> ; :subsetOf ex:e, ex:away .
ex:e a :Dataset .
"""


def _stats(folder: Path) -> Stats:
    corpus, engine = Corpus.open(folder), DuckDB(1 << 28, threads=1)
    try:
        corpus.attach(engine)
        return stats(corpus, engine)
    finally:
        engine.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    build(folder / "corpus", turtle(folder / "documents", one=SMALL))
    return folder / "corpus"


@pytest.fixture(scope="module")
def found(small: Path) -> Stats:
    return _stats(small)


@pytest.fixture(scope="module")
def assessed(small: Path, found: Stats) -> Stats:
    engine = DuckDB(1 << 29)
    try:
        assess(Corpus.open(small), engine)
    finally:
        engine.close()
    return _stats(small)


def test_sizes_count_what_is_described_and_what_is_only_referred_to(found: Stats) -> None:
    size = found.size
    assert (size.generation, size.documents, size.records, size.statements, size.rejects) == (1, 1, 0, 29, 0)
    assert size.nodes == (
        Nodes("Model", 4, 1),
        Nodes("Parameters", 2, 0),
        Nodes("Checkpoint", 1, 0),
        Nodes("Dataset", 2, 1),
        Nodes("other", 1, 0),
    )
    assert size.bytes == sum(table.bytes for table in size.tables)
    assert {table.table: table.rows for table in size.tables}["statements"] == 29


def test_terms_are_counted_as_spdx_identities_once_an_artefact(found: Stats) -> None:
    models, datasets = found.licenses["models"], found.licenses["datasets"]
    counts = (models.artefacts, models.stated, models.unclear, models.refused, models.unstated)
    assert counts == (4, 2, 1, 1, 0)
    hostile = HOSTILE.encode().decode("unicode_escape")
    assert models.top == (License("Apache-2.0", 2, None), License(hostile, 1, None))
    assert datasets.top == (License("CC-BY-4.0", 1, None), License("ODbL-1.0", 1, None))
    assert (datasets.artefacts, datasets.stated, datasets.unstated) == (2, 1, 1)
    assert (models.others, models.rest, models.policy, models.approval) == (0, 0, None, None)


def test_depth_goes_over_parameters_and_takes_a_circle_as_one(found: Stats) -> None:
    lineage = found.lineage
    # e, gone, away: 0; d, b: 1; a: 2; c and c2, on a circle: 3
    assert lineage.depths == {0: 3, 1: 2, 2: 1, 3: 2}
    assert (lineage.artefacts, lineage.edges, lineage.dangling, lineage.circular) == (8, 8, 2, 2)
    assert lineage.parents == Spread(5, 2, 2, 2)
    assert lineage.children == Spread(8, 1, 1, 1)


def test_requirements_are_those_of_the_last_assessment(found: Stats, assessed: Stats) -> None:
    assert found.assessment is None
    assert assessed.assessment is not None
    assert assessed.assessment.subjects == 4
    for each in assessed.assessment.requirements:
        counts = (each.met, each.not_met, each.not_evidenced, each.needs_judgement, each.not_applicable)
        assert sum(counts) == 4
    models = assessed.licenses["models"]
    assert models.policy == "osd-conformant"
    assert models.approval == {"approved": 2, "not-approved": 0, "disputed": 0, "unknown": 0}
    assert [each.status for each in models.top] == ["approved", "unknown"]


@pytest.mark.parametrize("inputs", ["data/releases", "tests/fixtures/lineage"])
def test_the_shape_is_that_of_the_lineage_of_the_same_documents(tmp_path: Path, inputs: str) -> None:
    files = sorted(str(path) for path in (ROOT / inputs).rglob("*") if path.suffix in (".yaml", ".ttl"))
    build(tmp_path / "corpus", files)
    lineage = lineage_of(prepare(load(files)))
    expected = generations(lineage, (OSAID.trainedOn, *derivations()))
    shape = _stats(tmp_path / "corpus").lineage
    assert shape.artefacts == len(lineage)
    assert shape.depths == {each.depth: each.artefacts for each in expected if each.artefacts}


_EDGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=24)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edges=_EDGES, small=st.sampled_from([0, 4, 10**6]))
def test_rounds_and_the_search_of_the_rest_give_the_same_depths(
    engine: Engine, edges: list[tuple[int, int]], small: int
) -> None:
    arcs = set(edges)
    engine.values(MADE_FROM, LINKS, sorted(arcs))
    engine.values(ARTEFACTS, {"node": "BIGINT", "described": "BOOLEAN"}, [(node, node % 3 > 0) for node in range(13)])
    successors = {node: sorted({end for start, end in arcs if start == node}) for node in range(13)}
    graph = condensed(successors)
    depths = [0] * len(graph.members)
    for unit in range(len(depths) - 1, -1, -1):
        depths[unit] = max((depths[end] + 1 for end in graph.arcs[unit]), default=0)
    shape = lineage_shape(engine, small)
    assert shape.depths == dict(sorted(Counter(depths[graph.unit[node]] for node in range(13)).items()))
    assert shape.circular == sum(len(graph.members[unit]) for unit in graph.circular)
    assert shape.dangling == sum(end % 3 == 0 for _, end in arcs)


def test_an_empty_lineage_has_no_depth(engine: Engine) -> None:
    engine.values(MADE_FROM, LINKS, [])
    engine.values(ARTEFACTS, {"node": "BIGINT", "described": "BOOLEAN"}, [])
    shape = lineage_shape(engine)
    assert (shape.depths, shape.parents) == ({}, Spread(0, 0, 0, 0))


def test_bands_leave_no_depth_out() -> None:
    depths = dict.fromkeys(range(200), 1)
    assert sum(band.artefacts for band in bands(depths, 16)) == 200
    assert [band.label for band in bands(depths, 16)][-2:] == ["80-159", "160-319"]
    assert len(bands(depths, 200)) == 200


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6), st.integers(1, 90))
def test_portions_fill_a_bar(counts: list[int], room: int) -> None:
    assert sum(portions(counts, room)) == (room if sum(counts) else 0)


def test_the_picture_is_well_formed_and_names_are_text_in_it(assessed: Stats) -> None:
    hostile = dataclasses.replace(assessed, corpus="<b>&\"'")
    text = drawn(hostile)
    root = ElementTree.fromstring(text)  # noqa: S314 - our own text
    tags = Counter(each.tag.rpartition("}")[2] for each in root.iter())
    assert "script" not in tags
    assert "b" not in tags
    assert "<script" not in text
    assert root.get("role") == "img"
    heads = [each.text for each in root.iter() if each.get("font-weight") == "bold"]
    assert heads[:4] == ["<b>&\"' in numbers", "Size", "Depth of the lineage", "Stated terms"]
    assert heads[-1] == "Requirements"
    assert any((each.text or "").startswith("<script>alert(1)</script> & ") for each in root.iter())
    assert not {"\x1b", "\u202e"} & set(text)
    told = next(each.text or "" for each in root.iter() if each.get("id") == "desc")
    assert told.startswith("29 statements, 1 documents.")
    assert tags["pattern"] == 3


def test_the_picture_says_that_nothing_was_assessed(found: Stats) -> None:
    text = drawn(found)
    ElementTree.fromstring(text)  # noqa: S314 - our own text
    assert "not assessed" in text


def test_json_has_all_of_it_and_text_keeps_names_from_the_terminal(found: Stats) -> None:
    document = json.loads(render(found, "json"))
    assert document["schema_version"] == "1.0"
    assert document["lineage"]["depths"][0] == {"generations": 0, "artefacts": 3}
    assert document["assessment"] is None
    text = render(found, "text", RenderOptions(color=True), 60)
    assert "\x1b[31m\u202e" not in text
    assert "\\x1b" in text


def test_the_text_of_a_small_corpus(found: Stats, assessed: Stats) -> None:
    same = dataclasses.replace(found, corpus="mine", size=dataclasses.replace(found.size, tables=(), bytes=1234))
    assert render(same, "text", width=80) == TEXT
    marks = render(assessed, "text", width=80).splitlines()
    at = next(number for number, line in enumerate(marks) if line.startswith("requirements: 4 releases"))
    assert marks[at + 1] == "  █ met, x not met, ? no evidence, ~ to be judged, · not applicable"
    assert marks[at + 3].startswith("  freedoms-terms")
    assert {len(line) for line in marks[at + 2 :]} == {80}


def test_a_plot_is_written_whole_beside_the_text(small: Path, tmp_path: Path) -> None:
    plot = tmp_path / "plot.svg"
    ran = CliRunner().invoke(cli, ["corpus", "stats", str(small), "-F", "json", "--plot", str(plot)])
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["size"]["statements"] == 29
    ElementTree.parse(plot)  # noqa: S314 - our own text
    refused = CliRunner().invoke(
        cli, ["corpus", "stats", str(small), "-o", str(plot), "--plot", f"{tmp_path}/./plot.svg"]
    )
    assert isinstance(refused.exception, UsageError)


TEXT = """\
mine: generation 1, 1.2 kB

29 statements in 1 document
  32 terms

nodes                    described    only named
  Model                          4             1  ████████████████████████████
  Parameters                     2             0  ███████████
  Checkpoint                     1             0  ██████
  Dataset                        2             1  █████████████████
  other                          1             0  ██████

tables                      files          rows      on disk

terms of models: stated by 2 of 4 (50.0%)
  Apache-2.0                                  2   50.0%  ██████████
  <script>alert(1)</script> & \\x1b[…          1   25.0%  █████
  (a word that names none)                    1   25.0%  █████
  (refused)                                   1   25.0%  █████

terms of datasets: stated by 1 of 2 (50.0%)
  CC-BY-4.0                                   1   50.0%  ██████████
  ODbL-1.0                                    1   50.0%  ██████████
  (not stated)                                1   50.0%  ██████████

lineage of 8 artefacts: 8 edges
  2 (25.0%) lead to what no source describes; 2 artefacts stand on a circle
  made from others: 5 artefacts; median 2, 99 of 100 at most 2, most 2
  others made from: 8 artefacts; median 1, 99 of 100 at most 1, most 1
generations above      artefacts  (bars are logarithmic)
                  0            3  ██████████████████████████████████████████████
                  1            2  ████████████████████████████████████
                  2            1  ███████████████████████
                  3            2  ████████████████████████████████████

requirements: not assessed
  assess it: osaid-graph corpus assess mine
"""
