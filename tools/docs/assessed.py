"""The shipped releases, each assessed once: by the rules alone, and with reviewers' judgements where there are any."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from osaid_graph.assessment.assess import assess, prepare
from osaid_graph.assessment.subject import choose
from osaid_graph.graph.load import load
from osaid_graph.lineage.scope import scope
from osaid_graph.model import Assessment, Requirement
from osaid_graph.writers.picture import Picture, lineage_picture

DATA = Path(__file__).resolve().parents[2] / "data"
#: The day the pages are true for, so that they are the same whenever they are written.
DAY = datetime.date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Assessed:
    """A release of ``data/releases/``: its file's stem, and what it comes to.

    ``reviewed`` is the assessment with the judgements of ``data/reviews/``, by the folder and file they are in.
    """

    name: str
    plain: Assessment
    reviewed: dict[str, Assessment]

    @property
    def label(self) -> str:
        """What the release is called."""
        return self.plain.subject_label


@cache
def releases() -> tuple[Assessed, ...]:
    """Assess every shipped release; those with the least that is not met come first."""
    found = [
        Assessed(
            file.stem,
            _assess(file),
            {str(review.relative_to(DATA.parent)): _assess(file, review) for review in _reviews(file.stem)},
        )
        for file in sorted((DATA / "releases").glob("*.yaml"))
    ]
    return tuple(sorted(found, key=_openness))


def _openness(release: Assessed) -> tuple[int, int, str]:
    summary = release.plain.summary
    return summary["not-met"], summary["not-evidenced"], release.name


def picture(name: str) -> Picture:
    """Return the picture of what a shipped release was built from."""
    graph = prepare(load([str(DATA / "releases" / f"{name}.yaml")]))
    (assessment,) = [release.plain for release in releases() if release.name == name]
    return lineage_picture(graph, scope(graph, choose(graph, None)), assessment)


def asked(assessment: Assessment) -> list[Requirement]:
    """Return the requirements that ask for something, clause by clause: permissions, notes and definitions do not."""
    found = [r for r in assessment.definition.requirements.values() if r.binding or r.strength == "example"]
    clauses = list(dict.fromkeys(requirement.clause for requirement in found))
    return sorted(found, key=lambda requirement: clauses.index(requirement.clause))


def outcomes(assessment: Assessment) -> dict[str, str]:
    """Return the outcome of every requirement that has one."""
    return {result.requirement.id: result.outcome for result in assessment.results}


def _reviews(name: str) -> Iterator[Path]:
    yield from sorted((DATA / "reviews").glob(f"*/{name}.yaml"))


def _assess(*files: Path) -> Assessment:
    return assess(load([str(file) for file in files]), today=DAY)
