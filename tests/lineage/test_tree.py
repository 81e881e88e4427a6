"""A lineage as a tree: every artefact in full once, where a shortest path leads to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from osaid_graph.assessment.assess import prepare
from osaid_graph.graph.load import load_apart
from osaid_graph.lineage.artifacts import lineage_of
from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.tree import tree
from osaid_graph.vocab import OSAID

FAMILY = Path(__file__).parent.parent / "fixtures" / "lineage" / "family.ttl"


@pytest.fixture(scope="module")
def family() -> Lineage:
    release, dumps = load_apart([str(FAMILY)])
    return lineage_of(prepare(release), release, dumps)


def drawn(family: Lineage, node: str, **options: object) -> list[str]:
    """Return the places of a tree by depth, edges, label and state."""
    return [
        f"{'  ' * len(place.rails)}{' '.join(place.via)} {place.label} {place.state}".rstrip()
        for place in tree(family, node, **options)  # type: ignore[arg-type]
    ]


def test_a_merge_shows_the_shared_base_in_full_once(family: Lineage) -> None:
    assert drawn(family, "merged") == [
        " Merged",
        "  osaid:mergedFrom Sibling",
        "    osaid:fineTunedFrom Base",
        "      osaid:trainedOn Books",
        "      osaid:trainedOn Webmix 2",
        "        osaid:filteredFrom Crawl",
        "        osaid:derivedFrom Webmix 1",
        "          osaid:filteredFrom Crawl shown",
        "    osaid:trainedOn Mixture",
        "      osaid:derivedFrom Books shown",
        "      osaid:derivedFrom Webmix 2 shown",
        "    osaid:trainedOn Tasks",
        "      osaid:derivedFrom Bench, test split",
        "        osaid:subsetOf Bench",
        "  osaid:mergedFrom Tuned",
        "    osaid:fineTunedFrom Base shown",
        "    osaid:trainedOn Chat",
        "      osaid:derivedFrom Base shown",
    ]


def test_a_circle_and_a_self_loop_end_where_they_close(family: Lineage) -> None:
    assert drawn(family, "round-a") == [
        " Round A",
        "  osaid:derivedFrom Round B",
        "    osaid:derivedFrom Round A circle",
    ]
    assert drawn(family, "selfie") == [" Selfie", "  osaid:derivedFrom Selfie circle"]


def test_down_leads_to_what_was_made(family: Lineage) -> None:
    assert drawn(family, "round-a", down=True) == [
        " Round A",
        "  ^osaid:trainedOn Adapter",
        "  ^osaid:derivedFrom Round B",
        "    ^osaid:derivedFrom Round A circle",
    ]


def test_depth_tells_where_more_lies_behind(family: Lineage) -> None:
    assert drawn(family, "tuned", depth=1) == [
        " Tuned",
        "  osaid:fineTunedFrom Base cut",
        "  osaid:trainedOn Chat cut",
    ]


def test_only_the_edges_asked_for_are_followed(family: Lineage) -> None:
    assert drawn(family, "tuned", following=(OSAID.evaluatedOn,)) == [" Tuned", "  osaid:evaluatedOn Bench"]


def test_a_place_tells_terms_days_and_gaps(family: Lineage) -> None:
    books = next(p for p in tree(family, "base", gaps={family.find("acme/books"): ("license",)}) if p.label == "Books")
    assert (books.licenses, books.issued, books.withdrawn, books.gaps) == (
        ("CC-BY-NC-4.0",),
        "2020-02-01",
        "2023-08-01",
        ("license",),
    )
