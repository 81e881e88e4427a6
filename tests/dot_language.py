"""A strict parser of the part of the DOT language that is written here (https://graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r'\s*(?:(?P<id>[A-Za-z_]\w*|\d+)|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<sign>->|[{}\[\]=;,]))', re.DOTALL
)


@dataclass
class Dot:
    """The nodes and edges of a document with their attributes."""

    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    edges: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


def parsed(text: str) -> Dot:
    """Return what a document says; anything out of place is an assertion that fails."""
    tokens = list(_tokens(text))
    assert tokens[:3] == [("id", "digraph"), ("id", "lineage"), ("sign", "{")]
    assert tokens[-1] == ("sign", "}")
    document, at = Dot(), 3
    while at < len(tokens) - 1:
        (kind, first), at = tokens[at], at + 1
        target = ""
        if tokens[at] == ("sign", "->"):
            (_, target), at = tokens[at + 1], at + 2
        said, at = _attributes(tokens, at)
        assert tokens[at] == ("sign", ";")
        at += 1
        if target:
            assert {first, target} <= document.nodes.keys()
            document.edges.append((first, target, said))
        elif kind == "quoted":
            assert first not in document.nodes
            document.nodes[first] = said
        else:
            assert first in ("graph", "node", "edge")
    return document


def _attributes(tokens: list[tuple[str, str]], at: int) -> tuple[dict[str, str], int]:
    assert tokens[at] == ("sign", "[")
    said: dict[str, str] = {}
    while tokens[at] != ("sign", "]"):
        (name_kind, name), (sign, equals), (value_kind, value) = tokens[at + 1 : at + 4]
        assert (name_kind, sign, equals) == ("id", "sign", "=") and value_kind in ("id", "quoted")
        assert name not in said
        said[name] = value
        at += 4
        assert tokens[at] in (("sign", ","), ("sign", "]"))
    return said, at + 1


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        assert match is not None, text[at : at + 40]
        kind = match.lastgroup or ""
        value = match[kind].replace('\\"', '"') if kind == "quoted" else match[kind]
        found.append((kind, value))
        at = match.end()
    return found
