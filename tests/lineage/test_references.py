"""Names that lead nowhere, and what may have been meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from numbered_lineages import HUB, family, m, read, short

from osaid_graph.identity import placeholder
from osaid_graph.lineage.references import Dangling, Found, counted, dangling

TEXT = """
@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://huggingface.co/a/one> a osaid:Model ; osaid:hasParameters <https://huggingface.co/a/one#p> .
<https://huggingface.co/a/one#p> a osaid:Parameters ;
    osaid:trainedOn <https://huggingface.co/datasets/lab/Squares>, <https://huggingface.co/datasets/lab/web>,
        <urn:osaid:name:squares>, <urn:osaid:name:csv>, <urn:osaid:name:nothing-like-it> .
<https://huggingface.co/datasets/lab/squares> a osaid:Dataset ; dcterms:title "Squares" .
<https://huggingface.co/datasets/other/SQUARES> a osaid:Dataset ; dcterms:title "Squares too" .
<https://huggingface.co/datasets/lab/web#2> a osaid:Dataset ;
    dcterms:isVersionOf <https://huggingface.co/datasets/lab/web> .
<https://huggingface.co/lab/nothing-like-it> a osaid:Model ; dcterms:title "A model of the same name" .
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Dangling]:
    path = tmp_path_factory.mktemp("dangling") / "names.ttl"
    Path(path).write_text(TEXT, "utf-8")
    return {row.label: row for row in dangling(read(path))}


@pytest.mark.parametrize(
    ("name", "finding", "candidates"),
    [
        ("lab/Squares", "case", ("datasets/lab/squares",)),
        ("lab/web", "versioned", ("datasets/lab/web#2",)),
        ("squares", "organisation", ("datasets/lab/squares", "datasets/other/SQUARES")),
        ("csv", "placeholder", ()),
        # a model is no dataset, whatever it is called
        ("nothing-like-it", "unknown", ()),
    ],
)
def test_what_may_be_meant_is_offered(
    rows: dict[str, Dangling], name: str, finding: str, candidates: tuple[str, ...]
) -> None:
    row = rows[name]
    assert (row.finding, row.candidate) == (finding, tuple(HUB + each for each in candidates))
    assert (row.referrers, row.over) == (1, ("osaid:trainedOn",))
    assert bool(row.why) == (finding == "placeholder")


def test_nothing_described_is_told_of(rows: dict[str, Dangling]) -> None:
    assert len(rows) == 5


def test_the_two_names_of_the_family() -> None:
    rows = dangling(family())
    assert {short(row.node): (row.finding, row.referred_by) for row in rows} == {
        "our-crawl": ("unknown", (m("stray"),)),
        "imagefolder": ("placeholder", (m("stray"),)),
    }
    assert counted(rows) == (Found("Dataset", "placeholder", 1, 1), Found("Dataset", "unknown", 1, 1))


def test_only_a_name_can_be_a_placeholder() -> None:
    assert placeholder("urn:osaid:name:imagefolder")
    assert not placeholder("https://huggingface.co/datasets/imagefolder")
    assert not placeholder("urn:osaid:name:text")
