"""Assessments of all that is described, for queries about what was found."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from osaid_graph.assessment.survey import survey
from osaid_graph.graph.release import Release
from osaid_graph.model import Assessment
from osaid_graph.validation.definition import DEFAULT_VERSION


def assessments(
    release: Release,
    *,
    terms: str | None = None,
    version: str | None = None,
    today: datetime.date | None = None,
) -> Iterator[Assessment]:
    """Yield the assessment of every system, model or parameters that no other consists of or derives from.

    Args:
        release: What the descriptions say.
        terms: The id of a terms policy; None for that of the version.
        version: The id of a version of the definition, or the folder of a profile; None for the default one.
        today: The day of the assessments; the current day if None.

    Raises:
        NothingToAssessError: No system, model or parameters is described.
        UsageError: No such policy or version.
        InputError: As of :func:`~osaid_graph.assessment.assess.examine`.
    """
    for examination in survey(release, terms=terms, version=version or DEFAULT_VERSION, today=today):
        yield examination.assessment
