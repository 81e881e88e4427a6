"""Three-valued answers: yes, no, and not said, with the reason in a clause (Kleene's strong logic)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from osaid_graph.labels import State

#: How many things at fault an answer about several names before it counts the rest.
NAMED = 2
_UNSTATED = " not stated"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a description says that something is so, says that it is not, or leaves it open, and why."""

    state: State
    why: str = ""


YES = Answer("satisfied")


def no(why: str) -> Answer:
    """Return that it is said not to be so."""
    return Answer("contradicted", why)


def unsaid(why: str) -> Answer:
    """Return that it cannot be told."""
    return Answer("not-evidenced", why)


def every(answers: Iterable[Answer]) -> Answer:
    """Return whether all hold: no if one does not, open if one is; with the reasons for the worst of them."""
    return _first(answers, ("contradicted", "not-evidenced", "satisfied"), ", ", None)


def some(answers: Iterable[Answer]) -> Answer:
    """Return whether one holds: yes if one does, open if one may; with the reasons for the best of them."""
    return _first(answers, ("satisfied", "not-evidenced", "contradicted"), ", ", None)


def every_thing(answers: Iterable[Answer]) -> Answer:
    """Return what :func:`every` does of things that each have their reason: the first few, and how many more."""
    return _first(answers, ("contradicted", "not-evidenced", "satisfied"), "; ", NAMED)


def some_thing(answers: Iterable[Answer]) -> Answer:
    """Return what :func:`some` does of things that each have their reason: the first few, and how many more."""
    return _first(answers, ("satisfied", "not-evidenced", "contradicted"), "; ", NAMED)


def _first(answers: Iterable[Answer], order: Sequence[State], between: str, most: int | None) -> Answer:
    """Return the first state of ``order`` that there is, the last one for nothing."""
    found = list(answers)
    state = next((state for state in order if any(answer.state == state for answer in found)), order[-1])
    reasons = _together(dict.fromkeys(answer.why for answer in found if answer.state == state and answer.why))
    more = f"; and {len(reasons) - most} more" if most is not None and len(reasons) > most else ""
    return Answer(state, between.join(reasons[:most]) + more)


def _together(reasons: Iterable[str]) -> list[str]:
    """Return reasons with those that end alike told in one: "place, terms not stated"."""
    unstated: list[str] = []
    rest: list[str] = []
    for reason in reasons:
        plain = reason.endswith(_UNSTATED) and ": " not in reason
        (unstated if plain else rest).append(reason)
    told = [", ".join(reason.removesuffix(_UNSTATED) for reason in unstated) + _UNSTATED] if unstated else []
    return told + rest
