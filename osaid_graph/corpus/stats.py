"""A corpus in numbers: size, terms, depth of the lineage, and how far requirements are covered."""

from __future__ import annotations

from dataclasses import dataclass

from osaid_graph.corpus.assessed import newest
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.stats_graph import make_artefacts
from osaid_graph.corpus.stats_licences import LicenseMix, license_mixes
from osaid_graph.corpus.stats_lineage import LineageShape, lineage_shape
from osaid_graph.corpus.stats_size import Size, size
from osaid_graph.corpus.summary import Summary, summary
from osaid_graph.engines import Engine


@dataclass(frozen=True, slots=True)
class Stats:
    """A corpus in numbers.

    Attributes:
        corpus: Where it is, as named.
        size: How much it holds.
        licenses: The terms of ``models`` and ``datasets``.
        lineage: The shape of the lineage.
        assessment: The last assessment; None where there was none.
    """

    corpus: str
    size: Size
    licenses: dict[str, LicenseMix]
    lineage: LineageShape
    assessment: Summary | None


def stats(corpus: Corpus, engine: Engine) -> Stats:
    """Return a corpus in numbers; it is read once, and memory stays within that of the engine.

    Args:
        corpus: The corpus.
        engine: To which it is attached.

    Raises:
        InputError: A file of it is damaged.
    """
    last = newest(corpus)
    facts = make_artefacts(engine, corpus.seed)
    return Stats(
        corpus=str(corpus.folder),
        size=size(corpus, engine),
        licenses=license_mixes(engine, facts, last.facts["policy"] if last else None),
        lineage=lineage_shape(engine),
        assessment=summary(corpus, engine) if last else None,
    )
