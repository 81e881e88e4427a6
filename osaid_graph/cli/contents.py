"""What a release holds where it holds nothing to assess."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rdflib import RDF, SH

from osaid_graph.errors import NothingToAssessError
from osaid_graph.graph.release import Release
from osaid_graph.vocab import OSAID

_JUDGEMENTS = "name the description of what they judge as well"
_DATASETS = "name the description of what was trained on them as well, or add it: see docs/manifest.md"

_SILENT = "name a description of the model as well; if this describes one, see docs/manifest.md"


@contextmanager
def telling_contents(release: Release) -> Iterator[None]:
    """Say what a release holds, and what is missing, where nothing in it can be assessed.

    Raises:
        NothingToAssessError: As raised inside, with the words for what the release holds.
    """
    try:
        yield
    except NothingToAssessError:
        found, hint = _contents(release)
        source = release.sources[0].name if len(release.sources) == 1 else ""
        raise NothingToAssessError(f"nothing to assess: {found}", hint, source=source) from None


def _contents(release: Release) -> tuple[str, str]:
    """Return what a release without a subject holds, and what to do about it."""
    if (None, RDF.type, SH.ValidationReport) in release.graph:
        return "a report, no description of a release", "name the descriptions that it was made from"
    judgements = (None, RDF.type, OSAID.Judgement) in release.graph
    if (None, RDF.type, OSAID.Dataset) in release.graph:
        return f"datasets{' and judgements' if judgements else ''} alone, no AI system, model or parameters", _DATASETS
    if judgements:
        return "judgements alone", _JUDGEMENTS
    if (None, RDF.type, OSAID.Code) in release.graph:
        return "code alone, no AI system, model or parameters", _SILENT
    return "no AI system, model, parameters or dataset is described", _SILENT
