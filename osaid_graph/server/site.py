"""What is served: a corpus as it stands when the server starts, with what is derived from it."""

from __future__ import annotations

from pathlib import Path

from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.sparql_index import folder_of, index_of
from osaid_graph.graph.dump import Progress


class Site:
    """A corpus with its index. Who writes to the corpus meanwhile changes nothing of what is served.

    Attributes:
        corpus: The corpus.
        store: The folder of its index for SPARQL (:mod:`osaid_graph.query.on_disk`).
    """

    def __init__(self, corpus: Corpus, store: Path) -> None:
        self.corpus, self.store = corpus, store

    @classmethod
    def of(
        cls,
        corpus: Corpus,
        terms: str | None = None,
        version: str | None = None,
        *,
        wait: float = 0,
        progress: Progress | None = None,
    ) -> Site:
        """Return a corpus with its index, which is made where there is none.

        Args:
            corpus: The corpus.
            terms: The id of a terms policy; None for the default one.
            version: The version of the definition, or the folder of a profile.
            wait: Seconds to wait for another that writes to the corpus.
            progress: Told how much of how much of the index is made.

        Raises:
            InputError: The corpus is damaged or held by another writer, or the disk is full.
            UsageError: There is no such policy or version.
        """
        part = index_of(corpus, terms, version, wait=wait, progress=progress)
        return cls(corpus, folder_of(corpus, part))
