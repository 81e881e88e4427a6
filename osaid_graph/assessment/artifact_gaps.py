"""The gaps that assessments found, each at the artefact of the lineage that it is a gap of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from osaid_graph.errors import UsageError
from osaid_graph.lineage.gaps import gaps
from osaid_graph.lineage.index import Lineage
from osaid_graph.model import Assessment, Finding

#: Kinds of gaps beside the names of criteria (:data:`osaid_graph.lineage.gaps.CRITERIA`).
FINDINGS: Final = "findings"
NONE: Final = "none"


def kinds_of_gaps(text: str, *, of_many: bool) -> tuple[str, ...]:
    """Return the kinds of gaps that a text names with commas; none for ``none``.

    Args:
        text: ``findings``, ``none`` or names of criteria; if empty, what fits the inputs.
        of_many: Whether some of these hold many descriptions, of which no release is assessed.

    Raises:
        UsageError: ``findings`` or ``none`` stands beside others.
    """
    words = tuple(word.strip() for word in (text or ("license,described" if of_many else FINDINGS)).split(","))
    if len(words) > 1 and not {FINDINGS, NONE}.isdisjoint(words):
        raise UsageError(f"gaps {text}: findings and none stand alone", "choose the one or the other")
    return () if words == (NONE,) else words


def open_gaps(lineage: Lineage, kinds: Sequence[str], assessments: Iterable[Assessment]) -> dict[int, tuple[str, ...]]:
    """Return what is open at artefacts by some kinds of gaps.

    Args:
        lineage: Where to look.
        kinds: As :func:`kinds_of_gaps` gives them.
        assessments: What was found, looked at where the findings are asked for.

    Raises:
        UsageError: There is no such criterion.
    """
    if FINDINGS in kinds:
        return found_gaps(lineage, assessments)
    return gaps(lineage, kinds)


def found_gaps(lineage: Lineage, assessments: Iterable[Assessment]) -> dict[int, tuple[str, ...]]:
    """Return for each artefact with gaps the requirements that are open at it, in the order of the definition.

    Gaps are findings that bind: what is not met or not evidenced. One of code, of a document or of a statement that
    says nothing belongs to the artefact that the trace leads through last.

    Args:
        lineage: What the same descriptions give.
        assessments: What was found of their subjects.
    """
    found: dict[int, dict[str, int]] = {}
    for assessment in assessments:
        order = {id_: number for number, id_ in enumerate(assessment.definition.requirements)}
        for result in assessment.results:
            for finding in result.findings if result.requirement.binding else ():
                if finding.outcome in ("not-met", "not-evidenced"):
                    number = artifact_of(lineage, finding)
                    found.setdefault(number, {})[finding.requirement] = order[finding.requirement]
    return {number: tuple(sorted(ids, key=ids.__getitem__)) for number, ids in sorted(found.items())}


def artifact_of(lineage: Lineage, finding: Finding) -> int:
    """Return the artefact that a finding is about.

    Raises:
        KeyError: Its trace leads through none, so that the lineage is not that of what was assessed.
    """
    return next(lineage.numbers[step.node] for step in reversed(finding.trace) if step.node in lineage.numbers)
