"""The sentence that the Trainer of ``transformers`` writes into every card: what was trained further, and on what.

``modelcard.py`` of https://github.com/huggingface/transformers has the words: "This model is a fine-tuned version of
[base](address) on the ... dataset." Nothing else is read; a dataset is one only if its name is an id or a known name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from osaid_graph.errors import InputError
from osaid_graph.identity import HUB, NAMED, resolve
from osaid_graph.readers.cards.markdown import Line, Section
from osaid_graph.readers.place import At

_SENTENCE = re.compile(
    r"This model is a fine-tuned version of \[[^\]\n]{1,200}\]\((https://huggingface\.co/[^)\s]{1,200})\)"
    r"(?: on (?:an? |the )?(\S{1,200}) datasets?)?\."
)


class Trained(NamedTuple):
    """What the sentence says: the page of the base, the dataset (empty where it names none), and where it stands."""

    base: str
    dataset: str
    at: At
    line: Line


def trained(sections: list[Section]) -> Iterator[Trained]:
    """Yield what the sentence says wherever it stands in a card."""
    for section in sections:
        for line in section.lines:
            match = None if line.code else _SENTENCE.search(line.text)
            if match and match[1] != HUB + "None":
                yield Trained(match[1], _dataset(match[2] or ""), At(line.number, section.path), line)


def _dataset(name: str) -> str:
    """Return a name if it is an id or known by the table of aliases; the Trainer writes "unknown" and "None" too."""
    try:
        return name if name and not resolve(name, "datasets").startswith(NAMED) else ""
    except InputError:
        return ""
