"""From what a person types to a node: an IRI, a Hub id, a short name or a label; nothing is ever taken by similarity.

Names that are near are only offered. The index is one text with a line for each node, because searching a text of a
million lines takes hundredths of a second, and building a table of their short names takes several.
"""

from __future__ import annotations

import difflib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import accumulate
from typing import Final, Protocol, get_args

from osaid_graph.errors import InputError, UsageError
from osaid_graph.identity import HUB, Kind, canonical, checked_iri, resolve, short, shortened, versioned

#: Candidates that a message lists.
_SHOWN: Final = 8
#: Nodes that may share a piece of a name before it tells nothing.
_TOO_COMMON: Final = 20_000
#: Pieces of a name that are looked for.
_PIECES: Final = 40
#: Nodes whose names are compared letter by letter, and how alike two names must be to be offered.
_COMPARED, _ALIKE = 300, 0.6
#: Characters of a name that is compared so: the time that this takes grows with their square.
_LONGEST: Final = 200
#: What JSON has may hold half a character.
_ENCODING: Final = ("utf-8", "surrogatepass")


class Searchable(Protocol):
    """Bytes in which others are found: ``bytes``, or a file that is mapped."""

    def __len__(self) -> int: ...

    def __getitem__(self, where: slice, /) -> bytes: ...

    def find(self, sub: bytes, start: int = ..., end: int = ..., /) -> int:
        """Return where others are found first between two places, -1 if nowhere."""

    def rfind(self, sub: bytes, start: int = ..., end: int = ..., /) -> int:
        """Return where others are found last between two places, -1 if nowhere."""


