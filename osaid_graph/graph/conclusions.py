"""From the terms that sources state to what they conclude to under a policy, as statements the rules can look at."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.terms import FREEDOMS, Element, Policy, TermsEvaluation, catalogue, evaluate, license_iri
from osaid_graph.vocab import CODE, OSAID

#: Which element of the preferred form a class is, and so which terms it needs.
_ELEMENTS: dict[URIRef, Element] = {
    OSAID.Code: "code",
    OSAID.DataInformation: "data-information",
    OSAID.Parameters: "parameters",
    OSAID.Checkpoint: "parameters",
    OSAID.OptimizerState: "parameters",
    OSAID.Dataset: "dataset",
}
#: Wholes, whose own terms matter for the freedoms alone: the definition asks for approved terms of their elements.
_WHOLES: dict[URIRef, Element] = {OSAID.AISystem: "parameters", OSAID.Model: "parameters"}

#: For every node with terms, each value stated and what it evaluates to.
Conclusions = dict[IdentifiedNode, dict[Node, TermsEvaluation]]


def conclude(graph: Graph, policy: Policy) -> Conclusions:
    """Add what the stated terms come to to every node that states some; return the reasons.

    These are ``osaid:concludedLicense`` and ``osaid:approval``, and ``osaid:grants``, ``osaid:restricts`` and
    ``osaid:disputes`` with the freedoms that the terms are known to grant or withhold, or differ on.

    The terms that each source names are concluded on their own, known or not, so that two that differ stay side by
    side. A word that names none ("other", "unknown") says nothing beside one that does. ``osaid:approval`` has one
    value: what the known terms agree on, else ``code:disputed``, or ``code:unknown`` where none are known. Blank
    nodes state no terms: they are refusals, waivers, or empty.
    """
    found: Conclusions = {}
    for kind, element in (_ELEMENTS | _WHOLES).items():
        for node in sorted(graph.subjects(RDF.type, kind), key=str):
            if not isinstance(node, IdentifiedNode) or node in found:
                continue
            stated = sorted((v for v in graph.objects(node, OSAID.license) if not isinstance(v, BNode)), key=str)
            evaluations = {value: evaluate(str(value), element, policy) for value in stated}
            if evaluations:
                found[node] = evaluations
                _write(graph, node, list(evaluations.values()))
    return found


def _write(graph: Graph, node: IdentifiedNode, evaluations: list[TermsEvaluation]) -> None:
    statuses = {evaluation.status for evaluation in evaluations}
    known = statuses - {"unknown"}
    approval = "unknown" if not known else "disputed" if len(known) > 1 else known.pop()
    graph.add((node, OSAID.approval, CODE[approval]))
    for predicate, freedom in _freedoms([e for e in evaluations if e.status != "unknown"]):
        graph.add((node, predicate, CODE[freedom]))
    for evaluation in evaluations:
        named = evaluation.expression or evaluation.stated
        if not catalogue().token(evaluation.stated):
            graph.add((node, OSAID.concludedLicense, URIRef(license_iri(named))))
        for restriction in evaluation.restrictions:
            iri = URIRef(license_iri(restriction.license))
            graph.add((iri, RDF.type, OSAID.License))
            graph.add((iri, RDFS.label, Literal(restriction.license)))
            for freedom in (restriction.freedom, *restriction.limits):
                graph.add((iri, OSAID.restricts, CODE[freedom]))


def _freedoms(known: list[TermsEvaluation]) -> Iterator[tuple[URIRef, str]]:
    """Yield what terms grant, restrict or leave open; of several that sources name, what all agree on counts.

    Each part of a freedom by itself: what some withhold and others do not is open.
    """
    for freedom, parts in FREEDOMS.items():
        sayings = {part: [part in terms.limits for terms in known] for part in parts}
        withheld = [part for part, said in sayings.items() if known and all(said)]
        if withheld:
            yield from ((OSAID.restricts, part) for part in (freedom, *withheld))
        elif known and all(terms.grants for terms in known):
            yield OSAID.grants, freedom
        yield from ((OSAID.disputes, part) for part, said in sayings.items() if any(said) and not all(said))
