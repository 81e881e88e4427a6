"""What is served: a corpus as it stands when the server starts, with what is derived from it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from osaid_graph.corpus.assessed import newest
from osaid_graph.corpus.lineage_index import lineage_of_corpus
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.reports import as_assessed
from osaid_graph.corpus.sparql_index import folder_of, index_of
from osaid_graph.errors import UsageError
from osaid_graph.graph.dump import Progress
from osaid_graph.identity import short
from osaid_graph.lineage.index import Lineage
from osaid_graph.server.found import Found, Releases
from osaid_graph.server.kin import Relatives
from osaid_graph.server.matrix import Matrix
from osaid_graph.server.nodes import Nodes
from osaid_graph.server.tables import Tables
from osaid_graph.validation.definition import definition

#: Nodes among which the nearest to a name that is not there is looked for.
_SEARCHED: Final = 20_000


class Site:
    """A corpus with its index. Who writes to the corpus meanwhile changes nothing of what is served.

    What is worked out from the corpus on disk is of this state, or of none (:meth:`stands`); and files that do not
    belong to the corpus any more are gone when yet another has written to it. What is read from them then is an error.

    Attributes:
        corpus: The corpus.
        store: The folder of its index for SPARQL (:mod:`osaid_graph.query.on_disk`).
        version: The version of the definition that it was assessed against, or the folder of a profile.
        definition: What that says.
        tables: What was found in it.
        matrix: The matrix of that.
        releases: What was found on each release.
        nodes: What is said of each node.
        lineage: The lineage of all of them.
        relatives: What each was made from, and what was made from it.
    """

    def __init__(self, corpus: Corpus, store: Path, lineage: Lineage, version: str | None = None) -> None:
        self.corpus, self.store = corpus, store
        self.tables = Tables(corpus)
        self.version: str = version or self.tables.part.facts["definition"]
        self.definition = definition(self.version)
        self.matrix = Matrix(self.tables, self.definition)
        self.nodes = Nodes(store)
        self.releases = Releases(self.tables, self.definition, self.nodes, corpus.seed)
        self.lineage = lineage
        self.relatives = Relatives(lineage, self.tables, self.nodes, self.definition, corpus.seed)

    def release(self, text: str) -> str:
        """Return the IRI of the release that a person may mean by it, a Hub id or a title; what was given if none."""
        if not text or self.releases.has(text):
            return text
        number = self.lineage.named(text)
        return text if number is None else self.lineage.iri(number)

    def called(self, iri: str) -> str:
        """Return what a node is called in a list."""
        return short(iri)

    def stands(self) -> bool:
        """Tell whether the corpus on disk is what is served: its statements, and its last assessment.

        Raises:
            InputError: It is not there any more.
        """
        now = Corpus.open(self.corpus.folder, kinds=())
        return now.generation == self.corpus.generation and newest(now) == self.tables.part

    def found(self, text: str) -> Found:
        """Return what was found on the release that a person means; see :meth:`release`.

        Raises:
            UsageError: None of that name was assessed, or several could be meant.
        """
        found = self.releases.found(self.release(text))
        if found is None:
            raise self.no_release(text)
        return found

    def no_release(self, text: str) -> UsageError:
        """Return the error of a text that no release is called."""
        return self._unknown(text, "no release of this name was assessed")

    def no_node(self, text: str) -> UsageError:
        """Return the error of a text that no node of the lineage is called, or several are."""
        return self._unknown(text, "no node of this name")

    def _unknown(self, text: str, message: str) -> UsageError:
        """Return an error that names the nearest, where a search for it takes no time that anybody could abuse."""
        hint = "write a Hub id, a title or an IRI"
        if text.strip() and len(self.lineage.columns.iris) <= _SEARCHED:
            try:
                self.lineage.find(text)
            except UsageError as error:
                hint = error.hint or hint
        return UsageError(message, hint)

    def close(self) -> None:
        """Let go of what it has open."""
        self.tables.close()

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
            terms: The id of a terms policy; None for that of its last assessment.
            version: The version of the definition, or the folder of a profile; None for that of its last assessment.
            wait: Seconds to wait for another that writes to the corpus.
            progress: Told how much of how much of the index is made.

        Raises:
            InputError: The corpus is damaged or held by another writer, or the disk is full.
            UsageError: There is no such policy or version, or it was assessed by another one.
        """
        if newest(corpus) is not None:
            found, terms = as_assessed(corpus, terms, version)
            version = version or found.id
        part = index_of(corpus, terms, version, wait=wait, progress=progress)
        lineage = lineage_of_corpus(corpus, wait=wait)
        return cls(corpus, folder_of(corpus, part), lineage, version)
