"""What the commands about lineage read: all inputs as one lineage, with what is open at its artefacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

from osaid_graph.cli.waiting import telling_whom

if TYPE_CHECKING:
    from rdflib import Graph

    from osaid_graph.corpus.open import Corpus
    from osaid_graph.graph.dump import Progress
    from osaid_graph.graph.release import Release
    from osaid_graph.lineage.index import Lineage

#: Seconds to wait for another process that writes to a corpus, to which what is derived is added.
PATIENCE: Final = 600


@dataclass(frozen=True, slots=True)
class ReadLineage:
    """Inputs as a lineage.

    Attributes:
        release: What the inputs of one description each say.
        graph: The prepared graph of these.
        lineage: The lineage of all inputs.
        inputs: The name and the digest of each.
        of_many: Whether some of them hold many descriptions.
        corpus: The corpus, where that is what was named; ``release`` and ``graph`` are empty then.
    """

    release: Release
    graph: Graph
    lineage: Lineage
    inputs: tuple[tuple[str, str], ...]
    of_many: bool
    corpus: Corpus | None = None


def read_lineage(inputs: Iterable[str], format_name: str | None, progress: Progress | None) -> ReadLineage:
    """Read all inputs, those of many descriptions as a whole, or open the lineage of a corpus.

    Raises:
        InputError: An input is missing, too large, not recognised, or wrong; its ``source`` and ``line`` are set.
        NothingToAssessError: No model or dataset is described or referred to.
        UsageError: A corpus stands beside other inputs.
    """
    from osaid_graph.cli.release import corpus_among

    names = tuple(inputs)
    corpus = corpus_among(names, format_name)
    return _of_documents(names, format_name, progress) if corpus is None else _of_corpus(corpus, progress)


def _of_corpus(folder: str, progress: Progress | None) -> ReadLineage:
    from rdflib import Graph

    from osaid_graph.corpus.lineage_index import lineage_of_corpus
    from osaid_graph.corpus.open import Corpus
    from osaid_graph.errors import NothingToAssessError
    from osaid_graph.graph.release import Release

    corpus = Corpus.open(folder)
    with telling_whom():
        lineage = lineage_of_corpus(corpus, wait=PATIENCE, progress=progress)
    if not len(lineage):
        hint = "build it from descriptions of models or of data"
        raise NothingToAssessError("no lineage: neither models nor data are described", hint, source=folder)
    return ReadLineage(Release(), Graph(), lineage, ((folder, corpus.digest),), of_many=True, corpus=corpus)


def _of_documents(inputs: tuple[str, ...], format_name: str | None, progress: Progress | None) -> ReadLineage:
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


def from_option(function: Any) -> Any:
    """Add ``--from`` to a command; its value is called ``read_as``."""
    return click.option(
        "--from",
        "read_as",
        metavar="FORMAT",
        help="Read every input in this format instead of detecting it (check --help names them).",
    )(function)


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


def open_points(
    read: ReadLineage, kinds: str | None, progress: Progress | None = None
) -> tuple[dict[int, tuple[str, ...]], str]:
    """Return what is open at artefacts, and what that is in a clause, empty where nothing was looked for.

    Args:
        read: What was read.
        kinds: As of ``--gaps``.
        progress: Told how many releases of how many have been assessed.

    Raises:
        InputError: A release cannot be assessed.
        UsageError: There is no such kind of gap.
    """
    from osaid_graph.assessment.artifact_gaps import FINDINGS, kinds_of_gaps, open_gaps
    from osaid_graph.assessment.survey import survey
    from osaid_graph.errors import NothingToAssessError, UsageError

    words = kinds_of_gaps(kinds or "", of_many=read.of_many)
    if FINDINGS in words and read.corpus is not None:
        hint = "choose license,described; osaid-graph corpus assess writes the findings as a table"
        raise UsageError("the lineage of a corpus has no findings", hint)
    if FINDINGS not in words:
        return open_gaps(read.lineage, words, ()), f"open by {', '.join(words)}" if words else ""
    try:
        assessments = [each.assessment for each in survey(read.release, progress=progress)]
    except NothingToAssessError:
        return {}, ""
    first = assessments[0]
    criteria = f"gaps found by assessment against {first.definition.title}, terms policy {first.policy}"
    return open_gaps(read.lineage, words, assessments), criteria
