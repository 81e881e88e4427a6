"""Assessments of all that is described, for queries about what was found."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from rdflib import URIRef

from osaid_graph.assessment.assess import assess, prepare
from osaid_graph.assessment.subject import outermost
from osaid_graph.errors import UsageError
from osaid_graph.graph.release import Release
from osaid_graph.model import Assessment
from osaid_graph.validation.definition import DEFAULT_VERSION


def assessments(
    release: Release,
    *,
    terms: str | None = None,
    version: str | None = None,
    today: datetime.date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Assessment]:
    """Yield the assessment of every system, model or parameters that no other consists of or derives from.

    Args:
        release: What the descriptions say.
        terms: The id of a terms policy; None for that of the version.
        version: The id of a version of the definition, or the folder of a profile; None for the default one.
        today: The day of the assessments; the current day if None.
        progress: Told how many of how many are done.

    Raises:
        NothingToAssessError: No system, model or parameters is described.
        UsageError: No such policy or version; or one of several has no IRI by which to tell it from the others.
        InputError: As of :func:`~osaid_graph.assessment.assess.examine`.
    """
    found = outermost(prepare(release))
    for number, node in enumerate(found):
        if progress is not None:
            progress(number, len(found))
        if not isinstance(node, URIRef) and len(found) > 1:
            hint = "give each system, model and parameters an IRI, or leave the assessment out"
            raise UsageError(f"{len(found)} nodes to assess, one of them without an IRI", hint)
        subject = str(node) if isinstance(node, URIRef) else None
        yield assess(release, subject=subject, terms=terms, version=version or DEFAULT_VERSION, today=today)
