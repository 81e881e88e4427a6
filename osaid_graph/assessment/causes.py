"""Why a finding came or went, and why a requirement is about other nodes: the claims that made the difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from rdflib import RDF, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.assessment.concern import Concern, waived
from osaid_graph.assessment.side import Key, Side, Stated, node_of
from osaid_graph.comparison import Cause, Sign
from osaid_graph.graph.labels import label
from osaid_graph.model import Finding, Requirement
from osaid_graph.vocab import OSAID, token


class Causes:
    """Explains what differs between two sides.

    Args:
        old: The older side.
        new: The newer side.
    """

    def __init__(self, old: Side, new: Side) -> None:
        self.old = old
        self.new = new

    def _sides(self, sign: Sign) -> tuple[Side, Side]:
        """Return the side that has what came or went, and the other."""
        return (self.old, self.new) if sign == "-" else (self.new, self.old)

    # -- findings --------------------------------------------------------------------------------------------

    def of_finding(self, finding: Finding, id_: str, sign: Sign) -> Iterator[Cause]:
        """Yield a finding that came or went for a requirement, and what brought or removed it."""
        text = f"{finding.rule}: {finding.message} ({finding.focus_label})"
        yield Cause("finding", sign, text, finding.location, finding.trace)
        yield from self._by_definition(finding, id_, sign) or self._by_facts(finding, sign)

    def _by_definition(self, finding: Finding, id_: str, sign: Sign) -> list[Cause]:
        """Return why the other side, with the same facts, does not have a finding; none if it may be the facts."""
        _, other = self._sides(sign)
        title = other.definition.title
        rule = other.definition.rules.get(finding.rule)
        if rule is None:
            return [Cause("rule", "", f"{title} does not have this rule")]
        if id_ not in (rule.requirement, *rule.bears_on):
            return [Cause("rule", "", f"{title} does not count this rule here")]
        if rule.outcome != finding.outcome:
            return [Cause("rule", "", f"{title} counts this as {rule.outcome}, not {finding.outcome}")]
        result = other.result(rule.requirement)
        if result is not None and result.outcome == "not-applicable" and result.because:
            return [Cause("subject", "+" if sign == "-" else "-", result.because)]
        return []

    def _by_facts(self, finding: Finding, sign: Sign) -> Iterator[Cause]:
        side, other = self._sides(sign)
        node, rule = node_of(finding), side.definition.rules[finding.rule]
        role = side.definition.requirements[rule.requirement].role
        found = list(self.of_scope(node, sign))
        counterpart = side.counterpart(node, other)
        if not found and counterpart is not None:
            pair = (node, counterpart) if side is self.old else (counterpart, node)
            found = list(self.of_claims(*pair, (rule.property, *rule.looks_at, RDF.type), role))
            if rule.on_subject and counterpart not in other.scope.entries:
                became = "is no longer" if side is self.old else "has become"
                found.append(Cause("scope", "", f"{finding.focus_label} {became} a base of the subject"))
        yield from found
        policies = self.old.assessment.policy, self.new.assessment.policy
        if not found and policies[0] != policies[1]:
            yield Cause("policy", "", f"terms policy {policies[0]} -> {policies[1]}")

    # -- scope -----------------------------------------------------------------------------------------------

    def of_scope(self, node: IdentifiedNode, sign: Sign) -> Iterator[Cause]:
        """Yield that a node is in scope of one side alone, with the first edge on the way to it that is no longer."""
        side, other = self._sides(sign)
        counterpart = side.counterpart(node, other)
        if counterpart in other.scope.nodes:
            return
        happened = "is no longer in scope" if side is self.old else "has come into scope"
        yield Cause("scope", "", f"{label(side.graph, node)} {happened}")
        trace = side.scope.trace(node)
        for (_, before), (edge, after) in pairwise(trace):
            if edge is None or side.counterpart(after, other) is not None:
                continue
            subject, value = (after, before) if edge.inverse else (before, after)
            text, place = side.statement(subject, edge.predicate, value, of=side.scope.subject)
            yield Cause("claim", sign, text, place)
            return

    # -- claims ----------------------------------------------------------------------------------------------

    def of_claims(
        self, old: IdentifiedNode, new: IdentifiedNode, predicates: Iterable[URIRef], role: URIRef | None = None
    ) -> Iterator[Cause]:
        """Yield the claims on properties of a node that came or went; if none did, those on the values it has."""
        names = list(dict.fromkeys(predicates))
        was, now = self.old.claims(old, names, role), self.new.claims(new, names, role)
        found = [*self._apart(was, now, "-", new), *self._apart(now, was, "+", old)]
        yield from found
        if found:
            return
        for key in (key for key in was if key in now):
            values = was[key].value, now[key].value
            if key[0] != token(RDF.type) and all(isinstance(value, IdentifiedNode) for value in values):
                yield from self._of_neighbours(*values, names)  # type: ignore[arg-type]

    def _apart(
        self, own: Mapping[Key, Stated], others: Mapping[Key, Stated], sign: Sign, focus: IdentifiedNode
    ) -> Iterator[Cause]:
        _, other = self._sides(sign)
        for key, stated in own.items():
            if key not in others:
                said = stated.in_role if stated.in_role and other.has_code(focus, key) else stated
                yield Cause("claim", sign, said.text, said.place)

    def _of_neighbours(self, old: IdentifiedNode, new: IdentifiedNode, names: list[URIRef]) -> Iterator[Cause]:
        was, now = (side.claims(node, (*names, RDF.type)) for side, node in ((self.old, old), (self.new, new)))
        for sign, side, node, own, others in (
            ("-", self.old, old, was, now),
            ("+", self.new, new, now, was),
        ):
            for key, stated in own.items():
                if key not in others:
                    yield Cause("claim", sign, f"{label(side.graph, node)}: {stated.text}", stated.place)  # type: ignore[arg-type]

    # -- what a requirement is about -------------------------------------------------------------------------

    def of_concern(self, requirements: tuple[Requirement, Requirement]) -> Iterator[Cause]:
        """Yield the nodes that a requirement is about on one side alone, or that it was waived for, and why."""
        old, new = (
            {side.shared(node): node for node in sorted(Concern(side.graph, side.scope).nodes(requirement), key=str)}
            for side, requirement in zip((self.old, self.new), requirements, strict=True)
        )
        properties = (OSAID.availability, RDF.type) if any(r.applies_when for r in requirements) else (RDF.type,)
        for key in (key for key in old if key not in new):
            yield Cause("concern", "-", f"{label(self.old.graph, old[key])} is no longer concerned")
            yield from self._of_concerned(old[key], properties, "-")
        for key in (key for key in new if key not in old):
            yield Cause("concern", "+", f"{label(self.new.graph, new[key])} is now concerned")
            yield from self._of_concerned(new[key], properties, "+")
        for key in (key for key in old if key in new):
            yield from self._of_waiver(requirements, old[key], new[key])

    def _of_concerned(self, node: IdentifiedNode, properties: tuple[URIRef, ...], sign: Sign) -> Iterator[Cause]:
        side, other = self._sides(sign)
        found = list(self.of_scope(node, sign))
        counterpart = side.counterpart(node, other)
        if not found and counterpart is not None:
            found = list(
                self.of_claims(*((node, counterpart) if side is self.old else (counterpart, node)), properties)
            )
        yield from found

    def _of_waiver(
        self, requirements: tuple[Requirement, Requirement], old: IdentifiedNode, new: IdentifiedNode
    ) -> Iterator[Cause]:
        was, now = waived(self.old.graph, old, requirements[0]), waived(self.new.graph, new, requirements[1])
        if was == now:
            return
        what = f"that this does not apply to {label(self.new.graph, new)}"
        yield Cause("concern", "-" if was else "+", f"it is {'no longer' if was else 'now'} said {what}")
        answered = [requirement.answered_by for requirement in requirements if requirement.answered_by is not None]
        yield from self.of_claims(old, new, answered, requirements[1].role)
