"""The assessment as a standard ``sh:ValidationReport`` whose results carry requirement, outcome, subject and trace.

Outcomes of requirements and judgements stand beside the results (:mod:`.judged`).

The trace of a result is an ``rdf:List`` that alternates nodes and edges, from the subject to the focus node; an edge
followed against its direction is written as SHACL writes it, ``[ sh:inversePath osaid:hasParameters ]``.
"""

from __future__ import annotations

import hashlib

from rdflib import DCTERMS, PROV, RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import IdentifiedNode, Node

from osaid_graph.identity import is_url
from osaid_graph.model import Assessment, Definition, Finding
from osaid_graph.rdf_report import waived
from osaid_graph.rdf_report.judged import describe, named, quoted
from osaid_graph.standing import Standing
from osaid_graph.vocab import CODE, DEF, OSAID, POLICY, REQ, RULE

#: The severity of a result by its outcome (SHACL, section 2.1.4).
SEVERITIES = {
    "not-met": SH.Violation,
    "not-evidenced": SH.Warning,
    "needs-judgement": CODE["needs-judgement"],
    "recommendation": SH.Info,
}


def report(assessment: Assessment) -> Graph:
    """Return the report as a graph, without the labels that others give."""
    graph = Graph()
    for prefix, namespace in (("osaid", OSAID), ("code", CODE), ("def", DEF), ("req", REQ), ("rule", RULE)):
        graph.bind(prefix, namespace)
    graph.bind("policy", POLICY)
    run = _run(assessment)
    node = report_node(assessment)
    subject = named(assessment.subject)
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, Literal(not assessment.findings)))
    graph.add((node, OSAID.subject, subject))
    graph.add((node, OSAID.outcome, CODE[assessment.outcome]))
    graph.add((node, OSAID.definition, assessment.definition.iri))
    graph.add((node, PROV.hadPlan, POLICY[assessment.policy]))
    graph.add((node, DCTERMS.date, Literal(assessment.date, datatype=XSD.date)))
    for source in assessment.inputs:
        graph.add((node, PROV.wasDerivedFrom, source.graph))
        graph.add((source.graph, RDF.type, OSAID.SourceDocument))
        graph.add((source.graph, RDFS.label, Literal(source.name)))
        graph.add((source.graph, OSAID.sha256, Literal(source.sha256)))
    documents = {source.name: source.graph for source in assessment.inputs}
    standing = Standing(assessment)
    for finding in assessment.findings:
        result = _result(graph, assessment.definition, finding, subject, documents, run)
        graph.add((node, SH.result, result))
        if (state := standing.state(finding)) is not None:
            graph.add((result, OSAID.inBaseline, Literal(state == "known")))
    describe(graph, assessment, node, subject, documents)
    waived.describe(graph, assessment, node, run, documents)
    return graph


def report_node(assessment: Assessment) -> URIRef:
    """Return the node of the report on an assessment."""
    return URIRef(f"urn:osaid:report:{_run(assessment)}")


def _result(
    graph: Graph,
    definition: Definition,
    finding: Finding,
    subject: IdentifiedNode,
    documents: dict[str, URIRef],
    run: str,
) -> URIRef:
    node = URIRef(f"urn:osaid:finding:{run}:{finding.id}")
    graph.add((node, RDF.type, SH.ValidationResult))
    graph.add((node, SH.focusNode, named(finding.focus)))
    graph.add((node, SH.resultPath, finding.path))
    graph.add((node, SH.resultSeverity, SEVERITIES[finding.outcome]))
    graph.add((node, SH.resultMessage, Literal(finding.message, lang="en")))
    graph.add((node, SH.sourceShape, definition.rules[finding.rule].iri))
    graph.add((node, SH.sourceConstraintComponent, finding.component))
    if finding.term is not None:
        graph.add((node, SH.value, finding.term))
    graph.add((node, OSAID.requirement, definition.requirements[finding.requirement].iri))
    graph.add((node, OSAID.outcome, CODE[finding.outcome]))
    graph.add((node, OSAID.subject, subject))
    graph.add((node, OSAID.paths, Literal(finding.paths)))
    if finding.reason:
        graph.add((node, RDFS.comment, Literal(finding.reason)))
    for source in finding.sources:
        said_by = documents.get(source) or (URIRef(source) if is_url(source) else Literal(source))
        graph.add((node, DCTERMS.source, said_by))
    quoted(graph, node, finding.location, documents)
    head = BNode(f"trace-{run}-{finding.id}")
    Collection(graph, head, _steps(graph, finding))
    graph.add((node, OSAID.trace, head))
    return node


def _run(assessment: Assessment) -> str:
    """Return a name for the run, so that reports on other subjects, inputs or policies can be merged with it."""
    inputs = sorted(source.sha256 for source in assessment.inputs)
    what = (assessment.subject, assessment.definition.id, assessment.policy, assessment.date, *inputs)
    return hashlib.sha256("\n".join(what).encode()).hexdigest()[:12]


def _steps(graph: Graph, finding: Finding) -> list[Node]:
    steps: list[Node] = []
    for number, step in enumerate(finding.trace):
        if not step.node.startswith("_:"):
            graph.add((URIRef(step.node), RDFS.label, Literal(step.label)))
        if step.via:
            edge: URIRef = getattr(OSAID, step.via.removeprefix("^").removeprefix("osaid:"))
            if step.via.startswith("^"):
                inverse = BNode(f"edge-{finding.id}-{number}")
                graph.add((inverse, SH.inversePath, edge))
                steps.append(inverse)
            else:
                steps.append(edge)
        steps.append(named(step.node))
    return steps
