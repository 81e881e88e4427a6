"""The words and the order that the reports share, and what of an input may be shown or followed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final
from urllib.parse import urlsplit

from osaid_graph.errors import printable
from osaid_graph.identity import is_url
from osaid_graph.model import (
    Assessment,
    Finding,
    FindingOutcome,
    RequirementOutcome,
    RequirementResult,
    Step,
    asks_a_person,
)

#: How bad a finding is, in the words of compilers; the worst first.
LEVELS: Final[dict[FindingOutcome, str]] = {
    "not-met": "error",
    "not-evidenced": "warning",
    "needs-judgement": "question",
    "recommendation": "note",
}
#: The outcome of a requirement in words.
COUNTED: Final[dict[RequirementOutcome, str]] = {
    "met": "met",
    "not-met": "not met",
    "not-evidenced": "not evidenced",
    "needs-judgement": "to be judged",
    "not-applicable": "not applicable",
}


def plain(text: str) -> str:
    r"""Return a text as one line that cannot steer what shows it: what does not print is made visible.

    >>> plain("a\n b\u202e\ud800")
    'a b\\u202e\\ud800'
    """
    return printable(" ".join(text.split()))


def lines(text: str) -> str:
    """Return a text with its line ends, and nothing else that does not print."""
    return "\n".join(printable(line) for line in text.splitlines())


def web_link(address: str) -> str:
    """Return an address that may become a link, which only one of the web may; empty for any other.

    >>> web_link("javascript:alert(1)"), web_link("https://[")
    ('', '')
    """
    try:
        return address if is_url(address) and address.isprintable() and urlsplit(address).hostname else ""
    except ValueError:  # an address that is none, such as https://[
        return ""


def verdict(assessment: Assessment) -> str:
    """Return the outcome for the subject in words."""
    return assessment.outcome.replace("-", " ")


def counts(assessment: Assessment) -> str:
    """Return the requirements that bind, counted by outcome."""
    return ", ".join(f"{count} {COUNTED[outcome]}" for outcome, count in assessment.summary.items() if count)


def against(assessment: Assessment) -> str:
    """Return what a subject was assessed against, and when."""
    return f"{plain(assessment.definition.title)}, terms policy {plain(assessment.policy)}, {assessment.date}"


def by_clause(assessment: Assessment) -> Iterator[tuple[str, list[RequirementResult]]]:
    """Yield the results by the part of the definition they stand in, with its name."""
    for clause, results in groupby(assessment.results, key=lambda result: result.requirement.clause):
        yield clause_name(clause), list(results)


def clause_name(clause: str) -> str:
    """Return the name of a part of the definition.

    >>> clause_name("data-information")
    'Data information'
    """
    return plain(clause.replace("-", " ").capitalize())


def worst_first(assessment: Assessment) -> list[Finding]:
    """Return the findings by their outcome, within each in the order of the requirements."""
    order = list(LEVELS)
    return sorted(assessment.findings, key=lambda finding: order.index(finding.outcome))


def edge(step: Step) -> str:
    """Return the name of the edge that led to a step; empty for the first."""
    return step.via.replace("osaid:", "")


def trace(finding: Finding) -> str:
    """Return the trace of a finding as one line."""
    return plain(" ".join(f"--{edge(step)}--> {step.label}" if step.via else step.label for step in finding.trace))


def open_parts(assessment: Assessment) -> dict[str, tuple[str, ...]]:
    """Return for each requirement that its parts leave open, and no judgement on itself, which of them do."""
    outcomes = {result.requirement.id: result.outcome for result in assessment.results}
    undecided = (result for result in assessment.results if not _is_judged(result))
    parts = {result.requirement.id: result.requirement.open_parts(outcomes) for result in undecided}
    return {id_: those for id_, those in parts.items() if those}


def _is_judged(result: RequirementResult) -> bool:
    return bool(because(result)) or any(judgement.counted for judgement in result.judgements)


def because(result: RequirementResult) -> str:
    """Return what decided an outcome beside rules and judgements; empty where these did."""
    return result.because or ("the judgements disagree" if result.disputed else "")


def is_open_question(result: RequirementResult) -> bool:
    """Tell whether a person has to answer: also where something is not evidenced that a person has to judge anyway."""
    return asks_a_person(result.requirement, result.outcome, disputed=result.disputed)
