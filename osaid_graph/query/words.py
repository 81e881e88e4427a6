"""Terms as a person reads them: IRIs by a short name, values without their type, nothing that steers a terminal."""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from osaid_graph.errors import printable
from osaid_graph.identity import HUB, short
from osaid_graph.query.terms import PREFIXES, Term

#: Prefixes that make a name longer than its id on the Hub, which a person knows.
_BY_ID: Final = frozenset(("hub", "data"))
_LOCAL: Final = re.compile(r"[A-Za-z_][\w.-]*")


def words(term: Term | None) -> str:
    """Return a term in words.

    >>> words(ox.NamedNode("https://w3id.org/osaid-graph/ont#trainedOn"))
    'osaid:trainedOn'
    >>> words(ox.NamedNode("https://huggingface.co/datasets/allenai/dolma#1.7"))
    'datasets/allenai/dolma@1.7'
    """
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return printable(_name(term.value))
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    return printable(" ".join(term.value.split()))


def _name(iri: str) -> str:
    if iri.startswith(HUB):  # a dataset and a model may share an id
        return ("datasets/" if iri.startswith(f"{HUB}datasets/") else "") + short(iri)
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if prefix not in _BY_ID and local != iri and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return iri
