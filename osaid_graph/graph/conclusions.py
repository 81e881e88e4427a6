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
    ``osaid:leavesUndecided`` with the freedoms that the terms are known to grant or withhold, or leave undecided.

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
    refused = any((value, RDF.type, OSAID.NotDisclosed) in graph for value in graph.objects(node, OSAID.license))
    statuses = {evaluation.status for evaluation in evaluations}
    known = statuses - {"unknown"}
    approval = "unknown" if not known else "disputed" if len(known) > 1 else known.pop()
    graph.add((node, OSAID.approval, CODE[approval]))
    for predicate, freedom in _freedoms(evaluations, refused=refused):
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


def _freedoms(evaluations: list[TermsEvaluation], *, refused: bool) -> Iterator[tuple[URIRef, str]]:
    """Yield what terms grant, restrict or leave undecided, each part of a freedom by itself.

    What all terms that are known withhold is restricted, what all that are named grant is granted. A part that only
    some withhold is undecided, and so is one that a licence which nobody knows, or terms ``refused`` beside these, may
    withhold.
    """
    known = [terms for terms in evaluations if terms.status != "unknown"]
    named = [terms for terms in evaluations if not _says_nothing(terms)]
    unclear = refused or any(terms.unclear for terms in named)
    for freedom, parts in FREEDOMS.items():
        withheld = [part for part in parts if known and all(part in terms.limits for terms in known)]
        if withheld:
            yield from ((OSAID.restricts, part) for part in (freedom, *withheld))
        elif named and not unclear and all(terms.grants for terms in named):
            yield OSAID.grants, freedom
        for part in set(parts) - set(withheld):
            if unclear or any(part in terms.limits for terms in named):
                yield OSAID.leavesUndecided, part


def _says_nothing(terms: TermsEvaluation) -> bool:
    """Tell whether terms are a word that names none, such as "other"."""
    word = catalogue().token(terms.stated)
    return word is not None and word.kind == "not-evidenced"
