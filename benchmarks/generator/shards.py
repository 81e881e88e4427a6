"""Writes an invented hub to files of so many records or releases each, and changes a share of the files afterwards.

    FOLDER/models-00000.jsonl     FOLDER/datasets-00000.jsonl     records (:func:`hub`)
    FOLDER/releases-00000.nq      FOLDER/datasets-00000.nq        full descriptions (:func:`descriptions`)

A file is a source: what a corpus takes in, and what is read again when it has changed. What was planted into full
descriptions does not stand in the folder; writing it returns it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from generator.described_data import data_page, describe, refer
from generator.described_releases import release
from generator.dice import Dice
from generator.document import Document
from generator.gaps import Planted, care
from generator.hub_lists import line
from generator.world import Dataset, Model, World

#: How many a file holds, unless something else is said.
RECORDS: Final = 1_000
RELEASES: Final = 100


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, in order, and what the rules have to find in all of them together."""

    files: tuple[Path, ...]
    planted: frozenset[Planted] = frozenset()


@dataclass(frozen=True, slots=True)
class Hub:
    """Records of an invented hub, ``size`` a file.

    Args:
        releases: How many models there are; datasets are in proportion.
        seed: Another seed gives another hub.
        size: How many records a file holds.
    """

    releases: int
    seed: int = 1
    size: int = RECORDS
    kinds = ("models", "datasets")
    suffix = ".jsonl"

    def world(self) -> World:
        """Return what there is."""
        return World(self.releases, self.seed)

    def text(self, thing: Dataset | Model, revision: int) -> tuple[str, list[Planted]]:
        """Return what a file says of a thing, and what was planted into it."""
        return line(thing, self.seed, revision), []


@dataclass(frozen=True, slots=True)
class Descriptions:
    """Full descriptions of the releases of an invented hub and of the datasets they share; see :class:`Hub`."""

    releases: int
    seed: int = 1
    size: int = RELEASES
    kinds = ("releases", "datasets")
    suffix = ".nq"

    def world(self) -> World:
        """Return what there is."""
        return World(self.releases, self.seed, described=True)

    def text(self, thing: Dataset | Model, revision: int) -> tuple[str, list[Planted]]:
        """Return what a file says of a thing, and what was planted into it."""
        document = described(thing, self.seed, revision)
        return document.text(), document.planted


def described(thing: Dataset | Model, seed: int, revision: int = 0) -> Document:
    """Return the full description of a release, or of a dataset that several share."""
    if isinstance(thing, Model):
        return release(thing, seed, revision)
    dice = Dice(seed, "dataset", thing.number, revision)
    document = Document(f"{data_page(thing.name)}/raw/main/provenance.nq", f"d{thing.number}")
    derived = [] if thing.source is None else [("derivedFrom", refer(document, thing.source))]
    describe(document, thing.name, derived, dice, care(dice))
    return document


def write(folder: Path, what: Hub | Descriptions) -> Written:
    """Write all files of an invented hub into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    return _write(folder, what, None, 0)


def change(folder: Path, what: Hub | Descriptions, share: float, revision: int = 1) -> Written:
    """Write a share of the files again, with what a later revision says, and return which.

    Args:
        folder: Where ``what`` was written.
        what: The same as was written.
        share: How many of all files change, from 0 to 1; one at least.
        revision: Which revision these become. The choice of files hangs on it.
    """
    names = sorted(path.name for path in folder.glob(f"*{what.suffix}"))
    chance = {name: Dice(what.seed, "change", revision, name).random() for name in names}
    chosen = sorted(names, key=lambda name: chance[name])[: max(1, round(share * len(names)))]
    return _write(folder, what, frozenset(chosen), revision)


def restore(folder: Path, what: Hub | Descriptions, files: Iterable[Path]) -> Written:
    """Write some files again with what they said at first."""
    return _write(folder, what, frozenset(path.name for path in files), 0)


def _write(folder: Path, what: Hub | Descriptions, only: Container[str] | None, revision: int) -> Written:
    planted: set[Planted] = set()
    with ExitStack() as stack:
        files = {kind: stack.enter_context(_Files(folder, kind + what.suffix, what.size)) for kind in what.kinds}
        for thing in what.world():
            kind = what.kinds[isinstance(thing, Dataset)]
            if only is None or files[kind].name(thing.number) in only:
                text, found = what.text(thing, revision)
                files[kind].add(thing.number, text)
                planted.update(found)
        written = sorted(path for each in files.values() for path in each.written)
    return Written(tuple(written), frozenset(planted))


class _Files:
    """Files of one kind, of which one is open at a time."""

    def __init__(self, folder: Path, name: str, size: int) -> None:
        self.folder, self.size = folder, size
        self.kind, _, self.suffix = name.partition(".")
        self.written: list[Path] = []
        self._open: IO[str] | None = None

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *_: object) -> None:
        if self._open:
            self._open.close()

    def name(self, number: int) -> str:
        """Return the name of the file that something stands in."""
        return f"{self.kind}-{number // self.size:05d}.{self.suffix}"

    def add(self, number: int, text: str) -> None:
        """Add the text of the thing of that number, which is greater than that of the one before."""
        path = self.folder / self.name(number)
        if self._open is None or path != self.written[-1]:
            self.__exit__()
            self._open = path.open("w", encoding="utf-8", newline="\n")
            self.written.append(path)
        self._open.write(text)


#: What can be written, by the word that asks for it.
KINDS: Final[dict[str, Callable[[int, int], Hub | Descriptions]]] = {"hub": Hub, "described": Descriptions}
