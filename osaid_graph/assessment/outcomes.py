"""From findings to the outcome of each requirement, and from those to the verdict (DESIGN: worst wins)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from rdflib import RDF, Graph
from rdflib.term import IdentifiedNode, Node

from osaid_graph.assessment.judgements import agreed
from osaid_graph.lineage.edges import SUBJECTS, kinds
from osaid_graph.lineage.scope import Scope
from osaid_graph.model import (
    Definition,
    Finding,
    Judgement,
    Requirement,
    RequirementOutcome,
    RequirementResult,
    Verdict,
)
from osaid_graph.vocab import OSAID

#: The judgements that close a requirement without a gap.
_LEAVES_NO_GAP = ("met", "not-applicable")
_WORST_FIRST: tuple[RequirementOutcome, ...] = ("not-met", "not-evidenced", "needs-judgement", "met")


class Outcomes:
    """Works out the outcome of every requirement of a definition for one subject.

    Args:
        graph: The completed graph.
        scope: The scope of the subject.
        definition: The version assessed against.
        findings: What its rules found.
        judgements: What reviewers recorded.
        excused: The requirements that do not bind this subject, and why in a clause (:mod:`.binding`).
    """

    def __init__(
        self,
        graph: Graph,
        scope: Scope,
        definition: Definition,
        findings: Sequence[Finding],
        judgements: Sequence[Judgement],
        excused: Mapping[str, str] | None = None,
    ) -> None:
        self.graph = graph
        self.scope = scope
        self.definition = definition
        self.excused = excused or {}
        self.findings: dict[str, list[Finding]] = defaultdict(list)
        self.bearing: dict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            self.findings[finding.requirement].append(finding)
            for id_ in definition.rules[finding.rule].bears_on:
                self.bearing[id_].append(finding)
        self.judgements: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in judgements:
            self.judgements[judgement.requirement].append(judgement)
        self.wholes: dict[str, list[str]] = defaultdict(list)
        for requirement in definition.requirements.values():
            for part in requirement.includes:
                self.wholes[part].append(requirement.id)
        self._known: dict[str, RequirementResult] = {}

    def results(self) -> tuple[RequirementResult, ...]:
        """Return the result of every requirement that is assessed or judged, in the order of the definition."""
        return tuple(
            self.result(requirement)
            for requirement in self.definition.requirements.values()
            if is_assessed(self.definition, requirement)
            or (self.judgements[requirement.id] and requirement.asks_for_something)
        )

    def result(self, requirement: Requirement) -> RequirementResult:
        """Return the result of one requirement: what the rules say, unless counted judgements say otherwise.

        A judgement on the requirement itself decides; judgements that disagree leave it open. One that finds a whole
        met covers its open parts, unless one of its parts is not met or disputed: then the whole is open, and nothing
        is covered.
        """
        if requirement.id not in self._known:
            machine = self._outcome(requirement, judged=False)
            outcome, because = self._outcome(requirement, judged=True), self.excused.get(requirement.id, "")
            said = agreed(self.judgements[requirement.id])
            if said == "disputed":
                outcome, because = "needs-judgement", ""
            elif said in _LEAVES_NO_GAP and (against := self._contradicting(requirement)):
                outcome, because = "needs-judgement", f"judged {said}, although {against}"
            elif said is not None:
                outcome, because = cast(RequirementOutcome, said), ""
            elif outcome in ("not-evidenced", "needs-judgement") and machine != "not-met":
                whole = self._judged_whole(requirement.id)
                if whole:
                    outcome, because = "met", f"covered by the judgement on {whole}"
            self._known[requirement.id] = RequirementResult(
                requirement,
                outcome,
                machine,
                tuple(self.findings[requirement.id]),
                tuple(self.bearing[requirement.id]),
                tuple(self.judgements[requirement.id]),
                because,
                disputed=said == "disputed",
            )
        return self._known[requirement.id]

    def _judged_whole(self, id_: str) -> str:
        """Return the nearest requirement that includes this one and was judged met; none if another as near was not."""
        nearest = list(dict.fromkeys(self.wholes[id_]))
        seen = set(nearest)
        while nearest:
            said = {whole: agreed(self.judgements[whole]) for whole in nearest}
            if any(said.values()):
                judged = [self.definition.requirements[whole] for whole in said if said[whole]]
                clear = set(said.values()) <= {"met", None} and not any(map(self._contradicting, judged))
                return judged[0].id if clear else ""
            further = dict.fromkeys(upper for whole in nearest for upper in self.wholes[whole] if upper not in seen)
            nearest = list(further)
            seen.update(nearest)
        return ""

    def _contradicting(self, whole: Requirement) -> str:
        """Return the first part, at any depth, that is not met or disputed, in a clause; empty without one.

        A part that has parts itself may be judged: that answers for it, and not for what stands against its parts.
        """
        for id_ in whole.includes:
            part, said = self.definition.requirements[id_], agreed(self.judgements[id_])
            found = {finding.outcome for finding in (*self.findings[id_], *self.bearing[id_])}
            if said == "disputed":
                return f"{id_} is disputed"
            if said == "not-met" or (said is None and "not-met" in found and id_ not in self.excused):
                return f"{id_} is not met"
            if deeper := self._contradicting(part):
                return deeper
        return ""

    def _outcome(self, requirement: Requirement, *, judged: bool) -> RequirementOutcome:
        """Return what the rules say; of the requirements it includes what they say, or what was ``judged`` of them."""
        if requirement.id in self.excused:
            return "not-applicable"
        own = {finding.outcome for finding in (*self.findings[requirement.id], *self.bearing[requirement.id])}
        if requirement.strength == "example" and own:
            return "not-evidenced"
        found: list[RequirementOutcome] = [outcome for outcome in own if outcome != "recommendation"]
        if requirement.includes:
            parts = [self.result(self.definition.requirements[id_]) for id_ in requirement.includes]
            found += [part.outcome if judged else part.machine_outcome for part in parts]
            return worst(found)
        if requirement.settled_by == "judgement" or not has_rules(self.definition, requirement):
            found.append("met" if requirement.strength == "may" else "needs-judgement")
        return worst(found) if found else self._unless_waived(requirement)

    def _unless_waived(self, requirement: Requirement) -> RequirementOutcome:
        """Return the outcome of a requirement against which the rules find nothing."""
        nodes = concerned(self.graph, self.scope, requirement)
        if requirement.applies_to and not nodes:
            return "not-applicable"
        if requirement.waivable and nodes and all(waived(self.graph, node, requirement) for node in nodes):
            return "not-applicable"
        return "met"


def concerned(graph: Graph, scope: Scope, requirement: Requirement) -> list[IdentifiedNode]:
    """Return the nodes in scope that a requirement is about."""
    found = []
    for node in scope.nodes:
        classes = kinds(graph, node)
        whole = OSAID.AISystem in requirement.applies_to and node in scope.entries
        part = not classes.isdisjoint(set(requirement.applies_to) - set(SUBJECTS)) or (
            OSAID.Parameters in requirement.applies_to and OSAID.Parameters in classes
        )
        if not (whole or part):
            continue
        if requirement.applies_when and not any(
            (node, OSAID.availability, code) in graph for code in requirement.applies_when
        ):
            continue
        found.append(node)
    return found


def waived(graph: Graph, node: IdentifiedNode, requirement: Requirement) -> bool:
    """Tell whether all that is said of a node is that a requirement does not apply to it."""
    values: list[Node] = list(graph.objects(node, requirement.answered_by))
    if requirement.role is not None:
        values = [value for value in values if (value, OSAID.codeRole, requirement.role) in graph]
    return bool(values) and all((value, RDF.type, OSAID.NotApplicable) in graph for value in values)


def is_assessed(definition: Definition, requirement: Requirement) -> bool:
    """Tell whether an outcome can be given: by rules, by what it includes, or by judgement.

    Definitions and notes ask for nothing; permissions are assessed in that nothing can fail them.
    """
    if not requirement.asks_for_something:
        return False
    if requirement.strength == "may" or requirement.includes or "judgement" in requirement.checks:
        return True
    return has_rules(definition, requirement)


def has_rules(definition: Definition, requirement: Requirement) -> bool:
    """Tell whether a rule checks a requirement; one that has none, and no parts, only a judgement can decide."""
    return any(requirement.id in (rule.requirement, *rule.bears_on) for rule in definition.rules.values())


def worst(outcomes: Iterable[RequirementOutcome]) -> RequirementOutcome:
    """Return the worst outcome; what is not applicable does not weigh, unless nothing else is there."""
    found = set(outcomes)
    return next((outcome for outcome in _WORST_FIRST if outcome in found), "not-applicable")


def not_assessed(definition: Definition, results: Iterable[RequirementResult]) -> tuple[str, ...]:
    """Return the requirements that ask for something and have no result: nothing here can decide them."""
    decided = {result.requirement.id for result in results}
    asked = (r for r in definition.requirements.values() if r.asks_for_something)
    return tuple(requirement.id for requirement in asked if requirement.id not in decided)


def verdict(definition: Definition, results: Sequence[RequirementResult]) -> Verdict:
    """Return the outcome for the subject over the requirements that bind; without a result for each, never met."""
    outcomes = {result.outcome for result in results if result.requirement.binding}
    if "not-met" in outcomes:
        return "not-met"
    open_ = any(definition.requirements[id_].binding for id_ in not_assessed(definition, results))
    return "undetermined" if open_ or outcomes & {"not-evidenced", "needs-judgement"} else "met"
