"""The words for plans of what to document or relicense first; like :mod:`.model`, immutable and free of engines."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from osaid_graph.model import Requirement
from osaid_graph.sources import Location

#: What has to be done about a gap, the easiest first.
#:
#: documentation  somebody who knows writes a statement
#: contradiction  sources disagree, and one of them has to give way
#: disclosure     a source says that it is not disclosed: whoever keeps it has to disclose it
#: release        what is known stands against it: something has to be released, completed or opened
#: relicensing    the terms stand against it: only the owner can change them
#: judgement      a reviewer has judged it not met
Kind = Literal["documentation", "contradiction", "disclosure", "release", "relicensing", "judgement"]
KINDS: tuple[Kind, ...] = ("documentation", "contradiction", "disclosure", "release", "relicensing", "judgement")
#: What is counted as one piece of effort: a statement (a property of a node), or all there is to say of a node.
Unit = Literal["statement", "node"]


@dataclass(frozen=True, slots=True)
class Fix:
    """One piece of effort.

    Attributes:
        node: What it is about: its IRI, or ``_:label``.
        label: What that is called.
        what: The property that is to be stated (``license``), with the role of code in brackets, or what the node
            lacks.
        kind: What has to be done; of several kinds the hardest.
        cost: The effort.
        releases: How many releases wait for it, among others for it.
        kinds: Of one that stands for several pieces, how many of them are of which kind, the easiest first; else empty.
    """

    node: str
    label: str
    what: str
    kind: Kind
    cost: Fraction
    releases: int
    kinds: tuple[tuple[Kind, int], ...] = ()

    @property
    def counted(self) -> dict[Kind, int]:
        """How many pieces of effort of which kind it stands for: one of its own kind, unless it is a group."""
        return dict(self.kinds) or {self.kind: 1}


@dataclass(frozen=True, slots=True)
class Point:
    """A plan, told by what it adds to the one before.

    Attributes:
        effort: What all of it costs.
        freed: What the releases that it frees are worth; how many they are, unless they are weighed.
        releases: How many it frees.
        share: The share of all that is blocked that it frees.
        prices: Where it is the best plan: from which effort for a release on, and up to which; None for no end, or
            where it is no corner of the frontier.
        exact: Whether no plan of its effort frees more.
        bound: What no plan of its effort can free more than.
        fixes: What is new in it, by how many releases wait for it.
        freed_now: How many releases are new in it.
    """

    effort: Fraction
    freed: Fraction
    releases: int
    share: Fraction
    prices: tuple[Fraction, Fraction | None] | None
    exact: bool
    bound: Fraction
    fixes: tuple[Fix, ...]
    freed_now: int


@dataclass(frozen=True, slots=True)
class Barred:
    """A release that the plan cannot free, with the kinds of effort it needs beside those that were asked for."""

    node: str
    label: str
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class FrontierPlan:
    """What to do first for many releases.

    Attributes:
        unit: What counts as one piece of effort.
        gaps: What counts as a gap: the criteria that are not met, or ``findings``.
        asked: How many releases were looked at.
        blocked: How many have a gap.
        blockers: How many pieces of effort would free all that can be freed.
        points: The plans, the cheapest first.
        corners: How many corners the frontier has, where not all are shown.
        barred: The releases that cannot be freed.
        weighed: Whether the releases have weights of their own.
    """

    unit: Unit
    gaps: tuple[str, ...]
    asked: int
    blocked: int
    blockers: int
    points: tuple[Point, ...]
    corners: int
    barred: tuple[Barred, ...]
    weighed: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """What one statement would have to say, or what stands in its way: findings on one property of one node.

    Attributes:
        node: The node: its IRI, or ``_:label``.
        label: What it is called.
        predicate: The name of the property, empty for what was judged.
        role: The role of the code asked for, else empty.
        kind: What has to be done about it.
        requirements: The binding requirements that it keeps from being met, in the order of the definition.
        rules: The rules that found it.
        messages: What they found.
        reason: What stands behind it in a sentence, or empty.
        place: Where the input says so, or where the node is described.
    """

    node: str
    label: str
    predicate: str
    role: str
    kind: Kind
    requirements: tuple[str, ...]
    rules: tuple[str, ...]
    messages: tuple[str, ...]
    reason: str
    place: Location | None

    @property
    def what(self) -> str:
        """The property with the role of code in brackets."""
        return f"{self.predicate} [{self.role}]" if self.role else self.predicate


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement to write.

    Attributes:
        gaps: The gaps that it closes.
        file: The manifest that it goes into, as the user named it.
        line: The line it would start on by itself; the others move it further down.
        text: What is written, with ``TODO`` for what the person has to fill in.
    """

    gaps: tuple[Gap, ...]
    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class StatementPlan:
    """What to write for one release, and what no statement closes.

    Attributes:
        subject: The release: its IRI, or ``_:label``.
        label: What it is called.
        statements: The smallest set of statements that closes every gap that a statement can close, in the order of
            the definition.
        left: The gaps that no statement closes, each with the reason why.
        questions: The binding requirements that a reviewer has to judge, whatever is written.
        patch: The statements as a unified diff.
    """

    subject: str
    label: str
    statements: tuple[Statement, ...]
    left: tuple[tuple[Gap, str], ...]
    questions: tuple[Requirement, ...]
    patch: str
