"""What is dated before what it was made from, against brute force, and by hand on the family."""

from __future__ import annotations

import datetime
from importlib import import_module
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from numbered_lineages import EVALUATED, TRAINED, Drawn, arrows, family, m, numbered, short

from osaid_graph.lineage.index import NO_DAY
from osaid_graph.lineage.timeline import DEFAULT_DATES, circles, out_of_order

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


@given(arrows())
def test_circles_are_the_components_with_a_cycle_each_with_a_shortest_way_round(drawn: Drawn) -> None:
    graph, found = up_of(drawn), circles(numbered(drawn))
    components = [each for each in nx.strongly_connected_components(graph) if len(each) > 1]
    expected = [*components, *({each} for each in range(8) if graph.has_edge(each, each) and {each} not in components)]
    expected = [each for each in expected if len(each) > 1 or not any(each < other for other in components)]
    assert sorted(row.members for row in found) == sorted(
        tuple(sorted(f"urn:{member}" for member in each)) for each in expected
    )
    for row in found:
        path = [int(hop.node[4:]) for hop in row.path]
        assert path[0] == path[-1] == int(row.members[0][4:])
        assert all(graph.has_edge(*edge) for edge in pairwise(path))
        back = [nx.shortest_path_length(graph, path[0], before) for before in graph.predecessors(path[0])
                if nx.has_path(graph, path[0], before)]  # fmt: skip
        assert len(path) - 1 == 1 + min(back)


def test_quant_was_published_before_what_it_was_made_from() -> None:
    (row,) = out_of_order(family())
    assert (row.node, row.source, row.days, row.direct, row.default) == (m("quant"), m("tuned"), 76, True, ())


def test_the_circles_of_the_family() -> None:
    assert [[short(each) for each in row.members] for row in circles(family())] == [["round-a", "round-b"], ["selfie"]]


def test_a_date_that_stands_for_not_known_is_marked() -> None:
    (default,) = DEFAULT_DATES
    later = (default + datetime.timedelta(days=7)).toordinal()
    (row,) = out_of_order(numbered({(0, 1, TRAINED)}, 2, issued=[default.toordinal(), later]))
    assert (row.default, row.days) == (("node",), 7)
