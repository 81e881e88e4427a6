"""Columns of a lineage that lie in memory as a file has them: texts, numbers of texts, and what few artefacts have.

They are sequences and mappings like those of a lineage that was read, so every analysis takes them. A text is decoded
when it is asked for; nothing else is made of what is mapped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import ItemsView, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Generic, TypeVar, overload

from osaid_graph.identity import short
from osaid_graph.lineage.index import Columns

V = TypeVar("V")


def digest(text: bytes) -> int:
    """Return the number that an index keeps for a text: 64 bits of its BLAKE2b (RFC 7693), from 0."""
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")


class Texts(Sequence[str]):
    """Texts one behind the other.

    Args:
        offsets: Where each starts in ``data``, in bytes; one more for the end.
        data: The texts in UTF-8.
    """

    __slots__ = ("data", "offsets")

    def __init__(self, offsets: Sequence[int], data: memoryview) -> None:
        self.offsets, self.data = offsets, data

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        if number < 0:
            number += len(self)
        if not 0 <= number < len(self):
            raise IndexError(number)
        return str(self.raw(number), "utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        before, data = 0, self.data
        for after in self.offsets[1:]:
            yield str(data[before:after], "utf-8", "surrogatepass")
            before = after

    def raw(self, number: int) -> memoryview:
        """Return the bytes of a text."""
        return self.data[self.offsets[number] : self.offsets[number + 1]]


class Groups(Sequence[tuple[str, ...]]):
    """Tuples of texts, of which the same come many times.

    Args:
        of: Which tuple stands at each place.
        offsets: Where each tuple starts in ``members``; one more for the end.
        members: Numbers of texts.
        texts: The texts.
    """

    __slots__ = ("_known", "members", "of", "offsets", "texts")

    def __init__(self, of: Sequence[int], offsets: Sequence[int], members: Sequence[int], texts: Texts) -> None:
        self.of, self.offsets, self.members, self.texts = of, offsets, members, texts
        self._known: dict[int, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self.of)

    @overload
    def __getitem__(self, number: int) -> tuple[str, ...]: ...

    @overload
    def __getitem__(self, number: slice) -> list[tuple[str, ...]]: ...

    def __getitem__(self, number: int | slice) -> tuple[str, ...] | list[tuple[str, ...]]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        group = self.of[number]
        found = self._known.get(group)
        if found is None:
            members = self.members[self.offsets[group] : self.offsets[group + 1]]
            found = self._known[group] = tuple(self.texts[each] for each in members)
        return found


class Sparse(Mapping[int, V], Generic[V]):
    """What few artefacts or edges have.

    Args:
        keys: Their numbers, sorted.
        values: What each has.
    """

    __slots__ = ("numbers", "values_of")

    def __init__(self, keys: Sequence[int], values: Sequence[V]) -> None:
        self.numbers, self.values_of = keys, values

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers)

    def __getitem__(self, key: int) -> V:
        at = bisect_left(self.numbers, key)
        if at < len(self.numbers) and self.numbers[at] == key:
            return self.values_of[at]
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, int):
            return False
        at = bisect_left(self.numbers, key)
        return at < len(self.numbers) and self.numbers[at] == key

    def items(self) -> ItemsView[int, V]:
        """Return the pairs, in the order of the keys."""
        return _Pairs(self)


class _Pairs(ItemsView[int, V]):
    """Pairs of a mapping that come without looking each up."""

    _mapping: Sparse[V]

    def __iter__(self) -> Iterator[tuple[int, V]]:
        return zip(self._mapping.numbers, iter(self._mapping.values_of), strict=True)


class TextNumbers(Mapping[str, int]):
    """Numbers of texts, found by a digest of the text.

    Args:
        texts: The texts, each once.
        numbers: The number of each.
        digests: The :func:`digest` of each text, sorted.
        places: Which text each of ``digests`` is of.
        more: Where what is not among the texts is looked up.
        shadowed: How many of ``more`` are among the texts.
    """

    __slots__ = ("digests", "more", "numbers", "places", "shadowed", "texts")

    def __init__(
        self,
        texts: Texts,
        numbers: Sequence[int],
        digests: Sequence[int],
        places: Sequence[int],
        more: Mapping[str, int] | None = None,
        shadowed: int = 0,
    ) -> None:
        self.shadowed = shadowed
        self.texts, self.numbers, self.digests, self.places = texts, numbers, digests, places
        self.more: Mapping[str, int] = {} if more is None else more

    def __len__(self) -> int:
        return len(self.texts) + len(self.more) - self.shadowed

    def __iter__(self) -> Iterator[str]:
        yield from self.texts
        yield from (text for text in self.more if self._place(text) is None)

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and (self._place(text) is not None or text in self.more)

    def __getitem__(self, text: str) -> int:
        place = self._place(text)
        return self.more[text] if place is None else self.numbers[place]

    def _place(self, text: str) -> int | None:
        wanted = text.encode("utf-8", "surrogatepass")
        number = digest(wanted)
        at = bisect_left(self.digests, number)
        while at < len(self.digests) and self.digests[at] == number:
            if self.texts.raw(self.places[at]) == wanted:
                return self.places[at]
            at += 1
        return None


class Called(Sequence[tuple[str, str]]):
    """The pairs of :func:`osaid_graph.lineage.index.called`, each made when it is asked for."""

    __slots__ = ("aliases", "columns")

    def __init__(self, columns: Columns, aliases: Texts) -> None:
        self.columns, self.aliases = columns, aliases

    def __len__(self) -> int:
        return len(self.columns.iris) + len(self.aliases)

    @overload
    def __getitem__(self, number: int) -> tuple[str, str]: ...

    @overload
    def __getitem__(self, number: slice) -> list[tuple[str, str]]: ...

    def __getitem__(self, number: int | slice) -> tuple[str, str] | list[tuple[str, str]]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        if number >= len(self.columns.iris):
            return self.aliases[number - len(self.columns.iris)], ""
        iri = self.columns.iris[number]
        return iri, self.columns.labels.get(number) or short(iri)
