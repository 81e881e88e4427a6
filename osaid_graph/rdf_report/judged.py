"""Judgements and the outcomes that they decide, as statements of RDF."""

from __future__ import annotations

import datetime
from collections import Counter
from urllib.parse import quote

from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import FOAF
from rdflib.term import IdentifiedNode, Node

from osaid_graph.errors import InputError
from osaid_graph.identity import checked_iri
from osaid_graph.model import Assessment, Evidence, Judgement, RequirementResult
from osaid_graph.sources import Location
from osaid_graph.vocab import CODE, DEF, OSAID, REQ

EARL = Namespace("http://www.w3.org/ns/earl#")
#: How the outcomes correspond, as ontology/alignments/earl.ttl has it.
OUTCOMES = {
    "met": EARL.passed,
    "not-met": EARL.failed,
    "not-applicable": EARL.inapplicable,
    "not-evidenced": EARL.cantTell,
    "needs-judgement": EARL.cantTell,
    "undetermined": EARL.cantTell,
}


def describe(
    graph: Graph, assessment: Assessment, report: URIRef, subject: IdentifiedNode, documents: dict[str, URIRef]
) -> None:
    """Add the outcome of every requirement, and every judgement, to a report.

    An outcome is an ``earl:Assertion`` (EARL 1.0 Schema, section 2.1), a part of the report. Where judgements changed
    what the rules say, it is a revision (``prov:wasRevisionOf``) of the assertion that these make automatically.

    A judgement is linked by ``prov:wasInfluencedBy``, the widest relation of PROV-O between entities: the report shows
    each, so each has left its mark, but one that is not counted decided nothing, so ``prov:wasDerivedFrom`` would say
    too much; and ``prov:used`` is for activities. ``osaid:counted`` tells them apart, ``skos:note`` says why not.
    """
    graph.bind("earl", EARL)
    for result in assessment.results:
        _outcome(graph, result, report, subject)
    shown = [(judgement, result.requirement.iri) for result in assessment.results for judgement in result.judgements]
    shown += [(judgement, REQ[quote(judgement.requirement)]) for judgement in assessment.elsewhere]
    numbers: Counter[URIRef] = Counter()
    for judgement, requirement in shown:
        numbers[requirement] += 1
        node = URIRef(f"{report}:judgement:{quote(judgement.requirement)}:{numbers[requirement]}")
        graph.add((report, PROV.wasInfluencedBy, node))
        _judgement(graph, node, judgement, requirement)
        quoted(graph, node, judgement.location, documents)


def quoted(graph: Graph, node: URIRef, place: Location | None, documents: dict[str, URIRef]) -> None:
    """Add where in the inputs something stands; ``documents`` are the nodes of the inputs by name."""
    if place is not None:
        graph.add((node, PROV.wasQuotedFrom, documents.get(place.source) or Literal(place.source)))
        if place.line is not None:
            graph.add((node, OSAID.line, Literal(place.line)))


def _outcome(graph: Graph, result: RequirementResult, report: URIRef, subject: IdentifiedNode) -> None:
    node = URIRef(f"{report}:outcome:{result.requirement.id}")
    graph.add((report, DCTERMS.hasPart, node))
    outcomes = {node: result.outcome}
    if result.machine_outcome != result.outcome:
        rules = URIRef(f"{node}:rules")
        outcomes[rules] = result.machine_outcome
        graph.add((node, PROV.wasRevisionOf, rules))
        graph.add((rules, EARL.mode, EARL.automatic))
    for assertion, outcome in outcomes.items():
        graph.add((assertion, RDF.type, EARL.Assertion))
        graph.add((assertion, OSAID.requirement, result.requirement.iri))
        graph.add((assertion, OSAID.subject, subject))
        graph.add((assertion, OSAID.outcome, CODE[outcome]))
    if because := result.because or ("the judgements disagree" if result.disputed else ""):
        graph.add((node, RDFS.comment, Literal(because, lang="en")))


def _judgement(graph: Graph, node: URIRef, judgement: Judgement, requirement: URIRef) -> None:
    author = URIRef(judgement.id_of_author) if judgement.id_of_author else BNode(f"author-{_fragment(node)}")
    said: list[tuple[URIRef, Node]] = [
        (RDF.type, OSAID.Judgement),
        (OSAID.judges, requirement),
        (OSAID.outcome, CODE[judgement.outcome]),
        (PROV.wasAttributedTo, author),
        (DCTERMS.date, Literal(judgement.date, datatype=XSD.date)),
        (OSAID.definition, DEF[quote(judgement.definition)]),
        (RDFS.comment, Literal(judgement.reason)),
        (OSAID.counted, Literal(judgement.counted)),
    ]
    if judgement.subject:
        said.append((OSAID.subject, named(judgement.subject)))
    if judgement.independent is not None:
        said.append((OSAID.independent, Literal(judgement.independent)))
    if judgement.ignored_because:
        said.append((SKOS.note, Literal(judgement.ignored_because, lang="en")))
    for number, evidence in enumerate(judgement.evidence, 1):
        said.append((OSAID.evidence, _evidence(graph, evidence, BNode(f"evidence-{_fragment(node)}-{number}"))))
    for predicate, value in said:
        graph.add((node, predicate, value))
    graph.add((author, RDF.type, PROV.Agent))
    graph.add((author, FOAF.name, Literal(judgement.by)))
    if judgement.affiliation:
        graph.add((author, OSAID.affiliation, Literal(judgement.affiliation)))


def _evidence(graph: Graph, evidence: Evidence, unnamed: BNode) -> Node:
    """Return the node of a document with what is stated of it; a text of which nothing is stated stays a text."""
    document: IdentifiedNode = unnamed
    try:
        document = URIRef(checked_iri(evidence.url))
    except InputError:
        if not evidence.retrieved and not evidence.sha256:
            return Literal(evidence.url)
        graph.add((document, DCTERMS.title, Literal(evidence.url)))
    if evidence.retrieved:
        graph.add((document, OSAID.retrieved, day(evidence.retrieved)))
    if evidence.sha256:
        graph.add((document, OSAID.sha256, Literal(evidence.sha256)))
    return document


def named(name: str) -> IdentifiedNode:
    """Return the node that an assessment names."""
    return BNode(name.removeprefix("_:")) if name.startswith("_:") else URIRef(name)


def day(text: str) -> Literal:
    """Return a day as such; what is none keeps its words."""
    try:
        return Literal(datetime.date.fromisoformat(text).isoformat(), datatype=XSD.date)
    except ValueError:
        return Literal(text)


def _fragment(node: URIRef) -> str:
    return node.removeprefix("urn:osaid:report:").replace(":", "-")
