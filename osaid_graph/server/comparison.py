"""Two releases side by side: the outcome of each requirement, and what only one of them has been found to lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from osaid_graph.model import Requirement
from osaid_graph.server.found import Found, Met


@dataclass(frozen=True, slots=True)
class Side:
    """What was found on one of the releases for a requirement.

    Attributes:
        outcome: The outcome.
        rules: The rules that found gaps, and how many.
        because: Which judgement decided it, or in which of its parts it is open, in a clause.
    """

    outcome: str
    rules: tuple[tuple[str, int], ...]
    because: str


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement, and both sides of it; None where it has no outcome."""

    requirement: Requirement
    sides: tuple[Side | None, Side | None]

    @property
    def differs(self) -> bool:
        """Whether the outcomes are not the same."""
        left, right = self.sides
        return (left and left.outcome) != (right and right.outcome)


def compared(left: Found, right: Found, requirements: Sequence[str]) -> tuple[Line, ...]:
    """Return the requirements that either release has an outcome of.

    Args:
        left: What was found on the one.
        right: What was found on the other.
        requirements: The ids of all that have an outcome of some release, in the order of the definition.
    """
    both = [{each.requirement.id: each for _, group in found.clauses for each in group} for found in (left, right)]
    known = {**both[0], **both[1]}
    return tuple(
        Line(known[id_].requirement, (_side(both[0].get(id_)), _side(both[1].get(id_))))
        for id_ in requirements
        if id_ in known
    )


def _side(met: Met | None) -> Side | None:
    if met is None:
        return None
    rules = tuple((broken.message, broken.number) for broken in (*met.broken, *met.bearing))
    return Side(met.outcome, rules, _because(met))


def _because(met: Met) -> str:
    if by := ", ".join(dict.fromkeys(each.by for each in met.judged if each.counts)):
        return f"judged by {by}"
    return met.because or (f"in its parts: {', '.join(met.parts)}" if met.parts else "")
