"""Obligations down a lineage: the fixpoint against reachability, and by hand on the family."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import (
    DATASET,
    DERIVED,
    EVALUATED,
    MODEL,
    SUBSET,
    TRAINED,
    TUNED,
    Drawn,
    arrows,
    d,
    family,
    m,
    numbered,
    short,
)

from osaid_graph.errors import UsageError
from osaid_graph.lineage.conflicts import ArisingCount, arising, conflicts
from osaid_graph.lineage.conflicts import counted as counted_conflicts
from osaid_graph.lineage.drift import drift
from osaid_graph.lineage.flow import flow, origins
from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.laundering import counted, dropped
from osaid_graph.lineage.obligations import DROPPED, SILENT, STATED, UNKNOWN, owed, standing, unknown_terms
from osaid_graph.lineage.transfer import COPY, MEASURING, OUTPUTS, STANCES, TRAINING, Stance, passes, route
from osaid_graph.terms.obligations import Obligation

nx: Any = import_module("networkx")  # its stubs are not complete
TERMS = st.dictionaries(
    st.integers(0, 7),
    st.sampled_from(
        (
            "cc-by-sa-4.0",
            "gpl-3.0",
            "cc-by-nc-4.0",
            "gemma",
            "llama3",
            "cdla-sharing-1.0",
            "mit",
            "artistic-2.0",
            "other",
        )
    ),
).map(lambda found: {number: (text,) for number, text in found.items()})
CLASSES = st.lists(st.sampled_from((MODEL, DATASET)), min_size=8, max_size=8)
KINDS = (TRAINED, TUNED, EVALUATED, DERIVED)
LLAMA = "LicenseRef-scancode-llama-2-license-2023"


def ways(lineage: Lineage, obligation: Obligation, policy: Stance) -> Any:
    """Return the edges that hand an obligation on, from what was used to what was made."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(lineage)))
    for made, used, prop in lineage.arrows():
        if passes(route(lineage, made, used, prop), obligation, policy):
            graph.add_edge(used, made)
    return graph


@given(arrows(kinds=KINDS), TERMS, CLASSES, st.sampled_from(STANCES))
def test_what_comes_to_an_artefact_is_what_reaches_it(
    drawn: Drawn, terms: dict[int, tuple[str, ...]], classes: list[int], policy: Stance
) -> None:
    line = numbered(drawn, licenses=terms, classes=classes)
    expected: dict[int, set[tuple[int, Obligation]]] = {}
    for origin, obligations in origins(line):
        for obligation in obligations:
            for made in nx.descendants(ways(line, obligation, policy), origin) | {origin}:
                expected.setdefault(made, set()).add((origin, obligation))
    assert flow(line, policy) == expected
    for number in range(8):
        rows = owed(line, f"urn:{number}", policy)
        assert {(int(row.origin[4:]), row.license, row.obligation) for row in rows} == {
            (origin, each.license, each.kind) for origin, each in expected.get(number, set())
        }
        for row in rows:
            assert (row.path[0].node, row.path[-1].node) == (f"urn:{number}", row.origin)
            assert row.distance == len(row.path) - 1


@given(arrows(kinds=KINDS), TERMS, CLASSES)
def test_what_is_permissive_is_firm_and_part_of_what_is_cautious(
    drawn: Drawn, terms: dict[int, tuple[str, ...]], classes: list[int]
) -> None:
    line = numbered(drawn, licenses=terms, classes=classes)
    for number in range(8):
        shown = [
            {(row.origin, row.license, row.obligation) for row in owed(line, f"urn:{number}", policy) if row.firm}
            for policy in STANCES
        ]
        assert shown[0] == shown[1]
        assert all(row.firm for row in owed(line, f"urn:{number}", "permissive"))


