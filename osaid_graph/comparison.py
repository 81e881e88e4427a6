"""The words for what changed from one assessment to another; like :mod:`.model`, immutable and free of engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from osaid_graph.model import Assessment, Requirement, RequirementOutcome, Step
from osaid_graph.sources import Location

#: Whether something was there and is gone, or is new.
Sign = Literal["-", "+", ""]
#: What a cause is.
Kind = Literal["finding", "claim", "rule", "scope", "policy", "concern", "judgement", "part", "subject", "definition"]


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that changed the outcome of a requirement from one assessment to another.

    ``sign`` is ``-`` for what was there and is gone, ``+`` for what is new, empty where it is neither. ``kind`` says
    what it is: a finding, a node that the requirement is about or was waived for (a *concern*), a judgement, a part,
    what the subject is, what a version asks for. A claim, a rule, a node in scope or the policy brought or removed the
    finding or the concern that it follows.
    """

    kind: Kind
    sign: Sign
    text: str
    location: Location | None = None
    trace: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A requirement whose outcome or words differ between two assessments; None where one does not have it."""

    requirement: Requirement
    before: RequirementOutcome | None
    after: RequirementOutcome | None
    words: tuple[str, str] | None
    causes: tuple[Cause, ...]

    @property
    def direction(self) -> Literal["gained", "lost", "unchanged"]:
        """Whether the outcome is better or worse; what does not apply is as good as met."""
        rank = {"not-met": 0, "not-evidenced": 1, "needs-judgement": 2, "met": 3, "not-applicable": 3, None: 3}
        if rank[self.before] == rank[self.after]:
            return "unchanged"
        return "gained" if rank[self.after] > rank[self.before] else "lost"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one assessment to another, in the order of the definition."""

    old: Assessment
    new: Assessment
    changes: tuple[Change, ...]

    @property
    def has_losses(self) -> bool:
        """Whether a requirement that binds came out worse."""
        return any(change.direction == "lost" and change.requirement.binding for change in self.changes)
