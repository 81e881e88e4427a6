"""What the tests of the readers of bills of materials share: what a document says, in a form that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from hypothesis import strategies as st
from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.reading import Reading
from osaid_graph.vocab import OSAID

FORMATS = Path(__file__).parent / "fixtures" / "formats"


def said(reading: Reading) -> list[str]:
    """Return the triples of a reading as N-Triples, in order."""
    return sorted({" ".join(term.n3() for term in each.triple) + " ." for each in reading.statements})


def expected(path: Path) -> list[str]:
    """Return the triples that a fixture is expected to say, which stand beside it."""
    folder = path.parents[2] / "expected" / path.parent.name
    return (folder / f"{path.name.partition('.')[0]}.expected.nt").read_text("utf-8").splitlines()


def unread(reading: Reading) -> dict[str, int]:
    """Return the fields that were not read, with how many values each has."""
    return {each.field: each.count for each in reading.unread}


def places(reading: Reading, predicate: URIRef) -> list[tuple[str, str, int | None, str]]:
    """Return subject and object of the statements with a predicate, with line and path of each."""
    return [
        (str(each.triple[0]), str(each.triple[2]), each.line, each.field)
        for each in reading.statements
        if each.triple[1] == predicate
    ]


def states(readings: Iterable[Reading]) -> frozenset[URIRef]:
    """Return the osaid properties and the roles of code that readings state."""
    triples = [each.triple for reading in readings for each in reading.statements]
    properties = {predicate for _, predicate, _ in triples if predicate.startswith(str(OSAID._NS))}
    roles = {value for _, predicate, value in triples if predicate == OSAID.codeRole and isinstance(value, URIRef)}
    return frozenset(properties | roles)


def outcome(module: ModuleType, data: bytes, name: str) -> Reading | str:
    """Return what a document says, or why it is refused; anything but a refusal escapes."""
    try:
        reading: Reading = module.read(data, name)
    except InputError as error:
        assert "\n" not in error.message
        return error.message
    return reading


def trees(keys: Iterable[str], words: Iterable[str]) -> st.SearchStrategy[Any]:
    """Return a strategy for JSON values whose keys and texts are mostly those of a format."""
    scalars = st.one_of(
        st.sampled_from(sorted(words)), st.text(max_size=8), st.none(), st.booleans(), st.integers(-3, 10**9)
    )
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(sorted(keys)), inner, max_size=6),
        max_leaves=30,
    )


def mutated(data: bytes, position: int, kind: int, by: bytes) -> bytes:
    """Return bytes with something cut, overwritten or inserted."""
    at = position % (len(data) + 1)
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + by + data[at + len(by) :]
    return data[:at] + by + data[at:]


def words_of(data: bytes) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys and the texts that a JSON document has."""
    text = data.decode("utf-8")
    keys = frozenset(re.findall(r'"([^"\\]+)"\s*:', text))
    return keys, frozenset(re.findall(r'"([^"\\]*)"(?!\s*:)', text))
