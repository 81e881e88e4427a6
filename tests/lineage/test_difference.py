"""What changed between two lineages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import FAMILY, Drawn, arrows, d, family, m, numbered, read, short

from osaid_graph.errors import UsageError
from osaid_graph.lineage.difference import Change, difference
from osaid_graph.lineage.index import Lineage


def test_nothing_changed_from_a_lineage_to_itself() -> None:
    assert difference(family(), family()) == ()


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Lineage:
    """Return the family after base gave books up for tasks, chat changed terms, and the crawl was withdrawn."""
    text = FAMILY.read_text("utf-8")
    for old, new in (
        ("osaid:trainedOn <https://huggingface.co/datasets/acme/webmix#2>, d:books ; osaid:evaluatedOn d:bench .",
         "osaid:trainedOn <https://huggingface.co/datasets/acme/webmix#2>, d:tasks ; osaid:evaluatedOn d:bench ."),
        ('"2023-03-01"^^xsd:date ; osaid:license "Apache-2.0"', '"2023-03-02"^^xsd:date ; osaid:license "MIT"'),
        ('osaid:provenance "a crawl of the web"', 'osaid:withdrawn true ; osaid:license "CC0-1.0"'),
        ('d:shelf a osaid:Dataset ; dcterms:title "Shelf"', 'd:drawer a osaid:Dataset ; dcterms:title "Drawer"'),
    ):  # fmt: skip
        assert text.count(old) == 1
        text = text.replace(old, new)
    path = Path(tmp_path_factory.mktemp("later")) / "family.ttl"
    path.write_text(text, "utf-8")
    return read(path)


def test_every_change_is_told_once(later: Lineage) -> None:
    assert difference(family(), later) == (
        Change("artefact", "added", d("drawer"), "Drawer"),
        Change("artefact", "removed", d("shelf"), "Shelf"),
        Change("edge", "removed", m("base"), "Base", "osaid:trainedOn", d("books")),
        Change("edge", "added", m("base"), "Base", "osaid:trainedOn", d("tasks")),
        Change("terms", "changed", d("chat"), "Chat", before="Apache-2.0", after="MIT"),
        Change("terms", "added", d("crawl"), "Crawl", after="CC0-1.0"),
        Change("issued", "changed", d("chat"), "Chat", before="2023-03-01", after="2023-03-02"),
        Change("withdrawn", "added", d("crawl"), "Crawl", after="yes"),
    )


def test_of_one_artefact_only_what_it_was_made_from_is_compared(later: Lineage) -> None:
    changes = difference(family(), later, m("adapter"))
    assert [(each.what, each.change, short(each.node)) for each in changes] == [
        # bench, its split and the tasks came in with the new edge; books went with the old one
        ("artefact", "added", "bench"),
        ("artefact", "added", "bench-split"),
        ("artefact", "removed", "books"),
        ("artefact", "added", "tasks"),
        ("edge", "removed", "base"),
        ("edge", "added", "base"),
        ("edge", "added", "bench-split"),
        ("edge", "added", "tasks"),
        ("terms", "added", "crawl"),
        ("withdrawn", "added", "crawl"),
    ]


def test_what_is_in_one_only_is_all_new(later: Lineage) -> None:
    assert difference(family(), later, d("drawer")) == (Change("artefact", "added", d("drawer"), "Drawer"),)
    with pytest.raises(UsageError):
        difference(family(), later, "cupboard")


def test_what_has_no_iri_goes_by_its_name(tmp_path: Path) -> None:
    prefixes = "@prefix o: <https://w3id.org/osaid-graph/ont#> . @prefix t: <http://purl.org/dc/terms/> .\n"
    lineages = []
    for terms in ("MIT", "CC0-1.0"):
        path = tmp_path / f"{terms}.ttl"
        path.write_text(f'{prefixes}[] a o:Dataset ; t:title "Notes" ; o:license "{terms}" .', "utf-8")
        lineages.append(read(path))
    before, after = lineages
    assert difference(before, after) == (Change("terms", "changed", "_:Notes", "Notes", before="MIT", after="CC0-1.0"),)


@given(arrows(), arrows(), st.integers(1, 8), st.integers(1, 8))
def test_turned_round_what_was_added_was_removed(one: Drawn, other: Drawn, size: int, other_size: int) -> None:
    first, second = (
        {each for each in drawn if max(each[:2]) < limit} for drawn, limit in ((one, size), (other, other_size))
    )
    before, after = numbered(first, size), numbered(second, other_size)
    forth, back = difference(before, after), difference(after, before)
    turned = {"added": "removed", "removed": "added"}
    assert {(each.what, turned[each.change], each.node, each.via, each.target) for each in forth} == {
        (each.what, each.change, each.node, each.via, each.target) for each in back
    }
    edges = {(each.node, each.target) for each in forth if each.what == "edge" and each.change == "added"}
    assert edges == {(f"urn:{made}", f"urn:{used}") for made, used, _ in second - first}
