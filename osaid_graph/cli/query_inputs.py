"""What ``osaid-graph query`` asks: inputs that are read into a store, or a corpus with its index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from osaid_graph.cli.day import day_of
from osaid_graph.cli.progress import reading_progress
from osaid_graph.cli.reading import PATIENCE
from osaid_graph.cli.release import corpus_among
from osaid_graph.cli.waiting import telling_whom
from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from osaid_graph.assessment.assess import Examination
    from osaid_graph.lineage.index import Lineage
    from osaid_graph.query.library import NamedQuery
    from osaid_graph.query.parameters import Finder
    from osaid_graph.query.store import Entailment

#: Options that say how documents are read, which those of a corpus have been.
_OF_DOCUMENTS = {"entail": "--entail", "subject": "--subject", "date": "--date"}


@dataclass(slots=True)
class Inputs:
    """What is read and what is made of it, as the options say.

    Attributes:
        corpus: The corpus, if one is asked: named by its option, or the one input.
    """

    names: tuple[str, ...]
    read_as: str | None
    subject: str | None
    entail: Entailment
    terms: str | None
    version: str | None
    with_findings: bool
    date: str | None
    quiet: bool
    corpus: str | None

    def find_corpus(self, context: click.Context) -> None:
        """Find out whether a corpus is asked.

        Raises:
            UsageError: It stands beside inputs, or an option is not for a corpus.
        """
        if self.corpus is not None and self.names:
            raise UsageError(f"both --corpus and the INPUT {self.names[0]!r}", "give one")
        if self.corpus is not None:
            self.names = (self.corpus,)
        else:
            self.corpus = corpus_among(self.names, self.read_as)
        if self.corpus is None:
            return
        for name, option in _OF_DOCUMENTS.items():
            if context.get_parameter_source(name) not in (ParameterSource.DEFAULT, None):
                raise UsageError(f"{option} is for documents, not for a corpus", "leave it out")

    def opened(self, query: NamedQuery | None = None) -> tuple[ox.Store, Callable[[], Finder]]:
        """Return what can be asked, and what gives the names of the nodes in it.

        Args:
            query: What will be asked, which may need what an assessment finds, option or not; None for all there is.
        """
        with_findings = self.with_findings or (query is not None and query.needs_findings)
        if self.corpus is not None:
            return self._of_corpus(self.corpus, with_findings, query is not None and query.names_findings)
        from osaid_graph.query.store import names

        store = self._of_documents(with_findings=with_findings)
        return store, lambda: names(store)

    def _of_corpus(
        self, folder: str, with_findings: bool, names_findings: bool
    ) -> tuple[ox.Store, Callable[[], Finder]]:
        from osaid_graph.corpus.lineage_index import lineage_of_corpus
        from osaid_graph.corpus.open import Corpus
        from osaid_graph.corpus.sparql_index import folder_of, has_findings, index_of, without_findings
        from osaid_graph.query.on_disk import StoredNames, open_read_only

        corpus = Corpus.open(folder)
        with telling_whom(), reading_progress(self.quiet, "making the index") as progress:
            part = index_of(corpus, self.terms, self.version, wait=PATIENCE, progress=progress)
        if (with_findings or names_findings) and not has_findings(part):
            why, hint = without_findings(corpus, part, self.version)
            if with_findings:
                raise UsageError(f"{folder}: no findings to ask about: {why}", hint)
            click.echo(f"note: the query names findings, and there are none in {folder}: {why}", err=True)
            click.echo(f"help: {hint}", err=True)
        store = open_read_only(folder_of(corpus, part))

        def lineage() -> Lineage:
            with telling_whom(), reading_progress(self.quiet, "deriving the lineage") as progress:
                return lineage_of_corpus(corpus, wait=PATIENCE, progress=progress)

        return store, lambda: StoredNames(store, lineage)

    def _of_documents(self, *, with_findings: bool) -> ox.Store:
        """Read documents, assess what they describe where findings are asked for, and make a store of it."""
        from osaid_graph.assessment.survey import survey
        from osaid_graph.graph.dump import read_dumps
        from osaid_graph.graph.load import load_apart
        from osaid_graph.query.store import build
        from osaid_graph.validation.definition import DEFAULT_VERSION

        with reading_progress(self.quiet) as progress:
            release, dumps = load_apart(self.names, self.read_as)
            if self.subject is not None and dumps:
                read_dumps(dumps, release, self.subject, progress)
                dumps = []
            if dumps and with_findings:
                hint = "name one of them with --subject ORG/NAME: it is read with all that it was made from"
                raise UsageError("many descriptions are not assessed at once", hint, source=dumps[0].name)
        asked, today = self.version or DEFAULT_VERSION, day_of(self.date)
        found: tuple[Examination, ...] = ()
        if with_findings:
            with reading_progress(self.quiet, "assessing") as progress:
                found = survey(release, terms=self.terms, version=asked, today=today, progress=progress)
        with reading_progress(self.quiet) as progress:
            return build(
                release,
                dumps,
                entailment=self.entail,
                terms=self.terms,
                version=self.version,
                assessments=[each.assessment for each in found],
                progress=progress,
            )
