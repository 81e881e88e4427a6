"""Two assessments side by side: which requirements came out otherwise, and what caused it.

The two may be of two descriptions of a release, or of one description against two versions of the definition or under
two terms policies.
"""

from __future__ import annotations

from collections.abc import Iterator

from osaid_graph.assessment.assess import Examination
from osaid_graph.assessment.causes import Causes
from osaid_graph.assessment.outcomes import has_rules
from osaid_graph.assessment.side import Side, sides
from osaid_graph.comparison import Cause, Change, Comparison, Sign
from osaid_graph.model import Definition, Judgement, Requirement, RequirementResult
from osaid_graph.vocab import token


def compare(old: Examination, new: Examination) -> Comparison:
    """Return what changed from one assessment to the other, requirement by requirement, with the causes."""
    return Comparison(old.assessment, new.assessment, tuple(_Differences(*sides(old, new)).changes()))


class _Differences:
    def __init__(self, old: Side, new: Side) -> None:
        self.old = old
        self.new = new
        self.because = Causes(old, new)

    def changes(self) -> Iterator[Change]:
        """Yield the requirements whose outcome or words differ; those of the newer definition first, in its order."""
        first, second = self.old.definition.requirements, self.new.definition.requirements
        for id_, requirement in (second | {id_: r for id_, r in first.items() if id_ not in second}).items():
            words = None
            if id_ in first and id_ in second and first[id_].quote != second[id_].quote:
                words = (first[id_].quote, second[id_].quote)
            before, after = self.old.result(id_), self.new.result(id_)
            outcomes = (before.outcome if before else None, after.outcome if after else None)
            if outcomes[0] == outcomes[1] and words is None and (id_ in first) == (id_ in second):
                continue
            causes: list[Cause] = []
            if id_ in first and id_ in second and outcomes[0] != outcomes[1]:
                causes.extend(self._causes(id_))
            if not causes and (outcomes[0] != outcomes[1] or words is None):
                causes.extend(_of_definition(id_, self.old.definition, self.new.definition))
            if id_ not in first:
                causes.extend(
                    cause for found in self.new.findings(id_) for cause in self.because.of_finding(found, id_, "+")
                )
            yield Change(requirement, *outcomes, words, tuple(causes))

    def _causes(self, id_: str) -> Iterator[Cause]:
        """Yield what changed the outcome of a requirement that both versions have."""
        gone, come = self.old.findings(id_), self.new.findings(id_)
        same = {self.new.key(finding) for finding in come} & {self.old.key(finding) for finding in gone}
        for finding in gone:
            if self.old.key(finding) not in same:
                yield from self.because.of_finding(finding, id_, "-")
        for finding in come:
            if self.new.key(finding) not in same:
                yield from self.because.of_finding(finding, id_, "+")
        before, after = self.old.result(id_), self.new.result(id_)
        yield from _of_judgements(before.judgements if before else (), after.judgements if after else ())
        requirements = self.old.definition.requirements[id_], self.new.definition.requirements[id_]
        for part in dict.fromkeys((*requirements[0].includes, *requirements[1].includes)):
            outcomes = [
                result.outcome if result else "none" for result in (self.old.result(part), self.new.result(part))
            ]
            if outcomes[0] != outcomes[1]:
                yield Cause("part", "", f"{part}: {outcomes[0]} -> {outcomes[1]}")
        if (before.because if before else "") != (after.because if after else ""):
            yield from _of_reason(before, "-")
            yield from _of_reason(after, "+")
        elif any(result is not None and result.outcome == "not-applicable" for result in (before, after)):
            yield from self.because.of_concern(requirements)


def _of_reason(result: RequirementResult | None, sign: Sign) -> Iterator[Cause]:
    """Yield what decided an outcome where neither findings nor judgements on it do: what the subject is, or a whole."""
    if result is not None and result.because:
        yield Cause("subject" if result.outcome == "not-applicable" else "judgement", sign, result.because)


def _of_definition(id_: str, old: Definition, new: Definition) -> Iterator[Cause]:
    """Yield how two versions ask for a requirement otherwise, beside its words."""
    if id_ not in old.requirements or id_ not in new.requirements:
        yield Cause("definition", "", f"{'new in' if id_ in new.requirements else 'no longer in'} the {new.title}")
        return
    asked = _asked(old, old.requirements[id_]), _asked(new, new.requirements[id_])
    for what, said in asked[0].items():
        if said != asked[1][what]:
            yield Cause("definition", "", f"{what}: {said or 'none'} -> {asked[1][what] or 'none'}")


def _asked(definition: Definition, requirement: Requirement) -> dict[str, str]:
    """Return what an outcome depends on beside findings, in words."""
    return {
        "strength": requirement.strength,
        "settled by": requirement.settled_by,
        "applies to": ", ".join(map(token, requirement.applies_to)),
        "applies when": ", ".join(map(token, requirement.applies_when)),
        "answered by": token(requirement.answered_by) if requirement.answered_by else "",
        "checked by": "rules" if has_rules(definition, requirement) else "",
        "may be said not to apply": "with a reason" if requirement.waivable else "",
    }


def _of_judgements(before: tuple[Judgement, ...], after: tuple[Judgement, ...]) -> Iterator[Cause]:
    """Yield the judgements that came or went, and those that count on one side alone."""
    old, new = ({_known(judgement): judgement for judgement in side} for side in (before, after))
    for key, judgement in old.items():
        if key not in new:
            yield Cause("judgement", "-", _judged(judgement) + _uncounted(judgement), judgement.location)
    for key, judgement in new.items():
        was, text = old.get(key), _judged(judgement)
        if was is None:
            yield Cause("judgement", "+", text + _uncounted(judgement), judgement.location)
        elif was.counted and not judgement.counted:
            yield Cause("judgement", "-", f"{text}, no longer counted: {judgement.ignored_because}", judgement.location)
        elif judgement.counted and not was.counted:
            yield Cause("judgement", "+", f"{text}, now counted; it was {was.ignored_because}", judgement.location)


def _known(judgement: Judgement) -> tuple[str, ...]:
    return judgement.outcome, judgement.by, judgement.date, judgement.reason


def _judged(judgement: Judgement) -> str:
    return f"judged {judgement.outcome} by {judgement.by} on {judgement.date}"


def _uncounted(judgement: Judgement) -> str:
    return "" if judgement.counted else f" [not counted: {judgement.ignored_because}]"
