"""What is dated before what it was made from, against brute force, and by hand on the family."""

from __future__ import annotations

import datetime
from importlib import import_module
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import EVALUATED, TRAINED, Drawn, arrows, family, m, numbered

from osaid_graph.lineage.index import NO_DAY
from osaid_graph.lineage.timeline import DEFAULT_DATES, out_of_order

nx: Any = import_module("networkx")  # its stubs are not complete
DAYS = st.lists(st.sampled_from((NO_DAY, NO_DAY, 730_000, 730_010, 730_020)), min_size=8, max_size=8)


def up_of(drawn: Drawn) -> Any:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(8))
    graph.add_edges_from((made, used) for made, used, kind in drawn if kind != EVALUATED)
    return graph


@given(arrows(), DAYS)
def test_pairs_out_of_order_are_those_with_nothing_dated_between(drawn: Drawn, days: list[int]) -> None:
    graph, expected = up_of(drawn), set()
    undated = [each for each in range(8) if days[each] == NO_DAY]
    for made in range(8):
        for used in range(8):
            between = graph.subgraph([made, used, *undated])
            if days[made] != NO_DAY and days[used] > days[made] and nx.has_path(between, made, used):
                expected.add((made, used))
    rows = out_of_order(numbered(drawn, issued=days))
    assert {(int(row.node[4:]), int(row.source[4:])) for row in rows} == expected
    for row in rows:
        path = [int(hop.node[4:]) for hop in row.path]
        assert all(graph.has_edge(*edge) for edge in pairwise(path))
        assert all(days[each] == NO_DAY for each in path[1:-1])
        assert row.direct == graph.has_edge(path[0], path[-1]) == (len(path) == 2)


@given(arrows(), DAYS)
def test_a_lineage_out_of_order_anywhere_is_told(drawn: Drawn, days: list[int]) -> None:
    graph = up_of(drawn)
    anywhere = any(
        days[made] != NO_DAY and days[used] > days[made] for made in range(8) for used in nx.descendants(graph, made)
    )
    assert bool(out_of_order(numbered(drawn, issued=days))) == anywhere


def test_quant_was_published_before_what_it_was_made_from() -> None:
    (row,) = out_of_order(family())
    assert (row.node, row.source, row.days, row.direct, row.default) == (m("quant"), m("tuned"), 76, True, ())


def test_a_date_that_stands_for_not_known_is_marked() -> None:
    (default,) = DEFAULT_DATES
    later = (default + datetime.timedelta(days=7)).toordinal()
    (row,) = out_of_order(numbered({(0, 1, TRAINED)}, 2, issued=[default.toordinal(), later]))
    assert (row.default, row.days) == (("node",), 7)
