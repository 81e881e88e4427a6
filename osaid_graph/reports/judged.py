"""Judgements in words: as much as the other formats say of them."""

from __future__ import annotations

from collections.abc import Iterator

from osaid_graph.model import Evidence, Judgement

#: Digits of a digest shown in text: enough to tell copies apart; JSON and Turtle give it whole.
_DIGITS = 12


def words(judgement: Judgement, *, verbose: bool) -> str:
    """Return a judgement in words; of one that is not counted only who and when, and why not, unless ``verbose``."""
    ignored = "" if judgement.counted else f" [not counted: {judgement.ignored_because}]"
    if not judgement.counted and not verbose:
        return f"{judgement.by}, {judgement.date}{ignored}"
    return f"{judgement.reason} ({_who(judgement)}, {judgement.date}){ignored}"


def evidence(judgement: Judgement, *, verbose: bool) -> Iterator[str]:
    """Yield what a judgement rests on, a line each; unless ``verbose``, nothing of one that is not counted."""
    if judgement.counted or verbose:
        yield from (f"{document.url}{_known(document)}" for document in judgement.evidence)


def _who(judgement: Judgement) -> str:
    author = f" <{judgement.id_of_author}>" if judgement.id_of_author else ""
    affiliation = f", {judgement.affiliation}" if judgement.affiliation else ""
    standing = {True: ", independent", False: ", not independent", None: ""}[judgement.independent]
    return f"{judgement.by}{author}{affiliation}{standing}"


def _known(evidence: Evidence) -> str:
    """Return what is known of a document in brackets, or nothing."""
    digest = evidence.sha256 if len(evidence.sha256) <= _DIGITS else f"{evidence.sha256[:_DIGITS]}..."
    known = [f"{word} {value}" for word, value in (("retrieved", evidence.retrieved), ("sha256", digest)) if value]
    return f" ({', '.join(known)})" if known else ""
