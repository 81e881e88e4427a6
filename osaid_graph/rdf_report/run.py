"""The run that made a report, in PROV-O, and its outcomes as assertions of EARL 1.0 that other tools read.

The query engine works on the report alone (:mod:`.report`); this is for those who take the report elsewhere.
"""

from __future__ import annotations

from urllib.parse import quote

from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.namespace import FOAF
from rdflib.term import IdentifiedNode

from osaid_graph.model import Assessment, Requirement
from osaid_graph.rdf_report.judged import EARL, OUTCOMES, named
from osaid_graph.rdf_report.report import report_node
from osaid_graph.vocab import OSAID, POLICY


def describe(graph: Graph, assessment: Assessment) -> None:
    """Add the run to a report on an assessment, and to its outcomes what EARL asks of an assertion.

    An assessment has a day and no hour (so that the same inputs give the same bytes), which is the day of the report;
    ``prov:endedAtTime`` asks for an hour, and is left out. The digests stand on the inputs that the run used.
    """
    report = report_node(assessment)
    run, tool = URIRef(f"{report}:run"), tool_node(assessment.tool_version)
    graph.add((report, RDF.type, PROV.Entity))
    graph.add((report, PROV.wasGeneratedBy, run))
    graph.add((report, PROV.wasAttributedTo, tool))
    graph.add((run, RDF.type, PROV.Activity))
    graph.add((run, DCTERMS.date, Literal(assessment.date, datatype=XSD.date)))
    graph.add((run, PROV.wasAssociatedWith, tool))
    for kind in (PROV.SoftwareAgent, EARL.Software, EARL.Assertor):
        graph.add((tool, RDF.type, kind))
    graph.add((tool, FOAF.name, Literal("osaid-graph")))
    graph.add((tool, DCTERMS.title, Literal("osaid-graph")))
    graph.add((tool, DCTERMS.hasVersion, Literal(assessment.tool_version)))
    definition = assessment.definition.iri
    for used in (definition, POLICY[assessment.policy]):
        graph.add((run, PROV.used, used))
    for source in (*assessment.inputs, *assessment.definition.files):
        graph.add((run, PROV.used, source.graph))
        graph.add((source.graph, RDF.type, PROV.Entity))
        graph.add((source.graph, OSAID.sha256, Literal(source.sha256)))
        graph.add((source.graph, RDFS.label, Literal(source.name)))
    _assertions(graph, assessment, report, tool)


def tool_node(version: str) -> URIRef:
    """Return the node of this program in a version."""
    return URIRef(f"urn:osaid:tool:osaid-graph:{quote(version, safe='')}")


def _assertions(graph: Graph, assessment: Assessment, report: URIRef, tool: URIRef) -> None:
    """Complete the outcomes: who asserts them, of what, by which test, how, and with which result (EARL, section 2.1).

    What judgements changed is asserted by the tool with the help of people, ``earl:semiAuto``.
    """
    subject = named(assessment.subject)
    graph.add((subject, RDF.type, EARL.TestSubject))
    for result in assessment.results:
        _test(graph, result.requirement, assessment.definition.iri)
        node = URIRef(f"{report}:outcome:{result.requirement.id}")
        changed = result.outcome != result.machine_outcome
        mode = EARL.semiAuto if changed else EARL.automatic
        _assertion(graph, node, (tool, subject, result.requirement.iri, mode), result.outcome)
        if changed:
            rules = URIRef(f"{node}:rules")
            _assertion(graph, rules, (tool, subject, result.requirement.iri, EARL.automatic), result.machine_outcome)


def _assertion(graph: Graph, node: URIRef, said: tuple[URIRef, IdentifiedNode, URIRef, URIRef], outcome: str) -> None:
    for predicate, value in zip((EARL.assertedBy, EARL.subject, EARL.test, EARL.mode), said, strict=True):
        graph.add((node, predicate, value))
    result = URIRef(f"{node}:result")
    graph.add((node, EARL.result, result))
    graph.add((result, RDF.type, EARL.TestResult))
    graph.add((result, EARL.outcome, OUTCOMES[outcome]))


def _test(graph: Graph, requirement: Requirement, definition: URIRef) -> None:
    graph.add((requirement.iri, RDF.type, EARL.TestRequirement))
    graph.add((requirement.iri, DCTERMS.title, Literal(requirement.label, lang="en")))
    graph.add((requirement.iri, DCTERMS.isPartOf, definition))
    if requirement.quote:
        graph.add((requirement.iri, DCTERMS.description, Literal(requirement.quote, lang="en")))
