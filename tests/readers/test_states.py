"""What a reader says that it can state, and what its fixtures make it state, are the same."""

from __future__ import annotations

from importlib import import_module

import pytest
from rdflib import URIRef

from osaid_graph.readers import FORMATS
from osaid_graph.vocab import CODE, OSAID
from tools.docs.formats import OWN, readings

OTHERS = [name for name in FORMATS if name not in OWN and name != "license-file"]
#: Said of a silence or of access, whose properties are stated through them.
_WORDS = {OSAID.accessManner}


def made(name: str) -> set[URIRef]:
    """Return the properties of our ontology and the roles of code that a reader states over its fixtures."""
    found: set[URIRef] = set()
    for reading in readings(name):
        for statement in reading.statements:
            _, predicate, value = statement.triple
            if predicate == OSAID.codeRole and isinstance(value, URIRef):
                found.add(value)
            elif predicate.startswith(str(OSAID._NS)):
                found.add(predicate)
    return found


@pytest.mark.parametrize("name", OTHERS)
def test_the_fixtures_exercise_everything_a_reader_can_state(name: str) -> None:
    states = set(import_module(FORMATS[name].module).STATES) - {OSAID.codeRole}
    assert states - made(name) == set()
    assert made(name) - states - _WORDS - {OSAID.codeRole} == set()
    roles = {each for each in states if each.startswith(str(CODE))}
    assert states - roles <= {getattr(OSAID, term) for term in OSAID.__annotations__}


@pytest.mark.parametrize("name", OTHERS)
def test_every_statement_of_a_fixture_has_a_place(name: str) -> None:
    placeless = [s for reading in readings(name) for s in reading.statements if s.line is None and not s.field]
    assert placeless == []
