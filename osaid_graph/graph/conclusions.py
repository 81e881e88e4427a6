"""From the terms that sources state to what they conclude to under a policy, as statements the rules can look at."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.terms import FREEDOMS, Element, Policy, TermsEvaluation, catalogue, evaluate, license_iri
from osaid_graph.vocab import CODE, OSAID

#: Which element of the preferred form a class is, and so which terms it needs; of several classes the first counts.
ELEMENTS: dict[URIRef, Element] = {
    OSAID.Code: "code",
    OSAID.DataInformation: "data-information",
    OSAID.Parameters: "parameters",
    OSAID.Checkpoint: "parameters",
    OSAID.OptimizerState: "parameters",
    OSAID.Dataset: "dataset",
    # Wholes, whose own terms matter for the freedoms alone: the definition asks for approved terms of their elements.
    OSAID.AISystem: "parameters",
    OSAID.Model: "parameters",
}

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
    for kind, element in ELEMENTS.items():
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
    for predicate, concept in conclusions(evaluations, refused=refused):
        graph.add((node, predicate, concept))
    for evaluation in evaluations:
        license_ = concluded_license(evaluation)
        if license_ is not None:
            graph.add((node, OSAID.concludedLicense, license_))
        for triple in restrictions(evaluation):
            graph.add(triple)


def conclusions(evaluations: Collection[TermsEvaluation], *, refused: bool) -> Iterator[tuple[URIRef, URIRef]]:
    """Yield what the terms of a node come to together: ``osaid:approval``, and what they do to the freedoms.

    Args:
        evaluations: What each of the terms stated comes to; at least one.
        refused: Whether other terms of the node are refused.
    """
    known = {evaluation.status for evaluation in evaluations} - {"unknown"}
    yield OSAID.approval, CODE["unknown" if not known else "disputed" if len(known) > 1 else known.pop()]
    for predicate, freedom in _freedoms(evaluations, refused=refused):
        yield predicate, CODE[freedom]


def concluded_license(evaluation: TermsEvaluation) -> URIRef | None:
    """Return the node of the licence that terms name, known or not; None where they are a word that names none."""
    if catalogue().token(evaluation.stated):
        return None
    return URIRef(license_iri(evaluation.expression or evaluation.stated))


def restrictions(evaluation: TermsEvaluation) -> Iterator[tuple[URIRef, URIRef, URIRef | Literal]]:
    """Yield what is known of the licences that make terms restrict a freedom, as statements about them."""
    for restriction in evaluation.restrictions:
        iri = URIRef(license_iri(restriction.license))
        yield iri, RDF.type, OSAID.License
        yield iri, RDFS.label, Literal(restriction.license)
        for freedom in (restriction.freedom, *restriction.limits):
            yield iri, OSAID.restricts, CODE[freedom]


def _freedoms(evaluations: Collection[TermsEvaluation], *, refused: bool) -> Iterator[tuple[URIRef, str]]:
    """Yield what terms grant, restrict or leave undecided, each part of a freedom by itself.

    What all terms that are known withhold is restricted, what all that are named grant is granted. A part that only
    some withhold is undecided, and so is one that a licence which nobody knows, or terms ``refused`` beside these, may
    withhold.
    """
    known = [terms for terms in evaluations if terms.status != "unknown"]
    named = [terms for terms in evaluations if not says_nothing(terms)]
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


def says_nothing(terms: TermsEvaluation) -> bool:
    """Tell whether terms are a word that names none, such as "other"."""
    word = catalogue().token(terms.stated)
    return word is not None and word.kind == "not-evidenced"
