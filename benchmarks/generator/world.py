"""The invented hub itself: models and datasets in the order of time, with what each was made from.

Streaming: what is kept of each is its number, its day and its licence. Planted, and marked on the model: checkpoint
series, models that name themselves as their base, small circles, and models that are older than what they were made
from. What is not there is referred to by a name that nothing has.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeVar

from generator import measured
from generator.dice import Dice, Popularity, PowerLaw, Table
from generator.names import dataset_name, missing_base, missing_dataset, model_name

Mark = Literal["series", "self-loop", "circle", "older-than-base", "older-than-data"]

_FIRST: Final = int(datetime.fromisoformat(measured.FIRST + "+00:00").timestamp())
_SPAN: Final = int(datetime.fromisoformat(measured.LAST + "+00:00").timestamp()) - _FIRST
_BASES, _DATA, _RELATIONS = Table(measured.BASES), Table(measured.DATA), Table(measured.RELATIONS)
_LICENSES, _DATASET_LICENSES = Table(measured.LICENSES), Table(measured.DATASET_LICENSES)
_CHANGES = {given: Table(became) for given, became in measured.CHANGES.items()}
_LENGTHS, _PLACEHOLDERS = Table(measured.SERIES_LENGTHS), Table(measured.PLACEHOLDERS)
_SOURCE_WORDS = Table(measured.SOURCE_WORDS)
#: How often another is drawn where one that is named already came up.
_TRIES: Final = 4


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that something refers to. ``number`` is that of the thing, None where nothing has the name."""

    name: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Base(Reference):
    """A base model, and how a model derives from it: a key of :data:`generator.measured.RELATIONS`."""

    relation: str = "finetune"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset. ``created`` is in seconds since 1970; ``license`` is empty where it has no tag.

    ``source`` is a dataset that it extends, or ``source_word`` the word of the Hub that names none.
    """

    number: int
    name: str
    created: int
    license: str
    source: Reference | None
    source_word: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model; see :class:`Dataset`. ``upstream`` is the data of others that its own data was made from."""

    number: int
    name: str
    created: int
    license: str
    bases: tuple[Base, ...]
    data: tuple[Reference, ...]
    upstream: tuple[Reference, ...]
    marks: frozenset[Mark]


R = TypeVar("R", bound=Reference)