@given(arrows(kinds=KINDS), TERMS, CLASSES)
def test_an_edge_drops_what_all_on_some_way_down_to_it_state(
    drawn: Drawn, terms: dict[int, tuple[str, ...]], classes: list[int]
) -> None:
    line, expected = numbered(drawn, licenses=terms, classes=classes), set()
    for origin, obligations in origins(line):
        for obligation in obligations:
            graph = ways(line, obligation, "cautious")
            going = [
                each for each in range(8) if each == origin or standing(line, each, obligation) in (STATED, UNKNOWN)
            ]
            for used in nx.descendants(graph.subgraph(going), origin) | {origin}:
                for made in graph.successors(used):
                    how = standing(line, made, obligation)
                    if made not in (origin, used) and how in (DROPPED, SILENT):
                        expected.add((made, used, obligation.kind, obligation.license, how))
    found = {
        (int(row.node[4:]), int(row.source[4:]), row.obligation, row.license, row.standing)
        for row in dropped(line, silent=True)
    }
    assert found == expected


def test_routes_follow_the_edge_and_where_that_is_general_the_classes() -> None:
    line = family()
    found: dict[tuple[str, str], set[str]] = {}
    for made, used, prop in line.arrows():
        found.setdefault((short(line.iri(made)), short(line.iri(used))), set()).add(route(line, made, used, prop))
    assert found["base", "books"] == {TRAINING}
    assert found["base", "bench"] == {MEASURING}
    assert found["chat", "base"] == {OUTPUTS}
    assert found["mixture", "books"] == found["adapter", "base"] == found["merged", "tuned"] == {COPY}


def rows_of(node: str, policy: str = "cautious") -> set[tuple[str, str, str, bool, str, str]]:
    return {
        (row.obligation, row.license, short(row.origin), row.firm, row.standing, short(row.dropped_at))
        for row in owed(family(), node, policy)
        if row.obligation != "attribution"
    }


def test_what_merged_owes() -> None:
    assert rows_of(m("merged")) == {
        ("share-alike", "GPL-3.0-only", "sibling", True, "dropped", "merged"),
        ("same-licence", LLAMA, "base", True, "dropped", "sibling"),
        ("use-restrictions", LLAMA, "base", True, "dropped", "sibling"),
        ("non-commercial", "CC-BY-NC-4.0", "mixture", False, "dropped", "sibling"),
        ("non-commercial", "CC-BY-NC-4.0", "books", False, "dropped", "base"),
    }


def test_nothing_comes_from_data_under_the_permissive_policy() -> None:
    assert {row[2] for row in rows_of(m("merged"), "permissive")} == {"sibling", "base"}
    assert {row.origin for row in owed(family(), m("base"), "permissive")} == {m("base")}


def test_adapter_keeps_what_its_base_asks() -> None:
    assert {row[4] for row in rows_of(m("adapter"), "permissive")} == {"stated"}


def test_nobody_can_tell_what_the_crawl_asks() -> None:
    rows = unknown_terms(family(), m("base"))
    assert [(short(row.node), row.why) for row in rows] == [("crawl", "no terms are stated")]


def test_the_edges_of_the_family_that_drop_obligations() -> None:
    rows = dropped(family())
    shown = {(short(row.node), short(row.source), row.obligation, row.firm) for row in rows}
    assert shown == {
        ("base", "books", "non-commercial", False),
        ("sibling", "mixture", "non-commercial", False),
        ("tuned", "base", "same-licence", True),
        ("tuned", "base", "use-restrictions", True),
        ("sibling", "base", "same-licence", True),
        ("sibling", "base", "use-restrictions", True),
        ("chat", "base", "same-licence", False),
        ("chat", "base", "use-restrictions", False),
        ("merged", "sibling", "share-alike", True),
    }
    assert counted(rows)[0].edges == 2
    assert {short(row.node) for row in dropped(family(), "permissive")} == {"tuned", "sibling", "merged"}


