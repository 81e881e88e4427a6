"""Two assessments side by side: which requirements came out otherwise, and what caused it.

The two may be of two descriptions of a release, or of one description against two versions of the definition or under
two terms policies.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import BNode, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.assessment.assess import Examination
from osaid_graph.assessment.labels import said
from osaid_graph.comparison import Cause, Change, Comparison
from osaid_graph.graph.ontology import narrower
from osaid_graph.model import (
    Finding,
    Judgement,
    Location,
    Requirement,
    RequirementResult,
    Triple,
)
from osaid_graph.vocab import token


def compare(old: Examination, new: Examination) -> Comparison:
    """Return what changed from one assessment to the other, requirement by requirement, with the causes."""
    return Comparison(old.assessment, new.assessment, tuple(_Differences(old, new).changes()))


class _Differences:
    def __init__(self, old: Examination, new: Examination) -> None:
        self.old = old
        self.new = new
        self.before = {result.requirement.id: result for result in old.assessment.results}
        self.after = {result.requirement.id: result for result in new.assessment.results}

    def changes(self) -> Iterator[Change]:
        """Yield the requirements whose outcome or words differ; those of the newer definition first, in its order."""
        first, second = self.old.assessment.definition.requirements, self.new.assessment.definition.requirements
        for id_, requirement in (second | {id_: r for id_, r in first.items() if id_ not in second}).items():
            words = None
            if id_ in first and id_ in second and first[id_].quote != second[id_].quote:
                words = (first[id_].quote, second[id_].quote)
            before, after = self.before.get(id_), self.after.get(id_)
            outcomes = (before.outcome if before else None, after.outcome if after else None)
            if outcomes[0] == outcomes[1] and words is None and (id_ in first) == (id_ in second):
                continue
            causes = tuple(self._causes(requirement, before, after)) if outcomes[0] != outcomes[1] else ()
            yield Change(requirement, *outcomes, words, causes)

    def _causes(
        self, requirement: Requirement, before: RequirementResult | None, after: RequirementResult | None
    ) -> Iterator[Cause]:
        gone, come = _findings(before), _findings(after)
        same = {self._key(finding, self.new) for finding in come} & {self._key(f, self.old) for f in gone}
        for finding in gone:
            if self._key(finding, self.old) not in same:
                yield from self._of_finding(finding, "-")
        for finding in come:
            if self._key(finding, self.new) not in same:
                yield from self._of_finding(finding, "+")
        yield from _of_judgements(before.judgements if before else (), after.judgements if after else ())
        for id_ in requirement.includes:
            parts = [results[id_].outcome if id_ in results else "none" for results in (self.before, self.after)]
            if parts[0] != parts[1]:
                yield Cause("part", "", f"{id_}: {parts[0]} -> {parts[1]}")
        reasons = [result.because if result else "" for result in (before, after)]
        if reasons[0] != reasons[1]:
            for sign, reason in (("-", reasons[0]), ("+", reasons[1])):
                if reason:
                    yield Cause("subject", sign, reason)  # type: ignore[arg-type]

    def _key(self, finding: Finding, side: Examination) -> tuple[str, str, str | None]:
        """Return what a finding is about, with the subject of either side under one name."""
        focus = finding.focus
        if focus.startswith(side.assessment.subject):
            focus = "subject" + focus.removeprefix(side.assessment.subject)
        return finding.rule, focus, finding.value

    def _of_finding(self, finding: Finding, sign: str) -> Iterator[Cause]:
        """Yield a finding that came or went, and what brought or removed it."""
        side, other = (self.old, self.new) if sign == "-" else (self.new, self.old)
        yield Cause(
            "finding",
            sign,  # type: ignore[arg-type]
            f"{finding.rule}: {finding.message} ({finding.focus_label})",
            finding.location,
            finding.trace,
        )
        yield from self._why(finding, side, other)

    def _why(self, finding: Finding, side: Examination, other: Examination) -> Iterator[Cause]:
        if finding.rule not in other.assessment.definition.rules:
            yield Cause("rule", "", f"{other.assessment.definition.title} does not have this rule")
            return
        focus = self._counterpart(finding.focus, side, other)
        if focus not in other.scope.nodes:
            happened = "is no longer in scope" if side is self.old else "has come into scope"
            yield Cause("scope", "", f"{finding.focus_label} {happened}")
            return
        own = _claims(side, _node(finding.focus), finding.path)
        others = _claims(other, focus, finding.path)
        was, now = (own, others) if side is self.old else (others, own)
        for text in was.keys() - now.keys():
            yield Cause("claim", "-", text, was[text])
        for text in now.keys() - was.keys():
            yield Cause("claim", "+", text, now[text])
        policies = self.old.assessment.policy, self.new.assessment.policy
        if was.keys() == now.keys() and policies[0] != policies[1]:
            yield Cause("policy", "", f"terms policy {policies[0]} -> {policies[1]}")

    @staticmethod
    def _counterpart(focus: str, side: Examination, other: Examination) -> IdentifiedNode:
        """Return the node of the other side that a focus stands for: the same, or the same part of its subject."""
        node = _node(focus)
        if node not in other.scope.arrivals and focus.startswith(side.assessment.subject):
            return _node(other.assessment.subject + focus.removeprefix(side.assessment.subject))
        return node


def _findings(result: RequirementResult | None) -> tuple[Finding, ...]:
    return (*result.findings, *result.bearing) if result else ()


def _claims(side: Examination, focus: IdentifiedNode, predicate: URIRef) -> dict[str, Location | None]:
    """Return what the documents of a side say of a node's property, each claim with its source and its place."""
    found: dict[str, Location | None] = {}
    for name in sorted(narrower(predicate)):
        for value in sorted(side.release.graph.objects(focus, name), key=str):
            statement: Triple = (focus, name, value)  # type: ignore[assignment]
            by = ", ".join(side.release.attributed_to(statement))
            place = side.release.location(*statement)
            attributed = "" if place is not None and by == place.source else f", says {by}"
            found[f"{token(name)}: {said(side.graph, value)}{attributed}"] = place
    return found


def _of_judgements(before: tuple[Judgement, ...], after: tuple[Judgement, ...]) -> Iterator[Cause]:
    def known(judgement: Judgement) -> tuple[object, ...]:
        return judgement.outcome, judgement.by, judgement.date, judgement.reason, judgement.counted

    old, new = {known(j): j for j in before}, {known(j): j for j in after}
    for sign, side, other in (("-", old, new), ("+", new, old)):
        for key, judgement in side.items():
            if key not in other:
                counted = "" if judgement.counted else f" [not counted: {judgement.ignored_because}]"
                text = f"judged {judgement.outcome} by {judgement.by} on {judgement.date}{counted}"
                yield Cause("judgement", sign, text, judgement.location)  # type: ignore[arg-type]


def _node(name: str) -> IdentifiedNode:
    return BNode(name.removeprefix("_:")) if name.startswith("_:") else URIRef(name)
