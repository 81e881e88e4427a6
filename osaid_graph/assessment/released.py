"""Whether one thing is released: it can be had at a stated place, whole, under terms that a condition takes."""

from __future__ import annotations

from functools import cache

from rdflib import RDF, Graph, URIRef
from rdflib.term import BNode, IdentifiedNode, Node

from osaid_graph.assessment.kleene import YES, Answer, every, no, unsaid
from osaid_graph.errors import ResourceError
from osaid_graph.identity import shortened
from osaid_graph.labels import LabelTerms
from osaid_graph.terms import AcceptedTerms, Element, Policy, TermsStatus, catalogue, evaluate
from osaid_graph.vocab import CODE, OSAID

_ELEMENTS: tuple[tuple[URIRef, Element], ...] = (
    (OSAID.Code, "code"),
    (OSAID.Parameters, "parameters"),
    (OSAID.Checkpoint, "parameters"),
    (OSAID.OptimizerState, "parameters"),
    (OSAID.Dataset, "dataset"),
)
_SHARED = frozenset((CODE["open"], CODE["public"]))
_WITHHELD = {CODE["obtainable"]: "it is to be had from a third party", CODE["unshareable"]: "it cannot be shared"}
#: The longest licence statement that a reason repeats, in characters.
_SHOWN = 40


def is_refusal(graph: Graph, node: Node) -> bool:
    """Tell whether a value says that something is not disclosed."""
    return (node, RDF.type, OSAID.NotDisclosed) in graph


def is_silence(graph: Graph, node: Node) -> bool:
    """Tell whether a value says that something is not disclosed or does not apply."""
    return is_refusal(graph, node) or (node, RDF.type, OSAID.NotApplicable) in graph


class Released:
    """Answers over one graph whether things are released."""

    def __init__(self, graph: Graph, policy: Policy) -> None:
        self.graph = graph
        self.policy = policy

    def answer(self, node: IdentifiedNode, terms: LabelTerms) -> Answer:
        """Tell whether a thing can be had at a stated place, whole, and under such terms."""
        if (node, RDF.type, OSAID.UnresolvedReference) in self.graph:
            return unsaid("known by name only")
        answers = [self.place(node), self.terms(node, terms)]
        if (node, RDF.type, OSAID.Dataset) in self.graph:
            answers.append(self._shared(node))
        elif (
            node,
            RDF.type,
            OSAID.Parameters,
        ) not in self.graph:  # there it speaks of their training data
            answers.append(self.complete(node, "it is incomplete"))
        return every(answers)

    def stated(self, node: IdentifiedNode, predicate: URIRef, what: str) -> Answer:
        """Tell whether a property has a value that says something; ``what`` it says, for the reason."""
        values = [v for v in self.graph.objects(node, predicate) if not isinstance(v, BNode) or self._is_typed(v)]
        refused = any(is_refusal(self.graph, value) for value in values)
        if any(not is_silence(self.graph, value) for value in values):
            return unsaid(f"sources disagree on {what}") if refused else YES
        return no(f"{what} refused") if refused else unsaid(f"{what} not stated")

    def place(self, node: IdentifiedNode) -> Answer:
        """Tell whether it is stated where a thing can be had, and it is still there."""
        if (node, OSAID.withdrawn, None) in self.graph:
            return no("it was withdrawn")
        return self.stated(node, OSAID.location, "place")

    def complete(self, node: IdentifiedNode, why: str) -> Answer:
        """Tell whether no source says that a thing, or the data named for it, is incomplete."""
        said = {value for value in self.graph.objects(node, OSAID.completeness) if isinstance(value, URIRef)}
        if CODE["incomplete"] not in said:
            return YES
        return unsaid("sources disagree on whether it is complete") if CODE["complete"] in said else no(why)

    def _shared(self, node: IdentifiedNode) -> Answer:
        said = self.stated(node, OSAID.availability, "availability")
        codes = {value for value in self.graph.objects(node, OSAID.availability) if isinstance(value, URIRef)}
        if said.state != "satisfied" or codes <= _SHARED:
            return said
        if codes & _SHARED:
            return unsaid("sources disagree on availability")
        return no(" or ".join(_WITHHELD[code] for code in sorted(codes)))

    def _is_typed(self, node: BNode) -> bool:
        return (node, RDF.type, None) in self.graph

    # -- terms -----------------------------------------------------------------------------------------------

    def terms(self, node: IdentifiedNode, terms: LabelTerms) -> Answer:
        """Tell whether a thing is under terms that a condition takes; sources that differ leave it open."""
        if terms.basis == "any-terms":
            return YES
        values = sorted(self.graph.objects(node, OSAID.license), key=str)
        stated = [str(value) for value in values if not isinstance(value, BNode)]
        statuses = {text: self._status(text, node, terms) for text in stated}
        refused = any(is_refusal(self.graph, value) for value in values)
        known = {status for status in statuses.values() if status != "unknown"} | ({"refused"} if refused else set())
        if len(known) > 1:
            return unsaid("sources disagree on terms")
        if known == {"refused"}:
            return no("terms refused")
        if known == {"approved"}:
            return YES
        shown = ", ".join(shortened(text, _SHOWN) for text in stated)
        if known == {"not-approved"}:
            return no(f"other terms: {shown}")
        return unsaid(f"terms not known: {shown}" if stated else "terms not stated")

    def _status(self, text: str, node: IdentifiedNode, terms: LabelTerms) -> TermsStatus:
        if terms.basis == "terms-policy":
            return evaluate(text, self._element(node), self.policy).status
        if terms.basis == "licence-list":
            return evaluate(text, "code", _listed(terms)).status
        word = catalogue().token(text)
        if word is None:
            return "approved"
        return "not-approved" if word.kind == "no-terms" else "unknown"

    def _element(self, node: IdentifiedNode) -> Element:
        """Return as what the terms policy takes a thing; a document is taken as data information is."""
        return next((e for kind, e in _ELEMENTS if (node, RDF.type, kind) in self.graph), "data-information")


@cache
def _listed(terms: LabelTerms) -> Policy:
    """Return the policy that approves the licences of a list, whatever they are for.

    Raises:
        ResourceError: The list names a licence that the catalogue does not know.
    """
    known = catalogue()
    accepted: dict[str, AcceptedTerms] = {}
    for identifier in terms.licenses:
        if known.license(identifier) is None:
            raise ResourceError(f"no licence {identifier!r} is known", "mend ontology/labels/ or data/licenses/")
        accepted[identifier] = AcceptedTerms(identifier, "it is on the list of the label", "")
    if terms.fsf:
        for identifier in known.ids():
            facts = known.license(identifier)
            if facts is not None and facts.fsf:
                accepted[identifier] = AcceptedTerms(identifier, "the FSF lists it as free", "")
    osi = frozenset({"code"} if terms.osi else ())
    return Policy("label", "label", "The terms that a label takes.", "", osi, {"code": accepted})
