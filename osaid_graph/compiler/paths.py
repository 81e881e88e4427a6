"""Property paths of SHACL (section 2.3.1) as the compiler holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef


@dataclass(frozen=True, slots=True)
class Predicate:
    """The values of one property."""

    iri: URIRef

    def __str__(self) -> str:
        return self.iri.n3()


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path from its end to its start."""

    path: Path

    def __str__(self) -> str:
        return f"^{_part(self.path)}"


@dataclass(frozen=True, slots=True)
class Sequence:
    """Paths one after the other."""

    paths: tuple[Path, ...]

    def __str__(self) -> str:
        return "/".join(_part(path) for path in self.paths)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of some paths."""

    paths: tuple[Path, ...]

    def __str__(self) -> str:
        return "|".join(_part(path) for path in self.paths)


@dataclass(frozen=True, slots=True)
class ZeroOrOne:
    """A path, or staying where one is."""

    path: Path

    def __str__(self) -> str:
        return f"{_part(self.path)}?"


@dataclass(frozen=True, slots=True)
class ZeroOrMore:
    """A path any number of times, or staying where one is."""

    path: Path

    def __str__(self) -> str:
        return f"{_part(self.path)}*"


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """A path at least once."""

    path: Path

    def __str__(self) -> str:
        return f"{_part(self.path)}+"


Path = Predicate | Inverse | Sequence | Alternative | ZeroOrOne | ZeroOrMore | OneOrMore


def predicates_of(path: Path) -> Iterator[URIRef]:
    """Yield the properties a path follows."""
    if isinstance(path, Predicate):
        yield path.iri
    elif isinstance(path, Sequence | Alternative):
        for part in path.paths:
            yield from predicates_of(part)
    else:
        yield from predicates_of(path.path)


def stays(path: Path) -> bool:
    """Return whether a node is a value of the path at itself, whatever is said of it."""
    if isinstance(path, ZeroOrOne | ZeroOrMore):
        return True
    if isinstance(path, Predicate):
        return False
    if isinstance(path, Sequence):
        return all(stays(part) for part in path.paths)
    if isinstance(path, Alternative):
        return any(stays(part) for part in path.paths)
    return stays(path.path)


def _part(path: Path) -> str:
    return f"({path})" if isinstance(path, Sequence | Alternative) else str(path)
