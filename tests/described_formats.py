"""What the tests of readers of other formats share: fixtures beside what they say, and what a reader says of itself."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from rdflib import Graph
from rdflib.compare import graph_diff, to_isomorphic

from osaid_graph.errors import InputError
from osaid_graph.reading import Reading
from osaid_graph.vocab import token

FIXTURES = Path(__file__).parent / "fixtures" / "formats"
#: Turtle files of the same names: what each fixture says, and nothing else.
EXPECTED = FIXTURES.parent / "expected"


def graph_of(reading: Reading) -> Graph:
    """Return what a reading says."""
    graph = Graph()
    for statement in reading.statements:
        graph.add(statement.triple)
    return graph


def assert_says(reading: Reading, expected: Path) -> None:
    """Hold a reading to exactly what a Turtle file says."""
    found, wanted = to_isomorphic(graph_of(reading)), to_isomorphic(Graph().parse(expected))
    _, more, less = graph_diff(found, wanted)
    assert found == wanted, f"more: {more.serialize()}\nless: {less.serialize()}"


def places(reading: Reading) -> dict[tuple[str, str], set[tuple[int | None, str]]]:
    """Return the places of what is said, by the last words of predicate and object."""
    found: dict[tuple[str, str], set[tuple[int | None, str]]] = {}
    for statement in reading.statements:
        _, predicate, value = statement.triple
        found.setdefault((token(predicate), str(value)), set()).add((statement.line, statement.field))
    return found


def unread(reading: Reading) -> dict[str, int]:
    """Return how many values of each kind were passed over."""
    return {each.field: each.count for each in reading.unread}


def refused(reader: ModuleType, data: bytes) -> InputError:
    """Return how a reader refuses a document, in one line with something to do about it."""
    with pytest.raises(InputError) as raised:
        reader.read(data, "document")
    assert raised.value.hint
    assert "\n" not in raised.value.message
    return raised.value


def read_or_refused(reader: ModuleType, data: bytes) -> Reading | None:
    """Read a document twice alike, or see it refused; anything else fails the test."""
    try:
        reading: Reading = reader.read(data, "document")
    except InputError as error:
        assert error.hint
        return None
    assert reader.read(data, "document") == reading
    return reading
