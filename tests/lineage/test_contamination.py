"""Benchmarks in what was trained on, against brute force, and by hand on the family."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from hypothesis import given
from numbered_lineages import (
    DATASET,
    EVALUATED,
    MODEL,
    SUBSET,
    TRAINED,
    TUNED,
    VALIDATED,
    Drawn,
    arrows,
    d,
    family,
    numbered,
    short,
)

from osaid_graph.lineage.contamination import contaminated, contaminated_by
from osaid_graph.lineage.index import via

nx: Any = import_module("networkx")  # its stubs are not complete
#: Numbers below this are models, the others data.
MODELS = 3


def kept(drawn: Drawn) -> Drawn:
    """Return the edges that make sense: data are subsets of data, models are made from and measured on the rest."""
    return frozenset(
        (made, used, kind)
        for made, used, kind in drawn
        if (made >= MODELS and used >= MODELS) == (kind == SUBSET)
        and (kind == SUBSET or (made < MODELS and (used < MODELS) == (kind == TUNED)))
    )


@given(arrows(kinds=(TRAINED, TUNED, EVALUATED, VALIDATED, SUBSET)))
def test_benchmarks_with_their_parts_and_origins_are_looked_for_in_the_closure(drawn: Drawn) -> None:
    edges = kept(drawn)
    made_from, parts = nx.DiGraph(), nx.DiGraph()
    for graph in (made_from, parts):
        graph.add_nodes_from(range(8))
    made_from.add_edges_from((made, used) for made, used, kind in edges if kind not in (EVALUATED, VALIDATED))
    parts.add_edges_from((made, used) for made, used, kind in edges if kind == SUBSET)
    expected = set()
    for model, benchmark, kind in edges:
        if kind in (EVALUATED, VALIDATED):
            inside, below = nx.descendants(made_from, model), nx.ancestors(parts, benchmark) - {benchmark}
            above = nx.descendants(parts, benchmark) - below - {benchmark}
            for relation, found in (("itself", {benchmark}), ("part", below), ("origin", above)):
                expected |= {(model, benchmark, via(kind), each, relation) for each in found & inside}
    classes = [MODEL] * MODELS + [DATASET] * (8 - MODELS)
    rows = contaminated(numbered(edges, classes=classes))
    assert {
        (int(row.model[4:]), int(row.benchmark[4:]), row.use, int(row.found[4:]), row.relation) for row in rows
    } == expected
    for row in rows:
        assert (row.training[0].node, row.training[-1].node) == (row.model, row.found)
        assert (row.measuring[0].node, row.measuring[-1].node) == (row.benchmark, row.found)


def test_sibling_learnt_from_a_split_of_what_measures_it() -> None:
    rows = contaminated(family())
    assert [(short(row.model), short(row.found), row.relation, row.distance) for row in rows] == [
        ("sibling", "bench", "itself", 3),
        ("sibling", "bench-split", "part", 2),
    ]
    split = rows[1]
    assert [hop.via for hop in split.training] == ["", "osaid:trainedOn", "osaid:derivedFrom"]
    assert [hop.via for hop in split.measuring] == ["", "^osaid:subsetOf"]


def test_what_was_made_from_a_benchmark_is_found_where_nobody_says_it_was_measured_on_it() -> None:
    rows = contaminated_by(family(), d("bench"))
    assert [(short(row.model), row.use, short(row.found), row.distance) for row in rows] == [
        ("sibling", "osaid:evaluatedOn", "bench", 3),
        ("merged", "", "bench", 4),
        ("sibling", "osaid:evaluatedOn", "bench-split", 2),
        ("merged", "", "bench-split", 3),
    ]


def test_origins_of_a_benchmark_count_when_they_are_asked_for() -> None:
    assert contaminated_by(family(), d("bench-split")) != contaminated_by(family(), d("bench-split"), origins=True)
    relations = {row.relation for row in contaminated_by(family(), d("bench-split"), origins=True)}
    assert relations == {"itself", "origin"}