class World:
    """An invented hub of so many ``releases``, the models; iterate it once for all there is, in the order of time.

    Args:
        releases: How many models there are; datasets are in proportion.
        seed: Another seed gives another world.
        described: Whether models have ``upstream``, which only full descriptions tell.
    """

    def __init__(self, releases: int, seed: int = 1, *, described: bool = False) -> None:
        self.releases, self.seed, self.described = releases, seed, described
        self.datasets = max(1, round(releases * measured.DATASETS_PER_MODEL))
        self._dice = Dice(seed, "world")
        self._upstream_dice = Dice(seed, "upstream")
        self._licenses: list[str] = []
        self._days = array("q")
        self._dataset_days = array("q")
        self._originals, self._derived = array("q"), array("q")
        self._missing = [0, 0]
        self._circles = self._placed_circles()

        def popularity(law: tuple[tuple[float, ...], float, float]) -> Popularity:
            return Popularity(PowerLaw(law[0], law[1], max(10, round(law[2] * releases))))

        self._roots, self._branches = popularity(measured.ROOTS), popularity(measured.DERIVED)
        self._gone = popularity(measured.MISSING_BASES)
        self._used, self._used_gone = popularity(measured.DATASETS), popularity(measured.MISSING_DATASETS)
        self._shared = popularity(measured.DATASETS)

    def __iter__(self) -> Iterator[Dataset | Model]:
        """Yield all datasets and models, each after what it was made from, circles apart."""
        made = 0
        series = 0
        for number in range(self.releases):
            while made < (number + 1) * self.datasets // self.releases or not made:
                yield self._dataset(made)
                made += 1
            circle = self._circles.get(number)
            if circle is not None:
                model = self._finished(number, (self._base(circle),), (), {"circle"})
            elif series and number - 1 not in self._circles:
                series -= 1
                model = self._finished(number, (self._base(number - 1),), (), {"series"})
            else:
                series = 0
                model = self._model(number)
                if number and self._dice.hits(measured.SERIES):
                    series = _LENGTHS.draw(self._dice)
            yield model

    def _placed_circles(self) -> dict[int, int]:
        """Return the models of circles, each with the one it was made from."""
        count = max(1, self.releases // measured.CIRCLE_EVERY) if self.releases >= 100 else 0
        placed: dict[int, int] = {}
        for each in range(count):
            first = int((each + 0.5) * self.releases / count)
            members = range(first, first + 2 + each % 2)
            placed.update({member: members[place - 1] for place, member in enumerate(members)})
        return placed

    def _model(self, number: int) -> Model:
        dice = self._dice
        derived = number > 0 and dice.hits(measured.WITH_BASE)
        marks: set[Mark] = set()
        bases: tuple[Base, ...] = ()
        if derived and dice.hits(measured.SELF_LOOP):
            marks.add("self-loop")
            bases = (self._base(number),)
        elif derived:
            bases = _several(_BASES.draw(dice), self._drawn_base)
        with_data = measured.WITH_DATA_AND_BASE if derived else measured.WITH_DATA_ALONE
        data = _several(_DATA.draw(dice), self._drawn_data) if dice.hits(with_data) else ()
        return self._finished(number, bases, data, marks)

    def _finished(self, number: int, bases: tuple[Base, ...], data: tuple[Reference, ...], marks: set[Mark]) -> Model:
        created = self._time(number + 0.5, self.releases)
        if not marks:
            created, found = self._older(created, bases, data)
            marks = marks | found
        license_ = self._license(bases, data)
        self._licenses.append(license_)
        self._days.append(created)
        if not marks & {"series", "circle", "self-loop"}:
            (self._derived if bases else self._originals).append(number)
        name = model_name(self.seed, number)
        upstream = self._upstream() if self.described else ()
        return Model(number, name, created, license_, bases, data, upstream, frozenset(marks))

    def _time(self, place: float, whole: int) -> int:
        share = max(0.0, (place / whole - measured.ON_FIRST) / (1 - measured.ON_FIRST))
        return _FIRST + int(_SPAN * share ** (1 / measured.GROWTH))

    def _older(self, created: int, bases: tuple[Base, ...], data: tuple[Reference, ...]) -> tuple[int, set[Mark]]:
        """Return when a model came to the Hub, now and then before what it was made from."""
        dice = self._dice
        base_days = [self._days[base.number] for base in bases if base.number is not None]
        data_days = [self._dataset_days[each.number] for each in data if each.number is not None]
        mark: Mark = "older-than-base" if base_days else "older-than-data"
        often = 1.4 * measured.OLDER_THAN_BASE if base_days else 2.1 * measured.OLDER_THAN_DATA
        before = min(base_days or data_days, default=_FIRST)
        if before > _FIRST and not (base_days and data_days) and dice.hits(often):
            return _FIRST + dice.below(before - _FIRST), {mark}
        return created, set()

    def _license(self, bases: tuple[Base, ...], data: tuple[Reference, ...]) -> str:
        dice = self._dice
        known = [base.number for base in bases if base.number is not None and base.number < len(self._licenses)]
        if known:
            given = self._licenses[known[0]]
            if not given:
                return _LICENSES.draw(dice) if dice.hits(measured.LICENSED_UNLICENSED_BASE) else ""
            place = dice.random()
            if place < measured.KEPT:
                return given
            return "" if place < measured.KEPT + measured.DROPPED else _CHANGES.get(given, _LICENSES).draw(dice)
        often = measured.LICENSED_WITH_DATA if data else measured.LICENSED_ROOT
        return _LICENSES.draw(dice) if dice.hits(measured.LICENSED_MISSING_BASE if bases else often) else ""

    def _base(self, number: int) -> Base:
        return Base(model_name(self.seed, number), number, _RELATIONS.draw(self._dice))

    def _drawn_base(self) -> Base:
        dice = self._dice
        if dice.hits(measured.MISSING_BASE):
            name = missing_base(self.seed, self._gone.draw(dice, lambda: self._next(0)))
            return Base(name, None, _RELATIONS.draw(dice))
        if self._derived and dice.hits(measured.TO_DERIVED):
            return self._base(self._branches.draw(dice, lambda: self._derived[dice.below(len(self._derived))]))
        return self._base(self._roots.draw(dice, self._new_root))

    def _new_root(self) -> int:
        """Return a model that others will be made from: most of these have a licence, as few others do."""
        wanted = self._dice.hits(measured.LICENSED_BASE)
        found = 0
        for _ in range(32):
            found = self._originals[self._dice.below(len(self._originals))]
            if bool(self._licenses[found]) == wanted:
                break
        return found

    def _next(self, kind: int) -> int:
        self._missing[kind] += 1
        return self._missing[kind] - 1

    def _drawn_data(self) -> Reference:
        dice = self._dice
        if not dice.hits(measured.MISSING_DATA):
            return self._known_data(self._used, dice)
        if dice.hits(measured.PLACEHOLDER):
            return Reference(_PLACEHOLDERS.draw(dice))
        return Reference(missing_dataset(self.seed, self._used_gone.draw(dice, lambda: self._next(1))))

    def _known_data(self, used: Popularity, dice: Dice) -> Reference:
        number = used.draw(dice, lambda: dice.below(len(self._dataset_days)))
        return Reference(dataset_name(self.seed, number), number)

    def _upstream(self) -> tuple[Reference, ...]:
        dice = self._upstream_dice
        return tuple(
            Reference(missing_dataset(self.seed, dice.below(self._missing[1] + 1)))
            if dice.hits(measured.MISSING_DATA)
            else self._known_data(self._shared, dice)
            for _ in range(dice.within(0, 2))
        )

    def _dataset(self, number: int) -> Dataset:
        dice = self._dice
        created = self._time(number + 0.5, self.datasets)
        word = _SOURCE_WORDS.draw(dice) if dice.hits(measured.WITH_SOURCE) else "-"
        source = None if word or not number else self._known_data(self._used, dice)
        self._dataset_days.append(created)
        license_ = _DATASET_LICENSES.draw(dice) if dice.hits(measured.LICENSED_DATASET) else ""
        return Dataset(number, dataset_name(self.seed, number), created, license_, source, word.strip("-"))


def _several(count: int, draw: Callable[[], R]) -> tuple[R, ...]:
    """Return so many references, each to another name."""
    found: dict[str, R] = {}
    for _ in range(count * _TRIES):
        each = draw()
        found.setdefault(each.name, each)
        if len(found) == count:
            break
    return tuple(found.values())
