"""One document of statements: lines of N-Quads, and beside them the gaps that were planted into it."""

from __future__ import annotations

from typing import Final

from generator.gaps import Answer, Planted

ONT: Final = "https://w3id.org/osaid-graph/ont#"
CODE: Final = "https://w3id.org/osaid-graph/code#"
DATE: Final = "http://www.w3.org/2001/XMLSchema#date"
HUB: Final = "https://huggingface.co/"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_COMMENT: Final = "http://www.w3.org/2000/01/rdf-schema#comment"
#: Prefixes of properties, as they are written here; without one it is of the ontology.
_PREFIXES: Final = {
    "a": _TYPE,
    "title": "http://purl.org/dc/terms/title",
    "issued": "http://purl.org/dc/terms/issued",
    "publisher": "http://purl.org/dc/terms/publisher",
    "version": "http://www.w3.org/ns/dcat#version",
    "name": "http://xmlns.com/foaf/0.1/name",
    "comment": _COMMENT,
}


class Document:
    """What one document states.

    Args:
        address: Its IRI, which is the name of its graph.
    """

    __slots__ = ("_end", "_label", "_lines", "_made", "planted")

    def __init__(self, address: str, label: str) -> None:
        self._end = f" <{address}> .\n"
        self._label = label
        self._lines: list[str] = []
        self._made = 0
        self.planted: list[Planted] = []

    def __len__(self) -> int:
        return len(self._lines)

    def text(self) -> str:
        """Return the lines."""
        return "".join(self._lines)

    def say(self, node: str, prop: str, value: str) -> None:
        """State something; ``node`` is an IRI or the label of a blank node, ``value`` a term of N-Quads."""
        subject = node if node.startswith("_:") else f"<{node}>"
        self._lines.append(f"{subject} <{_PREFIXES.get(prop) or ONT + prop}> {value}{self._end}")

    def text_of(self, node: str, prop: str, text: str) -> None:
        """State a text, in which no quotation mark or backslash may stand."""
        self.say(node, prop, f'"{text}"')

    def link(self, node: str, prop: str, target: str) -> None:
        """State an edge to a node."""
        self.say(node, prop, target if target.startswith("_:") else f"<{target}>")

    def code(self, node: str, prop: str, word: str) -> None:
        """State a word of the codelists."""
        self.say(node, prop, f"<{CODE}{word}>")

    def typed(self, node: str, kind: str) -> None:
        """State the class of a node."""
        self.say(node, "a", f"<{ONT}{kind}>")

    def blank(self, kind: str, comment: str = "") -> str:
        """Make a blank node of a class, and return its label."""
        self._made += 1
        node = f"_:{self._label}x{self._made}"
        self.typed(node, kind)
        if comment:
            self.text_of(node, "comment", comment)
        return node

    def answer(self, node: str, prop: str, answer: Answer, term: str, why: str = "") -> None:
        """State the answer to a question; see :mod:`generator.gaps`.

        Args:
            node: What is asked of.
            prop: What is asked.
            answer: How it is answered.
            term: What is stated, where something is, as a term of N-Quads.
            why: Why the question does not apply, where it is waived.
        """
        if answer in ("stated", "conflicting"):
            self.say(node, prop, term)
        if answer in ("refused", "conflicting"):
            self.say(node, prop, self.blank("NotDisclosed"))
        if answer in ("waived", "silent"):
            self.say(node, prop, self.blank("NotApplicable", why if answer == "waived" else ""))

    def plant(self, rule: str, *nodes: str) -> None:
        """Note what a rule has to find."""
        self.planted.extend((rule, node) for node in nodes)


def text(words: str) -> str:
    """Return words as a term of N-Quads."""
    return f'"{words}"'
