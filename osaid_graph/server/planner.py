"""A process that works out what to fix first in a corpus, and writes it as JSON: the corners of the exact frontier."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import OsaidError
from osaid_graph.planning.of_corpus import of_corpus
from osaid_graph.planning.priorities import Priorities
from osaid_graph.plans import Fix, FrontierPlan, Unit
from osaid_graph.server.json_schema import plain
from osaid_graph.validation.definition import definition

#: Corners of the frontier, and pieces of effort of each, that are told.
CORNERS: Final = 24
FIXES: Final = 12
#: Bytes that the tables may take.
_MEMORY: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of effort.

    Attributes:
        node: What it is about.
        label: What that is called.
        what: What is to be done.
        kind: What kind that is; of several kinds the hardest.
        cost: The effort.
        releases: How many releases wait for it.
        kinds: How many pieces of which kind it stands for, the easiest first: one, unless it is all that a release
            alone waits for.
    """

    node: str
    label: str
    what: str
    kind: str
    cost: int
    releases: int
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of the frontier.

    Attributes:
        effort: What all of it costs.
        freed: How many releases it frees.
        share: The share of all that wait.
        pieces: The first of what is new in it, by how many wait for it.
        more: How many more are.
    """

    effort: int
    freed: int
    share: float
    pieces: tuple[Piece, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What to fix first.

    Attributes:
        unit: What counts as one piece of effort.
        asked: How many releases were looked at.
        blocked: How many of them wait for something.
        pieces: How many pieces of effort would free all of them.
        corners: The first corners of the frontier, the cheapest first.
        more: How many more it has.
    """

    unit: Unit
    asked: int
    blocked: int
    pieces: int
    corners: tuple[Corner, ...]
    more: int


def plan_of(folder: str, version: str, unit: Unit) -> Plan:
    """Return what to fix first in a corpus.

    Args:
        folder: The corpus, which was assessed.
        version: The version of the definition that it was assessed against, or the folder of a profile.
        unit: What counts as one piece of effort.

    Raises:
        InputError: It is damaged, or was not assessed.
    """
    corpus, engine = Corpus.open(folder), DuckDB(_MEMORY)
    try:
        corpus.attach(engine)
        backlog = of_corpus(engine, corpus, definition(version), unit)
    finally:
        engine.close()
    priorities = Priorities(backlog, unit)
    return _shown(priorities.plan(priorities.corners(CORNERS)))


def _shown(plan: FrontierPlan) -> Plan:
    corners = tuple(
        Corner(
            int(point.effort),
            int(point.freed),
            float(point.share),
            tuple(map(_piece, point.fixes[:FIXES])),
            max(0, len(point.fixes) - FIXES),
        )
        for point in plan.points
    )
    return Plan(plan.unit, plan.asked, plan.blocked, plan.blockers, corners, plan.corners - len(corners))


def _piece(fix: Fix) -> Piece:
    return Piece(
        fix.node,
        fix.label,
        fix.what,
        fix.kind,
        int(fix.cost),
        fix.releases,
        {str(kind): number for kind, number in fix.counted.items()},
    )


def read_plan(text: bytes) -> Plan:
    """Return a plan that was written."""
    found: dict[str, Any] = json.loads(text)
    corners = (
        Corner(**{**corner, "pieces": tuple(Piece(**piece) for piece in corner["pieces"])})
        for corner in found.pop("corners")
    )
    return Plan(**found, corners=tuple(corners))


def main(arguments: Sequence[str], answers: IO[str], said: IO[str]) -> int:
    """Write the plan for a corpus, a version and a unit, or what is wrong; return the exit code."""
    folder, version, unit = arguments
    try:
        found = plan_of(folder, version, "node" if unit == "node" else "statement")
    except OsaidError as error:
        said.write(f"error: {error}\nhelp: {error.hint}\n")
        return error.exit_code
    answers.write(json.dumps(plain(found)))
    return 0
