"""Results of analyses as rows of RDF terms, so that they are shown and written as the answers to queries are."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

import pyoxigraph as ox

from osaid_graph.identity import short
from osaid_graph.lineage.walk import Hop, path_in_words
from osaid_graph.query.run import Answer
from osaid_graph.query.terms import XSD, Term, named_node

_IRI: Final = re.compile(r"(?:https?://|urn:)[^\s<>\"{}|\\^`]+")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def answer_of(rows: Iterable[Any], kind: type) -> Answer:
    """Return the instances of a dataclass as an answer with a column for each field.

    IRIs are nodes and days are ``xsd:date``; of a path every node stands by its short name; several values of a field
    stand in one cell, after each other; ``None`` is nothing.
    """
    columns = tuple(each.name for each in dataclasses.fields(kind))
    return Answer("select", columns, tuple(tuple(_term(getattr(row, column)) for column in columns) for row in rows))


def _term(value: object) -> Term | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return _typed(str(value).lower(), "boolean")
    if isinstance(value, int):
        return _typed(str(value), "integer")
    if isinstance(value, (float, Fraction)):
        return _typed(f"{float(value):.12g}", "double")
    if isinstance(value, datetime.date):
        return _typed(value.isoformat(), "date")
    if isinstance(value, tuple):
        return ox.Literal(_several(value))
    text = str(value)
    if _DAY.fullmatch(text):
        return _typed(text, "date")
    return named_node(text) if _IRI.fullmatch(text) else ox.Literal(text)


def _typed(text: str, name: str) -> Term:
    return ox.Literal(text, datatype=named_node(XSD + name))


def _several(values: tuple[object, ...]) -> str:
    if values and all(isinstance(value, Hop) for value in values):
        return path_in_words([value for value in values if isinstance(value, Hop)])
    return "; ".join(_several(value) if isinstance(value, tuple) else short(str(value)) for value in values)
