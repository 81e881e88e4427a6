"""How the findings of an assessment stand to its baseline and waivers, and which requirements fail the run."""

from __future__ import annotations

from functools import cached_property

from osaid_graph.model import Assessment, Finding, RequirementResult
from osaid_graph.tolerated import GAPS, FormerFinding, State, Waiver


class Standing:
    """What of an assessment is new, known, gone or waived.

    Args:
        assessment: The assessment, with its baseline and its waivers.
    """

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.baseline = assessment.baseline
        self._former = {finding.id for finding in self.baseline.findings} if self.baseline else set[str]()
        self._results = {result.requirement.id: result for result in assessment.results}
        self._known: dict[str, bool] = {}
        self._waivers: dict[str, list[Waiver]] = {}
        for waiver in assessment.waivers:
            if waiver.standing != "ignored":
                for id_ in waiver.findings:
                    self._waivers.setdefault(id_, []).append(waiver)

    def state(self, finding: Finding) -> State | None:
        """Return whether the baseline has a finding; None without a baseline."""
        if self.baseline is None:
            return None
        return "known" if finding.id in self._former else "new"

    def gaps(self, state: State) -> list[Finding]:
        """Return the gaps that are new, or known, in the order of the requirements."""
        return [f for f in self.assessment.findings if f.outcome in GAPS and self.state(f) == state]

    def waivers(self, finding: Finding) -> list[Waiver]:
        """Return the waivers that name a gap, in force or expired."""
        return self._waivers.get(finding.id, [])

    def is_waived(self, finding: Finding) -> bool:
        """Tell whether a waiver that is in force names a gap."""
        return any(waiver.standing == "active" for waiver in self.waivers(finding))

    @property
    def waived(self) -> list[Finding]:
        """The gaps that are waived."""
        return [finding for finding in self.assessment.findings if self.is_waived(finding)]

    @property
    def expired(self) -> list[Finding]:
        """The gaps that are not waived any more."""
        return [f for f in self.assessment.findings if self.waivers(f) and not self.is_waived(f)]

    @property
    def tolerates(self) -> bool:
        """Whether there is anything by which a gap may be tolerated."""
        return self.baseline is not None or bool(self.assessment.waivers)

    @cached_property
    def gone(self) -> tuple[FormerFinding, ...]:
        """What the baseline has and is not found any more, gaps and all else."""
        today = {finding.id for finding in self.assessment.findings}
        return tuple(f for f in self.baseline.findings if f.id not in today) if self.baseline else ()

    @property
    def gone_gaps(self) -> list[FormerFinding]:
        """The gaps that the baseline has and that are not found any more."""
        return [finding for finding in self.gone if finding.outcome in GAPS]

    @cached_property
    def failing(self) -> tuple[str, ...]:
        """The requirements that fail the run: those that bind and have a gap which nothing tolerates."""
        return tuple(r.requirement.id for r in self.assessment.results if r.requirement.binding and self.counts(r))

    @property
    def fails(self) -> bool:
        """Whether the run fails: ``check`` exits with 1."""
        return bool(self.failing)

    def counts(self, result: RequirementResult) -> bool:
        """Tell whether a requirement has a gap that nothing tolerates.

        What stands behind its outcome are findings and parts with gaps; where a judgement decided, the outcome itself.
        """
        id_ = result.requirement.id
        if id_ not in self._known:
            self._known[id_] = result.outcome in GAPS and self._has_open_cause(result)
        return self._known[id_]

    def _has_open_cause(self, result: RequirementResult) -> bool:
        judged = {judgement.outcome for judgement in result.judgements if judgement.counted}
        of_example = result.requirement.strength == "example"
        causes = [f for f in (*result.findings, *result.bearing) if f.outcome in GAPS or of_example]
        parts = [self._results[id_] for id_ in result.requirement.includes if id_ in self._results]
        parts = [part for part in parts if part.outcome in GAPS]
        if judged == {result.outcome} or not (causes or parts):
            return not self._is_tolerated(result)
        of = result.requirement.id
        return any(not self._is_covered(finding, of) for finding in causes) or any(map(self.counts, parts))

    def _is_tolerated(self, result: RequirementResult) -> bool:
        """Tell whether the outcome of a requirement is tolerated, whatever was found."""
        id_ = result.requirement.id
        known = self.baseline is not None and (id_, result.outcome) in self.baseline.outcomes
        return known or any(not waiver.on for waiver in self._of(id_))

    def _is_covered(self, finding: Finding, requirement: str) -> bool:
        """Tell whether a gap is tolerated where it counts for a requirement, whose waivers cover what bears on it."""
        if self.state(finding) == "known" or self.is_waived(finding):
            return True
        return any(waiver.is_on(finding.focus) for waiver in self._of(requirement))

    def _of(self, requirement: str) -> list[Waiver]:
        return [w for w in self.assessment.waivers if w.standing == "active" and w.of == requirement]
