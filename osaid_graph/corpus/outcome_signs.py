"""What the outcomes for a subject hang on, as bits of a few integers: its *signature*.

Subjects with the same signature have the same outcomes, and there are far fewer signatures than subjects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, TypeVar

from osaid_graph.assessment.binding import limited
from osaid_graph.assessment.outcomes import Grounds, Structure
from osaid_graph.model import FindingOutcome, Requirement, Rule
from osaid_graph.vocab import OSAID

Item = TypeVar("Item")
#: Bits of an integer that are used: none that makes it negative.
WORD: Final = 62


class Bit(NamedTuple):
    """A bit: the number of its integer, and its value there."""

    word: int
    value: int


class RuleKind(NamedTuple):
    """What an outcome depends on of a rule that found something: rules alike in this are one."""

    requirement: str
    bears_on: tuple[str, ...]
    outcome: FindingOutcome


class Said(NamedTuple):
    """What judgements say of a requirement."""

    requirement: str
    said: str


@dataclass(frozen=True)
class Signs:
    """Which bits the signatures of a corpus have.

    A signature is the integers of ``found``, of ``concerned``, of ``open`` and of ``judged`` in turn, and 1 at the end
    where the subject is excused.

    Attributes:
        structure: That of the version assessed against.
        judged: What judgements say in this corpus.
    """

    structure: Structure
    judged: tuple[Said, ...]

    @cached_property
    def kinds(self) -> dict[RuleKind, Rule]:
        """The kinds of rules, each with the first rule that is one."""
        found: dict[RuleKind, Rule] = {}
        for rule in self.structure.definition.rules.values():
            found.setdefault(kind_of(rule), rule)
        return found

    @cached_property
    def hanging(self) -> tuple[Requirement, ...]:
        """The requirements whose outcome can hang on what they are about.

        A subject is always one of those that a requirement on a release as a whole is about.
        """
        every = self.structure.definition.requirements.values()
        asked = (each for each in every if each.id in self.structure.assessed and each.applies_to)
        hang = (each for each in asked if self.structure.depends_on_concern(each))
        return tuple(
            each for each in hang if each.waivable or each.applies_when or OSAID.AISystem not in each.applies_to
        )

    @property
    def found_words(self) -> int:
        """How many integers tell which rules found something."""
        return words(self.kinds)

    @property
    def hanging_words(self) -> int:
        """How many integers tell which requirements are about something, and how many for which of them it is open."""
        return words(self.hanging)

    @property
    def columns(self) -> list[str]:
        """The names of the integers of a signature."""
        groups = {
            "found": self.found_words,
            "concerned": self.hanging_words,
            "open": self.hanging_words,
            "judged": words(self.judged),
        }
        return [*(f"{name}_{at}" for name, count in groups.items() for at in range(count)), "excused"]

    def grounds(self, signature: Sequence[int]) -> Grounds:
        """Return the grounds that a signature stands for."""
        given = iter(signature)
        found = _chosen(self.kinds, given)
        concerned, open_ = ({each.id for each in _chosen(self.hanging, given)} for _ in range(2))
        said = dict(_chosen(self.judged, given))
        excused = limited(self.structure.definition) if next(given) else {}
        hanging = {each.id for each in self.hanging}

        def idle(requirement: Requirement) -> bool:
            if requirement.id not in hanging:
                return False
            return requirement.id not in concerned or (requirement.waivable and requirement.id not in open_)

        fired = {self.kinds[kind].id for kind in found if kind.requirement not in excused}
        return Grounds(fired, said, excused, idle)


def _chosen(items: Iterable[Item], given: Iterator[int]) -> list[Item]:
    """Return the things whose bits are set in the next integers, as many as there are for them."""
    every = list(items)
    taken = [next(given) for _ in range(words(every))]
    return [item for at, item in enumerate(every) if taken[bit(at).word] & bit(at).value]


def words(items: Iterable[object]) -> int:
    """Return how many integers have a bit for each of some things."""
    return -(-len(list(items)) // WORD)


def bit(at: int) -> Bit:
    """Return the bit of the thing with a number."""
    return Bit(at // WORD, 1 << at % WORD)


def masks(chosen: Iterable[int], count: int) -> list[int]:
    """Return ``count`` integers with the bits of some numbers set."""
    found = [0] * count
    for at in chosen:
        found[bit(at).word] |= bit(at).value
    return found


def kind_of(rule: Rule) -> RuleKind:
    """Return the kind of a rule."""
    return RuleKind(rule.requirement, rule.bears_on, rule.outcome)
