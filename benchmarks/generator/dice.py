"""Chance that is the same everywhere: splitmix64, seeded with words, and the distributions that are drawn from it.

Nothing of :mod:`random` is used but the idea: its sequences may differ between versions of Python, and making one
``Random`` for each record costs more than writing the record.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1


class Dice:
    """A sequence of numbers that hangs on the words it was made with, and on nothing else."""

    __slots__ = ("_state",)

    def __init__(self, *words: object) -> None:
        text = " ".join(map(str, words))
        self._state = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")

    def random(self) -> float:
        """Return the next number, from 0 up to 1.

        >>> round(Dice(1, "model", 7).random(), 6)
        0.274079
        """
        self._state = state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((state ^ (state >> 31)) >> 11) * 2.0**-53

    def below(self, end: int) -> int:
        """Return an integer from 0 up to ``end``."""
        return int(self.random() * end)

    def within(self, first: int, last: int) -> int:
        """Return an integer from ``first`` to ``last``, both included."""
        return first + int(self.random() * (last - first + 1))

    def hits(self, probability: float) -> bool:
        """Tell whether something of that probability happens."""
        return self.random() < probability

    def one_of(self, things: Sequence[T]) -> T:
        """Return one of some things, each as likely as the others."""
        return things[int(self.random() * len(things))]


class Table(Generic[T]):
    """Things, each drawn as often as its weight says.

    >>> Table({"a": 1, "b": 0}).draw(Dice("any"))
    'a'
    """

    __slots__ = ("_bounds", "_things")

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._things = tuple(weights)
        self._bounds = tuple(accumulate(weights.values()))

    def draw(self, dice: Dice) -> T:
        """Return one of the things."""
        place = bisect_right(self._bounds, dice.random() * self._bounds[-1])
        return self._things[min(place, len(self._things) - 1)]


class PowerLaw:
    """How often a thing is used: a share for each of the first numbers, and a power law for the rest, cut at an end.

    Args:
        head: The shares of 1, 2, 3 and so on.
        alpha: The exponent from there on.
        largest: No number is larger.
    """

    __slots__ = ("_alpha", "_head", "_largest")

    def __init__(self, head: Sequence[float], alpha: float, largest: int) -> None:
        self._head = tuple(accumulate(head))
        self._alpha = alpha
        self._largest = largest

    def draw(self, dice: Dice) -> int:
        """Return a number from 1 on; of the power law, as its continuous form is rounded (Clauset 2009, eq. D.6)."""
        first = len(self._head) + 1
        while True:
            place = dice.random()
            if place < self._head[-1]:
                number = bisect_right(self._head, place) + 1
            else:
                left = (1 - place) / (1 - self._head[-1])
                number = int((first - 0.5) * left ** (-1 / (self._alpha - 1)) + 0.5)
            if number <= self._largest:
                return number


class Popularity:
    """Which of many things are referred to: each as often as a law gave it, mixed over time.

    A thing that is referred to for the first time gets as many slots as the law draws; each reference takes a slot.
    So things can be met in the order of time, and none before it is there.

    Args:
        law: How often a thing is used.
        spare: The share of slots that stay open; it mixes those that come soon after one another.
    """

    __slots__ = ("_law", "_slots", "_spare", "_taken")

    def __init__(self, law: PowerLaw, spare: float = 0.05) -> None:
        self._law = law
        self._spare = spare
        self._slots: list[int] = []
        self._taken = 0

    def draw(self, dice: Dice, new: Callable[[], int]) -> int:
        """Return what is referred to; ``new`` gives a thing that may be referred to from now on."""
        slots = self._slots
        while len(slots) <= self._spare * self._taken:
            slots.extend([new()] * self._law.draw(dice))
        self._taken += 1
        place = dice.below(len(slots))
        chosen, slots[place] = slots[place], slots[-1]
        slots.pop()
        return chosen
