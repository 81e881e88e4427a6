"""The assessment as Turtle: a standard ``sh:ValidationReport`` (:mod:`~osaid_graph.rdf_report.report`) with its run.

The outcomes are assertions of EARL, the run is an activity of PROV (:mod:`~osaid_graph.rdf_report.run`); labels that
others give stand beside them.
"""

from __future__ import annotations

from rdflib import Graph

from osaid_graph.escapes import escaped_turtle
from osaid_graph.model import Assessment
from osaid_graph.rdf_report import report as rdf
from osaid_graph.rdf_report import run
from osaid_graph.rdf_report.judged import named
from osaid_graph.reports import RenderOptions, derived


def render(assessment: Assessment, options: RenderOptions) -> str:
    """Return the report as Turtle."""
    return escaped_turtle(report(assessment).serialize(format="turtle").rstrip("\n")) + "\n"


def report(assessment: Assessment) -> Graph:
    """Return the report as a graph."""
    graph = rdf.report(assessment)
    run.describe(graph, assessment)
    derived.describe(graph, assessment, rdf.report_node(assessment), named(assessment.subject))
    return graph
