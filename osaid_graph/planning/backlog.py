"""What stands in the way of many releases, told by the lineage of a dump or by assessments."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from osaid_graph.assessment.assess import Examination
from osaid_graph.lineage.blockers import blockers, releases_of
from osaid_graph.lineage.gaps import gaps
from osaid_graph.lineage.index import Lineage
from osaid_graph.planning.gaps import gaps_of, hardest
from osaid_graph.plans import Gap, Kind, Unit

#: What counts as a gap where releases were assessed.
FINDINGS: Final = ("findings",)


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of effort.

    Attributes:
        node: What it is about.
        label: What that is called.
        what: What is to be done.
        kind: Of what kind that is; of several kinds the hardest.
        requirements: The requirements that wait for it.
        kinds: Of one that stands for several pieces, how many of them are of which kind, the easiest first.
    """

    node: str
    label: str
    what: str
    kind: Kind
    requirements: tuple[str, ...] = ()
    kinds: tuple[tuple[Kind, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Backlog:
    """Releases and the pieces of effort that each waits for.

    Attributes:
        gaps: What counts as a gap: the criteria that are not met, or ``findings``.
        asked: How many releases were looked at.
        waiting: For each release that waits, what for.
        task: What each piece of effort is.
        label: What a release is called.
        node: Its IRI, or ``_:label``.
        others: Kinds of effort that a release needs beside those that count.
        sizes: Of how many pieces those consist that stand for more than one, and what they cost, if not told otherwise.
    """

    gaps: tuple[str, ...]
    asked: int
    waiting: Mapping[Hashable, tuple[Hashable, ...]]
    task: Callable[[Any], Task]
    label: Callable[[Any], str]
    node: Callable[[Any], str]
    others: Mapping[Hashable, tuple[Kind, ...]] = field(default_factory=dict)
    sizes: Mapping[Hashable, int] = field(default_factory=dict)


def of_lineage(lineage: Lineage, criteria: Iterable[str]) -> Backlog:
    """Return what the releases of a lineage wait for: artefacts that do not meet some criteria, at any distance above.

    Raises:
        UsageError: There is no such criterion.
    """
    asked = tuple(criteria)
    lacking = gaps(lineage, asked)

    def task(number: int) -> Task:
        return Task(lineage.iri(number), lineage.label(number), ", ".join(lacking[number]), "documentation")

    releases = releases_of(lineage)
    found: dict[Any, tuple[Hashable, ...]] = {**blockers(lineage, lacking, releases)}
    return Backlog(asked, len(releases), found, task, lineage.label, lineage.iri)


def of_assessments(examinations: Iterable[Examination], unit: Unit, only: Iterable[Kind] = ()) -> Backlog:
    """Return what assessed releases wait for: the gaps that a machine can decide.

    Args:
        examinations: The assessments.
        unit: What counts as one piece of effort.
        only: The kinds of effort that count; all if empty. What a release needs of another kind bars it.
    """
    wanted = set(only)
    gathered: dict[Hashable, list[Gap]] = {}
    waiting: dict[Hashable, tuple[Hashable, ...]] = {}
    others: dict[Hashable, tuple[Kind, ...]] = {}
    labels: dict[Hashable, str] = {}
    for each in examinations:
        release = each.assessment.subject
        labels[release] = each.assessment.subject_label
        found = gaps_of(each)
        beside = dict.fromkeys(gap.kind for gap in found if wanted and gap.kind not in wanted)
        if beside:
            others[release] = tuple(beside)
        for gap in found:
            gathered.setdefault(_key(gap, unit), []).append(gap)
        if found:
            waiting[release] = tuple(dict.fromkeys(_key(gap, unit) for gap in found))

    def task(key: Hashable) -> Task:
        of = gathered[key]
        what = ", ".join(dict.fromkeys(gap.what or gap.requirements[0] for gap in of))
        requirements = tuple(dict.fromkeys(id_ for gap in of for id_ in gap.requirements))
        return Task(of[0].node, of[0].label, what, hardest(gap.kind for gap in of), requirements)

    return Backlog(FINDINGS, len(labels), waiting, task, lambda release: labels[release], str, others)


def _key(gap: Gap, unit: Unit) -> Hashable:
    if unit == "node":
        return gap.node
    return gap.node, gap.predicate, gap.role, gap.requirements if not gap.predicate else ()
