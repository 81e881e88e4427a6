"""What ``judge`` is told by options or answers, each checked before anything is read or written."""

from __future__ import annotations

import datetime
import difflib
import hashlib
import re
from pathlib import Path

from osaid_graph.cli.day import day_of
from osaid_graph.errors import InputError, UsageError
from osaid_graph.identity import checked_iri
from osaid_graph.model import Definition
from osaid_graph.writers.judgement import Draft, Evidence

# What an argument may hold but no text of a manifest: halves of characters (bytes that are no text), and NUL.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def draft_of(
    day: datetime.date,
    requirement: str | None,
    outcome: str | None,
    reason: str | None,
    by: str | None,
    affiliation: str | None,
    reviewer: str | None,
    independent: bool | None,
    evidence: tuple[Evidence, ...],
) -> Draft:
    """Return what the options say, each text checked; what they leave out is empty.

    Raises:
        UsageError: A text is empty or holds what no text holds, or the IRI of the reviewer is none.
    """
    return Draft(
        requirement=text_of(requirement, "--requirement"),
        outcome=outcome or "",
        reason=text_of(reason, "--reason"),
        by=text_of(by, "--by"),
        date=day.isoformat(),
        affiliation=text_of(affiliation, "--affiliation"),
        reviewer=iri_of(reviewer, "--id") if reviewer is not None else "",
        independent=independent,
        evidence=evidence,
    )


def missing(draft: Draft) -> list[str]:
    """Return the options that a judgement cannot do without and that are not given."""
    needed = {
        "--requirement": draft.requirement,
        "--outcome": draft.outcome,
        "--reason": draft.reason,
        "--by": draft.by,
    }
    return [option for option, value in needed.items() if not value]


def text_of(text: str | None, option: str) -> str:
    """Return a text with its white space as single spaces, empty for None.

    Raises:
        UsageError: It is given but empty, or holds a character that no text holds.
    """
    if text is None:
        return ""
    if _NO_TEXT.search(text):
        raise UsageError(f"{option} holds a character that no text holds", "write it in UTF-8")
    words = " ".join(text.split())
    if not words:
        raise UsageError(f"{option} is empty", "write at least a word")
    return words


def iri_of(text: str, option: str) -> str:
    """Return an absolute IRI.

    Raises:
        UsageError: It is none.
    """
    try:
        return checked_iri(text_of(text, option))
    except InputError as error:
        raise UsageError(f"{option}: {error.message}", error.hint) from None


def past_day(text: str | None, option: str) -> datetime.date:
    """Return the day an option names, today for None.

    Raises:
        UsageError: It is no date, or in the future.
    """
    day = day_of(text, option)
    if day > day_of(None):
        raise UsageError(f"{option} {day.isoformat()} is in the future", "write a day that has come")
    return day


def evidence_of(url: str, file: str | None, retrieved: datetime.date, what: str = "") -> Evidence:
    """Return a piece of evidence, with the SHA-256 of the file where one is given.

    Args:
        url: Where it was found.
        file: The copy that was read.
        retrieved: When it was retrieved.
        what: What to call it in a message, if not by the option.

    Raises:
        UsageError: The IRI is none, or the file cannot be read.
    """
    option = what or ("--evidence" if file is None else "--evidence-file")
    iri, digest = iri_of(url, option), ""
    if file is not None:
        try:
            with Path(file).open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "no file can have that name"
            raise UsageError(f"{option} {file}: cannot be read: {why}", "name the copy of the evidence") from None
    return Evidence(iri, retrieved.isoformat(), digest)


def judgeable(definition: Definition, id_: str) -> str:
    """Return the id of a requirement that can be judged.

    Raises:
        UsageError: There is no such requirement in the version (the nearest is named), or it asks for nothing.
    """
    requirement = definition.requirements.get(id_)
    if requirement is None:
        near = difflib.get_close_matches(id_, definition.requirements, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise UsageError(f"no requirement {id_!r} in {definition.id}", f"{hint}osaid-graph explain lists them")
    if not requirement.asks_for_something:
        raise UsageError(f"{id_!r} asks for nothing, so it cannot be judged", "osaid-graph explain lists them")
    return id_
