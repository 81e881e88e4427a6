"""What is a gap and yet fails no run: what a baseline knows, and what a waiver covers. No outcome hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from osaid_graph.sources import Location

#: The outcomes that are gaps, of a rule on a node and of a requirement.
GAPS: Final = ("not-met", "not-evidenced")


@dataclass(frozen=True, slots=True)
class FormerFinding:
    """A finding of a former report, as far as it is told again; ``id`` is the one it would have today."""

    id: str
    rule: str
    requirement: str
    outcome: str
    focus: str
    focus_label: str
    message: str
    location: Location | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """A former report on the same subject, which tells the gaps that are known.

    Attributes:
        source: The file, as the user named it.
        sha256: The digest of its bytes.
        date: The day of the former assessment.
        definition: The version of the definition assessed against.
        policy: The terms policy.
        subject: What was assessed.
        subject_label: What that was called.
        findings: All that was found.
        outcomes: The requirements with their outcomes.
        questions: The requirements that waited for a person.
        remarks: What keeps the two from being compared in full, in sentences without a full stop.
    """

    source: str
    sha256: str
    date: str
    definition: str
    policy: str
    subject: str
    subject_label: str
    findings: tuple[FormerFinding, ...]
    outcomes: frozenset[tuple[str, str]]
    questions: frozenset[str]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiver:
    """A statement that gaps of a requirement or a rule need not fail a run before a day.

    Attributes:
        of: The requirement, or the rule, by id.
        on: The node; empty for all.
        on_label: What that is called.
        reason: Why.
        by: Who says so; empty where nobody is named.
        until: The last day.
        location: Where it stands.
        standing: Whether it is in force, has expired, or does not act on this subject.
        because: Why it does not act, in a clause; empty where it does.
        findings: The ids of the gaps that it names.
        idle: Why it names no gap, in a clause; empty where it names one.
    """

    of: str
    on: str
    on_label: str
    reason: str
    by: str
    until: str
    location: Location | None
    standing: Literal["active", "expired", "ignored"]
    because: str = ""
    findings: tuple[str, ...] = ()
    idle: str = ""

    def is_on(self, focus: str) -> bool:
        """Tell whether it is about a node."""
        return self.on in ("", focus)


#: How a finding stands to a baseline.
State = Literal["new", "known"]
