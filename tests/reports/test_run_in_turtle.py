"""The run in the Turtle report: who made it, from which bytes, by which rules, and outcomes that EARL tools read."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

from rdflib import PROV, RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment
from osaid_graph.rdf_report.judged import EARL, OUTCOMES
from osaid_graph.reports import render
from osaid_graph.vocab import OSAID, POLICY

FIXTURES = Path(__file__).parent.parent / "fixtures" / "releases"


@cache
def judged() -> Assessment:
    return assess(load([str(FIXTURES / "borealis-judged.yaml")]), today=datetime.date(2026, 11, 24))


@cache
def graph() -> Graph:
    return Graph().parse(data=render(judged(), "turtle"), format="turtle")


def test_the_report_is_generated_by_a_run_that_used_the_inputs_by_their_digests() -> None:
    (report,) = graph().subjects(RDF.type, SH.ValidationReport)
    (run,) = graph().objects(report, PROV.wasGeneratedBy)
    assert (run, RDF.type, PROV.Activity) in graph()
    assert graph().value(run, DCTERMS.date) == Literal("2026-11-24", datatype=XSD.date)
    used = set(graph().objects(run, PROV.used))
    inputs = {source.graph: source.sha256 for source in judged().inputs}
    assert used == {*inputs, judged().definition.iri, POLICY[judged().policy]}
    for node, digest in inputs.items():
        assert list(graph().objects(node, OSAID.sha256)) == [Literal(digest)]
    (tool,) = graph().objects(run, PROV.wasAssociatedWith)
    assert tool == URIRef(f"urn:osaid:tool:osaid-graph:{judged().tool_version}")
    assert {PROV.SoftwareAgent, EARL.Software, EARL.Assertor} <= set(graph().objects(tool, RDF.type))


def test_every_outcome_is_a_whole_assertion_of_earl() -> None:
    (report,) = graph().subjects(RDF.type, SH.ValidationReport)
    for result in judged().results:
        node = URIRef(f"{report}:outcome:{result.requirement.id}")
        changed = result.outcome != result.machine_outcome
        assert set(graph().objects(node, EARL.test)) == {result.requirement.iri}
        assert set(graph().objects(node, EARL.subject)) == {URIRef(judged().subject)}
        assert set(graph().objects(node, EARL.mode)) == {EARL.semiAuto if changed else EARL.automatic}
        assert len(set(graph().objects(node, EARL.assertedBy))) == 1
        assert list(graph().objects(node, EARL.result / EARL.outcome)) == [OUTCOMES[result.outcome]]
        rules = graph().value(node, PROV.wasRevisionOf)
        assert (rules is not None) == changed
        if rules is not None:
            assert list(graph().objects(rules, EARL.result / EARL.outcome)) == [OUTCOMES[result.machine_outcome]]
            assert set(graph().objects(rules, EARL.mode)) == {EARL.automatic}
