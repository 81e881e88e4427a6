"""The release that a command looks at: what inputs describe together, or what a corpus holds of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from osaid_graph.corpus_folder import is_corpus
from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from osaid_graph.graph.dump import Progress
    from osaid_graph.graph.release import Release


def read_release(
    inputs: Sequence[str], format_name: str | None, subject: str | None, progress: Progress | None
) -> Release:
    """Return the release that inputs describe, or that a corpus holds.

    Args:
        inputs: As of :func:`osaid_graph.graph.load.load`; or a corpus alone.
        format_name: What to read inputs as.
        subject: What is looked at; of a corpus it has to be named.
        progress: Told how many bytes of how many have been read.

    Raises:
        InputError: An input cannot be read, or the corpus is damaged.
        NothingToAssessError: There is nothing to assess in it.
        UsageError: It is not clear what to look at, or a corpus stands beside other inputs.
    """
    from osaid_graph.graph.load import load

    corpus = corpus_among(inputs, format_name)
    if corpus is None:
        return load(inputs, format_name, subject=subject, progress=progress)
    from osaid_graph.corpus.extract import release_of
    from osaid_graph.corpus.open import Corpus

    opened = Corpus.open(corpus)
    if subject is None:
        hint = "name one with --subject; osaid-graph corpus assess DIR -F csv -o FILE lists them"
        raise UsageError(f"{corpus}: a corpus of many releases, of which none is named", hint)
    return release_of(opened, subject)


def corpus_among(inputs: Sequence[str], format_name: str | None = None) -> str | None:
    """Return the corpus that inputs name, which stands alone; None where there is none.

    Args:
        inputs: Names of files, folders and corpora.
        format_name: What to read inputs as.

    Raises:
        UsageError: A corpus stands beside others, or is to be read in a format.
    """
    corpora = [name for name in inputs if is_corpus(Path(name))]
    if not corpora:
        return None
    if len(inputs) > 1:
        hint = "add the others to the corpus with osaid-graph corpus build, or name them alone"
        raise UsageError(f"{corpora[0]}: a corpus beside other inputs", hint)
    if format_name is not None:
        raise UsageError(f"{corpora[0]}: a corpus is not read in a format", "leave --from out")
    return corpora[0]


def refuse_corpora(inputs: Sequence[str], why: str, hint: str) -> None:
    """Refuse corpora where only documents will do.

    Args:
        inputs: Names of files, folders and corpora.
        why: Why a corpus is not enough.
        hint: What to do instead.

    Raises:
        UsageError: One is a corpus.
    """
    for name in inputs:
        if is_corpus(Path(name)):
            raise UsageError(f"{name}: a corpus: {why}", hint)
