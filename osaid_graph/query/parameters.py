"""Values of parameters: from what a person writes to the term that a variable is set to. No text enters a query."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Mapping
from typing import Final, Protocol

import pyoxigraph as ox

from osaid_graph.errors import UsageError
from osaid_graph.graph.lookup import Names
from osaid_graph.identity import shortened
from osaid_graph.query.library import Kind, Parameter
from osaid_graph.query.terms import PREFIXES, XSD, Term, named_node
from osaid_graph.terms import catalogue, evaluate, license_iri, policy
from osaid_graph.vocab import OSAID


class Asking(Protocol):
    """What has parameters: a query, or an analysis."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What it takes."""


class Finder(Protocol):
    """What finds a node by what a person calls it."""

    def find(self, text: str) -> str:
        """Return the IRI of the node.

        Raises:
            UsageError: There is none, or several could be meant.
        """


def complete(asking: Asking, given: Mapping[str, str]) -> dict[str, str]:
    """Return what was written for each parameter, or its default, which can be told before anything is read.

    One with an empty default may be left out, and has no value then.

    Raises:
        UsageError: A value is missing, or there is no such parameter.
    """
    known = {parameter.name: parameter for parameter in asking.parameters}
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            takes = f"{asking.name} takes {', '.join(known) or 'none'}"
            raise UsageError(f"no parameter {name!r}", f"did you mean {near[0]}? {takes}" if near else takes)
    values: dict[str, str] = {}
    for name, parameter in known.items():
        value = given.get(name, parameter.default)
        if value is None:
            hint = f"add --set {name}={_EXAMPLES[parameter.kind]}: {parameter.words}"
            raise UsageError(f"{asking.name} needs the parameter {name!r}", hint)
        if value or name in given:
            values[name] = value
    return values


def bindings(asking: Asking, given: Mapping[str, str], names: Callable[[], Finder]) -> dict[str, Term]:
    """Return the values of parameters; one with an empty default may be left out, and has none then.

    Args:
        asking: What is to be run.
        given: What was written, by the name of the parameter.
        names: Gives the names of the nodes that are there; called where a node is asked for.

    Raises:
        UsageError: A value is missing, of the wrong kind, or names no node; or there is no such parameter.
    """
    values = complete(asking, given)
    nodes: Finder = names() if any(parameter.kind == "node" for parameter in asking.parameters) else Names(())
    known = {parameter.name: parameter for parameter in asking.parameters}
    return {name: _value(known[name], value, nodes) for name, value in values.items()}


def _value(parameter: Parameter, text: str, names: Finder) -> Term:
    if parameter.kind == "node":
        found = text if text.startswith("_:") else names.find(text)
        if found.startswith("_:"):
            hint = "lineage, impact and check take it; for a query, give it an IRI where it is described"
            raise UsageError(f"{shortened(text)!r} has no IRI, and a query names no other node", hint)
        return named_node(found)
    return _READERS[parameter.kind](parameter, text)


def _date(parameter: Parameter, text: str) -> Term:
    try:
        day = datetime.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise _wrong(parameter, text, "a date", "write it as YYYY-MM-DD") from None
    return ox.Literal(day.isoformat(), datatype=named_node(f"{XSD}date"))


def _integer(parameter: Parameter, text: str) -> Term:
    try:
        number = int(text)
    except ValueError:
        raise _wrong(parameter, text, "an integer", "write digits") from None
    return ox.Literal(str(number), datatype=named_node(f"{XSD}integer"))


def _text(parameter: Parameter, text: str) -> Term:
    return ox.Literal(text)


def _licence(parameter: Parameter, text: str) -> Term:
    expression = evaluate(text, "parameters", policy()).expression
    if expression is None:
        spelled = {id_.casefold(): id_ for id_ in catalogue().ids()}
        near = [spelled[each] for each in difflib.get_close_matches(text.casefold(), spelled, n=3)]
        hint = f"did you mean {', '.join(near)}?" if near else "write an SPDX identifier, such as Apache-2.0"
        raise _wrong(parameter, text, "a licence", hint)
    return named_node(license_iri(expression))


def _property(parameter: Parameter, text: str) -> Term:
    name = text.strip("<>").removeprefix(PREFIXES["osaid"]).removeprefix("osaid:")
    properties = sorted(each for each in OSAID.__annotations__ if each[:1].islower())
    if name not in properties:
        near = difflib.get_close_matches(name, properties, n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "write a property of the ontology, such as trainedOn"
        raise _wrong(parameter, text, "a property", hint)
    return named_node(PREFIXES["osaid"] + name)


def _wrong(parameter: Parameter, text: str, what: str, hint: str) -> UsageError:
    return UsageError(f"{parameter.name}: {shortened(text)!r} is not {what}", hint)


_READERS: Final[dict[Kind, Callable[[Parameter, str], Term]]] = {
    "date": _date,
    "integer": _integer,
    "text": _text,
    "licence": _licence,
    "property": _property,
}
#: What a value of each type may look like.
_EXAMPLES: Final[dict[Kind, str]] = {
    "node": "ORG/NAME",
    "date": "YYYY-MM-DD",
    "integer": "NUMBER",
    "text": "TEXT",
    "licence": "SPDX-ID",
    "property": "trainedOn",
}
