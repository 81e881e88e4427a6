"""Waivers in a report as RDF: each with what it says and whether it is in force, linked from the results it names."""

from __future__ import annotations

from urllib.parse import quote

from rdflib import PROV, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import FOAF

from osaid_graph.model import Assessment
from osaid_graph.rdf_report.judged import named, quoted
from osaid_graph.tolerated import Waiver
from osaid_graph.vocab import OSAID, REQ, RULE


def describe(graph: Graph, assessment: Assessment, report: URIRef, run: str, documents: dict[str, URIRef]) -> None:
    """Add the waivers to a report: what it was influenced by, though no outcome was."""
    for number, waiver in enumerate(assessment.waivers, 1):
        node = URIRef(f"{report}:waiver:{number}")
        graph.add((report, PROV.wasInfluencedBy, node))
        _waiver(graph, node, waiver, f"waiver-{run}-{number}")
        quoted(graph, node, waiver.location, documents)
        if waiver.standing != "ignored":
            for id_ in waiver.findings:
                graph.add((URIRef(f"urn:osaid:finding:{run}:{id_}"), OSAID.gapWaiver, node))


def _waiver(graph: Graph, node: URIRef, waiver: Waiver, unnamed: str) -> None:
    graph.add((node, RDF.type, OSAID.GapWaiver))
    graph.add((node, OSAID.waivesGapOf, (RULE if "." in waiver.of else REQ)[quote(waiver.of)]))
    graph.add((node, RDFS.comment, Literal(waiver.reason)))
    graph.add((node, OSAID.waivedUntil, Literal(waiver.until, datatype=XSD.date)))
    graph.add((node, OSAID.inForce, Literal(waiver.standing == "active")))
    if waiver.on:
        graph.add((node, OSAID.waivesGapAt, named(waiver.on)))
    if waiver.by:
        author = BNode(f"{unnamed}-author")
        graph.add((node, PROV.wasAttributedTo, author))
        graph.add((author, RDF.type, PROV.Agent))
        graph.add((author, FOAF.name, Literal(waiver.by)))
    if note := waiver.because or waiver.idle:
        graph.add((node, SKOS.note, Literal(note, lang="en")))
