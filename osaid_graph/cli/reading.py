"""What the commands about lineage read: all inputs as one lineage, with what is open at its artefacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from rdflib import Graph

    from osaid_graph.graph.dump import Progress
    from osaid_graph.graph.release import Release
    from osaid_graph.lineage.index import Lineage

#: What ``--gaps`` takes beside the names of criteria.
FINDINGS: Final = "findings"
NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class ReadLineage:
    """Inputs as a lineage.

    Attributes:
        release: What the inputs of one description each say.
        graph: The prepared graph of these.
        lineage: The lineage of all inputs.
        inputs: The name and the digest of each.
        of_many: Whether some of them hold many descriptions.
    """

    release: Release
    graph: Graph
    lineage: Lineage
    inputs: tuple[tuple[str, str], ...]
    of_many: bool

    @property
    def default_gaps(self) -> str:
        """What is marked as open where nobody says."""
        return "license,described" if self.of_many else FINDINGS


def read_lineage(inputs: Iterable[str], format_name: str | None, progress: Progress | None) -> ReadLineage:
    """Read all inputs, those of many descriptions as a whole.

    Raises:
        InputError: An input is missing, too large, not recognised, or wrong; its ``source`` and ``line`` are set.
        NothingToAssessError: No model or dataset is described or referred to.
    """
    from osaid_graph.assessment.assess import prepare
    from osaid_graph.errors import NothingToAssessError
    from osaid_graph.graph.load import load_apart
    from osaid_graph.lineage.artifacts import lineage_of

    release, dumps = load_apart(inputs, format_name)
    graph = prepare(release)
    lineage = lineage_of(graph, release, dumps, progress)
    read = [(source.name, source.sha256) for source in release.sources] + [(dump.name, dump.digest) for dump in dumps]
    if not len(lineage):
        source = read[0][0] if len(read) == 1 else ""
        hint = "name a description of a model or of data; osaid-graph check tells what an input holds"
        raise NothingToAssessError("no lineage: neither models nor data are described", hint, source=source)
    return ReadLineage(release, graph, lineage, tuple(read), bool(dumps))


def gaps_option(function: Any) -> Any:
    """Add ``--gaps`` to a command."""
    return click.option(
        "--gaps",
        "gaps",
        metavar="KIND,...",
        help="What to mark as open: findings, what an assessment of all releases finds; or license, described, issued "
        "or withdrawn, what the statements themselves leave out; or none (default: findings; for lists of the Hub, "
        "license,described).",
    )(function)


def open_points(read: ReadLineage, kinds: str | None) -> tuple[dict[int, tuple[str, ...]], str]:
    """Return what is open at artefacts, and what that is in a clause, empty where nothing was looked for.

    Args:
        read: What was read.
        kinds: As of ``--gaps``.

    Raises:
        InputError: A release cannot be assessed.
        UsageError: There is no such kind of gap.
    """
    from osaid_graph.assessment.artifact_gaps import found_gaps
    from osaid_graph.assessment.survey import survey
    from osaid_graph.errors import NothingToAssessError, UsageError
    from osaid_graph.lineage.gaps import gaps

    words = [word.strip() for word in (kinds or read.default_gaps).split(",")]
    if words == [NONE]:
        return {}, ""
    if words != [FINDINGS]:
        if FINDINGS in words or NONE in words:
            raise UsageError(f"--gaps {kinds}: findings and none stand alone", "choose the one or the other")
        return gaps(read.lineage, words), f"open by {', '.join(words)}"
    try:
        assessments = [each.assessment for each in survey(read.release)]
    except NothingToAssessError:
        return {}, ""
    first = assessments[0]
    criteria = f"gaps found by assessment against {first.definition.title}, terms policy {first.policy}"
    return found_gaps(read.lineage, assessments), criteria
