"""Statements that nobody has written down yet, as a manifest or as Turtle."""

from __future__ import annotations

from collections.abc import Sequence

from osaid_graph.graph.release import Release
from osaid_graph.model import Triple
from osaid_graph.reading import Reading, Statement
from osaid_graph.writers.manifest import Written, write
from osaid_graph.writers.turtle_text import TurtleText
from osaid_graph.writers.yaml_layout import comment


def as_manifest(triples: Sequence[Triple], head: Sequence[str]) -> Written:
    """Return statements about datasets as a manifest; ``head`` are comments for its top."""
    release = Release()
    release.add(Reading(tuple(Statement(triple) for triple in triples)), "statements", b"", "statements")
    return write(release, None, head=head)


def as_turtle(triples: Sequence[Triple], head: Sequence[str]) -> str:
    """Return statements as Turtle; ``head`` are comments for its top."""
    text = TurtleText([(None, triple) for triple in triples])
    blocks = text.blocks(triples)
    lines = [line for words in head for line in comment(words)]
    return "\n".join([*lines, *text.head(), "", "\n\n".join(blocks)]) + "\n"
