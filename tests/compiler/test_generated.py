"""Compiled shapes and pySHACL agree on whatever shapes and data there are."""

from __future__ import annotations

from compiled_shapes import by_engine, pyshacl_report, results_of
from hypothesis import HealthCheck, Phase, assume, given, note, settings
from rdflib import Graph
from shape_graphs import data_graphs, shape_graphs

from osaid_graph.engines import Engine

#: To make a failing case smaller takes minutes; it is small as it is.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=60, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(data=data_graphs(), shapes=shape_graphs())
def test_compiled_shapes_find_what_pyshacl_finds(engine: Engine, data: Graph, shapes: Graph) -> None:
    report = pyshacl_report(data, shapes)
    assume(report is not None)
    assert report is not None
    note(f"{data.serialize()}\n{shapes.serialize()}")
    assert by_engine(engine, data, shapes) == results_of(report)
