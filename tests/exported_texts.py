"""What tests of writers share: releases read once, golden files, and statements without the labels of blank nodes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from exported_releases import FIXTURES
from rdflib import BNode, Literal

from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.model import Triple

GOLDEN = FIXTURES / "expected" / "exports"


@cache
def released(path: Path) -> Release:
    """Return a release, read once."""
    return load([str(path)])


def assert_golden(name: str, text: str) -> None:
    """Hold a text to the file of a name, byte for byte; ``OSAID_GRAPH_UPDATE_GOLDEN=1`` rewrites it."""
    path = GOLDEN / name
    if os.environ.get("OSAID_GRAPH_UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def unlabelled(triples: Iterable[Triple]) -> set[tuple[str, ...]]:
    """Return statements in words, a text as one line, as readers take it, and a blank node as what is said of it."""
    known = [
        (s, p, Literal(" ".join(o.split()), o.language, o.datatype) if isinstance(o, Literal) else o)
        for s, p, o in triples
    ]
    said: dict[BNode, str] = {}
    for node in {each[0] for each in known if isinstance(each[0], BNode)}:
        said[node] = "[" + ", ".join(sorted(f"{p.n3()} {o.n3()}" for s, p, o in known if s == node)) + "]"
    return {tuple(said.get(term, term.n3()) if isinstance(term, BNode) else term.n3() for term in t) for t in known}
