"""What the commands about lineage read: all inputs as one lineage, with what is open at its artefacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from osaid_graph.graph.dump import Progress
    from osaid_graph.graph.release import Release
    from osaid_graph.lineage.index import Lineage


@dataclass(frozen=True, slots=True)
class ReadLineage:
    """Inputs as a lineage.

    Attributes:
        release: What the inputs of one description each say.
        lineage: The lineage of all inputs.
        inputs: The name and the digest of each.
    """

    release: Release
    lineage: Lineage
    inputs: tuple[tuple[str, str], ...]


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
    lineage = lineage_of(prepare(release), release, dumps, progress)
    read = [(source.name, source.sha256) for source in release.sources] + [(dump.name, dump.digest) for dump in dumps]
    if not len(lineage):
        source = read[0][0] if len(read) == 1 else ""
        hint = "name a description of a model or of data; osaid-graph check tells what an input holds"
        raise NothingToAssessError("no lineage: neither models nor data are described", hint, source=source)
    return ReadLineage(release, lineage, tuple(read))