class Names:
    """The names of nodes, to find one by what a person calls it.

    >>> names = Names([("https://huggingface.co/bigscience/bloom", "BLOOM"), ("urn:osaid:name:our-crawl", "")])
    >>> names.find("bloom"), names.find("Our crawl")
    ('https://huggingface.co/bigscience/bloom', 'urn:osaid:name:our-crawl')

    Args:
        pairs: The IRI and the label, which may be empty, of each node; a node may come several times.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs: Sequence[tuple[str, str]] = list(pairs)
        self._iris: Container[str] = frozenset(iri for iri, _ in self._pairs)

    @classmethod
    def indexed(
        cls, pairs: Sequence[tuple[str, str]], iris: Container[str], text: Searchable, starts: Sequence[int]
    ) -> Names:
        """Return the names of nodes whose index is there already: what :func:`index` gives, or a file that has it.

        Args:
            pairs: As of the class.
            iris: The IRIs among them.
            text: The first part of the index.
            starts: The second part.
        """
        found = cls(())
        found._pairs, found._iris, found._index = pairs, iris, (text, starts)
        return found

    def find(self, text: str) -> str:
        """Return the IRI of the one node that ``text`` names.

        These are tried in turn, and the first that any node answers to decides: an IRI; what the text stands for in a
        description, a Hub id or a known name (:func:`~osaid_graph.identity.resolve`), as a model and as a dataset; the
        end of an IRI, ``name`` or ``name@version``; a label; a name without the version that stands in the IRI. Upper
        and lower case are alike from the end of an IRI on. ``models/org/name`` and ``datasets/org/name`` tell a model
        from a dataset of the same id.

        Raises:
            UsageError: No node has that name, and the nearest are offered; or several have it, and they are listed.
        """
        found = self.candidates(text)
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(
                f"{shortened(text)!r} could be {len(found):,} nodes", f"write one of them: {_listing(found)}"
            )
        near = self.nearest(_wanted(text))
        hint = f"did you mean {_listing(near)}?" if near else "write an IRI, a Hub id (org/name) or a label"
        raise UsageError(f"no node {shortened(text)!r} here", hint)

    def candidates(self, text: str) -> list[str]:
        """Return the IRIs of all nodes that ``text`` may name, as :meth:`find` tries them; none if no node does.

        Raises:
            UsageError: The text is empty.
        """
        wanted = _wanted(text)
        levels = (self._exact, self._standing_for, self._ending, self._labelled, self._versions)
        return next((found for level in levels if (found := level(wanted))), [])

    def nearest(self, text: str, number: int = 5) -> list[str]:
        """Return the nodes whose names are most like ``text``, the most like first."""
        name = _in_iri(text).casefold()
        alike: list[tuple[float, str]] = []
        for row in self._sharing_pieces(name):
            iri, label = self._pairs[row]
            ratio = max(_likeness(name, each) for each in (*_names(iri), label.casefold()))
            if ratio >= _ALIKE:
                alike.append((-ratio, iri))
        return list(dict.fromkeys(iri for _, iri in sorted(alike)))[:number]

    @cached_property
    def _index(self) -> tuple[Searchable, Sequence[int]]:
        return index(self._pairs)

    def _exact(self, text: str) -> list[str]:
        found = dict.fromkeys(iri for iri in (text, canonical(text)) if iri in self._iris)
        return list(found)[:1]

    def _standing_for(self, text: str) -> list[str]:
        kinds: tuple[Kind, ...] = get_args(Kind)
        for kind in kinds:
            if text.startswith(f"{kind}/"):
                kinds, text = (kind,), text.removeprefix(f"{kind}/")
                break
        found = {iri for kind in kinds if (iri := _resolved(text, kind)) in self._iris}
        return sorted(iri for iri in found if iri)

    def _ending(self, text: str) -> list[str]:
        name = _in_iri(text)
        return self._where(*(f"{mark}{name}\t" for mark in "/:"), accept=_is_iri_end)

    def _labelled(self, text: str) -> list[str]:
        return self._where(f"\t{text}\t", accept=lambda line, rest: True)

    def _versions(self, text: str) -> list[str]:
        return self._where(*(f"{mark}{text}#" for mark in "/:"), accept=lambda line, rest: "\t" not in line)

    def _where(self, *parts: str, accept: Callable[[str, str], bool]) -> list[str]:
        """Return the nodes in whose lines one of some parts stands; ``accept`` sees the line before and after it."""
        text, _ = self._index
        found: set[str] = set()
        for part in parts:
            folded = part.casefold().encode(*_ENCODING)
            for position in _positions(text, folded):
                start, end = text.rfind(b"\n", 0, position), text.find(b"\n", position + 1)
                rest = text[position + len(folded) : end if end > 0 else len(text)]
                if accept(text[start + 1 : position].decode(*_ENCODING), rest.decode(*_ENCODING)):
                    found.add(self._pairs[self._row(position)][0])
        return sorted(found)

    def _row(self, position: int) -> int:
        return bisect_right(self._index[1], position) - 1

    def _sharing_pieces(self, name: str) -> list[int]:
        """Return the nodes whose names share most pieces of three letters with ``name``; common pieces tell nothing."""
        text, _ = self._index
        shared: Counter[int] = Counter()
        last = name.rpartition("/")[2]
        whole = dict.fromkeys((f"/{name}\t", f"/{last}\t", f"\t{name}\t"))
        pieces = list(dict.fromkeys(each[n : n + 3] for each in whole for n in range(len(each) - 2)))
        for piece in pieces[:_PIECES]:
            rows: set[int] = set()
            for position in _positions(text, piece.encode(*_ENCODING)):
                rows.add(self._row(position))
                if len(rows) > _TOO_COMMON:
                    rows.clear()
                    break
            shared.update(rows)
        return [row for row, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_COMPARED]]


def standing_for(text: str) -> set[str]:
    """Return the IRIs that a text stands for, whatever there is: itself, and those of a Hub id or a known name.

    Raises:
        UsageError: The text is empty.
    """
    wanted = _wanted(text)
    kinds: tuple[Kind, ...] = get_args(Kind)
    found = set()
    with suppress(InputError):
        found |= {checked_iri(wanted), canonical(wanted)}
    for kind in kinds:
        for name in (wanted, wanted.removeprefix(f"{kind}/")):
            with suppress(InputError):
                found.add(resolve(name, kind))
    return found


def index(pairs: Iterable[tuple[str, str]]) -> tuple[bytes, list[int]]:
    """Return all names as one text in lower case and UTF-8, a line for each pair, and where each line starts."""
    lines = [f"\n{iri}\t{' '.join(label.split())}\t".casefold().encode(*_ENCODING) for iri, label in pairs]
    return b"".join(lines), [0, *accumulate(map(len, lines))]


def _positions(text: Searchable, part: bytes) -> Iterator[int]:
    position = text.find(part)
    while position >= 0:
        yield position
        position = text.find(part, position + 1)


def _is_iri_end(line: str, rest: str) -> bool:
    """Tell whether what was found stands at the end of the IRI of a line, not in its label."""
    return "\t" not in line and rest.endswith("\t")


def _likeness(one: str, other: str) -> float:
    if max(len(one), len(other)) > _LONGEST:
        return 0.0
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE else 0.0


def _names(iri: str) -> tuple[str, str]:
    """Return the short name of an IRI and the last part of it, in lower case, a version as it stands in the IRI."""
    name = _in_iri(short(iri)).casefold()
    return name, name.rpartition("/")[2]


def _in_iri(text: str) -> str:
    """Return a name with the version behind it as it stands in an IRI."""
    name, at, version = text.rpartition("@")
    return versioned(name, version) if at and name else text


def _wanted(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise UsageError("an empty name of a node", "write an IRI, a Hub id (org/name), a short name or a label")
    return name[1:-1] if name.startswith("<") and name.endswith(">") else name


def _resolved(text: str, kind: Kind) -> str:
    """Return what a reference stands for, or an empty text if it cannot be one."""
    try:
        return resolve(text, kind)
    except InputError:
        return ""


def _listing(iris: list[str]) -> str:
    """Return nodes as a person would write them: the short name, or what tells two of one short name apart."""
    counted = Counter(short(iri) for iri in iris)
    shown = [short(iri) if counted[short(iri)] == 1 else _told_apart(iri) for iri in iris[:_SHOWN]]
    more = f" and {len(iris) - _SHOWN:,} more" if len(iris) > _SHOWN else ""
    return ", ".join(shown) + more


def _told_apart(iri: str) -> str:
    rest = iri.removeprefix(HUB)
    if rest == iri or "#" in rest:
        return iri
    return rest if rest.startswith("datasets/") else f"models/{rest}"
