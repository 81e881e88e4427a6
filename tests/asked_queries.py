"""Named queries as their own examples ask them."""

from __future__ import annotations

import datetime
import shlex
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from osaid_graph.assessment.survey import survey
from osaid_graph.graph.load import load
from osaid_graph.query.library import NamedQuery, named_query
from osaid_graph.query.parameters import bindings
from osaid_graph.query.run import Answer, ask
from osaid_graph.query.store import build, names
from osaid_graph.query.terms import Term

ROOT = Path(__file__).parents[1]
EXPECTED = Path(__file__).parent / "query" / "expected"
DAY = datetime.date(2026, 11, 1)


def example(query: NamedQuery) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the inputs and the values of the example of a query."""
    words = shlex.split(query.example)
    given = [words[number + 1] for number, word in enumerate(words) if word == "--set"]
    inputs = [word for number, word in enumerate(words) if word != "--set" and words[number - 1] != "--set"]
    return tuple(inputs), dict(value.split("=", 1) for value in given)


@cache
def store_of(inputs: tuple[str, ...], *, assessed: bool) -> ox.Store:
    """Return the store of files of this project, with findings if that is asked for."""
    release = load(str(ROOT / name) for name in inputs)
    return build(release, assessments=[each.assessment for each in survey(release, today=DAY)] if assessed else ())


def values(name: str) -> tuple[ox.Store, dict[str, Term]]:
    """Return what the example of a query asks, and the values of its parameters."""
    query = named_query(name)
    inputs, given = example(query)
    store = store_of(inputs, assessed=query.needs_findings)
    return store, bindings(query, given, lambda: names(store))


def answer_of(name: str) -> Answer:
    """Return the answer to the example of a query."""
    store, bound = values(name)
    return ask(store, named_query(name).text, bound)