def test_the_conflicts_at_sibling() -> None:
    rows = conflicts(family(), m("sibling"))
    shown = {(row.conflict, row.obligation, row.other or row.other_license, row.firm) for row in rows}
    assert shown == {
        ("obligations", "share-alike", "same-licence", True),
        ("obligations", "share-alike", "use-restrictions", True),
        ("obligations", "share-alike", "non-commercial", False),
        ("terms", "same-licence", "GPL-3.0-only", True),
        ("terms", "use-restrictions", "GPL-3.0-only", True),
        ("terms", "non-commercial", "GPL-3.0-only", False),
    }


def test_conflicts_arise_at_sibling_and_are_not_told_again_at_merged() -> None:
    rows = arising(family())
    assert {short(row.node) for row in rows} == {"sibling"}
    assert ArisingCount("GPL-3.0-only", "non-commercial", "CC-BY-NC-4.0", 1) in counted_conflicts(rows)


def test_what_may_not_be_changed_may_be_passed_on_in_part() -> None:
    terms = {0: ("cc-by-nd-4.0",), 1: ("cc-by-nd-4.0",), 2: ("cc-by-nd-4.0",)}
    line = numbered({(1, 0, SUBSET), (2, 0, DERIVED)}, 3, licenses=terms, classes=[DATASET] * 3)
    assert conflicts(line, "urn:1") == ()
    assert [row.conflict for row in conflicts(line, "urn:2")] == ["derivative"]


def test_the_name_of_a_model_is_compared_by_its_letters() -> None:
    line = numbered({(1, 0, TUNED)}, 2, licenses={0: ("llama3",), 1: ("llama3",)})
    line.columns.labels[1] = "acme/llama-3-tuned"  # type: ignore[index]
    (naming,) = (row for row in owed(line, "urn:1") if row.obligation == "naming" and row.origin == "urn:0")
    assert naming.standing == "stated"
    line.columns.labels[1] = "acme/tuned-llama-3"  # type: ignore[index]
    (naming,) = (row for row in owed(line, "urn:1") if row.obligation == "naming" and row.origin == "urn:0")
    assert naming.standing == "dropped"


def test_drift_between_the_models_of_the_family() -> None:
    found = drift(family())
    whole = {row.transition: row.edges for row in found.transitions if not row.via}
    assert whole == {"kept": 2, "changed": 4, "dropped": 0, "added": 0, "neither": 0}
    assert {(row.before, row.after, row.edges) for row in found.pairs} == {
        ("llama2", "llama2", 1),
        ("llama2", "Apache-2.0", 1),
        ("llama2", "GPL-3.0-only", 1),
        ("Apache-2.0", "Apache-2.0", 1),
        ("Apache-2.0", "MIT", 1),
        ("GPL-3.0-only", "MIT", 1),
    }


def test_usable_terms_are_compared_by_what_they_name() -> None:
    line = numbered({(1, 0, TUNED), (2, 0, TUNED)}, 3, licenses={0: ("mit",), 1: ("MIT",), 2: ("other",)})
    stated = {(row.before, row.after): row.transition for row in drift(line).pairs}
    assert stated == {("mit", "MIT"): "changed", ("mit", "other"): "changed"}
    usable = {(row.before, row.after): row.transition for row in drift(line, counting="usable").pairs}
    assert usable == {("MIT", "MIT"): "kept", ("MIT", ""): "dropped"}


@given(arrows(kinds=KINDS), TERMS)
def test_every_edge_drifts_one_way(drawn: Drawn, terms: dict[int, tuple[str, ...]]) -> None:
    found = drift(numbered(drawn, licenses=terms), between="all")
    edges = sum(made != used and kind in (TUNED, DERIVED) for made, used, kind in drawn)
    # a particular derivation and the general one between the same two are two edges here: the builder joins them
    assert sum(row.edges for row in found.transitions if not row.via) == edges == sum(row.edges for row in found.pairs)


@pytest.mark.parametrize("call", [lambda: owed(family(), d("books"), "strict"), lambda: drift(family(), between="x"),
                                  lambda: drift(family(), counting="x")])  # fmt: skip
def test_a_choice_that_does_not_exist_is_refused(call: Any) -> None:
    with pytest.raises(UsageError):
        call()
