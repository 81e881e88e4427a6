"""Labels that others define for the openness of AI, and what a release comes to under them. Immutable, like the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rdflib import URIRef

#: Whether a description satisfies what a label asks, contradicts it, or leaves it open.
State = Literal["satisfied", "contradicted", "not-evidenced"]


@dataclass(frozen=True, slots=True)
class LabelTerms:
    """What terms a label condition takes: those of ``basis``; for ``licence-list``, also the licences on the list."""

    basis: str
    osi: bool = False
    fsf: bool = False
    licenses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelCondition:
    """One thing that a label asks of a release.

    ``answered_by`` are the properties that lead to what it is about, ``roles`` the roles that code and documents must
    have one of, ``test`` how they are looked at, ``key`` the key of the manifest that states them. It is asked of every
    base model as well if ``of_bases``; what is not ``required`` never keeps a release from the label.
    """

    id: str
    label: str
    asks: str
    required: bool
    answered_by: tuple[URIRef, ...]
    roles: tuple[URIRef, ...]
    test: str
    of_bases: bool
    terms: LabelTerms
    key: str


@dataclass(frozen=True, slots=True)
class Label:
    """One label of a scheme, with the conditions it adds to those of the weaker ones."""

    id: str
    label: str
    conditions: tuple[LabelCondition, ...]


@dataclass(frozen=True, slots=True)
class LabelScheme:
    """Labels that one source defines, the weakest first; ``date`` is ISO 8601, ``note`` how far they go."""

    id: str
    title: str
    sources: tuple[str, ...]
    date: str
    note: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class ConditionState:
    """Whether a description satisfies a condition of a label, contradicts it or leaves it open, and why in a clause."""

    condition: LabelCondition
    state: State
    why: str


@dataclass(frozen=True, slots=True)
class DerivedLabel:
    """What a release comes to under one scheme: at least ``reached``, None where it is no label of the scheme.

    ``states`` has every condition of the scheme, those of the weakest label first.
    """

    scheme: LabelScheme
    reached: Label | None
    states: tuple[ConditionState, ...]

    @property
    def next(self) -> Label | None:
        """The label after the one that is reached; None after the strongest."""
        labels = self.scheme.labels
        number = labels.index(self.reached) + 1 if self.reached else 0
        return labels[number] if number < len(labels) else None

    @property
    def missing(self) -> tuple[ConditionState, ...]:
        """What keeps the release from the next label."""
        wanted = self.next.conditions if self.next else ()
        return tuple(
            state
            for state in self.states
            if state.condition in wanted and state.condition.required and state.state != "satisfied"
        )
