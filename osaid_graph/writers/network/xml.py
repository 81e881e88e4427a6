"""Text in XML formats: escaped, and what XML has no way to say made visible."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from osaid_graph.escapes import ILLEGAL_IN_XML

if TYPE_CHECKING:
    import networkx as nx

_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def escaped(text: object) -> str:
    r"""Return text for the content of an element or an attribute in double quotes; it reads back the same.

    What does not print is written as a character reference. What XML 1.0 does not allow at all (section 2.2) is
    written as an escape that can be seen, which is the one change to the text.

    >>> print(escaped('a<b\x01\n\u202e'))
    a&lt;b\x01&#xA;&#x202E;
    """
    return "".join(map(_character, str(text)))


def _character(character: str) -> str:
    if ILLEGAL_IN_XML.match(character):
        return character.encode("unicode_escape").decode()
    if not character.isprintable():
        return f"&#x{ord(character):X};"
    return _NAMED.get(character, character)


def ids(graph: nx.MultiDiGraph) -> dict[str, str]:
    """Return an id for each node that is a name token in every format: ``n1``, ``n2``, in the order of the graph."""
    return {node: f"n{at}" for at, node in enumerate(graph, 1)}


def occurring(attributes: Iterable[str], each: Iterable[dict[str, object]]) -> list[str]:
    """Return which of some attributes occur, in their order."""
    found = {key for one in each for key in one}
    return [attribute for attribute in attributes if attribute in found]
