"""Engines that validate with SHACL, each behind the same two steps, each to be run in a process of its own.

A module of an engine has

- ``PACKAGE``, the name of its distribution on PyPI;
- ``load(data, shapes)``, which reads a folder of prepared data (:mod:`prepared_data`) and a file of shapes in Turtle,
  and returns what validates: a function that returns the results.

A result is ``(shape, focus, value)`` as texts: IRIs and literals without what marks them in RDF, blank nodes as ``_:``.
The value is empty where there is none, and where it is the focus, which node shapes report and some engines leave out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Protocol, TypeAlias

Results: TypeAlias = list[tuple[str, str, str]]


class Engine(Protocol):
    """What a module of an engine offers."""

    PACKAGE: str

    def load(self, data: Path, shapes: Path) -> Callable[[], Results]:
        """Read data and shapes, and return what validates."""


#: Name -> module.
ENGINES: Final = {
    "osaid-graph": "by_osaid_graph",
    "pySHACL": "by_pyshacl",
    "pyrudof": "by_pyrudof",
    "pyshifty": "by_pyshifty",
    "shacl": "by_shacl",
}


def results(found: Iterable[tuple[str | None, str | None, str | None]]) -> Results:
    """Return results whose terms are written as N-Triples writes them, as all engines give them here."""
    rows = []
    for shape, focus, value in found:
        node, seen = plain(focus), plain(value)
        rows.append((plain(shape), node, "" if seen == node and not node.startswith("_:") else seen))
    return rows


def plain(term: str | None) -> str:
    """Return a term of N-Triples without what marks it.

    >>> plain("<urn:a>"), plain("urn:a"), plain("_:b1"), plain('"a"@en'), plain(None)
    ('urn:a', 'urn:a', '_:', 'a', '')
    """
    if not term:
        return ""
    if term.startswith("_:"):
        return "_:"
    if term.startswith('"'):
        return term[1 : term.rindex('"')]
    return term.removeprefix("<").removesuffix(">")
