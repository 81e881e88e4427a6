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


#: How a finding stands to a baseline.
State = Literal["new", "known"]
