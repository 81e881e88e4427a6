"""What gaps block, against brute force, and by hand on the family."""

from __future__ import annotations

import itertools
from importlib import import_module
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import EVALUATED, Drawn, arrows, d, family, m, numbered, short

from osaid_graph.lineage.blockers import Blockers, Totals, blockers, releases_of
from osaid_graph.vocab import OSAID

nx: Any = import_module("networkx")  # its stubs are not complete
GAPS = st.frozensets(st.integers(0, 7))


def reference(drawn: Drawn, leaving_out: int = EVALUATED) -> Any:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(8))
    graph.add_edges_from((source, target) for source, target, kind in drawn if kind != leaving_out)
    return graph


@given(arrows(), GAPS)
def test_blockers_are_the_gaps_at_and_above_a_release(drawn: Drawn, gaps: frozenset[int]) -> None:
    graph = reference(drawn)
    expected = {
        release: found
        for release in range(8)
        if (found := tuple(sorted(gaps & (nx.descendants(graph, release) | {release}))))
    }
    assert blockers(numbered(drawn), dict.fromkeys(gaps, ("x",))) == expected


@given(arrows(), GAPS)
def test_a_gap_alone_blocks_what_would_be_free_without_it(drawn: Drawn, gaps: frozenset[int]) -> None:
    lineage, criteria = numbered(drawn), dict.fromkeys(gaps, ("x",))
    found = Blockers.find(lineage, criteria)
    for row in found.top():
        number = lineage.numbers[row.node]
        without = blockers(lineage, dict.fromkeys(gaps - {number}, ("x",)))
        assert row.alone == len(found.of) - len(without)
        assert row.releases == sum(number in each for each in found.of.values())


@given(arrows(), GAPS)
def test_every_blocker_has_a_shortest_path_over_edges_that_are_there(drawn: Drawn, gaps: frozenset[int]) -> None:
    lineage, graph = numbered(drawn), reference(drawn)
    found = Blockers.find(lineage, dict.fromkeys(gaps, ("x",)))
    for release, of in found.of.items():
        shown = found.witnesses(release)
        assert sorted(lineage.numbers[row.node] for row in shown) == list(of)
        for row in shown:
            path = [lineage.numbers[hop.node] for hop in row.path]
            assert path[0] == release
            assert all(graph.has_edge(*edge) for edge in itertools.pairwise(path))
            assert row.distance == len(path) - 1 == nx.shortest_path_length(graph, release, path[-1])


def undated() -> Blockers:
    """Return the blockers of the family where data without stated terms are the gap: crawl and the two names."""
    line = family()
    names = (d("crawl"), "urn:osaid:name:our-crawl", "urn:osaid:name:imagefolder")
    return Blockers.find(line, {line.find(name): ("license",) for name in names})


def test_the_family_is_blocked_as_drawn() -> None:
    line, found = family(), undated()
    shown = {short(row.node): sorted(map(short, row.blockers)) for row in found.rows()}
    crawl = ["crawl"]
    assert shown == {
        **dict.fromkeys(("adapter", "base", "merged", "quant", "sibling", "tuned"), crawl),
        "stray": ["imagefolder", "our-crawl"],
    }
    assert found.totals() == Totals(releases=8, blocked=7, by_one=6, by_own_only=0)
    assert [(short(row.node), row.alone, row.releases) for row in found.top()] == [
        ("crawl", 6, 6),
        ("imagefolder", 0, 1),
        ("our-crawl", 0, 1),
    ]
    assert [short(row.node) for row in found.sole()] == ["adapter", "base", "merged", "quant", "sibling", "tuned"]
    (witness,) = found.witnesses(line.find(m("quant")))
    # quant <- tuned <- base <- webmix 2 <- crawl; webmix 1 is a way round
    assert [hop.via for hop in witness.path] == [
        "",
        "osaid:quantizedFrom",
        "osaid:fineTunedFrom",
        "osaid:trainedOn",
        "osaid:filteredFrom",
    ]


def test_only_what_a_source_describes_is_a_release() -> None:
    line = family()
    assert [short(line.iri(number)) for number in releases_of(line)] == sorted(
        ("adapter", "base", "merged", "orphan", "quant", "sibling", "stray", "tuned")
    )


def test_a_gap_is_handed_on_by_the_chosen_edges_only() -> None:
    line = family()
    found = blockers(line, {line.find(d("bench")): ("x",)}, following=(OSAID.evaluatedOn,))
    assert {short(line.iri(number)) for number in found} == {"base", "tuned", "sibling"}


def test_a_gap_that_blocks_itself_alone_is_not_inherited() -> None:
    line = family()
    found = Blockers.find(line, {line.find(m("orphan")): ("license",), line.find(m("base")): ("license",)})
    assert [short(row.node) for row in found.top(inherited=True)] == ["base"]
    assert found.totals() == Totals(releases=8, blocked=7, by_one=7, by_own_only=2)
