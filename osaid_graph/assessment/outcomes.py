"""From findings to the outcome of each requirement, and from those to the verdict (DESIGN: worst wins)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from osaid_graph.assessment.judgements import agreed
from osaid_graph.model import (
    Definition,
    Finding,
    FindingOutcome,
    Judgement,
    Requirement,
    RequirementOutcome,
    RequirementResult,
    Verdict,
)

#: The judgements that close a requirement without a gap.
_LEAVES_NO_GAP = ("met", "not-applicable")
Item = TypeVar("Item")
_WORST_FIRST: tuple[RequirementOutcome, ...] = ("not-met", "not-evidenced", "needs-judgement", "met")


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that the outcomes for a subject depend on.

    Attributes:
        found: The ids of the rules that found something in its scope.
        said: What the judgements that count say of a requirement, or that they are ``disputed`` (:func:`.agreed`).
        excused: The requirements that do not bind it, and why in a clause (:mod:`.binding`).
        idle: Whether a requirement is about nothing in scope, or waived for all that it is about (:mod:`.concern`).
    """

    found: Collection[str]
    said: Mapping[str, str]
    excused: Mapping[str, str]
    idle: Callable[[Requirement], bool]


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of a requirement for a subject; the attributes are those of :class:`RequirementResult`."""

    outcome: RequirementOutcome
    machine_outcome: RequirementOutcome
    because: str
    disputed: bool


class Structure:
    """How the requirements and rules of a definition hang together: the same for all subjects.

    Attributes:
        definition: The version assessed against.
        counts_for: For each rule the requirements that what it finds counts for: the one it serves, and others.
        wholes: For each requirement those that include it.
        ruled: The requirements that a rule checks.
        assessed: Those that an outcome can be given of.
    """

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.counts_for = {rule.id: (rule.requirement, *rule.bears_on) for rule in definition.rules.values()}
        self.wholes: dict[str, list[str]] = {id_: [] for id_ in definition.requirements}
        for requirement in definition.requirements.values():
            for part in requirement.includes:
                self.wholes[part].append(requirement.id)
        every = definition.requirements.values()
        self.ruled = frozenset(requirement.id for requirement in every if has_rules(definition, requirement))
        self.assessed = frozenset(requirement.id for requirement in every if is_assessed(definition, requirement))

    def depends_on_concern(self, requirement: Requirement) -> bool:
        """Tell whether the outcome of a requirement can hang on what it is about, where the rules find nothing."""
        return not requirement.includes and requirement.settled_by != "judgement" and requirement.id in self.ruled


class Outcomes:
    """Works out the outcome of every requirement of a definition for one subject.

    Args:
        structure: That of the version assessed against.
        grounds: What is known of the subject.
    """

    def __init__(self, structure: Structure, grounds: Grounds) -> None:
        self.structure = structure
        self.definition = structure.definition
        self.grounds = grounds
        self.found: dict[str, set[FindingOutcome]] = {id_: set() for id_ in self.definition.requirements}
        for rule in grounds.found:
            for id_ in structure.counts_for[rule]:
                if id_ in self.found:  # a rule may bear on what this version does not ask for
                    self.found[id_].add(self.definition.rules[rule].outcome)
        self._known: dict[str, Decision] = {}

    def results(
        self, findings: Sequence[Finding] = (), judgements: Sequence[Judgement] = ()
    ) -> tuple[RequirementResult, ...]:
        """Return the result of every requirement that is assessed or judged, in the order of the definition.

        Args:
            findings: What the rules found, to go with the results; each of a rule of the grounds.
            judgements: What reviewers recorded, counted or not.
        """
        own, bearing = _by_requirement(findings, lambda f: (f.requirement,)), _by_requirement(findings, self._borne)
        recorded = _by_requirement(judgements, lambda judgement: (judgement.requirement,))
        shown = self.structure.assessed | {
            id_ for id_ in (*recorded, *self.grounds.said) if self.definition.asks_for(id_)
        }
        results = []
        for requirement in self.definition.requirements.values():
            if requirement.id in shown:
                decision = self.decision(requirement)
                results.append(
                    RequirementResult(
                        requirement,
                        decision.outcome,
                        decision.machine_outcome,
                        tuple(own.get(requirement.id, ())),
                        tuple(bearing.get(requirement.id, ())),
                        tuple(recorded.get(requirement.id, ())),
                        decision.because,
                        disputed=decision.disputed,
                    )
                )
        return tuple(results)

    def _borne(self, finding: Finding) -> tuple[str, ...]:
        return self.definition.rules[finding.rule].bears_on

    def decision(self, requirement: Requirement) -> Decision:
        """Return the outcome of one requirement: what the rules say, unless counted judgements say otherwise.

        A judgement on the requirement itself decides; judgements that disagree leave it open. One that finds a whole
        met covers its open parts, unless one of its parts is not met or disputed: then the whole is open, and nothing
        is covered.
        """
        if requirement.id not in self._known:
            machine = self._outcome(requirement, judged=False)
            outcome, because = self._outcome(requirement, judged=True), self.grounds.excused.get(requirement.id, "")
            said = self.grounds.said.get(requirement.id)
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
            self._known[requirement.id] = Decision(outcome, machine, because, said == "disputed")
        return self._known[requirement.id]

    def _judged_whole(self, id_: str) -> str:
        """Return the nearest requirement that includes this one and was judged met; none if another as near was not."""
        wholes = self.structure.wholes
        nearest = list(dict.fromkeys(wholes[id_]))
        seen = set(nearest)
        while nearest:
            said = {whole: self.grounds.said.get(whole) for whole in nearest}
            if any(said.values()):
                judged = [self.definition.requirements[whole] for whole in said if said[whole]]
                clear = set(said.values()) <= {"met", None} and not any(map(self._contradicting, judged))
                return judged[0].id if clear else ""
            further = dict.fromkeys(upper for whole in nearest for upper in wholes[whole] if upper not in seen)
            nearest = list(further)
            seen.update(nearest)
        return ""

    def _contradicting(self, whole: Requirement) -> str:
        """Return the first part, at any depth, that is not met or disputed, in a clause; empty without one.

        A part that has parts itself may be judged: that answers for it, and not for what stands against its parts.
        """
        for id_ in whole.includes:
            part, said = self.definition.requirements[id_], self.grounds.said.get(id_)
            if said == "disputed":
                return f"{id_} is disputed"
            if said == "not-met" or (said is None and "not-met" in self.found[id_] and id_ not in self.grounds.excused):
                return f"{id_} is not met"
            if deeper := self._contradicting(part):
                return deeper
        return ""

    def _outcome(self, requirement: Requirement, *, judged: bool) -> RequirementOutcome:
        """Return what the rules say; of the requirements it includes what they say, or what was ``judged`` of them."""
        if requirement.id in self.grounds.excused:
            return "not-applicable"
        own = self.found[requirement.id]
        if requirement.strength == "example" and own:
            return "not-evidenced"
        found: list[RequirementOutcome] = [outcome for outcome in own if outcome != "recommendation"]
        if requirement.includes:
            parts = [self.decision(self.definition.requirements[id_]) for id_ in requirement.includes]
            found += [part.outcome if judged else part.machine_outcome for part in parts]
            return worst(found)
        if not self.structure.depends_on_concern(requirement):
            found.append("met" if requirement.strength == "may" else "needs-judgement")
        return worst(found) if found else "not-applicable" if self.grounds.idle(requirement) else "met"


def _by_requirement(items: Iterable[Item], of: Callable[[Item], Iterable[str]]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        for id_ in of(item):
            found.setdefault(id_, []).append(item)
    return found


def agreements(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return what the judgements that count say of each requirement that they are on."""
    found = {id_: agreed(each) for id_, each in _by_requirement(judgements, lambda j: (j.requirement,)).items()}
    return {id_: said for id_, said in found.items() if said is not None}


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
