"""The questions ``judge`` asks on a terminal, with what a reviewer needs to answer them."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import click

from osaid_graph.assessment.judgements import JUDGEABLE
from osaid_graph.cli.judgement_options import evidence_of, judgeable, text_of
from osaid_graph.cli.recording import Recording
from osaid_graph.errors import UsageError, printable
from osaid_graph.model import Assessment, Finding, Judgement, Requirement, RequirementResult
from osaid_graph.reports import RenderOptions, render
from osaid_graph.writers.judgement import Draft, Evidence

_WIDTH = 100
#: Findings of a requirement shown before the rest is counted.
_SHOWN = 8
_T = TypeVar("_T")


def ask(recording: Recording, draft: Draft, retrieved: datetime.date) -> Draft:
    """Return the judgement with what was missing asked for, a step at a time; wrong answers are asked for again.

    Raises:
        click.Abort: The reviewer left, by the end of the input or an interrupt.
        UsageError: The requirement given as an option cannot be judged.
    """
    assessment = recording.before
    if not draft.requirement:
        _say(render(assessment, "text", RenderOptions(quiet=True)).rstrip("\n"))
        draft = replace(draft, requirement=_ask_requirement(assessment))
    id_ = judgeable(assessment.definition, draft.requirement)
    _show(
        assessment.definition.requirements[id_], next((r for r in assessment.results if r.requirement.id == id_), None)
    )
    if not draft.outcome:
        choice = click.Choice(JUDGEABLE)
        draft = replace(draft, outcome=click.prompt("What do you find", type=choice, err=True))
    if not draft.reason:
        draft = replace(draft, reason=_ask_text("Why", "the reason"))
    if not draft.evidence:
        draft = replace(draft, evidence=_ask_evidence(retrieved))
    asked_who = not draft.by
    if asked_who:
        draft = replace(draft, by=_ask_text("Your name", "the name"))
    if asked_who and not draft.affiliation:
        draft = replace(draft, affiliation=_ask_text("Your affiliation (may be empty)", "the affiliation", empty=True))
    if draft.independent is None:
        free = click.confirm("Are you independent of the producer", default=None, err=True)
        draft = replace(draft, independent=free)
    return draft


def _ask_requirement(assessment: Assessment) -> str:
    """List what is open, the questions for a person first, and return the id of the requirement chosen."""
    open_ = [
        result.requirement
        for outcome in ("needs-judgement", "not-evidenced")
        for result in assessment.results
        if result.outcome == outcome and result.requirement.asks_for_something
    ]
    outcomes = {result.requirement.id: result.outcome for result in assessment.results}
    width = max((len(requirement.id) for requirement in open_), default=0)
    _say("")
    for number, requirement in enumerate(open_, 1):
        standing = f"{requirement.strength:<12}  {outcomes[requirement.id]:<15}"
        _say(f"{number:4}  {requirement.id:<{width}}  {standing}  {requirement.label}")

    def chosen(answer: str) -> str:
        if answer.isascii() and answer.isdigit():
            if not 1 <= int(answer) <= len(open_):
                raise UsageError(f"no number {answer}", f"1 to {len(open_)}, or the id of a requirement")
            return open_[int(answer) - 1].id
        return judgeable(assessment.definition, answer)

    return _ask("Which requirement (number or id)", chosen)


def _show(requirement: Requirement, result: RequirementResult | None) -> None:
    """Show the words of a requirement, what is checked, what the rules found and what others judged."""
    _say(f"\n{requirement.id} ({requirement.strength}): {requirement.label}")
    _wrapped(f"“{requirement.quote}”")
    for heading, text in (
        ("What is checked", requirement.definition),
        ("Decision where the text is open", requirement.decision),
    ):
        if text:
            _say(heading)
            _wrapped(text)
    if result is not None:
        found = (*result.findings, *result.bearing)
        _say(f"What the rules say: {result.machine_outcome}{f' ({result.because})' if result.because else ''}")
        for finding in found[:_SHOWN]:
            _wrapped(_found(finding))
        if len(found) > _SHOWN:
            _wrapped(f"and {len(found) - _SHOWN} more: osaid-graph check shows them")
    if result is not None and result.judgements:
        _say("Judgements recorded")
        for judgement in result.judgements:
            _wrapped(_judged(judgement))
    _say("")


def _found(finding: Finding) -> str:
    place = finding.location
    where = "" if place is None else f"{place.source}:{place.line}: " if place.line else f"{place.source}: "
    return f"{where}{finding.focus_label}: {finding.message} [{finding.rule}]"


def _judged(judgement: Judgement) -> str:
    who = f"{judgement.by}, {judgement.affiliation}" if judgement.affiliation else judgement.by
    ignored = "" if judgement.counted else f" [not counted: {judgement.ignored_because}]"
    return f"{judgement.outcome}: {judgement.reason} ({who}, {judgement.date}){ignored}"


def _ask_evidence(retrieved: datetime.date) -> tuple[Evidence, ...]:
    """Ask for evidence until none is given: a URL, or a URL and the file that was retrieved from it."""
    found: list[Evidence] = []

    def given(answer: str) -> Evidence | None:
        url, _, file = answer.strip().partition(" ")
        return evidence_of(url, file.strip() or None, retrieved, "evidence") if url else None

    while True:
        more = "Evidence: URL, or URL FILE (empty: none)" if not found else "More evidence (empty: no more)"
        evidence = _ask(more, given, empty=True)
        if evidence is None:
            return tuple(found)
        found.append(evidence)


def _ask_text(question: str, what: str, *, empty: bool = False) -> str:
    return _ask(question, lambda answer: text_of(answer, what) if answer.strip() or not empty else "", empty=empty)


def _ask(question: str, understood: Callable[[str], _T], *, empty: bool = False) -> _T:
    """Ask until the answer can be understood; what was wrong with one is said."""
    while True:
        answer: str = click.prompt(question, default="" if empty else None, show_default=False, err=True)
        try:
            return understood(answer)
        except UsageError as error:
            _say(f"{error.message}; {error.hint}" if error.hint else error.message)


def _say(text: str) -> None:
    click.echo("\n".join(printable(line) for line in text.split("\n")), err=True)


def _wrapped(text: str) -> None:
    lines = textwrap.wrap(printable(text), _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    _say("\n".join(lines))
